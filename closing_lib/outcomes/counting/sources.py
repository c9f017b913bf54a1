"""The files to count: what kind each is, which columns it has and about how many lines, told without reading it all."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from closing_lib.content import text
from closing_lib.files import open_to_read, require_file
from closing_lib.outcomes.counting.frames import checked, known_names
from closing_lib.outcomes.counting.paths import about
from closing_lib.outcomes.counting.query import connected, pattern, sql_errors
from closing_lib.outcomes.vocabulary import KEYS, OWN_KEYS
from closing_lib.records.exporting.columns import is_history

if TYPE_CHECKING:
    import duckdb

_CELLS, _CELLS_A_BYTE = 100_000_000, 40  # of a Parquet file
_SLACK, _FOLD = 50_000_000, 50  # bytes that one may unfold to, and times its size
_CSV_LINE, _LOG_LINE = 50, 4096  # bytes, about: only to say how far the work has come
_HEADING = 1 << 16  # letters of the line of names
_PIECE = 1 << 20


PARQUET, CSV, LOG, EXPORT = "Parquet", "CSV", "log", "export"  # how a file is read
LOGS = (LOG, EXPORT)
ENDINGS = {".parquet": PARQUET, ".pq": PARQUET, ".csv": CSV, ".tsv": CSV, ".sqlite": LOG}


@dataclass(frozen=True)
class Source:
    """A file to count, with the columns that can be counted and the types that DuckDB knows them by."""

    path: Path
    kind: str
    columns: tuple[tuple[str, str], ...]
    rows: int  # about so many where that is not known beforehand
    heading: tuple[str, ...] = ()  # all columns of a CSV file in their order
    separator: str = ","

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that can be counted."""
        return tuple(name for name, _ in self.columns)


def looked_at(paths: Sequence[Path]) -> list[Source]:
    """Look at each file.

    Raises
    ------
    ValueError
        If one cannot be read, or has nothing that can be counted.
    """
    parquet = [path for path in paths if ENDINGS.get(path.suffix.lower()) == PARQUET]
    with connected(parquet) if parquet else nullcontext() as database:
        return [_look(path, database) for path in paths]


def _look(path: Path, database: duckdb.DuckDBPyConnection | None) -> Source:
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise ValueError(text("many_files.unknown", name=path, known=", ".join(ENDINGS)))
    with about(path):
        size = require_file(path)  # before a library opens it by its path
        if kind == LOG:
            source = _of_log(path, kind, 1 + size // _LOG_LINE)
        elif database is None or kind == CSV:
            source = _look_csv(path, size)
        else:
            with sql_errors(path):
                source = _look_parquet(path, size, database)
    if not {*source.names} - {"n"}:
        raise ValueError(text("many_files.no_columns", name=path, known=", ".join(KEYS)))
    return source


def _look_parquet(path: Path, size: int, database: duckdb.DuckDBPyConnection) -> Source:
    schema = database.execute(
        "SELECT name, duckdb_type, coalesce(num_children, 0), repetition_type FROM parquet_schema(?)", [[pattern(path)]]
    ).fetchall()
    columns = [*_top_level(schema)]
    rows, unfolded = _measured(path, database)
    names = [name for name, *_ in columns]
    if is_history(names):
        return _of_log(path, EXPORT, rows)
    known = checked(names)
    if nested := [
        name for name, _, inside, repeated in columns if name in known and (inside or repeated == "REPEATED")
    ]:
        raise ValueError(text("many_files.nested", column=nested[0]))
    # A few bytes can stand for any number of lines, or of letters.
    if unfolded > _SLACK + _FOLD * size or rows * len(known) > _CELLS + _CELLS_A_BYTE * size:
        raise ValueError(text("many_files.unfolds"))
    types = {name: kind for name, kind, *_ in columns}
    return Source(path, PARQUET, tuple((name, types[name]) for name in known), rows)


def _top_level(schema: Sequence[tuple[str, str, int, str]]) -> Iterator[tuple[str, str, int, str]]:
    """The columns themselves, of a schema that has what is nested in each behind it."""
    inside = 0
    for column in schema[1:]:  # after the root
        if not inside:
            yield column
        inside = max(inside - 1, 0) + column[2]


def _measured(path: Path, database: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """The lines of a Parquet file, and the bytes that it unfolds to, by what it says itself."""
    query = """
        SELECT coalesce(sum(lines), 0)::BIGINT, coalesce(sum(greatest(bytes, chunks)), 0)::BIGINT FROM (
            SELECT any_value(row_group_num_rows) AS lines, any_value(row_group_bytes) AS bytes,
                sum(total_uncompressed_size) AS chunks
            FROM parquet_metadata(?) GROUP BY row_group_id)"""
    found = database.execute(query, [[pattern(path)]]).fetchone()
    return (int(found[0]), int(found[1])) if found else (0, 0)


def _look_csv(path: Path, size: int) -> Source:
    rows = 1 + size // _CSV_LINE
    names, separator = _heading(path)
    if is_history(names):
        return _of_log(path, EXPORT, rows)
    known = checked(names)
    if _quotation_marks(path) % 2:  # DuckDB would leave out all from the last one on, and say nothing
        raise ValueError(text("many_files.quote"))
    return Source(path, CSV, tuple((name, "VARCHAR") for name in known), rows, tuple(names), separator)


def _heading(path: Path) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them: what makes most of the names known ones."""
    with TextIOWrapper(open_to_read(path), encoding="utf-8-sig", newline="") as file:
        line = file.readline(_HEADING)
    if len(line) == _HEADING:
        raise ValueError(text("many_files.long_heading"))
    found = [(next(csv.reader([line], delimiter=mark), []), mark) for mark in ",;\t"]
    return max(found, key=lambda one: len(known_names(one[0])))


def _quotation_marks(path: Path) -> int:
    with open_to_read(path) as file:
        return sum(piece.count(b'"') for piece in iter(lambda: file.read(_PIECE), b""))


def _of_log(path: Path, kind: str, rows: int) -> Source:
    return Source(path, kind, tuple((name, "VARCHAR") for name in [*OWN_KEYS, "month"] if name in KEYS), rows)
