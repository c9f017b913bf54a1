"""The closing card as HTML: part of a form, or a page of its own for the phone and the printer. No widget is needed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.preparation import Ask, ClosingCard
from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.documents.printed_page import printed_page


@validate_call
def closing_page(card: ClosingCard) -> str:
    """Write the card as a page that needs nothing else; all that was typed is escaped.

    Examples
    --------
    >>> from closing_lib.advice.preparation import closing_card
    >>> closing_page(closing_card(["<script>?"])).count("<script>")
    0
    """
    return printed_page(text("preparation.card.title"), "\n".join(card_sections(card, level=2).values()))


def card_sections(card: ClosingCard, level: int) -> dict[str, str]:
    """Write what stands on the card, part by part in its order, the sections headed at a level."""
    sections = {
        "questions": _questions(card),
        "then": _steps(card.then),
        "pitch": _pitch(card),
        "asks": (_line(card.drawn) if card.drawn else "") + _rule(card.asks),
        "moves_title": '<ol class="ck-moves">' + _items(card.moves) + "</ol>",
        "short": _line("“" + " ".join(card.short) + "”"),
        "leave": _steps(card.leave),
    }
    written = {name: _section(name, inner, level) for name, inner in sections.items()}
    head = _occasion(card) + _line(meeting(card))
    return {"occasion": head, **written, "footer": _line(text("preparation.card.footer"))}


def meeting(card: ClosingCard) -> str:
    """Name who is met, and how."""
    who = text(f"preparation.interviewer.{card.interviewer}")
    how = text(f"forms.assessment.format_options.{card.format}")
    return text("preparation.card.meeting", interviewer=who, format=how)


def occasion(card: ClosingCard) -> str:
    """Name the company and the role, as far as they are known."""
    return " · ".join(filter(None, (card.company, card.role)))


def _occasion(card: ClosingCard) -> str:
    # <bdi>: a name in Hebrew or Arabic does not turn its neighbour round.
    named = " · ".join(f"<bdi>{escape(one)}</bdi>" for one in (card.company, card.role) if one)
    return f"<p><strong>{named}</strong></p>\n" if named else ""


def _section(name: str, inner: str, level: int) -> str:
    title = escape(text(f"preparation.card.{name}"))
    return f"<section><h{level}>{title}</h{level}>{inner}</section>"


def _questions(card: ClosingCard) -> str:
    if not card.questions:
        return _line(text("preparation.card.no_questions"))
    return "<ul>" + _items(card.questions) + "</ul>"


def _items(lines: Iterable[str]) -> str:
    # dir="auto": a line in Hebrew or Arabic runs from the right, and does not turn its neighbours round.
    return "".join(f'<li dir="auto">{escape(line)}</li>' for line in lines)


def _steps(steps: Iterable[Step]) -> str:
    return "<ol>" + "".join(f"<li>{escape(step.text)}</li>" for step in steps) + "</ol>"


def _pitch(card: ClosingCard) -> str:
    named = [(text(f"preparation.pitch.element.{element}").capitalize(), said) for element, said in card.pitch]
    to_write = text("preparation.card.to_write")
    rows = (f'<dt>{escape(name)}</dt><dd dir="auto">{escape(said or to_write)}</dd>' for name, said in named)
    return "<dl>" + "".join(rows) + "</dl>"


def _rule(asks: Iterable[Ask]) -> str:
    head = "".join(f'<th scope="col">{escape(text(f"preparation.card.{name}"))}</th>' for name in ("if", "say"))
    rows = (f'<tr><td>{escape(ask.when)}</td><td class="ck-words">“{escape(ask.words)}”</td></tr>' for ask in asks)
    return f'<table class="ck-rule"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _line(sentence: str) -> str:
    return f"<p>{escape(sentence)}</p>"
