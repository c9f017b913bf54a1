"""The sheets of a workbook: the whole history, and two to read, in the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from closing_lib.content import text
from closing_lib.records.exporting.columns import Record
from closing_lib.records.exporting.history import History

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
    by_name = [dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] != Record.ATTEMPT]
    applications = _sheet("applications", _APPLICATIONS | {"source": str, "note": str}, _applications(by_name))
    return applications, _sheet("interviews", _INTERVIEWS | _REST, _interviews(by_name))


def _sheet(name: str, columns: dict[str, type], rows: Iterator[tuple[Any, ...]]) -> Sheet:
    headings = tuple(text(f"exporting.sheet.column.{column}") for column in columns)
    return Sheet(text(f"exporting.sheet.{name}"), headings, tuple(columns.values()), [*rows])


def _applications(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    latest = {row["application"]: row for row in rows if row["record"] == Record.EVENT}
    for row in rows:
        if row["record"] == Record.APPLICATION:
            event = latest.get(row["application"], {})
            kind = event.get("kind")
            what = text(f"outcomes.event.{kind}") if kind else None
            yield row["company"], row["role"], row["day"], what, event.get("day"), row["source"], row["note"]


def _interviews(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    read = {row["interview"]: row["band"] for row in rows if row["record"] == Record.ASSESSMENT and not row["corrects"]}
    for row in rows:
        if row["record"] == Record.INTERVIEW:
            band = read.get(row["interview"])
            words = [text(f"{key}.{row[name]}") if row[name] else None for name, key in _WORDS.items()]
            went = text(f"outcomes.band.{band}") if band else None
            yield row["day"], row["company"], row["role"], *words, went, row["note"]
