"""The public holidays of a country: days on which nobody expects an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated

from closing_lib.advice.wording import unaccented
from closing_lib.arguments import InvalidAnswer, Validated, shown, validate_call, whole
from closing_lib.content import figures

Year = Annotated[int, partial(whole, least=1, most=9999, remedy="it must be a year, such as 2026")]
_SMALL = ("and", "of", "the")


@dataclass(frozen=True)
class Country(Validated):
    """A country whose holidays are known.

    Attributes
    ----------
    code : str
        Two letters (ISO 3166).
    name : str
        Its name in the language.
    """

    code: str
    name: str


def countries() -> tuple[Country, ...]:
    """Give the countries whose holidays are known, by name.

    Examples
    --------
    >>> [country for country in countries() if country.code == "IE"]
    [Country(code='IE', name='Ireland')]
    """
    from holidays.registry import COUNTRIES  # noqa: PLC0415  # slow to load, and only needed here

    known = (Country(codes[1], figures.country(codes[1], _named(module))) for module, codes in COUNTRIES.items())
    return tuple(sorted(known, key=lambda one: unaccented(one.name)))


@validate_call
def public_holidays(country: str | None, years: Iterable[Year]) -> frozenset[dt.date]:
    """Give the days off in the whole of a country; those of a single state or region are not among them.

    Parameters
    ----------
    country : str or None
        Its code; None: no country is chosen, so there are none.
    years : iterable of int
        The years that matter.

    Raises
    ------
    InvalidAnswer
        If the code is none.

    Examples
    --------
    >>> dt.date(2026, 12, 25) in public_holidays("IE", [2026])
    True
    """
    if not country:
        return frozenset()
    if str(country) not in _codes():  # a draft that another program wrote can hold anything
        raise InvalidAnswer(f"The holidays of {shown(country)} are not known; choose one of countries().")
    return _days_off(country, tuple(years))


def _named(module: str) -> str:
    return " ".join(word if word in _SMALL else word.capitalize() for word in module.split("_"))


@cache
def _codes() -> frozenset[str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415  # as above

    return frozenset(code for codes in COUNTRIES.values() for code in codes)


@cache
def _days_off(country: str, years: tuple[int, ...]) -> frozenset[dt.date]:
    from holidays import country_holidays  # noqa: PLC0415  # as above

    return frozenset(country_holidays(country, years=years))
