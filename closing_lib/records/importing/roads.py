"""The two roads of a file into the log: the fast one for a large file without surprises, the careful one for any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError
from closing_lib.records.importing.columns import Mapped, map_columns, remarks_on
from closing_lib.records.importing.delimited import LONGEST, unlinked
from closing_lib.records.importing.encoding import decode
from closing_lib.records.importing.matching import Plan, match
from closing_lib.records.importing.reading import Answers, Reading, read_rows
from closing_lib.records.importing.regular import Unusual, read_regular
from closing_lib.records.importing.table import FIRST_LINE, Table, is_text, read_table, read_text

_LARGE = 500_000  # bytes; a smaller file is taken carefully before pandas is loaded
_HEAD = 200_000  # characters that tell all about the columns; no guess of the careful road looks at more


@dataclass(frozen=True)
class File:
    """A file, and what the person tells beside it.

    Attributes
    ----------
    data : bytes
        What it holds.
    name : str
        What it is called.
    sheet : str or None
        Which sheet of a workbook.
    mapping : mapping or None
        What columns hold.
    answers : Answers
        All else.
    """

    data: bytes
    name: str
    sheet: str | None
    mapping: Mapping[str, str | None] | None
    answers: Answers

    @cached_property
    def decoded(self) -> tuple[str, str]:
        """Its text, and its encoding."""
        whole, encoding = decode(self.data, self.name)
        return unlinked(whole), encoding

    def read(self) -> Table:
        """Read all of it, row by row."""
        if is_text(self.data):
            return read_text(*self.decoded, self.name)
        return read_table(self.data, self.name, self.sheet)


@dataclass(frozen=True)
class Road:
    """A file that has been read.

    Attributes
    ----------
    table : Table
        Its headings, and its first rows or all.
    mapped : mapping
        What its columns hold.
    reading : Reading
        What was found in it.
    match : callable
        Plans what becomes of its rows, beside a log; raises `Unusual` where the careful road has to do that.
    """

    table: Table
    mapped: Mapped
    reading: Reading
    match: Callable[[Connection], Plan]


def careful_road(file: File) -> Road:
    """Read a file row by row.

    Raises
    ------
    LogError
        If it cannot be read, or an answer fits nothing in it.
    """
    table = file.read()
    mapped = map_columns(table, file.mapping)
    reading = read_rows(table, mapped, file.answers)
    reading.remarks += remarks_on(table, mapped, file.mapping)
    return Road(table, mapped, reading, partial(match, reading.entries))


def fast_road(file: File) -> Road:
    """Read a file by its columns.

    Raises
    ------
    Unusual
        If it has to be read row by row, or is too small to be worth it.
    """
    if len(file.data) < _LARGE or not is_text(file.data):
        raise Unusual
    try:
        return _by_columns(file)
    except LogError:
        raise Unusual from None  # that is for the careful road to say


def _by_columns(file: File) -> Road:
    whole, encoding = file.decoded
    head = _head(whole, encoding, file.name)
    mapped = map_columns(head, file.mapping)
    cells = read_regular(whole, head.form[-1], len(head.columns))

    from closing_lib.records.importing.all_new import digests_of, match_new  # noqa: PLC0415  # they load pandas
    from closing_lib.records.importing.clean import read_clean  # noqa: PLC0415  # as above

    clean = read_clean(cells, head, mapped, file.answers)
    clean.reading.remarks += remarks_on(head, mapped, file.mapping)
    return Road(head, mapped, clean.reading, partial(match_new, clean, digests_of(cells)))


def _head(whole: str, encoding: str, name: str) -> Table:
    """Read the headings and the first rows; refuse to, unless the headings are all that stands on the first line."""
    end = whole.find("\n", _HEAD) + 1
    head = read_text(whole[: end or len(whole)], encoding, name)
    if len(whole) > LONGEST or head.skipped or not head.lines or head.lines[0] != FIRST_LINE:
        raise Unusual
    return head
