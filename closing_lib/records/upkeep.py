"""Before a log file is used: look at it without touching it, begin it, or bring an earlier format up to date."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from pathlib import Path

from closing_lib.content import text
from closing_lib.files import make_folder
from closing_lib.records.connection import Connection, alone, connected, transaction
from closing_lib.records.errors import damaged, trouble
from closing_lib.records.schema import APPLICATION_ID, Step

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = 100  # bytes; user_version stands at 60 and application_id at 68, both big-endian


def make_ready(path: Path, steps: Sequence[Step]) -> None:
    """Make a file a log of the newest format, or say why it cannot be and leave it as it is.

    Parameters
    ----------
    path : Path
        Where it is or shall be. Its folder is made too.
    steps : sequence of callable
        What leads from each format to the next; the first begins an empty file.

    Raises
    ------
    LogError
        If it is damaged, belongs to another program, comes from a newer kit, or cannot be read or written.
    """
    if not look(path, newest=len(steps)):
        _begin(path)
    with connected(path) as db:
        _check_pages(db)  # as the first to read, it also rolls back what a killed process left half done
        db.run("PRAGMA foreign_keys = OFF")  # a step may rebuild a table that others refer to
        if not db.number("user_version"):
            _build(db, steps)
        for old in range(db.number("user_version"), len(steps)):
            _take_step(db, path, old, steps[old])


def look(path: Path, newest: int) -> int:
    """Give the format of a log file without touching it; 0 where there is none yet.

    The first bytes are read as they are: SQLite would roll back what another program left half done.
    """
    head = _first_bytes(path)
    if not head or _was_being_begun(path, head):
        return 0
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


def _first_bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise trouble("no_file", path.name)
        with alone(path.name), path.open("rb") as file:
            return file.read(_HEADER)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise trouble("not_readable", path.name, error=error.strerror) from error


def _was_being_begun(path: Path, head: bytes) -> bool:
    # A power failure can leave a first page of zeros beside a journal that says that the file was empty before.
    if any(head):
        return False
    try:
        journal = path.with_name(f"{path.name}-journal").read_bytes()
    except OSError:
        return False
    return journal.startswith(_JOURNAL_MAGIC) and _number(journal, 16) == 0


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _begin(path: Path) -> None:
    try:
        make_folder(path.parent)
        with alone(path.name):
            path.touch(mode=0o600)  # it is nobody else's business whom one talks to
    except OSError as error:
        raise trouble("not_made", path.name, error=error.strerror) from error


def _check_pages(db: Connection) -> None:
    said = db.run("PRAGMA quick_check(1)")[0][0]
    if said != "ok":
        raise damaged(db.name, said.replace("\n", " "))


def _build(db: Connection, steps: Sequence[Step]) -> None:
    with transaction(db):
        if db.number("user_version"):
            return  # another process was quicker
        for step in steps:
            step(db)
        db.run(f"PRAGMA user_version = {len(steps)}")


def _check_references(db: Connection) -> None:
    if db.run("PRAGMA foreign_key_check"):
        raise damaged(db.name, text("log_trouble.loose_ends"))


def _take_step(db: Connection, path: Path, old: int, step: Step) -> None:
    with transaction(db):
        if db.number("user_version") != old:
            return  # another process was quicker
        try:
            _keep_backup(path, old)
            step(db)
            _check_references(db)
        except Exception as error:
            raise trouble("not_updated", path.name, old=old, new=old + 1, error=error) from error
        db.run(f"PRAGMA user_version = {old + 1}")


def _keep_backup(path: Path, old: int) -> None:
    """Copy the file as it is, which the open transaction keeps so; under its name only when it is whole."""
    part = path.with_name(f"{path.stem}.v{old}.part")
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=0o600)
        with connected(path) as source, connected(part) as copy:
            source.backup(copy)
            _check_pages(copy)
            check(copy.number("application_id"), copy.number("user_version"), old, part.name)
        part.rename(_free_name(path, old))
    finally:
        part.unlink(missing_ok=True)


def _free_name(path: Path, old: int) -> Path:
    stem = f"{path.stem}.v{old}.{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}"
    names = (f"{stem}{more}.sqlite" for more in itertools.chain([""], (f"-{number}" for number in itertools.count(2))))
    return next(free for free in map(path.with_name, names) if not free.exists())
