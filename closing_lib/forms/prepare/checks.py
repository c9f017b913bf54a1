"""What to improve in the questions and in the pitch, written as HTML; all that was typed is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from closing_lib.advice.pitch import Pitch, Review, Weakness
from closing_lib.advice.questions import Remark
from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.models import Element

Asked = Sequence[tuple[str, Sequence[Remark]]]  # each question with its remarks


def checks(asked: Asked, pitch: Pitch, review: Review) -> str:
    """Write what to improve: each question with its remarks, then the pitch with its weak words marked."""
    if not asked and not review.words:
        return paragraph(text("prepare.nothing_to_check"), "ck-muted")
    return _questions(asked) + _pitch(pitch, review)


def summary(asked: Asked, review: Review) -> str:
    """Sum it up in a sentence, which a screen reader speaks when it changes."""
    ready = sum(not remarks for _, remarks in asked)
    return text("prepare.summary", ready=ready, chosen=len(asked), pitch=review.remarks[0])


def _questions(asked: Asked) -> str:
    if not asked:
        return ""
    items = "".join(f'<li><span dir="auto">{escape(said)}</span>{_remarks(remarks)}</li>' for said, remarks in asked)
    few = paragraph(text("preparation.question.few"), "ck-muted") if len(asked) == 1 else ""
    return f"<h3>{escape(text('prepare.your_questions'))}</h3><ol>{items}</ol>{few}"


def _remarks(remarks: Sequence[Remark]) -> str:
    if not remarks:
        return f"<br><small>✓ {escape(text('preparation.question.fine'))}</small>"
    return "".join(f'<br><strong class="ck-mend">! {escape(remark.text)}</strong>' for remark in remarks)


def _pitch(pitch: Pitch, review: Review) -> str:
    written = [element for element in Element if pitch[element]]
    texts = "".join(_marked(pitch[element], _in(element, review)) for element in written)
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in review.remarks)
    return f"<h3>{escape(text('prepare.your_pitch'))}</h3>{texts}<ul>{remarks}</ul>"


def _in(element: Element, review: Review) -> list[Weakness]:
    return [one for one in review.weaknesses if one.element == element]


def _marked(written: str, weaknesses: Iterable[Weakness]) -> str:
    """Write one part of the pitch with its weak words marked where they stand."""
    done, at = "", 0
    for one in weaknesses:
        if one.start >= at:  # a word that is both a hedge and part of an apology is marked once
            done += f"{escape(written[at : one.start])}<mark>{escape(written[one.start : one.end])}</mark>"
            at = one.end
    return f'<p class="ck-typed" dir="auto">{done}{escape(written[at:])}</p>'
