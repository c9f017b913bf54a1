"""The cells of a sheet as XML, every text typed as text. openpyxl takes ten times as long, and texts for formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from closing_lib.records.exporting.formulas import neutral
from closing_lib.records.exporting.sheets import Sheet
from closing_lib.records.exporting.written import as_text

HEADING, FORMULA = "heading", "formula"  # styles, beside those of days and times
_FIRST_DAY = dt.date(1900, 3, 1)  # before it, Excel knows no day, or a wrong one
_ZERO = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_DAY = dt.timedelta(days=1)
# What XML cannot hold, and the carriage return that it would change, are written as the format says: _x000D_.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")

Styles = Mapping[object, int]  # heading, formula, or the type of a cell -> the number of its style


def escaped(written: str) -> str:
    r"""Write what a cell cannot hold as it stands in the format's own way; programs show it as it was.

    Examples
    --------
    >>> escaped("a\r\nb\x07"), escaped("_x000D_")
    ('a_x000D_\nb_x0007_', '_x005F_x000D_')
    """
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", written)


def unescaped(written: str) -> str:
    """Give the text that `escaped` wrote."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), written)


def rows(sheet: Sheet, letters: list[str], styles: Styles) -> Iterator[str]:
    """Give the rows of a sheet as XML, the headings first.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    letters : list of str
        The names of its columns: A, B, C.
    styles : Styles
        The numbers of the styles.
    """
    heading = f' s="{styles[HEADING]}"'
    named = zip(letters, sheet.headings, strict=True)
    yield _row(1, (f'<c r="{letter}1"{_text(name, heading)}' for letter, name in named))
    known: dict[tuple[type, Any], str] = {}  # words, days and companies come often
    for number, row in enumerate(sheet.rows, start=2):
        cells = []
        for letter, value in zip(letters, row, strict=True):
            if value is not None:
                key = (type(value), value)  # True is 1 to a dictionary
                written = known.get(key)
                if written is None:
                    written = known[key] = _cell(value, styles)
                cells.append(f'<c r="{letter}{number}"{written}')
        yield _row(number, cells)


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(value: Any, styles: Styles) -> str:
    """Write a cell behind its place."""
    kind = type(value)
    if kind is int or kind is float:
        return f"><v>{value!r}</v></c>"
    if kind is dt.datetime:
        return f' s="{styles[kind]}"><v>{(value - _ZERO) / _DAY!r}</v></c>'
    if kind is dt.date and value >= _FIRST_DAY:
        return f' s="{styles[kind]}"><v>{value.toordinal() - _ZERO.toordinal()}</v></c>'
    written = as_text(value)  # yes and no in words: some programs keep their own TRUE as a formula
    return _text(written, "" if neutral(written) == written else f' s="{styles[FORMULA]}"')


def _text(written: str, style: str) -> str:
    inner = escape(escaped(written), quote=False)
    return f'{style} t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>'
