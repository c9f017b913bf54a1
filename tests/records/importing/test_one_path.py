"""A row means the same in a short file and a long one, and whatever is unusual beside it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.records.errors import LogError

HEADINGS = "Company,Role,Applied on,Source,Status,Status date,Notes,Salary"
CLEAN = {
    "all columns": f"{HEADINGS}\nAcme,Clerk,2026-01-05,Fair,Rejected,2026-02-01,Far,1\nOcto,,2026-01-06,,Applied,,,2\n",
    "blanks around": "Company , Role,Status\n Acme ,Clerk ,Rejected \nAcme,  Cook,\xa0Rejected\n",
    "blank in words": "Company,Role,Applied on,Notes\nAcme,n/a,N/A,null\nOcto,Cook,2026-01-05,-\n",
    "several events": "Company,Status,Status date\nAcme,Applied -> Phone screen -> Offer,2026-03-01\nOcto,Offer,\n",
    "day of applying": "Company,Status,Status date\nAcme,Applied,2026-03-01\nOcto,Rejected,2026-03-01\n",
    "two days": "Company,Applied on\nAcme,8/3/2019 and 9/9/2019\nOcto,14/3/2019\n",
    "quoted": 'Company,Role\n"Acme, Sons","The ""best"""\nOcto,"Cook"\n',
    "no final newline": "Company,Role\r\nAcme,Clerk\r\nOcto,Cook",
    "semicolons": "Firma;Stelle;Datum;Status\nGroß;Köchin;14.1.2026;Absage\nStraße;Koch;15.1.2026;offen\n",
    "old Macs": "Company,Role\rAcme,Clerk\rOcto,Cook\r",
    "only a company": "Company,Salary\nAcme,1\nOcto,2\n",
    "one status": "Company,Status\nAcme,Rejected\nOcto,Rejected\n",
    "a job site's own": "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name"
    ",Question And Answers\n1/2/24,a@example.org,1,Acme,Clerk,u,r,q\n1/3/24,a@example.org,1,Octo,Cook,u,r,q\n",
}
UNUSUAL = {  # the file, the lines that are skipped, and how many rows it has
    "no company": ("Company,Role\nAcme,Clerk\n,Cook\n", [3], 2),
    "no column for it": ("Salary,Role\n1,Clerk\n2,Cook\n", [2, 3], 2),
    "unknown status": ("Company,Status\nAcme,Limbo\n", [2], 1),
    "open order": ("Company,Applied on\nAcme,3/4/2026\n", [2], 1),
    "no year": ("Company,Applied on\nAcme,3 May\n", [2], 1),
    "no day": ("Company,Applied on\nAcme,Before 2025-01-24\n", [], 1),
    "same row": ("Company,Role\nAcme,Clerk\nAcme,Clerk\n", [3], 2),
    "same but for case": ("Company,Role\nStraße,Clerk\nSTRASSE,CLERK\n", [3], 2),
    "too many cells": ("Company,Role\nAcme,Clerk,more\n", [2], 1),
    "too few cells": ("Company,Role,Status\nAcme,Clerk\n", [], 1),
    "blank line": ("Company,Role\nAcme,Clerk\n\nOcto,Cook\n", [], 2),
    "lines in a cell": ('Company,Role\nAcme,"Clerk\nor cook"\n', [], 1),
    "open quote": ('Company,Role\nAcme,"Clerk\n', [2], 1),
    "quote inside": ('Company,Role\nAcme,the "best"\nOcto,"a" b\n', [], 2),
    "headings again": ("Company,Role\nAcme,Clerk\nCompany,Role\nOcto,Cook\n", [3], 3),
    "heading below": ("My search,\nCompany,Role\nAcme,Clerk\n", [1], 2),
    "stages": ("Company,Phone screen\nAcme,2026-01-05\n", [], 1),
    "history": ("Company,History\nAcme,2026-01-05|Applied\n", [], 1),
    "two notes": ("Company,Notes,Comments\nAcme,a,b\n", [], 1),
}


LONG = 6_000  # rows


def contents(log: cl.OutcomeLog) -> list[Any]:
    with log._file.reading() as db:
        return [
            db.run("SELECT application, company, role, applied_on, source, note, intake FROM application ORDER BY 1"),
            db.run('SELECT event, application, kind, "on", note, intake FROM event ORDER BY 1'),
        ]


@pytest.mark.parametrize("name", CLEAN)
def test_each_row_of_a_plain_file_is_imported(name: str, log: cl.OutcomeLog) -> None:
    report = cl.import_csv(CLEAN[name].encode(), into=log)
    assert (report.imported, report.skipped) == (2, ())


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_imported_or_skipped_by_its_line(name: str, log: cl.OutcomeLog) -> None:
    whole, skipped, rows = UNUSUAL[name]
    report = cl.import_csv(whole.encode(), into=log)
    assert ([one.line for one in report.skipped], report.rows) == (skipped, rows)


def test_a_page_of_the_web_is_no_tracker(log: cl.OutcomeLog) -> None:
    with pytest.raises(LogError):
        cl.import_csv(b"<!doctype html>,Company\n1,Acme\n2,Octo\n", into=log)


def test_headings_that_stand_far_below_again_are_skipped(log: cl.OutcomeLog) -> None:
    rows = "".join(f"Company {number},Clerk\n" for number in range(LONG))
    report = cl.import_csv(f"Company,Role\n{rows}Company,Role\n".encode(), into=log)
    assert (report.imported, [one.line for one in report.skipped]) == (LONG, [LONG + 2])


CELLS = {
    "Company": ["Acme", "acme", "Octo", "Straße", "STRASSE", "İnci", " Kappa ", "Lima, Ltd", 'The "Best"'],
    "Role": ["Clerk", "CLERK", "", "n/a", "Köchin", "Cook\u2028", "-", "'=1+1"],
    "Applied on": [
        "2026-01-05",
        "5 Jan 2026",
        "05.01.2026",
        "",
        "yes",
        "2026-01-06 and 2026-01-07",
        "13/1/2026",
        "N/A",
    ],
    "Source": ["Fair", "", "null", "Board"],
    "Status": ["Applied", "Rejected", "rejected!", "reeejected", "Phone screen", "", "Applied -> Offer", "ghosted"],
    "Status date": ["2026-02-01", "1 Feb 2026", "", "2026-02-02 and 2026-02-05", "none"],
    "Notes": ["", "met at a fair", "k.A.", "Ünï\tcode"],
    "Salary": ["1", "", "2"],
}
TABLES = st.lists(st.sampled_from([*CELLS][1:]), unique=True).flatmap(
    lambda more: st.lists(
        st.fixed_dictionaries({name: st.sampled_from(CELLS[name]) for name in ("Company", *more)}),
        min_size=1,
        max_size=6,
    )
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> cl.OutcomeLog:
    return cl.OutcomeLog(tmp_path_factory.mktemp("roads") / "log.sqlite")


def as_csv(rows: list[dict[str, str]], separator: str = ",", end: str = "\n") -> bytes:
    out = io.StringIO()
    to = csv.DictWriter(out, [*rows[0]], delimiter=separator, lineterminator=end)
    to.writeheader()
    to.writerows(rows)
    return out.getvalue().encode()


@settings(max_examples=60, deadline=None)
@given(rows=TABLES, separator=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
def test_a_row_means_the_same_in_a_short_file_and_a_long_one(
    empty: cl.OutcomeLog, rows: list[dict[str, str]], separator: str, end: str
) -> None:
    others = [{**dict.fromkeys(rows[0], ""), "Company": f"Company {number}"} for number in range(400)]
    short = cl.import_csv(as_csv(rows, separator, end), into=empty, dry_run=True)
    long = cl.import_csv(as_csv([*rows, *others], separator, end), into=empty, dry_run=True)
    assert long.imported == short.imported + len(others)
    assert (long.skipped, long.first[: len(short.first)]) == (short.skipped, short.first)
    assert (long.events, long.remarks, long.statuses) == (short.events, short.remarks, short.statuses)


def written(number: int) -> bytes:
    rows = (
        f"Company {at % 700},Role {at},2026-0{1 + at % 9}-11,,{('Applied', 'Rejected', 'Offer')[at % 3]},,Note,{at}\n"
        for at in range(number)
    )
    return "".join([f"{HEADINGS}\n", *rows]).encode()


def test_a_long_file_that_comes_again_longer_brings_its_new_rows_alone(log: cl.OutcomeLog) -> None:
    log.add_event(log.add_application("Company 5", "Cook", "2026-01-05"), "thank_you")
    for file in (written(LONG), written(LONG + 10), f"{HEADINGS}\nCompany 5,Cook,2026-01-05,,Rejected,,,\n".encode()):
        cl.import_csv(file, into=log)
    assert log.imports()["rows"].tolist() == [LONG, 10, 1]
    applications, events = contents(log)
    assert [row[0] for row in applications] == [*range(1, LONG + 12)]
    assert applications[LONG + 10][1:] == (
        f"Company {(LONG + 9) % 700}",
        f"Role {LONG + 9}",
        "2026-07-11",
        None,
        "Note",
        2,
    )
    assert [row[2] for row in events if row[1] == 1] == ["thank_you", "rejected"]
    assert len(events) == 2 + sum(at % 3 > 0 for at in range(LONG + 10))
