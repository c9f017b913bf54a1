"""Undo: take back what was changed last, bring back what was deleted, and the history of changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar, cast

from closing_lib.arguments import Count, validate_call
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.models import EventKind, Round
from closing_lib.records.changes import (
    ADDED,
    AGO,
    AT_MOST,
    BELONGS,
    CHANGED,
    DELETED,
    GONE,
    Column,
    columns_of,
    forget,
    note,
    row_before,
)
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError, trouble, unfit
from closing_lib.records.imports import DIGEST, brought_before
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, delete, replace, select
from closing_lib.records.values import Unfit, UnknownWord, stored, whole

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
MERGED = "merged"
# What says most of what was added; an attempt and a registration come back with their import.
_TELLING = ("interview", "event", "assessment", "application", "intake", "attempt", "registration")
_MAIN = {MERGED: CHANGED}  # by what is named what two became
_OWN = "record <> 'draw'"  # a draw stays, so it is nothing to undo
_OF = {"interview": "application", "event": "application", "assessment": "interview"}
_TABLES = (*BELONGS, "draw")
# Of what a change set did to one row several times, the first tells what was before it.
_FIRST = """changeset = ?1 AND NOT EXISTS (SELECT 1 FROM change AS earlier WHERE earlier.record = change.record
    AND earlier.number = change.number AND +earlier.changeset = ?1 AND earlier.change < change.change)"""
_HELD = """json_extract(before, '$."{}"')"""
_IS_SOUND = "CASE WHEN json_valid(before) THEN json_type(before) END IS 'object'"
# The last change that was neither undone nor an undo; after 30 days, what it deleted is gone for good.
_LAST = f"""SELECT changeset FROM change AS one WHERE undoes IS NULL AND {_OWN} AND made_at > {AGO}
    AND NOT EXISTS (SELECT 1 FROM change WHERE undoes = one.changeset) ORDER BY change DESC LIMIT 1"""  # noqa: S608  # our own text


@dataclass(frozen=True)
class ChangeRow(Row):
    """What was done to one row of the log.

    Attributes
    ----------
    change : int
        Its number.
    changeset : int
        What was done together has one number.
    record : str
        The table: ``"application"``, ``"interview"``, ``"event"``, ``"assessment"``, ``"intake"`` (an import), ...
    number : int
        The number of the row.
    deed : str
        ``"added"``, ``"changed"`` or ``"deleted"``.
    before : mapping or None
        What the row held before, by column as it is stored, without what was empty; None for one that was added.
    undoes : int or None
        The number of the change that it undid.
    made_at : datetime.datetime
        When (UTC).
    """

    TABLE: ClassVar[str] = "change"
    SOURCE: ClassVar[str] = "change"

    change: int
    changeset: int
    record: str
    number: int
    deed: str
    before: Mapping[str, Any] | None = field(metadata=DERIVED)
    undoes: int | None
    made_at: dt.datetime = field(metadata=DERIVED)


class ChangeSet(NamedTuple):
    """What one call or one transaction did.

    Attributes
    ----------
    number : int
        Its number.
    deed : str
        ``"added"``, ``"changed"``, ``"deleted"`` or ``"merged"``.
    what : str
        What it was done to, in the words of the person's language.
    made_at : datetime.datetime
        When (UTC).
    """

    number: int
    deed: str
    what: str
    made_at: dt.datetime

    def __str__(self) -> str:
        return text(f"changes.did.{self.deed}", what=self.what)


class Undo(Part):
    """The part of the log that takes changes back."""

    @property
    def last_change(self) -> ChangeSet | None:
        """What `undo` would take back; None where there is nothing."""
        with self._file.reading() as db:
            found = db.run(_LAST, [self._now(), AT_MOST])
            return _changeset(db, found[0][0]) if found else None

    @property
    def last_own_change(self) -> int | None:
        """The number of the last change that was made through this object; None before."""
        return self._file.changeset

    @property
    def newest_change(self) -> int:
        """The number of the newest change to a row, by anyone, which grows with each; 0 before the first."""
        with self._file.reading() as db:
            return int(db.run("SELECT coalesce(max(change), 0) FROM change")[0][0])

    @validate_call
    def undo(self, number: int | None = None) -> str:
        """Take back the last change that was made to applications, interviews, assessments, events and imports.

        Called again, it takes back the one before, of the last 30 days. What an outcome has locked stays locked; what
        was drawn, tried or registered stays.

        Parameters
        ----------
        number : int or None
            Only this change, and only if it is still the last one.

        Returns
        -------
        str
            What was undone, in a sentence.

        Raises
        ------
        LockedError
            If that would change an assessment whose outcome is known by now.
        LogError
            If there is nothing to undo, or it is not the last change any more.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.delete_event(3)
        >>> log.undo()
        'Undone. Back in your log: Octopus Glove Company, Data analyst · I sent a thank-you · 10 Jul 2026.'
        """
        with self._file.writing() as db:
            found = db.run(_LAST, [self._now(), AT_MOST])
            if not found:
                raise LogError(text("changes.trouble.nothing", name=db.name))
            if number not in (None, found[0][0]):
                raise LogError(text("changes.trouble.not_last", name=db.name))
            _begin(db, undoes=found[0][0])
            _put_back(db, found[0][0])
            told = _changeset(db, found[0][0])  # named as it is now
        return text(f"changes.undone.{told.deed}", what=told.what)

    def deleted(self) -> tuple[ChangeSet, ...]:
        """Give what was deleted in the last 30 days and can be brought back, the latest first."""
        with self._file.reading() as db:
            found = db.run(f"SELECT DISTINCT changeset FROM change AS gone WHERE {GONE} ORDER BY 1 DESC")  # noqa: S608  # our own text
            sets = (_changeset(db, number) for (number,) in found)
            return tuple(one for one in sets if one.deed == DELETED)

    @validate_call
    def bring_back(self, number: int) -> str:
        """Bring back what was deleted, with all that belonged to it.

        An assessment comes back as it was answered; it is locked if its outcome is known by now.

        Parameters
        ----------
        number : int
            Its number, as `deleted` gives it.

        Returns
        -------
        str
            What was brought back, in a sentence.

        Raises
        ------
        LogError
            If nothing of this number can be brought back, or what it belongs to has been deleted too.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.delete_interview(1)
        >>> [str(one) for one in log.deleted()]
        ['Deleted: Left Sock Logistics, Reporting analyst · Screening · 3 Jul 2026, and 1 more that belonged to it.']
        >>> log.bring_back(log.deleted()[0].number)[:12]
        'Brought back'
        """
        with self._file.writing() as db:
            wanted = whole("number", number)
            told = next((one for one in self.deleted() if one.number == wanted), None)
            if told is None:
                raise LogError(text("changes.trouble.not_deleted", name=db.name, number=str(number)))
            _begin(db, undoes=None)
            _require_not_again(db, wanted)
            _put_back(db, wanted)
        return text("changes.brought_back", what=told.what)

    @validate_call
    def forget_deleted(self, days: Count = 0) -> None:
        """Delete for good what was deleted so many days ago or longer, with its history; the file overwrites it.

        What was deleted 30 days ago goes by itself when the log is opened.
        """
        with self._file.writing() as db:
            forget(db, self._now(), days)

    def changes(self) -> pd.DataFrame:
        """Give the history of changes, the first one first.

        Returns
        -------
        pandas.DataFrame
            ``change``, ``changeset`` (int64), ``record`` (str), ``number`` (int64), ``deed`` (str), ``undoes`` (Int64),
            ``made_at`` (datetime64, UTC), ``before`` (str, as JSON, without what was empty; missing for what
            was added).
        """
        from closing_lib.records.frames import column, frame  # noqa: PLC0415  # pandas is slow to load

        rows = self.rows(ChangeRow)
        held = [None if row.before is None else json.dumps(dict(row.before), ensure_ascii=False) for row in rows]
        return frame(ChangeRow, rows).assign(before=column(held, str | None))


def _begin(db: Connection, undoes: int | None) -> None:
    """Make what follows a change set of its own."""
    db.changeset, db.undoes = 0, undoes


# --- What was before


def _put_back(db: Connection, number: int) -> None:
    """Make all that a change set touched what it was before: what others belong to first."""
    db.create_function("bytes_of", 1, bytes.fromhex)
    db.create_function("time_now", 0, db.now)
    touched = {record for (record,) in db.run("SELECT DISTINCT record FROM change WHERE changeset = ?", [number])}
    tables = [table for table in _TABLES if table in touched]
    for table in tables:
        _bring_back(db, table, number)
    changed = {row for (row,) in db.run(f"SELECT change FROM change WHERE {_FIRST} AND deed = 'changed'", [number])}  # noqa: S608  # as above
    for row in select(db, ChangeRow, {"changeset": number}) if changed else ():
        if row.change in changed:
            _change_back(db, row)
    for table in tables:
        added = f"SELECT number FROM change WHERE {_FIRST} AND record = ?2 AND deed = 'added' AND {_is_there(table)}"  # noqa: S608  # as above
        for (row_number,) in db.run(added, [number, table]):
            delete(db, table, row_number)


def _bring_back(db: Connection, table: str, number: int) -> None:
    """Put the rows of a table back that are gone."""
    gone = f"change WHERE {_FIRST} AND record = '{table}' AND deed <> 'added' AND NOT {_is_there(table)}"
    if broken := db.run(f"SELECT before FROM {gone} AND NOT ({_IS_SOUND})", [number]):  # noqa: S608  # as above
        raise unfit(db.name, "change", broken[0][0])
    if of := _OF.get(table):
        parent = _HELD.format(of)
        lost = db.run(f"SELECT {parent} FROM {gone} AND {parent} NOT IN (SELECT {of} FROM {of})", [number])  # noqa: S608  # as above
        if lost:
            raise LogError(text("changes.trouble.without", what=_named(db, of, lost[0][0])))
    columns = columns_of(db, table)
    names = ", ".join(f'"{one.name}"' for one in columns)
    values = ", ".join(_coming_back(table, one) for one in columns)
    note(db, ADDED, table, f"SELECT number, NULL FROM {gone}", number)  # noqa: S608  # as above
    db.run(f"INSERT INTO {table} ({table}, {names}) SELECT number, {values} FROM {gone} ORDER BY 1", [number])  # noqa: S608  # as above


def _coming_back(table: str, column: Column) -> str:
    """Give the expression for what stands in a column of a row that comes back."""
    held = _HELD.format(column.name)
    if column.name == "intake" or (table == "draw" and column.name in ("application", "interview")):
        return f"CASE WHEN {held} IN (SELECT {column.name} FROM {column.name}) THEN {held} END"  # noqa: S608  # as above
    if column.name == "locked_at":  # it was answered before, so not in hindsight
        known = f"{_HELD.format('interview')} IN (SELECT interview FROM outcome)"  # noqa: S608  # as above
        return f"coalesce({held}, CASE WHEN {known} THEN time_now() END)"
    if column.kind == "BLOB":
        return f"bytes_of({held})"
    return f"coalesce({held}, {column.default})" if column.default else held


def _is_there(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {table} = change.number)"  # noqa: S608  # as above


def _require_not_again(db: Connection, number: int) -> None:
    """Refuse an import of which a row has come with another since."""
    known = brought_before(db)
    for row in select(db, ChangeRow, {"changeset": number, "record": "intake", "deed": DELETED}):
        digests = row_before(db, row.record, row.before or {})["digests"]
        again = (known.get(digests[at : at + DIGEST]) for at in range(0, len(digests), DIGEST))
        if found := next(filter(None, again), None):
            raise LogError(text("changes.trouble.again", number=found[0]))


def _change_back(db: Connection, row: ChangeRow) -> None:
    values = row_before(db, row.record, row.before or {})
    if row.record == "draw":
        taken = db.run("SELECT interview FROM draw WHERE draw = ?", [row.number])
        if not taken or taken[0][0] not in (None, values["interview"]):
            return  # it is another interview's by now
    if row.record == "assessment":  # what an outcome has locked stays so; the log refuses to change it
        values.pop("locked_at")
    replace(db, row.record, row.number, values)


# --- How it is called


def _changeset(db: Connection, number: int) -> ChangeSet:
    done = f"FROM change WHERE changeset = ? AND {_OWN}"
    deeds = dict(db.run(f"SELECT deed, count(DISTINCT record || number) {done} GROUP BY deed", [number]))
    is_import = bool(db.run(f"SELECT 1 {done} AND record = 'intake' AND deed = 'added'", [number]))
    is_merge = {CHANGED, DELETED} <= deeds.keys() and not is_import
    deed = MERGED if is_merge else max(deeds, key=(CHANGED, DELETED, ADDED).index)
    rows = db.run(
        f"SELECT record, number, made_at {done} AND deed = ? ORDER BY change", [number, _MAIN.get(deed, deed)]
    )
    record, of, made_at = rows[0] if deed != ADDED else min(rows, key=lambda row: _TELLING.index(row[0]))
    what = _named(db, record, of)
    if deed == DELETED and deeds[deed] > 1:
        what = text("changes.with_more", what=what, n=deeds[deed] - 1)
    return ChangeSet(number, deed, what, _read(db, dt.datetime, made_at))


def _named(db: Connection, record: str, number: int) -> str:
    """Name a row by what it holds, or held last."""
    held = _last_held(db, record, number)
    if record == "intake":
        return text("changes.import", file=held["file"])
    if record == "application":
        return ", ".join(filter(None, (held.get("company"), held.get("role"))))
    parts = [_named(db, _OF[record], held[_OF[record]])]
    if record == "interview":
        which = _read(db, Round, held["round"])
        parts += [text(f"log_forms.interview.round_options.{which}"), _day(db, held["held_on"])]
    elif record == "event":
        parts += [text(f"log_forms.event.kind_options.{_read(db, EventKind, held['kind'])}"), _day(db, held["on"])]
    else:
        parts.append(text("changes.assessment"))
    return " · ".join(filter(None, parts))


def _last_held(db: Connection, record: str, number: int) -> dict[str, Any]:
    names = [str(name) for _, name, *_ in db.run(f"PRAGMA table_info({record})")]
    if found := db.run(f"SELECT * FROM {record} WHERE {record} = ?", [number]):  # noqa: S608  # as above
        return dict(zip(names, found[0], strict=True))
    noted = select(db, ChangeRow, {"record": record, "number": number})
    held = [row.before for row in noted if row.before is not None]
    if not held:
        raise trouble("no_such", db.name, table=record, number=number)
    return row_before(db, record, held[-1])


def _day(db: Connection, held: object) -> str:
    return day(_read(db, dt.date, held)) if held else ""


def _read(db: Connection, kind: type[T], held: object) -> T:
    """Read what a field held; another program may have put anything there."""
    try:
        return cast(T, stored(kind)(held))
    except (Unfit, UnknownWord) as error:
        raise unfit(db.name, "change", error) from error
