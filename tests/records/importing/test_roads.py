"""The fast road of a large file and the careful one come to the same; what the fast one cannot take it leaves alone."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_corpus import FILES, wanted

import closing_lib as cl
from closing_lib.records.importing import roads, taking_in
from closing_lib.records.importing.reading import Answers
from closing_lib.records.importing.regular import Unusual
from closing_lib.records.importing.statuses import read_statuses

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
UNUSUAL = {
    "no company": "Company,Role\nAcme,Clerk\n,Cook\n",
    "no column for it": "Salary,Role\n1,Clerk\n2,Cook\n",
    "unknown status": "Company,Status\nAcme,Limbo\n",
    "open order": "Company,Applied on\nAcme,3/4/2026\n",
    "no year": "Company,Applied on\nAcme,3 May\n",
    "no day": "Company,Applied on\nAcme,Before 2025-01-24\n",
    "same row": "Company,Role\nAcme,Clerk\nAcme,Clerk\n",
    "same but for case": "Company,Role\nStraße,Clerk\nSTRASSE,CLERK\n",
    "too many cells": "Company,Role\nAcme,Clerk,more\n",
    "too few cells": "Company,Role,Status\nAcme,Clerk\n",
    "blank line": "Company,Role\nAcme,Clerk\n\nOcto,Cook\n",
    "lines in a cell": 'Company,Role\nAcme,"Clerk\nor cook"\n',
    "open quote": 'Company,Role\nAcme,"Clerk\n',
    "quote inside": 'Company,Role\nAcme,the "best"\nOcto,"a" b\n',
    "headings again": "Company,Role\nAcme,Clerk\nCompany,Role\nOcto,Cook\n",
    "web page": "<!doctype html>,Company\n1,Acme\n2,Octo\n",
    "heading below": "My search,\nCompany,Role\nAcme,Clerk\n",
    "stages": "Company,Phone screen\nAcme,2026-01-05\n",
    "history": "Company,History\nAcme,2026-01-05|Applied\n",
    "two notes": "Company,Notes,Comments\nAcme,a,b\n",
}


@pytest.fixture(autouse=True)
def no_file_is_too_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roads, "_LARGE", 0)


def told(whole: str | bytes, **answers: Any) -> roads.File:
    data = whole.encode() if isinstance(whole, str) else whole
    mapping, sheet = answers.pop("mapping", None), answers.pop("sheet", None)
    given = Answers(read_statuses(answers.pop("statuses", None)), **answers)
    return roads.File(data, "tracker.csv", sheet, mapping, given)


def outcome(road: roads.Road, log: cl.OutcomeLog) -> list[Any]:
    """Give all that an import reports and writes."""
    with log._file.reading() as db:
        plan = road.match(db)
    written = [{name: [*column] for name, column in columns.items()} for columns in (plan.applications, plan.events)]
    return [asdict(taking_in._report(road, plan, None, dry_run=True)), written, [*plan.digests]]


def by_both(file: roads.File, log: cl.OutcomeLog) -> tuple[list[Any], list[Any]]:
    return outcome(roads.fast_road(file), log), outcome(roads.careful_road(file), log)


@pytest.mark.parametrize("name", CLEAN)
def test_both_roads_come_to_the_same(name: str, log: cl.OutcomeLog) -> None:
    fast, careful = by_both(told(CLEAN[name]), log)
    assert fast == careful
    assert fast[0]["imported"] == 2


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_unusual_is_left_to_the_careful_road(name: str, log: cl.OutcomeLog) -> None:
    with pytest.raises(Unusual):
        by_both(told(UNUSUAL[name]), log)


def test_headings_that_stand_far_below_again_are_left_to_the_careful_road(log: cl.OutcomeLog) -> None:
    rows = "".join(f"Company {number},Clerk\n" for number in range(12_000))
    assert outcome(roads.fast_road(told(f"Company,Role\n{rows}")), log)[0]["imported"] == 12_000
    with pytest.raises(Unusual):
        roads.fast_road(told(f"Company,Role\n{rows}Company,Role\n"))


def test_without_pyarrow_there_is_the_careful_road(monkeypatch: pytest.MonkeyPatch, log: cl.OutcomeLog) -> None:
    file = told(CLEAN["all columns"])
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as in the browser
    with pytest.raises(Unusual):
        roads.fast_road(file)
    assert cl.import_csv(file.data, into=log).imported == 2


def test_both_roads_come_to_the_same_on_the_corpus(log: cl.OutcomeLog) -> None:
    taken = 0
    for file in FILES:
        try:
            fast, careful = by_both(told(file.read_bytes(), **wanted(file).get("answers", {})), log)
        except Unusual:
            continue
        assert fast == careful, file.name
        taken += 1
    assert taken >= 3


CELLS = {
    "Company": ["Acme", "acme", "Octo", "Straße", "STRASSE", "İnci", " Kappa ", "Lima, Ltd", 'The "Best"', "x\x1fy"],
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


@settings(max_examples=100, deadline=None)
@given(rows=TABLES, separator=st.sampled_from(",;\t"), end=st.sampled_from(["\n", "\r\n"]))
def test_both_roads_come_to_the_same_on_any_table(
    empty: cl.OutcomeLog, rows: list[dict[str, str]], separator: str, end: str
) -> None:
    out = io.StringIO()
    to = csv.DictWriter(out, [*rows[0]], delimiter=separator, lineterminator=end)
    to.writeheader()
    to.writerows(rows)
    try:
        fast, careful = by_both(told(out.getvalue()), empty)
    except Unusual:
        return
    assert fast == careful
    assert fast[0]["imported"] == len(rows)


def written(number: int) -> str:
    rows = (
        f"Company {at % 700},Role {at},2026-0{1 + at % 9}-11,,{('Applied', 'Rejected', 'Offer')[at % 3]},,Note,{at}\n"
        for at in range(number)
    )
    return "".join([f"{HEADINGS}\n", *rows])


def contents(log: cl.OutcomeLog) -> list[Any]:
    with log._file.reading() as db:
        return [
            db.run("SELECT application, company, role, applied_on, source, note, intake FROM application ORDER BY 1"),
            db.run('SELECT event, application, kind, "on", note, intake FROM event ORDER BY 1'),
            db.run("SELECT intake, file, rows, digests FROM intake ORDER BY 1"),
        ]


def schema(log: cl.OutcomeLog) -> set[tuple[Any, ...]]:
    with log._file.reading() as db:
        return {*db.run("SELECT type, name, tbl_name, sql FROM sqlite_schema")}


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., cl.OutcomeLog]]:
    def take(large: int, *files: str) -> cl.OutcomeLog:
        monkeypatch.setattr(roads, "_LARGE", large)
        log = cl.OutcomeLog(tmp_path / f"{large}.sqlite")
        log.add_event(log.add_application("Company 5", "Cook", "2026-01-05"), "thank_you")
        for file in files:
            cl.import_csv(file.encode(), into=log)
        return log

    return take


def test_both_roads_leave_the_same_log(taken: Callable[..., cl.OutcomeLog]) -> None:
    """Also where the file comes again, longer, or with a row that the log has."""
    files = [written(6_000), written(6_010), f"{HEADINGS}\nCompany 5,Cook,2026-01-05,,Rejected,,,\n"]
    fast, careful = taken(0, *files), taken(10**9, *files)
    assert contents(fast) == contents(careful)
    assert schema(fast) == schema(careful)
    assert fast.imports()["rows"].tolist() == [6_000, 10, 1]
