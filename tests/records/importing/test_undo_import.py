"""Undo: one import goes back whole, and nothing of the person's own goes with it unasked."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import closing_lib as cl
from closing_lib.records.errors import OwnWorkError

FIRST = b"Company,Role,Applied,Status\nAcorn,Clerk,2026-01-05,Interview\nBadger,Pilot,2026-01-06,\n"
SECOND = b"Company,Role,Applied,Status\nAcorn,Clerk,2026-01-05,Rejected\nCactus,Baker,2026-01-07,Offer\n"


def frames(log: cl.OutcomeLog) -> list[pd.DataFrame]:
    return [log.applications(), log.interviews(), log.assessments(), log.events(), log.imports()]


def assert_same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    for this, that in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(this, that)


def add_event(log: cl.OutcomeLog) -> None:
    log.add_event(2, "nudge", on="2026-01-20")


def add_interview(log: cl.OutcomeLog) -> None:
    log.add_interview(2, "2026-01-20", "first", assessment=cl.Assessment(felt=4))


def change_application(log: cl.OutcomeLog) -> None:
    log.update_application(2, note="my own words")


def change_event(log: cl.OutcomeLog) -> None:
    log.update_event(int(log.events()["event"].max()), on="2026-01-19")


OWN = (add_event, add_interview, change_application, change_event)


@pytest.fixture
def report(log: cl.OutcomeLog) -> cl.ImportReport:
    """Give the report of an import into a log with something in it already."""
    log.add_event(log.add_application("Mine", "Own", "2026-01-05"), "thank_you")
    return cl.import_csv(FIRST, into=log)


@pytest.mark.parametrize("work", OWN)
def test_refuses_where_own_work_would_be_lost(
    work: Callable[[cl.OutcomeLog], None], log: cl.OutcomeLog, report: cl.ImportReport
) -> None:
    work(log)
    before = log.path.read_bytes()
    with pytest.raises(OwnWorkError) as caught:
        log.undo_import(report.number)
    assert str(caught.value) == (
        "Import 1 can’t be undone without losing your own work: "
        "since then, you’ve changed or added to 1 of its applications (Acorn)."
    )
    assert log.path.read_bytes() == before
    log.undo_import(report.number, with_own=True)
    assert log.applications()["company"].tolist() == ["Mine"]
    assert log.events()["kind"].tolist() == ["applied", "thank_you"]
    assert cl.import_csv(FIRST, into=log).imported == 2


def test_refuses_where_an_event_in_ones_own_application_was_changed(log: cl.OutcomeLog) -> None:
    log.add_application("Acorn", "Clerk", "2026-01-05")
    report = cl.import_csv(FIRST, into=log)
    assert (report.applications, report.events) == (1, 1)
    change_event(log)
    with pytest.raises(OwnWorkError, match=r"\(Acorn\)\.$"):
        log.undo_import(report.number)
    log.undo_import(report.number, with_own=True)
    assert log.applications()["company"].tolist() == ["Acorn"]
    assert log.events()["kind"].tolist() == ["applied"]


def test_own_work_elsewhere_is_no_reason_to_refuse(log: cl.OutcomeLog, report: cl.ImportReport) -> None:
    log.update_application(1, note="elsewhere")
    log.add_event(1, "nudge")
    log.undo_import(report.number)
    assert log.applications()["note"].tolist() == ["elsewhere"]
    assert log.events()["kind"].tolist() == ["applied", "thank_you", "nudge"]


def test_names_a_few_companies_and_not_hundreds(log: cl.OutcomeLog) -> None:
    report = cl.import_csv(b"Company\n" + b"".join(b"Acorn %d\n" % number for number in range(20)), into=log)
    for number in range(1, 21):
        log.add_event(number, "nudge")
    with pytest.raises(OwnWorkError) as caught:
        log.undo_import(report.number)
    assert str(caught.value).endswith(
        "you’ve changed or added to 20 of its applications (Acorn 0, Acorn 1, Acorn 2, Acorn 3, Acorn 4, …)."
    )


def test_two_imports_that_overlap_go_back_one_after_the_other(log: cl.OutcomeLog, report: cl.ImportReport) -> None:
    between = frames(log)
    second = cl.import_csv(SECOND, into=log)
    assert (second.imported, second.applications, second.events) == (2, 1, 2)
    log.undo_import(second.number)
    assert_same(frames(log), between)
    log.undo_import(report.number)
    assert log.applications()["company"].tolist() == ["Mine"]


@pytest.mark.parametrize("with_own", [False, True])
def test_what_a_later_import_goes_on_with_cannot_go_before_it(
    with_own: bool, log: cl.OutcomeLog, report: cl.ImportReport
) -> None:
    second = cl.import_csv(SECOND, into=log)
    before = log.path.read_bytes()
    with pytest.raises(cl.LogError) as caught:
        log.undo_import(report.number, with_own=with_own)
    assert (
        str(caught.value)
        == "Import 1 can’t be undone yet, because import 2 added to its applications. Undo import 2 first."
    )
    assert log.path.read_bytes() == before
    log.undo_import(second.number)
    log.undo_import(report.number)
    assert log.applications()["company"].tolist() == ["Mine"]
    assert log.imports().empty


def test_imports_side_by_side_go_back_in_any_order(log: cl.OutcomeLog, report: cl.ImportReport) -> None:
    other = cl.import_csv(b"Company,Status\nDahlia,Offer\n", into=log)
    log.undo_import(report.number)
    assert log.applications()["company"].tolist() == ["Mine", "Dahlia"]
    log.undo_import(other.number)
    assert log.applications()["company"].tolist() == ["Mine"]


@pytest.mark.parametrize("number", [7, -1, 2**70])
def test_an_import_that_is_not_there(number: int, log: cl.OutcomeLog, report: cl.ImportReport) -> None:
    with pytest.raises(cl.LogError, match=rf"There’s no import {number} in log\.sqlite\. To see .*, use imports"):
        log.undo_import(number)
    log.undo_import(report.number)
    with pytest.raises(cl.LogError, match="There’s no import 1 in"):
        log.undo_import(report.number)


def test_what_was_seen_stays_seen(log: cl.OutcomeLog) -> None:
    number = log.add_application("Acorn", "Clerk", "2026-01-05")
    log.add_interview(number, "2026-01-20", "first", assessment=cl.Assessment(felt=4))
    report = cl.import_csv(SECOND, into=log)
    log.undo_import(report.number)
    assert log.assessments()["locked_at"].notna().all()
    assert log.events()["kind"].tolist() == ["applied", "interview"]
