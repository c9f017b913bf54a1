"""Before a log file is used: look at it without touching it, begin it, or bring an earlier format up to date."""

from __future__ import annotations

import datetime as dt
import errno
import itertools
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from closing_lib.content import text
from closing_lib.files import make_folder, open_to_read, write_whole
from closing_lib.records.connection import Connection, alone, connected, is_in_use, transaction
from closing_lib.records.errors import LogError, damaged, trouble
from closing_lib.records.file_names import shown
from closing_lib.records.journal import journal_of
from closing_lib.records.schema import APPLICATION_ID, Step
from closing_lib.records.shape import (
    blank,
    require_own_schema,
    require_pages,
    require_references,
    require_sound,
    with_own_number,
)

_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes; user_version stands at 60 and application_id at 68, both big-endian

_TICK = 20_000_000  # nanoseconds: what is written within them can bear the same time


class _State(NamedTuple):
    """By what a file is known to be as it was."""

    number: int
    size: int
    at: int


_sound: dict[Path, _State] = {}  # the files that were found to be sound, as they were then


def make_ready(path: Path, steps: Sequence[Step], then: Callable[[Connection], object] | None = None) -> None:
    """Make a file a log of the newest format, or say why it cannot be and leave it as it is.

    Parameters
    ----------
    path : Path
        Where it is or shall be. Its folder is made too.
    steps : sequence of callable
        What leads from each format to the next; the first begins an empty file.
    then : callable or None
        What is done with it once it is one, while it is open.

    Raises
    ------
    LogError
        If it is damaged or was changed, belongs to another program, comes from a newer kit, or cannot be read or
        written.
    """
    with alone(path.name):
        if not is_in_use(path) and not look(path, newest=len(steps)):
            _begin(path, steps)
    with connected(path) as db:
        with transaction(db, "BEGIN"):  # as the first to read, it also undoes what a killed process left half done
            found = check_whole(db, path, steps)
        for old in range(found, len(steps)):
            _take_step(db, path, old, steps)
        if then:
            then(db)


def look(path: Path, newest: int) -> int:
    """Give the format of a log file without touching it; 0 where there is none yet.

    The first bytes are read as they are: SQLite would roll back what another program left half done.
    """
    try:
        with open_to_read(path) as file:
            head = file.read(_HEADER)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    except OSError as error:
        key = "no_file" if error.errno == errno.EINVAL else "not_readable"
        raise trouble(key, path.name, error=error.strerror) from error
    except ValueError as error:  # a character that no name can have
        raise trouble("not_readable", shown(path.name), error=error) from error
    if not any(head):  # a power failure leaves zeros
        raise trouble("empty", path.name)
    if not head.startswith(_MAGIC[: len(head)]):
        raise trouble("no_log", path.name)
    if len(head) < _HEADER:
        raise damaged(path.name, text("log_trouble.cut_off", length=len(head)))
    check(_number(head, 68), _number(head, 60), newest, path.name)
    return _number(head, 60)


def check(application_id: int, found: int, newest: int, name: str) -> None:
    """Refuse a file of another program, or of a newer kit."""
    if application_id != APPLICATION_ID or found < 1:
        raise trouble("foreign", name)
    if found > newest:
        raise trouble("newer", name, found=found, newest=newest)


def check_own(db: Connection, steps: Sequence[Step]) -> int:
    """Give the format of a log, and refuse what is none of the kit's: before anything in it is used."""
    found = db.number("user_version")
    if not found and not db.number("page_count"):  # an earlier kit that was killed while it began the log
        raise trouble("empty", db.name)
    check(db.number("application_id"), found, len(steps), db.name)
    require_own_schema(db, tuple(steps[:found]))
    return found


def check_whole(db: Connection, path: Path, steps: Sequence[Step]) -> int:
    """Give the format of a log, and refuse also one that is damaged; what is as it was is not read again."""
    found, state = check_own(db, steps), _state(path)
    if state is None or state != _sound.get(path):
        require_sound(db, tuple(steps[:found]))
        if state and state.at < time.time_ns() - _TICK:
            _sound[path] = state
    return found


def seal(path: Path) -> None:
    """Remember a file that the kit itself has just written, with a time that no other write can bear."""
    now = time.time_ns()
    _sound.pop(path, None)
    try:
        os.utime(path, ns=(now, now))
    except OSError:  # somebody else's: it is read through again
        return
    if state := _state(path):
        _sound[path] = state


def bring_up(db: Connection, steps: Sequence[Step], old: int) -> None:
    """Lead a log from a format to the next, in the transaction that is open."""
    steps[old](db)
    require_references(db)
    db.run(f"PRAGMA user_version = {old + 1}")


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _State(found.st_ino, found.st_size, found.st_mtime_ns)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _begin(path: Path, steps: Sequence[Step]) -> None:
    """Put a new log in its place, whole: what is there empty was not left so by the kit."""
    try:
        make_folder(path.parent)
        with suppress(FileExistsError):  # another process was quicker
            write_whole(path, with_own_number(blank(tuple(steps))), overwrite=False)
    except OSError as error:
        raise trouble("not_made", path.name, error=error.strerror) from error


def _take_step(db: Connection, path: Path, old: int, steps: Sequence[Step]) -> None:
    db.run("PRAGMA foreign_keys = OFF")  # a step may rebuild a table that others refer to
    with transaction(db):
        if check_own(db, steps) != old:
            return  # another process was quicker
        try:
            _keep_backup(path, old)
            bring_up(db, steps, old)
        except (LogError, OSError, sqlite3.Error) as error:
            raise trouble("not_updated", path.name, old=old, new=old + 1, error=error) from error


def _keep_backup(path: Path, old: int) -> None:
    """Copy the file as it is, which the open transaction keeps so; under its name only when it is whole."""
    part = path.with_name(f"{path.stem}.v{old}.part")
    _remove(part)  # what a killed process left
    try:
        part.touch(mode=0o600)
        with connected(path) as source, connected(part) as copy:
            source.backup(copy)
            require_pages(copy)
            check(copy.number("application_id"), copy.number("user_version"), old, part.name)
        part.rename(_free_name(path, old))
    finally:
        _remove(part)


def _remove(part: Path) -> None:
    for file in (part, journal_of(part)):
        file.unlink(missing_ok=True)


def _free_name(path: Path, old: int) -> Path:
    stem = f"{path.stem}.v{old}.{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{more}.sqlite" for more in itertools.chain([""], (f"-{number}" for number in itertools.count(2))))
    return next(free for free in map(path.with_name, names) if not free.exists())
