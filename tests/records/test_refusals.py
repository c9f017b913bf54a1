"""What the log refuses is said in a sentence of its own; a mistake in the kit is not passed off as one of the log's."""

from __future__ import annotations

import re
import sqlite3

import pytest

from closing_lib.assessment import Assessment
from closing_lib.content import text
from closing_lib.records import LockedError, LogError, OutcomeLog
from closing_lib.records.errors import REFUSALS

REFUSED = {
    "assessment": [
        "UPDATE assessment SET answers = '{}'",
        "INSERT OR REPLACE INTO assessment SELECT * FROM assessment",
    ],
    "assessment_alone": ["DELETE FROM assessment"],
    "attempt": [
        "UPDATE attempt SET passed = 1",
        "INSERT OR REPLACE INTO attempt SELECT * FROM attempt",
        "DELETE FROM attempt",
    ],
    "registration": [
        "UPDATE registration SET item = '2'",
        "INSERT OR REPLACE INTO registration SELECT * FROM registration",
        "DELETE FROM registration",
    ],
    "draw": ["UPDATE draw SET direct = 1 - direct", "INSERT OR REPLACE INTO draw SELECT * FROM draw"],
    "draw_alone": ["DELETE FROM draw"],
}


@pytest.fixture
def full(log: OutcomeLog) -> OutcomeLog:
    """Give a log with something of all that stays."""
    number = log.add_application("Acme")
    log.add_interview(number, "2026-11-20", assessment=Assessment(felt=4))
    log.add_event(number, "offer", on="2026-11-21")
    log.add_attempt("exercise", "a", passed=False)
    log.give_consent("1")
    log.draw(number, "final")
    return log


@pytest.mark.parametrize(("key", "statement"), [(key, one) for key, several in REFUSED.items() for one in several])
def test_each_refusal_has_its_own_sentence(full: OutcomeLog, key: str, statement: str) -> None:
    kind = LockedError if key.startswith("assessment") else LogError
    with pytest.raises(LogError) as caught, full._file.writing() as db:
        db.run(statement)
    assert (type(caught.value), str(caught.value)) == (kind, text(f"log_trouble.refused.{key}"))


def test_every_trigger_has_one(log: OutcomeLog) -> None:
    with log._file.reading() as db:
        triggers = db.run("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
    assert {said for (sql,) in triggers for said in re.findall(r"RAISE\(ABORT, '([^']*)'\)", sql)} == {*REFUSALS}
    assert len({text(f"log_trouble.refused.{key}") for key in REFUSALS.values()}) == len(REFUSED) == len(REFUSALS)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("SELECT nothing FROM application", ()),
        ("SELECT company FORM application", ()),
        ("SELECT ?", ()),
        ("SELECT ?", (object(),)),
        ("INSERT INTO application (company) VALUES ('')", ()),
        ("INSERT INTO event (application, kind) VALUES (999, 'offer')", ()),
    ],
)
def test_a_mistake_in_a_statement_shows_itself(log: OutcomeLog, statement: str, values: tuple[object, ...]) -> None:
    with pytest.raises(sqlite3.Error), log._file.writing() as db:
        db.run(statement, values)
