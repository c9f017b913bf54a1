"""The kit's own exports, known by their headings: the table in one of them, in whichever format it is now."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from closing_lib.content import text
from closing_lib.records.backup.columns import COLUMNS, is_history
from closing_lib.records.backup.formulas import original
from closing_lib.records.backup.parquet import read_parquet, values
from closing_lib.records.backup.workbook import HISTORY
from closing_lib.records.backup.written import as_text
from closing_lib.records.errors import LogError
from closing_lib.records.importing.delimited import SEPARATORS, take_apart
from closing_lib.records.importing.encoding import decode
from closing_lib.records.importing.table import Table, even, require_bounds
from closing_lib.records.importing.workbook import MAGIC, opened

PARQUET = b"PAR1"
_HEAD = 8_000  # bytes in which the headings of a file of text stand
_MARK, _MISREAD_MARK = "\ufeff", "ï»¿"


def own_table(data: bytes, name: str, sheet: str | None = None) -> Table | None:
    r"""Give the history in a file, whatever a spreadsheet program has made of its encoding, separator and format.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name.
    sheet : str or None
        The sheet of a workbook that is wanted.

    Returns
    -------
    Table or None
        Its cells as text, formulas as they were before they were made harmless; None where the file is no history.

    Raises
    ------
    LogError
        If it is a Parquet file and no history: nothing else is read of that format.

    Examples
    --------
    >>> own_table(b"record;application;company;role;day;kind\nevent;1;'=Acme;;2026-11-02;offer\n", "my.csv").rows
    [['event', '1', '=Acme', '', '2026-11-02', 'offer']]
    >>> own_table(b"Company;Status\nAcme;open\n", "tracker.csv") is None
    True
    """
    if data.startswith(PARQUET):
        return _of_parquet(data, name)
    if data.startswith(MAGIC):
        return _of_workbook(data, name, sheet)
    return _of_text(data, name)


def _of_text(data: bytes, name: str) -> Table | None:
    if b"record" not in data[:_HEAD].replace(b"\0", b""):
        return None
    whole, encoding = _decoded(data, name)
    first = next(iter(whole[:_HEAD].splitlines()), "")  # a Mac of old ends lines with a carriage return alone
    for separator in SEPARATORS:
        headings = _headings(next(csv.reader([first], delimiter=separator), []))
        if is_history(headings):
            records, _ = take_apart(whole, separator)
            rows = zip(records.lines, records.cells, strict=True)
            next(rows, None)
            return _even(Table(name, headings, (), (), records.broken, form=f"{encoding} {separator}"), rows)
    return None


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode("utf-8-sig"), "utf-8-sig"
        except UnicodeDecodeError:
            pass
    return decode(data, name)


def _headings(cells: Iterable[object]) -> tuple[str, ...]:
    """Give headings as they were written; programs take the mark at the beginning for letters of the first."""
    written = (original(str(cell or "")).strip() for cell in cells)
    return tuple(name.removeprefix(_MARK).removeprefix(_MISREAD_MARK) for name in written)


def _even(table: Table, rows: Iterable[tuple[int, list[str]]], *, is_marked: bool = True) -> Table:
    """Give each row as many cells as there are headings, and texts as they were before they were made harmless."""
    lines, cells = [*zip(*rows, strict=True)] or [(), ()]
    require_bounds(table.name, len(table.columns), cells)
    found = even(replace(table, lines=lines, rows=cells), [*table.columns], table.skipped)
    is_text = [is_marked and COLUMNS.get(name) is str for name in table.columns]
    read = [[original(cell) if kind else cell for cell, kind in zip(row, is_text, strict=True)] for row in found.rows]
    return replace(found, rows=read)


def _of_workbook(data: bytes, name: str, sheet: str | None) -> Table | None:
    with opened(data, name) as book:
        for title in [one for one in book.sheets if sheet in (None, one)]:
            rows = book.rows(title)
            headings = _headings(next(rows, (0, []))[1])
            if is_history(headings):
                kinds = [COLUMNS.get(heading) for heading in headings]
                written = [(line, [_written(*one) for one in zip_longest(cells, kinds)]) for line, cells in rows]
                # In another sheet it stands as it stood in CSV.
                return _even(Table(name, headings, (), (), form="xlsx"), written, is_marked=title != HISTORY)
    return None


def _written(value: object, kind: type | None) -> str:
    """Write a cell of a workbook, which knows times and no days."""
    if isinstance(value, dt.datetime):
        return as_text(value.replace(tzinfo=dt.UTC) if kind is dt.datetime else value.date())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return as_text(value)


def _of_parquet(data: bytes, name: str) -> Table:
    table = read_parquet(data, name)
    headings = tuple(table.column_names)
    if not is_history(headings):
        raise LogError(text("exporting.trouble.no_history", name=name))
    written = ([as_text(value) for value in row] for row in zip(*map(values, table.columns), strict=True))
    return _even(Table(name, headings, (), (), form="parquet"), enumerate(written, start=2), is_marked=False)
