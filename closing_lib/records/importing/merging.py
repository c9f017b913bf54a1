"""What a file brings beside what the log holds: each row comes once, is there already, or is skipped with its reason.

A tracker and an exported history go the same way; what is another row, and what a row adds, each says for itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, Protocol, TypeVar

from closing_lib.content import text
from closing_lib.records.application_key import application_key
from closing_lib.records.backup.columns import KINDS, Record
from closing_lib.records.connection import Connection
from closing_lib.records.importing.report import RowError, Skipped
from closing_lib.records.imports import DIGEST, brought_before
from closing_lib.records.rows import given_fields

Key = tuple[Any, ...]

_BETWEEN = "\x1f"  # between the cells of a row
# Of each record, the fields that a person fills in, and what else tells one from another.
_ALSO = {
    Record.APPLICATION: ("intake", "changes"),
    Record.ASSESSMENT: ("answered_at", "answers", "locked_at"),
    Record.DRAW: ("made_at",),
    Record.ATTEMPT: ("detail", "made_at"),
    Record.REGISTRATION: ("made_at",),
}


class _Line(Protocol):
    @property
    def line(self) -> int: ...


E = TypeVar("E", bound=_Line)


@dataclass(frozen=True, eq=False)
class There:
    """A record of the log: its number, and its fields as they are stored."""

    number: int
    values: Mapping[str, Any]


class Merging(ABC, Generic[E]):
    """Takes the rows of a file one after the other.

    Parameters
    ----------
    db : Connection
        The log.
    without : collection of int
        Imports that are read again, so that their rows did not come before.

    Attributes
    ----------
    digests : list of bytes
        Of the rows that are taken.
    skipped : list of Skipped
        The others.
    """

    def __init__(self, db: Connection, without: Collection[int] = ()) -> None:
        self.db = db
        self.digests: list[bytes] = []
        self.skipped: list[Skipped] = []
        self._before = brought_before(db, without)
        self._brought = cache(lambda number, day: text("importing.skipped.imported_before", number=number, day=day))
        self._lines: dict[bytes, int] = {}

    def merge(self, entries: Iterable[E]) -> None:
        """Take rows; each is among the digests or the skipped."""
        for entry in entries:
            try:
                self.digests.append(self.take(entry))
            except RowError as error:
                self.skipped.append(Skipped(entry.line, str(error)))

    @abstractmethod
    def take(self, entry: E) -> bytes:
        """Note what a row adds to the log, and give its digest.

        Raises
        ------
        RowError
            If it adds nothing.
        """

    def remember(self, digest: bytes, line: int) -> None:
        """Remember a row of this file, by the first line on which it stands."""
        self._lines.setdefault(digest, line)

    def imported_before(self, digest: bytes) -> str:
        """Say which import has brought a row; nothing where none has."""
        if digest not in self._before:
            return ""
        return self._brought(*self._before[digest])

    def same_row(self, digest: bytes) -> str:
        """Say on which line of this file the same row stands; nothing where it is new."""
        return text("importing.skipped.same_row", line=self._lines[digest]) if digest in self._lines else ""

    def first_free(self, record: Record) -> int:
        """Give the first number that no record of a kind has ever had."""
        found = self.db.run("SELECT seq FROM sqlite_sequence WHERE name = ?", [str(record)])
        return int(found[0][0]) + 1 if found else 1

    def read(self, record: Record) -> Sequence[There]:
        """Read all records of a kind that the log holds."""
        names = (*given_fields(KINDS[record]), *_ALSO.get(record, ()))
        quoted = ", ".join(f'"{name}"' for name in names)
        rows = self.db.run(f"SELECT {record}, {quoted} FROM {record} ORDER BY 1")  # noqa: S608  # our own names
        return [There(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]


def row_digest(cells: Iterable[str]) -> bytes:
    """Give what tells a row from others, however many there are: 64 bits of BLAKE2b."""
    return blake2b(_BETWEEN.join(cells).encode(), digest_size=DIGEST).digest()


def _application_key(values: Mapping[str, Any]) -> Key:
    return application_key(values["company"], values["role"], values["applied_on"])


def _assessment_key(values: Mapping[str, Any]) -> Key:
    if values["corrects"] is None:
        return values["interview"], None
    return values["interview"], values["corrects"], values["answered_at"], values["why"]


def _all_of(*names: str) -> Callable[[Mapping[str, Any]], Key]:
    return lambda values: tuple(values[name] for name in names)


# What a record is known by, from its fields and the numbers of what it belongs to in the log.
KEYS: Mapping[Record, Callable[[Mapping[str, Any]], Key]] = {
    Record.APPLICATION: _application_key,
    Record.INTERVIEW: _all_of("application", "held_on", "round"),
    Record.ASSESSMENT: _assessment_key,
    Record.EVENT: _all_of("application", "kind", "on", "note"),
    Record.DRAW: _all_of("round", "number", "made_at"),  # whatever it is for by now
    Record.ATTEMPT: _all_of("kind", "item", "passed", "detail", "made_at"),
    Record.REGISTRATION: _all_of("kind", "item", "made_at"),
}
