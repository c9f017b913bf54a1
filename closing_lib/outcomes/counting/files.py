"""The files to count: which are meant, each once; what kind each is, and its columns, told without reading it all."""

from __future__ import annotations

import csv
import hashlib
import os
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.files import from_home, open_to_read, require_file
from closing_lib.outcomes.counting.frames import checked, known_names
from closing_lib.outcomes.counting.query import Shape, about, connected, pattern
from closing_lib.outcomes.vocabulary import KEYS, OWN_KEYS
from closing_lib.records.backup.columns import is_history
from closing_lib.records.errors import LogError
from closing_lib.records.file_names import shown

if TYPE_CHECKING:
    import duckdb

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
MOST_FILES = 100_000
PARQUET, CSV, LOG, EXPORT = "Parquet", "CSV", "log", "export"  # how a file is read
ENDINGS = {".parquet": PARQUET, ".pq": PARQUET, ".csv": CSV, ".tsv": CSV, ".sqlite": LOG}
_CELLS, _CELLS_A_BYTE = 100_000_000, 40  # of a Parquet file
_SLACK, _FOLD = 50_000_000, 50  # bytes that one may unfold to, and times its size
_CSV_LINE, _LOG_LINE = 50, 4096  # bytes, about: only to say how far the work has come
_HEADING = 1 << 16  # letters of the line of names
_PIECE = 1 << 20


class Source(NamedTuple):
    """A file to count."""

    number: int  # among those that are counted together
    path: Path
    shape: Shape
    rows: int  # about so many where that is not known beforehand


# --- Which files


def matching(what: Paths) -> list[Path]:
    """Each file once, in the order in which they are named; one that holds the same bytes as another is left out.

    Raises
    ------
    ValueError
        If a path or a pattern matches no file, a folder, or more than `MOST_FILES`; or if one cannot be read.
    """
    named = [what] if isinstance(what, str | os.PathLike) else [*what]
    if not named:
        raise InvalidAnswer(text("many_files.none", name="[]"))
    found: dict[Path, Path] = {}
    for name in named:
        with about(name):  # a name that is too long, a folder that is closed
            found |= {path.resolve(): path for path in _matching(from_home(name))}
    return _without_copies([*found.values()])


def _matching(path: Path) -> list[Path]:
    if path.is_dir():
        raise LogError(text("many_files.folder", name=path))
    if path.exists():
        return [path]
    found: list[Path] = []
    if {*"*?["} & {*str(path)}:
        top, rest = _apart(path)
        found = sorted(islice((one for one in top.glob(rest) if one.is_file()), MOST_FILES + 1))
        if len(found) > MOST_FILES:
            raise LogError(text("many_files.most_files", name=path, most=MOST_FILES))
    if not found:
        raise LogError(text("many_files.none", name=shown(str(path))))
    return found


def _apart(path: Path) -> tuple[Path, str]:
    """The folder in which to look, and the pattern; brackets in the name of a folder that is there are its own."""
    top = Path(path.anchor)
    parts = [*path.relative_to(top).parts]
    while len(parts) > 1 and not {"*", "?"} & {*parts[0]} and (top / parts[0]).is_dir():
        top /= parts.pop(0)
    return top, str(Path(*parts))


def _without_copies(paths: Sequence[Path]) -> list[Path]:
    """Leave out files with the same bytes as one before: the same person's, sent twice."""
    sizes = {path: _size(path) for path in paths}
    of_size = Counter(sizes.values())
    first: dict[object, Path] = {}
    for path, size in sizes.items():
        first.setdefault(path if of_size[size] == 1 else _digest(path), path)
    kept = [*first.values()]
    if copies := [path for path in paths if path not in {*kept}]:
        warnings.warn(text("many_files.copies", name=copies[0], count=len(copies)), stacklevel=5)
    return kept


def _size(path: Path) -> int:
    with about(path):
        return require_file(path)


def _digest(path: Path) -> bytes:
    with about(path), open_to_read(path) as file:
        return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]  # a file that was opened to read


# --- What is in them


def looked_at(paths: Sequence[Path]) -> list[Source]:
    """Look at each file.

    Raises
    ------
    ValueError
        If one cannot be read, or has nothing that can be counted.
    """
    parquet = [path for path in paths if ENDINGS.get(path.suffix.lower()) == PARQUET]
    with connected(parquet) if parquet else nullcontext() as database:
        return [Source(number, path, *_look(path, database)) for number, path in enumerate(paths)]


def _look(path: Path, database: duckdb.DuckDBPyConnection | None) -> tuple[Shape, int]:
    """How a file is read, and about how many lines it has."""
    kind = ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise InvalidAnswer(text("many_files.unknown", name=path, known=", ".join(ENDINGS)))
    with about(path):
        size = require_file(path)  # before a library opens it by its path
        if kind == LOG:
            return _of_log(kind), 1 + size // _LOG_LINE
        found = _look_csv(path, size) if database is None or kind == CSV else _look_parquet(path, size, database)
    if not {*found[0].names} - {"n"}:
        raise InvalidAnswer(text("many_files.no_columns", name=path, known=", ".join(KEYS)))
    return found


def _look_parquet(path: Path, size: int, database: duckdb.DuckDBPyConnection) -> tuple[Shape, int]:
    empty = database.execute("FROM read_parquet(?, hive_partitioning = false) LIMIT 0", [[pattern(path)]])
    types = {name: str(kind) for name, kind, *_ in empty.description or ()}
    query = """
        SELECT coalesce(sum(lines), 0)::BIGINT, coalesce(sum(greatest(bytes, chunks)), 0)::BIGINT FROM (
            SELECT any_value(row_group_num_rows) AS lines, any_value(row_group_bytes) AS bytes,
                sum(total_uncompressed_size) AS chunks
            FROM parquet_metadata(?) GROUP BY row_group_id)"""
    rows, unfolded = database.execute(query, [[pattern(path)]]).fetchone() or (0, 0)
    if is_history([*types]):
        return _of_log(EXPORT), rows
    known = checked([*types])
    twice = database.execute("SELECT name FROM parquet_schema(?) GROUP BY name HAVING count(*) > 1", [[pattern(path)]])
    checked([*types, *(name for (name,) in twice.fetchall())])  # DuckDB gives the second one another name
    if nested := [name for name in known if types[name].startswith(("STRUCT", "MAP")) or types[name].endswith("]")]:
        raise InvalidAnswer(text("many_files.nested", column=nested[0]))
    # A few bytes can stand for any number of lines, or of letters.
    if unfolded > _SLACK + _FOLD * size or rows * len(known) > _CELLS + _CELLS_A_BYTE * size:
        raise InvalidAnswer(text("many_files.unfolds"))
    return Shape(PARQUET, tuple((name, types[name]) for name in known)), rows


def _look_csv(path: Path, size: int) -> tuple[Shape, int]:
    with TextIOWrapper(open_to_read(path), encoding="utf-8-sig", newline="") as file:
        line = file.readline(_HEADING)
    if len(line) == _HEADING:
        raise InvalidAnswer(text("many_files.long_heading"))
    found = [(next(csv.reader([line], delimiter=mark), []), mark) for mark in ",;\t"]
    names, separator = max(found, key=lambda one: len(known_names(one[0])))  # what makes most of the names known ones
    if is_history(names):
        return _of_log(EXPORT), 1 + size // _CSV_LINE
    columns = tuple((name, "VARCHAR") for name in checked(names))
    with open_to_read(path) as file:
        quotation_marks = sum(piece.count(b'"') for piece in iter(lambda: file.read(_PIECE), b""))
    if quotation_marks % 2:  # DuckDB would leave out all from the last one on, and say nothing
        raise InvalidAnswer(text("many_files.quote"))
    return Shape(CSV, columns, tuple(names), separator), 1 + size // _CSV_LINE


def _of_log(kind: str) -> Shape:
    return Shape(kind, tuple((name, "VARCHAR") for name in [*OWN_KEYS, "month"]))
