"""The tally: one small table of counts that every result is a function of. Tallies add.

It holds no company, no name and no date, so it is what a person can share.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from typing import Annotated

import pandas as pd

from closing_lib.arguments import path, refused, shown, validate_call, validated
from closing_lib.outcomes.asks import History, cases
from closing_lib.outcomes.coding import columns_of
from closing_lib.outcomes.counted import added, counted
from closing_lib.outcomes.files import Paths, work_on
from closing_lib.outcomes.given import Columns, Tally
from closing_lib.outcomes.kinds import checked
from closing_lib.outcomes.progress import Report
from closing_lib.outcomes.vocabulary import KEYS, OPEN, OUTCOMES

__all__ = ["KEYS", "OPEN", "OUTCOMES", "add", "tally"]
ENGINES = ("pandas", "dask")


def _to_count(name: str, given: object) -> object:
    """Give what can be counted: a log, a table, or the paths of files."""
    if isinstance(given, (pd.DataFrame, History)) and not isinstance(given, type):
        return given
    if isinstance(given, (str, os.PathLike)):
        return path(name, given)
    if isinstance(given, pd.Series) or not isinstance(given, Iterable):
        raise refused(name, given, "give a log, a table of cases, or the paths of files")
    return validated(name, given, Iterable[os.PathLike[str]])


@validate_call
def tally(
    log: Annotated[History | pd.DataFrame | Paths, _to_count],
    as_of: dt.date | None = None,
    *,
    by: Columns | None = None,
    engine: str = "pandas",
    progress: Report | bool = True,
) -> pd.DataFrame:
    """Count applications by how it went, what was asked, and what came of it.

    The unit is the application: it counts once, by its last interview at which an ask was recorded (or its last
    interview, where none was), and by the first answer after that. A "no reply" gives way to an answer that came after
    all. An interview that is only an event, as in a list that was imported, counts with what is known of it.

    Parameters
    ----------
    log : OutcomeLog, pandas.DataFrame, path-like or iterable of path-like
        The log to count; or cases, one line an application, with some of the columns below; or tallies, whose column
        ``n`` says how many applications a line counts; or files of any of these: one, several, or all that match, such
        as ``"logs/*.parquet"``. They are read piece by piece, so they may be larger than the memory: Parquet, CSV with
        a heading, exports of a log as either, and logs (``.sqlite``). A file that is named twice counts once.
    as_of : datetime.date or None
        The day as of which the log is counted, today where none is given: what is dated later has not happened yet, and
        open applications have waited up to then.
    by : sequence of str or None
        The columns to count by; all that there are where none are given, of files those that all of them have. Fewer
        make a smaller table for very many applications; a result says which column it needs.
    engine : {"pandas", "dask"}
        What counts files: this process, or the workers of Dask. To Dask belongs the client that is there; where there
        is none, several processes of this machine are started and ended, which nobody else can reach. The result is
        the same.
    progress : bool or callable
        Of files: whether a terminal or a notebook is told how far the counting has come, once it takes longer than a
        second; or what to call with the lines that are done and all of them, about. An interruption leaves nothing.

    Returns
    -------
    pandas.DataFrame
        One row for each combination that occurs, missing where not recorded, and ``n`` (int64), how many applications.
        Ordered categories are ``band``, ``used``, ``response``; ``outcome`` (``"open"`` without an answer);
        ``reached``, the furthest round up to that interview, or ``"offer"``; ``followed``, whether what the kit advised
        was asked; ``thanks``, whether a thank-you letter followed within a day, and before the answer; ``nudged``,
        whether they were asked again before they answered. Whole numbers are ``weeks``, from the interview to the
        answer, or up to now, "no reply" being none; and ``score``, the reading of the interview in tenths. ``band`` and
        ``score`` are missing where the interview was first read when its outcome was known: hindsight is no reading.

    Raises
    ------
    ValueError
        If a column to count by is not known, or not there; if a word in a column is not known; or if a file is not
        there or cannot be read. Then nothing is counted.
    RuntimeError
        If the processes of ``engine="dask"`` are ended from outside again and again.
    """
    if engine not in ENGINES:
        raise ValueError(f"There is no engine {shown(engine)}; choose one of {', '.join(ENGINES)}.")
    if isinstance(log, pd.DataFrame):
        return _of_frame(log, by)
    if isinstance(log, History):
        return _of_frame(cases(log, as_of), by)
    return _of_files(log, as_of, by, engine, progress)


@validate_call
def add(tallies: Iterable[Tally]) -> pd.DataFrame:
    """Give the tally of all that several tallies count, by the columns that all of them have.

    The applications of one person go together, and a tally does not tell whose they are: intervals hold for the people
    that are counted, and are too narrow for what others would see, the more so the fewer people it counts.

    Parameters
    ----------
    tallies : iterable of pandas.DataFrame
        At least one.

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> t = tally(sample_log())
    >>> both = add([t, t])
    >>> int(both["n"].sum()) == 2 * int(t["n"].sum())
    True
    """
    found = [*tallies]
    if not found:
        raise ValueError("There are no tallies to add; give at least one.")
    wanted = _known([name for name in KEYS if all(name in t for t in found)], KEYS)
    return added(counted(columns_of(t, [*wanted, "n"]), wanted) for t in found).frame()


def _of_frame(found: pd.DataFrame, by: Sequence[str] | None) -> pd.DataFrame:
    there = [name for name in checked([str(name) for name in found]) if name != "n"]
    wanted = _known(there if by is None else by, there)
    return counted(columns_of(found, [*wanted, *({"n"} & {*found.columns})]), wanted).frame()


def _of_files(
    what: Paths, as_of: dt.date | None, by: Sequence[str] | None, engine: str, progress: Report | bool
) -> pd.DataFrame:
    work = work_on(what, None if by is None else _known(by, KEYS), as_of)
    if engine == "dask":
        from closing_lib.outcomes.cluster import count_on_cluster as count  # noqa: PLC0415  # needs Dask
    else:
        from closing_lib.outcomes.threads import count_in_threads as count  # noqa: PLC0415
    return count(work, progress).frame()


def _known(by: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    wanted = (by,) if isinstance(by, str) else tuple(dict.fromkeys(by))
    if not wanted:
        raise ValueError(f"There is nothing to count by; choose among {', '.join(KEYS)}.")
    if unknown := [name for name in wanted if name not in there]:
        raise ValueError(f"There is no {shown(unknown[0])} to count by; choose among {', '.join(there)}.")
    return wanted
