"""The tally: one small table of counts that every result is a function of. Tallies add.

It holds no company, no name and no date, so it is what a person can share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from closing_lib.outcomes.cases import KEYS, OPEN, OUTCOMES, cases, typed

if TYPE_CHECKING:
    from closing_lib.records.log import OutcomeLog

__all__ = ["KEYS", "OPEN", "OUTCOMES", "add", "tally"]


def tally(
    log: OutcomeLog | pd.DataFrame, as_of: dt.date | None = None, *, by: Sequence[str] | None = None
) -> pd.DataFrame:
    """Count applications by how it went, what was asked, and what came of it.

    The unit is the application: it counts once, by its last interview at which an ask was recorded (or its last
    interview, where none was), and by the first answer after that. A "no reply" gives way to an answer that came after
    all.

    Parameters
    ----------
    log : OutcomeLog or pandas.DataFrame
        The log to count; or cases, one line an application, with some of the columns below.
    as_of : datetime.date or None
        The day as of which the log is counted, today where none is given: what is dated later has not happened yet, and
        open applications have waited up to then.
    by : sequence of str or None
        The columns to count by; all that there are where none are given. Fewer make a smaller table for very many
        applications; a result says which column it needs.

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
        If a column to count by is not known, or not there.
    """
    found = cases(log, as_of) if not isinstance(log, pd.DataFrame) else log
    wanted = [name for name in KEYS if name in found] if by is None else [*by]
    if unknown := [name for name in wanted if name not in KEYS or name not in found]:
        known = ", ".join(name for name in KEYS if name in found)
        raise ValueError(f"There is no {unknown[0]!r} to count by; choose among {known}.")
    return _counted(typed(found[wanted]).assign(n=1), wanted)


def add(tallies: Iterable[pd.DataFrame]) -> pd.DataFrame:
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
    wanted = [name for name in KEYS if all(name in t for t in found)]
    return _counted(pd.concat([typed(t[[*wanted, "n"]]) for t in found], ignore_index=True), wanted)


def _counted(found: pd.DataFrame, wanted: list[str]) -> pd.DataFrame:
    if not wanted:
        raise ValueError(f"There is nothing to count by; choose among {', '.join(KEYS)}.")
    counted = found.groupby(wanted, observed=True, dropna=False, sort=True)["n"].sum()
    return counted.reset_index().astype({"n": "int64"})
