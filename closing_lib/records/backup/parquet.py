"""The history as Parquet, both ways: proper types, for tools, and for tallies of many people's exports."""

from __future__ import annotations

import datetime as dt
import io
import os
from typing import TYPE_CHECKING, Any

from closing_lib.content import text
from closing_lib.files import require_file
from closing_lib.records.backup.columns import type_of
from closing_lib.records.backup.history import History
from closing_lib.records.errors import LogError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_FEW = 10_000  # rows that any file may hold; further ones take three bytes each at least
_BYTES_A_ROW = 3
_WIDEST = 500  # columns
_LETTERS, _FOLD = 20_000_000, 50  # that any file may hold, and times as many as it has bytes


def as_parquet(table: History) -> bytes:
    """Write the history as Parquet.

    Texts stand in it as they are: no program takes a column of text for formulas.
    """
    import pyarrow as pa  # noqa: PLC0415  # slow to load, and only this format needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    cells = [*zip(*table.rows, strict=True)] or [()] * len(table.columns)
    types = _types()
    arrays = [pa.array(column, type=types[type_of(name)]) for name, column in zip(table.columns, cells, strict=True)]
    file = io.BytesIO()
    pq.write_table(pa.table(dict(zip(table.columns, arrays, strict=True))), file, compression="zstd")
    return file.getvalue()


def read_parquet(source: str | os.PathLike[str] | bytes, name: str) -> pa.Table:
    """Read a table of a history.

    A few bytes can stand for any number of rows and letters, so it is looked at first whether it is one: whoever made a
    history without repeating it thousands of times is far from what is refused.

    Parameters
    ----------
    source : path-like or bytes
        The file.
    name : str
        Its name.

    Raises
    ------
    LogError
        If it is damaged, or unfolds to far more than a history.
    OSError
        If it cannot be read.
    """
    import pyarrow as pa  # noqa: PLC0415  # slow to load, and only this format needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    size = len(source) if isinstance(source, bytes) else require_file(source)
    opened = pa.BufferReader(source) if isinstance(source, bytes) else os.fspath(source)
    try:
        with pq.ParquetFile(opened, pre_buffer=False) as file:
            found, kinds = file.metadata, {one.name: one.type for one in file.schema_arrow}
            texts = [one for one, kind in kinds.items() if _is_text(kind)]
            _require(all(map(_is_flat, kinds.values())), name)
            _require(found.num_rows <= _FEW + size // _BYTES_A_ROW and found.num_columns <= _WIDEST, name)
            _require(unfolded(found) <= _LETTERS + _FOLD * size, name)
        with pq.ParquetFile(opened, pre_buffer=False, read_dictionary=texts) as file:
            table = file.read(use_threads=False)
        _require(sum(map(_letters, table.columns)) <= _LETTERS + _FOLD * size, name)
        return table.cast(pa.schema([one.with_type(_plain(one.type)) for one in table.schema]))
    except LogError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise LogError(text("exporting.trouble.broken_parquet", name=name)) from error


def values(column: pa.ChunkedArray) -> list[Any]:
    """Give what is in a column; days and times that no calendar here has as text."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        return column.to_pylist()  # type: ignore[no-any-return]  # the stubs know no types of values
    except (ArithmeticError, LookupError, ValueError):
        return [_value(one, said) for one, said in zip(column, column.cast(pa.string()).to_pylist(), strict=True)]


def _value(one: pa.Scalar, said: str) -> Any:
    try:
        return one.as_py()
    except (ArithmeticError, LookupError, ValueError):
        return said


def _is_flat(kind: pa.DataType) -> bool:
    """Tell whether a value has a bounded length, or is a text whose length can be counted beforehand."""
    from pyarrow import types  # noqa: PLC0415

    return types.is_primitive(kind) or types.is_null(kind) or _is_text(kind)


def _is_text(kind: pa.DataType) -> bool:
    from pyarrow import types  # noqa: PLC0415

    tests = (types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary)
    return any(test(kind) for test in tests) or (types.is_dictionary(kind) and _is_text(kind.value_type))


def _require(fits: bool, name: str) -> None:
    if not fits:
        raise LogError(text("exporting.trouble.unfolds", name=name))


def unfolded(found: pq.FileMetaData) -> int:
    """Give how many bytes a file unfolds to, by what it says itself.

    It says so of row groups and of columns, too; but to ask a damaged file for one of its columns ends the process.
    """
    return sum(found.row_group(number).total_byte_size for number in range(found.num_row_groups))


def _letters(column: pa.ChunkedArray) -> int:
    """Count the letters of a column of texts, of which each stands in the file only once."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if not pa.types.is_dictionary(column.type):
        return 0
    lengths = (pc.sum(pc.binary_length(one.dictionary).cast(pa.int64()).take(one.indices)) for one in column.chunks)
    return sum(one.as_py() or 0 for one in lengths)


def _plain(kind: pa.DataType) -> pa.DataType:
    import pyarrow as pa  # noqa: PLC0415

    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _types() -> dict[type, pa.DataType]:
    import pyarrow as pa  # noqa: PLC0415

    return {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        dt.date: pa.date32(),
        dt.datetime: pa.timestamp("us", tz="UTC"),
    }
