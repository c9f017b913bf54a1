"""The history as XLSX: real dates, text typed as text, and two sheets to read beside the whole history."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.records.errors import LogError
from closing_lib.records.exporting.cells import FORMULA, HEADING, Styles, rows
from closing_lib.records.exporting.columns import type_of
from closing_lib.records.exporting.history import History
from closing_lib.records.exporting.sheets import Sheet, readable_sheets

if TYPE_CHECKING:
    from openpyxl import Workbook

HISTORY = "History"  # the sheet that an import reads, so named in every language
ROWS = 1_048_576  # of a sheet
LETTERS = 32_767  # of a cell, as UTF-16 counts them
_WIDTHS = {str: 20, dt.date: 12, dt.datetime: 17}
_FORMATS = {dt.date: "yyyy-mm-dd", dt.datetime: "yyyy-mm-dd hh:mm"}
_DATA = re.compile(b"<sheetData ?/>|<sheetData>.*</sheetData>", re.DOTALL)
_MADE_AT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EXTENT = re.compile(b'<dimension ref="[^"]*" ?/>')


def as_workbook(table: History) -> bytes:
    """Write the history as a workbook.

    Raises
    ------
    LogError
        If a sheet has too few rows for it, or a cell too little room. No row is left out, and no text cut off.
    """
    _require_room(table)
    whole = Sheet(HISTORY, table.columns, tuple(map(type_of, table.columns)), table.rows)
    sheets = (whole, *readable_sheets(table))
    frame, styles = _frame(sheets)
    return _filled(frame, {f"xl/worksheets/sheet{n}.xml": one for n, one in enumerate(sheets, start=1)}, styles)


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


def _frame(sheets: Sequence[Sheet]) -> tuple[bytes, Styles]:
    """Make a workbook whose sheets have everything but their cells, and give the numbers of its styles."""
    from openpyxl import Workbook  # noqa: PLC0415  # only this format needs it

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _lay_out(book, sheet)
    styles = _styles(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), styles


def _lay_out(book: Workbook, sheet: Sheet) -> None:
    made = book.create_sheet(sheet.name)
    made.freeze_panes = "A2"
    made.auto_filter.ref = _extent(sheet)
    for letter, heading, kind in zip(_letters(sheet), sheet.headings, sheet.types, strict=True):
        made.column_dimensions[letter].width = max(_WIDTHS.get(kind, 9), len(heading) + 4)
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = "1:1"


def _styles(book: Workbook) -> Styles:
    """Make the styles, on cells that are written over afterwards."""
    from openpyxl.styles import Font  # noqa: PLC0415  # as above

    cells = {name: book.worksheets[0].cell(1, at) for at, name in enumerate((HEADING, FORMULA, *_FORMATS), start=1)}
    cells[HEADING].font = Font(bold=True)
    cells[FORMULA].quotePrefix = True  # it stays text also where it is edited
    for kind, written in _FORMATS.items():
        cells[kind].number_format = written
    return {name: cell.style_id for name, cell in cells.items()}


def _filled(frame: bytes, sheets: dict[str, Sheet], styles: Styles) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(frame)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = _with_cells(before.read(part), sheets.get(part), styles)
            after.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)  # the same log gives the same file
    return file.getvalue()


def _with_cells(content: bytes, sheet: Sheet | None, styles: Styles) -> bytes:
    if sheet is None:
        return _MADE_AT.sub(f"{today()}T00:00:00Z".encode(), content)
    data = f"<sheetData>{''.join(rows(sheet, _letters(sheet), styles))}</sheetData>".encode()
    extent = f'<dimension ref="{_extent(sheet)}"/>'.encode()
    return _DATA.sub(lambda _found: data, _EXTENT.sub(extent, content, count=1), count=1)


def _extent(sheet: Sheet) -> str:
    return f"A1:{_letters(sheet)[-1]}{len(sheet.rows) + 1}"


def _letters(sheet: Sheet) -> list[str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # as above

    return [get_column_letter(number) for number in range(1, len(sheet.headings) + 1)]
