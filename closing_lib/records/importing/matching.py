"""The rows of a file beside the log: which are new, which go on with what is there, which are there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter

from closing_lib.content import text
from closing_lib.records.application_key import application_key
from closing_lib.records.connection import Connection
from closing_lib.records.importing.known_rows import KnownRows
from closing_lib.records.importing.reading import Entry
from closing_lib.records.importing.report import Remark, Skipped
from closing_lib.records.importing.row_events import Event
from closing_lib.records.importing.source import Columns, Plan

_FIELDS = ("company", "role", "applied_on", "source", "note")  # of an application
_EVENT = ("kind", "on", "note")


def match(entries: Sequence[Entry], db: Connection) -> Plan:
    """Decide what becomes of each row.

    The same row never comes twice. A row of the same company, role and day as an application goes on with it: what it
    tells beyond that is added, and where that is nothing the row is skipped.
    """
    return _Matching(db).match(entries)


class _Matching:
    def __init__(self, db: Connection) -> None:
        self.db, self.rows = db, KnownRows(db)
        self.known = {
            application_key(*whom): number
            for number, *whom in db.run("SELECT application, company, role, applied_on FROM application")
        }
        self.first = _next_number(db)
        self.begun: list[Entry] = []  # each with a new application, numbered from the first on
        self.numbers: list[int] = []  # of the applications of the events
        self.events: list[Event] = []
        self.there: dict[int, set[Event]] = {}
        self.digests: list[bytes] = []
        self.skipped: list[Skipped] = []
        self.remarks: list[Remark] = []

    def match(self, entries: Sequence[Entry]) -> Plan:
        for entry in entries:
            known = self.rows.imported_before(entry.digest) or self.rows.same_row(entry.digest)
            reason = known or self._take(entry)
            if reason:
                self.skipped.append(Skipped(entry.line, reason))
            else:
                self.rows.add(entry.digest, entry.line)
                self.digests.append(entry.digest)
        new = {"application": self._applications(), "event": self._events()}
        return Plan(new, self.digests, self.skipped, self.remarks)

    def _applications(self) -> Columns:
        numbers = range(self.first, self.first + len(self.begun))
        return {"application": numbers} | {name: [*map(attrgetter(name), self.begun)] for name in _FIELDS}

    def _events(self) -> Columns:
        fields = {name: [*map(itemgetter(at), self.events)] for at, name in enumerate(_EVENT)}
        return {"application": self.numbers} | fields

    def _take(self, entry: Entry) -> str:
        whom = application_key(entry.company, entry.role, entry.applied_on)
        application = self.known.get(whom)
        if application is not None:
            return self._go_on(entry, application)
        self.known[whom] = number = self.first + len(self.begun)
        self.begun.append(entry)
        self._add(number, entry.told.events)
        return ""

    def _go_on(self, entry: Entry, application: int) -> str:
        there = self._there(application)
        new = [event for event in entry.told.events if not _is_there(event, there)]
        if not new:
            if before := self._begun(application):
                return text("importing.skipped.same_row", line=before.line)
            return text("importing.skipped.in_log", application=application)
        self._add(application, new)
        there |= _marks(new)
        self._remark(entry, application)
        return ""

    def _add(self, application: int, events: Sequence[Event]) -> None:
        self.numbers += [application] * len(events)
        self.events += events

    def _begun(self, application: int) -> Entry | None:
        """Give the row of the file that an application began with; None for one that the log has."""
        return self.begun[application - self.first] if application >= self.first else None

    def _remark(self, entry: Entry, application: int) -> None:
        before = self._begun(application)
        key, line = ("joined", before.line) if before else ("joined_log", 0)
        said = [text(f"importing.remark.{key}", line=line, application=application)]
        if entry.note and entry.note != (before.note if before else self._note(application)):
            said.append(text("importing.remark.other_note", value=entry.note))
        self.remarks += [Remark(entry.line, one) for one in said]

    def _note(self, application: int) -> str | None:
        note: str | None = self.db.run("SELECT note FROM application WHERE application = ?", [application])[0][0]
        return note

    def _there(self, application: int) -> set[Event]:
        """Give the marks of the events that an application has, in the log or by the rows before."""
        if application not in self.there:
            before = self._begun(application)
            query = 'SELECT kind, "on", note FROM event WHERE application = ?'
            self.there[application] = _marks(before.told.events if before else self.db.run(query, [application]))
        return self.there[application]


def _marks(events: Iterable[Event]) -> set[Event]:
    """Give what tells that an event is there: its kind, its kind with its day, and its kind with its note."""
    return {mark for kind, day, note in events for mark in ((kind, None, None), (kind, day, None), (kind, None, note))}


def _is_there(event: Event, there: set[Event]) -> bool:
    """Tell whether an event is there already; one without a day also where one of its kind has a day."""
    kind, day, note = event
    return ((kind, None, note) if day is None else (kind, day, None)) in there


def _next_number(db: Connection) -> int:
    """Give the number of the next application."""
    found = db.run("SELECT seq FROM sqlite_sequence WHERE name = 'application'")
    return (found[0][0] if found else 0) + 1
