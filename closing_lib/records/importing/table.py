"""The table of a file: its headings, and its rows with as many cells as there are headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from closing_lib.content import text
from closing_lib.content.words import bare, index, known_headings, plain
from closing_lib.files import read_whole, require_file
from closing_lib.records.errors import LogError
from closing_lib.records.file_names import shown
from closing_lib.records.importing.dates import is_date
from closing_lib.records.importing.delimited import LONGEST, Records, take_apart, unlinked
from closing_lib.records.importing.encoding import decode
from closing_lib.records.importing.report import Remark, Skipped
from closing_lib.records.importing.workbook import MAGIC, OLD_MAGIC, read_workbook

# Files that people choose by mistake, and that can be text all the same.
_NO_TABLES = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<!doctype", b"<html", b"<?xml")
_RULE = re.compile(r"[-:=+–—─═|\s]+")  # the line below the headings of a table in a note
_HEAD = 20  # records among which the headings are looked for
_LARGEST = 4 * LONGEST  # bytes; no character takes more than four
_WIDEST = 500  # columns; what has more is no tracker
_CELLS, _BLANK = 1_000_000, 5  # cells below the headings that any table may have, and times as many as its rows have


@dataclass(frozen=True)
class Table:
    """What stands in a file.

    Attributes
    ----------
    name : str
        The name of the file.
    columns : tuple of str
        The headings, each different from the others.
    lines : sequence of int
        The line of each row.
    rows : sequence of list of str
        The cells of each row, as many as there are headings.
    skipped : tuple of Skipped
        The rows that are none of these.
    remarks : tuple of Remark
        What to know about the file.
    form : str
        Its encoding and separator, or ``"xlsx"``.
    sheets : tuple of str
        The sheets of a workbook that hold something, this one first.
    """

    name: str
    columns: tuple[str, ...]
    lines: Sequence[int]
    rows: Sequence[list[str]]
    skipped: tuple[Skipped, ...] = ()
    remarks: tuple[Remark, ...] = ()
    form: str = ""
    sheets: tuple[str, ...] = ()


def read_table(data: bytes, name: str, sheet: str | None = None) -> Table:
    r"""Read a file, whatever its encoding, separator and format.

    Raises
    ------
    LogError
        If it cannot be read; in one sentence that says what to do.

    Examples
    --------
    >>> table = read_table(b"My search\nCompany;Status\nAcme;open\n;\n", "tracker.csv")
    >>> table.columns, table.rows, table.form
    (('Company', 'Status'), [['Acme', 'open']], 'utf-8 ;')
    >>> [(row.line, row.reason) for row in table.skipped]
    [(1, 'It comes before the headings.'), (4, 'It’s empty.')]
    """
    if data.startswith(OLD_MAGIC):
        raise LogError(text("importing.trouble.old_excel", name=name))
    if data.startswith(_NO_TABLES):
        raise LogError(text("importing.trouble.not_a_table", name=name))
    if data.startswith(MAGIC):
        records, sheets = read_workbook(data, name, sheet)
        return _of_sheets(_table(records, name, "xlsx"), sheets)
    whole, encoding = decode(data, name)
    return _of_text(unlinked(whole), encoding, name)


def _of_text(whole: str, encoding: str, name: str) -> Table:
    if len(whole) > LONGEST:
        raise LogError(text("importing.trouble.too_large", name=name, limit=LONGEST // 1_000_000))
    records, separator = take_apart(whole)
    return _table(records, name, f"{encoding} {separator}")


def read_bytes(file: Path) -> bytes:
    """Read all bytes of a file.

    Raises
    ------
    LogError
        If it is not there, may not be read, is a folder, or too large to be read at all.
    """
    try:
        return _read(file)
    except LogError:
        raise
    except FileNotFoundError:
        raise LogError(text("importing.trouble.not_there", name=shown(file.name))) from None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise LogError(text("importing.trouble.not_readable", name=shown(file.name), error=said)) from error


def _read(file: Path) -> bytes:
    if file.is_dir():
        raise LogError(text("importing.trouble.folder", name=shown(file.name)))
    if require_file(file) > _LARGEST:
        raise LogError(text("importing.trouble.too_large", name=shown(file.name), limit=LONGEST // 1_000_000))
    return read_whole(file, _LARGEST)


def _of_sheets(table: Table, sheets: tuple[str, ...]) -> Table:
    others = sheets[1:]
    said = [Remark(0, text("importing.remark.other_sheets", names=", ".join(others)))] if others else []
    return replace(table, remarks=tuple(said), sheets=sheets)


def _table(records: Records, name: str, form: str) -> Table:
    if not records.cells and not records.broken:
        raise LogError(text("importing.trouble.empty", name=name))
    at = _heading(records.cells)
    headings = list(records.cells[at]) if 0 <= at < len(records.cells) else []
    while headings and not headings[-1].strip():
        headings.pop()
    if at < 0:
        headings = [""] * max((len(row) for row in records.cells), default=0)
    require_bounds(name, len(headings), records.cells)
    before = [Skipped(line, text("importing.skipped.before_header")) for line in records.lines[: max(at, 0)]]
    whole = Table(name, _names(headings), records.lines[at + 1 :], records.cells[at + 1 :], form=form)
    return even(whole, headings, (*records.broken, *before))


def require_bounds(name: str, width: int, rows: Sequence[Sequence[object]]) -> None:
    """Refuse a table that is no tracker: each row gets as many cells as there are headings, whatever it holds.

    Raises
    ------
    LogError
        If there are too many headings, or far more than the rows have cells.
    """
    if width > _WIDEST:
        raise LogError(text("importing.trouble.too_wide", name=name, limit=_WIDEST))
    if width * len(rows) > _CELLS + _BLANK * sum(map(len, rows)):
        raise LogError(text("importing.trouble.mostly_blank", name=name))


def _heading(rows: Sequence[list[str]]) -> int:
    """Give the place of the record with most known headings, the first of them; -1 where there are no headings."""
    head = [row[:_WIDEST] for row in rows[:_HEAD]]
    # A row with a day in it is data, also where its status ("Applied") could be a heading.
    named = [0 if any(map(is_date, row)) else known_headings(row) for row in head]
    counts = [sum(known_headings([cell]) or bare(cell) in index("statuses") for cell in row) for row in head]
    best = max(range(len(counts)), key=lambda at: (min(named[at], 1) * counts[at], -at), default=0)
    if named and named[best]:
        return best
    return -1 if rows and _is_data(head[0]) else 0


def _is_data(row: list[str]) -> bool:
    return any(is_date(cell) or plain(cell) in index("statuses") for cell in row)


def _names(headings: Sequence[str]) -> tuple[str, ...]:
    """Give headings that differ: an empty one gets its number, and one that is there already too."""
    names: dict[str, None] = {}
    for number, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or str(number)
        while name in names:
            name += f" ({number})"
        names[name] = None
    return tuple(names)


def even(table: Table, headings: list[str], skipped: tuple[Skipped, ...]) -> Table:
    """Give each row as many cells as there are headings; set those aside that have more, nothing, or the headings."""
    width = len(headings)
    if not skipped and headings not in table.rows and all(len(row) == width and any(row) for row in table.rows):
        return table
    lines, rows, bad = [], [], list(skipped)
    for line, row in zip(table.lines, table.rows, strict=True):
        reason = _fault(row, headings)
        if reason:
            bad.append(Skipped(line, reason))
        else:
            lines.append(line)
            rows.append((row + [""] * width)[:width])
    return replace(table, lines=lines, rows=rows, skipped=tuple(bad))


def _fault(row: list[str], headings: list[str]) -> str | None:
    width = len(headings)
    if not any(cell.strip() for cell in row):
        return text("importing.skipped.empty_row")
    if all(map(_RULE.fullmatch, filter(None, map(str.strip, row)))):
        return text("importing.skipped.rule")
    if row[:width] == headings:
        return text("importing.skipped.headings_again")
    if any(cell.strip() for cell in row[width:]):
        return text("importing.skipped.too_many_cells", found=len(row), known=width)
    return None
