"""A chart as HTML for a page: sentence, picture, note, and the same as a table and in words, for every eye and none."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from closing_lib.outcomes.charts.cells import Cells
from closing_lib.outcomes.charts.paper import ACCENT, INK, MUTED, PALE, RULE, WHITE
from closing_lib.outcomes.charts.poster import NARROW, WIDE, drawn

if TYPE_CHECKING:
    from closing_lib.outcomes.charts.chart import Chart

# On a page the colours are those of its theme.
_THEME = {INK: "ink", MUTED: "muted", ACCENT: "accent", RULE: "rule", PALE: "pale", WHITE: "paper"}


def page(chart: Chart) -> str:
    """Write a chart as HTML, which needs nothing from anywhere."""
    head = f'<h3>{escape(chart.title)}</h3><p class="ck-chart-said">{escape(chart.opening)}</p>'
    return (
        f'<div class="ck-chart"><style>{_style()}</style>{head}{"" if chart.picture.is_empty else _shown(chart)}</div>'
    )


def _shown(chart: Chart) -> str:
    pictures = "".join(
        f'<div class="ck-chart-{name}" aria-hidden="true">{_themed(drawn(chart.picture, width))}</div>'
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    cells = chart.cells
    return (
        f'<figure role="img" aria-label="{escape(chart.alt)}">{pictures}</figure>'
        f'<p class="ck-chart-note">{escape(chart.note)}</p>'
        f"{_folded(cells.title, _table(cells, chart.title))}{_folded(cells.said_title, _words(cells))}"
    )


def _themed(svg: str) -> str:
    for color, name in _THEME.items():
        svg = svg.replace(color, f"var(--ck-chart-{name})")
    return svg.replace("'DejaVu Sans', Verdana, sans-serif", "var(--ck-chart-font)")


def _folded(title: str, inner: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{inner}</details>"


def _table(cells: Cells, title: str) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in cells.names)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in cells.rows)
    return (
        f'<div class="ck-chart-scroll" role="region" tabindex="0" aria-label="{escape(title)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: tuple[str, ...]) -> str:
    first, *others = map(escape, row)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others)


def _words(cells: Cells) -> str:
    return "<ul>" + "".join(f"<li>{escape(said)}</li>" for said in cells.said) + "</ul>"


@cache
def _style() -> str:
    return Path(__file__).with_name("chart.css").read_text(encoding="utf-8")
