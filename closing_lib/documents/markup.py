"""Sentences and tables as HTML, for forms and for files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from closing_lib.content.figures import day


def paragraph(sentence: str, *classes: str) -> str:
    """Write a sentence as an HTML paragraph, escaped."""
    return f'<p class="{" ".join(classes)}">{escape(sentence)}</p>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Write a table, which scrolls by itself where the page is too narrow for it; its cells are HTML already."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return scrolling(f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>", caption)


def scrolling(inner: str, caption: str) -> str:
    """Put the inside of a table into a frame that the keyboard can scroll, with a caption for those who listen."""
    said = escape(caption)
    return (
        f'<div class="ck-scroll" role="region" aria-label="{said}" tabindex="0">'
        f'<table><caption class="ck-unseen">{said}</caption>{inner}</table></div>'
    )


def shown(value: Any) -> str:
    """Write one value of a log as HTML, escaped; a missing one as a dash."""
    if value is None:
        return "–"
    return escape(day(value) if isinstance(value, dt.date) else str(value))
