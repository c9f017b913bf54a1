"""The cells of an exported history as what they mean, or why they mean nothing."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.words import index, plain
from closing_lib.models import Choice
from closing_lib.records.attempts import plain_detail
from closing_lib.records.backup.columns import COLUMNS
from closing_lib.records.backup.written import stamp
from closing_lib.records.importing.days import Days, settle
from closing_lib.records.importing.report import RowError
from closing_lib.records.importing.table import Table
from closing_lib.records.values import Hint, checked, is_optional
from closing_lib.records.values import plain as plain_type

_DAYS = [name for name, kind in COLUMNS.items() if kind in (dt.date, dt.datetime)]
_PAST = [name for name in _DAYS if COLUMNS[name] is dt.datetime or name == "applied_on"]
_NUMBER = re.compile(r"\d{1,15}(?:[.,]0+)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(am|pm)?\b", re.IGNORECASE | re.ASCII)


class Cells:
    """Reads cells by the types of their fields.

    Days and times are ISO unless a spreadsheet program has written them anew: those are read as in any tracker, by
    their whole column.

    Parameters
    ----------
    table : Table
        Where they stand.
    day_first : bool or None
        Whether 3/4 is the third of April; None: the columns tell it, or it is asked for.
    year : int or None
        The year of days without one.
    """

    def __init__(self, table: Table, day_first: bool | None, year: int | None) -> None:
        self.questions: dict[str, None] = {}
        self._year = year
        self._days = _days(table, day_first)
        self._read: Mapping[type, Callable[[str, str], Any]] = {
            str: lambda column, cell: checked(column, cell, str | None),
            int: _number,
            float: _share,
            bool: truth,
            dt.date: self._day,
            dt.datetime: self._time,
        }

    def value(self, row: Mapping[str, str], column: str, hint: Hint) -> Any:
        """Give the value in a column of a row, as the log stores it.

        Raises
        ------
        RowError
            If nothing stands there and something has to, or what stands there means nothing.
        """
        cell = row.get(column, "")
        try:
            found = self._found(column, cell, plain_type(hint)) if cell.strip() else None
        except RowError:
            raise
        except (ValueError, OverflowError):
            cannot_stand(column, cell)
        if found is None and not is_optional(hint):
            raise RowError(text("exporting.skipped.empty", column=column))
        return found

    def _found(self, column: str, cell: str, kind: type) -> Any:
        if issubclass(kind, Choice):
            return str(kind(cell.strip().lower()))
        return self._read[kind](column, cell if kind is str else cell.strip())

    def _day(self, column: str, cell: str) -> str:
        exact = _iso(cell)
        return exact.date().isoformat() if exact else self._settled(column, cell)

    def _time(self, column: str, cell: str) -> str:
        exact = _iso(cell)
        return (
            stamp(exact if exact.tzinfo else exact.replace(tzinfo=dt.UTC))
            if exact
            else self._written_anew(column, cell)
        )

    def _written_anew(self, column: str, cell: str) -> str:
        clock = _CLOCK.search(cell)
        if clock is None:
            cannot_stand(column, cell)
        half = (clock[4] or "").lower()
        hour = int(clock[1]) % 12 + 12 * (half == "pm") if half else int(clock[1])
        at = dt.time(hour, int(clock[2]), int(clock[3] or 0))
        return stamp(dt.datetime.combine(dt.date.fromisoformat(self._settled(column, cell)), at, dt.UTC))

    def _settled(self, column: str, cell: str) -> str:
        found = self._days[column][cell]
        if found.asks == "year" and self._year:
            days = [one.day(found.day_first, self._year) for one in found.written]
            return days[0].isoformat() if len(days) == 1 and days[0] else cannot_stand(column, cell)
        if found.asks:
            self.questions[found.asks] = None
            raise RowError(text(f"importing.skipped.{found.asks}", value=cell, column=column))
        return found.days[0] if len(found.days) == 1 and found.is_read else cannot_stand(column, cell)


def cannot_stand(column: str, cell: str) -> NoReturn:
    """Refuse what stands in a cell."""
    raise RowError(text("exporting.skipped.cannot_stand", value=cell, column=column))


def truth(column: str, cell: str) -> bool:
    """Read yes or no, also as a spreadsheet program writes it."""
    word = plain(cell) or cell.strip()
    if word in index("values", "yes"):
        return True
    return False if word in index("values", "no") else cannot_stand(column, cell)


def detail(cell: str) -> str:
    """Read what is kept of an attempt.

    Raises
    ------
    RowError
        If it is not what an attempt can hold.
    """
    try:
        found = json.loads(cell or "{}")
        return json.dumps(plain_detail(found))
    except (ValueError, AttributeError, RecursionError):
        cannot_stand("detail", cell)


def _number(column: str, cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        cannot_stand(column, cell)
    return int(re.split("[.,]", cell)[0])


def _share(column: str, cell: str) -> float:
    found = float(cell.replace(",", "."))
    return found if math.isfinite(found) and 0 <= found <= 1 else cannot_stand(column, cell)


def _days(table: Table, day_first: bool | None) -> dict[str, Days]:
    """Settle the days of those cells that are not ISO."""
    places = {name: at for at, name in enumerate(table.columns) if name in _DAYS}
    anew = {
        name: [cell for row in table.rows if (cell := row[at].strip()) and not _iso(cell)]
        for name, at in places.items()
    }
    return settle(anew, day_first, today(), past=_PAST).days


def _iso(cell: str) -> dt.datetime | None:
    if len(cell) < 10 or cell[4] != "-":
        return None
    try:
        return dt.datetime.fromisoformat(cell)
    except ValueError:
        return None
