"""The rows of an exported history as records again: what each says, or why it cannot be one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from closing_lib.assessment import Assessment
from closing_lib.content import text
from closing_lib.records.assessments import ANSWERS
from closing_lib.records.backup.cell_values import Cells, detail, truth
from closing_lib.records.backup.columns import KINDS, SIGN, Record, column_of, type_of
from closing_lib.records.importing.report import RowError, Skipped
from closing_lib.records.importing.table import Table
from closing_lib.records.rows import given_fields, hints

_RECORDS = {record.value: record for record in Record}
_OF = ("application", "interview", "corrects")  # what a record can belong to
_STAMPED = ("answered_at", "locked_at", "band", "score", "certainty", "hindsight", "made_at")  # given by the log itself
_STAMPS = (Record.ASSESSMENT, Record.DRAW, Record.ATTEMPT, Record.REGISTRATION)  # the records that have some of them


@dataclass(frozen=True)
class Entry:
    """One row that can be a record.

    Attributes
    ----------
    line : int
        Its line.
    record : Record
        What it is.
    number : int or None
        Its number in the log that was exported; None for one that was typed in since.
    of : mapping of str to int or None
        The numbers of the ``"application"`` and the ``"interview"`` that it belongs to, and of what it ``"corrects"``.
    company, role : str
        What stands in its row.
    values : mapping
        Its fields as they are stored.
    """

    line: int
    record: Record
    number: int | None
    of: Mapping[str, int | None]
    company: str
    role: str
    values: Mapping[str, Any]


@dataclass
class Entries:
    """All rows of a history, read.

    Attributes
    ----------
    found : list of Entry
        Those that can be records.
    skipped : list of Skipped
        The others.
    questions : tuple of str
        What has to be told first, ``"day_first"`` or ``"year"``.
    person : int or None
        Whose the history is, as the number that tells people apart.
    """

    found: list[Entry] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    questions: tuple[str, ...] = ()
    person: int | None = None


def read_entries(table: Table, day_first: bool | None = None, year: int | None = None) -> Entries:
    """Read all rows of a history; each is among the found or the skipped."""
    entries = Entries(skipped=list(table.skipped))
    cells = Cells(table, day_first, year)
    for line, written in zip(table.lines, table.rows, strict=True):
        row = {name: cell for name, cell in zip(table.columns, written, strict=True) if cell}
        try:
            entries.found.append(_entry(line, row, cells))
            entries.person = entries.person or cells.value(row, "person", int | None)
        except RowError as error:
            entries.skipped.append(Skipped(line, str(error)))
    entries.questions = tuple(cells.questions)
    return entries


def _entry(line: int, row: Mapping[str, str], cells: Cells) -> Entry:
    record = _record(row)
    types = hints(KINDS[record])
    values = {name: cells.value(row, column_of(name), types[name]) for name in _fields(record)}
    of = {name: cells.value(row, name, int | None) for name in _OF}
    if record is Record.ASSESSMENT:
        edition = cells.value(row, "edition", int | None) or 1  # no such column in what an earlier kit exported
        values |= _locked(values, of["corrects"]) | {"answers": _answers(row, cells), "edition": edition}
    if record is Record.ATTEMPT:
        values["detail"] = detail(row.get("detail", ""))
    number = cells.value(row, record.value, int | None)
    return Entry(line, record, number, of, row.get("company", "").strip(), row.get("role", "").strip(), values)


def _record(row: Mapping[str, str]) -> Record:
    written = row.get("record", "")
    word = written.strip().lower()
    if word not in _RECORDS:
        raise RowError(_no_record(written))
    return _RECORDS[word]


@lru_cache(1000)
def _no_record(written: str) -> str:
    return text("exporting.skipped.no_record", value=written, known=", ".join(Record))


@cache
def _fields(record: Record) -> list[str]:
    kind = KINDS[record]
    given = [name for name in given_fields(kind) if name not in _OF]
    return given + [name for name in hints(kind) if name in _STAMPED and record in _STAMPS]


def _locked(values: Mapping[str, Any], corrects: int | None) -> dict[str, Any]:
    """See that what came in hindsight is locked, and that a correction says why; else they could be written over."""
    is_late = values["hindsight"] or corrects is not None
    if corrects is not None and not values["why"]:
        raise RowError(text("exporting.skipped.empty", column="why"))
    return {"hindsight": int(is_late), "locked_at": values["locked_at"] or (values["answered_at"] if is_late else None)}


def _answers(row: Mapping[str, str], cells: Cells) -> str:
    given = {name: cells.value(row, name, type_of(name) | None) for name in ANSWERS}
    seen = {
        name.removeprefix(SIGN): truth(name, cell)
        for name, cell in row.items()
        if name.startswith(SIGN) and cell.strip()
    }
    try:
        answered = Assessment(signs=seen, **{name: value for name, value in given.items() if value is not None})
    except ValueError as error:
        raise RowError(text("exporting.skipped.answers", error=error)) from error
    return json.dumps(answered.to_dict(), ensure_ascii=False)
