"""One short connection for each operation, so that threads, forked processes and two notebooks can share a log."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from closing_lib.files import read_whole
from closing_lib.records import errors
from closing_lib.records.journal import set_foreign_aside

_CACHE = 64_000  # KiB at most: what a large import changes waits for its end, and is written once
_PAUSE = 1_000_000  # steps of SQLite between two looks at whether it takes too many
_MOST_STEPS, _STEPS_A_BYTE = 50_000_000, 200  # far more than it takes to read each row in several ways
_GATE = threading.RLock()
_in_use: list[Path] = []  # the files to which this process has a connection
if hasattr(os, "register_at_fork"):  # no fork happens in the middle of an operation: the child would inherit half of it
    os.register_at_fork(before=_GATE.acquire, after_in_parent=_GATE.release, after_in_child=_GATE.release)


class Connection(sqlite3.Connection):
    """A connection that tells SQLite's errors as what to do.

    Attributes
    ----------
    name : str
        What the file is called.
    now : callable
        Gives the time for stamps.
    changeset : int
        The number of what is changed in this transaction; 0 until something is.
    changed_at : str
        Its time.
    undoes : int or None
        The number of what is undone by it.
    """

    name = ""
    now: Callable[[], str]
    changeset, changed_at = 0, ""
    undoes: int | None = None

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give all its rows.

        Raises
        ------
        LogError
            With the remedy. A mistake in the statement itself is raised as it is.
        """
        with errors.explaining(self.name):
            return self.execute(sql, values).fetchall()

    def run_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of many values.

        Raises
        ------
        LogError
            As `run` does.
        """
        with errors.explaining(self.name):
            self.executemany(sql, values)

    def number(self, pragma: str) -> int:
        """Give the value of a pragma that is a number."""
        return int(self.run(f"PRAGMA {pragma}")[0][0])

    def limit_steps(self) -> None:
        """Let no statement run without end, whatever is in the file: as many steps as its size calls for."""
        size = self.number("page_count") * self.number("page_size")
        pauses = iter(range((_MOST_STEPS + _STEPS_A_BYTE * size) // _PAUSE))
        self.set_progress_handler(lambda: next(pauses, None) is None, _PAUSE)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Let one thread of this process at a time touch log files.

    On POSIX, closing a file drops every lock that the process holds on it. SQLite takes care of that among its own
    connections; reading a file's first bytes beside them must not happen while one of them is open.
    """
    if not _GATE.acquire(timeout=errors.PATIENCE):
        raise errors.trouble("in_use", name)
    try:
        yield
    finally:
        _GATE.release()


def is_in_use(path: Path) -> bool:
    """Tell whether a connection of this thread to a file is open; call it where it is `alone`."""
    return path in _in_use


@contextmanager
def connected(path: Path, name: str = "") -> Iterator[Connection]:
    """Open a log file that is there, and close it again; errors name it by its own name, or another.

    Rollback journal, not WAL: home directories can be network drives. EXTRA also waits until the disk knows that the
    journal is gone, so that a committed row outlasts a power failure. What is deleted is overwritten.
    """
    with alone(path.name):
        if not is_in_use(path):
            set_foreign_aside(path)
        with confirmed(path, "rw"), closing(opened(path, "rw", name or path.name)) as db:
            _in_use.append(path)
            try:
                db.run("PRAGMA synchronous = EXTRA")
                db.run("PRAGMA foreign_keys = ON")
                db.run("PRAGMA secure_delete = ON")
                db.run(f"PRAGMA cache_size = -{_CACHE}")
                yield db
            finally:
                _in_use.remove(path)


@contextmanager
def confirmed(path: Path, mode: str) -> Iterator[None]:
    """Call no file damaged that a drive failed to read: see whether it makes sense now, or cannot be read at all.

    SQLite looks at what a table allows only where it may write; in somebody else's file it may not.
    """
    try:
        yield
    except errors.PagesError as error:
        if why := _why_not_read(path, mode):
            raise errors.trouble("drive", path.name, error=why) from error
        raise


def _why_not_read(path: Path, mode: str) -> str:
    try:
        if not is_in_use(path):
            read_whole(path, path.stat().st_size)
        with closing(opened(path, mode, path.name)) as db:
            is_whole = db.run("PRAGMA integrity_check(1)") == [("ok",)]
    except errors.PagesError:
        return ""
    except (OSError, errors.LogError) as error:
        return getattr(error, "strerror", None) or str(error)
    return os.strerror(errno.EIO) if is_whole else ""


def opened(path: Path, mode: str, name: str) -> Connection:
    """Give a connection to a file that is there; nothing that its schema names is trusted.

    Raises
    ------
    LogError
        With the remedy.
    """
    options: dict[str, Any] = {"timeout": errors.PATIENCE, "isolation_level": None, "factory": Connection}
    with errors.explaining(name):
        if mode == "rw":
            db: Connection = sqlite3.connect(path, **options)
        else:
            db = sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, **options)
    db.name = name
    try:
        distrust(db)
    except errors.LogError:
        db.close()
        raise
    return db


def distrust(db: Connection) -> None:
    """Let nothing that a file brings along run functions with effects, or pass for a page that it is not."""
    db.run("PRAGMA trusted_schema = OFF")
    db.run("PRAGMA cell_size_check = ON")


@contextmanager
def transaction(db: Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    db.run(begin)
    try:
        yield
        _require_open(db)
        db.run("COMMIT")
    except BaseException:
        if db.in_transaction:
            with suppress(errors.LogError):  # closing the file undoes it as well, or the next to open it does
                db.run("ROLLBACK")
        raise


@contextmanager
def savepoint(db: Connection) -> Iterator[None]:
    """Keep what is done inside a transaction, or nothing of it; the rest of the transaction stays."""
    _require_open(db)
    db.run("SAVEPOINT step")
    try:
        yield
        db.run("RELEASE step")
    except BaseException:
        if db.in_transaction:
            db.run("ROLLBACK TO step")
            db.run("RELEASE step")
        raise


def _require_open(db: Connection) -> None:
    # A full disk, for one, ends a transaction in its middle; what follows would be committed without what came before.
    if not db.in_transaction:
        raise errors.trouble("step_failed", db.name)
