"""What a chart shows, before anything is drawn: rows of marks on one axis, or curves over days."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.models import Choice

SHAPES = "osD^vPX"  # matplotlib's names: circle, square, diamond, two triangles, plus, cross; told apart without colour


class Look(Choice):
    """How a mark is drawn, so that it is told apart in black and white too."""

    SOLID = "solid"  # a thick line with a filled mark: the estimate
    HOLLOW = "hollow"  # a thin line with an open mark: what the estimate is set beside
    POINT = "point"  # an open mark alone: no estimate, so it has no interval
    BRACKET = "bracket"  # a thin grey line with ends: what open applications leave
    BAR = "bar"  # a filled bar
    OUTLINE = "outline"  # an open bar
    LINE = "line"  # a thick line without a mark


@dataclass(frozen=True)
class Mark:
    """A value with its interval, or an interval alone.

    Attributes
    ----------
    name : str
        What it is, by the column of the result.
    low, high : float
        The ends of the interval; infinite ends go on beyond the axis.
    at : float or None
        The value; None where only the interval is meant.
    shape : str
        One of `SHAPES`.
    look : Look
        How it is drawn.
    """

    name: str
    low: float
    high: float
    at: float | None = None
    shape: str = "o"
    look: Look = Look.SOLID


@dataclass(frozen=True)
class Row:
    """A line of a chart: its label with the counts, its marks, and the figures in words, or why there are none.

    Attributes
    ----------
    label : str
        Who it is, and the counts.
    marks : tuple of Mark
        None where too few were counted.
    told : str
        The figures in words; what stands in place of the marks where there are none.
    number : int or None
        Which row of the result it shows; None for the title of a group.
    """

    label: str
    marks: tuple[Mark, ...] = ()
    told: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Axis:
    """Where values stand from left to right.

    Attributes
    ----------
    ticks : tuple of (float, str)
        The values that are named, with their names; the first and the last are the ends of the axis.
    name : str
        What is measured.
    ends : (str, str)
        What it means to lie toward the left, and toward the right; empty where it needs no word.
    line : (float, str) or None
        A value that all others are compared with, and its name.
    """

    ticks: tuple[tuple[float, str], ...]
    name: str
    ends: tuple[str, str] = ("", "")
    line: tuple[float, str] | None = None

    def place(self, value: float) -> float:
        """Give where a value stands, as a share of the axis; what lies beyond an end stands at it.

        Examples
        --------
        >>> Axis(((-1, "-100"), (0, "0"), (1, "100")), "points of a hundred").place(0.5)
        0.75
        """
        first, last = self.ticks[0][0], self.ticks[-1][0]
        kept = min(max(value, first), last)
        return (kept - first) / (last - first)


@dataclass(frozen=True)
class Rows:
    """Rows on one axis.

    Attributes
    ----------
    rows : tuple of Row
        From top to bottom.
    axis : Axis
        What they are measured on.
    key : tuple of (Mark, str)
        Which mark means what, where that is not plain from the rows.
    joined : str
        The name of marks that a dashed line joins from row to row; empty for none.
    """

    rows: tuple[Row, ...]
    axis: Axis
    key: tuple[tuple[Mark, str], ...] = ()
    joined: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.rows


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
    """A curve in steps from a share on day 0.

    Attributes
    ----------
    name : str
        Which column it shows.
    title, told : str
        Its name with the count; and its last figures, or why there are none.
    start : float
        The share on day 0.
    steps : tuple of Step
        In the order of their days; none where too few were counted.
    lost : tuple of float
        Days up to which open applications were watched, each marked by a tick.
    """

    name: str
    title: str
    told: str
    start: float
    steps: tuple[Step, ...]
    lost: tuple[float, ...] = ()


@dataclass(frozen=True)
class Curves:
    """Curves over the same days.

    Attributes
    ----------
    panels : tuple of Panel
        One each.
    days : tuple of (int, str, str)
        The days that are named, with their names, and what stands beneath: how many were still watched.
    shares : tuple of (float, str)
        The shares that are named from bottom to top, with their names.
    name : str
        What is measured from left to right.
    half : (int, str) or None
        The day by which half of them had an answer, and how it is named.
    beneath : str
        What the second line under the days says.
    """

    panels: tuple[Panel, ...]
    days: tuple[tuple[int, str, str], ...]
    shares: tuple[tuple[float, str], ...]
    name: str
    half: tuple[int, str] | None = None
    beneath: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.panels


Picture = Rows | Curves


@dataclass(frozen=True)
class Plan:
    """All that a result is shown by.

    Attributes
    ----------
    kind : str
        Its title's name in ``charts.toml``.
    picture : Rows or Curves
        What is drawn.
    notes : tuple of str
        What the marks mean, and what is not counted.
    opening : str
        A sentence to begin with, where those of the rows are many.
    how : str
        The name in ``charts.toml`` of what a screen reader is told about the marks.
    """

    kind: str
    picture: Picture
    notes: tuple[str, ...] = ()
    opening: str = ""
    how: str = "rows"
