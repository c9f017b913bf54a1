"""Today's date, from one place, so that a page can be read again as it was: ``CLOSING_TODAY`` fixes it."""

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
