"""Days and shares as the language writes them, by the Unicode CLDR."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from closing_lib.content.loading import text


def day(on: dt.date) -> str:
    """Write a day for a table.

    Examples
    --------
    >>> day(dt.date(2026, 11, 2))
    '2 Nov 2026'
    """
    return format_date(on, "medium", locale=text("figures.locale"))


def whole_day(on: dt.date) -> str:
    """Write a day for a letter, with its weekday.

    Examples
    --------
    >>> whole_day(dt.date(2026, 11, 2))
    'Monday, 2 November 2026'
    """
    return format_date(on, "full", locale=text("figures.locale"))


def percent(share: float) -> str:
    """Write a share between 0 and 1 as a whole percentage.

    Examples
    --------
    >>> percent(0.714)
    '71%'
    """
    return format_percent(share, locale=text("figures.locale"))


def decimal(value: float) -> str:
    """Write a number in two digits, more only where it is 100 or more.

    Examples
    --------
    >>> decimal(0.9047), decimal(7), decimal(1234.5)
    ('0.9', '7', '1,234')
    """
    digits = 2 if abs(value) < 0.095 else 1 if abs(value) < 9.95 else 0
    return format_decimal(round(value, digits), locale=text("figures.locale"))
