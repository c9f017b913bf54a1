"""The reply to a concern, put together from the person's own words as they write."""

from __future__ import annotations

from html import escape

import ipywidgets

from closing_lib.advice.card import bullets
from closing_lib.advice.concern import Reply, reply_to_concern
from closing_lib.content import text
from closing_lib.forms.base.answer_line import AnswerLine
from closing_lib.forms.base.fields import Field
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.sheet import heading, html, with_answer
from closing_lib.records import OutcomeLog

_ASKED = ("clarify", "acknowledge", "make_the_case")


class ConcernForm(Form):
    """Write what the employer worries about and what answers it, and read the whole reply.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-filled form is kept; the person's own log where none is given.
    """

    name = "concern"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._card = html()
        self.line = AnswerLine(label=text("concern.advice.title"), is_spoken=False)  # it would speak at each letter
        super().__init__([Field(move, text(f"concern.{move}.asks"), "notes") for move in _ASKED], log)

    @property
    def reply(self) -> Reply:
        """The reply that the words make."""
        return reply_to_concern(**{move: said or "" for move, said in self.answers.items()})

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the person's words on the left, and the reply on the right."""
        title = heading(text("concern.advice.form"), text("concern.advice.order"))
        return [with_answer([title, *self.controls.values()], [self._card], self.line)]

    def refresh(self) -> None:
        """Show the reply."""
        reply = self.reply
        self._card.value = reply_card(reply)
        self.line.said = reply.moves[0].said

    def static(self) -> str:
        """Write the reply as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}</div>'

    def __repr__(self) -> str:
        return f"ConcernForm({len(_ASKED) - len(self.reply.missing)} of {len(_ASKED)} moves in your words)"


def reply_card(reply: Reply) -> str:
    """Write a reply as HTML: each move with what to say."""
    moves = "".join(
        f'<li><strong>{escape(move.name)}</strong><blockquote class="ck-words ck-words-small">{escape(move.said)}'
        "</blockquote></li>"
        for move in reply.moves
    )
    remarks = bullets(reply.remarks) if reply.remarks else ""
    return f"<h2>{escape(text('concern.advice.title'))}</h2><ol>{moves}</ol>{remarks}"
