"""The days of all columns of a file: their order and their missing years settled, by all that stands in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from closing_lib.records.importing.dates import Cell, Written, read_cell, short_years

_FEW = 5  # days in order are no evidence where there are fewer
_RECENT = range(-3, 2)  # years from today in which a day of a tracker is expected


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
Read = Mapping[str, Mapping[str, Cell]]  # heading -> cell -> its days
Orders = dict[str, bool | None]  # heading -> whether the first comes first, as far as it is known


class Settled(NamedTuple):
    """The days of all columns.

    Attributes
    ----------
    days : mapping of str to Days
        What each cell says, by its column.
    guesses : list of (str, str, str)
        A heading, a cell and its day, where the order of a column is likely and not certain.
    """

    days: dict[str, Days]
    guesses: list[tuple[str, str, str]]


def settle(
    columns: Mapping[str, Sequence[str]], day_first: bool | None, today: dt.date, past: Sequence[str] = ()
) -> Settled:
    """Settle what each cell of each column of dates says.

    A cell that is a day in one order alone tells the order of its column, and else of the others. Without any, an order
    is likely in which alone no day of applying lies ahead, or in which alone the days of a column run steadily.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        The cells of each column of dates, by its heading.
    day_first : bool or None
        What the person says of the order; None: the columns tell it.
    today : datetime.date
        The person's day.
    past : sequence of str
        The columns of which no day is expected after today.

    Examples
    --------
    >>> days, guesses = settle({"Applied": ["13/4/2026"], "Interview": ["5/12/2026"]}, None, dt.date(2026, 11, 22))
    >>> days["Interview"]["5/12/2026"].days, guesses
    (('2026-12-05',), [])
    """
    distinct = {name: [*dict.fromkeys(cells)] for name, cells in columns.items()}
    leads = _spread({name: _year_first(cells, today) for name, cells in distinct.items()})
    read = {name: {cell: read_cell(cell, bool(leads[name])) for cell in cells} for name, cells in distinct.items()}
    orders, likely = (dict.fromkeys(read, day_first), ()) if day_first is not None else _orders(read, today, past)
    days: dict[str, Days] = {
        name: {cell: _found(one, orders[name]) for cell, one in cells.items()} for name, cells in read.items()
    }
    guesses = [
        (name, cell, days[name][cell].days[0])
        for name, cells in read.items()
        for cell in _unsure(cells, name in likely, leads[name])
        if days[name][cell].days
    ]
    return Settled(days, guesses)


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


def day_beside(found: Found, at: int, columns: Columns, days: Mapping[str, Days]) -> str:
    """Give the day that names no year with the one that brings it nearest to another in its row; empty without any."""
    near = _beside(at, columns, days)
    return next(_with_year(found, near, None), "") if near and found.asks == "year" else ""


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


def _orders(read: Read, today: dt.date, past: Sequence[str]) -> tuple[Orders, set[str]]:
    """Give the order of each column, and the columns whose order is likely and not certain."""
    days = {name: [day for cell in cells.values() for day in cell.days] for name, cells in read.items()}
    seen = {name: {order for day in found if (order := day.order()) is not None} for name, found in days.items()}
    certain = _spread({name: next(iter(of)) if len(of) == 1 else None for name, of in seen.items()})
    mixed: Orders = {name: None for name, of in seen.items() if len(of) == 2}
    likely = _spread(
        {
            name: _likely([day for day in found if day.year and day.is_open], today, name in past)
            for name, found in days.items()
        }
        | mixed
    )
    open_ones = {name for name in read if certain[name] is None and name not in mixed}
    return certain | {name: likely[name] for name in open_ones} | mixed, open_ones


def _spread(orders: Orders) -> Orders:
    """Let the columns of which nothing is known have the order of the others, if those agree."""
    told = {order for order in orders.values() if order is not None}
    of_others = told.pop() if len(told) == 1 else None
    return {name: of_others if order is None else order for name, order in orders.items()}


def _likely(days: Sequence[Written], today: dt.date, is_past: bool) -> bool | None:
    """Tell the order in which alone no day lies ahead, or in which alone they run steadily up or down."""
    for is_likely in (lambda found: not is_past or all(day <= today for day in found), _runs_steadily):
        likely = [first for first in (True, False) if is_likely([day for one in days if (day := one.day(first))])]
        if len(likely) == 1:
            return likely[0]
    return None


def _runs_steadily(days: Sequence[dt.date]) -> bool:
    if len(set(days)) < _FEW:
        return False
    return all(one <= other for one, other in pairwise(days)) or all(one >= other for one, other in pairwise(days))


def _year_first(cells: Sequence[str], today: dt.date) -> bool | None:
    """Tell whether the year leads in days such as 26/03/15: recent years are likely, and what was long ago is not."""
    years = {pair for cell in cells for pair in short_years(cell)}
    near = {tuple(year is not None and year - today.year in _RECENT for year in pair) for pair in years}
    leads, ends = (False, True) in near, (True, False) in near
    return False if (False, False) in near else leads if leads != ends else None


def _unsure(cells: Mapping[str, Cell], is_likely: bool, leads: bool | None) -> list[str]:
    """Give the first cell that could well be read in another way than it is."""
    for cell, read in cells.items():
        is_open = is_likely and any(
            day.is_open and day.order() is None and day.first != day.second for day in read.days
        )
        if is_open or (leads is None and any(first for _, first in short_years(cell))):
            return [cell]
    return []


def _found(cell: Cell, day_first: bool | None) -> Found:
    days = [day.day(day_first) for day in cell.days]
    if None not in days:
        return Found(tuple(day.isoformat() for day in days if day), cell.is_read)
    is_open = any(day.day(day_first, day.year or 2000) is None for day in cell.days)
    return Found((), False, "day_first" if is_open else "year", cell.days, day_first)
