"""An assessment as it stood before the outcome: locked in the file itself, whoever comes with whatever program."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closing_lib.assessment import Assessment, assess
from closing_lib.models import EventKind
from closing_lib.records import AssessmentRow, InterviewRow, LockedError, LogError, OutcomeLog

BEFORE, AFTER = Assessment(felt=4), Assessment(felt=1)
DAY = dt.date(2026, 11, 20)
NEAR = st.none() | st.integers(-2, 2).map(lambda days: DAY + dt.timedelta(days))
KINDS = st.sampled_from(EventKind)


@pytest.fixture
def interview(log: OutcomeLog) -> int:
    return log.add_interview(log.add_application("Acme"), DAY, assessment=BEFORE)


@pytest.fixture
def locked(log: OutcomeLog, interview: int) -> int:
    log.add_event(1, "rejected", on=DAY)
    return interview


@pytest.fixture
def bare(path: Path, log: OutcomeLog) -> Iterator[sqlite3.Connection]:
    """A program that knows nothing of the kit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def original(log: OutcomeLog) -> AssessmentRow:
    return log.rows(AssessmentRow)[0]


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize(
    ("on", "held_on"), [(DAY, DAY), ("2026-11-19", DAY), ("2026-11-21", DAY), (None, DAY), (DAY, None)]
)
def test_an_outcome_on_or_after_the_day_or_on_an_unknown_one_locks(
    log: OutcomeLog, kind: EventKind, on, held_on
) -> None:
    log.add_interview(log.add_application("Acme"), held_on, assessment=BEFORE)
    log.add_event(1, kind, on=on)
    assert bool(original(log).locked_at) is (kind.is_outcome and on != "2026-11-19")


def test_an_outcome_of_another_application_locks_nothing(log: OutcomeLog, interview: int) -> None:
    log.add_event(log.add_application("Umbrella"), "offer", on=DAY)
    assert not original(log).locked_at


def test_until_then_it_can_be_answered_again(log: OutcomeLog, interview: int) -> None:
    log.add_event(1, "thank_you", on=DAY)
    assert log.reassess(interview, AFTER) == original(log).assessment
    assert len(log.rows(AssessmentRow)) == 1
    assert original(log).answers["felt"] == 1
    assert log.row(InterviewRow, interview).score == assess(AFTER).score


def test_a_first_assessment_can_come_later(log: OutcomeLog) -> None:
    interview = log.add_interview(log.add_application("Acme"), DAY)
    with pytest.raises(LogError, match=r"has no locked assessment\. reassess enters"):
        log.correct_assessment(interview, AFTER, why="x")
    log.reassess(interview, BEFORE)
    assert log.row(InterviewRow, interview).band == "unsure"


def test_then_it_can_only_be_corrected_beside(log: OutcomeLog, locked: int) -> None:
    with pytest.raises(LockedError, match=r"of interview 1 is locked .* correct_assessment adds"):
        log.reassess(locked, AFTER)
    with pytest.raises(ValueError, match="why is empty"):
        log.correct_assessment(locked, AFTER, why=" ")
    log.correct_assessment(locked, AFTER, why="mistyped")
    first, correction = log.rows(AssessmentRow)
    assert (first.answers["felt"], first.corrects, first.hindsight) == (4, None, False)
    assert (correction.answers["felt"], correction.corrects, correction.why) == (1, first.assessment, "mistyped")
    assert correction.locked_at
    assert correction.hindsight
    shown = log.row(InterviewRow, locked)
    assert (shown.score, shown.corrected, shown.hindsight) == (assess(BEFORE).score, True, False)


def test_what_is_entered_after_the_outcome_says_so(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    log.add_event(application, "offer", on="2026-12-01")
    interview = log.add_interview(application, DAY, assessment=BEFORE)
    assert original(log).hindsight
    assert original(log).locked_at == original(log).answered_at
    assert log.row(InterviewRow, interview).hindsight


def test_a_round_after_the_answer_to_the_one_before_is_not_hindsight(log: OutcomeLog, interview: int) -> None:
    log.add_event(1, "advanced", on="2026-11-22")
    second = log.add_interview(1, "2026-11-25", assessment=BEFORE)
    assert not log.row(InterviewRow, second).hindsight
    assert not log.row(InterviewRow, second).locked_at
    assert log.row(InterviewRow, interview).locked_at


def test_deleting_or_changing_the_outcome_unlocks_nothing(log: OutcomeLog, locked: int) -> None:
    log.update_event(1, kind="nudge", on="2026-11-01")
    log.delete_event(1)
    assert original(log).locked_at
    with pytest.raises(LockedError):
        log.reassess(locked, AFTER)


def test_an_event_that_becomes_an_outcome_locks(log: OutcomeLog, interview: int) -> None:
    event = log.add_event(1, "nudge", on=DAY)
    log.update_event(event, kind="offer", on="2026-11-01")
    assert not original(log).locked_at
    log.update_event(event, on=None)
    assert original(log).locked_at


def test_moving_the_interview_before_a_known_outcome_locks(log: OutcomeLog, interview: int) -> None:
    log.add_event(1, "offer", on="2026-11-10")
    assert not original(log).locked_at
    log.update_interview(interview, held_on="2026-11-10")
    assert original(log).locked_at


def test_moving_the_interview_to_an_application_with_an_outcome_locks(log: OutcomeLog, interview: int) -> None:
    other = log.add_application("Umbrella")
    log.add_event(other, "offer")
    log.update_interview(interview, application=other)
    assert original(log).locked_at


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("event"), KINDS, NEAR),
        st.tuples(st.just("change"), KINDS, NEAR),
        st.tuples(st.just("move"), NEAR),
        st.tuples(st.just("forget")),
        st.tuples(st.just("reassess"), st.integers(1, 5)),
        st.tuples(st.just("correct"), st.integers(1, 5)),
    ),
    max_size=12,
)


class Model:
    """What should hold, told again without SQL; each step is taken in the log and here."""

    def __init__(self, log: OutcomeLog, held_on: dt.date | None) -> None:
        self.log, self.held_on = log, held_on
        self.application = log.add_application("Acme")
        self.interview = log.add_interview(self.application, held_on, assessment=BEFORE)
        self.events: dict[int, tuple[EventKind, dt.date | None]] = {}
        self.is_locked, self.felt, self.corrections = False, 4, 0

    def event(self, kind: EventKind, on: dt.date | None) -> None:
        self.events[self.log.add_event(self.application, kind, on)] = kind, on

    def change(self, kind: EventKind, on: dt.date | None) -> None:
        for number in list(self.events)[-1:]:
            self.log.update_event(number, kind=kind, on=on)
            self.events[number] = kind, on

    def forget(self) -> None:
        for number in list(self.events)[-1:]:
            self.log.delete_event(number)
            del self.events[number]

    def move(self, held_on: dt.date | None) -> None:
        self.log.update_interview(self.interview, held_on=held_on)
        self.held_on = held_on

    def reassess(self, felt: int) -> None:
        with pytest.raises(LockedError) if self.is_locked else nullcontext():
            self.log.reassess(self.interview, Assessment(felt=felt))
        self.felt = self.felt if self.is_locked else felt

    def correct(self, felt: int) -> None:
        with nullcontext() if self.is_locked else pytest.raises(LogError, match="no locked assessment"):
            self.log.correct_assessment(self.interview, Assessment(felt=felt), why="x")
        self.corrections += self.is_locked

    def check(self) -> None:
        outcomes = (on for kind, on in self.events.values() if kind.is_outcome)
        known = (on is None or self.held_on is None or on >= self.held_on for on in outcomes)
        self.is_locked = self.is_locked or any(known)
        first, *others = self.log.rows(AssessmentRow, interview=self.interview)
        assert (bool(first.locked_at), first.answers["felt"], first.hindsight) == (self.is_locked, self.felt, False)
        assert [row.hindsight and bool(row.locked_at) for row in others] == [True] * self.corrections


@given(held_on=NEAR, steps=STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_happens_the_first_outcome_locks_for_good(log: OutcomeLog, held_on: dt.date | None, steps) -> None:
    with log.transaction():
        model = Model(log, held_on)
        for step, *what in steps:
            getattr(model, step)(*what)
            model.check()


# --- Attacks from a program that knows nothing of the kit

COLUMNS = "assessment, interview, answers, answered_at, band, score, certainty"
VALUES = f"({COLUMNS}) VALUES (1, 1, '{{}}', '2026-01-01', 'well', 1, 1)"
ATTACKS = [
    "UPDATE assessment SET answers = '{}'",
    "UPDATE assessment SET band = 'well', score = 1",
    "UPDATE assessment SET locked_at = NULL",
    "UPDATE assessment SET hindsight = 1",
    "UPDATE assessment SET assessment = 99",
    "UPDATE assessment SET rowid = 99",
    "UPDATE assessment SET interview = 2",
    "UPDATE OR REPLACE assessment SET answers = '{}'",
    "UPDATE OR IGNORE assessment SET answers = '{}'",
    "UPDATE OR REPLACE assessment SET assessment = 1 WHERE assessment = 2",
    "UPDATE OR REPLACE assessment SET interview = 1 WHERE assessment = 2",
    "DELETE FROM assessment",
    "DELETE FROM assessment WHERE assessment = 1",
    f"INSERT OR REPLACE INTO assessment {VALUES}",
    f"REPLACE INTO assessment {VALUES}",
    f"INSERT OR REPLACE INTO assessment {VALUES}".replace("(1, 1,", "(NULL, 1,"),
    f"INSERT OR REPLACE INTO assessment {VALUES}".replace("(1, 1,", "(1, 3,"),
    f"INSERT INTO assessment {VALUES} ON CONFLICT DO UPDATE SET answers = 'forged'",
]


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_statement_rewrites_a_locked_assessment(
    log: OutcomeLog, locked: int, bare: sqlite3.Connection, attack: str, foreign_keys: str
) -> None:
    second = log.add_interview(1, "2026-11-25", assessment=AFTER)
    before = original(log), log.rows(InterviewRow)
    bare.execute(f"PRAGMA foreign_keys = {foreign_keys}")
    with pytest.raises(sqlite3.IntegrityError, match="A locked assessment stays"):
        bare.execute(attack)
    assert (original(log), log.rows(InterviewRow)) == before
    assert log.reassess(second, BEFORE)


def test_what_the_file_refuses_the_log_tells_as_locked(log: OutcomeLog, locked: int) -> None:
    with pytest.raises(LockedError, match="You can add a correction beside it"), log._file.writing() as db:
        db.run("UPDATE assessment SET answers = '{}'")


def test_a_correction_is_locked_too(log: OutcomeLog, locked: int, bare: sqlite3.Connection) -> None:
    log.correct_assessment(locked, AFTER, why="mistyped")
    for attack in ("UPDATE assessment SET why = 'x' WHERE corrects", "DELETE FROM assessment WHERE corrects"):
        with pytest.raises(sqlite3.IntegrityError):
            bare.execute(attack)


def test_an_outcome_entered_by_another_program_locks(log: OutcomeLog, interview: int, bare: sqlite3.Connection) -> None:
    bare.execute("INSERT INTO event (application, kind) VALUES (1, 'offer')")
    assert original(log).locked_at is not None
    with pytest.raises(LockedError):
        log.reassess(interview, AFTER)


def test_an_assessment_forged_after_the_outcome_says_that_it_came_late(
    log: OutcomeLog, interview: int, bare: sqlite3.Connection
) -> None:
    log.add_event(1, "offer", on=DAY)
    log.delete_interview(interview)
    bare.execute("INSERT INTO interview (interview, application, round) VALUES (1, 1, 'first')")
    bare.execute(f"INSERT INTO assessment {VALUES}")
    assert original(log).hindsight
    assert original(log).locked_at


@pytest.mark.parametrize("whole", ["delete_interview", "delete_application"])
def test_it_goes_with_its_interview(log: OutcomeLog, locked: int, whole: str) -> None:
    log.correct_assessment(locked, AFTER, why="mistyped")
    getattr(log, whole)(1)
    assert not log.rows(AssessmentRow)


@pytest.mark.parametrize("table", ["interview", "application"])
def test_it_goes_with_its_interview_by_another_program_too(
    log: OutcomeLog, locked: int, bare: sqlite3.Connection, table: str
) -> None:
    bare.execute("PRAGMA foreign_keys = ON")
    bare.execute(f"DELETE FROM {table}")  # noqa: S608
    assert not log.rows(AssessmentRow)


def test_the_file_and_the_vocabulary_agree_on_what_an_outcome_is(log: OutcomeLog, bare: sqlite3.Connection) -> None:
    # A new outcome among the event kinds needs a step in the schema that replaces the view; a published step stays.
    ((view,),) = bare.execute("SELECT sql FROM sqlite_master WHERE name = 'outcome'").fetchall()
    named = {kind for kind in EventKind if f"'{kind}'" in view}
    assert named == {kind for kind in EventKind if kind.is_outcome}
