"""Days, shares and numbers as the language writes them, by the Unicode CLDR."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from babel import Locale
from babel.dates import format_date, format_skeleton
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


def long_day(on: dt.date) -> str:
    """Write a day for the head of a letter.

    Examples
    --------
    >>> long_day(dt.date(2026, 11, 2))
    '2 November 2026'
    """
    return format_date(on, "long", locale=text("figures.locale"))


def day_and_month(on: dt.date) -> str:
    """Write a day for a sentence whose year is clear.

    Examples
    --------
    >>> day_and_month(dt.date(2026, 11, 2))
    '2 November'
    """
    return format_skeleton("MMMMd", on, locale=text("figures.locale"))


def percent(share: float) -> str:
    """Write a share between 0 and 1 as a whole percentage; with a decimal where it would read as none or all.

    Examples
    --------
    >>> percent(0.714), percent(2 / 1000), percent(999 / 1000), percent(1)
    ('71%', '0.2%', '99.9%', '100%')
    """
    locale = Locale.parse(text("figures.locale"))
    pattern = locale.percent_formats[None].pattern
    if 0.0005 <= min(share, 1 - share) < 0.005:
        pattern = pattern.replace("0%", "0.0%").replace("0\xa0%", "0.0\xa0%")
    return format_percent(share, pattern, locale=locale)


def hundredths(value: float) -> str:
    """Write a number with two decimals.

    Examples
    --------
    >>> hundredths(0.1639)
    '0.16'
    """
    return format_decimal(value, "0.00", locale=text("figures.locale"))


def number(value: float) -> str:
    """Write a number, with one decimal where it has any.

    Examples
    --------
    >>> number(22.5), number(7.000000001)
    ('22.5', '7')
    """
    return format_decimal(value, "#,##0.#", locale=text("figures.locale"))


def country(code: str, otherwise: str) -> str:
    """Give the name of a country by its two letters (ISO 3166).

    Examples
    --------
    >>> country("DE", "?")
    'Germany'
    """
    names: Mapping[str, str] = Locale.parse(text("figures.locale")).territories
    return names.get(code, otherwise)


def decimal(value: float) -> str:
    """Write a number in two digits, more only where it is 100 or more.

    Examples
    --------
    >>> decimal(0.9047), decimal(7), decimal(1234.5)
    ('0.9', '7', '1,234')
    """
    digits = 2 if abs(value) < 0.095 else 1 if abs(value) < 9.95 else 0
    return format_decimal(round(value, digits), locale=text("figures.locale"))
