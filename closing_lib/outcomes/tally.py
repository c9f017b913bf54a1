"""The tally: one small table of counts that every result is a function of. Tallies add.

It holds no company, no name and no date, so it is what a person can share.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Annotated

import pandas as pd

from closing_lib.arguments import not_known, path, refused, shown, validate_call, validated
from closing_lib.clock import today
from closing_lib.outcomes.asks import History, asks
from closing_lib.outcomes.counting.count import Report, client_at, count_files
from closing_lib.outcomes.counting.files import Paths
from closing_lib.outcomes.counting.frames import FILE, checked, count_frame, settled
from closing_lib.outcomes.given import Columns, Tally, as_tally
from closing_lib.outcomes.vocabulary import KEYS, OPEN, OUTCOMES, OWN_KEYS

__all__ = ["KEYS", "OPEN", "OUTCOMES", "add", "tally"]
ENGINES = ("pandas", "dask")


def _to_count(name: str, given: object) -> object:
    if isinstance(given, (pd.DataFrame, History)) and not isinstance(given, type):
        return given
    if isinstance(given, (str, os.PathLike)):
        return path(name, given)
    if isinstance(given, pd.Series) or not isinstance(given, Iterable):
        raise refused(name, given, "give a log, a table of asks, or the paths of files")
    return validated(name, given, Iterable[os.PathLike[str]])


@validate_call
def tally(
    log: Annotated[History | pd.DataFrame | Paths, _to_count],
    as_of: dt.date | None = None,
    *,
    by: Columns | None = None,
    engine: str = "pandas",
    cluster: str | None = None,
    progress: Report | bool = True,
) -> pd.DataFrame:
    """Count interviews by how each went, what was asked, and what came of it.

    The unit is the interview, with its own answer: a first interview that led to a final counts as having moved
    forward, whatever became of the final (`asks` has the whole rule). An interview that is only an event, as in a list
    that was imported, counts with what is known of it.

    Parameters
    ----------
    log : OutcomeLog, pandas.DataFrame, path-like or iterable of path-like
        The log to count; or asks, one line an interview, with some of the columns below; or tallies, whose column
        ``n`` says how many interviews a line counts; or files of any of these: one, several, or all that match, such
        as ``"logs/*.parquet"``. They may be larger than the memory: Parquet, CSV with a heading, exports of a log as
        either, and logs (``.sqlite``). Each file is a person, unless its column ``person`` tells several apart. A file
        that is named twice, or has the same bytes as another, counts once; so does a person whose mark (a ``person``
        from 2**32 on, drawn at random) is in several files.
    as_of : datetime.date or None
        The day as of which the log is counted, today where none is given: what is dated later has not happened yet, and
        open interviews have waited up to then.
    by : sequence of str or None
        The columns to count by. Where none are given: of a log all but ``month``, of a table all that there are, of
        files those that all of them have but ``month``, and ``person`` where there are several people. Fewer make a
        smaller table; a result says which column it needs.
    engine : {"pandas", "dask"}
        What counts files: this process, or the workers of Dask; to Dask belongs the client that is there, or that of
        ``cluster``. The result is the same; without a cluster, this process counts.
    cluster : str or None
        The address of a Dask scheduler, such as ``"tls://host:8786"``; the certificates are those that Dask's own
        configuration names (``distributed.comm.tls``).
    progress : bool or callable
        Of files: whether a terminal or a notebook is told how far the counting has come, once it takes longer than a
        second; or what to call with the lines that are done and all of them, about. An interruption leaves nothing.

    Returns
    -------
    pandas.DataFrame
        One row for each combination that occurs, missing where not recorded, and ``n`` (int64), how many interviews.
        Ordered categories are ``round``, ``band``, ``used``, ``response``; ``drawn``, the question that the kit drew
        beforehand, and ``drawn_from``, between which two; ``outcome`` (``"open"`` without an answer); ``followed``,
        whether what the kit advised was asked; ``thanks``, whether a thank-you letter followed before the answer, and
        how soon; ``nudged``, whether they were asked again before they answered. Whole numbers (Int64) are ``person``,
        an anonymous number, of tallies of several people only, and missing throughout in the total of a room that was
        saved; ``weeks``, from the interview to the answer, or up to
        now, "no reply" being none; ``score``, the reading of the interview in tenths; ``reminded``, weeks from the
        interview to the first reminder; ``month``, such as 202611. ``band`` and ``score`` are missing where the
        interview was read when its answer was known, or a week of silence: hindsight is no reading.

    Raises
    ------
    ValueError
        If a column to count by is not known, or not there; if a word in a column is not known; or if a file is not
        there or cannot be read. Then nothing is counted.
    RuntimeError
        If the workers of Dask are ended from outside again and again.
    """
    day = as_of or today()
    if engine not in ENGINES:
        raise ValueError(not_known(f"There is no engine {shown(engine)}", engine, ENGINES))
    if isinstance(log, pd.DataFrame):
        return _of_frame(log, by)
    if isinstance(log, History):
        return _of_frame(asks(log, day), OWN_KEYS if by is None else by)
    wanted = None if by is None else _known(by, KEYS)
    with client_at(cluster) if engine == "dask" else nullcontext() as client:
        return count_files(log, wanted, day, progress, client)


@validate_call
def add(tallies: Iterable[Tally]) -> pd.DataFrame:
    """The tally of all that several tallies count, by the columns that all of them have, and ``person``.

    One person's interviews go together, so each of several tallies is given an anonymous number, ``person``, from 0 in
    their order; one that has such numbers already is numbered on.

    Parameters
    ----------
    tallies : iterable of pandas.DataFrame
        At least one.

    Raises
    ------
    ValueError
        If there is none, or together they count more than 10**12.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> t = tally(sample_log())
    >>> both = add([t, t])
    >>> int(both["n"].sum()) == 2 * int(t["n"].sum()), both["person"].nunique()
    (True, 2)
    """
    found = [*tallies]
    if not found:
        raise ValueError("There are no tallies to add; give at least one.")
    common = [name for name in KEYS if name != "person" and all(name in t for t in found)]
    if len(found) == 1 and "person" not in found[0]:
        return count_frame(found[0], _known(common, KEYS))
    people = settled(pd.concat([t.assign(**{FILE: number}) for number, t in enumerate(found)], ignore_index=True))
    return count_frame(people, _known(["person", *common], KEYS))


def _of_frame(found: pd.DataFrame, by: Sequence[str] | None) -> pd.DataFrame:
    there = [name for name in checked([str(name) for name in found]) if name != "n"]
    wanted = _known(there if by is None else by, there)
    t = as_tally("log", found[[*wanted, "n"]] if "n" in found else found[[*wanted]].assign(n=1))
    return count_frame(t, wanted)


def _known(by: Sequence[str], there: Sequence[str]) -> tuple[str, ...]:
    wanted = (by,) if isinstance(by, str) else tuple(dict.fromkeys(by))
    if not wanted:
        raise ValueError(not_known("There is nothing to count by", "", KEYS))
    if unknown := [name for name in wanted if name not in there]:
        raise ValueError(not_known(f"There is no {shown(unknown[0])} to count by", unknown[0], there))
    return wanted
