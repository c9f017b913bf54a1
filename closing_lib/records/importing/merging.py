"""Rows that came before: with an earlier import, or on an earlier line of the same file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import blake2b

from closing_lib.content import text
from closing_lib.records.connection import Connection
from closing_lib.records.imports import DIGEST, brought_before

_BETWEEN = "\x1f"  # between the cells of a row


class KnownRows:
    """The rows that came before, by their digests.

    Parameters
    ----------
    db : Connection
        The log.
    without : collection of int
        Imports that are read again, so that their rows did not come before.
    """

    def __init__(self, db: Connection, without: Collection[int] = ()) -> None:
        self._before = brought_before(db, without)
        self._lines: dict[bytes, int] = {}

    def add(self, digest: bytes, line: int) -> None:
        """Remember a row of this file, by the first line on which it stands."""
        self._lines.setdefault(digest, line)

    def imported_before(self, digest: bytes) -> str:
        """Say which import has brought a row; nothing where none has."""
        if digest not in self._before:
            return ""
        number, day = self._before[digest]
        return text("importing.skipped.imported_before", number=number, day=day)

    def same_row(self, digest: bytes) -> str:
        """Say on which line of this file the same row stands; nothing where it is new."""
        return text("importing.skipped.same_row", line=self._lines[digest]) if digest in self._lines else ""


def first_free(db: Connection, table: str) -> int:
    """Give the first number that no row of a table has ever had."""
    found = db.run("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
    return int(found[0][0]) + 1 if found else 1


def row_digest(cells: Iterable[str]) -> bytes:
    """Give what tells a row from others, however many there are: 64 bits of BLAKE2b."""
    return blake2b(_BETWEEN.join(cells).encode(), digest_size=DIGEST).digest()
