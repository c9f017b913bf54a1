"""Marks drawn: each look of them in its own way, and the key that says what they mean."""

from __future__ import annotations

from closing_lib.outcomes.charts.layout import Columns
from closing_lib.outcomes.charts.paper import ACCENT, LEADING, MUTED, WHITE, Paper, wide, wrapped
from closing_lib.outcomes.charts.picture import Axis, Look, Mark

_WIDTHS = {Look.SOLID: 3.4, Look.HOLLOW: 1.6}
_LOWER = 12  # how far a bracket lies below what it belongs to
_HIDDEN = 13  # a line that is no longer than this would lie behind its mark: it gets ends that stand out
_SAMPLE, _AFTER = 42, 24  # what a mark takes in the key, and what is left free after its words
_WHOLE = Axis(((0, ""), (1, "")), "")


def draw_mark(paper: Paper, y: float, mark: Mark, columns: Columns, name: str) -> None:
    """Draw a mark with its interval; both bear the name, so that they can be read back."""
    left, right = columns.at(mark.low), columns.at(mark.high)
    interval = f"{name}.{mark.name}.interval"
    if mark.look in (Look.BAR, Look.OUTLINE):
        fill = ACCENT if mark.look is Look.BAR else WHITE
        paper.box(left, y, max(right - left, 2), 6, fill=fill, edge=ACCENT, name=interval)
    elif mark.look is Look.BRACKET:
        paper.line(*_bracket(left, right, y + _LOWER, 4), color=MUTED, width=1.4, name=interval)
    elif mark.look is not Look.POINT:
        if right - left < _HIDDEN and mark.at is not None:
            paper.line(*_bracket(left, right, y, 9), width=1.4, name=interval)
        else:
            paper.line([left, right], [y, y], width=_WIDTHS[mark.look], name=interval)
        _draw_arrows(paper, y, mark, columns)
    if mark.at is not None:
        is_open = mark.look in (Look.HOLLOW, Look.POINT)
        paper.mark(columns.at(mark.at), y, mark.shape, is_open=is_open, name=f"{name}.{mark.name}.at")


def draw_key(paper: Paper, y: float, key: tuple[tuple[Mark, str], ...]) -> float:
    """Draw what each mark means, as many beside each other as there is room for, and give the height below."""
    x = 0.0
    for mark, words in key:
        lines = wrapped(words, paper.width - _SAMPLE)
        if x and x + _SAMPLE + wide(words) > paper.width:
            x, y = 0.0, y + LEADING + 6
        raised = _LOWER if mark.look is Look.BRACKET else 0
        draw_mark(paper, y + 12 - raised, mark, Columns(paper.width, 0, 0, x + 3, x + 31, 0, _WHOLE), "key")
        for place, line in enumerate(lines):
            paper.write(x + _SAMPLE, y + 12 + place * LEADING, line)
        x += _SAMPLE + max(map(wide, lines)) + _AFTER
        y += (len(lines) - 1) * LEADING
    return y + LEADING + 14 if key else y


def _bracket(left: float, right: float, y: float, half: float) -> tuple[list[float], list[float]]:
    """Give the corners of a line with an upright end on both sides."""
    return [left, left, left, right, right, right], [y - half, y + half, y, y, y - half, y + half]


def _draw_arrows(paper: Paper, y: float, mark: Mark, columns: Columns) -> None:
    """Point out that an interval goes on beyond the axis."""
    ticks = columns.axis.ticks
    for end, is_beyond, tip in (
        (columns.left, mark.low < ticks[0][0], -7),
        (columns.right, mark.high > ticks[-1][0], 7),
    ):
        if is_beyond:
            paper.line([end, end + tip, end], [y - 5, y, y + 5], width=1.8)
