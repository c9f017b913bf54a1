"""Undo: take back what was changed last, bring back what was deleted, and the history of changes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from closing_lib.arguments import Count, validate_call
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.records.changes import ADDED, CHANGED, DAYS, DELETED, GONE, forget, is_due, row_before
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError, trouble
from closing_lib.records.imports import DIGEST, brought_before
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, delete, insert, replace, select
from closing_lib.records.values import whole

if TYPE_CHECKING:
    import pandas as pd

MERGED = "merged"
_TELLING = ("interview", "event", "assessment", "application", "intake")  # what says most of what was added
_OF = {"interview": "application", "event": "application", "assessment": "interview"}
# The last change that was neither undone nor an undo. A draw stays, so it is nothing to undo.
_LAST = """SELECT changeset FROM change AS one WHERE undoes IS NULL AND record <> 'draw'
    AND NOT EXISTS (SELECT 1 FROM change WHERE undoes = one.changeset) ORDER BY change DESC LIMIT 1"""


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
        What the row held before, by column as it is stored; None for one that was added.
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
            found = db.run(_LAST)
            return _changeset(db, _rows(db, found[0][0])) if found else None

    @validate_call
    def undo(self, number: int | None = None) -> str:
        """Take back the last change that was made to applications, interviews, assessments, events and imports.

        Called again, it takes back the one before. What an outcome has locked stays locked, a draw stays, and what was
        tried or registered stays.

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
            found = db.run(_LAST)
            if not found:
                raise LogError(text("changes.trouble.nothing", name=db.name))
            if number not in (None, found[0][0]):
                raise LogError(text("changes.trouble.not_last", name=db.name))
            rows = _rows(db, found[0][0])
            _begin(db, undoes=found[0][0])
            _put_back(db, rows)
            told = _changeset(db, rows)  # named as it is now
        return text(f"changes.undone.{told.deed}", what=told.what)

    def deleted(self) -> tuple[ChangeSet, ...]:
        """Give what was deleted in the last 30 days and can be brought back, the latest first."""
        with self._file.reading() as db:
            found = db.run(f"SELECT DISTINCT changeset FROM change AS gone WHERE {GONE} ORDER BY 1 DESC")  # noqa: S608  # our own text
            sets = [_rows(db, number) for (number,) in found]
            return tuple(_changeset(db, rows) for rows in sets if _is_deletion(rows))

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
            _put_back(db, _rows(db, wanted))
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
            ``made_at`` (datetime64, UTC), ``before`` (str, as JSON; missing for what was added).
        """
        from closing_lib.records.frames import column, frame  # noqa: PLC0415  # pandas is slow to load

        rows = self.rows(ChangeRow)
        held = [None if row.before is None else json.dumps(dict(row.before), ensure_ascii=False) for row in rows]
        return frame(ChangeRow, rows).assign(before=column(held, str | None))

    def _forget_what_is_due(self) -> None:
        with suppress(LogError):  # the log is open; one that may only be read keeps it until it may be written
            with self._file.reading() as db:
                has_some = is_due(db, self._now)
            if has_some:
                self.forget_deleted(DAYS)


def _rows(db: Connection, number: int) -> tuple[ChangeRow, ...]:
    """Give what a change set did to each row, without what it did to a row a second time."""
    first: dict[tuple[str, int], ChangeRow] = {}
    for row in select(db, ChangeRow, {"changeset": number}):
        first.setdefault((row.record, row.number), row)
    return tuple(first.values())


def _begin(db: Connection, undoes: int | None) -> None:
    """Make what follows a change set of its own."""
    db.changeset, db.undoes = 0, undoes


def _is_deletion(rows: tuple[ChangeRow, ...]) -> bool:
    return all(row.deed == DELETED or row.record == "draw" for row in rows)


# --- What was before


def _put_back(db: Connection, rows: tuple[ChangeRow, ...]) -> None:
    """Make each row what it was before: what was deleted first, since others may belong to it."""
    for row in rows:
        if row.before is not None and not _is_there(db, row.record, row.number):
            insert(db, row.record, _coming_back(db, row))
    for row in rows:
        if row.deed == CHANGED:
            _change_back(db, row)
    for row in rows:
        if row.before is None and _is_there(db, row.record, row.number):  # it may have gone with what it belongs to
            delete(db, row.record, row.number)


def _coming_back(db: Connection, row: ChangeRow) -> dict[str, Any]:
    values = row_before(db, row.record, row.before or {})
    of = _OF.get(row.record)
    if of and not _is_there(db, of, values[of]):
        raise LogError(text("changes.trouble.without", what=_named(db, of, values[of])))
    if row.record == "intake":
        _require_not_again(db, values["digests"])
    elif values.get("intake") and not _is_there(db, "intake", values["intake"]):
        values["intake"] = None  # its import has been taken back since
    if row.record == "assessment" and not values["locked_at"]:
        known = db.run("SELECT 1 FROM outcome WHERE interview = ?", [values["interview"]])
        values["locked_at"] = db.now() if known else None  # it was answered before, so not in hindsight
    return values


def _require_not_again(db: Connection, digests: bytes) -> None:
    known = brought_before(db)
    for at in range(0, len(digests), DIGEST):
        if found := known.get(digests[at : at + DIGEST]):
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


def _is_there(db: Connection, record: str, number: int) -> bool:
    return bool(db.run(f"SELECT 1 FROM {record} WHERE {record} = ?", [number]))  # noqa: S608  # names of our own tables


# --- How it is called


def _changeset(db: Connection, rows: tuple[ChangeRow, ...]) -> ChangeSet:
    deeds = {row.deed for row in rows if row.record != "draw"}
    deed = MERGED if {CHANGED, DELETED} <= deeds else ADDED if ADDED in deeds else rows[0].deed
    added = (row for row in rows if row.deed == ADDED)
    main = min(added, key=lambda row: _TELLING.index(row.record)) if deed == ADDED else rows[0]
    what = _named(db, main.record, main.number)
    more = sum(row.record != "draw" for row in rows) - 1
    if deed == DELETED and more:
        what = text("changes.with_more", what=what, n=more)
    return ChangeSet(main.changeset, deed, what, main.made_at)


def _named(db: Connection, record: str, number: int) -> str:
    """Name a row by what it holds, or held last."""
    held = _last_held(db, record, number)
    if record == "intake":
        return text("changes.import", file=held["file"])
    if record == "application":
        return ", ".join(filter(None, (held.get("company"), held.get("role"))))
    parts = [_named(db, _OF[record], held[_OF[record]])]
    if record == "interview":
        parts += [text(f"log_forms.interview.round_options.{held['round']}"), _day(held["held_on"])]
    elif record == "event":
        parts += [text(f"log_forms.event.kind_options.{held['kind']}"), _day(held["on"])]
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


def _day(stored: str | None) -> str:
    return day(dt.date.fromisoformat(stored)) if stored else ""
