"""Workbooks: one sheet of an XLSX file as records of text, its days written as ISO dates."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from closing_lib.content import text
from closing_lib.content.words import index, plain
from closing_lib.records.errors import LogError
from closing_lib.records.importing.delimited import LONGEST, Records

if TYPE_CHECKING:
    from openpyxl import Workbook

MAGIC = b"PK\x03\x04"
OLD_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # also of a workbook with a password
_WIDEST = 500  # columns; what stands further right is no tracker
_LAST = 1_048_576  # the last row that a spreadsheet program knows
_HEAD = 20


def read_workbook(data: bytes, name: str, sheet: str | None) -> tuple[Records, tuple[str, ...]]:
    """Give the records of a sheet, and the names of all sheets that hold something, that one first.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, for messages.
    sheet : str or None
        Which sheet; None: the one with most known headings, the first of them.

    Raises
    ------
    LogError
        If the file is damaged, or has no such sheet.
    """
    with _opened(data, name) as book:
        sheets = {one.title: _rows(one) for one in book.worksheets}
    if sheet is not None and sheet not in sheets:
        raise LogError(
            text("importing.trouble.no_such_sheet", name=name, value=repr(sheet), known=", ".join(map(repr, sheets)))
        )
    filled = {title: rows for title, rows in sheets.items() if rows}
    chosen = sheet or max(filled, key=lambda title: _headings(filled[title]), default="")
    rows = sheets.get(chosen, [])
    return (
        Records([line for line, _ in rows], [cells for _, cells in rows]),
        (chosen, *(title for title in filled if title != chosen)),
    )


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Workbook]:
    from openpyxl import load_workbook  # noqa: PLC0415  # only workbooks need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _require_room(sum(part.file_size for part in packed.infolist()), name)
        with warnings.catch_warnings():  # about what the kit does not read: styles, validation, print settings
            warnings.simplefilter("ignore")
            yield load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except LogError:
        raise
    except Exception as error:  # a damaged file can fail anywhere inside: in the archive, in its XML, in a number
        raise LogError(text("importing.trouble.broken_workbook", name=name)) from error


def _require_room(size: int, name: str) -> None:
    if size > LONGEST:
        raise LogError(text("importing.trouble.too_large", name=name, limit=LONGEST // 1_000_000))


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:
    found, blank = (
        [],
        None,
    )  # one tuple stands for all rows of a gap, which can be a million where one cell is far below
    for line, values in enumerate(sheet.iter_rows(values_only=True, max_col=_WIDEST, max_row=_LAST), start=1):
        if values is blank:
            continue
        cells = [_written(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((line, cells))
        else:
            blank = values
    return found


def _written(value: object) -> str:
    """Write a cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "")


def _headings(rows: list[tuple[int, list[str]]]) -> int:
    known = index("columns")
    return max(sum(plain(cell) in known for cell in cells) for _, cells in rows[:_HEAD])
