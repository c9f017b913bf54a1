"""The protocol of the trial as HTML: for the form in which people agree, and as a page that goes with the data."""

from __future__ import annotations

from html import escape

from closing_lib.content import lines, text
from closing_lib.content.trial import trial_plan
from closing_lib.documents.markup import paragraph
from closing_lib.documents.printed_page import printed_page

_SECTIONS = ("question", "who", "drawn", "asked", "counted", "compared", "looks", "alone", "shared", "stop")


def protocol_page() -> str:
    """Write the protocol as a page that needs nothing else.

    Examples
    --------
    >>> protocol_page().count("<h2>")
    10
    """
    return printed_page(protocol_title(), protocol_sections(level=2))


def protocol_title() -> str:
    """Name the protocol, with its version."""
    return text("trial.protocol.title", version=trial_plan().version)


def protocol_sections(level: int) -> str:
    """Write the sections of the protocol, headed at a level."""
    return "".join(_section(name, level) for name in _SECTIONS)


def _section(name: str, level: int) -> str:
    plan = trial_plan()
    figures = {"first": plan.looks[0], "last": plan.looks[-1], **plan.seen}
    said = (paragraph(sentence.format(**figures)) for sentence in lines(f"trial.protocol.{name}.said"))
    title = escape(text(f"trial.protocol.{name}.title"))
    return f"<section><h{level}>{title}</h{level}>{''.join(said)}</section>"
