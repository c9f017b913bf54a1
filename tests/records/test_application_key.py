"""An import and a restored history know an application by the same key as the forms do, however it is spelt."""

from __future__ import annotations

import datetime as dt

import pytest

import closing_lib as cl
from closing_lib.casework.applications import matching
from closing_lib.records.application_key import application_key, role_key

NAMES = [
    ("Acme Works", "Analyst"),
    ("ACME works", "analyst"),
    ("Acme  Works", "Analyst"),
    ("Acme\u00a0Works ", "\tAnalyst"),
    ("Acme Works Inc.", "Analyst"),
]


@pytest.mark.parametrize(("company", "role"), NAMES)
def test_one_key_however_it_is_spelt(company: str, role: str) -> None:
    known = application_key("Acme Works", "Analyst", dt.date(2026, 11, 2))
    assert application_key(company, role, "2026-11-02") == known
    assert application_key(company, role, None)[:2] == role_key("Acme Works", "Analyst")


@pytest.mark.parametrize(("one", "other"), [("Café", "Cafe\u0301"), ("İnci", "i\u0307nci"), ("Straße", "STRASSE")])
def test_one_key_however_its_accents_are_coded(one: str, other: str) -> None:
    assert role_key(one, one) == role_key(other, other)


@pytest.mark.parametrize(("company", "role"), NAMES)
def test_a_form_finds_what_an_import_would_go_on_with(company: str, role: str, log: cl.OutcomeLog) -> None:
    number = log.add_application("Acme  Works", "Analyst", "2026-11-02")
    assert [one.row.application for one in matching(log, company, role)] == [number]


@pytest.mark.parametrize("other", [("Acme Works", None, "2026-11-02"), ("Acme Works", "Analyst", None)])
def test_what_is_not_known_is_not_the_same(other: tuple[str, str | None, str | None]) -> None:
    assert application_key(*other) != application_key("Acme Works", "Analyst", "2026-11-02")


@pytest.mark.parametrize(("company", "role"), NAMES)
def test_an_import_goes_on_with_what_the_log_has(company: str, role: str, log: cl.OutcomeLog) -> None:
    number = log.add_application("Acme Works", "Analyst", "2026-11-02")
    rows = f"Company,Role,Applied,Status\n{company},{role},2026-11-02,Rejected\n"
    assert cl.import_csv(rows.encode(), into=log).imported == 1
    assert {*log.events()["application"]} == {number}
    assert len(log.applications()) == 1


@pytest.mark.parametrize(("company", "role"), NAMES)
def test_a_history_goes_on_with_what_the_log_has(company: str, role: str, log: cl.OutcomeLog) -> None:
    number = log.add_application("Acme Works", "Analyst", "2026-11-02")
    headings = "record,application,company,role,day,kind"
    rows = f"application,7,{company},{role},2026-11-02,\nevent,7,{company},{role},2026-11-20,offer\n"
    report = cl.import_csv(f"{headings}\n{rows}".encode(), into=log)
    assert (report.applications, report.events) == (0, 1)
    assert {*log.events()["application"]} == {number}
