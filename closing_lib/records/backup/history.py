"""The history of a log: all that it holds as one flat table, by application and day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closing_lib.content import signs
from closing_lib.records.applications import ApplicationRow
from closing_lib.records.assessments import AssessmentRow
from closing_lib.records.attempts import AttemptRow
from closing_lib.records.backup.columns import COLUMNS, INTERVIEW, KINDS, SIGN, Record, column_of
from closing_lib.records.draws import DrawRow
from closing_lib.records.events import EventRow
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.log import OutcomeLog
from closing_lib.records.registrations import RegistrationRow
from closing_lib.records.rows import Row, given_fields, hints, select
from closing_lib.records.values import plain

Cells = tuple[Any, ...]
Order = tuple[Any, ...]

_LAST = dt.date.max  # where a record without a day stands
_END = float("inf")  # where one stands that belongs to no application
_UNATTACHED = (DrawRow, AttemptRow, RegistrationRow)


@dataclass(frozen=True)
class History:
    """A log as one flat table.

    Attributes
    ----------
    columns : tuple of str
        The headings.
    rows : sequence of tuple
        The cells of each row: text, whole numbers, shares, days, times (UTC), True, False, or None for nothing.
    """

    columns: tuple[str, ...]
    rows: Sequence[Cells]


def history(log: OutcomeLog) -> History:
    """Give all that a log holds; half-filled forms and the history of changes apart.

    Implied events are left out: the days of applications and interviews imply them again.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> table = history(sample_log())
    >>> for row in table.rows[:2]:
    ...     print(*row[:4], row[4].isoformat(), sep=", ")
    application, 1, Left Sock Logistics, Reporting analyst, 2026-06-22
    interview, 1, Left Sock Logistics, Reporting analyst, 2026-07-03
    """
    with log._file.reading() as db:  # one state of the file for all of it
        rows = {record: select(db, kind, {}) for record, kind in KINDS.items()}
        person = log.person
    seen = (name for row in rows[Record.ASSESSMENT] for name in row.answers["signs"])  # type: ignore[attr-defined]
    columns = (*COLUMNS, *(f"{SIGN}{name}" for name in dict.fromkeys([*(sign.id for sign in signs()), *seen])))
    placed = sorted(_placed(rows, person), key=lambda one: one[0])
    return History(columns, [tuple(map(cells.get, columns)) for _, cells in placed])


def _placed(rows: Mapping[Record, Sequence[Any]], person: int) -> Iterator[tuple[Order, Mapping[str, Any]]]:
    """Give what stands in each row, by column, with what it is ordered by."""
    applications = {row.application: row for row in rows[Record.APPLICATION]}
    held = {row.interview: row for row in rows[Record.INTERVIEW]}
    for record, found in rows.items():
        names = _names(record)
        for row in found:
            if record is Record.EVENT and row.event is None:
                continue
            of = held[row.interview] if record is Record.ASSESSMENT else row
            cells = {"record": record.value} | {column: getattr(row, name) for name, column in names} | _more(row)
            if whom := applications.get(getattr(of, "application", None)):
                cells |= {"application": whom.application, "company": whom.company, "role": whom.role}
            if of is whom:
                cells["person"] = person
            yield _place(of, row), cells


def _place(of: Row, row: Row) -> Order:
    """Give where a row stands: after what it belongs to, by day; what belongs to no application comes last."""
    if isinstance(of, ApplicationRow):
        return of.application, 0
    if isinstance(of, InterviewRow):
        return of.application, 1, of.held_on or _LAST, 0, of.interview, getattr(row, "assessment", 0)
    if isinstance(of, EventRow):
        return of.application, 1, of.on or _LAST, 1, of.event
    if isinstance(of, DrawRow) and of.application is not None:
        return of.application, 0, of.draw
    return _END, _UNATTACHED.index(type(of)), getattr(of, of.TABLE)


def _names(record: Record) -> list[tuple[str, str]]:
    """Give the fields of a record with their columns; what is known of an interview from elsewhere is left out."""
    kind = KINDS[record]
    shown = {*given_fields(kind), *INTERVIEW} if record is Record.INTERVIEW else hints(kind).keys()
    return [
        (name, column_of(name)) for name, hint in hints(kind).items() if name in shown and plain(hint) is not Mapping
    ]


def _more(row: Row) -> dict[str, Any]:
    """Give the cells of what one field of a row holds together."""
    if isinstance(row, AttemptRow):
        return {"detail": json.dumps(dict(row.detail), ensure_ascii=False)}
    if isinstance(row, AssessmentRow):
        signs_seen = {f"{SIGN}{name}": seen for name, seen in row.answers["signs"].items()}
        return {name: given for name, given in row.answers.items() if name != "signs"} | signs_seen
    return {}
