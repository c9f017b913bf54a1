"""The rows of a table as applications and events: what each says, or why it cannot be taken as it is."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import pairwise

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.words import index, layouts, plain
from closing_lib.models import EventKind
from closing_lib.records.application_key import parted, spelt
from closing_lib.records.importing.changes import as_changes
from closing_lib.records.importing.columns import Column, Mapped, group_of, names_a_day
from closing_lib.records.importing.dates import blanks
from closing_lib.records.importing.days import Days, Settled, day_beside, fill_years, in_year, settle
from closing_lib.records.importing.histories import dated_steps, read_history
from closing_lib.records.importing.merging import row_digest
from closing_lib.records.importing.report import FIRST, FirstRow, Remark, Skipped
from closing_lib.records.importing.row_events import NOTHING, Entry, Event, RowEvents, Told
from closing_lib.records.importing.statuses import Meaning, Status, meaning
from closing_lib.records.importing.table import Table

_YEAR = re.compile(r"(19|20)\d\d")
_LONG = 400  # days between applying and what came of it that are worth a second look


@dataclass
class Reading:
    """What reading a table has brought to light."""

    entries: list[Entry] = field(default_factory=list)
    first: list[FirstRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    questions: dict[str, None] = field(default_factory=dict)
    identity: tuple[str, ...] = ()  # the headings of the cells that tell jobs apart; of what the log keeps anyway, none
    has_own_days: bool = True  # whether the days are said to be those of applying, and not of anything


@dataclass(frozen=True)
class Answers:
    """What the person tells beside the file."""

    statuses: Mapping[str, Meaning]
    day_first: bool | None = None
    year: int | None = None


def read_rows(table: Table, mapped: Mapped, answers: Answers) -> Reading:
    """Read all rows of a table; each is among the entries or the skipped."""
    reading = Reading(skipped=list(table.skipped), remarks=list(table.remarks))
    if Column.COMPANY not in mapped.values():
        return _without_company(table, reading)
    _Rows(table, mapped, answers, reading).read()
    reading.first += [_first(entry) for entry in reading.entries[:FIRST]]
    return reading


def _without_company(table: Table, reading: Reading) -> Reading:
    reading.questions["company"] = None
    reason = text("importing.skipped.no_company_column")
    reading.skipped += [Skipped(line, reason) for line in table.lines]
    return reading


class _Rows:
    """The columns of one table, read one by one and put together row by row."""

    def __init__(self, table: Table, mapped: Mapped, answers: Answers, reading: Reading) -> None:
        self.table, self.reading = table, reading
        self.layout = _layout_of(table)
        self.mapped = {name: column for name, column in mapped.items() if column}
        self.cells = {
            name: [row[at].strip() for row in table.rows]
            for at, name in enumerate(table.columns)
            if name in self.mapped
        }
        self._events = [name for name, column in self.mapped.items() if column.tells_events]
        self.days = self._days(_day_order_told(answers, self.layout), answers.year)
        self.events = RowEvents(self.mapped, self.days, answers.statuses)

    def read(self) -> None:
        companies = self._text(Column.COMPANY)
        sources = self._text(Column.SOURCE)
        if (default := self.layout.get("source")) and Column.SOURCE not in self.mapped.values():
            sources = [str(default)] * len(companies)
        told = self._told()
        days = self._applied(told)
        notes = self._notes(told)
        roles, parts = self._text(Column.ROLE), [*map(parted, companies)]
        rows = zip(
            self.table.lines,
            companies,
            roles,
            days,
            sources,
            notes,
            told,
            map(row_digest, self.table.rows),
            zip((name for name, _ in parts), map(spelt, roles), strict=True),
            self._identities((source or "" for source in sources), (form for _, form in parts)),
            strict=True,
        )
        self._sort_out(self._by_changes([*map(Entry._make, rows)]))
        remarks = cache(partial(_remarks, today().isoformat()))  # rows of the same days are looked at once
        self.reading.remarks += [
            Remark(entry.line, said)
            for entry in self.reading.entries
            for said in remarks(entry.applied_on, entry.told.events)
        ]
        self.reading.statuses |= self.events.statuses
        self.reading.unknown |= self.events.unknown
        self.reading.questions |= self.events.questions

    def _days(self, day_first: bool | None, year: int | None) -> dict[str, Days]:
        columns = {name: self.cells[name] for name, column in self.mapped.items() if _has_days(column)}
        settled = self._settled(columns, day_first)
        if self._fill_years(columns, settled.days, year):
            settled = self._settled(columns, day_first)
        if not year and self._fill_words(columns, settled.days):
            settled = self._settled(columns, day_first)
        for name, cell, day in settled.guesses:
            said = text("importing.remark.guessed_order", value=cell, column=name, day=day)
            self.reading.remarks.append(Remark(0, said))
        return {name: in_year(days, year) if year else days for name, days in settled.days.items()}

    def _settled(self, columns: Mapping[str, list[str]], day_first: bool | None) -> Settled:
        within = {name: _days_within(self.cells[name], column) for name, column in self.mapped.items()}
        whole = {name: [*columns.get(name, ()), *days] for name, days in within.items() if name in columns or days}
        return settle(whole, day_first, today(), self._named(Column.APPLIED_ON))

    def _fill_years(self, columns: dict[str, list[str]], days: dict[str, Days], year: int | None) -> bool:
        changed = fill_years(columns, days, year)
        for one in changed:
            self._guessed_year(*one)
        return bool(changed)

    def _guessed_year(self, at: int, name: str, before: str, after: str) -> None:
        said = text("importing.remark.guessed_year", value=before, column=name, day=after)
        self.reading.remarks.append(Remark(self.table.lines[at], said))

    def _fill_words(self, columns: dict[str, list[str]], days: Mapping[str, Days]) -> bool:
        """Write the day, with its year, into statuses and histories with one day that names none."""
        asking = [name for name in days if any(found.asks == "year" for found in days[name].values())]
        changed = False
        for name in asking:
            for at, cell in enumerate(self.cells[name]):
                within = _days_within([cell], self.mapped[name])
                day = day_beside(days[name][within[0]], at, columns, days) if len(within) == 1 else ""
                if day:
                    self.cells[name][at] = cell.replace(within[0], day, 1)
                    self._guessed_year(at, name, within[0], day)
                    changed = True
        return changed

    def _named(self, wanted: Column) -> list[str]:
        return [name for name, column in self.mapped.items() if column is wanted]

    def _text(self, column: Column) -> list[str | None]:
        nothing = blanks()
        for name in self._named(column):
            return [None if cell.lower() in nothing else cell for cell in self.cells[name]]
        return [None] * len(self.table.rows)

    def _told(self) -> list[Told]:
        if not self._events:
            return [NOTHING] * len(self.table.rows)
        columns = [self._worth_a_look(name) for name in self._events]
        return [self.events.told(cells) for cells in zip(*columns, strict=True)]

    def _worth_a_look(self, name: str) -> list[str]:
        """Leave out the usual days of applying, which tell of no event: so few rows differ, and each is read once."""
        if self.mapped[name] is not Column.APPLIED_ON:
            return self.cells[name]
        usual = {cell: "" if len(found.days) == 1 else cell for cell, found in self.days[name].items()}
        return [usual[cell] for cell in self.cells[name]]

    def _applied(self, told: Sequence[Told]) -> list[str | None]:
        for name in self._named(Column.APPLIED_ON):
            days = self.days[name]
            first = {cell: found.days[0] if found.days else None for cell, found in days.items()}
            return [first[cell] or one.applied_on for cell, one in zip(self.cells[name], told, strict=True)]
        return [one.applied_on for one in told]

    def _notes(self, told: Sequence[Told]) -> list[str | None]:
        nothing = blanks()
        names = self._named(Column.NOTE)
        if len(names) == 1 and not any(one.kept for one in self.events.seen):
            return [None if cell.lower() in nothing else cell for cell in self.cells[names[0]]]
        notes: list[str | None] = []
        for at, one in enumerate(told):
            cells = [(name, self.cells[name][at]) for name in names]
            parts = [
                cell if number == 0 else text("importing.note.kept", column=name, value=cell)
                for number, (name, cell) in enumerate(cells)
                if cell.lower() not in nothing
            ]
            parts += [text("importing.note.kept", column=name, value=cell) for name, cell, _ in one.kept]
            notes.append("\n".join(parts) or None)
        return notes

    def _identities(self, *kept: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Give what tells the jobs of one company apart, row by row; last, what the log keeps anyway."""
        nothing = blanks()
        columns = [at for at, name in enumerate(self.table.columns) if self._is_identity(name)]
        self.reading.identity = (*(self.table.columns[at] for at in columns), *[""] * len(kept))
        cells = (["" if row[at].lower() in nothing else row[at].strip() for row in self.table.rows] for at in columns)
        return zip(*cells, *kept, strict=True)

    def _is_identity(self, name: str) -> bool:
        return name not in self.mapped and group_of(name) == "identity"

    def _by_changes(self, entries: list[Entry]) -> list[Entry]:
        """Read a list in which each row is a change of a status, with the day of it under a heading such as “Date”."""
        self.reading.has_own_days = not any(map(names_a_day, self._named(Column.APPLIED_ON)))
        is_certain = bool(self._named(Column.TO_STATUS))
        is_likely = not self.reading.has_own_days and self._named(Column.STATUS) and not self._named(Column.STATUS_ON)
        if not is_certain and not is_likely:
            return entries
        statuses = self.cells[(self._named(Column.TO_STATUS) or self._named(Column.STATUS))[0]]
        said = [(meaning(cell, self.events.given) or ())[:1] == (Status.APPLIED,) for cell in statuses]
        running = {at for at, name in enumerate(self.reading.identity) if self._runs(name)}
        return as_changes(entries, said, running, is_certain=is_certain)

    def _runs(self, heading: str) -> bool:
        """Tell whether a column numbers the rows."""
        at = self.table.columns.index(heading) if heading else 0
        cells = [row[at].strip() for row in self.table.rows]
        return all(map(str.isdecimal, cells)) and all(int(after) - int(one) == 1 for one, after in pairwise(cells))

    def _sort_out(self, entries: Iterable[Entry]) -> None:
        saved = [at for at, name in enumerate(self.table.columns) if group_of(name) == "saved"]
        for entry in entries:
            why = self._no_application(entry, saved) or entry.told.why
            if why:
                self.reading.skipped.append(Skipped(entry.line, why))
                continue
            self.reading.entries.append(entry)
            for name, cell, said in entry.told.kept:
                self.reading.remarks.append(
                    Remark(entry.line, text(f"importing.remark.{said}", value=cell, column=name))
                )

    def _no_application(self, entry: Entry, saved: Sequence[int]) -> str:
        """Say why a row is no application: it names no company, or is a heading, a total, or a job that was saved."""
        if not entry.company:
            return text("importing.skipped.no_company")
        if entry.applied_on or entry.told.events or (not saved and not _is_label(entry)):
            return ""
        at = bisect_left(self.table.lines, entry.line)
        if any(letter.isalpha() for name in self._events for letter in self.cells[name][at]):
            return ""
        if _is_label(entry):
            return text("importing.skipped.label", value=entry.company)
        return text("importing.skipped.saved") if any(self.table.rows[at][one].strip() for one in saved) else ""


def _is_label(entry: Entry) -> bool:
    """Tell whether a row has a month or “Total” in place of a company, and nothing beside it but figures."""
    if any(map(str.isalpha, entry.role or "")):
        return False
    words, known = plain(entry.company).split(), _label_words()
    if len(words) == 1 and _YEAR.fullmatch(words[0]):
        return True
    return not known.isdisjoint(words) and all(word in known or word.isdecimal() for word in words)


@cache
def _label_words() -> frozenset[str]:
    return frozenset([*index("calendar", *map(str, range(1, 13))), *index("values", "label")])


def _days_within(cells: Iterable[str], column: Column) -> list[str]:
    """Give the days that stand among the words of statuses and histories, as they are written."""
    if not column.tells_events or column in (Column.APPLIED_ON, Column.STATUS_ON):
        return []
    read = read_history if column is Column.HISTORY else dated_steps
    return [day for cell in dict.fromkeys(cells) for day, _ in read(cell) or () if day]


def _remarks(now: str, applied: str | None, events: Sequence[Event]) -> tuple[str, ...]:
    """Say what is strange about the days of a row: before the day of applying, years after it, or ahead."""
    ahead = [text("importing.remark.applied_ahead", day=applied)] if applied and applied > now else []
    strange = [
        text(f"importing.remark.{why}", what=text(f"importing.status.{kind}"), day=day, applied_on=applied)
        for kind, day, _ in events
        if (why := _why_strange(kind, day, applied, now))
    ]
    return (*ahead, *strange)


def _why_strange(kind: str, day: str | None, applied: str | None, now: str) -> str:
    """Give the name of the remark that a day of an event is worth; empty where it is as usual."""
    if not day:
        return ""
    if applied and day < applied:
        return "before_applying"
    if applied and (dt.date.fromisoformat(day) - dt.date.fromisoformat(applied)).days > _LONG:
        return "years_later"
    return "ahead" if day > now and kind != EventKind.INTERVIEW else ""


def _has_days(column: Column) -> bool:
    return column in (Column.APPLIED_ON, Column.STATUS_ON) or column.is_stage


def _first(entry: Entry) -> FirstRow:
    events = tuple((kind, day) for kind, day, _ in entry.told.events)
    return FirstRow(entry.line, entry.company, entry.role, entry.applied_on, events)


def _layout_of(table: Table) -> Mapping[str, object]:
    """Give what is known of a table that a job site exports; nothing for any other."""
    names = {plain(name) for name in table.columns}
    found = (layout for layout in layouts().values() if {plain(str(one)) for one in layout["columns"]} <= names)  # type: ignore[attr-defined]
    return next(found, {})


def _day_order_told(answers: Answers, layout: Mapping[str, object]) -> bool | None:
    """Tell whether the day comes first, where the person or the layout says it."""
    return False if answers.day_first is None and layout.get("month_first") else answers.day_first
