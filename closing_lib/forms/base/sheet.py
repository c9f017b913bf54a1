"""The paper that forms and results are laid out on: the style sheet, and boxes that it knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import TypeVar

import ipywidgets

from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.answer_line import AnswerLine

Shown = TypeVar("Shown", bound=ipywidgets.DOMWidget)


@cache
def style() -> str:
    """Give the kit's style sheet as an HTML element."""
    return f"<style>{(Path(__file__).parent / 'kit.css').read_text(encoding='utf-8')}</style>"


def html(inner: str = "", *classes: str) -> ipywidgets.HTML:
    """Show HTML that the kit wrote; whatever a person typed is escaped before it comes here."""
    return _with_classes(ipywidgets.HTML(inner), classes)


def box(children: Iterable[ipywidgets.Widget], *classes: str) -> ipywidgets.Box:
    """Put widgets into a box that the style sheet lays out."""
    return _with_classes(ipywidgets.Box(list(children)), classes)


def with_answer(
    asked: Iterable[ipywidgets.Widget], answer: Iterable[ipywidgets.Widget], line: AnswerLine
) -> ipywidgets.Box:
    """Lay questions out with their answer, which stays in sight while one answers on a screen of any size."""
    return box([box([*asked, line], "ck-sheet"), box(answer, "ck-sheet", "ck-answer")], "ck-sheets")


def button(label: str, *classes: str) -> ipywidgets.Button:
    """Make a button that says what it does."""
    return _with_classes(ipywidgets.Button(description=label), classes)


def heading(title: str, intro: str = "", level: int = 2) -> ipywidgets.HTML:
    """Begin a sheet, or a part of it with level 3: its title, and a sentence of purpose."""
    return html(f"<h{level}>{escape(title)}</h{level}>" + (paragraph(intro, "ck-muted") if intro else ""))


def step_heading(title: str, number: int, of: int) -> str:
    """Begin one of several steps: which one it is, and its title, which the focus can be moved to."""
    step = f"<small>{escape(text('forms.common.step', number=number, of=of))}</small> " if number else ""
    drawn = f'<div class="ck-progress" aria-hidden="true"><i style="width:{number / of:.0%}"></i></div>'
    return f'<h2 class="ck-step" tabindex="-1">{step}{escape(title)}</h2>{drawn if number else ""}'


def folded(title: str, inner: Iterable[ipywidgets.Widget]) -> list[ipywidgets.Widget]:
    """Fold widgets away under a line that opens them; `<details>` can hold none, so they come after it."""
    return [html(f"<details><summary>{escape(title)}</summary></details>", "ck-fold"), box(inner, "ck-column")]


def still_to_answer(missing: Iterable[str]) -> str:
    """Say which questions are still to answer; one that is asked with a question mark needs no other mark after it."""
    said = text("forms.common.still_to_answer", fields="; ".join(missing))
    return said.replace("?;", "?").replace("?.", "?")


def spoken(sentence: str) -> str:
    """Write a sentence so that a screen reader speaks it when it changes, shown like any other."""
    return f'<p role="status">{escape(sentence)}</p>'


def _with_classes(shown: Shown, classes: Iterable[str]) -> Shown:
    for name in classes:
        shown.add_class(name)
    return shown
