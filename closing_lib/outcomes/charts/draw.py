"""Pictures drawn on paper, at two widths: rows with their labels, marks and figures; and curves in steps over days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from closing_lib.outcomes.charts.paper import ACCENT, INK, LEADING, MUTED, PALE, RULE, WHITE, Paper, wide, wrapped
from closing_lib.outcomes.charts.picture import Axis, Curves, Look, Mark, Panel, Picture, Row, Rows

WIDE, NARROW = 700, 320  # units; a page shows the one that its room allows
_BESIDE = 500  # wider sheets have labels, lines and figures side by side, and curves too
_GAP, _INDENT, _EDGE = 14, 16, 20
_DOT = "·\u00a0"  # it parts the counts from the name on one line only
_LEAST = 250  # for the axis of a wide sheet; labels break into lines before it gets smaller
_LINE, _BRACKET, _LOWER = 22, 8, 12  # what marks need, what a bracket needs besides, and how far below it lies
_HIDDEN = 13  # a line that is no longer than this would lie behind its mark: it gets ends that stand out
_SAMPLE, _AFTER = 42, 24  # what a mark takes in the key, and what is left free after its words
_WHOLE = Axis(((0, ""), (1, "")))
_WIDTHS = {Look.SOLID: 3.4, Look.HOLLOW: 1.6}
_APART, _TALL, _LOW = 36, 240, 130  # between panels; a curve that is alone, and one of several


def draw(paper: Paper, y: float, picture: Picture) -> float:
    """Draw a picture from a height downward, and give the height below it."""
    if isinstance(picture, Rows):
        return _Sheet(paper, picture).draw(y)
    if isinstance(picture, Curves):
        return _draw_curves(paper, y, picture)
    raise TypeError(picture)


class _Sheet:
    """Rows on a sheet: where labels, axis and figures stand; a narrow one has the labels above the lines."""

    def __init__(self, paper: Paper, picture: Rows) -> None:
        self.paper, self.picture, width = paper, picture, paper.width
        self.is_narrow = width <= _BESIDE
        self.edge = max([_EDGE, *(wide(words) / 2 for _, words in picture.axis.ticks)])
        self.indent, self.label, self.left, self.right = 0.0, width, self.edge, width - self.edge
        self.spans: list[tuple[float, float]] = []  # where the lines of the axis are drawn
        self.joined: list[tuple[float, float]] = []
        if not self.is_narrow:
            rows = [row for row in picture.rows if row.number is not None]
            self.indent = _INDENT if len(rows) < len(picture.rows) else 0
            told = max((wide(row.told) for row in rows if row.marks), default=0) + _GAP + self.edge
            labels = max((wide(row.label) for row in rows), default=0) + self.indent
            self.label = min(labels, width - told - _GAP - self.edge - _LEAST)
            self.left, self.right = self.label + _GAP + self.edge, width - told

    def draw(self, y: float) -> float:
        top = y = self._draw_ends(_draw_key(self.paper, y, self.picture.key))
        for row in self.picture.rows:
            if row.number is None:
                y = self.paper.paragraph(0, y + 10, row.label, self.paper.width, bold=True, is_clear=True) + 2
                continue
            y, middle = self._narrow_row(y, row) if self.is_narrow else self._wide_row(y, row)
            for mark in row.marks:
                ends, name = (self.left, self.right), f"row-{row.number}"
                _draw_mark(self.paper, middle, mark, axis=self.picture.axis, ends=ends, name=name)
                if mark.name == self.picture.joined and mark.at is not None:
                    self.joined.append((self._at(mark.at), middle))
        self._draw_grid(self.spans if self.is_narrow else [(top, y)])
        return self._draw_ticks(y)

    def _at(self, value: float) -> float:
        return self.left + self.picture.axis.place(value) * (self.right - self.left)

    def _wide_row(self, y: float, row: Row) -> tuple[float, float]:
        """Write label and figures beside the line; give the height below, and that of the marks."""
        label, lower = _label(row, self.label - self.indent), _has_bracket(row)
        height = max(_LINE + _BRACKET * lower, len(label) * LEADING) + 6
        middle = y + height / 2
        self.paper.paragraph(self.indent, middle - len(label) * LEADING / 2, label, is_clear=True)
        if row.marks:
            self.paper.write(self.paper.width, middle, row.told, anchor="right")
        else:
            x = self.left + 8 if row.label else self.indent
            self.paper.write(x, middle, row.told, color=MUTED, is_clear=True)
        return y + height, middle - 4 * lower

    def _narrow_row(self, y: float, row: Row) -> tuple[float, float]:
        """Write the label above the line, and the figures beside it or below it; the same heights."""
        label, lower, width = _label(row, self.label), _has_bracket(row), self.paper.width
        y = self.paper.paragraph(0, y + 6, label, is_clear=True)
        if row.marks and label and wide(label[-1]) + _GAP + wide(row.told) <= width:
            self.paper.write(width, y - LEADING / 2, row.told, anchor="right", is_clear=True)
        else:
            y = self.paper.paragraph(0, y, row.told, width, color=INK if row.marks else MUTED, is_clear=True)
        y += 4
        if row.marks:
            y += _LINE + _BRACKET * lower
            self.spans.append((y - 26, y - 4))
        return y, y - 15 - 7 * lower

    def _draw_ends(self, y: float) -> float:
        """Write what the line and the two directions mean, above the axis, and give the height below."""
        axis = self.picture.axis
        if axis.line:
            self.paper.write(self._at(axis.line[0]), y + LEADING / 2, axis.line[1], color=MUTED, anchor="center")
            y += LEADING
        if any(axis.ends):
            self.paper.write(self.left - self.edge, y + LEADING / 2, axis.ends[0], color=MUTED)
            self.paper.write(self.right + self.edge, y + LEADING / 2, axis.ends[1], color=MUTED, anchor="right")
            y += LEADING
        return y + 4

    def _draw_grid(self, spans: Sequence[tuple[float, float]]) -> None:
        """Draw a line at each named value, behind all else; on a narrow sheet only beside the marks."""
        axis = self.picture.axis
        for span in spans:
            for value, _ in axis.ticks:
                self.paper.line([self._at(value)] * 2, span, color=RULE, zorder=1)
            if axis.line:
                self.paper.line([self._at(axis.line[0])] * 2, span, color=INK, lw=1.2, ls=(0, (4, 3)), zorder=1)
        if len(self.joined) > 1:
            xs, ys = zip(*self.joined, strict=True)
            self.paper.line(xs, ys, color=MUTED, lw=1.2, ls=(0, (5, 3)), zorder=1.5, name="joined")

    def _draw_ticks(self, y: float) -> float:
        """Name the values of the axis, and what it measures, and give the height below."""
        axis, room = self.picture.axis, self.right - self.left
        every = _every([words for _, words in axis.ticks], room)
        for place, (value, words) in enumerate(axis.ticks):
            self.paper.line([self._at(value)] * 2, [y, y + 6], color=MUTED, name=f"tick-{value:g}")
            if place % every == 0:
                self.paper.write(self._at(value), y + 18, words, color=MUTED, anchor="center")
        left = self.left - self.edge if wide(axis.name) <= room + 2 * self.edge else 0
        return self.paper.paragraph(left, y + 18 + LEADING / 2, axis.name, self.paper.width - left, color=MUTED) + 4


def _label(row: Row, width: float) -> list[str]:
    return [line.removeprefix(_DOT) for line in wrapped(row.label, width)]


def _has_bracket(row: Row) -> bool:
    return any(mark.look is Look.BRACKET for mark in row.marks)


def _every(words: Sequence[str], room: float) -> int:
    """Each how many of the names of an axis there is room for."""
    return max(1, math.ceil((max(map(wide, words)) + 10) * (len(words) - 1) / room))


def _draw_key(paper: Paper, y: float, key: tuple[tuple[Mark, str], ...]) -> float:
    """Draw what each mark means, as many beside each other as there is room for, and give the height below."""
    x = 0.0
    for mark, words in key:
        lines = wrapped(words, paper.width - _SAMPLE)
        if x and x + _SAMPLE + wide(words) > paper.width:
            x, y = 0.0, y + LEADING + 6
        raised = _LOWER if mark.look is Look.BRACKET else 0
        _draw_mark(paper, y + 12 - raised, mark, axis=_WHOLE, ends=(x + 3, x + 31), name="key")
        y = paper.paragraph(x + _SAMPLE, y + 12 - LEADING / 2, lines) - 12 - LEADING / 2
        x += _SAMPLE + max(map(wide, lines)) + _AFTER
    return y + LEADING + 14 if key else y


def _draw_mark(paper: Paper, y: float, mark: Mark, *, axis: Axis, ends: tuple[float, float], name: str) -> None:
    """Draw a mark with its interval; both bear the name, so that they can be read back."""
    low, high, *at = (
        ends[0] + axis.place(value) * (ends[1] - ends[0])
        for value in (mark.low, mark.high, mark.at) if value is not None
    )  # fmt: skip
    interval = f"{name}.{mark.name}.interval"
    if mark.look in (Look.BAR, Look.OUTLINE):
        fill, high = ACCENT if mark.look is Look.BAR else WHITE, max(high, low + 2)
        paper.area([low, high, high, low], [y - 6, y - 6, y + 6, y + 6], fill=fill, edge=ACCENT, name=interval)
    elif mark.look is Look.BRACKET:
        paper.line(*_bracket(low, high, y + _LOWER, 4), color=MUTED, lw=1.4, name=interval)
    elif mark.look is not Look.POINT:
        line = _bracket(low, high, y, 9) if at and high - low < _HIDDEN else ([low, high], [y, y])
        paper.line(*line, lw=1.4 if len(line[0]) > 2 else _WIDTHS[mark.look], name=interval)
        for end, is_beyond, tip in (
            (low, mark.low < axis.ticks[0][0], -7),
            (high, mark.high > axis.ticks[-1][0], 7),
        ):
            if is_beyond:  # the interval goes on beyond the axis
                paper.line([end, end + tip, end], [y - 5, y, y + 5], lw=1.8)
    for x in at:
        is_open = mark.look in (Look.HOLLOW, Look.POINT)
        paper.mark(x, y, mark.shape, is_open=is_open, name=f"{name}.{mark.name}.at")


def _bracket(left: float, right: float, y: float, half: float) -> tuple[list[float], list[float]]:
    """The corners of a line with an upright end on both sides."""
    return [left, left, left, right, right, right], [y - half, y + half, y, y, y - half, y + half]


def _draw_curves(paper: Paper, y: float, picture: Curves) -> float:
    """Draw curves, side by side where there is room."""
    beside = 1 if paper.width <= _BESIDE or len(picture.panels) == 1 else 2
    width = (paper.width - (beside - 1) * _APART) / beside
    parts = [paper.part(place * (width + _APART), width) for place in range(beside)]
    for first in range(0, len(picture.panels), beside):
        panels = picture.panels[first : first + beside]
        y = max(_draw_panel(part, y, panel, picture) for part, panel in zip(parts, panels, strict=False)) + 10
    return y


def _draw_panel(paper: Paper, y: float, panel: Panel, picture: Curves) -> float:
    """Draw one curve with its axes."""
    y = paper.paragraph(0, y, panel.title, paper.width, bold=True)
    y = paper.paragraph(0, y, panel.told, paper.width, color=INK if panel.steps else MUTED)
    if not panel.steps:
        return y
    half = max(wide(words) for _, *texts in picture.days for words in texts) / 2
    left = max(max(wide(words) for _, words in picture.shares) + 8, half)
    right, top = paper.width - max(half, 10), y + 12 + LEADING * bool(picture.half)
    bottom = top + (_TALL if len(picture.panels) == 1 else _LOW)
    day, share = (left, (right - left) / picture.days[-1][0]), (bottom, top - bottom)
    for value, words in picture.shares:
        height = _on(share, value)
        paper.line([left, right], [height, height], color=RULE, name=f"{panel.name}-tick-{value:g}")
        paper.write(left - 8, height, words, color=MUTED, anchor="right")
    _draw_curve(paper, panel, day, share)
    if picture.half:
        _draw_half(paper, (left, top, bottom), _on(day, picture.half[0]), picture.half[1])
    every = _every([max(texts, key=wide) for _, *texts in picture.days], right - left)
    for value, *texts in picture.days[::every]:
        x = _on(day, value)
        paper.line([x, x], [bottom, bottom + 5], color=MUTED, name=f"{panel.name}-day-{value}")
        paper.paragraph(x, bottom + 16 - LEADING / 2, filter(None, texts), color=MUTED, anchor="center")
    y = bottom + 16 + LEADING * (0.5 + any(beneath for _, _, beneath in picture.days))
    for words in (picture.name, picture.beneath):
        y = paper.paragraph(left, y, words, paper.width - left, color=MUTED)
    return y


def _on(scale: tuple[float, float], value: float) -> float:
    """Where a value stands: from where 0 is, so much for each unit."""
    return scale[0] + value * scale[1]


def _draw_curve(paper: Paper, panel: Panel, day: tuple[float, float], share: tuple[float, float]) -> None:
    """Draw a curve that stays as it is until the next day that is known, with its band."""
    days = [0, *(step.day for step in panel.steps)]
    xs = [_on(day, value) for value in np.repeat(days, 2)[1:]]
    ys = [
        [_on(share, value) for value in np.repeat([panel.start, *values], 2)[:-1]]
        for values in zip(*((step.low, step.high, step.share) for step in panel.steps), strict=True)
    ]
    paper.area([*xs, *reversed(xs)], [*ys[0], *reversed(ys[1])], fill=PALE, name=f"{panel.name}.interval")
    for edge in ys[:2]:
        paper.line(xs, edge, color=MUTED, ls=(0, (3, 2)))
    paper.line(xs, ys[2], lw=2.6)
    for step in panel.steps:
        at = f"row-{step.number}.{panel.name}.at"
        paper.mark(_on(day, step.day), _on(share, step.share), "o", size=4.5, name=at)
    for lost in panel.lost:
        y = _on(share, next((step.share for step in reversed(panel.steps) if step.day <= lost), panel.start))
        paper.line([_on(day, lost)] * 2, [y - 7, y + 7], color=INK, lw=1.6, name=f"lost-{lost:g}")


def _draw_half(paper: Paper, frame: tuple[float, float, float], x: float, words: str) -> None:
    """Mark the day by which half of them had an answer, and name it above the curve."""
    left, top, bottom = frame
    look: dict[str, Any] = {"color": INK, "lw": 1.4, "ls": (0, (4, 3))}
    paper.line([left, x], [(top + bottom) / 2] * 2, **look)
    paper.line([x, x], [top - 6, bottom], name="half", **look)
    room = wide(words) / 2
    paper.write(min(max(x, room), paper.width - room), top - 6 - LEADING / 2, words, anchor="center")
