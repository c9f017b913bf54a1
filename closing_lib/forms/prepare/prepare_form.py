"""The form of the preparation: what to bring on one sheet, what to improve and the closing card on the other."""

from __future__ import annotations

import ipywidgets

from closing_lib.advice.pitch import Pitch, Review, check_pitch
from closing_lib.advice.preparation import MOST_QUESTIONS, ClosingCard, closing_card
from closing_lib.advice.questions import check_question, complete, questions_for
from closing_lib.casework.prepared import DRAFT
from closing_lib.content import Question, questions, text
from closing_lib.content.questions import SLOTS
from closing_lib.documents.closing_page import card_sections, closing_page
from closing_lib.documents.closing_pdf import closing_pdf, lacks
from closing_lib.documents.closing_text import closing_text, phone_text
from closing_lib.documents.markup import paragraph
from closing_lib.documents.phone_code import phone_code
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.fields import Field, Option, offer
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.prepare.checks import checks, summary
from closing_lib.forms.prepare.timer import Timer
from closing_lib.forms.prepare.trial_part import TrialPart
from closing_lib.models import Element, Format, Interviewer, Round
from closing_lib.records import OutcomeLog

FOLDER = "cards"
_NUMBERS = range(1, MOST_QUESTIONS + 1)
_OCCASION = ("company", "role")  # the pages that come after take them up


class PrepareForm(Form):
    """Prepare the close: questions, pitch and closing card.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-filled form is kept; the person's own log where none is given.

    Attributes
    ----------
    row : ActionRow
        By which the card leaves the kit.
    timer : Timer
        The stopwatch of the rehearsal.
    trial : TrialPart
        Where the kit draws, for those who have agreed to the trial.

    Examples
    --------
    >>> form = PrepareForm()                                                # doctest: +SKIP
    >>> form.controls["project"].value = "your tenant app"                  # doctest: +SKIP
    >>> form.controls["question_1"].value = "team_who_works_on"             # doctest: +SKIP
    """

    name = DRAFT

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.timer = Timer()
        self._checks, self._card = html(), html()
        self._announced = html("", "ck-unseen")
        super().__init__(_fields(), log)

    @property
    def questions(self) -> tuple[str, ...]:
        """The chosen questions, completed with what was found out."""
        given = self.answers
        research = {name: given[name] for name in SLOTS}
        chosen = (given[f"own_{n}"] or _text_of(given[f"question_{n}"]) for n in _NUMBERS)
        return tuple(complete(said, research) for said in chosen if said)

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
        """Lay out what is prepared on the left, and what comes of it on the right."""
        asked = [
            heading(text("prepare.title"), text("prepare.intro")),
            *self._named(*_OCCASION, "interviewer", "format", "round"),
            *_part("found", "found_note"),
            *self._named(*SLOTS),
            *_part("questions"),
            *self._named(*(f"{kind}_{n}" for n in _NUMBERS for kind in ("question", "own"))),
            *_part("pitch", "pitch_note"),
            *self._named(*Element),
            html(f"<h3>{text('prepare.timer.label')}</h3>"),
            self.timer,
        ]
        self.trial = TrialPart(self, self.refresh)
        self.row = ActionRow(self, text("prepare.take"), self._actions(), FOLDER)
        shown = [heading(text("prepare.checks")), self._checks, heading(text("prepare.card")), self.row, self._card]
        answer = box([*shown, self.trial.view, self._announced], "ck-sheet", "ck-answer")
        return [box([box(asked, "ck-sheet"), answer], "ck-sheets")]

    def refresh(self) -> None:
        """Show the checks and the card that follow from the answers."""
        self._offer_fitting()
        self.trial.refresh()
        given = self.answers
        asked = [(said, check_question(said, given["interviewer"], given["round"])) for said in self.questions]
        review = self.review
        self.timer.planned = review.seconds
        self._checks.value = checks(asked, self.pitch, review)
        self._card.value = card_sections(self.card, level=3)
        self._announced.value = spoken(summary(asked, review))
        is_ready = asked and not (review.missing or review.weaknesses or any(remarks for _, remarks in asked))
        self.row.note = "" if is_ready else text("prepare.unready")

    def static(self) -> str:
        """Write the checks and the card as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}</div>'

    def __repr__(self) -> str:
        written = len(Element) - len(self.review.missing)
        return f"PrepareForm({len(self.questions)} of {MOST_QUESTIONS} questions, {written} of 4 parts of the pitch)"

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
        super()._answered(change)

    def _named(self, *names: str) -> list[ipywidgets.Widget]:
        return [self.controls[name] for name in names]

    def _offer_fitting(self) -> None:
        """Offer the questions that fit; one that was chosen before stays."""
        given = self.answers
        fitting = questions_for(given["interviewer"], given["format"], given["round"])
        with self._quietly():
            for n in _NUMBERS:
                chosen = given[f"question_{n}"]
                offered = [one for one in questions() if one in fitting or one.id == chosen]
                offer(self.controls[f"question_{n}"], _options(offered))


def _part(title: str, note: str = "") -> list[ipywidgets.Widget]:
    said = paragraph(text(f"prepare.{note}"), "ck-muted") if note else ""
    return [html(f"<h3>{text(f'prepare.{title}')}</h3>{said}")]


def _text_of(chosen: str | None) -> str:
    return next((one.text for one in questions() if one.id == chosen), "")


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
        *(field for n in _NUMBERS for field in _question_fields(n)),
        *(Field(element, text(f"prepare.{element}"), "notes") for element in Element),
    ]


def _question_fields(number: int) -> tuple[Field, Field]:
    return (
        Field(f"question_{number}", text("prepare.question", number=number), "pick", _options(questions())),
        Field(f"own_{number}", text("prepare.own", number=number), "notes"),
    )


def _options(offered: tuple[Question, ...] | list[Question]) -> tuple[Option, ...]:
    def label(one: Question) -> str:
        category = text(f"preparation.category.{one.category}")
        return text("prepare.option", category=category, question=complete(one.text, {}))

    return (Option("", text("prepare.none"), None), *(Option(one.id, label(one), one.id) for one in offered))
