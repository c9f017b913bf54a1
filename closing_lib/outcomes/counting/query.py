"""The one query that counts files: DuckDB groups them out of core, with nothing but these files to reach.

What is in a file never becomes SQL: paths are parameters, and columns are called by names of this kit.
"""

from __future__ import annotations

import glob
import math
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.files import passing_folder
from closing_lib.outcomes.counting.frames import FILE, MOST, as_number, largest, missing_n, not_countable
from closing_lib.outcomes.vocabulary import KINDS, WORDS, unknown_word
from closing_lib.records.errors import LogError

if TYPE_CHECKING:
    import duckdb

MEMORY = "768MB"
PAUSE = 0.25  # seconds between two looks at how far a query has come
# What stands for a missing value in a CSV file; "none" and "nothing" are words that are counted.
_NULLS = ("", "NA", "N/A", "<NA>", "NaN", "nan", "None", "NULL", "null")
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_FRACTION = ("FLOAT", "DOUBLE", "DECIMAL")
_LONGEST = 2**62
_UNFIT = "cannot be counted:"  # begins the error of a query: the column follows, and the value
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_file_cache": False,
    "preserve_insertion_order": False,
    "python_enable_replacements": False,
}
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
    with passing_folder() as folder:
        own = {"memory_limit": MEMORY, "temp_directory": str(folder)} | ({"threads": threads} if threads else {})
        with _duckdb().connect(config=_CONFIG | own) as database:
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
        raise LogError(text("many_files.no_duckdb")) from None
    return duckdb


@contextmanager
def about(path: str | os.PathLike[str]) -> Iterator[None]:
    """Let what goes wrong with a file be one sentence that names it."""
    try:
        yield
    except LogError:
        raise  # which names it already
    except Exception as error:
        is_sql = isinstance(error, getattr(sys.modules.get("duckdb"), "Error", ()))
        if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
            raise InvalidAnswer(f"{path}: {error}") from None
        if not (is_sql or isinstance(error, (OSError, UnicodeError))):
            raise
        told = str(getattr(error, "strerror", None) or error).replace(str(path), Path(path).name).strip()
        why = (told or type(error).__name__).splitlines()[0].rstrip(".")
        raise LogError(text("many_files.unreadable", name=path, error=why)) from error


class Shape(NamedTuple):
    """How files are read that the same query counts."""

    kind: str
    columns: tuple[tuple[str, str], ...]  # that can be counted, with the types by which DuckDB knows them
    heading: tuple[str, ...] = ()  # all columns of CSV files in their order
    separator: str = ","

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that can be counted."""
        return tuple(name for name, _ in self.columns)

    def counted(
        self,
        database: duckdb.DuckDBPyConnection,
        paths: Sequence[Path],
        by: Sequence[str],
        reach: Callable[[float], object],
    ) -> pd.DataFrame:
        """The tally of files of this shape by some of the columns, or by `FILE`, their number.

        ``reach`` is told again and again what share is done, from 0 to 1, and can stop the work by raising something.
        """
        options: dict[str, Any] = {"hive_partitioning": False}
        if self.heading:
            names = {f"c{place}": "VARCHAR" for place in range(len(self.heading))}
            options |= {"columns": names, "delim": self.separator, **_CSV}
        given = ", ".join(f"{name} = ${name}" for name in options)
        read = f"{'read_csv' if self.heading else 'read_parquet'}($paths, {given})"
        lines = " WHERE c0 IS NOT NULL" if len(self.heading) == 1 else ""  # of one column, an empty line is none
        select, options["paths"] = partial(self._select, f"{read}{lines}", by, len(paths)), [*map(pattern, paths)]
        try:
            found = _run(database, select(strict=False), options, reach)
            if any(map(np.ma.is_masked, found.values())):  # to say what is wrong takes longer
                found = _run(database, select(strict=True), options, reach)
        except _duckdb().InvalidInputException as error:
            _, is_unfit, told = str(error).partition(_UNFIT)
            raise _unfit(*told.split(":", maxsplit=1)) if is_unfit else error from None
        # The codes are used up, so that many do not take the memory twice.
        return pd.DataFrame({name: _typed(name, np.asarray(found.pop(name))) for name in [*found]}, copy=False)

    def _select(self, table: str, by: Sequence[str], files: int, *, strict: bool) -> str:
        """The query: keys of several columns each, the last first, since few are grouped and sorted sooner."""
        keys: list[str] = []
        codes: dict[str, str] = {}
        rest = _LONGEST
        for name in reversed(by):
            size = files if name == FILE else _missing(name) + 1
            code = "file_index" if name == FILE else self._code(name, strict=strict)
            if rest * size > _LONGEST:
                rest = 1
                keys.append(f"{code}::BIGINT")
            else:
                keys[-1] += f" + {code} * {rest}::BIGINT"
            kind = "UTINYINT" if size <= 2**8 else "USMALLINT" if size <= 2**16 else "BIGINT"
            codes[name] = f'(k{len(keys) - 1} // {rest} % {size})::{kind} AS "{name}"'
            rest *= size
        n = f"least(sum({self._code('n', strict=True)}), {MOST + 1})::BIGINT" if "n" in self.names else "count(*)"
        packed = ", ".join(f"{key} AS k{place}" for place, key in enumerate(keys))
        places = ", ".join(f"k{place}" for place in reversed(range(len(keys))))
        groups = f"SELECT {packed}, {n} AS n FROM {table} GROUP BY {places}"  # noqa: S608  # nothing in it is
        columns = ", ".join(codes[name] for name in by)
        return f"SELECT {columns}, n FROM ({groups}) ORDER BY {places}"  # noqa: S608  # from a file

    def _code(self, name: str, *, strict: bool) -> str:
        """A column as whole numbers: the place of a word from 1, or the number; what is missing is after the last.

        What is neither is an error if it is strict, else NULL; so is an ``n`` that is missing.
        """
        kind, cell = dict(self.columns)[name], f'"{name}"'
        if self.heading:
            column = f"c{self.heading.index(name)}"
            cell = f"CASE WHEN {column} NOT IN {_NULLS} THEN {column} END"
        word = cell if kind == "VARCHAR" else f"CAST({cell} AS VARCHAR)"
        error = f"error('{_UNFIT}{name}:' || coalesce({word}, ''))"
        if name in WORDS:
            words = ", ".join(f"'{one}'" for one in WORDS[name])
            place = f"list_position([{words}, NULL], {word})::UTINYINT"
            return f"coalesce({place}, {error}::UTINYINT)" if strict else place
        is_number = kind in _WHOLE or kind.startswith(_FRACTION)
        number = cell if is_number else f"TRY_CAST({word} AS DOUBLE)"
        fits = f"{number} BETWEEN 0 AND {largest(name)}" + f" AND {number} = trunc({number})" * (kind not in _WHOLE)
        is_missing = f"{cell} IS NULL" + (f" OR isnan({cell})" if kind in _FRACTION[:2] else "")
        wrong = f" ELSE {error}::BIGINT" if strict else ""
        missing = "" if name == "n" else f"WHEN {is_missing} THEN {_missing(name)} "
        return f"CASE {missing}WHEN {fits} THEN TRY_CAST({number} AS BIGINT){wrong} END"


def _missing(name: str) -> int:
    """The code of what is missing in a column: after all others."""
    return len(WORDS[name]) + 1 if name in WORDS else largest(name) + 1


def _typed(name: str, codes: npt.NDArray[Any]) -> Any:
    if name in WORDS:
        at = (codes % _missing(name)).astype(np.int8) - 1  # what is missing is before the first
        return pd.Categorical.from_codes(at, dtype=KINDS[name])
    whole = codes.astype(np.int64)
    is_missing = whole == _missing(name)
    return whole if name in ("n", FILE) else pd.arrays.IntegerArray(np.where(is_missing, 0, whole), is_missing)


def _unfit(name: str, value: str) -> InvalidAnswer:
    if name in WORDS:
        return unknown_word(name, value)
    if name == "n" and value in ("", "nan"):
        return missing_n()
    number = as_number(value)
    if not math.isnan(number):
        return not_countable(name, int(number) if number.is_integer() and number < _LONGEST * 2 else number)
    return not_countable(name, value)


def _run(
    database: duckdb.DuckDBPyConnection, query: str, given: Mapping[str, Any], reach: Callable[[float], object]
) -> dict[str, Any]:
    """Run a query in a thread of its own, so that whoever waits can be told how far it is, and can interrupt it."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(lambda: database.execute(query, given).fetchnumpy())
        try:
            while not wait([running], PAUSE).done:
                reach(max(0.0, database.query_progress()) / 100)
            return dict(running.result())
        finally:
            while not running.done():
                database.interrupt()
                wait([running], PAUSE)
