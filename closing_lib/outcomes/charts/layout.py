"""Where rows stand on a sheet: label, line and figures side by side, or one under the other where it is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.outcomes.charts.paper import LEADING, wide, wrapped
from closing_lib.outcomes.charts.picture import Axis, Look, Row, Rows

NARROW = 500  # sheets up to this width have the labels above the lines
_GAP, _INDENT, _EDGE = 14, 16, 20
_DOT = "·\u00a0"
_LEAST = 250  # for the axis of a wide sheet; labels break into lines before it gets smaller
_LINE, _BRACKET = 22, 8  # what a line of marks needs, and what a bracket needs besides


@dataclass(frozen=True)
class Columns:
    """Where labels, axis and figures stand.

    Attributes
    ----------
    width : float
        Of the whole sheet.
    label : float
        Of the labels, with what they are set in by.
    indent : float
        How far labels are set in below the title of their group.
    left, right, edge : float
        The ends of the axis, and what is left free beside them for their names.
    axis : Axis
        The axis.
    """

    width: float
    label: float
    indent: float
    left: float
    right: float
    edge: float
    axis: Axis

    @property
    def is_narrow(self) -> bool:
        """Whether the labels stand above the lines."""
        return self.width <= NARROW

    def at(self, value: float) -> float:
        """Give where a value of the axis stands."""
        return self.left + self.axis.place(value) * (self.right - self.left)


@dataclass(frozen=True)
class Laid:
    """A row with its place.

    Attributes
    ----------
    row : Row
        The row.
    label, told : tuple of str
        The lines of its label, and of its figures where these stand below it.
    top, height : float
        Where it begins, and how much it takes.
    """

    row: Row
    label: tuple[str, ...]
    told: tuple[str, ...]
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


def columns_of(picture: Rows, width: float) -> Columns:
    """Share a width out among labels, axis and figures."""
    edge = max([_EDGE, *(wide(words) / 2 for _, words in picture.axis.ticks)])
    if width <= NARROW:
        return Columns(width, width, 0, edge, width - edge, edge, picture.axis)
    indent = _INDENT if any(row.number is None for row in picture.rows) else 0
    labels = max((wide(row.label) for row in picture.rows if row.number is not None), default=0) + indent
    told = max((wide(row.told) for row in picture.rows if row.marks), default=0)
    free = width - told - 2 * (_GAP + edge)
    label = min(labels, free - _LEAST)
    return Columns(width, label, indent, label + _GAP + edge, width - told - _GAP - edge, edge, picture.axis)


def lay_out(picture: Rows, columns: Columns, y: float) -> tuple[Laid, ...]:
    """Give each row its place, from a height downward."""
    found = []
    for row in picture.rows:
        laid = _lay(row, columns, y)
        y = laid.bottom
        found.append(laid)
    return tuple(found)


def _lay(row: Row, columns: Columns, y: float) -> Laid:
    if row.number is None:
        label = wrapped(row.label, columns.width, bold=True)
        return Laid(row, label, (), y, len(label) * LEADING + 12)
    lines = wrapped(row.label, columns.label - columns.indent)
    label = tuple(line.removeprefix(_DOT) for line in lines)  # it parts the counts from the name on one line only
    line = _LINE + _BRACKET * has_bracket(row)
    if not columns.is_narrow:
        return Laid(row, label, (), y, max(line, len(label) * LEADING) + 6)
    told = () if fits_beside(row, label, columns.width) else wrapped(row.told, columns.width)
    return Laid(row, label, told, y, (len(label) + len(told)) * LEADING + (line if row.marks else 0) + 10)


def fits_beside(row: Row, label: tuple[str, ...], width: float) -> bool:
    """Tell whether the figures of a row find room beside the last line of its label."""
    return bool(row.marks and label) and wide(label[-1]) + _GAP + wide(row.told) <= width


def has_bracket(row: Row) -> bool:
    """Tell whether something hangs below the line of a row."""
    return any(mark.look is Look.BRACKET for mark in row.marks)


def middle(laid: Laid, columns: Columns) -> float:
    """Give where the marks of a row lie."""
    lower = has_bracket(laid.row)
    return laid.bottom - 15 - 7 * lower if columns.is_narrow else laid.top + laid.height / 2 - 4 * lower
