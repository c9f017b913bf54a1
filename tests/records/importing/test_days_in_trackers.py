"""Days as people type them: each is read as it was meant, or the import asks, or it says how it has read it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pandas as pd
import pytest

import closing_lib as cl

HEAD = "Company,Applied,"
ASKED = ("day_first",)


def taken(log: cl.OutcomeLog, tracker: str, **answers: object) -> cl.ImportReport:
    return cl.import_csv(tracker.encode(), into=log, name="f", **answers)  # type: ignore[arg-type]


def applied(log: cl.OutcomeLog) -> list[str | None]:
    return [None if pd.isna(day) else day.date().isoformat() for day in log.applications()["applied_on"]]


def happened(log: cl.OutcomeLog) -> list[tuple[str, str | None]]:
    events = log.events()
    entered = events[events["event"].notna()].sort_values("event")
    rows = zip(entered["kind"], entered["on"], strict=True)
    return [(str(kind), None if pd.isna(day) else day.date().isoformat()) for kind, day in rows]


@pytest.mark.parametrize(
    ("rows", "applications", "interviews"),
    [
        ("Acme,20/11/2026,05/12/2026", ["2026-11-20"], ["2026-12-05"]),
        ("Acme,11/20/2026,12/05/2026", ["2026-11-20"], ["2026-12-05"]),
        ("Acme,13/10/2026,\nOcto,02/11/2026,01/12/2026", ["2026-10-13", "2026-11-02"], ["2026-12-01"]),
        ("Acme,9/11/2026,\nOcto,10/11/2026,26/11/2026", ["2026-11-09", "2026-11-10"], ["2026-11-26"]),
        ("Acme,3.11.2026,05/12/2026", ["2026-11-03"], ["2026-12-05"]),
    ],
)
def test_an_interview_that_lies_ahead_turns_no_order_around(
    log: cl.OutcomeLog, rows: str, applications: list[str], interviews: list[str]
) -> None:
    report = taken(log, f"{HEAD}Interview\n{rows}\n")
    assert (report.questions, report.remarks, applied(log)) == ((), (), applications)
    assert happened(log) == [("interview", day) for day in interviews]


@pytest.mark.parametrize(
    "rows",
    [
        "Acme,03/11/2026,\nOcto,05/11/2026,\nZeta,09/11/2026,10/12/2026",
        "Acme,11/3/2026,12/1/2026",
        "Acme,2/11/26,4/12/26",
        "Acme,,5/12/2026",
    ],
)
def test_what_only_a_day_ahead_would_tell_is_asked(log: cl.OutcomeLog, rows: str) -> None:
    assert taken(log, f"{HEAD}Interview\n{rows}\n").questions == ASKED
    assert happened(log) == []


def test_an_order_that_is_likely_and_not_certain_is_said(log: cl.OutcomeLog) -> None:
    report = taken(log, "Company,Applied,Interview\nAcme,1/12/2026,\nOcto,2/11/2026,3/11/2026\n")
    assert applied(log) == ["2026-01-12", "2026-02-11"]
    said = [remark.said for remark in report.remarks]
    assert [remark.line for remark in report.remarks] == [0, 0]
    assert [("“1/12/2026”" in one, "2026-01-12" in one) for one in said] == [(True, True), (False, False)]
    assert [("“3/11/2026”" in one, "2026-03-11" in one) for one in said] == [(False, False), (True, True)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-03-01,2026-02-01", "2026-02-01 (a no) comes before you applied (2026-03-01)"),
        ("2026-03-01,2025-03-05", "2025-03-05 (a no) comes before you applied (2026-03-01)"),
        ("2020-01-01,2026-02-01", "2026-02-01 (a no) comes more than a year after you applied (2020-01-01)"),
        ("2026-01-01,2062-02-01", "2062-02-01 (a no) comes more than a year after you applied (2026-01-01)"),
        ("2026-11-01,2026-12-01", "2026-12-01 (a no) is still to come"),
        ("2027-03-01,", "2027-03-01, when you applied, is still to come"),
    ],
)
def test_a_day_out_of_place_is_remarked_on(log: cl.OutcomeLog, row: str, said: str) -> None:
    report = taken(log, f"{HEAD}Rejected\nAcme,{row}\n")
    assert [(remark.line, remark.said) for remark in report.remarks] == [(2, f"Check its dates: {said}.")]
    assert report.imported == 1


def test_a_large_file_says_so_too(log: cl.OutcomeLog) -> None:
    rows = "".join(f"Company {n} {'x' * 90},2026-03-01,Rejected,2026-03-{10 + n % 20}\n" for n in range(5_000))
    report = taken(log, f"{HEAD}Status,Status date\n{rows}Acme,2026-03-01,Rejected,2026-02-01\n", dry_run=True)
    assert [remark.line for remark in report.remarks] == [5_002]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *((f"26{mark}03{mark}15", "2026-03-15") for mark in "/-."),
        ("25/12/31", "2025-12-31"),
        ("26-1-09", "2026-01-09"),
        ("15/03/26", "2026-03-15"),
        ('"26/03/31, 09:15"', "2026-03-31"),
        ("13/03/19", "2019-03-13"),
        ('"Sun, 12 Jan 2025 12:23:29 +0000 (UTC)"', "2025-01-12"),
        ('"Fri, 13 Mar 2026 10:00:00 GMT"', "2026-03-13"),
        ("Thu Mar 12 2026 11:15:00 GMT+0100 (CET)", "2026-03-12"),
        ("2026-03-12T11:15:00.000+01:00", "2026-03-12"),
        ("45538", "2024-09-03"),
        ("46093.5", "2026-03-12"),
        ("45292", "2024-01-01"),
    ],
)
def test_a_day_written_otherwise_is_read(log: cl.OutcomeLog, written: str, day: str) -> None:
    report = taken(log, f"Company,Applied\nAcme,{written}\n")
    assert (applied(log), report.questions, report.remarks) == ([day], (), ())


@pytest.mark.parametrize("written", ["24/03/25", "25-10-26", "26.10.25", "23/1/26"])
def test_a_day_whose_year_may_stand_first_or_last_is_said(log: cl.OutcomeLog, written: str) -> None:
    (remark,) = taken(log, f"Company,Applied\nAcme,{written}\n").remarks
    assert all(one in remark.said for one in (f"“{written}”", str(applied(log)[0])))


def test_where_the_year_stands_is_told_by_the_column(log: cl.OutcomeLog) -> None:
    taken(log, "Company,Applied\nAcme,26/03/25\nOcto,26/04/02\nZeta,25/12/31\n")
    assert applied(log) == ["2026-03-25", "2026-04-02", "2025-12-31"]
    other = taken(log, "Company,Applied\nBadger,26/03/15\nFox,13/04/15\n")
    assert other.imported == 2
    assert applied(log)[3:] == ["2015-03-26", "2015-04-13"]


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
@pytest.mark.usefixtures("in_new_york")
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-23T02:30:00Z", "2026-11-22"),
        ("2026-11-23 02:30:00+00:00", "2026-11-22"),
        ('"Mon, 23 Nov 2026 02:30:00 +0000 (UTC)"', "2026-11-22"),
        ("2026-11-22T23:30:00-05:00", "2026-11-22"),
        ("2026-11-20T00:00:00.000Z", "2026-11-20"),
    ],
)
def test_a_time_in_utc_is_the_day_that_it_was_for_the_person(log: cl.OutcomeLog, written: str, day: str) -> None:
    report = taken(log, f"Company,Applied\nAcme,{written}\n")
    assert (applied(log), report.remarks) == ([day], ())


@pytest.mark.parametrize(
    ("step", "day_first", "events"),
    [
        ("9.2 rejected", False, [("rejected", "2024-09-02")]),
        ("9.2 rejected", True, [("rejected", "2024-02-09")]),
        ("9.5: Absage", False, [("rejected", "2024-09-05")]),
        ("9.2 已拒绝", False, [("rejected", "2024-09-02")]),
        ("9.2已拒绝", False, [("rejected", "2024-09-02")]),
        ("10/4 offer", False, [("offer", "2024-10-04")]),
    ],
)
def test_a_day_with_a_dot_alone_is_asked(
    log: cl.OutcomeLog, step: str, day_first: bool, events: list[tuple[str, str]]
) -> None:
    tracker = f"{HEAD}Timeline\nAcme,2024-09-01,{step}\n"
    assert taken(log, tracker).questions == ASKED
    report = taken(log, tracker, day_first=day_first, year=2024)
    assert happened(log) == events
    assert bool(report.remarks) is day_first


def test_dots_behind_the_month_or_elsewhere_in_the_file_say_that_the_day_comes_first(log: cl.OutcomeLog) -> None:
    taken(log, f"{HEAD}Timeline\nAhorn,01.09.2024,9.10 Absage\nBuche,01.09.2024,11.10. Absage\n", year=2024)
    assert happened(log) == [("rejected", "2024-10-09"), ("rejected", "2024-10-11")]


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("Absage am 10.11.2026", ("rejected", "2026-11-10")),
        ("Rejected on 12 March 2026", ("rejected", "2026-03-12")),
        ("Rejected (2026-03-12)", ("rejected", "2026-03-12")),
        ("2026-03-12: Offer", ("offer", "2026-03-12")),
        ("Rechazado el 12 de marzo de 2026", ("rejected", "2026-03-12")),
        ('"Interview - Thu, 3 December 2026, 14:00"', ("interview", "2026-12-03")),
        ("Rejected - 13/3/26 - by email", ("rejected", "2026-03-13")),
        ("2026年3月12日 已拒绝", ("rejected", "2026-03-12")),
        ("Interview 2/3", ("interview", None)),
    ],
)
def test_the_day_of_a_status_is_taken(log: cl.OutcomeLog, status: str, event: tuple[str, str | None]) -> None:
    report = taken(log, f"{HEAD}Status\nAcme,2026-01-01,{status}\n")
    assert (happened(log), report.questions, report.remarks) == ([event], (), ())


@pytest.mark.parametrize(
    "status",
    [
        "Nothing since 12 March 2026",
        "Rejected, may reapply after 12 March 2027",
        "Offer until 1 April 2026",
        "Offer! Deadline 2026-12-20",
    ],
)
def test_the_day_of_something_else_is_not_the_day_of_a_status(log: cl.OutcomeLog, status: str) -> None:
    taken(log, f'{HEAD}Status\nAcme,2026-01-01,"{status}"\n')
    assert not any(day for _, day in happened(log))


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("2026-01-01,Rejected 5 May", "2026-05-05"),
        ("2025-12-20,Absage am 3. Januar", "2026-01-03"),
        ("2026-11-20,Interview on Dec 4", "2026-12-04"),
        ("2026-03-01,Entrevista el 20 de marzo", "2026-03-20"),
    ],
)
def test_a_day_of_a_status_without_its_year_is_read_by_its_row_and_said(log: cl.OutcomeLog, row: str, day: str) -> None:
    (remark,) = taken(log, f"{HEAD}Status\nAcme,{row}\n").remarks
    assert (remark.line, [found for _, found in happened(log)]) == (2, [day])
    assert day in remark.said


def test_a_day_without_a_year_that_nothing_tells_is_asked(log: cl.OutcomeLog) -> None:
    tracker = "Company,Status\nAcme,Rejected 5 May\n"
    assert taken(log, tracker).questions == ("year",)
    taken(log, tracker, year=2026)
    assert happened(log) == [("rejected", "2026-05-05")]


@pytest.mark.parametrize(
    ("heading", "cell", "events"),
    [
        (
            "Interview",
            "2026-03-10|CALL;2026-03-17|SECOND INTERVIEW",
            [("interview", "2026-03-10"), ("interview", "2026-03-17")],
        ),
        ("Interview", "2026-03-10 with Anna", [("interview", "2026-03-10")]),
        ("Interview", "2026-03-10 A; 2026-03-17 B", [("interview", "2026-03-10"), ("interview", "2026-03-17")]),
        (
            "Interview",
            "10 March 2026 (phone screen) -> 20 March 2026 rejected",
            [("interview", "2026-03-10"), ("rejected", "2026-03-20")],
        ),
        ("History", "2026-08-06|Interview 1 - recruiter call", [("interview", "2026-08-06")]),
        ("Status", "2026-08-06|Interview 1 - recruiter call", [("interview", "2026-08-06")]),
        (
            "History",
            "2026-08-06 - Phone screen - with Ann; 2026-08-09 - Rejected",
            [("interview", "2026-08-06"), ("rejected", "2026-08-09")],
        ),
        (
            "History",
            "Phone screen (2026-08-06)\n6 Sep 2026 | Offer | by phone",
            [("interview", "2026-08-06"), ("offer", "2026-09-06")],
        ),
        ("Timeline", "Applied - Interview - Rejected", [("interview", None), ("rejected", None)]),
        ("Status", "Applied - Interview - Rejected", [("interview", None), ("rejected", None)]),
        ("Status", "Applied / Phone screen / Offer", [("interview", None), ("offer", None)]),
        ("Status", "Interview, rejected", [("interview", None), ("rejected", None)]),
        ("Status", "Beworben – Absage", [("rejected", None)]),
    ],
)
def test_each_step_of_a_history_is_told(
    log: cl.OutcomeLog, heading: str, cell: str, events: list[tuple[str, str | None]]
) -> None:
    report = taken(log, f'{HEAD}{heading}\nAcme,2026-03-01,"{cell}"\n')
    assert (happened(log), report.questions, report.remarks) == (events, (), ())


@pytest.mark.parametrize("status", ["Rejected - Interview - Applied", "2026-03-10|cancelled"])
def test_steps_that_are_none_are_asked(log: cl.OutcomeLog, status: str) -> None:
    assert taken(log, f"{HEAD}Interview\nAcme,2026-03-01,{status}\n").unknown_statuses


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Stage History", "[('2026-03-01', 'Applied'), ('2026-03-20', 'Rejected')]"),
        ("Stage History", "['Applied', 'Rejected']"),
        ("Moves", "2026-03-01|Applied;2026-03-20|Rejected"),
        ("Pipeline so far", "Applied -> Rejected"),
    ],
)
def test_a_history_is_found_by_its_cells(log: cl.OutcomeLog, heading: str, cell: str) -> None:
    report = taken(log, f'{HEAD}{heading}\nAcme,2026-03-01,"{cell}"\nOcto,2026-03-02,\n')
    assert report.mapping[heading] == "history"
    assert [kind for kind, _ in happened(log)] == ["rejected"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Follow-up Date", "2026-12-01"),
        ("Follow up", "1 December 2026"),
        ("Thank you sent", "2026-11-23"),
        ("History", "2026-12-01|Follow up"),
        ("Status", "Follow up on 2026-12-01"),
    ],
)
def test_a_reminder_ahead_is_nothing_done(log: cl.OutcomeLog, heading: str, cell: str) -> None:
    report = taken(log, f"{HEAD}{heading}\nAcme,2026-11-20,{cell}\n")
    assert happened(log) == []
    assert [remark.line for remark in report.remarks] == [2]
    assert "2026-1" in log.applications()["note"][0]


def test_a_follow_up_of_the_past_is_done(log: cl.OutcomeLog) -> None:
    report = taken(log, f"{HEAD}Follow-up Date\nAcme,2026-11-10,2026-11-20\n")
    assert (happened(log), report.remarks) == ([("nudge", "2026-11-20")], ())
