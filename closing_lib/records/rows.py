"""Rows as frozen dataclasses, and the few statements that write and read them: SQL is put together here alone.

The fields of a row are its columns, in the file and in the table shown; their types say what they may hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, fields
from itertools import chain
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar, get_type_hints

from closing_lib.arguments import not_known, shown
from closing_lib.records.changes import note_added, note_changed, note_deleted, with_import
from closing_lib.records.connection import Connection
from closing_lib.records.errors import trouble, unfit
from closing_lib.records.values import Hint, Plain, Unfit, UnknownWord, checked, stored, whole

_BLOCK = 100  # rows in one statement
_PART = 50 * _BLOCK  # rows between two moments in which an interruption can be heeded
DERIVED = MappingProxyType({"derived": True})  # marks a field that is read and never given


@dataclass(frozen=True)
class Row:
    """One row of a log. The field named like its table is its number, which is never given to another row.

    Attributes
    ----------
    TABLE : str
        Its table, and the field that holds its number.
    SOURCE : str
        What it is read from: the table, or a query.
    ORDER : str
        The order in which rows are read.
    """

    TABLE: ClassVar[str]
    SOURCE: ClassVar[str]
    ORDER: ClassVar[str] = "1"


R = TypeVar("R", bound=Row)

_HINTS: dict[type[Row], Mapping[str, Hint]] = {}  # working them out takes longer than reading a row


def hints(kind: type[Row]) -> Mapping[str, Hint]:
    """Give the fields of a row with their types."""
    if kind not in _HINTS:
        known = get_type_hints(kind)
        _HINTS[kind] = MappingProxyType({field.name: known[field.name] for field in fields(kind)})
    return _HINTS[kind]


def given_fields(kind: type[Row]) -> tuple[str, ...]:
    """Give the names of the fields that a person fills in."""

    def is_given(field: Field[Any]) -> bool:
        return field.name != kind.TABLE and "derived" not in field.metadata

    return tuple(field.name for field in fields(kind) if is_given(field))


def check(kind: type[Row], values: Mapping[str, object]) -> dict[str, Plain]:
    """Give the values of fields as they are stored.

    Raises
    ------
    ValueError
        If a field is not known, or may not hold what was given for it.
    """
    _require_known(kind, values, given_fields(kind))
    return {name: checked(name, value, hints(kind)[name]) for name, value in values.items()}


def insert(db: Connection, table: str, values: Mapping[str, object]) -> int:
    """Add a row and give its number."""
    _require_references(db, table, values)
    names, marks = _quoted(values), ", ".join("?" * len(values))
    db.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", [*values.values()])  # noqa: S608  # names of our own fields
    number = int(db.run("SELECT last_insert_rowid()")[0][0])
    note_added(db, table, number)
    return number


def insert_columns(
    db: Connection, table: str, columns: Mapping[str, Sequence[object]], same: Mapping[str, object]
) -> Iterator[int]:
    """Add many rows that refer to what is there: several in each statement, which takes half the time.

    Parameters
    ----------
    db : Connection
        Where a transaction is open.
    table : str
        The table.
    columns : mapping of str to sequence
        The values of all rows, by field.
    same : mapping of str to object
        The fields that are the same in all rows.

    Yields
    ------
    int
        How many rows have been added since the last time, a part of them each time: between the parts, the whole can
        be interrupted.
    """
    constants, width = [*same.values()], len(columns)
    for at in range(0, len(next(iter(columns.values()))), _PART):
        part = [column[at : at + _PART] for column in columns.values()]
        values, rows = [*chain.from_iterable(zip(*part, strict=True))], len(part[0])
        whole = rows // _BLOCK * _BLOCK
        for size, of in ((_BLOCK, range(0, whole, _BLOCK)), (1, range(whole, rows))):
            given = (constants + values[row * width : (row + size) * width] for row in of)
            db.run_many(_insertion(table, same, columns, size), given)
        yield rows


def _insertion(table: str, same: Iterable[str], differing: Iterable[str], rows: int) -> str:
    """Give the statement that adds some rows; what is the same in all of them is given once, before all else."""
    marks = ", ".join([*(f"?{number}" for number, _ in enumerate(same, start=1)), *("?" for _ in differing)])
    return f"INSERT INTO {table} ({_quoted([*same, *differing])}) VALUES {', '.join([f'({marks})'] * rows)}"  # noqa: S608  # as above


def update(db: Connection, table: str, number: int, values: Mapping[str, object]) -> None:
    """Change the values of a row, and count the change."""
    row = require(db, table, number)
    counted = db.run(f"SELECT changes + 1 FROM {table} WHERE {table} = ?", [row])[0][0]  # noqa: S608  # as above
    replace(db, table, row, {**values, "changes": counted})


def replace(db: Connection, table: str, number: int, values: Mapping[str, object]) -> None:
    """Put other values into a row that is there."""
    _require_references(db, table, values)
    note_changed(db, table, f"{table} = ?1", number)
    changes = ", ".join(f'"{name}" = ?' for name in values)
    db.run(f"UPDATE {table} SET {changes} WHERE {table} = ?", [*values.values(), number])  # noqa: S608  # as above


def delete(db: Connection, table: str, number: int) -> None:
    """Delete a row, and what belongs to it."""
    row = require(db, table, number)
    if table == "intake":
        note_deleted(db, with_import(), row)
        for brought in ("event", "application"):  # its other records go with it by themselves
            db.run(f"DELETE FROM {brought} WHERE intake = ?", [row])  # noqa: S608  # as above
    else:
        note_deleted(db, {table: f"{table} = ?1"}, row)
    db.run(f"DELETE FROM {table} WHERE {table} = ?", [row])  # noqa: S608  # as above


def delete_where(db: Connection, table: str, condition: str, number: int) -> None:
    """Delete rows on a condition in which ``?1`` is the number, and what belongs to them."""
    note_deleted(db, {table: condition}, number)
    db.run(f"DELETE FROM {table} WHERE {condition}", [number])  # noqa: S608  # as above


def select(db: Connection, kind: type[R], where: Mapping[str, object]) -> tuple[R, ...]:
    """Read the rows whose fields have these values."""
    types = hints(kind)
    _require_known(kind, where, (kind.TABLE, *given_fields(kind)))
    wanted = [None if value is None else checked(name, value, types[name]) for name, value in where.items()]
    condition = " AND ".join(f'"{name}" IS ?' for name in where) or "1"
    query = f"SELECT {_quoted(types)} FROM {kind.SOURCE} WHERE {condition} ORDER BY {kind.ORDER}"  # noqa: S608  # as above
    found = db.run(query, wanted)
    read = [stored(hint) for hint in types.values()]
    try:
        return tuple(kind(*(of(value) for of, value in zip(read, row, strict=True))) for row in found)
    except Unfit as error:
        raise unfit(db.name, kind.TABLE, error) from error
    except UnknownWord as error:
        raise trouble("unknown", db.name, error=error) from error


def require(db: Connection, table: str, number: object) -> int:
    """Give the number of a row that is there; refuse any other."""
    row = whole(table, number)
    if not db.run(f"SELECT 1 FROM {table} WHERE {table} = ?", [row]):  # noqa: S608  # as above
        raise trouble("no_such", db.name, table=table, number=row)
    return row


def _require_known(kind: type[Row], names: Iterable[str], known: tuple[str, ...]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(not_known(f"{kind.TABLE} has no {shown(name)}", name, known))


def _require_references(db: Connection, table: str, values: Mapping[str, object]) -> None:
    for other in ("application", "interview"):
        if other != table and values.get(other) is not None:  # a draw can be for nothing that is left
            require(db, other, values[other])


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
