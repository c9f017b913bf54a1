"""Pictures drawn on paper, at two widths: rows with their labels, marks and figures; and curves in steps over days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from closing_lib.outcomes.charts.paper import ACCENT, INK, LEADING, MUTED, PALE, RULE, WHITE, Paper, wide, wrapped
from closing_lib.outcomes.charts.picture import Axis, Days, Look, Mark, Panel, Picture, Row

WIDE, NARROW = 700, 320  # units; a page shows the one that its room allows
_BESIDE = 500  # wider sheets have labels, lines and figures side by side, and curves too
_GAP, _INDENT, _EDGE = 14, 16, 20
_DOT = "·\u00a0"  # it parts the counts from the name on one line only
_LEAST = 250  # for the axis of a wide sheet; labels break into lines before it gets smaller
_LINE, _BRACKET, _LOWER = 22, 8, 12  # what marks need, what a bracket needs besides, and how far below it lies
_HIDDEN = 13  # a line that is no longer than this would lie behind its mark: it gets ends that stand out
_SAMPLE, _AFTER = 42, 24  # what a mark takes in the key, and what is left free after its words
_WHOLE = Axis(((0, ""), (1, "")))
_APART, _TALL, _LOW = 36, 240, 130  # between panels; a curve that is alone, and one of several
_DASHED: dict[str, Any] = {"color": INK, "ls": (0, (4, 3))}


def draw(paper: Paper, y: float, picture: Picture) -> float:
    """Draw a picture from a height downward, and give the height below it."""
    if isinstance(picture.axis, Axis):
        return _Sheet(paper, picture.axis, picture.parts).draw(y, picture.key)
    beside = 1 if paper.width <= _BESIDE or len(picture.parts) == 1 else 2
    width, tall = (paper.width - (beside - 1) * _APART) / beside, _TALL if len(picture.parts) == 1 else _LOW
    places = [paper.part(place * (width + _APART), width) for place in range(beside)]
    for first in range(0, len(picture.parts), beside):
        panels = zip(places, picture.parts[first : first + beside], strict=False)
        y = max(_draw_panel(part, y, panel, picture.axis, tall) for part, panel in panels) + 10
    return y


class _Sheet:
    """Rows on a sheet: where labels, axis and figures stand; a narrow one has the labels above the lines."""

    def __init__(self, paper: Paper, axis: Axis, rows: Sequence[Row]) -> None:
        self.paper, self.axis, self.rows, width = paper, axis, rows, paper.width
        self.is_narrow = width <= _BESIDE
        self.edge = max([_EDGE, *(wide(words) / 2 for _, words in axis.ticks)])
        self.indent, self.label, self.left, self.right = 0.0, width, self.edge, width - self.edge
        self.spans: list[tuple[float, float]] = []  # where the lines of the axis are drawn
        if not self.is_narrow:
            lines = [row for row in rows if row.number is not None]
            self.indent = _INDENT if len(lines) < len(rows) else 0
            told = max((wide(row.told) for row in lines if row.marks), default=0) + _GAP + self.edge
            labels = max((wide(row.label) for row in lines), default=0) + self.indent
            self.label = min(labels, width - told - _GAP - self.edge - _LEAST)
            self.left, self.right = self.label + _GAP + self.edge, width - told

    def draw(self, y: float, key: Sequence[tuple[Mark, str]]) -> float:
        top = y = self._draw_ends(_draw_key(self.paper, y, key))
        joined: list[tuple[float, float]] = []
        for row in self.rows:
            if row.number is None:
                y = self.paper.paragraph(0, y + 10, row.label, self.paper.width, bold=True, is_clear=True) + 2
                continue
            y, middle = self._narrow_row(y, row) if self.is_narrow else self._wide_row(y, row)
            for mark in row.marks:
                _draw_mark(self.paper, middle, mark, (self.axis, self.left, self.right), f"row-{row.number}")
            joined += [(self._at(mark.low), middle) for mark in row.marks if mark.look is Look.JOINED]
        self._draw_grid(self.spans if self.is_narrow else [(top, y)], joined)
        return self._draw_ticks(y)

    def _draw_grid(self, spans: Sequence[tuple[float, float]], joined: Sequence[tuple[float, float]]) -> None:
        """Draw a line at each named value, behind all else; on a narrow sheet only beside the marks."""
        for span in spans:
            for value, _ in self.axis.ticks:
                self.paper.line([self._at(value)] * 2, span, color=RULE, zorder=1)
            if self.axis.line:
                self.paper.line([self._at(self.axis.line[0])] * 2, span, lw=1.2, zorder=1, **_DASHED)
        if len(joined) > 1:
            xs, ys = zip(*joined, strict=True)
            self.paper.line(xs, ys, color=MUTED, lw=1.2, ls=(0, (5, 3)), zorder=1.5, name="joined")

    def _at(self, value: float) -> float:
        return self.left + self.axis.place(value) * (self.right - self.left)

    def _wide_row(self, y: float, row: Row) -> tuple[float, float]:
        """Write label and figures beside the line; give the height below, and that of the marks."""
        label, lower = _label(row, self.label - self.indent), _has_bracket(row)
        height = max(_LINE + _BRACKET * lower, len(label) * LEADING) + 6
        middle = y + height / 2
        self.paper.paragraph(self.indent, middle - len(label) * LEADING / 2, label, is_clear=True)
        if row.marks:
            self.paper.write(self.paper.width, middle, row.told, ha="right")
        else:
            x = self.left + 8 if row.label else self.indent
            self.paper.write(x, middle, row.told, color=MUTED, is_clear=True)
        return y + height, middle - 4 * lower

    def _narrow_row(self, y: float, row: Row) -> tuple[float, float]:
        """Write the label above the line, and the figures beside it or below it; the same heights."""
        label, lower, width = _label(row, self.label), _has_bracket(row), self.paper.width
        y = self.paper.paragraph(0, y + 6, label, is_clear=True)
        if row.marks and label and wide(label[-1]) + _GAP + wide(row.told) <= width:
            self.paper.write(width, y - LEADING / 2, row.told, ha="right", is_clear=True)
        else:
            y = self.paper.paragraph(0, y, row.told, width, color=INK if row.marks else MUTED, is_clear=True)
        y += 4
        if row.marks:
            y += _LINE + _BRACKET * lower
            self.spans.append((y - 26, y - 4))
        return y, y - 15 - 7 * lower

    def _draw_ends(self, y: float) -> float:
        """Write what the line and the two directions mean, above the axis, and give the height below."""
        (fewer, more), middle = self.axis.ends, y + LEADING / 2
        if self.axis.line:
            self.paper.write(self._at(self.axis.line[0]), middle, self.axis.line[1], color=MUTED, ha="center")
            middle += LEADING
        if fewer or more:
            self.paper.write(self.left - self.edge, middle, fewer, color=MUTED)
            self.paper.write(self.right + self.edge, middle, more, color=MUTED, ha="right")
            middle += LEADING
        return middle - LEADING / 2 + 4

    def _draw_ticks(self, y: float) -> float:
        """Name the values of the axis, and what it measures, and give the height below."""
        axis, room = self.axis, self.right - self.left
        every = _every([words for _, words in axis.ticks], room)
        for place, (value, words) in enumerate(axis.ticks):
            self.paper.line([self._at(value)] * 2, [y, y + 6], color=MUTED, name=f"tick-{value:g}")
            if place % every == 0:
                self.paper.write(self._at(value), y + 18, words, color=MUTED, ha="center")
        left = self.left - self.edge if wide(axis.name) <= room + 2 * self.edge else 0
        return self.paper.paragraph(left, y + 18 + LEADING / 2, axis.name, self.paper.width - left, color=MUTED) + 4


def _label(row: Row, width: float) -> list[str]:
    return [line.removeprefix(_DOT) for line in wrapped(row.label, width)]


def _has_bracket(row: Row) -> bool:
    return any(mark.look is Look.BRACKET for mark in row.marks)


def _every(words: Sequence[str], room: float) -> int:
    """Each how many of the names of an axis there is room for."""
    return max(1, math.ceil((max(map(wide, words)) + 10) * (len(words) - 1) / room))


def _draw_key(paper: Paper, y: float, key: Sequence[tuple[Mark, str]]) -> float:
    """Draw what each mark means, as many beside each other as there is room for, and give the height below."""
    x = 0.0
    for mark, words in key:
        lines = wrapped(words, paper.width - _SAMPLE)
        if x and x + _SAMPLE + wide(words) > paper.width:
            x, y = 0.0, y + LEADING + 6
        raised = _LOWER if mark.look is Look.BRACKET else 0
        _draw_mark(paper, y + 12 - raised, mark, (_WHOLE, x + 3, x + 31), "key")
        y = paper.paragraph(x + _SAMPLE, y + 12 - LEADING / 2, lines) - 12 - LEADING / 2
        x += _SAMPLE + max(map(wide, lines)) + _AFTER
    return y + LEADING + 14 if key else y


def _draw_mark(paper: Paper, y: float, mark: Mark, ends: tuple[Axis, float, float], name: str) -> None:
    """Draw a mark with its interval; both bear the name, so that they can be read back."""
    values = [value for value in (mark.low, mark.high, mark.at) if value is not None]
    axis, left, right = ends
    low, high, *at = (left + axis.place(value) * (right - left) for value in values)
    interval = f"{name}.{mark.name}.interval"
    if mark.look in (Look.BAR, Look.OUTLINE):
        fill, high = ACCENT if mark.look is Look.BAR else WHITE, max(high, low + 2)
        paper.area([low, high, high, low], [y - 6, y - 6, y + 6, y + 6], fill=fill, edge=ACCENT, name=interval)
    elif mark.look is Look.BRACKET:
        paper.line(*_bracket(low, high, y + _LOWER, 4), color=MUTED, lw=1.4, name=interval)
    elif mark.look in (Look.SOLID, Look.HOLLOW):
        is_hidden = bool(at) and high - low < _HIDDEN
        line = _bracket(low, high, y, 9) if is_hidden else ([low, high], [y, y])
        paper.line(*line, lw=1.4 if is_hidden else 3.4 if mark.look is Look.SOLID else 1.6, name=interval)
        tips = [(low, -7)] * (mark.low < axis.ticks[0][0]) + [(high, 7)] * (mark.high > axis.ticks[-1][0])
        for end, tip in tips:  # the interval goes on beyond the axis
            paper.line([end, end + tip, end], [y - 5, y, y + 5], lw=1.8)
    for x in at:
        paper.mark(x, y, mark.shape, is_open=mark.look is not Look.SOLID, name=f"{name}.{mark.name}.at")


def _bracket(left: float, right: float, y: float, half: float) -> tuple[list[float], list[float]]:
    """The corners of a line with an upright end on both sides."""
    return [left, left, left, right, right, right], [y - half, y + half, y, y, y - half, y + half]


def _draw_panel(paper: Paper, y: float, panel: Panel, axes: Days, tall: float) -> float:
    y = paper.paragraph(0, y, panel.title, paper.width, bold=True)
    y = paper.paragraph(0, y, panel.told, paper.width, color=INK if panel.steps else MUTED)
    if not panel.steps:
        return y
    half = max(wide(words) for _, *texts in axes.ticks for words in texts) / 2
    left = max(max(wide(words) for _, words in axes.shares) + 8, half)
    right, top = paper.width - max(half, 10), y + 12 + LEADING * bool(axes.half)
    bottom, unit = top + tall, (right - left) / axes.ticks[-1][0]
    for value, words in axes.shares:
        height = bottom - value * tall
        paper.line([left, right], [height, height], color=RULE, name=f"{panel.name}-tick-{value:g}")
        paper.write(left - 8, height, words, color=MUTED, ha="right")
    _draw_curve(paper, panel, (left, unit), (bottom, -tall))
    if axes.half:
        x, room = left + axes.half[0] * unit, wide(axes.half[1]) / 2
        paper.line([left, x], [(top + bottom) / 2] * 2, lw=1.4, **_DASHED)
        paper.line([x, x], [top - 6, bottom], name="half", lw=1.4, **_DASHED)
        paper.write(min(max(x, room), paper.width - room), top - 6 - LEADING / 2, axes.half[1], ha="center")
    every = _every([max(texts, key=wide) for _, *texts in axes.ticks], right - left)
    for value, *texts in axes.ticks[::every]:
        x = left + value * unit
        paper.line([x, x], [bottom, bottom + 5], color=MUTED, name=f"{panel.name}-day-{value}")
        paper.paragraph(x, bottom + 16 - LEADING / 2, filter(None, texts), color=MUTED, ha="center")
    y = bottom + 16 + LEADING * (0.5 + any(beneath for _, _, beneath in axes.ticks))
    for words in (axes.name, axes.beneath):
        y = paper.paragraph(left, y, words, paper.width - left, color=MUTED)
    return y


def _draw_curve(paper: Paper, panel: Panel, day: tuple[float, float], share: tuple[float, float]) -> None:
    """Draw a curve that stays as it is until the next day that is known, with its band."""

    def on(scale: tuple[float, float], value: float) -> float:
        return scale[0] + value * scale[1]

    xs = [on(day, value) for value in np.repeat([0, *(step.day for step in panel.steps)], 2)[1:]]
    low, high, middle = (
        [on(share, value) for value in np.repeat([panel.start, *values], 2)[:-1]]
        for values in zip(*((step.low, step.high, step.share) for step in panel.steps), strict=True)
    )
    paper.area([*xs, *reversed(xs)], [*low, *reversed(high)], fill=PALE, name=f"{panel.name}.interval")
    for edge in (low, high):
        paper.line(xs, edge, color=MUTED, ls=(0, (3, 2)))
    paper.line(xs, middle, lw=2.6)
    for step in panel.steps:
        at = f"row-{step.number}.{panel.name}.at"
        paper.mark(on(day, step.day), on(share, step.share), "o", size=4.5, name=at)
    for lost in panel.lost:
        y = on(share, next((step.share for step in reversed(panel.steps) if step.day <= lost), panel.start))
        paper.line([on(day, lost)] * 2, [y - 7, y + 7], color=INK, lw=1.6, name=f"lost-{lost:g}")
