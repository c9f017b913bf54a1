"""The one query that counts files: DuckDB groups them out of core, with nothing but these files to reach.

What is in a file never becomes SQL: paths are parameters, and columns are called by names of this kit.
"""

from __future__ import annotations

import glob
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.files import passing_folder
from closing_lib.outcomes.counting.frames import FILE, MOST, as_number, largest, missing_n, not_countable, unknown_word
from closing_lib.outcomes.vocabulary import KINDS, WORDS
from closing_lib.records.errors import LogError

if TYPE_CHECKING:
    import duckdb

MEMORY = "768MB"
PAUSE = 0.25  # seconds between two looks at how far a query has come
# What stands for a missing value in a CSV file; "none" and "nothing" are words that are counted.
_NULLS = ("", "NA", "N/A", "<NA>", "NaN", "nan", "None", "NULL", "null")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_LONGEST = 2**62
_FRACTION = ("FLOAT", "DOUBLE", "DECIMAL")
_CSV = {
    "auto_detect": False,
    "header": True,
    "quote": '"',
    "escape": '"',
    "compression": "none",
    "allow_quoted_nulls": False,
    "parallel": False,
}


@contextmanager
def connected(paths: Sequence[Path], threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that can read these files, write what does not fit to a folder of its own, and no more."""
    duckdb = _duckdb()
    with passing_folder() as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "enable_external_file_cache": False,
            "memory_limit": MEMORY,
            "preserve_insertion_order": False,
            "python_enable_replacements": False,
            "temp_directory": str(folder),
        }
        if threads:
            config["threads"] = threads
        with duckdb.connect(config=config) as database:
            # DuckDB takes each path for a pattern, so it gets the one that matches this file alone, and asks for both.
            database.execute("SET allowed_paths = ?", [sorted({*map(str, paths), *map(pattern, paths)})])
            database.execute("SET enable_external_access = false")
            database.execute("SET enable_progress_bar = true")  # else no query says how far it is
            database.execute("SET enable_progress_bar_print = false")
            database.execute("SET lock_configuration = true")
            yield database


def pattern(path: Path) -> str:
    """The pattern that matches this file alone."""
    return glob.escape(str(path))


def _duckdb() -> ModuleType:
    try:
        import duckdb  # noqa: PLC0415  # slow to load, and there is none in a browser
    except ImportError:
        raise InvalidAnswer(text("many_files.no_duckdb")) from None
    return duckdb


@contextmanager
def about(path: str | os.PathLike[str]) -> Iterator[None]:
    """Let what goes wrong with a file be one sentence that names it."""
    try:
        yield
    except LogError:
        raise  # which names it already
    except (OSError, UnicodeError) as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise InvalidAnswer(f"{path}: {error}") from None


@contextmanager
def sql_errors(path: Path) -> Iterator[None]:
    """Let what DuckDB says of a file be one sentence that names it."""
    try:
        yield
    except _duckdb().Error as error:
        raise _unreadable(path, str(error).replace(str(path), path.name)) from error


def _unreadable(path: str | os.PathLike[str], error: object) -> LogError:
    why = (str(getattr(error, "strerror", None) or error).strip() or type(error).__name__).splitlines()[0]
    return LogError(text("many_files.unreadable", name=path, error=why.rstrip(".")))


class Reader:
    """The SQL that reads files of one shape: CSV where there is a heading, else Parquet."""

    def __init__(self, types: Mapping[str, str], heading: Sequence[str], separator: str) -> None:
        self._types, self._heading = types, heading
        self._options: dict[str, Any] = {"hive_partitioning": False}
        if heading:
            columns = {f"c{place}": "VARCHAR" for place in range(len(heading))}
            self._options |= {"columns": columns, "delim": separator, **_CSV}

    def parameters(self, paths: Sequence[Path]) -> dict[str, Any]:
        """What the query is given for `table`."""
        return {"paths": [pattern(path) for path in paths], **self._options}

    @property
    def counts(self) -> bool:
        """Whether the files are tallies, whose lines say how many they count."""
        return "n" in self._types

    @property
    def table(self) -> str:
        """The files as a table; of one column, an empty line is none."""
        options = ", ".join(f"{name} = ${name}" for name in self._options)
        lines = " WHERE c0 IS NOT NULL" if len(self._heading) == 1 else ""
        return f"{'read_csv' if self._heading else 'read_parquet'}($paths, {options}){lines}"

    def cell(self, name: str) -> str:
        """A column as it stands in the files; what stands for nothing is NULL."""
        if not self._heading:
            return f'"{name}"'
        column = f"c{self._heading.index(name)}"
        return f"CASE WHEN {column} NOT IN {_NULLS} THEN {column} END"

    def code(self, name: str) -> str:
        """A column as whole numbers: the place of a word from 1, or the number; NULL where it cannot be counted.

        What is missing has the number after the last.
        """
        cell, kind = self.cell(name), self._types[name]
        if name in WORDS:
            words = ", ".join(f"'{word}'" for word in WORDS[name])
            word = cell if kind == "VARCHAR" else f"CAST({cell} AS VARCHAR)"
            return f"list_position([{words}, NULL], {word})::UTINYINT"
        is_number = kind in _WHOLE or kind.startswith(_FRACTION)
        number = cell if is_number else f"TRY_CAST(CAST({cell} AS VARCHAR) AS DOUBLE)"
        missing = f"{cell} IS NULL" + (f" OR isnan({cell})" if kind in _FRACTION[:2] else "")
        whole = "" if kind in _WHOLE else f" AND {number} = trunc({number})"
        return (
            f"CASE WHEN {missing} THEN {missing_code(name)} "
            f"WHEN {number} BETWEEN 0 AND {largest(name)}{whole} THEN TRY_CAST({number} AS BIGINT) END"
        )

    def n(self) -> str:
        """How many a group counts; NULL where a line does not say so."""
        if not self.counts:
            return "count(*)"
        code = f"nullif({self.code('n')}, {missing_code('n')})"
        return f"CASE WHEN count({code}) = count(*) THEN least(sum({code}), {MOST + 1})::BIGINT END"


class Unfit(Exception):  # it is explained before anybody sees it
    """A file holds what cannot be counted."""


def counted(
    reader: Reader,
    paths: Sequence[Path],
    by: Sequence[str],
    *,
    threads: int | None = None,
    reach: Callable[[float], object] = lambda _share: None,
) -> dict[str, Any]:
    """The codes of each combination in files of one shape, and its ``n``, in order; `Unfit` if something has none.

    ``reach`` is told again and again what share is done, from 0 to 1, and can stop the work by raising something.
    """
    sizes = {name: len(paths) if name == FILE else missing_code(name) + 1 for name in by}
    keys, codes = _packed(reader, sizes)
    places = ", ".join(f"k{place}" for place in reversed(range(len(keys))))
    packed = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
    groups = f"SELECT {packed}, {reader.n()} AS n FROM {reader.table} GROUP BY {places}"  # noqa: S608  # nothing in it is
    columns = ", ".join(codes[name] for name in by)
    query = f"SELECT {columns}, n FROM ({groups}) ORDER BY {places}"  # noqa: S608  # from a file
    with connected(paths, threads) as database:
        found = _run(database, query, reader.parameters(paths), reach)
    if any(np.ma.is_masked(column) for column in found.values()):
        raise Unfit
    return {name: np.asarray(column) for name, column in found.items()}


def _packed(reader: Reader, sizes: dict[str, int]) -> tuple[list[str], dict[str, str]]:
    """Keys of several columns each, the last first, since few are grouped and sorted sooner; and the codes in them."""
    keys: list[str] = []
    codes: dict[str, str] = {}
    rest = 1
    for name, size in reversed(sizes.items()):
        code = "file_index" if name == FILE else reader.code(name)
        if keys and rest * size <= _LONGEST:
            keys[-1] += f" + {code} * {rest}::BIGINT"
        else:
            rest = 1
            keys.append(f"{code}::BIGINT")
        kind = "UTINYINT" if size <= 2**8 else "USMALLINT" if size <= 2**16 else "BIGINT"
        codes[name] = f'(k{len(keys) - 1} // {rest} % {size})::{kind} AS "{name}"'
        rest *= size
    return keys, codes


def explained(reader: Reader, path: Path, by: Sequence[str]) -> InvalidAnswer:
    """The error that names the first value of a file that cannot be counted."""
    with connected([path]) as database:
        for name in [name for name in by if name != FILE] + ["n"] * reader.counts:
            table = f"(FROM {reader.table})"
            unfit = f"{table} WHERE {reader.code(name)} IS NULL LIMIT 1"
            query = f"SELECT {reader.cell(name)} FROM {unfit}"  # noqa: S608  # nothing in it is from a file
            if found := database.execute(query, reader.parameters([path])).fetchone():
                return unknown_word(name, found[0]) if name in WORDS else not_countable(name, _plain(found[0]))
    return missing_n()


def _plain(value: object) -> object:
    """A number as it is written, also where it stands in a text."""
    number = as_number(value) if isinstance(value, str) else None
    return value if number is None or number != number else int(number) if number.is_integer() else number  # noqa: PLR0124


def _run(
    database: duckdb.DuckDBPyConnection, query: str, given: Mapping[str, Any], reach: Callable[[float], object]
) -> dict[str, Any]:
    """Run a query in a thread of its own, so that whoever waits can be told how far it is, and can interrupt it."""
    ended: SimpleQueue[dict[str, Any] | BaseException] = SimpleQueue()  # interruptions leave it as it is, unlike a join

    def run() -> None:
        try:
            ended.put(database.execute(query, given).fetchnumpy())
        except BaseException as error:  # it is raised where it is waited for
            ended.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    found: dict[str, Any] | BaseException | None = None
    try:
        while found is None:
            found = _next(ended)
            reach(max(0.0, database.query_progress()) / 100)
    finally:
        while found is None:
            database.interrupt()
            found = _next(ended)
        thread.join()
    if isinstance(found, BaseException):
        raise found
    return found


def _next(ended: SimpleQueue[dict[str, Any] | BaseException]) -> dict[str, Any] | BaseException | None:
    try:
        return ended.get(timeout=PAUSE)
    except Empty:
        return None


def missing_code(name: str) -> int:
    """The code of what is missing in a column: after all others."""
    return len(WORDS[name]) + 1 if name in WORDS else largest(name) + 1


def typed_columns(codes: dict[str, npt.NDArray[Any]]) -> pd.DataFrame:
    """The tally that codes stand for, which are used up, so that many do not take the memory twice."""
    return pd.DataFrame({name: _typed(name, codes.pop(name)) for name in [*codes]}, copy=False)


def _typed(name: str, codes: npt.NDArray[Any]) -> Any:
    if name in WORDS:
        at = (codes % missing_code(name)).astype(np.int8) - 1  # what is missing is before the first
        return pd.Categorical.from_codes(at, dtype=KINDS[name])
    whole = codes.astype(np.int64)
    if name in ("n", FILE):
        return whole
    is_missing = whole == missing_code(name)
    return pd.arrays.IntegerArray(np.where(is_missing, 0, whole), is_missing)
