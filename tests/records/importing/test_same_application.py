"""Which rows are of one application: of one file, of two files, and of a file and what was typed in."""

from __future__ import annotations

import pytest

import closing_lib as cl
from closing_lib.records.application_key import role_key

Events = list[tuple[int, str, str | None]]  # the number of the application, the kind, the day


def take(log: cl.OutcomeLog, tracker: str) -> cl.ImportReport:
    return cl.import_csv(tracker.encode(), into=log)


def events(log: cl.OutcomeLog) -> Events:
    found = log.events()
    found = found[found["event"].notna()].sort_values("event")
    days = [None if str(day) == "NaT" else day.date().isoformat() for day in found["on"]]
    return list(zip(found["application"].tolist(), found["kind"].tolist(), days, strict=True))


def said(report: cl.ImportReport) -> list[int]:
    return [remark.line for remark in report.remarks]


TWO = {  # with what is noted of each, so that they can be told apart
    "Company,Role,Date applied,Status,Job Link\nAcme,Dev,2026-01-05,Applied,http://a/1\n"
    "Acme,Dev,2026-01-05,Rejected,http://a/2\n": ["Job Link: http://a/1", "Job Link: http://a/2"],
    "Company,Role,Status,ID\nAcme,Dev,Applied,R1\nAcme,Dev,Rejected,R2\n": ["ID: R1", "ID: R2"],
    "Firma;Stelle;Ort;Status\nAhorn;Koch;Bonn;Beworben\nAhorn;Koch;Kiel;Absage\n": ["Ort: Bonn", "Ort: Kiel"],
    "Nr;Empresa;Puesto;Estado\n7;Arce;Cocina;Enviada\n8;Arce;Cocina;Rechazada\n": ["Nr: 7", "Nr: 8"],
    "Company,Role,Source,Status\nAcme,Dev,Fair,Applied\nAcme,Dev,Board,Rejected\n": [None, None],
}


@pytest.mark.parametrize("tracker", TWO)
def test_rows_with_other_links_numbers_places_or_sources_are_two(log: cl.OutcomeLog, tracker: str) -> None:
    report = take(log, tracker)
    assert (report.imported, report.applications, events(log)) == (2, 2, [(2, "rejected", None)])
    assert [note if isinstance(note, str) else None for note in log.applications()["note"]] == TWO[tracker]


def test_what_was_noted_of_each_tells_later_rows_where_they_belong(log: cl.OutcomeLog) -> None:
    take(log, "Company,Role,Status,ID\nAcme,Dev,Applied,R1\nAcme,Dev,Applied,R2\n")
    take(log, "Company,Role,Status,ID\nAcme,Dev,Rejected,R2\n")
    report = take(log, "Company,Role,Status,ID\nAcme,Dev,Applied,R3\nAcme,Dev,Offer,R1\n")
    assert (report.applications, events(log)) == (1, [(2, "rejected", None), (1, "offer", None)])


@pytest.mark.parametrize(
    "second",
    ["Acme,Dev,Rejected,", "Acme,Dev,Rejected,R1", "acme inc.,DEV,Rejected,r1", "Acme,Dev,Rejected,n/a"],
)
def test_a_row_that_names_no_other_job_is_of_the_same(log: cl.OutcomeLog, second: str) -> None:
    report = take(log, f"Company,Role,Status,ID\nAcme,Dev,Applied,R1\n{second}\n")
    assert (report.imported, report.applications, said(report)) == (2, 1, [3])
    assert events(log) == [(1, "rejected", None)]


def test_a_row_that_adds_nothing_says_what_is_lost(log: cl.OutcomeLog) -> None:
    report = take(log, "Company,Role,Status,Notes\nAcme,Dev,Applied,far\nAcme,Dev,In review,near\n")
    assert report.skipped[0].reason == (
        "It’s the same application as line 2, going by its company, role and date, and it doesn’t add anything. "
        "Its note isn’t saved, because its application already has a different one: “near”."
    )


CHANGES = {
    "Company,Role,Date,Status\nAcme,Dev,2026-01-05,Applied\nAcme,Dev,2026-01-12,Interview\n"
    "Acme,Dev,2026-01-20,Rejected\n": [(1, "interview", "2026-01-12"), (1, "rejected", "2026-01-20")],
    "Company,Role,Date,Status\nAcme,Dev,2026-01-20,Rejected\nAcme,Dev,2026-01-12,Interview\n"
    "Acme,Dev,2026-01-05,Applied\n": [(1, "interview", "2026-01-12"), (1, "rejected", "2026-01-20")],
    "Nr;Datum;Firma;Stelle;Status\n1;5.1.2026;Ahorn;Koch;Beworben\n2;12.1.2026;Ahorn;Koch;Gespräch\n"
    "3;20.1.2026;Ahorn;Koch;Absage\n": [(1, "interview", "2026-01-12"), (1, "rejected", "2026-01-20")],
    "Quand;Entreprise;Poste;Statut\n2026-01-05;Érable;Chef;Candidature envoyée\n2026-01-12;Érable;Chef;Entretien\n"
    "2026-01-20;Érable;Chef;Refus\n": [(1, "interview", "2026-01-12"), (1, "rejected", "2026-01-20")],
    "Company,Role,Source,Target,Date\nAcme,Dev,,Applied,2026-01-05\nAcme,Dev,Applied,Interview,2026-01-12\n"
    "Acme,Dev,Interview,Rejected,2026-01-20\n": [(1, "interview", "2026-01-12"), (1, "rejected", "2026-01-20")],
}


@pytest.mark.parametrize("tracker", CHANGES)
def test_a_row_for_each_change_is_one_application_with_dated_events(log: cl.OutcomeLog, tracker: str) -> None:
    report = take(log, tracker)
    assert (report.imported, report.applications, len(said(report)), events(log)) == (3, 1, 2, CHANGES[tracker])
    assert [day.date().isoformat() for day in log.applications()["applied_on"]] == ["2026-01-05"]


def test_changes_that_bring_nothing_are_reported(log: cl.OutcomeLog) -> None:
    rows = "Acme,Dev,2026-01-05,Applied\nAcme,Dev,2026-01-09,In review\nAcme,Dev,2026-01-20,Rejected\n"
    report = take(log, f"Company,Role,Date,Status\n{rows}")
    assert (report.applications, events(log)) == (1, [(1, "rejected", "2026-01-20")])
    assert [row.line for row in report.skipped] == [3]


def test_a_list_of_changes_that_has_grown_brings_the_new_ones_alone(log: cl.OutcomeLog) -> None:
    rows = "Company,Role,Date,Status\nAcme,Dev,2026-01-05,Applied\nOcto,Cook,2026-01-07,Applied\n"
    take(log, rows + "Acme,Dev,2026-01-12,Interview\n")
    report = take(log, rows + "Acme,Dev,2026-01-12,Interview\nOcto,Cook,2026-02-01,Offer\n")
    assert (report.imported, events(log)) == (1, [(1, "interview", "2026-01-12"), (2, "offer", "2026-02-01")])


@pytest.mark.parametrize(
    "rows",
    [
        "Acme,Dev,2026-01-05,Applied\nOcto,Cook,2026-01-06,Rejected\nAcme,Dev,2026-06-12,Rejected\n",
        "Acme,Dev,2026-01-05,Applied\nAcme,Dev,2026-06-12,Applied\n",
        "Acme,Dev,2026-01-05,Rejected\nAcme,Dev,2026-06-12,Applied\n",
    ],
)
def test_a_list_of_applications_under_date_says_that_they_are_two(log: cl.OutcomeLog, rows: str) -> None:
    report = take(log, f"Company,Role,Date,Status\n{rows}")
    assert (report.applications, said(report)) == (rows.count("\n"), [rows.count("\n") + 1])


def test_two_days_of_applying_are_two_applications(log: cl.OutcomeLog) -> None:
    report = take(log, "Company,Role,Date applied\nAcme,Dev,2026-01-05\nAcme,Dev,2026-06-12\nAcme,Dev,\n")
    assert (report.applications, said(report)) == (3, [4])


CORRECTED = {  # what the log has, the row that comes, and whether it goes on with it
    "Acme,Dev,": [("Acme,Dev,2026-03-01", True), ("ACME GmbH,Dev,2026-03-01", True), ("Acme,Cook,", False)],
    "Acme,Dev,2026-03-01": [("Acme,Dev,", True), ("Acme Inc.,dev,2026-03-01", True), ("Acme,Dev,2026-03-02", False)],
    "Acme  Works,,2026-03-01": [("Acme Works S.A.,,2026-03-01", True), ("Acme Works,Dev,2026-03-01", False)],
    "Café Cebada,Chef,": [("Cafe\u0301 Cebada,Chef,2026-03-01", True), ("Café Cebada & Co. KG,Chef,", True)],
}


@pytest.mark.parametrize(("before", "after", "goes_on"), [(b, a, g) for b, rows in CORRECTED.items() for a, g in rows])
@pytest.mark.parametrize("is_typed", [False, True])
def test_a_corrected_row_goes_on_or_is_remarked_on(
    log: cl.OutcomeLog, before: str, after: str, goes_on: bool, is_typed: bool
) -> None:
    company, role, day = before.split(",")
    if is_typed:
        log.add_application(company, role or None, day or None)
    else:
        take(log, f"Company,Role,Applied,Status\n{before},Applied\n")
    report = take(log, f"Company,Role,Applied,Status\n{after},Rejected\n")
    assert report.imported == 1
    assert events(log) == [(1 if goes_on else 2, "rejected", None)]
    assert bool(said(report)) is (goes_on or before.endswith("-01"))


@pytest.mark.parametrize("status", ["Interview", "Rejected", "Offer"])
def test_a_day_that_comes_later_makes_no_second_event(log: cl.OutcomeLog, status: str) -> None:
    take(log, f"Company,Role,Status,Status date\nAcme,Dev,{status},\n")
    report = take(log, f"Company,Role,Status,Status date\nAcme,Dev,{status},2026-02-01\n")
    assert (len(events(log)), "2026-02-01" in report.skipped[0].reason) == (1, True)


def test_another_interview_with_a_day_is_one_more(log: cl.OutcomeLog) -> None:
    take(log, "Company,Role,Status\nAcme,Dev,Phone screen\n")
    take(log, "Company,Role,Status,Status date\nAcme,Dev,Final interview,2026-02-01\n")
    assert events(log) == [(1, "interview", None), (1, "interview", "2026-02-01")]


def test_a_row_without_a_day_that_could_be_of_several_says_so(log: cl.OutcomeLog) -> None:
    for day in ("2026-01-05", "2026-06-12"):
        log.add_application("Acme", "Dev", day)
    report = take(log, "Company,Role,Status\nAcme,Dev,Rejected\n")
    assert "(1, 2)" in report.skipped[0].reason


@pytest.mark.parametrize("other", ["Acme Labs", "Acme AGA", "Inc.", "Acme & Sons"])
def test_another_company_is_another(other: str) -> None:
    assert role_key("Acme", None) != role_key(other, None)
