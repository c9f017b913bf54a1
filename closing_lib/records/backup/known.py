"""What the log holds already, beside the records that come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from closing_lib.records.application_key import application_key
from closing_lib.records.backup.columns import KINDS, Record
from closing_lib.records.connection import Connection
from closing_lib.records.rows import given_fields

Key = tuple[object, ...]

# Of each record, the fields that a person fills in, and what else tells one from another.
_ALSO = {
    Record.ASSESSMENT: ("answered_at", "answers", "locked_at"),
    Record.DRAW: ("made_at",),
    Record.ATTEMPT: ("detail", "made_at"),
    Record.REGISTRATION: ("made_at",),
}
_FIELDS = {record: (*given_fields(kind), *_ALSO.get(record, ())) for record, kind in KINDS.items()}


@dataclass(frozen=True, eq=False)
class There:
    """A record of the log: its number, and its fields as they are stored."""

    number: int
    values: Mapping[str, Any]


class Known:
    """The records of a log, each found once: two alike in a file are two in the log.

    Parameters
    ----------
    db : Connection
        The log.
    coming : mapping of Record to collection of int or None
        The numbers that the records of the file have.
    """

    def __init__(self, db: Connection, coming: Mapping[Record, Collection[int | None]]) -> None:
        self._db, self._coming = db, coming
        self._taken: set[There] = set()
        self._by_number: dict[Record, dict[int, There]] = {}
        self._by_key: dict[Record, dict[Key, list[There]]] = {}

    def find(self, record: Record, key: Key | None, number: int | None) -> There | None:
        """Give the record with a key that no other has been found to be; the one with the same number, if there is.

        Parameters
        ----------
        record : Record
            Of which kind.
        key : Key or None
            What it is known by; None: it belongs to something new, so it is not there.
        number : int or None
            Its number in the file.
        """
        self._read(record)
        found = [one for one in self._by_key[record].get(key or (), ()) if one not in self._taken]
        found = found or self._with_other_note(record, key, number)
        if key is None or not found:
            return None
        # What has the number of another record of the file is left for that one.
        best = min(found, key=lambda one: (one.number != number, one.number in self._coming[record], one.number))
        self._taken.add(best)
        return best

    def _with_other_note(self, record: Record, key: Key | None, number: int | None) -> list[There]:
        """Give the event with the same number that differs in its note alone."""
        there = self._by_number[record].get(number or 0)
        if record is not Record.EVENT or key is None or there is None or there in self._taken:
            return []
        return [there] if KEYS[record](there.values)[:3] == key[:3] else []

    def _read(self, record: Record) -> None:
        if record in self._by_key:
            return
        names = _FIELDS[record]
        quoted = ", ".join(f'"{name}"' for name in names)
        rows = self._db.run(f"SELECT {record}, {quoted} FROM {record} ORDER BY 1")  # noqa: S608  # our own names
        there = [There(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]
        self._by_number[record] = {one.number: one for one in there}
        self._by_key[record] = {}
        for one in there:
            self._by_key[record].setdefault(KEYS[record](one.values), []).append(one)


def differing(there: There, values: Mapping[str, Any]) -> list[str]:
    """Name the fields in which a record of the log differs from one that comes; its lock may have come since."""
    return [name for name, value in values.items() if name != "locked_at" and there.values.get(name, value) != value]


def _application_key(values: Mapping[str, Any]) -> Key:
    return application_key(values["company"], values["role"], values["applied_on"])


def _assessment_key(values: Mapping[str, Any]) -> Key:
    if values["corrects"] is None:
        return values["interview"], None
    return values["interview"], values["corrects"], values["answered_at"], values["why"]


def _all_of(*names: str) -> Callable[[Mapping[str, Any]], Key]:
    return lambda values: tuple(values[name] for name in names)


# What a record is known by, from its fields and the numbers of what it belongs to in the log.
KEYS: Mapping[Record, Callable[[Mapping[str, Any]], Key]] = {
    Record.APPLICATION: _application_key,
    Record.INTERVIEW: _all_of("application", "held_on", "round"),
    Record.ASSESSMENT: _assessment_key,
    Record.EVENT: _all_of("application", "kind", "on", "note"),
    Record.DRAW: _all_of("round", "number", "made_at"),  # whatever it is for by now
    Record.ATTEMPT: _all_of("kind", "item", "passed", "detail", "made_at"),
    Record.REGISTRATION: _all_of("kind", "item", "made_at"),
}
