"""Text with separators in which each line is one record of the same number of cells: read whole columns at a time."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


class Unusual(Exception):
    """The file, or the log that it goes into, holds something that needs to be looked at row by row."""


def read_regular(whole: str, separator: str, width: int) -> pa.Table:
    r"""Give the cells below the first line, as columns of text numbered from 0.

    Raises
    ------
    Unusual
        If a line has more or fewer cells, or perhaps the headings again, or if a cell has several lines or a quotation
        mark in an unusual place.

    Examples
    --------
    >>> read_regular('Company,Status\nAcme,open\n"Ampersand, Sons",open\n', ",", 2).column("0").to_pylist()
    ['Acme', 'Ampersand, Sons']
    """
    try:
        from pyarrow import ArrowInvalid, BufferReader, compute, csv, string  # noqa: PLC0415  # slow to load
    except ImportError:  # in the browser there may be none
        raise Unusual from None
    has_marks = '"' in whole
    if has_marks and '"' in _quoted(separator).sub("", whole):
        raise Unusual
    names = [str(number) for number in range(width)]
    try:
        cells = csv.read_csv(
            BufferReader(whole.encode()),
            csv.ReadOptions(column_names=names, use_threads=False),
            csv.ParseOptions(delimiter=separator, quote_char='"' if has_marks else False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=dict.fromkeys(names, string())),
        ).combine_chunks()
    except ArrowInvalid:
        raise Unusual from None
    if compute.sum(compute.equal(cells["0"], cells["0"][0])).as_py() > 1:
        raise Unusual
    return cells.slice(1)


@cache
def _quoted(separator: str) -> re.Pattern[str]:
    """Give what finds the cells in quotation marks that all programs read alike: whole cells, on one line."""
    mark = re.escape(separator)
    return re.compile(rf'(?:^|(?<={mark}))"(?:[^"\r\n]|"")*+"(?={mark}|\r?$)', re.MULTILINE)
