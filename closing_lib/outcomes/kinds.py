"""The kinds of files that can be counted: what a file has in it, and its cases, batch by batch.

`kind_of` is the one place that says by what a file is read. A kind tells the columns and the pieces of a file without
reading all of it, and gives the cases of one piece.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from closing_lib.content import text
from closing_lib.files import open_to_read
from closing_lib.outcomes.asks import asks
from closing_lib.outcomes.coding import Columns, columns_of
from closing_lib.outcomes.vocabulary import KEYS, WORDS
from closing_lib.records.exporting import read_history
from closing_lib.records.exporting.columns import is_history
from closing_lib.records.exporting.parquet import unfolded
from closing_lib.records.others import OthersLog

if TYPE_CHECKING:
    from pyarrow import parquet

BATCH = 1 << 18  # lines that are in memory at once, for each thread
PIECE = 1 << 20  # lines that are counted in one go, where a file can be taken apart
# What stands for a missing value in a CSV file; "none" and "nothing" are words that are counted.
NULLS = ["", "NA", "N/A", "<NA>", "NaN", "nan", "None", "NULL", "null"]
_CELLS, _CELLS_A_BYTE = 100_000_000, 40  # of a Parquet file
_SLACK, _FOLD = 50_000_000, 50  # bytes that one may unfold to, and times its size
_CSV_LINE, _LOG_LINE = 50, 4096  # bytes, about: only to say how far the work has come


@dataclass(frozen=True)
class Piece:
    """A part of a file that is counted in one go.

    Attributes
    ----------
    path : Path
        The file.
    rows : int
        How many lines it has; about so many where that is not known beforehand.
    groups : tuple of int
        Which row groups of a Parquet file.
    is_tally : bool
        Whether it is a tally already: its column ``n`` counts.
    is_export : bool
        Whether it is a whole log that was exported.
    """

    path: Path
    rows: int
    groups: tuple[int, ...] = ()
    is_tally: bool = False
    is_export: bool = False


class Source(NamedTuple):
    """What there is in a file: the columns that can be counted, ``n`` among them in a tally, and its pieces."""

    path: Path
    columns: tuple[str, ...]
    pieces: tuple[Piece, ...]


class Kind(NamedTuple):
    """How files of a kind are read."""

    look: Callable[[Path], Source]
    read: Callable[[Piece, Sequence[str], dt.date | None], Iterator[Columns]]


def kind_of(path: Path) -> Kind | None:
    """Give the kind of a file by its ending; None where it is none that can be counted."""
    return KINDS.get(path.suffix.lower())


def checked(names: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that can be counted.

    Raises
    ------
    ValueError
        If one is there twice, or is written in another way: a tally whose "n" were passed over would count each of its
        lines as one application.
    """
    known = _known(names)
    for name in names:
        meant = name.strip().casefold()
        if meant in (*KEYS, "n") and meant not in known:
            raise ValueError(text("many_files.misnamed", column=name, meant=meant))
    if twice := [name for name in known if [*names].count(name) > 1]:
        raise ValueError(text("many_files.twice", column=twice[0]))
    return known


def _look_parquet(path: Path) -> Source:
    from pyarrow import parquet  # noqa: PLC0415  # slow to load

    with parquet.ParquetFile(path, pre_buffer=False) as file:
        if is_history(file.schema_arrow.names):
            return _export(path, file.metadata.num_rows)
        rows = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
        names = checked(file.schema_arrow.names)
        if nested := [name for name in names if pa.types.is_nested(file.schema_arrow.field(name).type)]:
            raise ValueError(text("many_files.nested", column=nested[0]))
        _require_room(path, file.metadata, names)
        return Source(path, names, tuple(_pieces(path, rows)))


def _require_room(path: Path, found: parquet.FileMetaData, names: Sequence[str]) -> None:
    """Refuse what unfolds to far more than its size: a few bytes can stand for any number of lines, or of letters."""
    size = path.stat().st_size
    if unfolded(found) > _SLACK + _FOLD * size or found.num_rows * len(names) > _CELLS + _CELLS_A_BYTE * size:
        raise ValueError(text("many_files.unfolds"))


def _pieces(path: Path, rows: list[int]) -> Iterator[Piece]:
    """Put row groups together until they make a piece."""
    groups: list[int] = []
    so_far = 0
    for number, more in enumerate(rows):
        groups.append(number)
        so_far += more
        if so_far >= PIECE or number == len(rows) - 1:
            yield Piece(path, so_far, tuple(groups))
            groups, so_far = [], 0


def _read_parquet(piece: Piece, names: Sequence[str], as_of: dt.date | None) -> Iterator[Columns]:
    if piece.is_export:
        yield from _read_export(piece, names, as_of)
        return
    from pyarrow import parquet  # noqa: PLC0415  # slow to load

    # Words come as the numbers of a dictionary, as the file has them; without buffering a whole row group beforehand.
    words = [name for name in names if name in WORDS]
    with parquet.ParquetFile(piece.path, read_dictionary=words, pre_buffer=False) as file:
        for batch in file.iter_batches(BATCH, row_groups=[*piece.groups], columns=[*names], use_threads=False):
            yield {name: batch.column(name) for name in names}


def _look_csv(path: Path) -> Source:
    names, rows = _heading(path)[0], 1 + path.stat().st_size // _CSV_LINE
    return _export(path, rows) if is_history(names) else Source(path, checked(names), (Piece(path, rows),))


def _read_csv(piece: Piece, names: Sequence[str], as_of: dt.date | None) -> Iterator[Columns]:
    if piece.is_export:
        yield from _read_export(piece, names, as_of)
        return
    from pyarrow import csv as arrow_csv  # noqa: PLC0415  # slow to load

    word, number = pa.dictionary(pa.int32(), pa.string()), pa.float64()
    convert = arrow_csv.ConvertOptions(
        column_types={name: word if name in WORDS else number for name in names},
        include_columns=[*names],
        null_values=NULLS,
        strings_can_be_null=True,
    )
    parse = arrow_csv.ParseOptions(delimiter=_heading(piece.path)[1], newlines_in_values=True)
    read = arrow_csv.ReadOptions(use_threads=False)
    with arrow_csv.open_csv(piece.path, read_options=read, parse_options=parse, convert_options=convert) as file:
        for batch in file:
            yield {name: batch.column(name) for name in names}


def _heading(path: Path) -> tuple[list[str], str]:
    """Give the names of the columns, and what stands between them: what makes most of the names known ones."""
    with TextIOWrapper(open_to_read(path), encoding="utf-8-sig", newline="") as file:
        line = file.readline(1 << 16)
    found = [(next(csv.reader([line], delimiter=mark), []), mark) for mark in ",;\t"]
    return max(found, key=lambda one: len(_known(one[0])))


def _look_log(path: Path) -> Source:
    return Source(path, tuple(KEYS), (Piece(path, 1 + path.stat().st_size // _LOG_LINE),))


def _read_log(piece: Piece, names: Sequence[str], as_of: dt.date | None) -> Iterator[Columns]:
    yield columns_of(asks(OthersLog(piece.path), as_of), names)


def _export(path: Path, rows: int) -> Source:
    return Source(path, tuple(KEYS), (Piece(path, rows, is_export=True),))


def _read_export(piece: Piece, names: Sequence[str], as_of: dt.date | None) -> Iterator[Columns]:
    yield columns_of(asks(read_history(piece.path), as_of), names)


def _known(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in [*KEYS, "n"] if name in names)


_PARQUET, _CSV, _LOG = Kind(_look_parquet, _read_parquet), Kind(_look_csv, _read_csv), Kind(_look_log, _read_log)
KINDS = {".parquet": _PARQUET, ".pq": _PARQUET, ".csv": _CSV, ".tsv": _CSV, ".sqlite": _LOG}
