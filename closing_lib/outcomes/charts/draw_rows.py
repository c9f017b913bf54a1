"""Rows drawn: each with its label, its marks, and its figures in words."""

from __future__ import annotations

from closing_lib.outcomes.charts.axis import draw_ends, draw_grid, draw_ticks
from closing_lib.outcomes.charts.layout import Columns, Laid, columns_of, lay_out, middle
from closing_lib.outcomes.charts.marks import draw_key, draw_mark
from closing_lib.outcomes.charts.paper import LEADING, MUTED, Paper
from closing_lib.outcomes.charts.picture import Rows


def draw_rows(paper: Paper, y: float, picture: Rows) -> float:
    """Draw rows from a height downward, and give the height below them."""
    columns = columns_of(picture, paper.width)
    y = draw_key(paper, y, picture.key)
    y = draw_ends(paper, y, columns)
    rows = lay_out(picture, columns, y)
    draw_grid(paper, rows, columns)
    _join(paper, rows, picture, columns)
    for laid in rows:
        _draw_label(paper, laid, columns)
        _draw_told(paper, laid, columns)
        for mark in laid.row.marks:
            draw_mark(paper, middle(laid, columns), mark, columns, f"row-{laid.row.number}")
    return draw_ticks(paper, rows[-1].bottom, columns)


def _draw_label(paper: Paper, laid: Laid, columns: Columns) -> None:
    is_title = laid.row.number is None
    y = _label_top(laid, columns)
    for place, line in enumerate(laid.label):
        at = y + (place + 0.5) * LEADING
        paper.write(0 if is_title else columns.indent, at, line, bold=is_title, is_clear=True)


def _draw_told(paper: Paper, laid: Laid, columns: Columns) -> None:
    """Write the figures in a column of their own, or on a narrow sheet beside the label, or below it."""
    row, color = laid.row, None if laid.row.marks else MUTED
    below = _label_top(laid, columns) + len(laid.label) * LEADING
    for place, line in enumerate(laid.told):
        paper.write(0, below + (place + 0.5) * LEADING, line, color=color, is_clear=True)
    if laid.told or not row.told:
        return
    if not row.marks:
        x = columns.left + 8 if row.label else columns.indent
        paper.write(x, laid.top + laid.height / 2, row.told, color=color, is_clear=True)
        return
    y = below - LEADING / 2 if columns.is_narrow else laid.top + laid.height / 2
    paper.write(columns.width, y, row.told, anchor="right", is_clear=columns.is_narrow)


def _label_top(laid: Laid, columns: Columns) -> float:
    if laid.row.number is None:
        return laid.top + 10
    if columns.is_narrow:
        return laid.top + 6
    return laid.top + laid.height / 2 - len(laid.label) * LEADING / 2


def _join(paper: Paper, rows: tuple[Laid, ...], picture: Rows, columns: Columns) -> None:
    """Join marks of one name by a dashed line, from row to row."""
    points = [
        (columns.at(mark.at), middle(laid, columns))
        for laid in rows for mark in laid.row.marks if mark.name == picture.joined and mark.at is not None
    ]  # fmt: skip
    if len(points) > 1:
        paper.line(*map(list, zip(*points, strict=True)), color=MUTED, width=1.2, dashes=(5, 3), name="joined")
