"""The events that the cells of one row tell of; rows of the same cells are read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.words import index, plain
from closing_lib.models import EventKind
from closing_lib.records.application_key import ApplicationKey, RoleKey
from closing_lib.records.importing.columns import Column
from closing_lib.records.importing.dates import is_blank
from closing_lib.records.importing.days import Days, Found
from closing_lib.records.importing.histories import Step, dated_steps, read_history
from closing_lib.records.importing.repeats import without_repeats
from closing_lib.records.importing.statuses import Meaning, Status, is_answered, meaning, steps

Event = tuple[str, str | None, str | None]  # kind, day, note
_REMINDERS = (EventKind.NUDGE, EventKind.THANK_YOU)  # done by the person: with a day ahead, something still to do


@dataclass(frozen=True)
class Told:
    """What a row tells beside whom it names.

    Attributes
    ----------
    events : tuple
        The kind, the day and the note of each event.
    applied_on : str or None
        The day of applying, where another column than its own tells it.
    kept : tuple of (str, str, str)
        Headings and cells that say more than a day, for the note, each with the name of the remark that says so.
    why : str
        Why the row cannot be imported; empty where it can.
    """

    events: tuple[Event, ...] = ()
    applied_on: str | None = None
    kept: tuple[tuple[str, str, str], ...] = ()
    why: str = ""


NOTHING = Told()


class Entry(NamedTuple):
    """One row, read."""

    line: int
    company: str
    role: str | None
    applied_on: str | None
    source: str | None
    note: str | None
    told: Told
    digest: bytes  # of all its cells
    whom: RoleKey
    identity: tuple[str, ...]  # the cells that tell its job from others of its company and role

    @property
    def key(self) -> ApplicationKey:
        """What its application is known by."""
        return *self.whom, self.applied_on or ""


@dataclass
class _Draft:
    events: list[Event] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    kept: list[tuple[str, str, str]] = field(default_factory=list)
    why: str = ""


class RowEvents:
    """Reads rows, and gathers what was found in them.

    Parameters
    ----------
    mapped : mapping of str to Column
        What the columns hold; those that tell of events are read.
    days : mapping of str to Days
        What their dates say.
    given : mapping
        What the person says that statuses mean.
    """

    def __init__(self, mapped: Mapping[str, Column], days: Mapping[str, Days], given: Mapping[str, Meaning]) -> None:
        self._columns = [(name, column) for name, column in mapped.items() if column.tells_events]
        self._days, self.given, self._today = days, given, today().isoformat()
        # A status, like a row, is read once: there are few that differ.
        self._meaning = cache(partial(meaning, given=given))
        self._dated, self._steps = cache(partial(_dated, given)), cache(steps)
        self._told: dict[tuple[str, ...], Told] = {}
        self.statuses: dict[str, str] = {}
        self.unknown: dict[str, None] = {}
        self.questions: dict[str, None] = {}

    @property
    def seen(self) -> list[Told]:
        """What was told so far, each once."""
        return [*self._told.values()]

    def told(self, cells: tuple[str, ...]) -> Told:
        """Give what the cells of a row tell."""
        found = self._told.get(cells)
        if found is None:
            found = self._told[cells] = self._read(cells)
        return found

    def _read(self, cells: tuple[str, ...]) -> Told:
        draft = _Draft()
        day = self._status_day(cells, draft)
        told = []
        for (name, column), cell in zip(self._columns, cells, strict=True):
            self._column(name, column, cell, day, draft)
            told.append(draft.events)
            draft.events = []
        applied = draft.applied[0] if draft.applied else None
        return Told(without_repeats(told), applied, tuple(draft.kept), draft.why)

    def _column(self, name: str, column: Column, cell: str, day: str | None, draft: _Draft) -> None:
        if column in (Column.STATUS, Column.TO_STATUS):
            self._status(name, cell, day, draft)
        elif column is Column.FROM_STATUS:
            self._status(name, cell, None, draft)
        elif column is Column.HISTORY:
            self._history(name, cell, draft)
        elif column is Column.APPLIED_ON:
            self._applied(name, cell, draft)
        elif column.is_stage:
            self._stage(name, column, cell, draft)

    def _status_day(self, cells: tuple[str, ...], draft: _Draft) -> str | None:
        for (name, column), cell in zip(self._columns, cells, strict=True):
            if column is Column.STATUS_ON:
                days = self._dates(name, cell, draft).days
                return days[-1] if days else None
        return None

    def _dates(self, name: str, cell: str, draft: _Draft) -> Found:
        found = self._days[name][cell]
        if found.asks:
            self.questions[found.asks] = None
            draft.why = draft.why or text(f"importing.skipped.{found.asks}", value=cell, column=name)
        elif not found.is_read:
            draft.kept.append((name, cell, "no_day"))
        return found

    def _status(self, name: str, cell: str, day: str | None, draft: _Draft) -> None:
        dated = self._dated(cell)
        for written, words in dated:
            self._said(name, words, self._day(name, written, draft), draft)
        if not dated:
            self._said(name, cell, day, draft)

    def _day(self, name: str, written: str, draft: _Draft) -> str | None:
        days = self._dates(name, written, draft).days if written else ()
        return days[0] if days else None

    def _said(self, name: str, cell: str, day: str | None, draft: _Draft) -> None:
        told = self._meaning(cell)
        if told is None:
            self._ask(name, cell, draft)
            return
        if not is_blank(cell):
            self.statuses[cell] = " ".join(told) or "nothing"
        dated = max((at for at, status in enumerate(told) if status.kind), default=len(told) - 1)
        for at, (written, status) in enumerate(self._steps(cell, told)):
            self._add(status, written, name, day if at == dated else None, draft)

    def _add(self, status: Status, written: str, name: str, day: str | None, draft: _Draft) -> None:
        if status is Status.NOT_YET:
            draft.why = draft.why or text("importing.skipped.not_yet", value=written, column=name)
        elif status is Status.APPLIED and day:
            draft.applied.append(day)
        elif status.kind:
            self._happened(status.kind, day, _note(written, status.kind), name, draft)

    def _happened(self, kind: EventKind, day: str | None, note: str | None, name: str, draft: _Draft) -> None:
        if day and kind in _REMINDERS and day > self._today:
            draft.kept.append((name, day, "reminder"))
        else:
            draft.events.append((str(kind), day, note))

    def _history(self, name: str, cell: str, draft: _Draft) -> None:
        told = read_history(cell)
        if told is None and is_answered(cell, self.given):
            self._status(name, cell, None, draft)
            return
        if told is None:
            self._ask(name, cell, draft)
            return
        for day, written in told:
            self._said(name, written, self._day(name, day, draft), draft)

    def _applied(self, name: str, cell: str, draft: _Draft) -> None:
        word = plain(cell) or cell
        if not cell:
            return
        if word in index("values", "no") and not is_blank(cell):
            draft.why = draft.why or text("importing.skipped.not_yet", value=cell, column=name)
        elif word not in index("values", "yes"):
            days = self._dates(name, cell, draft).days
            draft.events += [(str(EventKind.APPLIED), day, None) for day in days[1:]]

    def _stage(self, name: str, column: Column, cell: str, draft: _Draft) -> None:
        kind, word = EventKind(str(column)), plain(cell) or cell
        note = _note(_undated(name), kind)
        if is_blank(cell) or word in index("values", "no", "no_day"):
            return
        if word in index("values", "yes") or (cell.isdecimal() and len(cell) < 3):
            draft.events.append((str(kind), None, note))
        elif self._days[name][cell].days or self._days[name][cell].asks:
            for day in self._dates(name, cell, draft).days:
                self._happened(kind, day, note, name, draft)
        else:
            self._stage_words(name, kind, cell, note, draft)

    def _stage_words(self, name: str, kind: EventKind, cell: str, note: str | None, draft: _Draft) -> None:
        dated = dated_steps(cell)
        for written, words in dated:
            self._stage_step(name, kind, words, self._day(name, written, draft), draft)
        if not dated and is_inexact(cell):
            draft.events.append((str(kind), None, note))
            draft.kept.append((name, cell, "no_day"))
        elif not dated:
            self._said(name, cell, None, draft)

    def _stage_step(self, name: str, kind: EventKind, words: str, day: str | None, draft: _Draft) -> None:
        """Take a day in the column of a stage for one of the stage, unless its words say something else, or doubt."""
        doubts = index("values", "doubt")
        if self._meaning(words) is None and not any(word in doubts for word in plain(words).split()):
            self._happened(kind, day, words, name, draft)
        else:
            self._said(name, words, day, draft)

    def _ask(self, name: str, cell: str, draft: _Draft) -> None:
        self.unknown[cell] = None
        draft.why = draft.why or text("importing.skipped.unknown_status", value=cell, column=name)


def _dated(given: Mapping[str, Meaning], cell: str) -> tuple[Step, ...]:
    """Give the steps of a status with days in it, unless the person says what all of it means."""
    return () if is_answered(cell, given) else dated_steps(cell)


def is_inexact(cell: str) -> bool:
    """Tell whether a cell of a stage names a time, though not one day: “Before 2025-01-24”, “8/82019”."""
    digits = sum(letter.isdigit() for letter in cell)
    return digits >= 3 and meaning(cell, {}) is None


def _note(written: str, kind: EventKind) -> str | None:
    """Keep the person's own words, unless they say no more than the kind does."""
    return None if plain(written) == plain(str(kind)) else written


def _undated(heading: str) -> str:
    words = [word for word in heading.split() if plain(word) not in ("date", "on", "datum", "fecha")]
    return " ".join(words) or heading
