"""The form of the last five minutes: what you saw on one sheet, what to say on the other, moving as you answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

import ipywidgets

from closing_lib.advice.recommendation import DIRECT, Advice, recommend
from closing_lib.advice.words import words_of
from closing_lib.assessment import Assessment
from closing_lib.content import Sign, signs, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.answer_line import AnswerLine
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form, in_one_state
from closing_lib.forms.base.sheet import heading, html, with_answer
from closing_lib.forms.close.card import advice_card, in_a_line
from closing_lib.models import Format, Round, Settled, Tactic
from closing_lib.records import ApplicationRow, DrawRow, OutcomeLog

RATINGS = ("felt", "confidence", "risk")
REQUIRED = ("round", *RATINGS)  # before the assessment can be saved with its interview
_CANNOT_TELL = "unknown"
# What they said about what comes next, in one question: the signs that it answers, and what is settled by it.
_COMES_NEXT: Mapping[str, tuple[Mapping[str, bool], Settled | None]] = MappingProxyType(
    {
        "nothing": ({"next_steps_named": False}, None),
        "vague": ({"next_steps_vague": True}, None),
        "told": ({"next_steps_named": True, "next_steps_vague": False}, None),
        "through": ({"next_steps_named": True, "next_steps_vague": False}, Settled.NEXT_STEP),
        "offer": ({}, Settled.OFFER),
    }
)
_ANSWERED_SO = ("next_steps_named", "next_steps_vague")  # the signs that have no question of their own
_YES_NO: Mapping[str, bool | None] = MappingProxyType({"yes": True, "no": False})
_CAN_TELL: Mapping[str, bool | None] = MappingProxyType({**_YES_NO, _CANNOT_TELL: None})
_YES_OR_NO = ("open_concern", "scripted", "short_of_time")


class Drawn(NamedTuple):
    """What the kit drew for an interview before it: the draw, whom it was for, and the question, if it fits there."""

    of: DrawRow
    company: str
    tactic: Tactic | None


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
        self.line = AnswerLine(label=text("forms.card.title"))
        self._listeners: list[Callable[[], None]] = []
        super().__init__([*_opposite_fields(), *map(_sign_field, _asked()), *_person_fields()], log)

    @property
    def assessment(self) -> Assessment:
        """The answers; a rating that is not answered yet is taken as the middle."""
        given = self.answers
        ratings = {name: given[name] for name in RATINGS if given[name] is not None}
        next_signs, already = _COMES_NEXT.get(given["comes_next"], ({}, None))
        return Assessment(
            signs={sign.id: given[sign.id] for sign in _asked() if given["format"] in sign.formats} | dict(next_signs),
            wants_answer=bool(given["wants_answer"]),
            already=already,
            format=given["format"],
            round=given["round"],
            decides=given["decides"],
            **{name: bool(given[name]) for name in _YES_OR_NO},
            **ratings,
        )

    @property
    def advice(self) -> Advice:
        """What the answers lead to."""
        return recommend(self.assessment)

    @property
    def drawn(self) -> Drawn | None:
        """What the kit drew for an interview of this round that is not logged yet; None for those who take no part."""
        which, advice = self.answers["round"], self.advice
        rows: tuple[DrawRow, ...] = ()
        if which is not None:
            rows = self.read(lambda log: log.rows(DrawRow, round=which, interview=None) if log.consented_to else (), ())
        waiting = [(row, row.application) for row in rows if row.application is not None]  # the others' were deleted
        if not waiting:
            return None
        last, number = waiting[-1]
        company: str = self.read(lambda log: log.row(ApplicationRow, number).company, "")
        fits = [tactic for pair, tactic in last.drawn.items() if {DIRECT[pair], Tactic.MILD} == {*advice.defensible}]
        return Drawn(last, company, next(iter(fits), None))

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out what was seen on the left, and what to say on the right."""
        return [with_answer(self.questions(), [self._card], self.line)]

    def questions(self) -> list[ipywidgets.Widget]:
        """Lay out what was seen, in groups."""
        good, bad, weak = _grouped()
        return [
            heading(text("forms.assessment.title"), text("forms.assessment.intro")),
            *self._group("opposite", [field.name for field in _opposite_fields()]),
            *self._group("saw_good", good),
            *self._group("saw_bad", bad),
            *self._group("saw_weak", weak),
            html(paragraph(text("forms.assessment.saw_weak_note"), "ck-muted")),
            *self._group("about_you", [field.name for field in _person_fields()]),
        ]

    def fill_in(self, assessment: Assessment) -> None:
        """Answer as in an assessment."""
        held = {**vars(assessment), **{sign.id: assessment.signs.get(sign.id) for sign in _asked()}}
        held["comes_next"] = _said_of_what_comes_next(assessment)
        with self._quietly():
            for name, field in self.fields.items():
                fits = (option.key for option in field.options if option.value == held[name])
                self.controls[name].value = next(fits, field.blank())
        self.refresh()

    def when_answered(self, tell: Callable[[], None]) -> None:
        """Tell another form of the page whenever an answer changes."""
        self._listeners.append(tell)

    @in_one_state
    def refresh(self) -> None:
        """Show the advice that follows from the answers."""
        assessment, advice = self.assessment, self.advice
        self._card.value = self._told_of_draw() + advice_card(advice, assessment) + self._taken_as_middle()
        self.line.said = in_a_line(advice)
        for sign in _asked():
            self.controls[sign.id].layout.display = None if assessment.format in sign.formats else "none"
        for tell in self._listeners:
            tell()

    def brought_up_to_date(self, kept: Mapping[str, object]) -> Mapping[str, object]:
        """Read a draft of when the next step was asked in three questions."""
        before = {"next_step": "through", "offer": "offer"}.get(str(kept.get("already")))
        signs_then = ("told", "next_steps_named"), ("vague", "next_steps_vague")
        seen_then = [answer for answer, sign in signs_then if kept.get(sign) == "yes"]
        seen_then += ["nothing"] if kept.get("next_steps_named") == "no" else []
        return {"comes_next": before or next(iter(seen_then), _CANNOT_TELL), **kept}

    def static(self) -> str:
        """Write the advice as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}</div>'

    def __repr__(self) -> str:
        answered = len(self.assessment.signs)
        return f"AssessmentForm({answered} of {len(signs())} signs answered; advice: {self.advice.tactic})"

    def _group(self, title: str, names: list[str]) -> list[ipywidgets.Widget]:
        return [html(f"<h3>{text(f'forms.assessment.{title}')}</h3>"), *(self.controls[name] for name in names)]

    def _told_of_draw(self) -> str:
        drawn = self.drawn
        if drawn is None:
            return ""
        arm = "direct" if drawn.of.direct else "mild"
        if drawn.tactic is None:
            said = text("trial.advice.other", company=drawn.company, name=text(f"trial.advice.name.{arm}"))
        else:
            words = words_of(drawn.tactic, self.assessment).said
            said = text(f"trial.advice.{arm}", company=drawn.company, words=words)
        return paragraph(said, "ck-note")

    def _taken_as_middle(self) -> str:
        missing = self.missing(RATINGS)
        if not missing:
            return ""
        return paragraph(text("forms.assessment.taken_as_middle", fields="; ".join(missing)), "ck-muted")


def _said_of_what_comes_next(assessment: Assessment) -> str:
    """Give the answer that means what an assessment holds of it; an offer and the next round before anything else."""
    if assessment.already:
        return next(key for key, (_, settled) in _COMES_NEXT.items() if settled == assessment.already)
    named, vague = (assessment.signs.get(sign) for sign in _ANSWERED_SO)
    return "vague" if vague else {True: "told", False: "nothing", None: _CANNOT_TELL}[named]


def _asked() -> list[Sign]:
    """List the signs that have a question of their own."""
    return [sign for sign in signs() if sign.id not in _ANSWERED_SO]


def _grouped() -> tuple[list[str], list[str], list[str]]:
    def named(good: bool, weak: bool) -> list[str]:
        return [sign.id for sign in _asked() if (sign.good, sign.weak) == (good, weak)]

    return named(good=True, weak=False), named(good=False, weak=False), named(True, True) + named(False, True)


def _sign_field(sign: Sign) -> Field:
    return _yes_no_field(sign.id, sign.text, _CAN_TELL)


def _opposite_fields() -> tuple[Field, ...]:
    """Ask who sat opposite, and what they have said."""
    next_steps = (*_COMES_NEXT, _CANNOT_TELL)
    return (
        _choice_field("format", {how: how for how in Format}, Format.IN_PERSON),
        replace(_choice_field("round", {which: which for which in Round}), required=True),
        _choice_field("decides", _CAN_TELL, _CANNOT_TELL),
        replace(_choice_field("comes_next", {key: key for key in next_steps}, _CANNOT_TELL), kind="column"),
        *(_yes_no_field(name, text(f"forms.assessment.{name}")) for name in _YES_OR_NO),
    )


def _person_fields() -> tuple[Field, ...]:
    """Ask what only the person can tell."""
    wants = _yes_no_field("wants_answer", text("forms.assessment.wants_answer"))
    return (*(_rating_field(name) for name in RATINGS), wants)


def _choice_field(name: str, answers: Mapping[Any, Any], default: str | None = None) -> Field:
    options = (Option(key, text(f"forms.assessment.{name}_options.{key}"), value) for key, value in answers.items())
    return Field(name, text(f"forms.assessment.{name}"), "choice", tuple(options), default=default)


def _yes_no_field(name: str, label: str, answers: Mapping[str, bool | None] = _YES_NO) -> Field:
    options = (Option(key, text(f"forms.assessment.{key}"), value) for key, value in answers.items())
    return Field(name, label, "choice", tuple(options), default=[*answers][-1])


def _rating_field(name: str) -> Field:
    numbers = tuple(Option(str(n), text(f"forms.assessment.{name}_options.{n}"), n) for n in range(1, 6))
    unknown = (Option(_CANNOT_TELL, text("forms.assessment.unknown"), None),) if name == "felt" else ()
    return Field(name, text(f"forms.assessment.{name}"), "choice", numbers + unknown, required=True)
