"""Curves in steps drawn over days, each with its band, side by side where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from closing_lib.outcomes.charts.layout import NARROW
from closing_lib.outcomes.charts.paper import INK, LEADING, MUTED, PALE, RULE, Paper, wide
from closing_lib.outcomes.charts.picture import Curves, Panel

_GAP = 36  # between panels
_TALL, _LOW = 240, 130  # a curve that is alone, and one of several


@dataclass(frozen=True)
class _Frame:
    """Where a panel's axes stand, and how many days they hold."""

    left: float
    right: float
    top: float
    bottom: float
    days: int

    def x(self, day: float) -> float:
        return self.left + day / self.days * (self.right - self.left)

    def y(self, share: float) -> float:
        return self.bottom - share * (self.bottom - self.top)


def draw_curves(paper: Paper, y: float, picture: Curves) -> float:
    """Draw curves from a height downward, and give the height below them."""
    beside = 1 if paper.width <= NARROW or len(picture.panels) == 1 else 2
    width = (paper.width - (beside - 1) * _GAP) / beside
    parts = [paper.part(place * (width + _GAP), width) for place in range(beside)]
    for first in range(0, len(picture.panels), beside):
        panels = picture.panels[first : first + beside]
        y = max(_draw_panel(part, y, panel, picture) for part, panel in zip(parts, panels, strict=False)) + 10
    return y


def _draw_panel(paper: Paper, y: float, panel: Panel, picture: Curves) -> float:
    y = paper.paragraph(0, y, panel.title, paper.width, bold=True)
    y = paper.paragraph(0, y, panel.told, paper.width, color=INK if panel.steps else MUTED)
    if not panel.steps:
        return y
    top = y + 12 + LEADING * bool(picture.half)
    half = max(wide(words) for _, *texts in picture.days for words in texts) / 2
    left = max(max(wide(words) for _, words in picture.shares) + 8, half)
    height = _TALL if len(picture.panels) == 1 else _LOW
    frame = _Frame(left, paper.width - max(half, 10), top, top + height, picture.days[-1][0])
    _draw_grid(paper, frame, panel.name, picture.shares)
    _draw_curve(paper, frame, panel)
    if picture.half:
        _draw_half(paper, frame, *picture.half)
    return _draw_days(paper, frame, panel.name, picture)


def _draw_grid(paper: Paper, frame: _Frame, name: str, shares: tuple[tuple[float, str], ...]) -> None:
    for share, words in shares:
        y = frame.y(share)
        paper.line([frame.left, frame.right], [y, y], color=RULE, name=f"{name}-tick-{share:g}")
        paper.write(frame.left - 8, y, words, color=MUTED, anchor="right")


def _draw_curve(paper: Paper, frame: _Frame, panel: Panel) -> None:
    steps = panel.steps
    days, lows = _stairs(panel.start, [(step.day, step.low) for step in steps])
    _, highs = _stairs(panel.start, [(step.day, step.high) for step in steps])
    xs, down, up = [frame.x(day) for day in days], [*map(frame.y, lows)], [*map(frame.y, highs)]
    paper.area([*xs, *reversed(xs)], [*down, *reversed(up)], fill=PALE, name=f"{panel.name}.interval")
    for edge in (down, up):
        paper.line(xs, edge, color=MUTED, width=1, dashes=(3, 2))
    _, shares = _stairs(panel.start, [(step.day, step.share) for step in steps])
    paper.line(xs, [*map(frame.y, shares)], width=2.6)
    for step in steps:
        paper.mark(frame.x(step.day), frame.y(step.share), "o", size=4.5, name=f"row-{step.number}.{panel.name}.at")
    for day in panel.lost:
        y = frame.y(_at(panel, day))
        paper.line([frame.x(day)] * 2, [y - 7, y + 7], color=INK, width=1.6, name=f"lost-{day:g}")


def _draw_half(paper: Paper, frame: _Frame, day: int, words: str) -> None:
    """Mark the day by which half of them had an answer, and name it above the curve."""
    x, y = frame.x(day), frame.y(0.5)
    paper.line([frame.left, x], [y, y], color=INK, width=1.4, dashes=(4, 3))
    paper.line([x, x], [frame.top - 6, frame.bottom], color=INK, width=1.4, dashes=(4, 3), name="half")
    room = wide(words) / 2
    middle = min(max(x, room), paper.width - room)
    paper.write(middle, frame.top - 6 - LEADING / 2, words, anchor="center")


def _draw_days(paper: Paper, frame: _Frame, name: str, picture: Curves) -> float:
    lines = 1 + any(beneath for _, _, beneath in picture.days)
    room = max(wide(text) for _, *texts in picture.days for text in texts) + 10
    every = max(1, math.ceil(room * (len(picture.days) - 1) / (frame.right - frame.left)))
    for day, *texts in picture.days[::every]:
        paper.line([frame.x(day)] * 2, [frame.bottom, frame.bottom + 5], color=MUTED, name=f"{name}-day-{day}")
        for place, words in enumerate(texts[:lines]):
            paper.write(frame.x(day), frame.bottom + 16 + place * LEADING, words, color=MUTED, anchor="center")
    y = frame.bottom + 16 + (lines - 0.5) * LEADING
    for words in filter(None, (picture.name, picture.beneath)):
        y = paper.paragraph(frame.left, y, words, paper.width - frame.left, color=MUTED)
    return y


def _stairs(start: float, ends: list[tuple[int, float]]) -> tuple[list[int], list[float]]:
    """Give the corners of a curve that stays as it is until the next day that is known."""
    days, shares, last = [0], [start], start
    for day, share in ends:
        days += [day, day]
        shares += [last, share]
        last = share
    return days, shares


def _at(panel: Panel, day: float) -> float:
    return next((step.share for step in reversed(panel.steps) if step.day <= day), panel.start)
