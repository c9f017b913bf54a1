"""The history as XLSX: real dates, text typed as text, and two sheets to read beside the whole history."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.records.backup.columns import type_of
from closing_lib.records.backup.formulas import neutral
from closing_lib.records.backup.history import History
from closing_lib.records.backup.sheets import Sheet, readable_sheets
from closing_lib.records.backup.written import as_text
from closing_lib.records.errors import LogError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HISTORY = "History"  # the sheet that an import reads, so named in every language
ROWS = 1_048_576  # of a sheet
LETTERS = 32_767  # of a cell, as UTF-16 counts them
_WIDTHS = {str: 20, dt.date: 12, dt.datetime: 17}
_HEADING, _FORMULA = "heading", "formula"
_STYLES: Mapping[object, dict[str, object]] = {
    _HEADING: {"bold": True},
    _FORMULA: {"quote_prefix": True},  # it stays text also where it is edited
    dt.date: {"num_format": "yyyy-mm-dd"},
    dt.datetime: {"num_format": "yyyy-mm-dd hh:mm"},
}
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel knows no day, or a wrong one
_ZERO = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)

Styles = Mapping[object, "Format"]


def as_workbook(table: History) -> bytes:
    """Write the history as a workbook; no text becomes a formula, a number or a link, whatever it holds.

    Raises
    ------
    LogError
        If a sheet has too few rows for it, or a cell too little room. No row is left out, and no text cut off.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  # only this format needs it

    _require_room(table)
    whole = Sheet(HISTORY, table.columns, tuple(map(type_of, table.columns)), table.rows)
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        day = today()  # the same log gives the same file
        book.set_properties({"created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)})
        styles = {name: book.add_format(style) for name, style in _STYLES.items()}
        for sheet in (whole, *readable_sheets(table)):
            _write(book, sheet, styles)
    return file.getvalue()


def _require_room(table: History) -> None:
    if len(table.rows) >= ROWS:
        raise LogError(text("exporting.trouble.too_many_rows", found=len(table.rows) + 1, most=ROWS))
    texts = [(at, name) for at, name in enumerate(table.columns) if type_of(name) is str]
    for at, name in texts:
        for row in table.rows:
            if row[at] and len(row[at]) > LETTERS // 2:  # what is shorter has room, whatever is in it
                _require_short(row, name, row[at])


def _require_short(row: tuple[Any, ...], column: str, cell: str) -> None:
    found = len(cell.encode("utf-16-le")) // 2
    if found > LETTERS:
        of = f"{row[0]} {row[1]}" if row[1] else row[0]
        raise LogError(text("exporting.trouble.too_long", column=column, of=of, found=found, most=LETTERS))


def _write(book: Workbook, sheet: Sheet, styles: Styles) -> None:
    made = book.add_worksheet(sheet.name)
    made.freeze_panes(1, 0)
    made.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    made.set_landscape()
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    for at, (heading, kind) in enumerate(zip(sheet.headings, sheet.types, strict=True)):
        made.set_column(at, at, max(_WIDTHS.get(kind, 9), len(heading) + 4))
        made.write_string(0, at, heading, styles[_HEADING])
    for number, row in enumerate(sheet.rows, start=1):
        for at, value in enumerate(row):
            if value is not None:
                _write_cell(made, number, at, value, styles)


def _write_cell(made: Worksheet, row: int, at: int, value: Any, styles: Styles) -> None:
    kind = type(value)
    if kind is int or kind is float:
        made.write_number(row, at, value)
    elif kind is dt.datetime:
        made.write_number(row, at, (value - _ZERO) / dt.timedelta(days=1), styles[kind])
    elif kind is dt.date and value >= _FIRST_DAY:
        made.write_number(row, at, value.toordinal() - _ZERO.toordinal(), styles[kind])
    else:
        written = as_text(value)  # yes and no in words: some programs keep their own TRUE as a formula
        made.write_string(row, at, written, None if neutral(written) == written else styles[_FORMULA])
