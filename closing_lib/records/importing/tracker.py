"""Anybody's own tracker: its columns, days and statuses are found out, and asked for where they are not certain."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Self

from closing_lib.records.connection import Connection
from closing_lib.records.importing.columns import map_columns, remarks_on
from closing_lib.records.importing.matching import match
from closing_lib.records.importing.merging import row_digest
from closing_lib.records.importing.reading import Reading, read_rows
from closing_lib.records.importing.report import ImportReport
from closing_lib.records.importing.source import File, Plan
from closing_lib.records.importing.table import Table, read_table
from closing_lib.records.imports import Replaced, read_otherwise

_SAMPLES = 3  # cells of a column
_SEARCHED = 200  # rows in which they are looked for


class Tracker:
    """A table of applications, a row for each or for each of their events.

    Parameters
    ----------
    table : Table
        The table.
    file : File
        The file that it comes from.
    """

    def __init__(self, table: Table, file: File) -> None:
        self._table: Table | None = table
        self._mapping, self._answers = file.mapping, file.answers
        self._reading, self._mark, self._rows = Reading(), b"", set[bytes]()

    @classmethod
    def recognise(cls, file: File) -> Self:
        """Take any table for a tracker."""
        return cls(read_table(file.data, file.name, file.sheet), file)

    def read(self) -> ImportReport:
        """Read its rows, and let go of all else that is in it."""
        table, mapping, self._table = self._table, self._mapping, None
        if table is None:
            raise ValueError("The rows have been read.")
        mapped = map_columns(table, mapping)
        reading = self._reading = read_rows(table, mapped, self._answers)
        self._mark = row_digest([f"{name}={column}" for name, column in mapped.items()])
        self._rows = {row_digest(row) for row in table.rows} if mapping else self._rows
        return ImportReport(
            name=table.name,
            imported=0,
            skipped=tuple(reading.skipped),
            mapping={heading: None if column is None else str(column) for heading, column in mapped.items()},
            samples={heading: _sample(table, at) for at, heading in enumerate(table.columns)},
            first=tuple(reading.first),
            sheets=table.sheets,
            statuses=reading.statuses,
            unknown_statuses=tuple(reading.unknown),
            questions=tuple(reading.questions),
            remarks=(*reading.remarks, *remarks_on(table, mapped, mapping)),
        )

    def resolve(self, db: Connection) -> Plan:
        """Decide which rows are new, and which go on with what is there."""
        replaced = read_otherwise(db, self._rows, self._mark) if self._mapping else Replaced()
        return replace(match(self._reading, db, replaced), mark=self._mark)


def _sample(table: Table, at: int) -> tuple[str, ...]:
    cells = (row[at].strip() for row in table.rows[:_SEARCHED])
    return tuple(islice(dict.fromkeys(filter(None, cells)), _SAMPLES))
