"""The form of the preparation: what to bring on one sheet, with what it still needs; the card on the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from html import escape

import ipywidgets

from closing_lib.advice.pitch import Pitch, Review, check_pitch
from closing_lib.advice.preparation import MOST_QUESTIONS, ClosingCard, closing_card
from closing_lib.advice.questions import Remark, check_question, suggested_questions
from closing_lib.casework.prepared import DRAFT
from closing_lib.content import questions, text
from closing_lib.content.questions import SLOTS
from closing_lib.documents.closing_page import card_sections, closing_page
from closing_lib.documents.closing_pdf import closing_pdf, lacks
from closing_lib.documents.closing_text import closing_text, phone_text
from closing_lib.documents.markup import paragraph
from closing_lib.documents.phone_code import phone_code
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.answer_line import AnswerLine
from closing_lib.forms.base.field_note import FieldNote
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading, html, with_answer
from closing_lib.forms.prepare.brought import OWN, Brought
from closing_lib.forms.prepare.question_choice import QuestionChoice
from closing_lib.forms.prepare.timer import Timer
from closing_lib.forms.prepare.trial_part import TrialPart
from closing_lib.models import Element, Format, Interviewer, Round
from closing_lib.records import OutcomeLog

FOLDER = "cards"
_PLACES = range(MOST_QUESTIONS)
_ASK = tuple(f"ask_{place + 1}" for place in _PLACES)
_OWN = tuple(f"own_{place + 1}" for place in _PLACES)
_PREPARED = ("occasion", "questions", "pitch")  # of the card; the rest is the same for everyone who is met so
_OCCASION = ("company", "role")  # the pages that come after take them up


class PrepareForm(Form):
    """Prepare the close: questions, pitch and closing card.

    Three questions are suggested, and go onto the card once what was found out fills their gaps.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-filled form is kept; the person's own log where none is given.

    Attributes
    ----------
    row : ActionRow
        By which the card leaves the kit.
    line : AnswerLine
        What the card still needs.
    notes : dict of str to FieldNote
        What is said under a field.
    timer : Timer
        The stopwatch of the rehearsal.
    trial : TrialPart
        Where the kit draws, for those who have agreed to the trial.

    Examples
    --------
    >>> form = PrepareForm()                                                # doctest: +SKIP
    >>> form.controls["project"].value = "your tenant app"                  # doctest: +SKIP
    >>> form.controls["ask_1"].press("swap")                                # doctest: +SKIP
    """

    name = DRAFT

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.timer = Timer()
        self.line = AnswerLine(label=text("prepare.card"))
        self.notes = {name: FieldNote() for name in (*_OWN, *Element)}
        self._card, self._rest, self._time = html(), html(), html()
        super().__init__(_fields(), log)
        for place, name in enumerate(_ASK):
            self.controls[name].on_press(partial(self.choose, place))
            self.controls[name].waits_for = [control.model_id for control in self.controls.values()]

    @property
    def brought(self) -> Brought:
        """The questions to bring, as they are chosen so far."""
        given = self.answers
        research = {name: given[name] for name in SLOTS}
        fitting = suggested_questions(given["interviewer"], given["format"], given["round"], research)
        chosen, own = (tuple(given[name] or "" for name in names) for names in (_ASK, _OWN))
        return Brought(fitting, chosen, own, research)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions on the card, completed with what was found out."""
        return self.brought.on_card

    @property
    def pitch(self) -> Pitch:
        """The four parts of the pitch, as they are written so far."""
        return Pitch(**{element: self.answers[element] or "" for element in Element})

    @property
    def review(self) -> Review:
        """What there is to say about the pitch."""
        return check_pitch(self.pitch)

    @property
    def card(self) -> ClosingCard:
        """The closing card, as far as it has grown."""
        given = self.answers
        met = given["interviewer"], given["format"]
        company, role = (given[name] or "" for name in _OCCASION)
        drawn = self.trial.drawn.drawn if self.trial.drawn else None
        return closing_card(
            self.questions, self.pitch, *met, company=company, role=role, round=given["round"], drawn=drawn
        )

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out what is prepared on the left, and the card that comes of it on the right."""
        for name in _ASK:
            self.controls[name].add_class("ck-question")
        asked = [
            heading(text("prepare.title"), text("prepare.intro")),
            box(self._named(*_OCCASION), "ck-pair"),
            *self._named("interviewer", "format", "round"),
            *_part("found", "found_note"),
            *self._named(*SLOTS),
            *_part("questions", "questions_note"),
            *self._noted(name for pair in zip(_ASK, _OWN, strict=True) for name in pair),
            *_part("pitch", "pitch_note"),
            *self._noted(Element),
            self._time,
            self.timer,
        ]
        self.trial = TrialPart(self, self.refresh)
        self.row = ActionRow(self, text("prepare.take"), self._actions(), FOLDER)
        card = [heading(text("prepare.card")), self.row, self._card, self._rest, self.trial.view]
        return [with_answer(asked, card, self.line)]

    def refresh(self) -> None:
        """Show the card that follows from the answers, and under each field what it still needs."""
        self.trial.refresh()
        brought, review = self.brought, self.review
        needs = [*_numbered(self._show_questions(brought)), *self._show_pitch(review)]
        written = card_sections(self.card, level=3)
        self._card.value = "".join(written.pop(name) for name in _PREPARED)
        self._rest.value = (
            f"<details><summary>{escape(text('prepare.rest'))}</summary>{''.join(written.values())}</details>"
        )
        self.line.said = text("prepare.needs", open="; ".join(needs)) if needs else text("prepare.ready")
        self.row.note = self.line.said if needs else ""

    def choose(self, place: int, button: str) -> None:
        """Do what a button of the question at a place says: ``"keep"``, ``"swap"``, ``"write"`` or ``"suggest"``."""
        control, own = self.controls[_ASK[place]], self.controls[_OWN[place]]
        brought = self.brought
        now = brought.of_bank[place]
        seen_all = False
        if button == "keep":
            control.value = "" if now is None or brought.is_kept(place) else now.id
        elif button == "swap":
            following, seen_all = brought.after(place)
            control.value = following.id
        elif button == "write":
            with self._quietly():
                own.value = own.value or brought.said[place]
            control.value = OWN
        else:
            control.value = ""
        control.news = text("prepare.seen_all") if seen_all else ""
        if button != "keep":
            control.spoken = " ".join(filter(None, (control.news, control.question, control.note)))

    def brought_up_to_date(self, kept: Mapping[str, object]) -> Mapping[str, object]:
        """Read a draft of when questions were picked from a list, and one's own words took their place."""
        if not kept or _ASK[0] in kept:
            return kept
        picked = (kept.get(f"question_{place + 1}") or "" for place in _PLACES)
        chosen = (OWN if kept.get(own) else one for own, one in zip(_OWN, picked, strict=True))
        return {**dict(zip(_ASK, chosen, strict=True)), **kept}

    def in_words(self, control: ipywidgets.DOMWidget, kept: object) -> str:
        """Give a question that was kept; one's own words are told of where they were typed."""
        if isinstance(control, QuestionChoice):
            return next((one.text for one in questions() if one.id == kept), "")
        return super().in_words(control, kept)

    def static(self) -> str:
        """Write the card as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}{self._rest.value}</div>'

    def __repr__(self) -> str:
        written = len(Element) - len(self.review.missing)
        return f"PrepareForm({len(self.questions)} of {MOST_QUESTIONS} questions, {written} of 4 parts of the pitch)"

    def _show_questions(self, brought: Brought) -> Iterator[int]:
        """Show each question as it will be asked, with what it still needs; give the numbers of those with a need."""
        given = self.answers
        for place, said in enumerate(brought.said):
            control, own, note = self.controls[_ASK[place]], self.controls[_OWN[place]], self.notes[_OWN[place]]
            of_bank, is_own = brought.of_bank[place], brought.is_own(place)
            remarks = check_question(said, given["interviewer"], given["round"])
            told = _told(said, remarks)
            control.about = text(f"preparation.category.{of_bank.category}") if of_bank else ""
            control.note, control.is_ready = told, not remarks
            control.is_kept, control.question = brought.is_kept(place), "" if is_own else said
            note.said = told if is_own and (remarks or not said) else ""
            own.layout.display = note.layout.display = None if is_own else "none"
            if remarks:
                yield place + 1

    def _show_pitch(self, review: Review) -> Iterator[str]:
        """Say under each part of the pitch what weakens it; name those that are missing or weak."""
        self.timer.planned = review.seconds
        self._time.value = "".join(paragraph(one, "ck-muted") for one in review.time)
        for element in Element:
            weak = [str(one) for one in review.weaknesses if one.element == element]
            self.notes[element].said = " ".join(weak)
            if weak or (element in review.missing and len(review.missing) < len(Element)):
                yield text(f"preparation.pitch.element.{element}")
        if len(review.missing) == len(Element):
            yield text("prepare.needs_pitch")

    def _actions(self) -> list[Action]:
        """Name the ways in which the card leaves the kit; also while it is not finished."""
        return [
            Action("pdf", "download", lambda: self._file("pdf"), text("actions.download.as", kind="PDF")),
            Action("open", "open", lambda: closing_page(self.card)),
            Action("print", "print", lambda: closing_page(self.card)),
            Action("copy", "copy", lambda: closing_text(self.card)),
            Action("phone", "show", self._on_the_phone),
            Action("html", "download", lambda: self._file("html"), text("actions.page_for_phone")),
        ]

    def _file(self, ending: str) -> MadeFile:
        card = self.card
        named = text("prepare.file"), card.company, card.role
        if ending == "html":
            return MadeFile(named, ending, closing_page(card).encode())
        return MadeFile(named, ending, closing_pdf(card), text("prepare.pdf_lacks") if lacks(card) else "")

    def _on_the_phone(self) -> str:
        """Draw what fits of the card as a code for a phone's camera, and say what does not."""
        taken = phone_text(self.card)
        left = "; ".join(self.card.questions[number - 1] for number in taken.left_out)
        said = [text("prepare.phone_how"), *([text("prepare.phone_left_out", questions=left)] if left else [])]
        return "".join(map(paragraph, said)) + phone_code(taken.text, text("prepare.phone_label"))

    def _answered(self, change: object) -> None:
        self.row.forget()
        for name in _ASK:
            self.controls[name].news = self.controls[name].spoken = ""
        super()._answered(change)

    def _named(self, *names: str) -> list[ipywidgets.Widget]:
        return [self.controls[name] for name in names]

    def _noted(self, names: Iterable[str]) -> Iterator[ipywidgets.Widget]:
        """Give controls, each with what is said under it."""
        for name in names:
            yield self.controls[name]
            if name in self.notes:
                yield self.notes[name]


def _part(title: str, note: str = "") -> list[ipywidgets.Widget]:
    said = paragraph(text(f"prepare.{note}"), "ck-muted") if note else ""
    return [html(f"<h3>{text(f'prepare.{title}')}</h3>{said}")]


def _numbered(questions: Iterable[int]) -> list[str]:
    """Name questions by their numbers."""
    numbers = [*map(str, questions)]
    key = "prepare.needs_questions" if len(numbers) > 1 else "prepare.needs_question"
    return [text(key, numbers=", ".join(numbers))] if numbers else []


def _told(said: str, remarks: Iterable[Remark]) -> str:
    """Say what a question still needs, or that it needs nothing."""
    if not said:
        return text("preparation.question.few")
    return " ".join(map(str, remarks)) or text("preparation.question.fine")


def _fields() -> list[Field]:
    who = tuple(Option(one, text(f"preparation.interviewer.{one}"), one) for one in Interviewer)
    how = tuple(Option(one, text(f"forms.assessment.format_options.{one}"), one) for one in Format)
    when = tuple(Option(one, text(f"forms.assessment.round_options.{one}"), one) for one in Round)
    return [
        *(Field(name, text(f"prepare.{name}"), "text") for name in _OCCASION),
        Field("interviewer", text("prepare.interviewer"), "choice", who, default=Interviewer.HIRING_MANAGER),
        Field("format", text("prepare.format"), "choice", how, default=Format.IN_PERSON),
        Field("round", text("prepare.round"), "choice", when),
        *(Field(name, text(f"prepare.{name}"), "text") for name in SLOTS),
        *(field for place in _PLACES for field in _question_fields(place)),
        *(Field(element, text(f"prepare.{element}"), "notes") for element in Element),
    ]


def _question_fields(place: int) -> tuple[Field, Field]:
    return (
        Field(_ASK[place], text("prepare.question", number=place + 1), _question_choice),
        Field(_OWN[place], text("prepare.own", number=place + 1), "notes"),
    )


def _question_choice(field: Field) -> QuestionChoice:
    return QuestionChoice(description=field.label)
