"""The history as CSV: UTF-8 with a mark, so that Excel knows it, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from closing_lib.records.backup.columns import type_of
from closing_lib.records.backup.formulas import neutral
from closing_lib.records.backup.history import History
from closing_lib.records.backup.written import WRITERS


def as_csv(table: History) -> bytes:
    r"""Write the history as CSV.

    Examples
    --------
    >>> as_csv(History(("record", "note"), [("application", "=1+1")]))
    b"\xef\xbb\xbfrecord,note\r\napplication,'=1+1\r\n"
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(map(neutral, table.columns))
    columns = zip(*table.rows, strict=True) if table.rows else ()
    writer.writerows(
        zip(*(_column(name, cells) for name, cells in zip(table.columns, columns, strict=False)), strict=True)
    )
    return file.getvalue().encode("utf-8-sig")


def _column(name: str, cells: tuple[Any, ...]) -> list[Any]:
    kind = type_of(name)
    write: Callable[[Any], str] | None = neutral if kind is str else WRITERS.get(kind)
    if write is None:
        return [*cells]
    known = {cell: "" if cell is None else write(cell) for cell in {*cells}}  # days, words and companies come often
    return [known[cell] for cell in cells]
