"""What a log's file must be like before anything in it is used: the kit's own tables, and in them what the kit writes.

A view or a trigger that somebody put into a file runs as soon as the table is used; so the schema comes first.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache, lru_cache
from typing import NamedTuple

from closing_lib.content import text
from closing_lib.records.connection import Connection
from closing_lib.records.errors import damaged, pages_damaged, trouble
from closing_lib.records.file_names import shown
from closing_lib.records.schema import Step, draw_person

Schema = Mapping[tuple[str, str], tuple[str, str]]  # type, name -> table, SQL

_LARGEST = 1 << 53  # other programs hold no larger number exactly, and with the last of all no row can be added
# What holds for each value of a column that is not missing, by its type. As SQLite orders them, numbers come before
# texts and texts before bytes; to compare is several times quicker than to ask for the type.
_FITS = {
    "TEXT": "{0} >= '' AND {0} < x''",
    "INTEGER": f"{{0}} > -{_LARGEST} AND {{0}} < {_LARGEST} AND {{0}} = CAST({{0}} AS INTEGER)",
    "REAL": "{0} > -9e999 AND {0} < 9e999",
    "BLOB": "{0} >= x''",
}
# What other programs add to make searching quicker, and what cannot do harm: figures, and indexes of columns.
_HARMLESS = re.compile(
    r"CREATE (TABLE sqlite_stat\d\([\w,]+\)|INDEX [^()]+ ON [^()]+\((?!.*\bCOLLATE\b)[\w\s\",`\[\]]+\))", re.IGNORECASE
)


_BLANKS = re.compile(r"[ \t\n\f\r]+")  # to SQLite, any other blank is a letter


class Shape(NamedTuple):
    """What a format is like: its schema, and for each table the condition on which a row of it does not fit."""

    schema: Schema
    misfits: Mapping[str, str]


@cache
def blank(steps: tuple[Step, ...]) -> bytes:
    """Give the file of an empty log of the format to which these steps lead."""
    with closing(_in_memory()) as db:
        for step in steps:
            step(db)
        db.run(f"PRAGMA user_version = {len(steps)}")
        return db.serialize()


def with_own_number(log: bytes) -> bytes:
    """Give the file of a log the number of another person, by which tallies that are added tell people apart."""
    with closing(_in_memory(log)) as db:
        draw_person(db)
        return db.serialize()


@cache
def shape(steps: tuple[Step, ...]) -> Shape:
    """Give what the format is like to which these steps lead from an empty file."""
    with closing(_in_memory(blank(steps))) as db:
        schema = _schema(db)
        tables = [name for kind, name in schema if kind == "table"]
        return Shape(schema, {name: " OR ".join(_misfits(db, name)) for name in tables})


def _in_memory(file: bytes = b"") -> Connection:
    db = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    if file:
        db.deserialize(file)
    return db


def require_own_schema(db: Connection, steps: tuple[Step, ...]) -> None:
    """Refuse a file that has other tables, views, triggers or indexes than the kit makes.

    Raises
    ------
    LogError
        That names the first of them.
    """
    wanted, found = shape(steps).schema, _schema(db)
    if wanted == found:
        return
    for kind, name in [*wanted, *found]:
        there, ours = found.get((kind, name)), wanted.get((kind, name))
        if there != ours and not (ours is None and there and _HARMLESS.fullmatch(there[1])):
            way = "missing" if there is None else "added" if ours is None else "changed"
            what = text(f"log_trouble.schema.{way}", kind=text(f"log_trouble.schema.{kind}"), named=shown(name))
            raise trouble("changed", db.name, what=what)


def require_sound(db: Connection, steps: tuple[Step, ...]) -> None:
    """Refuse a file whose pages are damaged, or whose rows refer to nothing or hold what the kit cannot have written.

    Raises
    ------
    LogError
        That says what is damaged.
    """
    require_pages(db)
    require_references(db)
    for table, misfit in shape(steps).misfits.items():
        if found := db.run(f"SELECT rowid FROM {table} WHERE {misfit} LIMIT 1"):  # noqa: S608  # names of our own
            raise damaged(db.name, text("log_trouble.wrong_kind", table=table, number=found[0][0]))


def require_pages(db: Connection) -> None:
    """Refuse a file whose pages make no sense."""
    said = str(db.run("PRAGMA integrity_check(1)")[0][0]).replace("\n", " ")
    if said != "ok":
        raise pages_damaged(db.name, said)


def require_references(db: Connection) -> None:
    """Refuse a file in which a row refers to one that is not there."""
    if db.run("PRAGMA foreign_key_check"):
        raise damaged(db.name, text("log_trouble.loose_ends"))


def _schema(db: Connection) -> dict[tuple[str, str], tuple[str, str]]:
    rows = db.run("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {(str(kind), str(name)): (str(table), _spaced(str(sql))) for kind, name, table, sql in rows}


@lru_cache(maxsize=256)  # a log is opened often, and its schema stays the same
def _spaced(sql: str) -> str:
    return _BLANKS.sub(" ", sql).strip(" ")


def _misfits(db: Connection, table: str) -> Iterator[str]:
    if table == "sqlite_sequence":
        yield f"NOT ({_FITS['INTEGER'].format('seq')})"
    for _, name, kind, *_ in db.run(f"PRAGMA table_info({table})"):
        if kind:
            yield "NOT ({})".format(_FITS[kind].format(f'"{name}"'))
