"""Rows that are no application: jobs that were saved, headings of a month or a week, totals. Each is reported."""

from __future__ import annotations

import pytest

import closing_lib as cl


def take(log: cl.OutcomeLog, tracker: str, **answers: object) -> cl.ImportReport:
    return cl.import_csv(tracker.encode(), into=log, **answers)  # type: ignore[arg-type]


SAVED = {
    "Saved Date,Job Url,Job Title,Company Name\n2026-01-05,https://a.example/1,Dev,Acme\n": [2],
    "Company,Role,Date saved,Date applied\nAcme,Dev,2026-01-05,\nOcto,Cook,2026-01-05,2026-01-06\n": [2],
    "Company,Saved on,Status\nAcme,2026-01-05,\nOcto,2026-01-05,Applied\nZeta,2026-01-05,Rejected\n": [2],
    "Firma;Stelle;Gemerkt am\nAhorn;Koch;5.1.2026\nBuche;Koch;6.1.2026\n": [2, 3],
    "Empresa;Puesto;Fecha de guardado;Notas\nArce;Cocina;2026-01-05;cerca\n": [2],
}


@pytest.mark.parametrize("tracker", SAVED)
def test_a_job_that_was_saved_is_no_application(log: cl.OutcomeLog, tracker: str) -> None:
    report = take(log, tracker)
    assert ([row.line for row in report.skipped], len(log.applications())) == (SAVED[tracker], report.imported)
    assert "saved" in report.skipped[0].reason


def test_saved_jobs_come_in_where_the_person_says_that_they_were_applied_for(log: cl.OutcomeLog) -> None:
    report = take(log, next(iter(SAVED)), mapping={"Saved Date": "applied_on"})
    assert (report.imported, str(log.applications()["applied_on"][0].date())) == (1, "2026-01-05")


@pytest.mark.parametrize(
    "label",
    [
        *("MARCH", "Total: 1", "march 2026", "Week 12", "Q3 2026", "2026", "Januar", "KW 7", "Marzo 2026", "Mars"),
        *("Summe", "Total general: 4", "Março", "三月", "合计"),
    ],
)
def test_a_month_or_a_total_is_none(log: cl.OutcomeLog, label: str) -> None:
    report = take(log, f"Company,Role,Status\n{label},,\nAcme,Dev,Applied\n")
    assert ([row.line for row in report.skipped], log.applications()["company"].tolist()) == ([2], ["Acme"])
    assert label in report.skipped[0].reason


@pytest.mark.parametrize("row", ["Total,2,", "TOTAL,,17", "Count,12 %,3.5", "Total,,Σ 4"])
def test_a_total_has_figures_beside_it(log: cl.OutcomeLog, row: str) -> None:
    assert [one.line for one in take(log, f"Company,Role,Status\nAcme,Dev,Applied\n{row}\n").skipped] == [3]


@pytest.mark.parametrize(
    "row", ["March,Dev,", "Total,,Applied", "May Sons,,", "Total Energies,,", "Monthly,,", "1984 Books,,"]
)
def test_a_company_of_such_a_name_is_one(log: cl.OutcomeLog, row: str) -> None:
    assert take(log, f"Company,Role,Status\nAcme,Dev,Applied\n{row}\n").imported == 2
