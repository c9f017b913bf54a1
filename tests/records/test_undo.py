"""Undo: the last change taken back, what was deleted brought back, and nothing rewritten in hindsight."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.records import (
    ApplicationRow,
    AssessmentRow,
    ChangeRow,
    EventRow,
    InterviewRow,
    LockedError,
    LogError,
    OutcomeLog,
)
from closing_lib.records.connection import Connection

Tables = dict[str, list[tuple[object, ...]]]
DAY = "2026-11-20"
TABLES = ("application", "interview", "event", "assessment", "intake", "attempt", "registration", "draw")
TRACKER = b"Company,Role,Applied,Status\nBadger,Pilot,2026-01-06,Rejected\nAcme,Analyst,2026-11-02,Follow-up\n"


def again(log: OutcomeLog) -> OutcomeLog:
    return OutcomeLog(log.path)


def held(log: OutcomeLog) -> Tables:
    """Give all that the tables of a log hold, to the last stamp."""
    with log._file.reading() as db:
        return {table: db.run(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}  # noqa: S608  # our own names


@pytest.fixture
def full(log: OutcomeLog) -> OutcomeLog:
    """Give a log with one of each."""
    one = log.add_application("Acme", "Analyst", applied_on="2026-11-02", note="by Ann")
    log.add_interview(one, DAY, assessment=cl.Assessment(felt=4))
    log.add_event(one, "thank_you", on=DAY)
    log.add_application("Umbrella")
    log.add_attempt("exercise", "a", passed=True)
    return log


CHANGES = {
    "add an application": (lambda log: log.add_application("New"), "No longer in your log: New. You can bring"),
    "add an interview": (
        lambda log: log.add_interview(2, DAY, round="final", assessment=cl.Assessment(felt=2)),
        "No longer in your log: Umbrella · Final · 20 Nov 2026.",
    ),
    "add an outcome": (lambda log: log.add_event(2, "offer", DAY), "No longer in your log: Umbrella · They made me"),
    "change the day of applying": (
        lambda log: log.update_application(1, applied_on="2026-10-30"),
        "As it was before: Acme, Analyst.",
    ),
    "change an interview": (
        lambda log: log.update_interview(1, held_on="2026-11-19", note="x"),
        "As it was before: Acme, Analyst · First · 20 Nov 2026.",
    ),
    "answer again": (
        lambda log: log.reassess(1, cl.Assessment(felt=1)),
        "As it was before: Acme, Analyst · First · 20 Nov 2026 · your assessment.",
    ),
    "delete an event": (lambda log: log.delete_event(1), "Back in your log: Acme, Analyst · I sent a thank-you"),
    "delete an interview": (lambda log: log.delete_interview(1), "and 1 more that belonged to it."),
    "delete an application": (lambda log: log.delete_application(1), "Acme, Analyst, and 3 more that belonged to it."),
    "import": (lambda log: cl.import_csv(TRACKER, into=log, name="my.csv"), "your import of my.csv. You can bring"),
    "merge": (lambda log: log.merge_applications(2, 1), "Two applications again: Umbrella."),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_last_change_is_taken_back_to_the_last_stamp_and_said(full: OutcomeLog, name: str) -> None:
    change, said = CHANGES[name]
    before, newest = held(full), [full.newest_change]
    change(full)
    newest.append(full.newest_change)
    assert held(full) != before
    assert said in full.undo()
    assert held(full) == before
    newest.append(again(full).newest_change)
    assert newest == sorted({*newest}), "it grows with each, also for others"


def test_one_after_the_other_down_to_an_empty_log(full: OutcomeLog) -> None:
    attempts = held(full)["attempt"]
    for name in [name for name in CHANGES if not name.startswith("delete") and name != "add an outcome"]:
        CHANGES[name][0](full)
    while full.last_change:
        full.undo()
    assert held(full) == {table: [] for table in TABLES} | {"attempt": attempts}
    with pytest.raises(LogError, match=r"^There’s nothing to undo in log\.sqlite\.$"):
        full.undo()


def test_what_a_transaction_did_is_one_change(full: OutcomeLog) -> None:
    before = held(full)
    with full.transaction():
        number = full.add_application("New")
        full.update_application(number, role="Clerk")
        full.add_event(number, "rejected", on=DAY)  # so that the assessment comes in hindsight, and is locked
        full.add_interview(number, DAY, assessment=cl.Assessment(felt=4))
        full.delete_application(2)
    full.undo()
    assert held(full) == before


def test_what_failed_in_a_transaction_is_no_change(full: OutcomeLog) -> None:
    last = full.last_change
    with full.transaction():
        full.save_draft("event", {"kind": "offer"})
        with pytest.raises(LogError):
            full.update_interview(1, promised_on="2026-11-01")
    assert full.last_change == last


def test_a_change_is_taken_back_only_while_it_is_the_last(full: OutcomeLog) -> None:
    first = full.last_change
    assert first is not None
    full.update_application(1, role="Clerk")
    with pytest.raises(LogError, match=r"Something else in log\.sqlite has changed since then"):
        full.undo(first.number)
    full.undo()
    assert full.undo(first.number).endswith("Umbrella. You can bring it back for 30 days.")


# --- Nothing is rewritten in hindsight


def test_an_answer_is_not_taken_back_once_its_outcome_is_known(full: OutcomeLog) -> None:
    full.reassess(1, cl.Assessment(felt=1))
    full.add_event(1, "offer", on=DAY)
    full.undo()  # it was known
    with pytest.raises(LockedError, match=r"^That assessment is locked since its outcome is known: hindsight would"):
        full.undo()
    (row,) = full.rows(AssessmentRow)
    assert (row.answers["felt"], bool(row.locked_at), row.hindsight) == (1, True, False)


def test_a_correction_stays_beside_what_it_corrects(full: OutcomeLog) -> None:
    full.add_event(1, "offer", on=DAY)
    full.correct_assessment(1, cl.Assessment(felt=1), why="mistyped")
    with pytest.raises(LockedError, match=r"^A locked assessment stays with its interview"):
        full.undo()


def test_what_was_answered_before_is_not_hindsight_when_it_comes_back_after(full: OutcomeLog) -> None:
    full.delete_interview(1)
    full.add_event(1, "rejected", on=DAY)
    full.bring_back(full.deleted()[0].number)
    (row,) = full.rows(AssessmentRow)
    assert (bool(row.locked_at), row.hindsight) == (True, False)


def test_the_history_keeps_every_answer(full: OutcomeLog) -> None:
    for felt in (1, 2):
        full.reassess(1, cl.Assessment(felt=felt))
    full.undo()
    told = full.rows(ChangeRow, record="assessment")
    assert [row.deed for row in told] == ["added", "changed", "changed", "changed"]
    assert [json.loads(row.before["answers"])["felt"] for row in told[1:] if row.before] == [4, 1, 2]
    assert [row.undoes for row in told] == [None, None, None, told[2].changeset]
    table = full.changes()
    assert table["record"].tolist()[:3] == ["application", "interview", "assessment"]
    assert table["before"].isna().tolist() == (table["deed"] == "added").tolist()


# --- Bringing back


def test_what_was_deleted_comes_back_whole_while_all_else_goes_on(full: OutcomeLog) -> None:
    before = held(full)
    full.delete_application(1)
    full.update_application(2, role="Clerk")
    (gone,) = full.deleted()
    assert str(gone) == "Deleted: Acme, Analyst, and 3 more that belonged to it."
    assert full.bring_back(gone.number) == "Brought back: Acme, Analyst, and 3 more that belonged to it."
    full.update_application(2, role=None)
    now = held(full)
    assert {name: now[name] for name in TABLES[1:]} == {name: before[name] for name in TABLES[1:]}
    assert (full.rows(ApplicationRow)[0].note, full.deleted()) == ("by Ann", ())
    with pytest.raises(LogError, match="nothing to bring back under number"):
        full.bring_back(gone.number)


def test_what_belonged_to_something_deleted_comes_back_after_it(full: OutcomeLog) -> None:
    full.delete_event(1)
    full.delete_application(1)
    whole, event = full.deleted()
    with pytest.raises(LogError, match=r"^Acme, Analyst has been deleted too\. Bring that back first\.$"):
        full.bring_back(event.number)
    full.bring_back(whole.number)
    full.bring_back(event.number)
    assert [row.event for row in full.rows(EventRow) if row.event] == [1]


def test_what_was_undone_can_be_brought_back_and_that_undone(full: OutcomeLog) -> None:
    before = held(full)
    full.undo()
    assert [one.what for one in full.deleted()] == ["Umbrella"]
    full.bring_back(full.deleted()[0].number)
    assert held(full) == before
    full.undo()
    assert [row.company for row in full.rows(ApplicationRow)] == ["Acme"]


def test_an_import_that_was_undone_comes_back_with_one_s_own_work(full: OutcomeLog) -> None:
    report = cl.import_csv(TRACKER, into=full)
    full.add_event(3, "nudge", on=DAY)
    before = held(full)
    assert report.number is not None
    full.undo_import(report.number, with_own=True)
    full.bring_back(full.deleted()[0].number)
    assert held(full) == before


def test_an_import_comes_back_with_attempts_and_draws_and_is_deleted_no_more(full: OutcomeLog, tmp_path: Path) -> None:
    other = OutcomeLog(tmp_path / "other.sqlite")
    cl.import_csv(cl.export_log(full, tmp_path / "history.csv"), into=other)
    before = held(other)
    other.undo_import(1)
    assert not any(rows for table, rows in held(other).items())
    other.bring_back(other.deleted()[0].number)
    assert (held(other), other.deleted()) == (before, ())
    other.undo()
    assert not any(rows for table, rows in held(other).items())


def test_what_an_earlier_kit_noted_comes_back_the_same(full: OutcomeLog) -> None:
    cl.import_csv(TRACKER, into=full)
    before = held(full)
    with full._file.reading() as db:  # it noted all columns, the number and what was empty too
        noted = {
            (table, row[0]): dict(zip([one[1] for one in db.run(f"PRAGMA table_info({table})")], row, strict=True))
            for table in ("application", "event", "intake")
            for row in before[table]
        }
    full.undo_import(1)
    with full._file.writing() as db:
        for number, record, of in db.run("SELECT change, record, number FROM change WHERE deed = 'deleted'"):
            was = json.dumps(noted[record, of], ensure_ascii=False, default=bytes.hex)
            db.run("UPDATE change SET before = ? WHERE change = ?", [was, number])
    full.undo()
    assert held(full) == before


def test_what_nobody_can_have_noted_is_refused(full: OutcomeLog) -> None:
    full.delete_event(1)
    before = held(full)
    with full._file.writing() as db:
        db.run("UPDATE change SET before = '[' WHERE deed = 'deleted'")
    with pytest.raises(LogError, match="is damaged"):
        full.undo()
    assert held(full) == before


def test_an_import_does_not_come_back_beside_itself(full: OutcomeLog) -> None:
    cl.import_csv(TRACKER, into=full)
    full.undo()
    assert cl.import_csv(TRACKER, into=full).imported == 2
    with pytest.raises(LogError, match=r"^You’ve imported this again since then: it’s in import 2\.$"):
        full.bring_back(full.deleted()[0].number)


@pytest.mark.parametrize("with_own", [False, True])
def test_an_import_that_was_read_again_in_place_of_another_gives_way_to_it(full: OutcomeLog, with_own: bool) -> None:
    rows = b"Firm of theirs,Company,Called,Status\nAcorn,Clerk,2026-01-20,Applied\nBadger,Cook,,Rejected\n"
    cl.import_csv(rows, into=full)
    if with_own:
        full.add_event(4, "nudge", on="2026-02-01")
        full.update_event(3, note="mine")
    before = held(full)
    mapping = {"Firm of theirs": "company", "Company": "role", "Called": "interview"}
    cl.import_csv(rows, into=full, mapping=mapping, name="again.csv")
    assert held(full) != before
    assert str(full.last_change) == "Added: your import of again.csv."
    full.undo()
    assert held(full) == before


def test_what_an_import_brought_outlasts_it_as_one_s_own(full: OutcomeLog) -> None:
    report = cl.import_csv(b"Company,Role,Applied,Status\nAcme,Analyst,2026-11-02,Offer\n", into=full)
    full.delete_event(2)
    assert report.number is not None
    full.undo_import(report.number)
    full.bring_back(full.deleted()[1].number)
    with full._file.reading() as db:
        assert db.run("SELECT kind, intake FROM event WHERE event = 2") == [("offer", None)]


def test_after_30_days_what_was_done_stays_done(path: Path) -> None:
    start = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    now = iter([start] * 99)
    log = OutcomeLog(path, clock=lambda: next(now))
    for name in ("Acme", "Acme Ltd"):
        log.add_application(name)
    log.merge_applications(1, 2)
    later = OutcomeLog(path, clock=lambda: start + dt.timedelta(days=31))
    assert (later.last_change, later.deleted()) == (None, ())
    with pytest.raises(LogError, match="nothing to undo"):
        later.undo()


# --- Merging


def test_two_that_are_one_keep_all_that_both_have(full: OutcomeLog) -> None:
    other = full.add_application("ACME ", "Analyst", applied_on="2026-11-05", source="advert", note="by Bob")
    second = full.add_interview(other, "2026-11-25", round="final", assessment=cl.Assessment(felt=2))
    full.add_event(other, "rejected", on="2026-11-27")
    full.merge_applications(1, other)
    (one, _) = full.rows(ApplicationRow)
    assert (one.company, one.applied_on, one.source) == ("Acme", dt.date(2026, 11, 2), "advert")
    assert one.note == "by Ann\nby Bob"
    assert [row.interview for row in full.rows(InterviewRow, application=1)] == [1, second]
    kinds = [(row.kind.value, str(row.on)) for row in full.rows(EventRow, application=1) if row.event]
    assert sorted(kinds) == [("applied", "2026-11-05"), ("rejected", "2026-11-27"), ("thank_you", DAY)]
    assert full.row(InterviewRow, 1).locked_at  # what came of the other is known
    assert str(full.last_change) == "Merged into one: Acme, Analyst."
    assert [one.deed for one in full.deleted()] == []


def test_nothing_is_merged_with_itself(full: OutcomeLog) -> None:
    with pytest.raises(LogError, match="can’t be merged with itself"):
        full.merge_applications(1, 1)
    with pytest.raises(LogError, match="no application 9"):
        full.merge_applications(1, 9)


def test_a_draw_goes_with_its_application_into_another_and_back(full: OutcomeLog) -> None:
    full.give_consent("1")
    for number in (1, 2):
        full.draw(number, "panel")
    before = held(full)
    full.merge_applications(1, 2)
    assert [row.application for row in full.rows(cl.records.DrawRow)] == [1, 1]
    assert full.draw(1, "panel").draw == 1
    full.undo()
    assert held(full) == before


# --- Whatever is done, in any order

STEPS = st.lists(st.sampled_from([*CHANGES, "undo", "bring back"]), max_size=12)


@given(STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_change_can_be_taken_back_whatever_came_before(full: OutcomeLog, steps: list[str]) -> None:
    before = held(full)
    with suppress(ZeroDivisionError), full._file.writing() as db:
        for step in steps:
            _take(full, step, db)
        raise ZeroDivisionError  # so that the next example begins as this one did
    assert held(full) == before


def _take(log: OutcomeLog, step: str, db: Connection) -> None:
    """Take one step as if it were called by itself; one that changed something is taken back, and then taken again."""
    before = held(log)
    for is_again in (False, True):
        db.changeset, db.undoes = 0, None
        with suppress(LogError, IndexError):  # what it would change is gone
            if step == "undo":
                log.undo()
            elif step == "bring back":
                log.bring_back(log.deleted()[0].number)
            else:
                CHANGES[step][0](log)
        if is_again or step == "undo" or held(log) == before:
            return
        log.undo()
        now = held(log)
        assert _locks(now) >= _locks(before)  # what an outcome has locked stays so
        assert _without_locks(now) == _without_locks(before)


def _locks(tables: Tables) -> int:
    return sum(row[7] is not None for row in tables["assessment"])


def _without_locks(tables: Tables) -> Tables:
    return {**tables, "assessment": [(*row[:7], *row[8:]) for row in tables["assessment"]]}


# --- Earlier kits


def test_what_an_earlier_kit_drew_and_exported_is_the_same_here(path: Path, tmp_path: Path) -> None:
    here = Path(__file__).parent
    path.write_bytes(gzip.decompress((here / "formats" / "6.sqlite.gz").read_bytes()))
    old, back = OutcomeLog(path), OutcomeLog(tmp_path / "back.sqlite")
    report = cl.import_csv(gzip.decompress((here / "backup" / "format_6.csv.gz").read_bytes()), into=back)
    assert report.skipped == ()
    assert [row.application for row in old.rows(cl.records.DrawRow)] == [2, 2, 1]
    for table in ("applications", "interviews", "events", "assessments", "draws", "attempts", "registrations"):
        assert getattr(back, table)().equals(getattr(old, table)()), table
    assert old.draw(2, "screen").draw == 5  # the number of the one that an earlier kit deleted is not given again
    assert old.last_change is None
    old.delete_interview(2)
    assert old.undo().startswith("Undone. Back in your log: Harrow & Pike, Shift lead")
