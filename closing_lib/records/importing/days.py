"""The days of all columns of a file: their order and their missing years settled, by all that stands in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from closing_lib.records.importing.dates import Cell, Written, read_cell
from closing_lib.records.importing.day_order import day_order


@dataclass(frozen=True)
class Found:
    """What a cell of dates says, after the order of its column is settled.

    Attributes
    ----------
    days : tuple of str
        Its days, as YYYY-MM-DD.
    is_read : bool
        Whether all that it says is in them.
    asks : str or None
        What the person has to tell first: ``"day_first"`` or ``"year"``.
    written : tuple of Written
        Its days as they are written.
    day_first : bool or None
        The order of its column.
    """

    days: tuple[str, ...] = ()
    is_read: bool = True
    asks: str | None = None
    written: tuple[Written, ...] = ()
    day_first: bool | None = None


Columns = Mapping[str, list[str]]  # heading -> cells
Days = Mapping[str, Found]  # cell -> what it says
Dated = tuple[int, str, str, str]  # place of the row, heading, what stood there, the day that it is read as


def settle(columns: Mapping[str, Sequence[str]], day_first: bool | None, today: dt.date) -> dict[str, Days]:
    """Settle what each cell of each column of dates says.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        The cells of each column of dates, by its heading.
    day_first : bool or None
        What the person says of the order; None: the columns tell it, one of them for the others if need be.
    today : datetime.date
        No day of a tracker is expected after this one.

    Examples
    --------
    >>> days = settle({"Applied": ["13/4/2026"], "Reply": ["5/4/2026"]}, None, dt.date(2026, 11, 22))
    >>> days["Reply"]["5/4/2026"].days
    ('2026-04-05',)
    """
    read = {name: {cell: read_cell(cell) for cell in dict.fromkeys(cells)} for name, cells in columns.items()}
    orders = {name: _order(found.values(), today) if day_first is None else day_first for name, found in read.items()}
    told = {order for order in orders.values() if order is not None}
    of_others = told.pop() if len(told) == 1 else None
    for name, found in read.items():
        if orders[name] is None and not _is_mixed(found.values()):
            orders[name] = of_others
    return {
        name: {cell: _found(one, orders[name], None) for cell, one in found.items()} for name, found in read.items()
    }


def fill_years(columns: Columns, days: Mapping[str, Days], year: int | None) -> list[Dated]:
    """Write the day, with its year, into cells that name no year.

    The year is the person's, else that of the nearest day in the same row, else of the next row above or below in the
    same column. Cells are changed in place; those that stay without a year are asked for.
    """
    changed: list[Dated] = []
    for name in columns:
        if any(found.asks == "year" for found in days[name].values()):
            changed += _filled(name, columns, days, year)
    for at, name, _, after in changed:
        columns[name][at] = after
    return changed


def in_year(days: Days, year: int) -> dict[str, Found]:
    """Give what cells say in a year that the person tells, where they name none."""
    told = {cell: next(_with_year(found, None, year), "") for cell, found in days.items() if found.asks == "year"}
    return {cell: Found(tuple(told[cell].split("; "))) if told.get(cell) else found for cell, found in days.items()}


def _filled(name: str, columns: Columns, days: Mapping[str, Days], year: int | None) -> Iterator[Dated]:
    above: dt.date | None = None
    waiting: list[int] = []
    for at, cell in enumerate(columns[name]):
        found = days[name][cell]
        near = _beside(at, columns, days) or above
        if found.asks == "year" and not (near or year):
            waiting.append(at)
        elif found.asks == "year":
            yield from ((at, name, cell, day) for day in _with_year(found, near, year))
        elif found.days:
            above = dt.date.fromisoformat(found.days[-1])
            for before in waiting:
                earlier = columns[name][before]
                yield from ((before, name, earlier, day) for day in _with_year(days[name][earlier], above, None))
            waiting = []


def _beside(at: int, columns: Columns, days: Mapping[str, Days]) -> dt.date | None:
    """Give a day in the same row."""
    found = (days[name][cells[at]].days for name, cells in columns.items())
    return next((dt.date.fromisoformat(one[0]) for one in found if one), None)


def _with_year(found: Found, near: dt.date | None, year: int | None) -> Iterator[str]:
    """Give the days of a cell with the year that brings them nearest to a day; nothing where no year fits."""
    years = [year] if year or not near else [near.year - 1, near.year, near.year + 1]
    tried = [[one.day(found.day_first, one_year) for one in found.written] for one_year in years]
    whole = [[day for day in days if day] for days in tried if all(days)]
    if whole:
        best = min(whole, key=lambda days: abs((days[0] - (near or days[0])).days))
        yield "; ".join(day.isoformat() for day in best)


def _order(cells: Iterable[Cell], today: dt.date) -> bool | None:
    return day_order([day for cell in cells for day in cell.days if day.is_open], today)


def _is_mixed(cells: Iterable[Cell]) -> bool:
    return len({order for cell in cells for day in cell.days if (order := day.order()) is not None}) == 2


def _found(cell: Cell, day_first: bool | None, year: int | None) -> Found:
    days = [day.day(day_first, year) for day in cell.days]
    if None not in days:
        return Found(tuple(day.isoformat() for day in days if day), cell.is_read)
    is_open = any(day.day(day_first, day.year or 2000) is None for day in cell.days)
    return Found((), False, "day_first" if is_open else "year", cell.days, day_first)
