"""The employer's answer, and how to take it."""

from __future__ import annotations

from html import escape

import ipywidgets

from closing_lib.advice.card import bullets
from closing_lib.advice.response import Guide, respond
from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.sheet import box, heading, html
from closing_lib.models import Response
from closing_lib.records import OutcomeLog


class ResponseForm(Form):
    """Choose the employer's answer, and read what to say, to do and to avoid.

    Parameters
    ----------
    log : OutcomeLog or None
        Where the choice is kept; the person's own log where none is given.
    """

    name = "response"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._card = html()
        options = tuple(Option(one, text(f"forms.response.options.{one}"), one) for one in reversed(Response))
        super().__init__([Field("response", text("forms.response.question"), "choice", options)], log)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the question above and the guide below."""
        title = heading(text("forms.response.title"))
        return [box([title, self.controls["response"], self._card], "ck-sheet")]

    def refresh(self) -> None:
        """Show the guide for the answer."""
        answer = self.answers["response"]
        nothing = paragraph(text("forms.response.choose"), "ck-muted")
        self._card.value = guide_card(respond(answer)) if answer else nothing

    def __repr__(self) -> str:
        return f"ResponseForm({self.answers['response'] or 'no answer chosen'})"


def guide_card(guide: Guide) -> str:
    """Write a guide as HTML; what to say comes first and largest."""
    said = "".join(f'<blockquote class="ck-words ck-words-small">{escape(line)}</blockquote>' for line in guide.say)
    return (
        f'<div role="status"><h3>{escape(guide.name)}</h3>{said}'
        f"<h3>{escape(text('forms.response.do'))}</h3>{_list(guide.do)}"
        f"<h3>{escape(text('forms.response.avoid'))}</h3>{_list(guide.avoid)}"
        f"<h3>{escape(text('forms.card.because'))}</h3>{bullets(guide.reasons)}</div>"
    )


def _list(sentences: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences) + "</ul>"
