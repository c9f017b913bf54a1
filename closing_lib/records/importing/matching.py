"""The rows of a file beside the log: which are new, which go on with what is there, which are there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from closing_lib.content import text
from closing_lib.records.application_key import ApplicationKey, application_key
from closing_lib.records.connection import Connection
from closing_lib.records.importing.reading import Entry
from closing_lib.records.importing.report import Remark, Skipped
from closing_lib.records.importing.row_events import Event
from closing_lib.records.imports import DIGEST, brought_before

_BETWEEN = "\x1f"  # between the cells of a row, where its digest is taken
_APPLICATION = ("application", "company", "role", "applied_on", "source", "note")
_EVENT = ("application", "kind", "on", "note")

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Plan:
    """What an import will write.

    Attributes
    ----------
    applications, events : mapping of str to sequence
        What will be added, by field.
    digests : sequence of bytes
        Of the rows that are imported.
    skipped : sequence of Skipped
        The rows that are not.
    remarks : sequence of Remark
        What to know about rows that are imported.
    """

    applications: Columns
    events: Columns
    digests: Sequence[bytes]
    skipped: Sequence[Skipped] = ()
    remarks: Sequence[Remark] = ()

    @property
    def sizes(self) -> tuple[int, int]:
        """How many applications and events there are."""
        return len(self.applications["application"]), len(self.events["application"])


def match(entries: Sequence[Entry], db: Connection) -> Plan:
    """Decide what becomes of each row.

    The same row never comes twice. A row of the same company, role and day as an application goes on with it: what it
    tells beyond that is added, and where that is nothing the row is skipped.
    """
    return _Matching(db).match(entries)


def _digest(cells: Sequence[str]) -> bytes:
    """Give what tells a row from others, however many there are: 64 bits of BLAKE2b."""
    return blake2b(_BETWEEN.join(cells).encode(), digest_size=DIGEST).digest()


class _Matching:
    def __init__(self, db: Connection) -> None:
        self.db, self.before = db, brought_before(db)
        self.known = {
            application_key(*whom): number
            for number, *whom in db.run("SELECT application, company, role, applied_on FROM application")
        }
        self.next = self.first = _next_number(db)
        self.there: dict[int, set[Event]] = {}
        self.notes: dict[int, str | None] = {}
        self.lines: dict[int, int] = {}
        self.rows: dict[bytes, int] = {}
        self.applications: list[tuple[int, str, str | None, str | None, str | None, str | None]] = []
        self.events: list[tuple[int, str, str | None, str | None]] = []
        self.further: list[tuple[int, str, str | None, str | None]] = []  # of applications that were there before
        self.skipped: list[Skipped] = []
        self.remarks: list[Remark] = []

    def match(self, entries: Sequence[Entry]) -> Plan:
        for entry in entries:
            digest = _digest(entry.cells)
            reason = self._came_before(digest) or self._take(entry)
            if reason:
                self.skipped.append(Skipped(entry.line, reason))
            else:
                self.rows[digest] = entry.line
        applications, events = _columns(_APPLICATION, self.applications), _columns(_EVENT, self.events + self.further)
        return Plan(applications, events, [*self.rows], self.skipped, self.remarks)

    def _came_before(self, digest: bytes) -> str:
        if digest in self.before:
            number, day = self.before[digest]
            return text("importing.skipped.imported_before", number=number, day=day)
        return text("importing.skipped.same_row", line=self.rows[digest]) if digest in self.rows else ""

    def _take(self, entry: Entry) -> str:
        whom = application_key(entry.company, entry.role, entry.applied_on)
        application = self.known.get(whom)
        if application is None:
            self._begin(entry, whom)
            return ""
        return self._go_on(entry, application)

    def _begin(self, entry: Entry, whom: ApplicationKey) -> None:
        number = self.known[whom] = self.next
        self.next += 1
        self.applications.append((number, *entry[1:6]))
        self.events += [(number, *event) for event in entry.told.events]
        self.there[number] = _marks(entry.told.events)
        self.notes[number], self.lines[number] = entry.note, entry.line

    def _go_on(self, entry: Entry, application: int) -> str:
        there = self._there(application)
        new = [event for event in entry.told.events if not _is_there(event, there)]
        line = self.lines.get(application)
        if not new:
            if line:
                return text("importing.skipped.same_row", line=line)
            return text("importing.skipped.in_log", application=application)
        into = self.events if application >= self.first else self.further
        into += [(application, *event) for event in new]
        there |= _marks(new)
        self._remark(entry, application, line)
        return ""

    def _remark(self, entry: Entry, application: int, line: int | None) -> None:
        key = "joined" if line else "joined_log"
        said = [text(f"importing.remark.{key}", line=line, application=application)]
        if entry.note and entry.note != self.notes.get(application):
            said.append(text("importing.remark.other_note", value=entry.note))
        self.remarks += [Remark(entry.line, one) for one in said]

    def _there(self, application: int) -> set[Event]:
        if application not in self.there:
            found = self.db.run('SELECT kind, "on", note FROM event WHERE application = ?', [application])
            self.there[application] = _marks([(kind, day, note) for kind, day, note in found])
            note = self.db.run("SELECT note FROM application WHERE application = ?", [application])
            self.notes[application] = note[0][0]
        return self.there[application]


def _marks(events: Sequence[Event]) -> set[Event]:
    """Give what tells that an event is there: its kind, its kind with its day, and its kind with its note."""
    return {mark for kind, day, note in events for mark in ((kind, None, None), (kind, day, None), (kind, None, note))}


def _is_there(event: Event, there: set[Event]) -> bool:
    """Tell whether an event is there already; one without a day also where one of its kind has a day."""
    kind, day, note = event
    return ((kind, None, note) if day is None else (kind, day, None)) in there


def _columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Columns:
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def _next_number(db: Connection) -> int:
    """Give the number of the next application."""
    found = db.run("SELECT seq FROM sqlite_sequence WHERE name = 'application'")
    return (found[0][0] if found else 0) + 1
