"""The journal beside a log, with which SQLite undoes what a killed process left half done; whether it is of that log.

Where a backup takes the place of a log, the journal of the log that was there still lies beside it, and SQLite would
write the pages of the one into the other. And a journal that somebody made can name a file to be deleted.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from closing_lib.files import open_to_read, write_whole
from closing_lib.records import errors

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = struct.Struct(">8s5I")  # magic, records, nonce, pages of the file before, size of a sector, size of a page
_SECTOR, _PAGE = 32, 512  # the least of each, in bytes
_COUNTER, _PAGES = slice(24, 28), slice(28, 32)  # of the first page: how often the file was changed, and its pages


def journal_of(path: Path) -> Path:
    """Give where SQLite keeps the journal of a file; for a link, beside what it leads to."""
    found = Path(os.path.realpath(path))
    return found.with_name(f"{found.name}-journal")


def set_foreign_aside(path: Path) -> None:
    """Rename a journal that is not of the file beside which it lies, before SQLite undoes anything with it.

    Where nobody can tell, both are kept as they were, under names that say so.

    Raises
    ------
    LogError
        If it cannot be renamed; the file is then left as it is.
    """
    journal = journal_of(path)
    if not journal.exists() or not _waits(path):
        return
    try:
        if _is_of_another(path, journal):
            journal.rename(_free(journal, "of-another-file"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise errors.trouble("journal", path.name, journal=journal.name, error=error.strerror) from error


def _is_of_another(path: Path, journal: Path) -> bool:
    with open_to_read(journal) as file:
        is_own = is_of(path, file)
        if is_own is None:
            for kept in (path, journal):
                write_whole(_free(kept, "before-undoing"), kept.read_bytes())
        # Whoever has used it since has deleted it; and while this one is open, no other file gets its number.
        return is_own is False and os.path.samestat(os.fstat(file.fileno()), journal.stat())


def is_of(path: Path, journal: BinaryIO) -> bool | None:
    """Tell whether a journal is of a file: the file is as it was before, or one change further; None if nobody can.

    Each change counts in the first page, which the journal keeps as it was. Where it does not keep it yet, as where
    more was changed than fits into memory, the file has as many pages as before, but so may another. The kit changes
    one file at a time, so a journal that names others is not of the kit's making.
    """
    head = _header(journal, 0)
    if head is None:
        return True  # SQLite undoes nothing with it
    _, _, _, pages, _, size = head
    with open_to_read(path) as file:
        first = file.read(100)
        now = os.fstat(file.fileno()).st_size
    if _names_others(journal) or now < pages * size:
        return False
    before = _first_page(journal)
    if before is None:
        return None if _number(first[_PAGES]) == pages else False
    return 0 <= _number(first[_COUNTER]) - _number(before[_COUNTER]) <= 1


def _waits(path: Path) -> bool:
    """Ask SQLite whether it would undo something with the journal now: whoever is writing has one too."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=errors.PATIENCE)) as db:
            db.execute("PRAGMA schema_version").fetchall()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK
    return False


def _names_others(journal: BinaryIO) -> bool:
    journal.seek(-len(_MAGIC), os.SEEK_END)
    return journal.read() == _MAGIC


def _first_page(journal: BinaryIO) -> bytes | None:
    """Give the first page as the journal keeps it: in parts, each with a header and a number of records."""
    at, end = 0, journal.seek(0, os.SEEK_END)
    while head := _header(journal, at):
        _, records, _, _, sector, size = head
        record = size + 8  # the number of the page, the page, and a checksum
        for place in range(at + sector, min(at + sector + records * record, end - record + 1), record):
            journal.seek(place)
            if _number(journal.read(4)) == 1:
                return journal.read(size)
        at = -(-(at + sector + records * record) // sector) * sector
    return None


def _header(journal: BinaryIO, at: int) -> tuple[bytes, int, int, int, int, int] | None:
    journal.seek(at)
    read = journal.read(_HEADER.size)
    if len(read) < _HEADER.size:
        return None
    head: tuple[bytes, int, int, int, int, int] = _HEADER.unpack(read)
    magic, *_, sector, size = head
    return head if magic == _MAGIC and sector >= _SECTOR and size >= _PAGE else None


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _free(file: Path, why: str) -> Path:
    names = (f"{file.name}.{why}{more}" for more in chain([""], (f"-{number}" for number in count(2))))
    return next(free for free in map(file.with_name, names) if not free.exists())
