"""The form of the practice: an invented interview on one sheet, its close, the answer and the debrief on the other."""

from __future__ import annotations

from html import escape

import ipywidgets

from closing_lib.content import scenarios, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import offer
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, button, heading, html, spoken, still_to_answer
from closing_lib.forms.practise.card import debrief_card, debrief_summary, record_card, story
from closing_lib.forms.practise.fields import OFFERED_STEPS, asked_options, scenario_options
from closing_lib.forms.practise.round import CLOSING, PractiseRound
from closing_lib.practice.debrief import Debrief
from closing_lib.practice.interviewer import Answer
from closing_lib.practice.tries import replies_to
from closing_lib.records import OutcomeLog

_CHOOSING = ("format", "level", "scenario")


class PractiseForm(PractiseRound):
    """Practise the close with a simulated interviewer.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-finished try and the running record are kept; the person's own log where none is given.

    Attributes
    ----------
    hear_button, tell_button : SaveButton
        Ask and hear the answer; say the reply and see the debrief.
    again_button, another_button : ipywidgets.Button
        Try the same interview once more; take the next one that was not tried.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = PractiseForm(sample_log())
    >>> for name, choice in {"scenario": "head_chef", "judged": "poor", "asked": "standing", "seed": "1"}.items():
    ...     form.controls[name].value = choice
    >>> form.hear_button.click()
    >>> form.answer.response
    <Response.DECLINED: 'declined'>
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._story, self._fitting = html(), html()
        self._status, self._said = html("", "ck-status"), html()
        self._debrief, self._announced, self._record = html(), html("", "ck-unseen"), html()
        self.hear_button = SaveButton(description=text("practise.hear"))
        self.tell_button = SaveButton(description=text("practise.tell"))
        self.again_button = button(text("practise.again"))
        self.another_button = button(text("practise.another"))
        self.hear_button.on_click(lambda _button: self.hear())
        self.tell_button.on_click(lambda _button: self.tell())
        self.again_button.on_click(lambda _button: self.try_again())
        self.another_button.on_click(lambda _button: self.take_another())
        self._after, self._after_that = box([]), box([])
        super().__init__(log)
        for one in (self.hear_button, self.tell_button):
            one.waits_for = [control.model_id for control in self.controls.values()]
        self.controls["scenario"].observe(self._picked, names="value")

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the interview on the left, the person's turn on the right, and the record below."""
        chosen = [*self._named(*_CHOOSING), self._fitting, box([self.another_button], "ck-buttons")]
        told = box([heading(text("practise.title"), text("practise.intro")), *chosen, self._story], "ck-sheet")
        for name in ("asked", "reply"):
            self.controls[name].add_class("ck-stacked")
        steps = f"<h3>{text('practise.steps')}</h3>{paragraph(text('practise.steps_note'), 'ck-muted')}"
        asked = [
            heading(text("practise.your_turn")),
            *self._named("judged", "asked"),
            html(steps),
            *self._named(*(f"step_{name}" for name in OFFERED_STEPS), "seed"),
            html(paragraph(text("practise.seed_note"), "ck-muted")),
            box([self.hear_button], "ck-buttons"),
            self._status,
        ]
        tell = box([self.tell_button], "ck-buttons")
        self._after = box([self._said, *self._named("drawn", "reply"), tell], "ck-column")
        sheets = box([told, box([*asked, self._after], "ck-sheet", "ck-answer")], "ck-sheets")
        onward = box([self.again_button, self.another_button], "ck-buttons")
        self._after_that = box([self._debrief, self._announced, onward], "ck-sheet", "ck-answer")
        return [sheets, self._after_that, box([self._record], "ck-sheet")]

    def refresh(self) -> None:
        """Show the interview, and as much of the try as has been reached."""
        self._look_up()
        answer, told = self.answer, self.debrief
        self._offer_scenarios()
        self._offer_questions()
        self._story.value = story(self.scenario) + self._tried_before(told)
        self._offer_replies(answer)
        self._enable(is_heard=answer is not None, is_told=told is not None)
        self._status.value = spoken(self._still_to_do())
        self._said.value = _said(answer) if answer else ""
        self._debrief.value = debrief_card(told) if told else ""
        self._announced.value = spoken(debrief_summary(told)) if told else spoken("")
        self._record.value = "" if self.is_unread and not self.record.tried else record_card(self.record)

    def static(self) -> str:
        """Write the interview as HTML for a page that is read and not run."""
        return super().static() + f'<div class="ck-sheet">{story(self.scenario)}</div>'

    def __repr__(self) -> str:
        return f"PractiseForm({self.scenario.id}; tried so far: {self.record.tried})"

    def _named(self, *names: str) -> list[ipywidgets.Widget]:
        return [self.controls[name] for name in names]

    def _picked(self, _change: object) -> None:
        if not self._is_quiet:
            self.try_again()

    def _offer_scenarios(self) -> None:
        """Offer the interviews that fit; the one that is being tried stays."""
        fitting = self.fitting
        here = self.scenario.id
        with self._quietly():
            offer(self.controls["scenario"], scenario_options(o for o in scenarios() if o in fitting or o.id == here))
        tried = len(self.tried & {one.id for one in fitting})
        said = text("practise.fitting", fitting=len(fitting), all=len(scenarios()), tried=tried)
        self._fitting.value = spoken(f"{said} {text('practise.another_note')}")

    def _offer_questions(self) -> None:
        """Offer the questions in words that fit whoever sits opposite."""
        offered = [[option.key, option.label] for option in asked_options(self.scenario)]
        if self.controls["asked"].options != offered:
            with self._quietly():
                self.controls["asked"].options = offered

    def _offer_replies(self, answer: Answer | None) -> None:
        """Offer what can be replied to the answer; the reply to another answer is forgotten."""
        control = self.controls["reply"]
        offered = [[one.id, one.text] for one in replies_to(answer)] if answer else []
        with self._quietly():
            if offered and control.value not in [id for id, _ in offered]:
                control.value = ""
            if offered:
                control.options = offered

    def _enable(self, is_heard: bool, is_told: bool) -> None:
        """Let each stage be answered once: what was asked stays asked."""
        for name in CLOSING:
            self.controls[name].disabled = is_heard
        self.controls["drawn"].disabled = True
        self.controls["reply"].disabled = is_told
        self.hear_button.disabled = is_heard or bool(self.missing())
        self.tell_button.disabled = is_told or self._told() is None
        self._after.layout.display = None if is_heard else "none"
        self._after_that.layout.display = None if is_told else "none"

    def _still_to_do(self) -> str:
        missing = self.missing()
        return still_to_answer(missing) if missing else ""

    def _tried_before(self, told: Debrief | None) -> str:
        is_before = told is None and self.scenario.id in self.tried
        return paragraph(text("practise.tried_before"), "ck-note") if is_before else ""


def _said(answer: Answer) -> str:
    title = text("practise.they_answer")
    manner = paragraph(answer.manner) if answer.manner else ""
    words = f'<blockquote class="ck-words ck-words-small">{escape(answer.words)}</blockquote>'
    return f'<div role="status"><h3>{escape(title)}</h3>{manner}{words}</div>'
