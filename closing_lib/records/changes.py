"""The journal of changes: for each row that the person's work touched, what it held before.

What one call or one transaction did is one change set. A draw, an attempt and a registration stay as they were made, so
of them only that is noted which goes along with something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from closing_lib.records.connection import Connection, transaction
from closing_lib.records.errors import LogError

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
DAYS = 30  # for which what was done can be undone, and what was deleted brought back
AT_MOST = f"-{DAYS} days"
AGO = "strftime('%Y-%m-%dT%H:%M:%fZ', ?, ?)"  # the time so many days before another
NOTED = ("application", "interview", "event", "assessment", "intake")  # what is noted when it is added
# What goes when something is deleted, each after what it belongs to.
BELONGS = {
    "intake": None,
    "application": None,
    "interview": "application",
    "event": "application",
    "assessment": "interview",
    "attempt": None,
    "registration": None,
}
_DRAWN_FOR = ("application", "interview")
_AS_IS = '"{}"'
_AS_JSON = {"BLOB": 'hex("{}")', "REAL": 'json(quote("{}"))'}  # all digits, where JSON of SQLite's own has 15
# What was deleted, and has not been brought back since.
GONE = """deed = 'deleted' AND NOT EXISTS (SELECT 1 FROM change AS later
    WHERE later.record = gone.record AND later.number = gone.number AND later.change > gone.change)"""


class Column(NamedTuple):
    """A column of a table, as SQLite tells it."""

    name: str
    kind: str
    is_required: bool
    default: str | None


def columns_of(db: Connection, table: str) -> list[Column]:
    """Give the columns of a table, without its number."""
    found = (Column(str(row[1]), str(row[2]), bool(row[3]), row[4]) for row in db.run(f"PRAGMA table_info({table})"))
    return [one for one in found if one.name != table]


def note_added(db: Connection, record: str, number: int) -> None:
    """Note that a row was added."""
    if record in NOTED:
        note(db, ADDED, record, f"SELECT {record}, NULL FROM {record} WHERE {record} = ?1", number)  # noqa: S608  # names of our own tables


def note_changed(db: Connection, record: str, condition: str, number: int) -> None:
    """Note what rows hold that are about to be changed; in the condition, ``?1`` is the number."""
    note(db, CHANGED, record, _held(db, record, condition), number)


def note_deleted(db: Connection, roots: Mapping[str, str], number: int) -> None:
    """Note what rows hold that are about to be deleted, and all that goes with them.

    Parameters
    ----------
    db : Connection
        Where a transaction is open.
    roots : mapping of str to str
        The tables that rows are deleted from, each with the condition on which one is, in which ``?1`` is the number.
    number : int
        The number.
    """
    for table in BELONGS:
        note(db, DELETED, table, _held(db, table, _goes(table, roots)), number)
    came = roots.get("draw", "")
    note(db, DELETED, "draw", _held(db, "draw", came), number)
    lost = " OR ".join(_among(of, goes) for of in _DRAWN_FOR if (goes := _goes(of, roots)))
    stays = f"({lost})" + (f" AND ({came}) IS NOT TRUE" if came else "") if lost else ""
    note(db, CHANGED, "draw", _held(db, "draw", stays), number)


def with_import() -> dict[str, str]:
    """Give all that goes with the import ``?1``."""
    return dict.fromkeys((*BELONGS, "draw"), "intake = ?1")


def note(db: Connection, deed: str, record: str, query: str, number: int) -> None:
    """Note what was done to the rows whose numbers a query gives, with what they held; ``?1`` in it is the number."""
    if not query:
        return
    changeset, made_at = db.changeset, db.changed_at
    if not changeset:
        changeset, made_at = int(db.run("SELECT coalesce(max(changeset), 0) + 1 FROM change")[0][0]), db.now()
    db.run(
        f"""INSERT INTO change (changeset, record, deed, undoes, made_at, number, before)
            SELECT ?2, ?3, ?4, ?5, ?6, * FROM ({query} ORDER BY 1)""",  # noqa: S608  # as above
        [number, changeset, record, deed, db.undoes, made_at],
    )
    if db.run("SELECT changes()")[0][0]:
        db.changeset, db.changed_at = changeset, made_at


def row_before(db: Connection, record: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a row held as it is stored: all that the log has a column for, empty or not."""
    held: dict[str, Any] = {}
    for column in columns_of(db, record):
        value = before.get(column.name)
        if value is not None or not column.is_required:
            held[column.name] = bytes.fromhex(value) if column.kind == "BLOB" and value is not None else value
    return held


def forget(db: Connection, now: str, days: int) -> None:
    """Delete all that is noted of rows that were deleted so many days ago; the file overwrites it."""
    db.run(
        f"""DELETE FROM change WHERE (record, number) IN (
            SELECT record, number FROM change AS gone WHERE {GONE} AND made_at <= {AGO})""",  # noqa: S608  # our own text
        [now, f"-{days} days"],
    )


def forget_due(db: Connection, now: Callable[[], str]) -> None:
    """Delete what was deleted 30 days ago, as far as the file may be written to."""
    with suppress(LogError):
        if not db.run("SELECT 1 FROM change WHERE deed = 'deleted' LIMIT 1"):
            return
        due = f"SELECT 1 FROM change AS gone WHERE {GONE} AND made_at <= {AGO} LIMIT 1"  # noqa: S608  # as above
        if db.run(due, [now(), AT_MOST]):
            with transaction(db):
                forget(db, now(), DAYS)


def _goes(table: str, roots: Mapping[str, str]) -> str:
    """Give the condition on which rows go when the roots are deleted; empty where none does."""
    own = [roots[table]] if table in roots else []
    of = BELONGS[table]
    if of and (goes := _goes(of, roots)):
        own.append(_among(of, goes))
    return " OR ".join(f"({one})" for one in own)


def _among(record: str, condition: str) -> str:
    return f"{record} IN (SELECT {record} FROM {record} WHERE {condition})"  # noqa: S608  # names of our own tables


def _held(db: Connection, table: str, condition: str) -> str:
    """Give the query for what rows hold: their numbers, and as JSON all else that is not empty."""
    if not condition:
        return ""
    cells = ", ".join(
        f"'{one.name}', {_AS_JSON.get(one.kind, _AS_IS).format(one.name)}" for one in columns_of(db, table)
    )
    return f"SELECT {table}, json_patch('{{}}', json_object({cells})) FROM {table} WHERE {condition}"  # noqa: S608  # as above
