"""A history that the kit has exported: what is in the log already is left as it is, all else comes as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from closing_lib.records.backup.columns import Record
from closing_lib.records.backup.entries import Entries, Entry, read_entries
from closing_lib.records.backup.own_table import own_table
from closing_lib.records.backup.placing import place
from closing_lib.records.connection import Connection
from closing_lib.records.importing.report import FIRST, FirstRow, ImportReport
from closing_lib.records.importing.source import File, Plan
from closing_lib.records.importing.table import Table


class History:
    """The records of a log as a table.

    Assessments keep their times, their locks and their marks of hindsight. One that comes unlocked is locked by what
    the log knows, as if it had been entered now.

    Parameters
    ----------
    table : Table
        The table.
    file : File
        The file that it comes from.
    """

    def __init__(self, table: Table, file: File) -> None:
        self._table, self._file = table, file
        self._entries = Entries()

    @classmethod
    def recognise(cls, file: File) -> Self | None:
        """Know a history by its headings; with a mapping it is read as any other tracker."""
        table = None if file.mapping else own_table(file.data, file.name, file.sheet)
        return None if table is None else cls(table, file)

    def read(self) -> ImportReport:
        """Read its rows as records."""
        answers = self._file.answers
        entries = self._entries = read_entries(self._table, answers.day_first, answers.year)
        return ImportReport(
            name=self._table.name,
            imported=0,
            skipped=tuple(entries.skipped),
            first=_first(entries.found),
            questions=entries.questions,
        )

    def resolve(self, db: Connection) -> Plan:
        """Decide which records are there, and give the others their numbers."""
        return replace(place(self._entries.found, db), person=self._person(db))

    def _person(self, db: Connection) -> int | None:
        """Make a log in which nothing is yet that of the same person."""
        has_some = db.run("SELECT 1 FROM application UNION ALL SELECT 1 FROM draw LIMIT 1")
        return None if has_some else self._entries.person


def _first(entries: Iterable[Entry]) -> tuple[FirstRow, ...]:
    """Give the first applications, each with what has happened to it."""
    found = [*entries]
    shown = [one for one in found if one.record is Record.APPLICATION][:FIRST]
    happened: dict[int | None, list[tuple[str, str | None]]] = {one.number: [] for one in shown}
    for one in found:
        if one.record is Record.EVENT and one.of["application"] in happened:
            happened[one.of["application"]].append((one.values["kind"], one.values["on"]))
    return tuple(
        FirstRow(
            one.line, one.values["company"], one.values["role"], one.values["applied_on"], tuple(happened[one.number])
        )
        for one in shown
    )
