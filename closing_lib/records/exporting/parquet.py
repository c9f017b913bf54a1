"""The history as Parquet: proper types, for tools, and for tallies of many people's exports."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from closing_lib.records.exporting.columns import type_of
from closing_lib.records.exporting.history import History

if TYPE_CHECKING:
    import pyarrow as pa


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
