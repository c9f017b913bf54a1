"""Public holidays, and the business days that they make longer."""

from __future__ import annotations

import datetime as dt

import pytest

from closing_lib.advice.follow_up import business_days_after
from closing_lib.advice.public_holidays import countries, public_holidays


def test_thanksgiving_is_no_business_day_in_the_united_states_only() -> None:
    thursday = dt.date(2026, 11, 26)
    wednesday = thursday - dt.timedelta(days=1)
    assert business_days_after(wednesday, 1, public_holidays("US", [2026])) == dt.date(2026, 11, 27)
    assert business_days_after(wednesday, 1, public_holidays("GB", [2026])) == thursday


def test_no_country_has_no_holidays() -> None:
    assert public_holidays(None, [2026]) == frozenset()


@pytest.mark.parametrize("code", ["XX", "../US", "en"])
def test_an_unknown_country_is_told(code: str) -> None:
    with pytest.raises(ValueError, match="not known; choose one of countries"):
        public_holidays(code, [2026])


def test_every_country_offered_can_be_chosen() -> None:
    offered = countries()
    assert len(offered) > 200
    assert len({country.code for country in offered}) == len(offered)
    without = {country.name for country in offered if len(public_holidays(country.code, [2026])) < 2}
    uninhabited = {"Bouvet Island", "British Indian Ocean Territory", "Heard & McDonald Islands"}
    assert without <= {*uninhabited, "Ukraine"}  # which has suspended its own for the time being
    names = [country.name for country in offered]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_the_countries_have_the_names_of_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert {"DE": "Alemania", "ES": "España"}.items() <= {one.code: one.name for one in countries()}.items()
