"""Somebody else's log: read from a copy in memory, with what its journal undoes, and never changed itself."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from closing_lib.files import open_to_read, passing_folder
from closing_lib.records.connection import Connection, alone, confirmed, distrust, is_in_use, opened, transaction
from closing_lib.records.errors import explaining, trouble
from closing_lib.records.events import Events
from closing_lib.records.file import LogFile
from closing_lib.records.interviews import Interviews
from closing_lib.records.journal import is_of, journal_of
from closing_lib.records.registrations import Registrations
from closing_lib.records.schema import STEPS, Step
from closing_lib.records.shape import require_sound
from closing_lib.records.upkeep import bring_up, check_own, look

_HEADER, _WAL = 19, b"\2"  # bytes up to the one that tells the kind of journal, and what stands there for a WAL


class OthersLog(Interviews, Events, Registrations):
    """What came of somebody else's applications, whatever format their log has.

    Parameters
    ----------
    path : Path
        Their log.

    Raises
    ------
    LogError
        If it is none that the kit made, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        self._file = _Copy(path.absolute())


class _Copy(LogFile):
    """A copy in memory, of the newest format."""

    def __init__(self, path: Path, steps: Sequence[Step] = STEPS) -> None:
        self.path = path
        self._steps = tuple(steps)
        self._held = threading.local()
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False, factory=Connection)
        self._db.name = path.name
        distrust(self._db)
        _copy(path, self._db, len(steps))
        self._db.limit_steps()
        with transaction(self._db):
            found = check_own(self._db, steps)
            require_sound(self._db, self._steps[:found])
            for old in range(found, len(steps)):
                bring_up(self._db, steps, old)

    @contextmanager
    def _opened(self, begin: str) -> Iterator[Connection]:
        with transaction(self._db, begin):
            yield self._db


def _copy(path: Path, to: Connection, newest: int) -> None:
    """Copy a log as SQLite sees it; one that waits for something to be undone, after that was done to copied files."""
    with alone(path.name):
        if not is_in_use(path) and not look(path, newest):
            raise trouble("gone", path.name)
    try:
        if not _copied(path, to):
            _copy_undone(path, to)
    except OSError as error:
        raise trouble("not_readable", path.name, error=error.strerror) from error


def _copy_undone(path: Path, to: Connection) -> None:
    with passing_folder() as folder:
        copy = folder / "log"
        with alone(path.name):
            _copy_files(path, copy)
        with closing(opened(copy, "rw", path.name)) as db:
            db.run("PRAGMA journal_mode = DELETE")
            db.backup(to)


def _copied(path: Path, to: Connection) -> bool:
    """Copy a log that can be read as it is, and say whether it could."""
    with open_to_read(path) as file:
        has_wal = file.read(_HEADER)[-1:] == _WAL
    if has_wal or _wal_of(path).exists():  # only to read it, SQLite would make files beside it
        return False
    with confirmed(path, "ro"), closing(opened(path, "ro", path.name)) as db, explaining(path.name):
        try:
            db.execute("BEGIN")
            db.execute("PRAGMA schema_version").fetchall()  # to wait for a writer no longer than is bearable
            db.backup(to)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK:
                return False
            raise
    return True


def _copy_files(path: Path, to: Path) -> None:
    """Copy a log with the journal that SQLite keeps beside it, each under the name that SQLite looks for."""
    wal, journal = _wal_of(path), journal_of(path)
    with open_to_read(path) as file:
        _write(file, to)
    if wal.exists():
        with open_to_read(wal) as file:
            _write(file, _wal_of(to))
    if journal.exists():
        with open_to_read(journal) as file:
            if is_of(path, file) is not False:
                _write(file, journal_of(to))


def _write(file: BinaryIO, to: Path) -> None:
    file.seek(0)
    with to.open("wb") as copy:
        shutil.copyfileobj(file, copy)


def _wal_of(path: Path) -> Path:
    journal = journal_of(path)
    return journal.with_name(f"{journal.name.removesuffix('-journal')}-wal")
