from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from closing_lib.models import AttemptKind
from closing_lib.records import AttemptRow, LogError, OutcomeLog
from closing_lib.records.attempts import Detail

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def test_every_field_comes_back(path: Path) -> None:
    detail = {"said": "it’s “so”\n🦊", "turns": 4, "hinted": True, "left": None}
    number = OutcomeLog(path, clock=lambda: NOON).add_attempt("exercise", "close_order", True, detail)
    row = OutcomeLog(path).row(AttemptRow, number)
    assert row == AttemptRow(number, AttemptKind.EXERCISE, "close_order", True, detail, NOON)
    assert row.passed is True


def test_a_detail_keeps_its_type(log: OutcomeLog) -> None:
    log.add_attempt("review", "q", passed=False, detail={"one": 1, "true": True, "text": "1", "none": None})
    (row,) = log.rows(AttemptRow)
    assert [type(value) for value in row.detail.values()] == [int, bool, str, type(None)]
    assert row.passed is False


def test_without_a_detail(log: OutcomeLog) -> None:
    log.add_attempt("review", "q", passed=True)
    assert log.rows(AttemptRow)[0].detail == {}
    assert log.attempts()["detail"].tolist() == ["{}"]


def test_they_are_read_in_the_order_in_which_they_were_made_whatever_the_clock_says(path: Path) -> None:
    times = iter(NOON - dt.timedelta(hours=n) for n in range(9))
    log = OutcomeLog(path, clock=lambda: next(times))
    for item in "abc":
        log.add_attempt("practice", item, passed=True)
    assert [row.item for row in log.rows(AttemptRow)] == ["a", "b", "c"]


def test_some_of_them_are_read(log: OutcomeLog) -> None:
    log.add_attempt("exercise", "a", passed=False)
    log.add_attempt("exercise", "a", passed=True)
    log.add_attempt("practice", "a", passed=True)
    assert [row.attempt for row in log.rows(AttemptRow, item="a", passed=True)] == [2, 3]
    assert [row.attempt for row in log.rows(AttemptRow, kind="exercise")] == [1, 2]


def test_the_table_holds_the_detail_as_text(log: OutcomeLog) -> None:
    log.add_attempt("practice", "a_case", passed=True, detail={"said": "Grüße"})
    table = log.attempts()
    assert table.loc[0, ["kind", "item", "passed"]].tolist() == ["practice", "a_case", True]
    assert "Grüße" in table.loc[0, "detail"]
    assert json.loads(table.loc[0, "detail"]) == {"said": "Grüße"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("exam", "a", True, None), "AttemptKind 'exam' is not known; choose one of exercise, review, practice"),
        (("exercise", "  ", True, None), "item is empty; fill it in"),
        (("exercise", 5, True, None), "item is 5; it must be text"),
        (("exercise", "a", 1, None), "passed is 1; it must be True or False"),
        (("exercise", "a", None, None), "passed is empty"),
        (("exercise", "a", True, {"x": 0.5}), "detail 'x' is 0.5; give text, a whole number, True, False or None"),
        (("exercise", "a", True, {"x": ["y"]}), "detail 'x' is"),
        (("exercise", "a", True, {5: "y"}), "detail 5 is 'y'"),
        (("exercise", "a", True, {"x": "\ud800"}), "detail 'x' has a broken character"),
    ],
)
def test_what_is_no_attempt_is_refused_and_nothing_kept(
    log: OutcomeLog, given: tuple[str, str, bool, Mapping[str, Detail] | None], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        log.add_attempt(*given)
    assert log.rows(AttemptRow) == ()


def test_there_is_no_attempt_of_that_number(log: OutcomeLog) -> None:
    with pytest.raises(LogError, match=r"There’s no attempt 3 .* use attempts\(\)\."):
        log.row(AttemptRow, 3)


CHANGES = [
    "UPDATE attempt SET passed = 1",
    "UPDATE attempt SET made_at = '2020-01-01T00:00:00Z' WHERE attempt = 1",
    "INSERT OR REPLACE INTO attempt VALUES (1, 'exercise', 'a', 1, '{}', '2026-11-20T12:00:00Z', NULL)",
    "DELETE FROM attempt",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_an_attempt_is_never_changed_by_whatever_program(log: OutcomeLog, path: Path, statement: str) -> None:
    log.add_attempt("exercise", "a", passed=False)
    before = log.rows(AttemptRow)
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError, match="stays as it was made"):
        db.execute(statement)
    with pytest.raises(LogError, match=r"^What you’ve tried stays as it was\."), log._file.writing() as held:
        held.run(statement)
    assert log.rows(AttemptRow) == before


def test_an_attempt_in_a_transaction_that_fails_was_none(log: OutcomeLog) -> None:
    def fail() -> None:
        with log.transaction():
            log.add_attempt("exercise", "a", passed=True)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert log.rows(AttemptRow) == ()
