"""A chart as HTML for a page: sentence, picture, note, and the same as a table and in words, for every eye and none."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from pathlib import Path

from closing_lib.outcomes.charts.cells import Cells
from closing_lib.outcomes.charts.draw import NARROW, WIDE, draw
from closing_lib.outcomes.charts.paper import (
    ACCENT,
    FONTS,
    INK,
    MUTED,
    PALE,
    RULE,
    WHITE,
    Paper,
    own_settings,
    to_svg,
)
from closing_lib.outcomes.charts.picture import Picture

# On a page the colours are those of its theme.
_THEME = {INK: "ink", MUTED: "muted", ACCENT: "accent", RULE: "rule", PALE: "pale", WHITE: "paper", FONTS: "font"}


def page(title: str, opening: str, *, picture: Picture, alt: str, note: str, cells: Cells) -> str:
    """Write a chart as HTML, which needs nothing from anywhere."""
    shown = f'<h3>{escape(title)}</h3><p class="ck-chart-said">{escape(opening)}</p>'
    if not picture.is_empty:
        pictures = "".join(
            f'<div class="ck-chart-{name}" aria-hidden="true">{_themed(drawn(picture, width))}</div>'
            for name, width in (("wide", WIDE), ("narrow", NARROW))
        )
        words = "".join(f"<li>{escape(said)}</li>" for said in cells.said)
        shown += (
            f'<figure role="img" aria-label="{escape(alt)}">{pictures}</figure>'
            f'<p class="ck-chart-note">{escape(note)}</p>'
            f"<details><summary>{escape(cells.title)}</summary>{_table(cells, title)}</details>"
            f"<details><summary>{escape(cells.said_title)}</summary><ul>{words}</ul></details>"
        )
    return f'<div class="ck-chart"><style>{_style()}</style>{shown}</div>'


@lru_cache(maxsize=128)  # a form and a report show the same pictures again, and each takes a tenth of a second
def drawn(picture: Picture, width: float) -> str:
    """Write a picture alone as SVG for a page, without ids that could be there twice."""
    with own_settings():
        paper = Paper(width)
        found = to_svg(paper.cut(draw(paper, 0, picture)))
    used = {*re.findall(r'href="#([^"]*)"', found)}
    return re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", found)


def _themed(svg: str) -> str:
    for written, name in _THEME.items():
        svg = svg.replace(written, f"var(--ck-chart-{name})")
    return svg


def _table(cells: Cells, title: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in cells.names)
    body = ""
    for row in cells.rows:
        first, *others = map(escape, row)
        body += f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
    return (
        f'<div class="ck-chart-scroll" role="region" tabindex="0" aria-label="{escape(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("chart.css").read_text(encoding="utf-8")
