"""A chart as HTML for a page: sentence, picture, note, and the same as a table and in words, for every eye and none."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from closing_lib.outcomes.charts.cells import Cells
from closing_lib.outcomes.charts.drawn import NARROW, WIDE, drawn
from closing_lib.outcomes.charts.paper import ACCENT, INK, MUTED, PALE, RULE, WHITE
from closing_lib.outcomes.charts.picture import Picture

# On a page the colours are those of its theme.
_THEME = {INK: "ink", MUTED: "muted", ACCENT: "accent", RULE: "rule", PALE: "pale", WHITE: "paper"}


def page(title: str, opening: str, *, picture: Picture, alt: str, note: str, cells: Cells) -> str:
    """Write a chart as HTML, which needs nothing from anywhere."""
    head = f'<h3>{escape(title)}</h3><p class="ck-chart-said">{escape(opening)}</p>'
    figures = (
        ""
        if picture.is_empty
        else (
            f'<figure role="img" aria-label="{escape(alt)}">{_pictures(picture)}</figure>'
            f'<p class="ck-chart-note">{escape(note)}</p>'
            f"{_folded(cells.title, _table(cells, title))}{_folded(cells.said_title, _words(cells))}"
        )
    )
    return f'<div class="ck-chart"><style>{_style()}</style>{head}{figures}</div>'


def _pictures(picture: Picture) -> str:
    return "".join(
        f'<div class="ck-chart-{name}" aria-hidden="true">{_themed(drawn(picture, width))}</div>'
        for name, width in (("wide", WIDE), ("narrow", NARROW))
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
