"""Where each record of an exported history belongs in the log: it is there already, or is added, or has no place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closing_lib.content import text
from closing_lib.records.application_key import RoleKey, role_key, spelt
from closing_lib.records.backup.columns import Record
from closing_lib.records.backup.entries import Entry
from closing_lib.records.connection import Connection
from closing_lib.records.importing.merging import KEYS, Key, Merging, There, row_digest
from closing_lib.records.importing.report import RowError
from closing_lib.records.importing.source import Columns, Plan

_BELONGS = {
    Record.INTERVIEW: Record.APPLICATION,
    Record.EVENT: Record.APPLICATION,
    Record.ASSESSMENT: Record.INTERVIEW,
    Record.DRAW: Record.APPLICATION,
}


@dataclass(eq=False)
class Spot:
    """The place of a record in the log.

    Attributes
    ----------
    entry : Entry
        The record.
    parent, corrects, held : Spot or None
        The places of what it belongs to, of what it corrects, and of the interview that a draw was for.
    there : There or None
        What it is in the log already; None: it is to be added.
    number : int
        Its number in the log; 0 until a new one has been given one.
    """

    entry: Entry
    parent: Spot | None = None
    corrects: Spot | None = None
    held: Spot | None = None
    there: There | None = None
    number: int = 0

    @property
    def values(self) -> dict[str, Any]:
        """Its fields as they will be stored, with the numbers of what it belongs to."""
        record = _BELONGS.get(self.entry.record)
        own = dict(self.entry.values)
        if record:
            own[str(record)] = self.parent.number if self.parent else None
        if self.entry.record is Record.ASSESSMENT:
            own["corrects"] = self.corrects.number if self.corrects else None
        if self.entry.record is Record.DRAW:
            own["interview"] = self.held.number if self.held else None
        return own

    @property
    def application(self) -> Spot:
        """The place of its application; of itself, where it belongs to nothing."""
        return self.parent.application if self.parent else self

    @property
    def is_locked(self) -> bool:
        """Whether it is an assessment that is locked."""
        values = self.there.values if self.there else self.entry.values
        return values["locked_at"] is not None

    @property
    def is_on_new(self) -> bool:
        """Whether it belongs to something that is to be added, so that it cannot be there."""
        return any(one is not None and one.there is None for one in (self.parent, self.corrects, self.held))


def place(entries: Sequence[Entry], db: Connection) -> Plan:
    """Decide what becomes of each record.

    An application is in the log already where one of the same company, role and day is; two of these in the file are
    two in the log. In the same way an interview is known by its round and day, an assessment by its interview, an event
    by all that it says. New records keep their numbers where the log has not reached these yet.
    """
    return _Placing(entries, db).plan()


class _Placing(Merging[Entry]):
    def __init__(self, entries: Sequence[Entry], db: Connection) -> None:
        super().__init__(db)
        self.entries = {record: [one for one in entries if one.record is record] for record in Record}
        self.spots: dict[tuple[Record, int], Spot] = {}
        self.lines: dict[tuple[Record, int], int] = {}
        self.named: dict[RoleKey, list[Spot]] = {}
        self.assessed: set[Spot | None] = set()
        self.drawn: set[tuple[int, object]] = set()
        self.new: list[Spot] = []
        self.coming: set[int | None] = set()
        self.by_number: dict[int, There] = {}
        self.by_key: dict[Key, list[There]] = {}

    def plan(self) -> Plan:
        new: dict[str, Columns] = {}
        for record in Record:  # events come after what they lock, so that what came locked stays so
            self._look_up(record)
            # By number, since a correction comes after what it corrects; what was typed in has none, and comes last.
            self.merge(sorted(self.entries[record], key=lambda one: (one.number is None, one.number or 0, one.line)))
            self._give_numbers(record)
            if self.new:
                rows = [{str(record): spot.number} | spot.values for spot in self.new]
                new[str(record)] = {name: [row[name] for row in rows] for name in rows[0]}
        return Plan(new, self.digests, self.skipped)

    def _look_up(self, record: Record) -> None:
        """Turn to the records of one kind: those of the file, and those of the log that none has been found to be."""
        self.new, self.coming = [], {one.number for one in self.entries[record]}
        self.by_number, self.by_key = {}, {}
        for one in self.read(record) if self.coming else ():
            self.by_number[one.number] = one
            self.by_key.setdefault(KEYS[record](one.values), []).append(one)

    def take(self, entry: Entry) -> bytes:
        self._require_single(entry)
        spot = Spot(entry, self._parent(entry))
        self._see_to_assessment(spot)
        self._see_to_draw(spot)
        digest = self._digest(spot)
        before = self.imported_before(digest)
        spot.there = None if spot.is_on_new and entry.record is not Record.DRAW else self._find(spot)
        if spot.there is None and before:
            raise RowError(before)
        if spot.there is None and entry.record is Record.DRAW:
            self._require_only_draw(spot)
        self._keep(spot)
        if spot.there is not None:
            spot.number = spot.there.number
            raise RowError(before or _in_log(spot, spot.there))
        self.new.append(spot)
        return digest

    def _find(self, spot: Spot) -> There | None:
        """Give the record of the log that it is: the one with the same number, if there is."""
        number, key = spot.entry.number, KEYS[spot.entry.record](spot.values)
        found = self.by_key.get(key) or self._with_other_note(spot, key)
        if not found:
            return None
        # What has the number of another record of the file is left for that one.
        best = min(found, key=lambda one: (one.number != number, one.number in self.coming, one.number))
        self.by_key[KEYS[spot.entry.record](best.values)].remove(best)  # two alike in the file are two in the log
        del self.by_number[best.number]
        return best

    def _with_other_note(self, spot: Spot, key: Key) -> list[There]:
        """Give the event with the same number that differs in its note alone."""
        there = self.by_number.get(spot.entry.number or 0)
        if spot.entry.record is not Record.EVENT or there is None:
            return []
        return [there] if KEYS[Record.EVENT](there.values)[:3] == key[:3] else []

    def _require_single(self, entry: Entry) -> None:
        """Refuse a number that stands twice: what belongs to it could belong to either."""
        if entry.number is None:
            return
        line = self.lines.setdefault((entry.record, entry.number), entry.line)
        if line != entry.line:
            raise RowError(text("exporting.skipped.twice", number=entry.number, column=str(entry.record), line=line))

    def _parent(self, entry: Entry) -> Spot | None:
        record = _BELONGS.get(entry.record)
        if record is None:
            return None
        number = entry.of[record]
        if entry.record is Record.DRAW and number is None and not entry.company:
            return None
        spot = self.spots.get((record, number)) if number is not None else self._named(entry, record)
        if spot is None:
            raise RowError(
                text("exporting.skipped.no_parent", column=str(record), number="–" if number is None else number)
            )
        _require_same_name(entry, spot.application.entry)
        return spot

    def _named(self, entry: Entry, record: Record) -> Spot | None:
        """Give the application of a row that was typed in: the only one of its company and role."""
        found = self.named.get(role_key(entry.company, entry.role), []) if record is Record.APPLICATION else []
        return found[0] if len(found) == 1 else None

    def _see_to_assessment(self, spot: Spot) -> None:
        entry, corrects = spot.entry, spot.entry.of["corrects"]
        if entry.record is not Record.ASSESSMENT:
            return
        if corrects is None:
            if spot.parent in self.assessed:
                raise RowError(text("exporting.skipped.two_assessments", number=entry.of["interview"]))
            self.assessed.add(spot.parent)
            return
        spot.corrects = self.spots.get((Record.ASSESSMENT, corrects))
        if spot.corrects is None or spot.corrects.parent is not spot.parent or not spot.corrects.is_locked:
            raise RowError(text("exporting.skipped.no_locked", number=corrects))

    def _see_to_draw(self, spot: Spot) -> None:
        held_at = spot.entry.of["interview"]
        if spot.entry.record is Record.DRAW and held_at is not None:
            spot.held = self.spots.get((Record.INTERVIEW, held_at))
            if spot.held is None or spot.held.parent is not spot.parent:
                raise RowError(text("exporting.skipped.no_parent", column="interview", number=held_at))

    def _require_only_draw(self, spot: Spot) -> None:
        """Refuse a second draw for an interview, or a second one for the same round to come."""
        values = spot.values
        query = "SELECT 1 FROM draw WHERE interview IS ?1 AND (?1 IS NOT NULL OR (application = ?2 AND round = ?3))"
        wanted = [values["interview"], values["application"], values["round"]]
        own = (id(spot.held or spot.parent), None if spot.held else values["round"])
        if spot.parent is None:
            return
        if own in self.drawn or self.db.run(query, wanted):
            raise RowError(text("exporting.skipped.two_draws"))
        self.drawn.add(own)

    def _digest(self, spot: Spot) -> bytes:
        """Give the digest of a row, the same from every format; and see to it that the row came only once."""
        entry = spot.entry
        whom = _named_before(spot.application.entry.values)
        # An assessment that an earlier kit exported has no edition, and is the same row all the same.
        values = (value for name, value in entry.values.items() if name != "edition")
        digest = row_digest([repr((entry.record.value, entry.number, whom, *entry.of.values(), *values))])
        if same := self.same_row(digest):
            raise RowError(same)
        self.remember(digest, entry.line)
        return digest

    def _keep(self, spot: Spot) -> None:
        if spot.entry.number is not None:
            self.spots[spot.entry.record, spot.entry.number] = spot
        if spot.entry.record is Record.APPLICATION:
            self.named.setdefault(role_key(spot.entry.company, spot.entry.role), []).append(spot)

    def _give_numbers(self, record: Record) -> None:
        """Give new records their own numbers where all of these are free, else others, in the same order."""
        free = self.first_free(record)
        own = [spot.entry.number for spot in self.new if spot.entry.number is not None]
        shift = max(0, free - min(own, default=free))
        after = max(own, default=free - 1) + shift
        for spot in self.new:
            if spot.entry.number is None:
                after += 1
            spot.number = after if spot.entry.number is None else spot.entry.number + shift


def _in_log(spot: Spot, there: There) -> str:
    record = text(f"exporting.record.{spot.entry.record}")
    # Its lock may have come since.
    other = [
        name for name, value in spot.values.items() if name != "locked_at" and there.values.get(name, value) != value
    ]
    if other:
        return text("exporting.skipped.differs", record=record, number=there.number, columns=", ".join(other))
    return text("exporting.skipped.in_log", record=record, number=there.number)


def _named_before(values: Mapping[str, Any]) -> tuple[object, ...]:
    """Give what names an application in the digest of a row: logs keep digests, so this stays as it has always been."""
    if "company" not in values:
        return ()
    return values["company"].casefold(), (values["role"] or "").casefold(), values["applied_on"]


def _require_same_name(entry: Entry, application: Entry) -> None:
    """Refuse a row that names another company than its application: a sheet can be sorted by one column alone."""
    if entry.company and spelt(entry.company) != spelt(application.company):
        said = {"value": entry.company, "number": application.number or "–", "company": application.company}
        raise RowError(text("exporting.skipped.other_company", **said))
