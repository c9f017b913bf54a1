"""A chart drawn: by itself for a page, at two widths; and for a file with its title, its sentence and its note."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from closing_lib.outcomes.charts.draw_curves import draw_curves
from closing_lib.outcomes.charts.draw_rows import draw_rows
from closing_lib.outcomes.charts.paper import MUTED, Paper, own_settings, to_png, to_svg
from closing_lib.outcomes.charts.picture import Picture, Rows

WIDE, NARROW = 700, 320  # units; a page shows the one that its room allows
_MARGIN = 28
_MOST = 1200  # dots to 72 units: 20,000 dots in all, beyond which a picture no longer fits in memory


def svg(title: str, opening: str, *, picture: Picture, note: str, described: str) -> str:
    """Write a chart as SVG that stands by itself, and says to a screen reader what it shows."""
    with own_settings():
        drawn = to_svg(_sheet(title, opening, picture, note))
    told = f"<title>{escape(title)}</title><desc>{escape(described)}</desc>"
    head, rest = drawn.split(">", maxsplit=1)
    head += ' role="img" style="max-width: 100%; height: auto; stroke-linejoin: round"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{told}{rest}'


def png(title: str, opening: str, *, picture: Picture, note: str, dpi: float) -> bytes:
    """Write a chart as PNG.

    Raises
    ------
    ValueError
        If dpi is not above 0, or too much.
    """
    if not 0 < dpi <= _MOST:
        raise ValueError(f"dpi is {dpi}; it must lie above 0 and up to {_MOST}, such as 144.")
    with own_settings():
        return to_png(_sheet(title, opening, picture, note), dpi)


@lru_cache(maxsize=128)  # a form and a report show the same pictures again, and each takes a tenth of a second
def drawn(picture: Picture, width: float) -> str:
    """Write a picture alone as SVG for a page, without ids that could be there twice."""
    with own_settings():
        paper = Paper(width)
        found = to_svg(paper.cut(_draw(paper, 0, picture)))
    used = {*re.findall(r'href="#([^"]*)"', found)}
    return re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", found)


def _sheet(title: str, opening: str, picture: Picture, note: str) -> Any:
    paper, width = Paper(WIDE + 2 * _MARGIN), WIDE
    y = paper.paragraph(_MARGIN, _MARGIN, title, width, bold=True)
    y = paper.paragraph(_MARGIN, y + 4, opening, width) + 12
    if not picture.is_empty:
        y = _draw(paper.part(_MARGIN, width), y, picture) + 12
        y = paper.paragraph(_MARGIN, y, note, width, color=MUTED)
    return paper.cut(y + _MARGIN - 10)


def _draw(paper: Paper, y: float, picture: Picture) -> float:
    return draw_rows(paper, y, picture) if isinstance(picture, Rows) else draw_curves(paper, y, picture)
