"""Days as the person has them: today's, which ``CLOSING_TODAY`` fixes to read a page again as it was, and a stamp's."""

from __future__ import annotations

import datetime as dt
import os


def today() -> dt.date:
    """Give today's date, or the one in ``CLOSING_TODAY`` (YYYY-MM-DD).

    Raises
    ------
    ValueError
        If ``CLOSING_TODAY`` is no date.
    """
    fixed = os.environ.get("CLOSING_TODAY")
    return dt.date.fromisoformat(fixed) if fixed else dt.date.today()


def day_of(stamp: dt.datetime) -> dt.date:
    """Give the day that it was where the person is when something was stamped, which is seldom that of its UTC.

    Examples
    --------
    >>> day_of(dt.datetime(2026, 11, 20, 12).astimezone(dt.UTC))
    datetime.date(2026, 11, 20)
    """
    return stamp.astimezone().date()
