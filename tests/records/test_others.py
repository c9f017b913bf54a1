"""Logs from others: nothing that somebody put into one runs, a sound one is read with its journal, none is changed."""

from __future__ import annotations

import itertools
import os
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from without_triggers import without_triggers

import closing_lib as cl
from closing_lib.records import ApplicationRow, EventRow, LogError, OutcomeLog, connection, errors
from closing_lib.records.connection import Connection, transaction
from closing_lib.records.others import OthersLog
from closing_lib.records.schema import STEPS
from closing_lib.records.upkeep import bring_up

ENDLESS = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT"
COLUMNS = "NULL AS application, 'Acme' AS company, n AS role, NULL AS applied_on, NULL AS source, NULL AS note"


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def rewrite(path: Path, change: str) -> None:
    """Write into the schema itself, past all that SQLite would look at."""
    run(path, "PRAGMA writable_schema = ON", f"UPDATE sqlite_schema SET sql = {change}")  # noqa: S608


def filled(path: Path, people: int = 3) -> Path:
    log = OutcomeLog(path)
    with log.transaction():
        for number in range(people):
            application = log.add_application(f"Company {number}", applied_on="2026-11-02")
            log.add_interview(application, "2026-11-10", assessment=cl.Assessment(felt=4), used="mild")
            log.add_event(application, "rejected", on="2026-11-20")
    return path


# --- What somebody put into the schema

ADDED: dict[str, tuple[tuple[str, ...], str]] = {
    "an endless view": (
        ("DROP TABLE draft", f"CREATE VIEW draft AS {ENDLESS} n AS form, n AS answers, n AS saved_at FROM n"),
        "the table draft is missing",
    ),
    "an endless view beside all else": ((f"CREATE VIEW extra AS {ENDLESS} n FROM n",), "the view extra was added"),
    "a deleting trigger": (
        ("CREATE TRIGGER gone AFTER INSERT ON application BEGIN DELETE FROM application; END",),
        "the trigger gone was added",
    ),
    "an endless trigger": (
        (f"CREATE TRIGGER slow AFTER UPDATE ON application BEGIN INSERT INTO event (note) {ENDLESS} n FROM n; END",),
        "the trigger slow was added",
    ),
    "a trigger in the place of another": (
        ("DROP TRIGGER lock_by_event", "CREATE TRIGGER lock_by_event AFTER INSERT ON event BEGIN SELECT 1; END"),
        "the trigger lock_by_event is different",
    ),
    "no locks": (("DROP TRIGGER keep_from_change",), "the trigger keep_from_change is missing"),
    "a calculated column": (
        ("ALTER TABLE application ADD COLUMN big AS (zeroblob(10))",),
        "the table application is different",
    ),
    "a costly check": (
        ("ALTER TABLE event ADD COLUMN more CHECK (length(hex(randomblob(10))) > 0)",),
        "the table event is different",
    ),
    "an index on an expression": (("CREATE INDEX slow ON event (hex(note))",), "the index slow was added"),
    "an index that keeps out": (("CREATE UNIQUE INDEX once ON application (applied_on, note)",), "the index once was"),
    "another's table": (("CREATE TABLE contact (contact REFERENCES application)",), "the table contact was added"),
    "a view called a figure": (("CREATE VIEW stat AS SELECT 1",), "the view stat was added"),
}


@pytest.mark.parametrize(("statements", "said"), ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("read", [cl.tally, OutcomeLog], ids=["tally", "own"])
def test_what_was_put_into_a_log_is_named_and_never_runs(
    tmp_path: Path, read: Callable[[Path], object], statements: tuple[str, ...], said: str
) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    run(path, *statements)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=rf"Another program has changed theirs\.sqlite \({said}.*\.$"):
        read(path)
    assert path.read_bytes() == before


def test_a_table_that_is_a_view_now_is_named(tmp_path: Path) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    run(path, "PRAGMA foreign_keys = OFF", "DROP VIEW outcome", *_lockless(path), "DROP TABLE application")
    run(path, f"CREATE VIEW application AS {ENDLESS} {COLUMNS} FROM n")
    with pytest.raises(ValueError, match="Another program has changed"):
        cl.tally(path)


def _lockless(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [
            f"DROP TRIGGER {name}" for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        ]


def test_what_was_put_into_an_own_log_while_it_was_open_never_runs(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.sqlite")
    log = OutcomeLog(path)
    run(path, "CREATE TRIGGER gone AFTER INSERT ON application BEGIN DELETE FROM application; END")
    for call in (lambda: log.add_application("Acme"), lambda: log.rows(ApplicationRow)):
        with pytest.raises(LogError, match="the trigger gone was added"):
            call()
    run(path, "DROP TRIGGER gone")
    assert len(log.rows(ApplicationRow)) == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("replace(sql, 'NOT NULL', 'NOT' || char(160) || 'NULL') WHERE name = 'interview'", "interview is different"),
        ("'CREATE INDEX slow ON event (\"note\"COLLATE none_such)' WHERE name = 'slow'", "index slow was added"),
        ("'CREATE INDEX slow ON event (note COLLATE\"none_such\")' WHERE name = 'slow'", "index slow was added"),
    ],
)
def test_what_only_looks_like_the_kits_own_is_named(tmp_path: Path, change: str, said: str) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    run(path, "CREATE INDEX slow ON event (note)")
    assert int(cl.tally(path)["n"].sum()) == 3
    rewrite(path, change)
    for read in (cl.tally, OutcomeLog):
        with pytest.raises(LogError, match=said):
            read(path)


def test_a_name_in_the_schema_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    run(path, "PRAGMA writable_schema = ON", "INSERT INTO sqlite_schema VALUES (x'ff', x'ff', x'ff', 0, NULL)")
    for read in (cl.tally, OutcomeLog):
        with pytest.raises(LogError, match=r"theirs\.sqlite is damaged"):
            read(path)


@pytest.mark.usefixtures("no_remains")
def test_nothing_is_left_beside_a_log_that_keeps_another_kind_of_journal(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = filled(folder / "theirs.sqlite")
    run(path, "PRAGMA journal_mode = WAL")
    files = kept(folder)
    assert [*files] == ["theirs.sqlite"]
    assert int(cl.tally(path)["n"].sum()) == 3
    assert kept(folder) == files


@pytest.mark.parametrize(
    "change", ["'nonsense'", "replace(sql, 'TEXT', 'TEXT DEFAULT (hex(zeroblob(1)))')", "NULL", "x'ff'"]
)
def test_a_schema_that_was_written_over_is_told(tmp_path: Path, change: str) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    rewrite(path, f"{change} WHERE name = 'application'")
    with pytest.raises(ValueError, match=r"^(Another program has changed )?.*theirs\.sqlite (is damaged|\()"):
        cl.tally(path)


def test_what_helps_to_search_may_be_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "theirs.sqlite")
    run(path, "ANALYZE", 'CREATE INDEX "by company" ON application ("company", note DESC)', "PRAGMA optimize", "VACUUM")
    assert int(cl.tally(path)["n"].sum()) == 3
    OutcomeLog(path).add_application("Acme")


def test_each_format_is_compared_with_its_own(tmp_path: Path) -> None:
    for number in range(1, len(STEPS)):
        path = tmp_path / f"{number}.sqlite"
        path.touch()
        with closing(sqlite3.connect(path, isolation_level=None, factory=Connection)) as db:
            for old in range(number):
                with transaction(db):
                    bring_up(db, STEPS, old)
            db.execute("CREATE VIEW extra AS SELECT 1")
        with pytest.raises(LogError, match="the view extra was added"):
            OutcomeLog(path)
        assert list(tmp_path.glob("*.v*")) == []


# --- A sound log with what its journal undoes

CHANGES = {
    "changed": "UPDATE interview SET note = hex(randomblob(900)), used = 'bold'",
    "deleted": "DELETE FROM application",
    "added": f"INSERT INTO event (application, kind, note) {ENDLESS} 1, 'offer', hex(randomblob(900)) FROM n LIMIT 300",
}


def kept(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def leave_half_done(path: Path, change: str) -> None:
    """Leave a log as a process does that is killed in the middle of writing to it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA cache_size = 1")  # so that changes reach the file before the end
        db.execute("BEGIN IMMEDIATE")
        db.execute(change)
        files = kept(path.parent)
        db.execute("ROLLBACK")
    for name, content in files.items():
        (path.parent / name).write_bytes(content)


@pytest.fixture
def no_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See that no temporary copy outlives its call."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("no_remains")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("people", [3, 20, 60])
def test_a_log_that_was_left_half_written_is_read_as_it_was_before(tmp_path: Path, change: str, people: int) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = filled(folder / "theirs.sqlite", people)
    before = cl.tally(path)
    leave_half_done(path, change)
    files = kept(folder)
    assert len(files) == 2
    pd.testing.assert_frame_equal(cl.tally(path), before)
    assert OthersLog(path).interviews()["used"].tolist() == ["mild"] * people
    assert kept(folder) == files


@pytest.mark.usefixtures("no_remains")
def test_a_log_with_another_kind_of_journal_is_read_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    path = filled(folder / "theirs.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("UPDATE interview SET used = 'bold'")
        files = kept(folder)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert set(cl.tally(path)["used"]) == {"bold"}
    assert kept(folder) == files


def test_a_journal_can_delete_nothing(tmp_path: Path) -> None:
    """A journal may name the journal of several files, which is deleted once none of them needs it any more."""
    path = filled(tmp_path / "log.sqlite", 20)
    leave_half_done(path, CHANGES["changed"])
    dear = tmp_path / "dear.txt"
    dear.write_text("dear")
    name = str(dear).encode()
    journal = path.with_name("log.sqlite-journal")
    sector = int.from_bytes(journal.read_bytes()[20:24], "big")
    padding = b"\0" * (-journal.stat().st_size % sector)
    record = struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), sum(name))
    journal.write_bytes(journal.read_bytes() + padding + record + bytes.fromhex("d9d505f920a163d7"))
    assert int(cl.tally(path)["n"].sum()) == 20
    OutcomeLog(path)
    assert dear.read_text() == "dear"
    assert path.with_name("log.sqlite-journal.of-another-file").exists()


@pytest.mark.usefixtures("no_remains")
@pytest.mark.skipif(os.name == "nt", reason="Windows has other means")
def test_a_log_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "log.sqlite")
    path.chmod(0o400)
    assert int(cl.tally(path)["n"].sum()) == 3


def test_a_log_that_somebody_else_holds_is_waited_for_no_longer_than_is_bearable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "PATIENCE", 0.1)
    path = filled(tmp_path / "log.sqlite")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ValueError, match="has been open elsewhere"):
            cl.tally(path)


def test_many_events_of_one_application_are_read_in_steps_that_grow_as_the_file_does(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    days = f"{ENDLESS} {application}, date(n + 2440000), 'first' FROM n"
    steps: list[int] = []
    for number in (500, 2000):
        with log._file.writing() as db, without_triggers(db, "lock_by_event", "lock_by_changed_interview"):
            db.run(f"INSERT INTO interview (application, held_on, round) {days} LIMIT {number}")
            db.run(f'INSERT INTO event (application, "on", kind) {days} LIMIT {number}')
        with log._file.reading() as db:
            counted = itertools.count()
            db.set_progress_handler(lambda counted=counted: next(counted) < 0, 100)
            db.run(f"SELECT count(*) FROM {EventRow.SOURCE}")  # noqa: S608
            steps.append(next(counted))
    assert steps[1] < 10 * steps[0]


def test_a_log_that_takes_too_many_steps_is_told(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_MOST_STEPS", 2_000_000)
    with log._file.reading() as db, pytest.raises(LogError, match="takes far longer to read"):
        db.run(f"{ENDLESS} count(*) FROM n")
