"""The form of the preparation: what to bring on one sheet, what to improve and the closing card on the other."""

from __future__ import annotations

from pathlib import Path

import ipywidgets

from closing_lib.advice.pitch import Pitch, Review, check_pitch
from closing_lib.advice.preparation import MOST_QUESTIONS, ClosingCard, closing_card
from closing_lib.advice.questions import check_question, complete, questions_for
from closing_lib.casework.prepared import DRAFT
from closing_lib.content import Question, questions, text
from closing_lib.content.questions import SLOTS
from closing_lib.documents.closing_page import card_sections, closing_page
from closing_lib.documents.closing_pdf import closing_pdf, lacks
from closing_lib.documents.markup import paragraph
from closing_lib.files import make_folder, write_whole
from closing_lib.forms.base.fields import Field, Option, offer
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.prepare.checks import checks, summary
from closing_lib.forms.prepare.timer import Timer
from closing_lib.forms.prepare.trial_part import TrialPart
from closing_lib.models import Element, Format, Interviewer, Round
from closing_lib.records import OutcomeLog, default_path

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
    html_button, pdf_button : SaveButton
        Each saves the card into the person's data folder.
    timer : Timer
        The stopwatch of the rehearsal.
    trial : TrialPart
        Where the kit draws, for those who have agreed to the trial.
    said : str
        What was saved last, or what was in the way.

    Examples
    --------
    >>> form = PrepareForm()                                                # doctest: +SKIP
    >>> form.controls["project"].value = "your tenant app"                  # doctest: +SKIP
    >>> form.controls["question_1"].value = "team_who_works_on"             # doctest: +SKIP
    """

    name = DRAFT

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.said = ""
        self.timer = Timer()
        self.trial = TrialPart(self, self.refresh)
        self._checks, self._card = html(), html()
        self._status, self._announced = html("", "ck-status"), html("", "ck-unseen")
        self.html_button = SaveButton(description=text("prepare.save_html"))
        self.pdf_button = SaveButton(description=text("prepare.save_pdf"), quiet=True)
        self.html_button.on_click(lambda _button: self.save("closing_card.html"))
        self.pdf_button.on_click(lambda _button: self.save("closing_card.pdf"))
        super().__init__(_fields(), log)
        for made in (self.html_button, self.pdf_button):
            made.waits_for = [control.model_id for control in self.controls.values()]

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
        buttons = box([self.html_button, self.pdf_button], "ck-buttons")
        shown = [heading(text("prepare.checks")), self._checks, heading(text("prepare.card")), self._card]
        answer = box([*shown, buttons, self._status, self.trial.view, self._announced], "ck-sheet", "ck-answer")
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
        self._status.value = spoken(self.said)

    def save(self, name: str) -> Path | None:
        """Save the card as HTML or PDF in the person's data folder, in place of an earlier one.

        Returns
        -------
        Path or None
            The file; None where it could not be written, and the form says why.
        """
        card = self.card
        path = default_path().with_name(name)
        is_pdf = path.suffix == ".pdf"
        try:
            make_folder(path.parent)
            write_whole(path, closing_pdf(card) if is_pdf else closing_page(card).encode())
        except OSError as error:
            self.said = text("prepare.not_saved", error=error.strerror or error)
            return None
        else:
            key = "saved_with_gaps" if is_pdf and lacks(card) else "saved"
            self.said = text(f"prepare.{key}", name=path.name, folder=path.parent)
            return path
        finally:
            self.refresh()

    def static(self) -> str:
        """Write the checks and the card as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet ck-answer">{self._card.value}</div>'

    def __repr__(self) -> str:
        written = len(Element) - len(self.review.missing)
        return f"PrepareForm({len(self.questions)} of {MOST_QUESTIONS} questions, {written} of 4 parts of the pitch)"

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
