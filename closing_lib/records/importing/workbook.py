"""Workbooks: one sheet of an XLSX file as records of text, its days written as ISO dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from closing_lib.content import text
from closing_lib.content.words import known_headings
from closing_lib.records.errors import LogError
from closing_lib.records.importing.book import MAGIC, Book, Damaged, Unfolds
from closing_lib.records.importing.delimited import Records

__all__ = ["MAGIC", "OLD_MAGIC", "opened", "read_workbook"]

OLD_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")  # also of a workbook with a password
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
        If the file is damaged, unfolds to far too much, or has no such sheet.
    """
    with opened(data, name) as book:
        sheets = {title: _rows(book, title) for title in book.sheets}
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
def opened(data: bytes, name: str) -> Iterator[Book]:
    """Open a workbook.

    Raises
    ------
    LogError
        If it is damaged, or unfolds to far too much; also while it is read.
    """
    try:
        yield Book(data)
    except Unfolds:
        raise LogError(text("importing.trouble.unfolds", name=name)) from None
    except Damaged as error:
        raise LogError(text("importing.trouble.broken_workbook", name=name)) from error


def _rows(book: Book, title: str) -> list[tuple[int, list[str]]]:
    written = ((line, [_written(value) for value in values]) for line, values in book.rows(title))
    return [(line, cells) for line, cells in written if any(cells)]


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
    return max(known_headings(cells) for _, cells in rows[:_HEAD])
