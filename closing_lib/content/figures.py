"""Days, shares and numbers as the language writes them, by the Unicode CLDR."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from closing_lib.content.loading import text

_NOTHING = 1e-7  # share that is none but for rounding
_MOST_DIGITS = 6


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


def percent(share: float, digits: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage: whole, but never as none or all of what is neither.

    With ``digits``, with up to so many decimals, such as it takes to tell two shares apart.

    Examples
    --------
    >>> percent(0.714), percent(2 / 1000), percent(6 / 10_000), percent(999_999 / 1_000_000), percent(1)
    ('71%', '0.2%', '0.06%', '99.9999%', '100%')
    """
    return _percent(float(share), digits, text("figures.locale"))


@lru_cache(maxsize=4096)  # a curve says the same shares again and again
def _percent(share: float, least: int, language: str) -> str:
    locale = Locale.parse(language)
    away = min(share, 1 - share)
    digits = max(least, math.ceil(-math.log10(100 * away)), 1) if _NOTHING < away < 0.005 + _NOTHING else least
    pattern = locale.percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("0", f"0.{'#' * digits}")
    return format_percent(share, pattern, locale=locale)


def hundredths(value: float, digits: int = 0) -> str:
    """Write a number with two decimals, more only where it would look like the 0 that it is not.

    With ``digits``, with so many more, such as it takes to tell two numbers apart.

    Examples
    --------
    >>> hundredths(0.1639), hundredths(0.0031), hundredths(0), hundredths(0.1639, 1)
    ('0.16', '0.003', '0.00', '0.164')
    """
    digits = 2 + digits if abs(value) < _NOTHING else digits_apart(value, 0, least=2 + digits)
    return format_decimal(value, f"0.{'0' * digits}", locale=text("figures.locale"))


def number(value: float) -> str:
    """Write a number, with one decimal where it has any.

    Examples
    --------
    >>> number(22.5), number(7.000000001)
    ('22.5', '7')
    """
    return format_decimal(value, "#,##0.#", locale=text("figures.locale"))


def month(written: str) -> str:
    """Write a month of a year.

    Examples
    --------
    >>> month("2026-07")
    'July 2026'
    """
    return format_skeleton("yMMMM", dt.date.fromisoformat(f"{written}-01"), locale=text("figures.locale"))


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
    return format_decimal(round(value, _digits(value)), locale=text("figures.locale"))


def ratio_digits(value: float) -> int:
    """Find how many decimals a ratio needs: as `decimal`, and more where it would look like 1, which says the same.

    Examples
    --------
    >>> ratio_digits(12.3), ratio_digits(1.3), ratio_digits(1.003)
    (0, 1, 3)
    """
    return digits_apart(value, 1, least=_digits(value))


def ratio(value: float, digits: int = 0) -> str:
    """Write a ratio, or an end of its interval, so that it is seen on which side of 1 it is.

    With ``digits``, with up to so many decimals.

    Examples
    --------
    >>> ratio(1.003), ratio(0.9996), ratio(1), ratio(0.9047), ratio(12.3), ratio(4.037, 2)
    ('1.003', '0.9996', '1', '0.9', '12', '4.04')
    """
    return _written(value, max(digits, ratio_digits(value)))


def points(share: float, digits: int = 0) -> str:
    """Write a difference of two shares in points of a hundred: it is seen on which side of 0, and of all, it is.

    With ``digits``, with up to so many decimals.

    Examples
    --------
    >>> points(0.124), points(-0.031), points(0.004), points(-0.00002), points(0), points(0.9996)
    ('12', '-3', '0.4', '-0.002', '0', '99.96')
    """
    hundred = 100 * share
    if abs(share) < _NOTHING:
        return _written(0, 0)
    return _written(hundred, max(digits, digits_apart(hundred, 0), digits_apart(abs(hundred), 100)))


def digits_apart(value: float, mark: float, *, least: int = 0) -> int:
    """Find the fewest decimals at which a number does not look like a mark that it is not.

    Examples
    --------
    >>> digits_apart(0.9996, 1), digits_apart(1, 1)
    (4, 0)
    """
    digits = least
    while digits < _MOST_DIGITS and value != mark and round(value, digits) == mark:
        digits += 1
    return digits


def _digits(value: float) -> int:
    return 2 if abs(value) < 0.095 else 1 if abs(value) < 9.95 else 0


def _written(value: float, digits: int) -> str:
    pattern = f"#,##0.{'#' * digits}" if digits else "#,##0"
    return format_decimal(round(value, digits) + 0.0, pattern, locale=text("figures.locale"))
