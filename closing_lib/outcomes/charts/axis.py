"""The axis of rows drawn: its lines, the names of its values, and what its directions mean."""

from __future__ import annotations

import math

from closing_lib.outcomes.charts.layout import Columns, Laid
from closing_lib.outcomes.charts.paper import INK, LEADING, MUTED, RULE, Paper, wide


def draw_ends(paper: Paper, y: float, columns: Columns) -> float:
    """Write what the two directions mean, above the axis, and give the height below."""
    axis = columns.axis
    if axis.line:
        paper.write(columns.at(axis.line[0]), y + LEADING / 2, axis.line[1], color=MUTED, anchor="center")
        y += LEADING
    if any(axis.ends):
        paper.write(columns.left - columns.edge, y + LEADING / 2, axis.ends[0], color=MUTED)
        paper.write(columns.right + columns.edge, y + LEADING / 2, axis.ends[1], color=MUTED, anchor="right")
        y += LEADING
    return y + 4


def draw_grid(paper: Paper, rows: tuple[Laid, ...], columns: Columns) -> None:
    """Draw a line at each value that is named; on a narrow sheet only beside the marks, so that texts stay clear."""
    axis = columns.axis
    spans = [(rows[0].top, rows[-1].bottom)]
    if columns.is_narrow:
        spans = [(laid.bottom - 26, laid.bottom - 4) for laid in rows if laid.row.marks]
    for span in spans:
        for value, _ in axis.ticks:
            paper.line([columns.at(value)] * 2, span, color=RULE)
        if axis.line:
            paper.line([columns.at(axis.line[0])] * 2, span, color=INK, width=1.2, dashes=(4, 3))


def draw_ticks(paper: Paper, y: float, columns: Columns) -> float:
    """Name the values of the axis, and what it measures, and give the height below."""
    axis = columns.axis
    for value, _ in axis.ticks:
        paper.line([columns.at(value)] * 2, [y, y + 6], color=MUTED, name=f"tick-{value:g}")
    room = max(wide(words) for _, words in axis.ticks) + 10
    every = math.ceil(room * (len(axis.ticks) - 1) / (columns.right - columns.left))
    for value, words in axis.ticks[::every]:
        paper.write(columns.at(value), y + 18, words, color=MUTED, anchor="center")
    y += 18 + LEADING / 2
    if not axis.name:
        return y + 4
    fits = wide(axis.name) <= columns.right - columns.left + 2 * columns.edge
    left, width = (
        (columns.left - columns.edge, columns.width - columns.left + columns.edge) if fits else (0.0, columns.width)
    )
    return paper.paragraph(left, y, axis.name, width, color=MUTED) + 4
