"""Whether the day or the month comes first in a column of dates: told by the whole column, never by one cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from closing_lib.records.importing.dates import Written

_FEW = 5  # days in order are no evidence where there are fewer


def day_order(days: Sequence[Written], today: dt.date) -> bool | None:
    """Tell the order of a column.

    The evidence, in this order: a day over 12; days that only one order keeps from lying in the future; and a sequence
    that only one order lets run steadily up or down. Evidence for both orders is none.

    Parameters
    ----------
    days : sequence of Written
        The days of the column, from top to bottom.
    today : datetime.date
        No day of a tracker is expected after this one.

    Returns
    -------
    bool or None
        True: the day comes first; False: the month; None: it cannot be told.

    Examples
    --------
    >>> from closing_lib.records.importing.dates import read_day
    >>> column = [read_day(cell) for cell in ("3/4/2026", "14/4/2026")]
    >>> day_order(column, dt.date(2026, 11, 22))
    True
    >>> print(day_order(column[:1], dt.date(2026, 11, 22)))
    None
    """
    seen = {order for day in days if (order := day.order()) is not None}
    if seen:
        return seen.pop() if len(seen) == 1 else None
    dated = [day for day in days if day.year]
    for is_likely in (lambda found: _none_after(found, today), _runs_steadily):
        likely = [first for first in (True, False) if is_likely(_read(dated, day_first=first))]
        if len(likely) == 1:
            return likely[0]
    return None


def _read(days: Iterable[Written], day_first: bool) -> list[dt.date]:
    return [found for day in days if (found := day.day(day_first))]


def _none_after(days: Sequence[dt.date], today: dt.date) -> bool:
    return all(day <= today for day in days)


def _runs_steadily(days: Sequence[dt.date]) -> bool:
    if len(set(days)) < _FEW:
        return False
    return all(one <= other for one, other in pairwise(days)) or all(one >= other for one, other in pairwise(days))
