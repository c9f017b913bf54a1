"""Nobody promises an answer for a day before the interview: no form takes it, and what is there does no harm."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.content import text
from closing_lib.records import InterviewRow, LogError, OutcomeLog

REFUSED = text("log_trouble.promised_before")
HELD, BEFORE, AFTER = dt.date(2026, 11, 20), dt.date(2026, 11, 19), dt.date(2026, 11, 27)


@pytest.fixture
def interview(log: OutcomeLog) -> int:
    return log.add_interview(log.add_application("Acme", "Analyst"), HELD, promised_on=AFTER)


def days(log: OutcomeLog, interview: int) -> tuple[dt.date | None, dt.date | None]:
    row = log.row(InterviewRow, interview)
    return row.held_on, row.promised_on


def as_an_older_kit_left_it(log: OutcomeLog, interview: int) -> None:
    with sqlite3.connect(log.path) as db:
        db.execute("UPDATE interview SET promised_on = ? WHERE interview = ?", (BEFORE.isoformat(), interview))
    db.close()


def test_adding_refuses_it_and_adds_nothing(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    with pytest.raises(LogError) as refused:
        log.add_interview(application, HELD, promised_on=BEFORE, assessment=cl.Assessment(confidence=3, risk=3))
    assert str(refused.value) == REFUSED
    assert log.rows(InterviewRow) == ()
    assert log.add_interview(application, HELD, promised_on=HELD)


@pytest.mark.parametrize(
    "changes",
    [
        {"promised_on": BEFORE},
        {"promised_on": "2026-11-19"},
        {"held_on": dt.date(2026, 12, 20)},
        {"held_on": dt.date(2026, 12, 20), "note": "moved"},
        {"held_on": AFTER, "promised_on": HELD},
        {"promised_on": dt.date.min},
        {"held_on": dt.date.max},
    ],
)
def test_changing_refuses_it_and_changes_nothing(
    log: OutcomeLog, interview: int, changes: Mapping[str, object]
) -> None:
    before = log.row(InterviewRow, interview)
    with pytest.raises(LogError) as refused:
        log.update_interview(interview, **changes)
    assert str(refused.value) == REFUSED
    assert log.row(InterviewRow, interview) == before


def test_days_can_be_moved_in_an_order_that_holds_at_each_step(log: OutcomeLog, interview: int) -> None:
    log.update_interview(interview, promised_on=dt.date(2026, 12, 30))
    log.update_interview(interview, held_on=dt.date(2026, 12, 20))
    log.update_interview(interview, held_on=HELD, promised_on=HELD)
    log.update_interview(interview, held_on=None)
    log.update_interview(interview, promised_on=BEFORE)  # nobody knows the day of the interview
    with pytest.raises(LogError):
        log.update_interview(interview, held_on=HELD)
    assert days(log, interview) == (None, BEFORE)


def test_a_refusal_undoes_itself_alone(log: OutcomeLog, interview: int) -> None:
    with log.transaction():
        log.update_interview(interview, note="kept")
        with pytest.raises(LogError):
            log.update_interview(interview, promised_on=BEFORE)
    assert log.row(InterviewRow, interview).note == "kept"
    assert days(log, interview) == (HELD, AFTER)


def test_what_an_older_kit_left_can_be_changed_in_all_else_and_put_right(log: OutcomeLog, interview: int) -> None:
    as_an_older_kit_left_it(log, interview)
    log.update_interview(interview, note="still there")
    with pytest.raises(LogError):
        log.update_interview(interview, held_on=dt.date(2026, 11, 21))
    log.update_interview(interview, promised_on=AFTER)
    assert days(log, interview) == (HELD, AFTER)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_an_export_of_what_an_older_kit_left_comes_back_the_same(
    log: OutcomeLog, interview: int, ending: str, tmp_path: Path
) -> None:
    as_an_older_kit_left_it(log, interview)
    cl.export_log(log, tmp_path / f"history.{ending}")
    other = OutcomeLog(tmp_path / "other.sqlite")
    assert not cl.import_csv(tmp_path / f"history.{ending}", into=other).skipped
    assert other.rows(InterviewRow) == log.rows(InterviewRow)
