"""The form of the last five minutes: what you saw on one sheet, what to say on the other, moving as you answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets

from closing_lib.advice.recommendation import Advice, recommend
from closing_lib.assessment import Assessment
from closing_lib.content import Sign, signs, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.card import advice_card, announcement
from closing_lib.forms.fields import Field, Option
from closing_lib.forms.form import Form
from closing_lib.forms.sheet import box, heading, html
from closing_lib.models import Format, Settled
from closing_lib.records import OutcomeLog

RATINGS = ("felt", "confidence", "risk")
_CANNOT_TELL = "unknown"


class AssessmentForm(Form):
    """Assess an interview, and read the advice that follows from the answers.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-filled form is kept; the person's own log where none is given.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = AssessmentForm(sample_log())
    >>> form.controls["overran"].value = "yes"
    >>> form
    AssessmentForm(1 of 15 signs answered; advice: mild)
    """

    name = "assessment"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._card = html()
        self._announced = html("", "ck-unseen")
        self._listeners: list[Callable[[], None]] = []
        super().__init__([_format_field(), *(_sign_field(sign) for sign in signs()), *_person_fields()], log)

    @property
    def assessment(self) -> Assessment:
        """The answers; a rating that is not answered yet is taken as the middle."""
        given = self.answers
        ratings = {name: given[name] for name in RATINGS if given[name] is not None}
        return Assessment(
            signs={sign.id: given[sign.id] for sign in signs() if given["format"] in sign.formats},
            wants_answer=bool(given["wants_answer"]),
            already=given["already"],
            format=given["format"],
            **ratings,
        )

    @property
    def advice(self) -> Advice:
        """What the answers lead to."""
        return recommend(self.assessment)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out what was seen on the left, and what to say on the right."""
        good, bad, weak = _grouped()
        asked = [
            heading(text("forms.assessment.title"), text("forms.assessment.intro")),
            self.controls["format"],
            *self._group("saw_good", good),
            *self._group("saw_bad", bad),
            *self._group("saw_weak", weak),
            html(paragraph(text("forms.assessment.saw_weak_note"), "ck-muted")),
            *self._group("about_you", [field.name for field in _person_fields()]),
        ]
        return [box([box(asked, "ck-sheet"), box([self._card, self._announced], "ck-sheet", "ck-answer")], "ck-sheets")]

    def when_answered(self, tell: Callable[[], None]) -> None:
        """Tell another form of the page whenever an answer changes."""
        self._listeners.append(tell)

    def refresh(self) -> None:
        """Show the advice that follows from the answers."""
        assessment, advice = self.assessment, self.advice
        self._card.value = advice_card(advice, assessment) + self._taken_as_middle()
        self._announced.value = f'<p role="status">{announcement(advice)}</p>'
        for sign in signs():
            self.controls[sign.id].layout.display = None if assessment.format in sign.formats else "none"
        for tell in self._listeners:
            tell()

    def static(self) -> str:
        """Write the advice as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}</div>'

    def __repr__(self) -> str:
        answered = len(self.assessment.signs)
        return f"AssessmentForm({answered} of {len(signs())} signs answered; advice: {self.advice.tactic})"

    def _group(self, title: str, names: list[str]) -> list[ipywidgets.Widget]:
        return [html(f"<h3>{text(f'forms.assessment.{title}')}</h3>"), *(self.controls[name] for name in names)]

    def _taken_as_middle(self) -> str:
        missing = self.missing(RATINGS)
        if not missing:
            return ""
        return paragraph(text("forms.assessment.taken_as_middle", fields="; ".join(missing)), "ck-muted")


def _grouped() -> tuple[list[str], list[str], list[str]]:
    def named(good: bool, weak: bool) -> list[str]:
        return [sign.id for sign in signs() if (sign.good, sign.weak) == (good, weak)]

    return named(good=True, weak=False), named(good=False, weak=False), named(True, True) + named(False, True)


def _sign_field(sign: Sign) -> Field:
    answers: tuple[tuple[str, Any], ...] = (("yes", True), ("no", False), (_CANNOT_TELL, None))
    options = tuple(Option(key, text(f"forms.assessment.{key}"), value) for key, value in answers)
    return Field(sign.id, sign.text, "choice", options, default=_CANNOT_TELL)


def _format_field() -> Field:
    options = tuple(Option(how, text(f"forms.assessment.format_options.{how}"), how) for how in Format)
    return Field("format", text("forms.assessment.format"), "choice", options, default=Format.IN_PERSON)


def _person_fields() -> tuple[Field, ...]:
    yes_no = tuple(Option(key, text(f"forms.assessment.{key}"), key == "yes") for key in ("yes", "no"))
    answers: tuple[tuple[str, Any], ...] = (("nothing", None), *((what, what) for what in Settled))
    settled = tuple(Option(key, text(f"forms.assessment.already_options.{key}"), what) for key, what in answers)
    return (
        *(_rating_field(name) for name in RATINGS),
        Field("wants_answer", text("forms.assessment.wants_answer"), "choice", yes_no, default="no"),
        Field("already", text("forms.assessment.already"), "choice", settled, default="nothing"),
    )


def _rating_field(name: str) -> Field:
    numbers = tuple(Option(str(n), text(f"forms.assessment.{name}_options.{n}"), n) for n in range(1, 6))
    unknown = (Option(_CANNOT_TELL, text("forms.assessment.unknown"), None),) if name == "felt" else ()
    return Field(name, text(f"forms.assessment.{name}"), "choice", numbers + unknown, required=True)
