"""The rows of a file beside the log: which are new, which go on with what is there, which are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from closing_lib.content import text
from closing_lib.records.connection import Connection
from closing_lib.records.importing.reading import Entry
from closing_lib.records.importing.report import Remark, Skipped
from closing_lib.records.importing.row_events import Event

DIGEST = 8  # bytes

Key = tuple[str, str, str]  # company and role without regard to case, and the day of applying


@dataclass
class Plan:
    """What an import will write.

    Attributes
    ----------
    applications : list
        New ones: number, company, role, day of applying, source and note.
    events : list
        Events of new applications: the number of the application, kind, day and note.
    further : list
        Events of applications that were in the log before.
    digests : list of bytes
        Of the rows that are imported.
    """

    applications: list[tuple[int, str, str | None, str | None, str | None, str | None]] = field(default_factory=list)
    events: list[tuple[int, str, str | None, str | None]] = field(default_factory=list)
    further: list[tuple[int, str, str | None, str | None]] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def match(entries: Sequence[Entry], db: Connection) -> Plan:
    """Decide what becomes of each row.

    The same row never comes twice. A row of the same company, role and day as an application goes on with it: what it
    tells beyond that is added, and where that is nothing the row is skipped.
    """
    digests = [blake2b("\x1f".join(entry.cells).encode(), digest_size=DIGEST).digest() for entry in entries]
    keys: list[Key] = [_key(entry.company, entry.role, entry.applied_on) for entry in entries]
    first = _next_number(db)
    before = _digests(db)
    known = {_key(*row[1:]): row[0] for row in db.run("SELECT application, company, role, applied_on FROM application")}
    if len(set(keys)) == len(keys) and known.keys().isdisjoint(keys) and before.keys().isdisjoint(digests):
        return _all_new(entries, digests, first)
    return _Matching(db, before, known, first).match(entries, digests, keys)


def _all_new(entries: Sequence[Entry], digests: list[bytes], first: int) -> Plan:
    numbered = list(enumerate(entries, start=first))
    return Plan(
        [(number, *entry[1:6]) for number, entry in numbered],
        [(number, *event) for number, entry in numbered for event in entry.told.events],
        digests=digests,
    )


class _Matching:
    def __init__(self, db: Connection, before: dict[bytes, tuple[int, str]], known: dict[Key, int], first: int) -> None:
        self.db, self.before, self.known = db, before, known
        self.next = self.first = first
        self.there: dict[int, set[Event]] = {}
        self.notes: dict[int, str | None] = {}
        self.lines: dict[int, int] = {}
        self.rows: dict[bytes, int] = {}
        self.plan = Plan()

    def match(self, entries: Sequence[Entry], digests: Sequence[bytes], keys: Sequence[Key]) -> Plan:
        for entry, digest, key in zip(entries, digests, keys, strict=True):
            reason = self._came_before(digest) or self._take(entry, key)
            if reason:
                self.plan.skipped.append(Skipped(entry.line, reason))
            else:
                self.plan.digests.append(digest)
                self.rows[digest] = entry.line
        return self.plan

    def _came_before(self, digest: bytes) -> str:
        if digest in self.before:
            number, day = self.before[digest]
            return text("importing.skipped.imported_before", number=number, day=day)
        return text("importing.skipped.same_row", line=self.rows[digest]) if digest in self.rows else ""

    def _take(self, entry: Entry, key: Key) -> str:
        application = self.known.get(key)
        if application is None:
            self._begin(entry, key)
            return ""
        return self._go_on(entry, application)

    def _begin(self, entry: Entry, key: Key) -> None:
        number = self.known[key] = self.next
        self.next += 1
        self.plan.applications.append((number, *entry[1:6]))
        self.plan.events += [(number, *event) for event in entry.told.events]
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
        into = self.plan.events if application >= self.first else self.plan.further
        into += [(application, *event) for event in new]
        there |= _marks(new)
        self._remark(entry, application, line)
        return ""

    def _remark(self, entry: Entry, application: int, line: int | None) -> None:
        key = "joined" if line else "joined_log"
        said = [text(f"importing.remark.{key}", line=line, application=application)]
        if entry.note and entry.note != self.notes.get(application):
            said.append(text("importing.remark.other_note", value=entry.note))
        self.plan.remarks += [Remark(entry.line, one) for one in said]

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


def _key(company: str, role: str | None, applied_on: str | None) -> Key:
    return company.casefold(), role.casefold() if role else "", applied_on or ""


def _next_number(db: Connection) -> int:
    found = db.run("SELECT seq FROM sqlite_sequence WHERE name = 'application'")
    return (found[0][0] if found else 0) + 1


def _digests(db: Connection) -> dict[bytes, tuple[int, str]]:
    """Give the digest of each row that was imported before, with the import and its day."""
    return {
        digests[at : at + DIGEST]: (number, made_at[:10])
        for number, made_at, digests in db.run("SELECT intake, made_at, digests FROM intake")
        for at in range(0, len(digests), DIGEST)
    }
