"""The log as a file: a transaction for each operation, and one that holds several together."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from closing_lib.records.connection import Connection, alone, connected, savepoint, transaction
from closing_lib.records.errors import trouble
from closing_lib.records.schema import STEPS, Step
from closing_lib.records.upkeep import check_whole, make_ready, seal

Clock = Callable[[], dt.datetime]
Opened = Callable[[Connection, Callable[[], str]], object]


def utc_now() -> dt.datetime:
    """Give the time."""
    return dt.datetime.now(dt.UTC)


class LogFile:
    """A log file that is ready for use.

    Parameters
    ----------
    path : Path
        Where it is or shall be.
    steps : sequence of callable
        The formats it can have; given only by tests.
    clock : callable
        Gives the time for stamps.
    opened : callable or None
        What is done with the connection and the time once the file is ready.

    Raises
    ------
    LogError
        If the file cannot be a log; it is then left as it is.
    """

    def __init__(
        self, path: Path, steps: Sequence[Step] = STEPS, clock: Clock = utc_now, opened: Opened | None = None
    ) -> None:
        self.path = path
        self._steps, self._clock = tuple(steps), clock
        self._held = threading.local()
        self.changeset: int | None = None  # the last that was made through it
        make_ready(path, steps, (lambda db: opened(db, self.now)) if opened else None)

    def now(self) -> str:
        """Give the time as the log keeps it."""
        return self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the file.

        Inside another `reading` or `writing` of the same thread it is that one's.
        """
        held = self._held_connection()
        if held:
            yield held
            return
        with self._opened("BEGIN") as db:
            db.limit_steps()
            with self._holding(db):
                yield db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are committed at the end, or undone by an error.

        Inside another `writing` of the same thread it is a part of that one: committed with it, undone alone. Inside a
        `reading` nothing is written: what was read there would be of two states.
        """
        held = self._held_connection()
        if held:
            if not self._held.is_writing:
                raise RuntimeError("nothing can be written to a log while one state of it is read")
            with savepoint(held):
                yield held
            return
        with alone(self.path.name):
            with self._opened("BEGIN IMMEDIATE") as db, self._holding(db, is_writing=True):
                db.now = self.now
                yield db
            seal(self.path)
            self.changeset = db.changeset or self.changeset

    @contextmanager
    def _holding(self, db: Connection, *, is_writing: bool = False) -> Iterator[None]:
        """Let this thread go on with the same connection."""
        self._held.connection, self._held.is_writing = (os.getpid(), db), is_writing
        try:
            yield
        finally:
            self._held.connection = None

    @contextmanager
    def _opened(self, begin: str) -> Iterator[Connection]:
        self._require_there()
        with connected(self.path) as db, transaction(db, begin):
            self._check_still_ours(db)
            yield db

    def _require_there(self) -> None:
        """Refuse a file that is gone: SQLite would begin an empty one in its place."""
        try:
            is_there = self.path.is_file()
        except OSError as error:
            raise trouble("not_readable", self.path.name, error=error.strerror) from error
        if not is_there:
            raise trouble("gone", self.path.name)

    def _check_still_ours(self, db: Connection) -> None:
        # Another kit may have brought it up to date, or somebody put another file in its place, since it was opened.
        if check_whole(db, self.path, self._steps) < len(self._steps):
            raise trouble("replaced", self.path.name)

    def _held_connection(self) -> Connection | None:
        pid, db = getattr(self._held, "connection", None) or (None, None)
        return db if pid == os.getpid() else None  # a forked child must not go on with its parent's transaction
