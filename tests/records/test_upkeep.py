"""Files that are not ours, damaged, newer, older, half begun or half written: told apart before anything is touched."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from closing_lib.records import (
    ApplicationRow,
    AssessmentRow,
    AttemptRow,
    EventRow,
    InterviewRow,
    LogError,
    OutcomeLog,
)
from closing_lib.records.connection import Connection
from closing_lib.records.file import LogFile
from closing_lib.records.schema import STEPS, script

MAGIC = b"SQLite format 3\0"
NOW = len(STEPS)  # the newest format


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def fill(path: Path, rows: int = 200) -> None:
    log = OutcomeLog(path)
    with log.transaction():
        for number in range(rows):
            log.add_application(f"Company {number}", note="x" * 200)


def companies(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        return [company for (company,) in db.execute("SELECT company FROM application ORDER BY application")]


def leave_half_done(path: Path, change: str) -> None:
    """Leave the file as a process does that is killed in the middle of writing to it, with its journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")  # so that changes reach the file before the end
        db.execute("BEGIN IMMEDIATE")
        db.execute(change)
        kept = {name: content for name, content in contents(path.parent).items() if name.startswith(path.name)}
        db.execute("ROLLBACK")
    for name, content in kept.items():
        (path.parent / name).write_bytes(content)
    assert path.with_name(f"{path.name}-journal").stat().st_size > 512


# --- Not a log of ours: an error in one sentence, and not a byte changed


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("company,role\nAcme,Analyst\n")


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(8192))


def _magic_alone(path: Path) -> None:
    path.write_bytes(MAGIC)


def _foreign(path: Path) -> None:
    run(path, "CREATE TABLE bookmark (url)", "INSERT INTO bookmark VALUES ('x')")


def _foreign_with_wal(path: Path) -> None:
    run(path, "PRAGMA journal_mode = WAL", "CREATE TABLE bookmark (url)")


def _foreign_of_the_same_format(path: Path) -> None:
    run(path, "CREATE TABLE bookmark (url)", f"PRAGMA user_version = {NOW}", "PRAGMA application_id = 1")


def _foreign_half_done(path: Path) -> None:
    run(path, "CREATE TABLE bookmark (url)", *["INSERT INTO bookmark VALUES (randomblob(3000))"] * 40)
    leave_half_done(path, "UPDATE bookmark SET url = randomblob(3000)")


def _newer(path: Path) -> None:
    fill(path)
    run(path, "PRAGMA user_version = 99")


def _without_format(path: Path) -> None:
    fill(path)
    run(path, "PRAGMA user_version = 0")


def _cut_in_half(path: Path) -> None:
    fill(path)
    os.truncate(path, path.stat().st_size // 2)


def _cut_in_the_header(path: Path) -> None:
    fill(path)
    os.truncate(path, 60)


def _scribbled_over(path: Path) -> None:
    fill(path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"scribble" * ((len(content) - 4096) // 8)
    path.write_bytes(content)


def _scribbled_over_one_page(path: Path) -> None:
    fill(path)
    with path.open("r+b") as file:
        file.seek(-2 * 4096, os.SEEK_END)
        file.write(b"scribble" * 512)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_text, "isn’t a log from this kit, so it was left as it is. Choose another file"),
        (
            _empty,
            "is empty, and a log never is. Put a backup in its place, or move it somewhere else to start a new log",
        ),
        (_zeros, "is empty"),
        (_foreign, "belongs to another program, so it was left as it is. Choose another file"),
        (_foreign_with_wal, "belongs to another program"),
        (_foreign_of_the_same_format, "belongs to another program"),
        (_foreign_half_done, "belongs to another program"),
        (_without_format, "belongs to another program"),
        (
            _newer,
            f".*its format is 99, and this version only knows up to {NOW}.*, so it was left as it is. Update the kit",
        ),
        (_magic_alone, "is damaged .*, and was left as it is. Put a backup in its place, or move it somewhere else"),
        (_cut_in_the_header, "is damaged"),
        (_cut_in_half, "is damaged"),
        (_scribbled_over, "is damaged"),
        (_scribbled_over_one_page, "is damaged"),
    ],
)
def test_what_is_no_log_is_told_in_a_sentence_and_left_alone(
    path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(path)
    before = contents(path.parent)
    with pytest.raises(LogError, match=f"^log.sqlite {said}") as caught:
        OutcomeLog(path)
    assert contents(path.parent) == before
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert str(path.parent) not in sentence


@pytest.mark.parametrize("make", [_foreign, _newer, _text, _scribbled_over, _without_format])
def test_a_file_that_took_the_place_of_the_log_is_left_alone(log: OutcomeLog, tmp_path: Path, make) -> None:
    other = tmp_path / "other" / "log.sqlite"
    other.parent.mkdir()
    make(other)
    other.replace(log.path)
    before = log.path.read_bytes()
    for call in (log.applications, lambda: log.add_application("Acme")):
        with pytest.raises(LogError):
            call()
    assert log.path.read_bytes() == before


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"is a folder or a device\. Give the name of a file"):
        OutcomeLog(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LogError, match=r"^log\.sqlite can’t be created here .*\. Choose another folder\.$"):
        OutcomeLog(tmp_path / "file" / "log.sqlite")


@contextmanager
def as_somebody_else() -> Iterator[Path]:
    """Give a folder of somebody else's; for whom nothing is forbidden, take on somebody else's rights."""
    with tempfile.TemporaryDirectory() as name:
        mine = os.geteuid()
        try:
            yield Path(name)
        finally:
            os.seteuid(mine)
            Path(name).chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by other means")
def test_a_file_that_may_only_be_read_is_read_and_not_changed() -> None:
    with as_somebody_else() as folder:
        path = folder / "log.sqlite"
        fill(path, 3)
        path.chmod(0o444)
        folder.chmod(0o555)
        before = contents(folder)
        if os.geteuid() == 0:
            os.seteuid(65534)
        log = OutcomeLog(path)
        assert len(log.rows(ApplicationRow)) == 3
        with pytest.raises(
            LogError, match=r"The kit isn’t allowed to change .* Give yourself permission to change the file"
        ):
            log.add_application("Acme")
        assert contents(folder) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by other means")
@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (0o000, r"can’t be read .* Check that you’re allowed to open it, or choose"),
        (None, "can’t be created here"),
    ],
)
def test_a_file_or_folder_without_any_right(mode: int | None, said: str) -> None:
    with as_somebody_else() as folder:
        path = folder / "log.sqlite"
        if mode is not None:
            fill(path, 3)
            path.chmod(mode)
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(65534)
        with pytest.raises(LogError, match=said):
            OutcomeLog(path)


# --- A log of ours that was left half begun or half written


def test_what_a_killed_process_left_half_done_is_undone(path: Path) -> None:
    fill(path)
    before = companies(path)
    leave_half_done(path, "UPDATE application SET company = 'half', note = hex(randomblob(300))")
    OutcomeLog(path)
    assert companies(path) == before


def test_and_so_it_is_when_the_log_was_open_already(path: Path) -> None:
    fill(path)
    log = OutcomeLog(path)
    before = companies(path)
    leave_half_done(path, "UPDATE application SET company = 'half', note = hex(randomblob(300))")
    assert [row.company for row in log.rows(ApplicationRow)] == before


# --- A backup that takes the place of a log whose journal is still there


def _copied(path: Path, backup: Path) -> None:
    shutil.copy(path, backup)


def _backed_up(path: Path, backup: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)


def _vacuumed(path: Path, backup: Path) -> None:
    run(path, f"VACUUM INTO '{backup}'")


HALF_DONE = {
    "changed": "UPDATE application SET company = 'half', note = hex(randomblob(300))",
    "added": "INSERT INTO application (company, note) SELECT company, hex(randomblob(300)) FROM application",
    "deleted": "DELETE FROM application WHERE application > 2",
}


@pytest.mark.parametrize("change", HALF_DONE.values(), ids=HALF_DONE)
@pytest.mark.parametrize("back_up", [_copied, _backed_up, _vacuumed])
@pytest.mark.parametrize(("rows", "is_moved"), [(0, False), (5, True)], ids=["copied there", "moved there"])
def test_a_stale_journal_spoils_no_backup(
    path: Path, back_up: Callable[[Path, Path], None], change: str, rows: int, is_moved: bool
) -> None:
    """Whether the log was open meanwhile or not; what the journal has of the other log is kept."""
    backup = path.with_name("backup.sqlite")
    fill(path, 40)
    log = OutcomeLog(path)
    back_up(path, backup)
    before = companies(backup)
    for number in range(rows):
        log.update_application(number % 40 + 1, company=f"Later {number}")
    log.add_application("Later", note="x" * 9000)
    leave_half_done(path, change)
    (backup.replace if is_moved else partial(shutil.copy, backup))(path)
    journal = path.with_name("log.sqlite-journal")
    undoes = journal.read_bytes()
    assert [row.company for row in (OutcomeLog(path) if rows else log).rows(ApplicationRow)] == before
    assert path.with_name("log.sqlite-journal.of-another-file").read_bytes() == undoes
    OutcomeLog(path).add_application("Acme")
    assert companies(path) == [*before, "Acme"]


def test_where_nobody_can_tell_whose_journal_it_is_both_are_kept(path: Path) -> None:
    """A journal without the first page is of a log of as many pages, but of which?"""
    fill(path, 40)
    leave_half_done(path, "UPDATE application SET company = 'half ' || (100 + application)")
    before = contents(path.parent)
    OutcomeLog(path)
    assert companies(path) == [f"Company {number}" for number in range(40)]
    assert path.with_name("log.sqlite.before-undoing").read_bytes() == before["log.sqlite"]
    assert path.with_name("log.sqlite-journal.before-undoing").read_bytes() == before["log.sqlite-journal"]


def test_a_stale_journal_that_cannot_be_moved_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = path.with_name("backup.sqlite")
    fill(path, 40)
    shutil.copy(path, backup)
    OutcomeLog(path).add_application("Later", note="x" * 9000)
    leave_half_done(path, HALF_DONE["added"])
    backup.replace(path)
    before = contents(path.parent)

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", forbidden)
    said = r"^log.sqlite-journal isn’t part of log.sqlite and would damage it, but .* \(Permission denied\)\. Move it"
    with pytest.raises(LogError, match=said):
        OutcomeLog(path)
    assert contents(path.parent) == before


def _half_begun(path: Path) -> None:
    """Leave what an earlier kit left that was killed while it began a log: it did so in the log's own place."""
    with closing(sqlite3.connect(path, isolation_level=None, factory=Connection)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        for step in STEPS:
            step(db)
        db.execute(f"PRAGMA user_version = {NOW}")
        db.execute("CREATE TABLE big (x)")
        for _ in range(40):
            db.execute("INSERT INTO big VALUES (randomblob(3000))")
        kept = contents(path.parent)
        db.execute("ROLLBACK")
    for name, content in kept.items():
        (path.parent / name).write_bytes(content)


def test_a_beginning_that_an_earlier_kit_left_half_done_is_told(path: Path) -> None:
    _half_begun(path)
    for _ in range(2):
        with pytest.raises(
            LogError, match=r"is empty, and a log never is\. Put a backup in its place, or move it somewhere else"
        ):
            OutcomeLog(path)


# --- Earlier formats

NEXT = (*STEPS, script("ALTER TABLE application ADD COLUMN salary INTEGER;\nUPDATE application SET salary = 1;"))
AFTER_NEXT = (*NEXT, script("CREATE TABLE contact (contact INTEGER PRIMARY KEY);"))


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("log.v*.sqlite"))


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_an_earlier_format_is_brought_up_to_date_with_a_backup_before_each_step(path: Path) -> None:
    fill(path)
    before = companies(path)
    LogFile(path, AFTER_NEXT)
    assert (version(path), companies(path)) == (NOW + 2, before)
    assert [version(backup) for backup in backups(path)] == [NOW, NOW + 1]
    assert all(companies(backup) == before for backup in backups(path))
    assert sorted(contents(path.parent)) == sorted(file.name for file in [path, *backups(path)])
    LogFile(path, AFTER_NEXT)
    assert len(backups(path)) == 2


def test_a_backup_is_a_log_that_can_be_put_back(path: Path) -> None:
    fill(path, 3)
    LogFile(path, NEXT)
    with pytest.raises(LogError, match=f"its format is {NOW + 1}, and this version only knows up to {NOW}"):
        OutcomeLog(path)
    (backup,) = backups(path)
    assert len(OutcomeLog(backup).rows(ApplicationRow)) == 3


def test_no_backup_takes_the_place_of_another(path: Path) -> None:
    for _ in range(3):
        path.unlink(missing_ok=True)
        fill(path, 1)
        LogFile(path, NEXT)
    assert len(backups(path)) == 3


def _fails(db: Connection) -> None:
    db.run("DELETE FROM application")
    db.run("SELECT nothing FROM nowhere")


def _overfills(db: Connection) -> None:
    db.run("DELETE FROM application")
    raise OSError(28, "No space left on device")


def _raises(db: Connection) -> None:
    db.run("DELETE FROM application")
    raise RuntimeError("no idea")


def _orphans(db: Connection) -> None:
    db.run("INSERT INTO event (application, kind) VALUES (999, 'offer')")


@pytest.mark.parametrize("step", [_fails, _overfills, _orphans])
def test_a_step_that_fails_changes_nothing(path: Path, step: Callable[[Connection], None]) -> None:
    fill(path)
    before = path.read_bytes()
    with pytest.raises(
        LogError,
        match=rf"^log\.sqlite couldn’t be upgraded from format {NOW} to {NOW + 1} .* still as it was\.",
    ):
        LogFile(path, (*STEPS, step))
    assert path.read_bytes() == before
    assert [version(backup) for backup in backups(path)] == [NOW]
    OutcomeLog(path).add_application("Acme")


def test_a_mistake_in_a_step_shows_itself_and_changes_nothing(path: Path) -> None:
    fill(path)
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="no idea"):
        LogFile(path, (*STEPS, _raises))
    assert path.read_bytes() == before


def test_nothing_is_changed_where_no_backup_can_be_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(path)
    before = path.read_bytes()

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", no_space)
    with pytest.raises(LogError, match="No space left on device"):
        LogFile(path, NEXT)
    assert contents(path.parent) == {path.name: before}


@pytest.mark.parametrize("is_text", [False, True])
def test_the_remains_of_a_backup_that_was_killed_do_no_harm(path: Path, is_text: bool) -> None:
    part = path.with_name(f"log.v{NOW}.part")
    if is_text:
        part.write_text("half a backup")
    else:
        fill(part)
        leave_half_done(part, "UPDATE application SET note = hex(randomblob(300))")
    fill(path, 3)
    LogFile(path, NEXT)
    assert len(companies(backups(path)[0])) == 3
    assert not list(path.parent.glob("*.part*"))


KILLED = """
import sys, time
from pathlib import Path
from closing_lib.records.file import LogFile
from closing_lib.records.schema import STEPS

def slow(db):
    db.run("PRAGMA cache_size = 1")
    db.run("ALTER TABLE application ADD COLUMN salary INTEGER")
    db.run("UPDATE application SET salary = 1, note = hex(randomblob(300))")
    print("half-way", flush=True)
    time.sleep(60)

LogFile(Path(sys.argv[1]), (*STEPS, slow))
"""


def test_a_step_that_is_killed_half_way_is_undone(path: Path, start: Callable[..., subprocess.Popen[str]]) -> None:
    fill(path)
    before, rows = contents(path.parent)[path.name], companies(path)
    with start(KILLED, path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half-way\n"
        process.kill()
    assert path.read_bytes() != before
    assert OutcomeLog(path).applications()["company"].tolist() == rows
    assert path.read_bytes() == before
    LogFile(path, NEXT)
    assert (version(path), companies(path)) == (NOW + 1, rows)


OPEN = """
import sys, time
from pathlib import Path
from closing_lib.records.file import LogFile
from closing_lib.records.schema import STEPS, script

NEXT = (*STEPS, script("ALTER TABLE application ADD COLUMN salary INTEGER;"))
print("ready", flush=True)
sys.stdin.readline()
LogFile(Path(sys.argv[1]), NEXT)
"""


@pytest.mark.parametrize("is_there", [False, True], ids=["begin", "migrate"])
def test_several_processes_open_a_file_at_once(
    path: Path, start: Callable[..., subprocess.Popen[str]], is_there: bool
) -> None:
    if is_there:
        fill(path)
    processes = [start(OPEN, path) for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.wait() for process in processes] == [0, 0, 0, 0]
    for process in processes:
        process.communicate()
    assert version(path) == NOW + 1
    assert [version(backup) for backup in backups(path)] == [NOW] * is_there


def test_an_open_log_notices_that_a_newer_kit_has_taken_over(path: Path) -> None:
    log = OutcomeLog(path)
    log.add_application("Acme")
    LogFile(path, NEXT)
    for call in (log.applications, lambda: log.add_application("Umbrella")):
        with pytest.raises(LogError, match="Update the kit"):
            call()
    newer = LogFile(path, NEXT)
    shutil.copy(backups(path)[0], path)
    with pytest.raises(LogError, match=r"was replaced with an earlier version\. Open the log again"), newer.reading():
        pass


# --- Files that an earlier kit made: tests/records/formats holds one of each format before the newest, as it made them

FORMATS = sorted((Path(__file__).parent / "formats").glob("*.sqlite.gz"))


def test_there_is_a_file_of_each_earlier_format() -> None:
    assert [file.name for file in FORMATS] == [f"{number}.sqlite.gz" for number in range(1, NOW)]


@pytest.mark.parametrize("file", FORMATS, ids=lambda file: file.name)
def test_a_file_of_an_earlier_kit_is_brought_up_to_date_and_loses_nothing(path: Path, file: Path) -> None:
    path.write_bytes(gzip.decompress(file.read_bytes()))
    number = version(path)
    kinds = (ApplicationRow, InterviewRow, EventRow, AssessmentRow)
    columns = {kind: columns_of(path, kind.TABLE) for kind in kinds}
    before = {kind: contents_of(path, kind.TABLE) for kind in kinds}
    log = OutcomeLog(path)
    assert version(path) == NOW
    assert [version(backup) for backup in backups(path)] == [*range(number, NOW)]
    assert backups(path)[0].read_bytes()[100:] == gzip.decompress(file.read_bytes())[100:]
    assert {kind: contents_of(path, kind.TABLE, columns[kind]) for kind in before} == before
    assert all(before.values())
    assert all(log.rows(kind) for kind in before)
    assert log.draft("assessment") == {"felt": 4}
    assert log.row(AttemptRow, log.add_attempt("exercise", "close_order", passed=True)).passed


def test_a_file_of_an_earlier_kit_has_the_same_tables_as_a_new_one(path: Path) -> None:
    for file in FORMATS:
        path.write_bytes(gzip.decompress(file.read_bytes()))
        OutcomeLog(path)
        new = OutcomeLog(path.with_name("new.sqlite")).path
        assert contents_of(path, "sqlite_schema", "type, name, sql") == contents_of(
            new, "sqlite_schema", "type, name, sql"
        )


def columns_of(path: Path, table: str) -> str:
    with closing(sqlite3.connect(path)) as db:
        return ", ".join(f'"{name}"' for _, name, *_ in db.execute(f"PRAGMA table_info({table})"))


def contents_of(path: Path, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return sorted(db.execute(f"SELECT {columns} FROM {table}"), key=str)  # noqa: S608  # our own tables
