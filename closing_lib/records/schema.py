"""The format of a log file: its tables, its triggers, and the steps that lead from one format to the next.

A step that has been published never changes; a new format is a new step at the end. `STEPS[0]` begins an empty file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from closing_lib.records.connection import Connection

Step = Callable[[Connection], None]

APPLICATION_ID = 0x436C6F73  # "Clos", at offset 68 of the file

_FORMAT_1 = """
CREATE TABLE application (
    application INTEGER PRIMARY KEY AUTOINCREMENT,
    company TEXT NOT NULL CHECK (company <> ''),
    role TEXT,
    applied_on TEXT CHECK (applied_on IS date(applied_on)),
    source TEXT,
    note TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE TABLE interview (
    interview INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
    held_on TEXT CHECK (held_on IS date(held_on)),
    round TEXT NOT NULL,
    format TEXT,
    used TEXT,
    response TEXT,
    promised_on TEXT CHECK (promised_on IS date(promised_on)),
    interviewers TEXT,
    advised TEXT,
    note TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX interview_of_application ON interview (application);
CREATE TABLE event (
    event INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
    kind TEXT NOT NULL,
    "on" TEXT CHECK ("on" IS date("on")),
    note TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
CREATE INDEX event_of_application ON event (application);
CREATE TABLE assessment (
    assessment INTEGER PRIMARY KEY AUTOINCREMENT,
    interview INTEGER NOT NULL REFERENCES interview ON DELETE CASCADE,
    answers TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    band TEXT NOT NULL,
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    certainty REAL NOT NULL CHECK (certainty BETWEEN 0 AND 1),
    locked_at TEXT,
    corrects INTEGER REFERENCES assessment,
    why TEXT,
    hindsight INTEGER NOT NULL DEFAULT 0 CHECK (hindsight IN (0, 1))
);
CREATE INDEX assessment_of_interview ON assessment (interview);
CREATE UNIQUE INDEX one_original ON assessment (interview) WHERE corrects IS NULL;
CREATE TABLE draft (
    form TEXT PRIMARY KEY,
    answers TEXT NOT NULL,
    saved_at TEXT NOT NULL
);

-- An outcome, and each interview that it answers: held on or before its day; an unknown day counts as after.
CREATE VIEW outcome AS
SELECT interview.interview, event.event FROM interview JOIN event ON event.application = interview.application
WHERE event.kind IN ('advanced', 'offer', 'rejected', 'withdrew', 'no_reply')
    AND (event."on" >= interview.held_on) IS NOT 0;

-- From then on an assessment is locked, for good.
CREATE TRIGGER lock_by_event AFTER INSERT ON event BEGIN
    UPDATE assessment SET locked_at = NEW.changed_at
    WHERE locked_at IS NULL AND interview IN (SELECT interview FROM outcome WHERE event = NEW.event);
END;
CREATE TRIGGER lock_by_changed_event AFTER UPDATE ON event BEGIN
    UPDATE assessment SET locked_at = NEW.changed_at
    WHERE locked_at IS NULL AND interview IN (SELECT interview FROM outcome WHERE event = NEW.event);
END;
CREATE TRIGGER lock_by_changed_interview AFTER UPDATE ON interview BEGIN
    UPDATE assessment SET locked_at = NEW.changed_at
    WHERE locked_at IS NULL AND interview IN (SELECT interview FROM outcome WHERE interview = NEW.interview);
END;
-- What is entered after the outcome, or corrects what was, is locked at once and says that it came in hindsight.
CREATE TRIGGER lock_hindsight AFTER INSERT ON assessment
WHEN NEW.corrects IS NOT NULL OR EXISTS (SELECT 1 FROM outcome WHERE interview = NEW.interview) BEGIN
    UPDATE assessment SET locked_at = NEW.answered_at, hindsight = 1 WHERE assessment = NEW.assessment;
END;

CREATE TRIGGER keep_from_change BEFORE UPDATE ON assessment
WHEN OLD.locked_at IS NOT NULL OR NEW.assessment <> OLD.assessment OR NEW.interview <> OLD.interview
    OR NEW.corrects IS NOT OLD.corrects BEGIN
    SELECT RAISE(ABORT, 'A locked assessment stays as it is; correct_assessment adds a correction beside it.');
END;
-- The second way to change a row: INSERT OR REPLACE fires no delete trigger.
CREATE TRIGGER keep_from_replacement BEFORE INSERT ON assessment
WHEN EXISTS (SELECT 1 FROM assessment WHERE locked_at IS NOT NULL AND (assessment = NEW.assessment
    OR (interview = NEW.interview AND corrects IS NULL AND NEW.corrects IS NULL))) BEGIN
    SELECT RAISE(ABORT, 'A locked assessment stays as it is; correct_assessment adds a correction beside it.');
END;
-- It goes only together with its interview, which is gone already when the deletion gets here.
CREATE TRIGGER keep_from_deletion BEFORE DELETE ON assessment
WHEN OLD.locked_at IS NOT NULL AND EXISTS (SELECT 1 FROM interview WHERE interview = OLD.interview) BEGIN
    SELECT RAISE(ABORT, 'A locked assessment stays with its interview; delete_interview deletes both.');
END;
"""

_FORMAT_2 = """
CREATE TABLE attempt (
    attempt INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    item TEXT NOT NULL CHECK (item <> ''),
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)),
    detail TEXT NOT NULL,
    made_at TEXT NOT NULL
);

-- What was tried was tried: rows are added, and never changed, replaced or taken away.
CREATE TRIGGER keep_attempt_from_change BEFORE UPDATE ON attempt BEGIN
    SELECT RAISE(ABORT, 'An attempt stays as it was made; add_attempt adds another.');
END;
CREATE TRIGGER keep_attempt_from_replacement BEFORE INSERT ON attempt
WHEN EXISTS (SELECT 1 FROM attempt WHERE attempt = NEW.attempt) BEGIN
    SELECT RAISE(ABORT, 'An attempt stays as it was made; add_attempt adds another.');
END;
CREATE TRIGGER keep_attempt_from_deletion BEFORE DELETE ON attempt BEGIN
    SELECT RAISE(ABORT, 'An attempt stays as it was made; add_attempt adds another.');
END;
"""

_FORMAT_3 = """
-- One import of a file ("import" is a word of Python's). It remembers a digest of each row that it brought, 8 bytes
-- each, so that the same row never comes twice, even where what came of it has been changed or deleted since.
CREATE TABLE intake (
    intake INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL,
    made_at TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    digests BLOB NOT NULL
);
-- The import that brought a row. Without REFERENCES, since only `undo_import` deletes an import, its rows before it,
-- and each of many rows would ask for the same one.
ALTER TABLE application ADD COLUMN intake INTEGER;
ALTER TABLE event ADD COLUMN intake INTEGER;

-- As in format 1, but an application without interviews, as most imported ones are, is passed over at once: what
-- follows took as long as all else that the adding of an event takes.
DROP TRIGGER lock_by_event;
CREATE TRIGGER lock_by_event AFTER INSERT ON event
WHEN EXISTS (SELECT 1 FROM interview WHERE application = NEW.application) BEGIN
    UPDATE assessment SET locked_at = NEW.changed_at
    WHERE locked_at IS NULL AND interview IN (SELECT interview FROM outcome WHERE event = NEW.event);
END;

-- An exported log comes back with its interviews, assessments and attempts; these go together with their import.
ALTER TABLE interview ADD COLUMN intake INTEGER REFERENCES intake ON DELETE CASCADE;
ALTER TABLE assessment ADD COLUMN intake INTEGER REFERENCES intake ON DELETE CASCADE;
ALTER TABLE attempt ADD COLUMN intake INTEGER REFERENCES intake ON DELETE CASCADE;
-- What comes back locked was locked by what was known at that time, and keeps its lock and its mark.
DROP TRIGGER lock_hindsight;
CREATE TRIGGER lock_hindsight AFTER INSERT ON assessment
WHEN NEW.locked_at IS NULL
    AND (NEW.corrects IS NOT NULL OR EXISTS (SELECT 1 FROM outcome WHERE interview = NEW.interview)) BEGIN
    UPDATE assessment SET locked_at = NEW.answered_at, hindsight = 1 WHERE assessment = NEW.assessment;
END;
-- Like its interview, the import is gone already when the deletion gets here.
DROP TRIGGER keep_from_deletion;
CREATE TRIGGER keep_from_deletion BEFORE DELETE ON assessment
WHEN OLD.locked_at IS NOT NULL AND EXISTS (SELECT 1 FROM interview WHERE interview = OLD.interview)
    AND (OLD.intake IS NULL OR EXISTS (SELECT 1 FROM intake WHERE intake = OLD.intake)) BEGIN
    SELECT RAISE(ABORT, 'A locked assessment stays with its interview; delete_interview deletes both.');
END;
DROP TRIGGER keep_attempt_from_deletion;
CREATE TRIGGER keep_attempt_from_deletion BEFORE DELETE ON attempt
WHEN OLD.intake IS NULL OR EXISTS (SELECT 1 FROM intake WHERE intake = OLD.intake) BEGIN
    SELECT RAISE(ABORT, 'An attempt stays as it was made; add_attempt adds another.');
END;
"""

_FORMAT_4 = """
-- How often the person has changed a row since it came. A clock may be set back: its stamps tell no order.
ALTER TABLE application ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interview ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assessment ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
-- Of what has been changed until now, the stamps are all there is.
UPDATE application SET changes = 1 WHERE changed_at <> created_at;
UPDATE interview SET changes = 1 WHERE changed_at <> created_at;
UPDATE event SET changes = 1 WHERE changed_at <> created_at;
DROP TRIGGER keep_from_change;
UPDATE assessment SET changes = 1
WHERE answered_at > (SELECT made_at FROM intake WHERE intake = assessment.intake);
CREATE TRIGGER keep_from_change BEFORE UPDATE ON assessment
WHEN OLD.locked_at IS NOT NULL OR NEW.assessment <> OLD.assessment OR NEW.interview <> OLD.interview
    OR NEW.corrects IS NOT OLD.corrects BEGIN
    SELECT RAISE(ABORT, 'A locked assessment stays as it is; correct_assessment adds a correction beside it.');
END;
-- Whether an implied event was entered is looked up at once, however many events an application has.
DROP INDEX event_of_application;
CREATE INDEX event_of_application ON event (application, kind, "on");
"""

_FORMAT_5 = """
-- The edition of the rule by which an assessment was read: all until now by the first.
ALTER TABLE assessment ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;
"""

_FORMAT_6 = """
-- A number by which tallies that are added tell people apart; it says nothing about whose log this is.
CREATE TABLE person (person INTEGER PRIMARY KEY CHECK (person > 0));
INSERT INTO person VALUES ((random() & 562949953421311) + 1);

-- What is settled before anything comes of it, and stays: consent to the trial and its end, a comparison with the looks
-- that are planned, each look at one.
CREATE TABLE registration (
    registration INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    item TEXT NOT NULL CHECK (item <> ''),
    looks INTEGER CHECK (looks > 0),
    made_at TEXT NOT NULL,
    intake INTEGER REFERENCES intake ON DELETE CASCADE
);
CREATE TRIGGER keep_registration_from_change BEFORE UPDATE ON registration BEGIN
    SELECT RAISE(ABORT, 'What was registered stays as it was; register anew what is to hold from now on.');
END;
CREATE TRIGGER keep_registration_from_replacement BEFORE INSERT ON registration
WHEN EXISTS (SELECT 1 FROM registration WHERE registration = NEW.registration) BEGIN
    SELECT RAISE(ABORT, 'What was registered stays as it was; register anew what is to hold from now on.');
END;
CREATE TRIGGER keep_registration_from_deletion BEFORE DELETE ON registration
WHEN OLD.intake IS NULL OR EXISTS (SELECT 1 FROM intake WHERE intake = OLD.intake) BEGIN
    SELECT RAISE(ABORT, 'What was registered stays as it was; register anew what is to hold from now on.');
END;

-- Whether an interview is to be closed with the mild question or with the more direct one (where that can be the one
-- about standing, the bold one, or either), drawn before it is held. Its interview comes later.
CREATE TABLE draw (
    draw INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER NOT NULL REFERENCES application ON DELETE CASCADE,
    interview INTEGER UNIQUE REFERENCES interview ON DELETE CASCADE,
    round TEXT NOT NULL,
    standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
    bold INTEGER NOT NULL CHECK (bold IN (0, 1) AND standing + bold > 0),
    direct INTEGER NOT NULL CHECK (direct IN (0, 1)),
    block TEXT,
    number INTEGER NOT NULL,
    protocol TEXT NOT NULL CHECK (protocol <> ''),
    made_at TEXT NOT NULL,
    intake INTEGER REFERENCES intake ON DELETE CASCADE
);
-- Who asks again before the interview has the same draw.
CREATE UNIQUE INDEX one_draw_to_come ON draw (application, round) WHERE interview IS NULL;
CREATE TRIGGER keep_draw_from_change BEFORE UPDATE ON draw
WHEN OLD.interview IS NOT NULL OR NEW.draw <> OLD.draw OR NEW.application <> OLD.application OR NEW.round <> OLD.round
    OR NEW.standing <> OLD.standing OR NEW.bold <> OLD.bold OR NEW.direct <> OLD.direct
    OR NEW.block IS NOT OLD.block OR NEW.number <> OLD.number OR NEW.protocol <> OLD.protocol
    OR NEW.made_at <> OLD.made_at OR NEW.intake IS NOT OLD.intake BEGIN
    SELECT RAISE(ABORT, 'A draw stays as it was made; only the interview that it was for can be added to it.');
END;
CREATE TRIGGER keep_draw_from_replacement BEFORE INSERT ON draw
WHEN EXISTS (SELECT 1 FROM draw WHERE draw = NEW.draw OR interview = NEW.interview
    OR (interview IS NULL AND NEW.interview IS NULL AND application = NEW.application AND round = NEW.round)) BEGIN
    SELECT RAISE(ABORT, 'A draw stays as it was made; only the interview that it was for can be added to it.');
END;
-- It goes only together with its interview, its application or its import.
CREATE TRIGGER keep_draw_from_deletion BEFORE DELETE ON draw
WHEN EXISTS (SELECT 1 FROM application WHERE application = OLD.application)
    AND (OLD.interview IS NULL OR EXISTS (SELECT 1 FROM interview WHERE interview = OLD.interview))
    AND (OLD.intake IS NULL OR EXISTS (SELECT 1 FROM intake WHERE intake = OLD.intake)) BEGIN
    SELECT RAISE(ABORT, 'A draw stays with its interview; delete_interview deletes both.');
END;
"""

_FORMAT_7 = """
-- What changed, one line for each row that was touched: what the row held before. Undo, what can be brought back, and
-- the history follow from it. What one call or one transaction did has one number; an undo names the one that it undid.
CREATE TABLE change (
    change INTEGER PRIMARY KEY AUTOINCREMENT,
    changeset INTEGER NOT NULL,
    record TEXT NOT NULL,
    number INTEGER NOT NULL,
    deed TEXT NOT NULL CHECK (deed IN ('added', 'changed', 'deleted')),
    before TEXT CHECK ((before IS NULL) = (deed = 'added')),
    undoes INTEGER,
    made_at TEXT NOT NULL
);
CREATE INDEX change_of_record ON change (record, number);
CREATE INDEX change_of_changeset ON change (changeset);
CREATE INDEX undoing ON change (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX deletion ON change (made_at) WHERE deed = 'deleted';

-- As in format 6, but a draw outlasts its interview, for which it then waits again, and its application. Until now, who
-- deleted an interview could draw anew, and nothing told of it.
DROP INDEX one_draw_to_come;
ALTER TABLE draw RENAME TO draw_before;
CREATE TABLE draw (
    draw INTEGER PRIMARY KEY AUTOINCREMENT,
    application INTEGER REFERENCES application ON DELETE SET NULL,
    interview INTEGER UNIQUE REFERENCES interview ON DELETE SET NULL,
    round TEXT NOT NULL,
    standing INTEGER NOT NULL CHECK (standing IN (0, 1)),
    bold INTEGER NOT NULL CHECK (bold IN (0, 1) AND standing + bold > 0),
    direct INTEGER NOT NULL CHECK (direct IN (0, 1)),
    block TEXT,
    number INTEGER NOT NULL,
    protocol TEXT NOT NULL CHECK (protocol <> ''),
    made_at TEXT NOT NULL,
    intake INTEGER REFERENCES intake ON DELETE CASCADE
);
INSERT INTO sqlite_sequence SELECT 'draw', seq FROM sqlite_sequence WHERE name = 'draw_before';
INSERT INTO draw SELECT * FROM draw_before;
DROP TABLE draw_before;
CREATE TRIGGER keep_draw_from_change BEFORE UPDATE ON draw
WHEN NEW.draw <> OLD.draw OR NEW.round <> OLD.round OR NEW.standing <> OLD.standing OR NEW.bold <> OLD.bold
    OR NEW.direct <> OLD.direct OR NEW.block IS NOT OLD.block OR NEW.number <> OLD.number
    OR NEW.protocol <> OLD.protocol OR NEW.made_at <> OLD.made_at OR NEW.intake IS NOT OLD.intake
    OR (NEW.interview IS NOT OLD.interview AND OLD.interview IN (SELECT interview FROM interview))
    OR (NEW.application IS NULL AND OLD.application IN (SELECT application FROM application)) BEGIN
    SELECT RAISE(ABORT, 'A draw stays as it was made; only what it was for can be added to it.');
END;
CREATE TRIGGER keep_draw_from_replacement BEFORE INSERT ON draw
WHEN EXISTS (SELECT 1 FROM draw WHERE draw = NEW.draw OR interview = NEW.interview
    OR (interview IS NULL AND NEW.interview IS NULL AND application = NEW.application AND round = NEW.round)) BEGIN
    SELECT RAISE(ABORT, 'A draw stays as it was made; only what it was for can be added to it.');
END;
-- It goes only together with its import, which has it still.
CREATE TRIGGER keep_draw_from_deletion BEFORE DELETE ON draw
WHEN OLD.intake IS NULL OR EXISTS (SELECT 1 FROM intake WHERE intake = OLD.intake) BEGIN
    SELECT RAISE(ABORT, 'A draw stays, also when what it was for is deleted.');
END;
"""


def draw_person(db: Connection) -> None:
    """Give a new log, if its format has one, a number of its own."""
    if db.run("SELECT 1 FROM sqlite_schema WHERE name = 'person'"):
        db.run("UPDATE person SET person = (random() & 562949953421311) + 1")


def script(sql: str) -> Step:
    """Give the step that runs several statements inside the transaction that is open."""

    def step(db: Connection) -> None:
        for statement in _statements(sql):
            db.run(statement)

    return step


def _statements(sql: str) -> Iterator[str]:
    # `executescript` would commit first, and a trigger holds semicolons of its own.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


STEPS: tuple[Step, ...] = (
    script(f"PRAGMA application_id = {APPLICATION_ID};\n{_FORMAT_1}"),
    script(_FORMAT_2),
    script(_FORMAT_3),
    script(_FORMAT_4),
    script(_FORMAT_5),
    script(_FORMAT_6),
    script(_FORMAT_7),
)
