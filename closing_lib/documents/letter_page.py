"""A letter as a page of its own, to read large and to print. No widget is needed."""

from __future__ import annotations

from html import escape

from closing_lib.arguments import validate_call
from closing_lib.documents.letter import Letter
from closing_lib.documents.printed_page import printed_page


@validate_call
def letter_page(letter: Letter) -> str:
    """Write a letter as a page that needs nothing else, its subject above; all that was typed is escaped.

    Examples
    --------
    >>> from closing_lib.documents.letter import Occasion, Person
    >>> from closing_lib.documents.letters import nudge
    >>> letter_page(nudge(Occasion("<b>Acme"), Person("Mr Lid"))).count("<b>")
    0
    """
    *body, sign_off, me = map(escape, letter.paragraphs)
    return printed_page(letter.subject, "".join(f'<p dir="auto">{one}</p>' for one in [*body, f"{sign_off}<br>{me}"]))
