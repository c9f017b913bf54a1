"""Text with separators: which separator it has, and its records, each with the line on which it begins."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from closing_lib.content import text
from closing_lib.content.words import known_headings
from closing_lib.records.importing.report import Skipped

SEPARATORS = ",;\t|"
_TRIED = 60  # records that tell the separator
LONGEST = 200_000_000  # characters
_LINK = re.compile(  # as a cell, in quotation marks or not
    r"""(?<![^,;\t|\r\n])("?)=(?:HYPERLINK|HIPERV[IÍ]NCULO|LIEN_HYPERTEXTE|HIPERLIGAÇÃO)\(
    \s*"{1,2}[^"\r\n]*"{1,2}\s*[,;]\s*"{1,2}([^"\r\n]*)"{1,2}\s*\)\1""",
    re.IGNORECASE | re.VERBOSE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_END = "\0"  # put behind the last record: if it is swallowed, a quotation mark was never closed


@dataclass(frozen=True)
class Records:
    """The records of a file as they stand in it, blank lines left out.

    Attributes
    ----------
    lines : sequence of int
        The line on which each begins, from 1.
    cells : sequence of list of str
        The cells of each.
    broken : tuple of Skipped
        Those that could not be taken apart.
    """

    lines: Sequence[int]
    cells: Sequence[list[str]]
    broken: tuple[Skipped, ...] = ()


def take_apart(whole: str, separator: str | None = None) -> tuple[Records, str]:
    r"""Give the records of a text, and the separator of its cells.

    Examples
    --------
    >>> records, separator = take_apart('Firma;Status\n"Ampersand; Sons";offen')
    >>> separator, records.lines, records.cells
    (';', range(1, 3), [['Firma', 'Status'], ['Ampersand; Sons', 'offen']])
    """
    told, skipped = _told(whole)
    chosen = separator or told or _guess(whole)
    return _records(whole, chosen, skipped), chosen


def unlinked(whole: str) -> str:
    """Put the words of each link of a spreadsheet in its place.

    Examples
    --------
    >>> unlinked('Acme,=HYPERLINK("https://example.org/1","Engineer")')
    'Acme,"Engineer"'
    """
    return _LINK.sub(r'"\2"', whole) if any(mark in whole for mark in ("=H", "=h", "=L", "=l")) else whole


def _told(whole: str) -> tuple[str | None, int]:
    """Give the separator that a first line ``sep=;`` tells to spreadsheets, and how many lines that takes."""
    first = whole[:8].splitlines()[:1]
    line = first[0] if first else ""
    is_told = len(line) == 5 and line.lower().startswith("sep=")
    return (line[4], 1) if is_told else (None, 0)


def _guess(whole: str) -> str:
    """Choose the separator that gives most known headings, then the most even rows of more than one cell."""
    sample = whole[:200_000]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[int, float]:
    rows = _first_rows(sample, separator)
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count, default=1)
    headings = max((known_headings(row) for row in rows[:20] if len(row) > 1), default=0)
    return headings, (widths.count(usual) / len(widths)) * min(usual, 2) if widths and usual > 1 else 0.0


def _first_rows(sample: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in _reader(sample, separator):
            rows += [row] if any(row) else []
            if len(rows) == _TRIED:
                break
    except csv.Error:
        pass  # what has been read is enough to judge by
    return rows


def _records(whole: str, separator: str, first: int) -> Records:
    reader = _reader(whole, separator)
    same: dict[str, str] = {}  # most cells of a tracker are written many times, and kept once
    try:
        # A blank line is none, and there can be millions.
        cells = [list(map(same.setdefault, row, row)) for row in reader if row]
    except csv.Error:
        return _one_by_one(whole, separator, first)
    if cells.pop() == [_END] and reader.line_num == len(cells) + 1:
        return Records(range(1 + first, len(cells) + 1), cells[first:])
    return _one_by_one(whole, separator, first)


def _one_by_one(whole: str, separator: str, first: int) -> Records:
    """Read again where cells have several lines, lines are blank, or a record is broken."""
    reader = _reader(whole, separator)
    lines: list[int] = []
    cells: list[list[str]] = []
    broken: list[Skipped] = []
    line, row = 0, [""]
    while row != [_END]:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except csv.Error as error:
            broken.append(Skipped(line, text("importing.skipped.unreadable_record", error=error)))
        except StopIteration:
            broken.append(Skipped(lines.pop(), text("importing.skipped.open_quote")))
            cells.pop()
            break
        else:
            if row and line > first:
                lines.append(line)
                cells.append(row)
    else:
        lines.pop()
        cells.pop()
    return Records(lines, cells, tuple(broken))


def _reader(whole: str, separator: str):  # type: ignore[no-untyped-def]  # the csv module names no public type for it
    csv.field_size_limit(LONGEST)
    return csv.reader(_lines(whole), delimiter=separator)


def _lines(whole: str) -> Iterator[str]:
    """Give each line with its end, and the end of all; one by one, since a copy can be far larger than a file."""
    for line in _LINE.finditer(whole):
        yield line[0] if line[0][-1] in "\r\n" else f"{line[0]}\n"
    yield _END
