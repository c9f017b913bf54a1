"""The sheets of a workbook: the whole history, and two to read, in the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from closing_lib.content import text
from closing_lib.records.backup.columns import Record
from closing_lib.records.backup.history import History

_APPLICATIONS = {"company": str, "role": str, "applied_on": dt.date, "latest": str, "latest_on": dt.date}
_INTERVIEWS = {"held_on": dt.date, "company": str, "role": str, "round": str, "format": str, "used": str}
_REST = {"response": str, "band": str, "note": str}
_WORDS = {
    "round": "log_forms.interview.round_options",
    "format": "forms.assessment.format_options",
    "used": "log_forms.interview.used_options",
    "response": "log_forms.interview.response_options",
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its headings with the types below them, and its rows."""

    name: str
    headings: tuple[str, ...]
    types: tuple[type, ...]
    rows: Sequence[tuple[Any, ...]]


def readable_sheets(table: History) -> tuple[Sheet, Sheet]:
    """Give the applications, each with the latest that happened to it, and the interviews, each with how it went."""
    applications = _sheet("applications", _APPLICATIONS | {"source": str, "note": str}, _applications(table))
    return applications, _sheet("interviews", _INTERVIEWS | _REST, _interviews(table))


def _sheet(name: str, columns: dict[str, type], rows: Iterator[tuple[Any, ...]]) -> Sheet:
    headings = tuple(text(f"exporting.sheet.column.{column}") for column in columns)
    return Sheet(text(f"exporting.sheet.{name}"), headings, tuple(columns.values()), [*rows])


def _applications(table: History) -> Iterator[tuple[Any, ...]]:
    latest = {number: (kind, day) for number, kind, day in _of(table, Record.EVENT, "application", "kind", "day")}
    columns = ("application", "company", "role", "day", "source", "note")
    for number, company, role, applied_on, source, note in _of(table, Record.APPLICATION, *columns):
        kind, on = latest.get(number, (None, None))
        yield company, role, applied_on, text(f"outcomes.event.{kind}") if kind else None, on, source, note


def _interviews(table: History) -> Iterator[tuple[Any, ...]]:
    read = {
        number: band
        for number, band, corrects in _of(table, Record.ASSESSMENT, "interview", "band", "corrects")
        if corrects is None
    }
    for number, *named, note in _of(table, Record.INTERVIEW, "interview", "day", "company", "role", *_WORDS, "note"):
        words = [text(f"{key}.{one}") if one else None for key, one in zip(_WORDS.values(), named[3:], strict=True)]
        band = read.get(number)
        yield *named[:3], *words, text(f"outcomes.band.{band}") if band else None, note


def _of(table: History, record: Record, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Give some columns of the rows of one kind."""
    wanted = itemgetter(*map(table.columns.index, columns))
    return (wanted(row) for row in table.rows if row[0] == record)
