"""What each kind of file goes through on its way into the log: it is recognised, read, and resolved beside the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from closing_lib.records.connection import Connection
from closing_lib.records.importing.reading import Answers
from closing_lib.records.importing.report import ImportReport, Remark, Skipped
from closing_lib.records.imports import Replaced

Columns = Mapping[str, Sequence[Any]]  # field -> values


@dataclass(frozen=True)
class File:
    """A file, and what the person tells beside it.

    Attributes
    ----------
    data : bytes
        What it holds.
    name : str
        What it is called.
    sheet : str or None
        Which sheet of a workbook.
    mapping : mapping or None
        What its columns hold.
    answers : Answers
        All else.
    """

    data: bytes
    name: str
    sheet: str | None
    mapping: Mapping[str, str | None] | None
    answers: Answers


@dataclass(frozen=True)
class Plan:
    """What an import will write.

    Attributes
    ----------
    new : mapping of str to mapping
        What will be added, by table and by field; a table comes after those that it refers to.
    digests : sequence of bytes
        Of the rows that are imported.
    skipped : sequence of Skipped
        The rows that are not.
    remarks : sequence of Remark
        What to know about rows that are imported.
    mark : bytes
        What tells how the columns were read from other ways.
    replaced : Replaced
        The imports that it replaces.
    kept : mapping of int to mapping
        The applications of these that stay, each with its new fields.
    person : int or None
        Whose the log is from now on, as the number that tells people apart.
    """

    new: Mapping[str, Columns]
    digests: Sequence[bytes]
    skipped: Sequence[Skipped] = ()
    remarks: Sequence[Remark] = ()
    mark: bytes = b""
    replaced: Replaced = field(default_factory=Replaced)
    kept: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    person: int | None = None

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows each table will have more."""
        return {table: len(next(iter(columns.values()))) for table, columns in self.new.items()}


class Source(Protocol):
    """A file of one kind."""

    @classmethod
    def recognise(cls, file: File) -> Self | None:
        """Take the table out of a file of this kind; None where it is of another.

        Raises
        ------
        LogError
            If it is of this kind and cannot be read.
        """

    def read(self) -> ImportReport:
        """Read its rows, and report what can be said without the log.

        Raises
        ------
        LogError
            If an answer of the person fits nothing in it.
        """

    def resolve(self, db: Connection) -> Plan:
        """Decide what becomes of each row beside what the log holds."""
