"""What a chart shows, before anything is drawn: rows of marks on one axis, or curves over days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from closing_lib.models import Choice

SHAPES = "osD^vPX"  # matplotlib's names: circle, square, diamond, two triangles, plus, cross; told apart without colour


class Look(Choice):
    """How a mark is drawn, so that it is told apart in black and white too."""

    SOLID = "solid"  # a thick line with a filled mark: the estimate
    HOLLOW = "hollow"  # a thin line with an open mark: what the estimate is set beside
    POINT = "point"  # an open mark alone: no estimate, so it has no interval
    JOINED = "joined"  # the same, and a dashed line from row to row
    BRACKET = "bracket"  # a thin grey line with ends: what open applications leave
    BAR = "bar"  # a filled bar
    OUTLINE = "outline"  # an open bar


@dataclass(frozen=True)
class Mark:
    """A value with its interval, or an interval alone; infinite ends go on beyond the axis."""

    name: str  # the column of the result
    low: float
    high: float
    at: float | None = None  # None where only the interval is meant
    shape: str = "o"  # one of `SHAPES`
    look: Look = Look.SOLID


@dataclass(frozen=True)
class Row:
    """A line of a chart; the title of a group where it shows no row of the result."""

    label: str  # who it is, and the counts
    marks: tuple[Mark, ...] = ()  # none where too few were counted
    told: str = ""  # the figures in words, or why there are none
    number: int | None = None  # which row of the result it shows


@dataclass(frozen=True)
class Axis:
    """Where the values of rows stand from left to right."""

    ticks: tuple[tuple[float, str], ...]  # named values; the first and the last are its ends
    name: str = ""  # what is measured
    ends: tuple[str, str] = ("", "")  # what it means to lie toward the left, and toward the right
    line: tuple[float, str] | None = None  # a value that all others are compared with, and its name

    def place(self, value: float) -> float:
        """Where a value stands, as a share of the axis; what lies beyond an end stands at it.

        Examples
        --------
        >>> Axis(((-1, "-100"), (0, "0"), (1, "100"))).place(0.5)
        0.75
        """
        first, last = self.ticks[0][0], self.ticks[-1][0]
        return (min(max(value, first), last) - first) / (last - first)


@dataclass(frozen=True)
class Step:
    """What is known from a day on: a share with its interval, and the row of the result that says so."""

    day: int
    share: float
    low: float
    high: float
    number: int


@dataclass(frozen=True)
class Panel:
    """A curve in steps from a share on day 0."""

    name: str  # the column, or the answer, that it shows
    title: str  # with the count
    told: str  # its last figures, or why there are none
    start: float
    steps: tuple[Step, ...]  # none where too few were counted
    lost: tuple[float, ...] = ()  # days up to which open ones were watched, each marked by a tick


@dataclass(frozen=True)
class Days:
    """The axes of curves, the same for each."""

    ticks: tuple[tuple[int, str, str], ...]  # named days, and what stands beneath: how many were still watched
    shares: tuple[tuple[float, str], ...]  # named shares, from bottom to top
    name: str  # what is measured from left to right
    half: tuple[int, str] | None = None  # the day by which half of them had an answer, and how it is named
    beneath: str = ""  # what the second line under the days says


@dataclass(frozen=True)
class Picture:
    """What is drawn, from top to bottom; nothing where it has no parts."""

    parts: tuple[Any, ...]  # each a `Row`, or a `Panel` where the axis is of `Days`
    axis: Axis | Days
    key: tuple[tuple[Mark, str], ...] = ()  # which mark means what, where that is not plain from the rows
