"""The fast road: a large file without surprises is read by its columns, each distinct cell once and no row alone.

What is unusual (a row that cannot be taken, a day without its year, a cell that goes into the note) sends the file down
the careful road as a whole. Both come to the same; a test sees to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from closing_lib.clock import today
from closing_lib.records.importing.coded import Array, Coded, coded, combinations, objects
from closing_lib.records.importing.columns import Column, Mapped
from closing_lib.records.importing.dates import blanks
from closing_lib.records.importing.days import Days, Found, settle
from closing_lib.records.importing.reading import Answers, Reading, day_order_told, days_within, is_strange, layout_of
from closing_lib.records.importing.regular import Unusual
from closing_lib.records.importing.report import FIRST, FirstRow
from closing_lib.records.importing.row_events import NOTHING, RowEvents, Told
from closing_lib.records.importing.table import FIRST_LINE, Table

if TYPE_CHECKING:
    import pyarrow as pa

_DAY = "\0day"  # stands for the day of a row's status, so that few rows differ; no file holds it
_READ = {Column.COMPANY, Column.ROLE, Column.SOURCE, Column.NOTE, Column.APPLIED_ON, Column.STATUS, Column.STATUS_ON}


@dataclass(frozen=True)
class Events:
    """The events of all rows, in the order of the rows.

    Attributes
    ----------
    rows : array of int
        The row that tells of each.
    kinds, days, notes : array of str
        What it is; days and notes may be None.
    """

    rows: Array
    kinds: Array
    days: Array
    notes: Array


@dataclass(frozen=True)
class Clean:
    """A file read by its columns: each row is a new application, unless the log knows it already.

    Attributes
    ----------
    company, role, source, note : Coded
        What stands in them; all but the company may be None.
    applied_on : array of str
        The day of applying, or None.
    events : Events
        What has happened.
    reading : Reading
        What reading has brought to light.
    """

    company: Coded
    role: Coded
    source: Coded
    note: Coded
    applied_on: Array
    events: Events
    reading: Reading


def read_clean(cells: pa.Table, head: Table, mapped: Mapped, answers: Answers) -> Clean:
    """Read the columns of a file.

    Parameters
    ----------
    cells : pyarrow.Table
        All its cells, from `read_regular`.
    head : Table
        Its headings.
    mapped : mapping of str to Column or None
        What the columns hold.
    answers : Answers
        What the person tells beside the file.

    Raises
    ------
    Unusual
        If a row has to be looked at alone.
    """
    return _Reader(cells, head, mapped, answers).read()


class _Reader:
    def __init__(self, cells: pa.Table, head: Table, mapped: Mapped, answers: Answers) -> None:
        self.mapped = {name: column for name, column in mapped.items() if column}
        _require_usual([*self.mapped.values()])
        self.layout, self.length = layout_of(head), cells.num_rows
        self.columns = {name: coded(cells[str(at)]) for at, name in enumerate(head.columns) if name in self.mapped}
        self.days = self._days(day_order_told(answers, self.layout))
        with_stand_in = {name: {**days, _DAY: Found((_DAY,))} for name, days in self.days.items()}
        self.row_events = RowEvents(self.mapped, with_stand_in, answers.statuses)

    def read(self) -> Clean:
        company, told = self._text(Column.COMPANY), self._told()
        if None in company.cells:
            raise Unusual
        clean = Clean(
            company,
            role=self._text(Column.ROLE),
            source=self._text(Column.SOURCE, self.layout.get("source")),
            note=self._text(Column.NOTE),
            applied_on=self._applied(told),
            events=self._events(told),
            reading=Reading(statuses=self.row_events.statuses),
        )
        _require_usual_days(clean)
        clean.reading.first += _first(clean)
        return clean

    def _named(self, wanted: Column) -> str | None:
        return next((name for name, column in self.mapped.items() if column is wanted), None)

    def _same(self, cell: object) -> Coded:
        return Coded(np.zeros(self.length, dtype=np.int64), [cell])

    def _text(self, wanted: Column, default: object = None) -> Coded:
        name, nothing = self._named(wanted), blanks()
        if name is None:
            return self._same(default)
        column = self.columns[name]
        if nothing.isdisjoint(map(str.lower, column.cells)):
            return column
        return column.read_as([None if cell.lower() in nothing else cell for cell in column.cells])

    def _days(self, day_first: bool | None) -> dict[str, Days]:
        dated = (Column.APPLIED_ON, Column.STATUS_ON)
        cells = {name: self.columns[name].cells for name, column in self.mapped.items() if column in dated}
        if any(days_within(column.cells, self.mapped[name]) for name, column in self.columns.items()):
            raise Unusual
        days, guesses = settle(cells, day_first, today(), [str(self._named(Column.APPLIED_ON))])
        if guesses or any(found.asks for of_column in days.values() for found in of_column.values()):
            raise Unusual
        return days

    def _told(self) -> Coded:
        """Read what the rows tell, those that differ only in usual days at once."""
        names = [name for name, column in self.mapped.items() if column.tells_events]
        if not names:
            return self._same(NOTHING)
        found = combinations([self._with_stand_ins(name) for name in names])
        return Coded(found.codes, [self._usual(cells) for cells in found.cells])

    def _usual(self, cells: tuple[str, ...]) -> Told:
        told = self.row_events.told(cells)
        if told.why or told.kept:
            raise Unusual
        return told

    def _with_stand_ins(self, name: str) -> Coded:
        """Let usual days of applying, which tell of no event, be nothing, and one day of a status stand for all."""
        column = self.columns[name]
        if self.mapped[name] is Column.STATUS:
            return column
        usual = "" if self.mapped[name] is Column.APPLIED_ON else _DAY
        return column.read_as([usual if len(self.days[name][cell].days) == 1 else cell for cell in column.cells])

    def _day_of(self, wanted: Column) -> Array:
        """Give the first day of each row in a column of days."""
        name = self._named(wanted)
        if name is None:
            return self._same(None).spread()
        found = [self.days[name][cell].days for cell in self.columns[name].cells]
        return objects([days[0] if days else None for days in found])[self.columns[name].codes]

    def _applied(self, told: Coded) -> Array:
        days = self._day_of(Column.APPLIED_ON)
        otherwise = [one.applied_on for one in told.cells]
        if not any(otherwise):
            return days
        return np.where(pd.isna(days), self._filled(objects(otherwise)[told.codes], slice(None)), days)

    def _filled(self, days: Array, rows: Array | slice) -> Array:
        """Put the day of each row in the place of what stands for it."""
        return np.where(days == _DAY, self._day_of(Column.STATUS_ON)[rows], days)

    def _events(self, told: Coded) -> Events:
        listed = [event for one in told.cells for event in one.events]
        counts = np.array([len(one.events) for one in told.cells])
        of_rows = counts[told.codes]
        rows = np.repeat(np.arange(self.length), of_rows)
        within = np.arange(len(rows)) - np.repeat(of_rows.cumsum() - of_rows, of_rows)
        which = (counts.cumsum() - counts)[told.codes][rows] + within
        kinds, days, notes = (objects([event[at] for event in listed])[which] for at in range(3))
        return Events(rows, kinds, self._filled(days, rows), notes)


def _require_usual(columns: Sequence[Column]) -> None:
    if Column.COMPANY not in columns or not _READ.issuperset(columns) or columns.count(Column.NOTE) > 1:
        raise Unusual


def _require_usual_days(clean: Clean) -> None:
    """Leave rows to the careful road whose days are worth a remark."""
    days = zip(clean.events.kinds, clean.events.days, clean.applied_on[clean.events.rows], strict=True)
    now = today().isoformat()
    if any(day and day > now for day in clean.applied_on) or any(is_strange(*one, now) for one in days):
        raise Unusual


def _first(clean: Clean) -> list[FirstRow]:
    whole = zip(clean.company.spread()[:FIRST], clean.role.spread()[:FIRST], clean.applied_on[:FIRST], strict=True)
    return [FirstRow(row + FIRST_LINE, *said, _events_of(row, clean.events)) for row, said in enumerate(whole)]


def _events_of(row: int, events: Events) -> tuple[tuple[str, str | None], ...]:
    at = slice(*np.searchsorted(events.rows, [row, row + 1]))
    return tuple(zip(events.kinds[at], events.days[at], strict=True))
