"""The review questions that are due today, one at a time, each with its why."""

from __future__ import annotations

import datetime as dt
from html import escape

import ipywidgets

from closing_lib.casework.study_log import NOTHING_TRIED, add, tried
from closing_lib.clock import today
from closing_lib.content import ReviewQuestion, text
from closing_lib.content.figures import day as written_day
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.base.watch import watch, written
from closing_lib.models import AttemptKind
from closing_lib.records import OutcomeLog
from closing_lib.study.schedule import calendar, next_review, reviews_due
from closing_lib.study.tried import Tried

_ANSWER = "answer"


class ReviewForm(Form):
    """Answer the review questions that have come back, one at a time.

    Parameters
    ----------
    log : OutcomeLog or None
        Where the answers are kept; the person's own log where none is given.

    Attributes
    ----------
    asked : ReviewQuestion or None
        The question on the page; None where none is due.
    check_button : SaveButton
        Checks the answer, and then goes on to the next question: one button, so that the keyboard stays where it is.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.asked: ReviewQuestion | None = None
        self._is_answered = False
        self._made = NOTHING_TRIED  # as the log held it when it could last be read
        self._count, self._question, self._said = html(), box([]), html(spoken(""), "ck-status", "ck-said")
        self._announced = html(spoken(""), "ck-unseen")
        self.check_button = SaveButton(description=text("study.review.check_button"))
        self.check_button.on_click(lambda _button: self.go_on() if self._is_answered else self.check())
        super().__init__([], log)
        watch(self)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the question, the buttons, and what is said of the answer."""
        title = heading(text("study.review.title"), text("study.review.intro"))
        self._buttons = box([self.check_button], "ck-buttons")
        return [
            box(
                [title, self._count, self._question, self._buttons, self._said, self._announced],
                "ck-sheet",
                "ck-review",
            )
        ]

    def refresh(self) -> None:
        """Show the question that has waited longest; one that was just answered stays until the person goes on."""
        self._made = made = self.read(tried, self._made)
        due = reviews_due(made, today())
        if not self._is_answered and self.asked not in due:
            self._ask(due[0] if due else None)
        self.check_button.description = text(f"study.review.{'next' if self._is_answered else 'check'}_button")
        self._buttons.layout.display = None if self.asked else "none"
        none = "" if self.is_unread else _when_none(made)
        self._count.value = paragraph(_counted(len(due)) if due else none)

    def check(self) -> bool:
        """Check the answer, say why, and keep it; False where nothing was chosen yet, or it was wrong."""
        question, chosen = self.asked, self.answers.get(_ANSWER)
        if question is None or self._is_answered:
            return False
        if chosen is None:
            self._said.value = spoken(text("study.check.choose"))
            return False
        is_right = bool(chosen == question.right)
        self._is_answered = self.write_to_log(lambda log: add(log, AttemptKind.REVIEW, question.id, is_right))
        self.controls[_ANSWER].disabled = self._is_answered
        self._said.value = self._verdict(question, is_right=is_right)
        written()
        self.refresh()
        return is_right

    def go_on(self) -> None:
        """Ask the next question, and let a screen reader say it."""
        self._is_answered = False
        self._said.value = spoken("")
        self._ask(None)
        self.refresh()
        self._announced.value = spoken(self.asked.question if self.asked else "")

    def __repr__(self) -> str:
        return f"ReviewForm({self.asked.id if self.asked else 'nothing due'})"

    def _ask(self, question: ReviewQuestion | None) -> None:
        """Put a question on the page, in place of another one."""
        self.asked, self.fields, self.controls = question, {}, {}
        if question:
            options = tuple(Option(str(place), said, said) for place, said in enumerate(question.answers))
            self.fields[_ANSWER] = Field(_ANSWER, question.question, "column", options)
            self.controls[_ANSWER] = self.fields[_ANSWER].control()
        self._question.children = tuple(self.controls.values())
        self.check_button.waits_for = [control.model_id for control in self.controls.values()]

    def _verdict(self, question: ReviewQuestion, *, is_right: bool) -> str:
        opening = text("study.review.right") if is_right else text("study.review.wrong", right=question.right)
        after = self._comes_back(question) if self._is_answered else ""
        said = f"<strong>{escape(opening)}</strong> {escape(question.why)} {escape(after)}"
        return f'<p role="status">{said}</p>'

    def _comes_back(self, question: ReviewQuestion) -> str:
        days = {one.id: day for day, one in calendar(self.read(tried, NOTHING_TRIED))}
        day = days.get(question.id)
        return text("study.review.comes_back", day=written_day(day)) if day else text("study.review.is_done")


def _counted(number: int) -> str:
    return text("study.review.count_one") if number == 1 else text("study.review.count", n=number)


def _when_none(made: tuple[Tried, ...]) -> str:
    """Say when the next question comes back."""
    day: dt.date | None = next_review(made)
    if day:
        return text("study.review.none_today", day=written_day(day))
    key = "all_done" if any(one.kind is AttemptKind.REVIEW for one in made) else "not_begun"
    return text(f"study.review.{key}")
