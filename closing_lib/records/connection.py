"""One short connection for each operation, so that threads, forked processes and two notebooks can share a log."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from closing_lib.records import errors

_CACHE = 64_000  # KiB at most: what a large import changes waits for its end, and is written once
_GATE = threading.RLock()
if hasattr(os, "register_at_fork"):  # no fork happens in the middle of an operation: the child would inherit half of it
    os.register_at_fork(before=_GATE.acquire, after_in_parent=_GATE.release, after_in_child=_GATE.release)


class Connection(sqlite3.Connection):
    """A connection that tells SQLite's errors as what to do."""

    name = ""

    def run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give all its rows.

        Raises
        ------
        LogError
            With the remedy.
        """
        try:
            return self.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise errors.explained(error, self.name) from error

    def run_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of many values.

        Raises
        ------
        LogError
            With the remedy.
        """
        try:
            self.executemany(sql, values)
        except sqlite3.Error as error:
            raise errors.explained(error, self.name) from error

    def number(self, pragma: str) -> int:
        """Give the value of a pragma that is a number."""
        return int(self.run(f"PRAGMA {pragma}")[0][0])


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


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    """Open a log file, and close it again.

    Rollback journal, not WAL: home directories can be network drives. EXTRA also waits until the disk knows that the
    journal is gone, so that a committed row outlasts a power failure. What is deleted is overwritten.
    """
    with alone(path.name):
        try:
            db = sqlite3.connect(path, timeout=errors.PATIENCE, isolation_level=None, factory=Connection)
        except sqlite3.Error as error:
            raise errors.explained(error, path.name) from error
        with closing(db):
            db.name = path.name
            db.run("PRAGMA synchronous = EXTRA")
            db.run("PRAGMA foreign_keys = ON")
            db.run("PRAGMA secure_delete = ON")
            db.run(f"PRAGMA cache_size = -{_CACHE}")
            yield db


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
