"""The rows of a file beside the log: which are new, which go on with what is there, which are there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any

from closing_lib.content import text
from closing_lib.records.application_key import ApplicationKey, RoleKey, spelt
from closing_lib.records.backup.columns import Record
from closing_lib.records.connection import Connection
from closing_lib.records.importing.merging import KEYS, Merging, There
from closing_lib.records.importing.reading import Reading
from closing_lib.records.importing.report import Remark, RowError
from closing_lib.records.importing.row_events import Entry, Event
from closing_lib.records.importing.source import Columns, Plan
from closing_lib.records.imports import Replaced

_FIELDS = ("company", "role", "applied_on", "source", "note")  # of an application
_EVENT = ("kind", "on", "note")
_MOST = 20  # applications of one company, role and day that a row is compared with
_NAMED = 5  # applications that a message names
Mark = tuple[str | None, ...]  # of an event


def match(reading: Reading, db: Connection, replaced: Replaced) -> Plan:
    """Decide what becomes of each row.

    The same row never comes twice. A row of the same company, role and day as an application goes on with it: what it
    tells beyond that is added, and where that is nothing the row is skipped. Rows whose links, numbers, places or
    sources differ are of two applications, whatever else they share. One without a day, or with a day where the log has
    none, goes on with the only application of its company and role that no other row is of.
    """
    return _Matching(reading, db, replaced).plan()


class _Matching(Merging[Entry]):
    def __init__(self, reading: Reading, db: Connection, replaced: Replaced) -> None:
        super().__init__(db, replaced.numbers)
        self.reading, self.replaced = reading, replaced
        self.kept: dict[int, Mapping[str, Any]] = {}
        self.log = {one.number: one for one in self.read(Record.APPLICATION)}
        self.lacking: dict[tuple[RoleKey, bool], list[There]] = {}  # those with a day, and those without
        self.known: dict[ApplicationKey, tuple[int, ...]] = {}  # the first of many
        self.twins: dict[tuple[ApplicationKey, tuple[str, ...]], int] = {}  # new ones beside others of their day
        self.last: dict[RoleKey, int] = {}  # the application of the last row
        for number, one in self.log.items():
            if one.values["intake"] not in replaced.numbers:
                company, role, day = key = KEYS[Record.APPLICATION](one.values)
                self.lacking.setdefault(((company, role), bool(day)), []).append(one)
                self._know(key, number)
        self.first = self.first_free(Record.APPLICATION)
        self.of: dict[int, Entry] = {}  # applications of the log, by the first row that is of them
        self.begun: list[Entry] = []  # each with a new application, numbered from the first on
        self.numbers: list[int] = []  # of the applications of the events
        self.events: list[Event] = []
        self.there: dict[int, set[Mark]] = {}
        self.remarks = [Remark(0, text("importing.remark.replaced", number=number)) for number in replaced.numbers]

    def plan(self) -> Plan:
        self.merge(self.reading.entries)
        self.remarks += self._corrections()
        new = {"application": self._applications(), "event": self._events()}
        return Plan(new, self.digests, self.skipped, self.remarks, replaced=self.replaced, kept=self.kept)

    def _applications(self) -> Columns:
        numbers = range(self.first, self.first + len(self.begun))
        return {"application": numbers} | {name: [*map(attrgetter(name), self.begun)] for name in _FIELDS}

    def _events(self) -> Columns:
        fields = {name: [*map(itemgetter(at), self.events)] for at, name in enumerate(_EVENT)}
        return {"application": self.numbers} | fields

    def _know(self, key: ApplicationKey, number: int) -> None:
        numbers = self.known.get(key, ())
        if len(numbers) < _MOST:
            self.known[key] = (*numbers, number)

    def take(self, entry: Entry) -> bytes:
        if known := self.imported_before(entry.digest) or self.same_row(entry.digest):
            same = self._same(entry)
            if len(same) == 1:  # no other row is taken for one of what it has brought
                self.of.setdefault(same[0], entry)
            raise RowError(known)
        if entry.digest in self.replaced.own:
            self._keep(entry, self.replaced.own[entry.digest])
        else:
            self._place(entry)
        self.remember(entry.digest, entry.line)
        return entry.digest

    def _place(self, entry: Entry) -> None:
        same = self._same(entry)
        if len(same) > 1:
            raise RowError(text("importing.skipped.several", applications=", ".join(map(str, same))))
        if same:
            self._go_on(entry, same[0])
            return
        number = self.first + len(self.begun)
        self.begun.append(self._told_apart(entry, number))
        self._know(entry.key, number)
        self.last[entry.whom] = number
        self._add(number, entry.told.events)

    def _keep(self, entry: Entry, application: int) -> None:
        """Read a row again whose application stays: with its new fields, unless the person has changed them."""
        is_changed = self.log[application].values["changes"]
        fields = {} if is_changed else {name: getattr(entry, name) for name in _FIELDS}
        self.kept[application], self.of[application] = fields, entry
        self._know(entry.key, application)
        there = self._there(application)
        self._add(application, [event for event in entry.told.events if not _is_there(event, there)])
        there |= _marks(entry.told.events)

    def _same(self, entry: Entry) -> list[int]:
        """Give the application of a row, by its day too; else those of the log for which the day alone is missing."""
        numbers = self.known.get(entry.key, ())
        same = [number for number in numbers if not self._is_another(entry, number)]
        if not same and len(numbers) == _MOST:
            same = [*filter(None, [self.twins.get((entry.key, entry.identity))])]
        if len(same) > 1:
            return [min(same, key=lambda number: self._distance(entry, number))]
        if same:
            return same
        lacking = self.lacking.get((entry.whom, not entry.applied_on), ())
        free = (one.number for one in lacking if one.number not in self.of)
        return [*islice((number for number in free if not self._is_another(entry, number)), _NAMED)]

    def _row(self, application: int) -> Entry | None:
        """Give the first row of the file that is of an application."""
        return self.begun[application - self.first] if application >= self.first else self.of.get(application)

    def _is_another(self, entry: Entry, number: int) -> bool:
        """Tell whether a row names another job than the rows of an application, or than the log has noted for it."""
        row = self._row(number)
        if row is not None:
            return bool(self._differing(entry, row))
        noted = (self.log[number].values["note"] or "").splitlines() if any(entry.identity) else []
        return any(
            line.startswith(begin := _mark(name, "")) and line != begin + cell
            for name, cell in zip(self.reading.identity, entry.identity, strict=True)
            for line in noted
            if name and cell
        )

    def _distance(self, entry: Entry, number: int) -> tuple[bool, bool, bool, int]:
        """Give how far a row is from one of several applications of its day: by its rows, its marks, its source."""
        log = self.log[number].values if number in self.log else {"source": entry.source, "note": None}
        noted = (log["note"] or "").splitlines()
        marks = [_mark(name, "") + cell for name, cell in zip(self.reading.identity, entry.identity, strict=True)]
        return (
            self._row(number) is None,
            not any(mark in noted for mark in marks),
            log["source"] != entry.source,
            number,
        )

    def _differing(self, entry: Entry, other: Entry) -> list[tuple[str, str]]:
        """Give what tells the job of a row from that of another: headings and its cells."""
        cells = zip(self.reading.identity, entry.identity, other.identity, strict=True)
        return [(name, cell) for name, cell, its in cells if cell and its and spelt(cell) != spelt(its)]

    def _told_apart(self, entry: Entry, number: int) -> Entry:
        """Note what tells a new application from others of its day; where only the day tells it from them, say so."""
        noted, others = entry, self.known.get(entry.key, ())
        for other in {*others[:1], *others[-1:]}:
            self.twins[entry.key, entry.identity] = number
            if row := self._row(other):
                noted = _noted(noted, self._differing(entry, row))
                if other >= self.first:
                    self.begun[other - self.first] = _noted(row, self._differing(row, entry))
        row = self._row(self.last[entry.whom]) if entry.whom in self.last else None
        if row and row.applied_on != entry.applied_on and not self._differing(entry, row):
            is_open = not (self.reading.has_own_days and row.applied_on and entry.applied_on)
            said = text("importing.remark.apart", line=row.line)
            self.remarks += [Remark(entry.line, said)] if is_open else []
        return noted

    def _go_on(self, entry: Entry, application: int) -> None:
        row, there = self._row(application), self._there(application)
        lacks_day = application not in self.known.get(entry.key, ()) and application < self.first
        if lacks_day:
            self._know(entry.key, application)
        self.of.setdefault(application, entry)
        self.last[entry.whom] = application
        told = [event for event in entry.told.events if not _is_there(event, there)]
        new = [event for event in told if application >= self.first or not _lacks_day(event, there)]
        unsaved = self._other_note(entry, application, row)
        unsaved += [_unsaved_day(event, application) for event in told if event not in new]
        line = row.line if row else 0
        if not new:
            key = "says_no_more" if row else "in_log"
            raise RowError(" ".join([text(f"importing.skipped.{key}", line=line, application=application), *unsaved]))
        self._add(application, new)
        there |= _marks(new)
        if entry.applied_on and lacks_day:
            unsaved.append(text("importing.remark.day_not_there", day=entry.applied_on, application=application))
        joined = text(f"importing.remark.{'joined' if row else 'joined_log'}", line=line, application=application)
        self.remarks += [Remark(entry.line, said) for said in (joined, *unsaved)]

    def _other_note(self, entry: Entry, application: int, row: Entry | None) -> list[str]:
        """Say that a note is not saved where the application has another."""
        if not entry.note:
            return []
        has = row.note if row and application >= self.first else self.log[application].values["note"]
        return [] if entry.note in (has or "") else [text("importing.remark.other_note", value=entry.note)]

    def _add(self, application: int, events: Sequence[Event]) -> None:
        self.numbers += [application] * len(events)
        self.events += events

    def _corrections(self) -> Iterator[Remark]:
        """Name the applications of the log that new ones could be a correction of: no row of the file is of them."""
        free: dict[RoleKey, list[There]] = {}
        for (whom, _), there in self.lacking.items():
            free.setdefault(whom, []).extend(one for one in there if one.number not in self.of)
        days = {
            (whom[0], day): one for whom, there in free.items() for one in there if (day := one.values["applied_on"])
        }
        for entry in self.begun if free else ():
            found = [*free.get(entry.whom, ())[:1], days.get((entry.whom[0], entry.applied_on or ""))]
            if found[0]:
                yield Remark(entry.line, text("importing.remark.resembles", application=found[0].number))

    def _there(self, application: int) -> set[Mark]:
        """Give the marks of the events that an application has, in the log or by the rows before."""
        if application not in self.there:
            row = self.begun[application - self.first] if application >= self.first else None
            self.there[application] = _marks(row.told.events if row else self._happened(application))
        return self.there[application]

    def _happened(self, application: int) -> list[Event]:
        query = 'SELECT kind, "on", note, intake, changes FROM event WHERE application = ?'
        found = self.db.run(query, [application])
        return [
            (kind, day, note) for kind, day, note, by, changed in found if changed or by not in self.replaced.numbers
        ]


def _mark(name: str, cell: str) -> str:
    return text("importing.note.kept", column=name, value=cell)


def _noted(entry: Entry, marks: Iterable[tuple[str, str]]) -> Entry:
    """Give a row with its marks in its note; what has no heading here is kept anyway."""
    lines = (entry.note or "").splitlines()
    lines += [mark for name, cell in marks if name and (mark := _mark(name, cell)) not in lines]
    return entry._replace(note="\n".join(lines) or None)


def _marks(events: Iterable[Event]) -> set[Mark]:
    """Give what tells that an event is there: its kind, that with its day, with its words, and that it has no day."""
    found: set[Mark] = set()
    for kind, day, note in events:
        found |= {(kind,), (kind, "on", day), (kind, "says", note)}
        found |= {(kind, "undated"), (kind, "undated", note)} if day is None else set()
    return found


def _is_there(event: Event, there: set[Mark]) -> bool:
    """Tell whether an event is there already: one of its kind and day; without a day or words, any of its kind."""
    kind, day, note = event
    return ((kind, "on", day) if day else (kind, "says", note) if note else (kind,)) in there


def _lacks_day(event: Event, there: set[Mark]) -> bool:
    """Tell whether an event is there but for its day."""
    kind, _, note = event
    marks: set[Mark] = {(kind, "undated", note), (kind, "undated", None)} if note else {(kind, "undated")}
    return not marks.isdisjoint(there)


def _unsaved_day(event: Event, application: int) -> str:
    what = text(f"importing.status.{event[0]}")
    return text("importing.remark.event_without_day", what=what, day=event[1], application=application)
