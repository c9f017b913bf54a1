"""The journal of changes: for each row that the person's work touched, what it held before.

What one call or one transaction did is one change set. A draw, an attempt and a registration stay as they were made, so
of them only that is noted which goes along with something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from closing_lib.records.connection import Connection, transaction
from closing_lib.records.errors import LogError

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
DAYS = 30  # for which what was done can be undone, and what was deleted brought back
AT_MOST = f"-{DAYS} days"
AGO = "strftime('%Y-%m-%dT%H:%M:%fZ', ?, ?)"  # the time so many days before another
_NOTED = ("application", "interview", "event", "assessment", "intake")  # what is noted when it is added
# What goes when something is deleted, each after what it belongs to.
_BELONGS = {
    "intake": None,
    "application": None,
    "interview": "application",
    "event": "application",
    "assessment": "interview",
    "attempt": None,
    "registration": None,
}
_DRAWN_FOR = ("application", "interview")
# What was deleted, and has not been brought back since.
GONE = """deed = 'deleted' AND NOT EXISTS (SELECT 1 FROM change AS later
    WHERE later.record = gone.record AND later.number = gone.number AND later.change > gone.change)"""


def note_added(db: Connection, record: str, number: int) -> None:
    """Note that a row was added."""
    if record in _NOTED:
        _note(db, ADDED, record, [(number, None)])


def note_changed(db: Connection, record: str, condition: str, number: int) -> None:
    """Note what rows hold that are about to be changed; in the condition, ``?1`` is the number."""
    _note(db, CHANGED, record, _held(db, record, condition, number))


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
    for table in _BELONGS:
        _note(db, DELETED, table, _held(db, table, _goes(table, roots), number))
    came = roots.get("draw", "")
    _note(db, DELETED, "draw", _held(db, "draw", came, number))
    lost = " OR ".join(_among(of, goes) for of in _DRAWN_FOR if (goes := _goes(of, roots)))
    stays = f"({lost})" + (f" AND ({came}) IS NOT TRUE" if came else "") if lost else ""
    _note(db, CHANGED, "draw", _held(db, "draw", stays, number))


def with_import() -> dict[str, str]:
    """Give all that goes with the import ``?1``."""
    return dict.fromkeys((*_BELONGS, "draw"), "intake = ?1")


def row_before(db: Connection, record: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a row held as it is stored; a column that the log has not any more is left out."""
    types = {str(name): str(kind) for _, name, kind, *_ in db.run(f"PRAGMA table_info({record})")}
    known = {name: value for name, value in before.items() if name in types}
    return {name: bytes.fromhex(value) if types[name] == "BLOB" else value for name, value in known.items()}


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


_WRITER = json.JSONEncoder(ensure_ascii=False, default=bytes.hex)


def _goes(table: str, roots: Mapping[str, str]) -> str:
    """Give the condition on which rows go when the roots are deleted; empty where none does."""
    own = [roots[table]] if table in roots else []
    of = _BELONGS[table]
    if of and (goes := _goes(of, roots)):
        own.append(_among(of, goes))
    return " OR ".join(f"({one})" for one in own)


def _among(record: str, condition: str) -> str:
    return f"{record} IN (SELECT {record} FROM {record} WHERE {condition})"  # noqa: S608  # names of our own tables


def _held(db: Connection, table: str, condition: str, number: int) -> Iterator[tuple[int, str]]:
    if not condition:
        return
    names = [str(name) for _, name, *_ in db.run(f"PRAGMA table_info({table})")]
    rows = db.run(f"SELECT {table}, * FROM {table} WHERE {condition} ORDER BY 1", [number])  # noqa: S608  # our own names
    for found, *row in rows:
        yield found, _WRITER.encode(dict(zip(names, row, strict=True)))


def _note(db: Connection, deed: str, record: str, rows: Iterable[tuple[int, str | None]]) -> None:
    found = [*rows]
    if not found:
        return
    if not db.changeset:
        db.changeset, db.changed_at = int(db.run("SELECT coalesce(max(changeset), 0) + 1 FROM change")[0][0]), db.now()
    same = {"changeset": db.changeset, "record": record, "deed": deed, "undoes": db.undoes, "made_at": db.changed_at}
    names, marks = ", ".join(same), ", ".join("?" * (len(same) + 2))
    sql = f"INSERT INTO change ({names}, number, before) VALUES ({marks})"  # noqa: S608  # as above
    db.run_many(sql, ([*same.values(), *row] for row in found))
