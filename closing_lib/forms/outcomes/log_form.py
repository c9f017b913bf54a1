"""The form that keeps an interview: with whom, when, what was asked, what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets

from closing_lib.casework.applications import Standing, application_named, matching
from closing_lib.casework.prepared import Prepared
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.form import in_one_state
from closing_lib.forms.base.sheet import box, button, heading, html
from closing_lib.forms.close.assessment_form import REQUIRED, AssessmentForm
from closing_lib.forms.outcomes.log_fields import (
    application_fields,
    interview_fields,
    interview_objection,
)
from closing_lib.forms.outcomes.record_form import RecordForm, merged
from closing_lib.models import EventKind, Response
from closing_lib.records import ApplicationRow, InterviewRow, OutcomeLog
from closing_lib.records.application_key import role_key

_APPLICATION = ("company", "role")
_NEW = "new"  # in place of an application that is known
_ON_THE_SPOT = {Response.DECLINED: EventKind.REJECTED, Response.OFFERED: EventKind.OFFER}


class LogForm(RecordForm):
    """Keep an interview in the log, together with its assessment if there is one.

    Parameters
    ----------
    assessment_form : AssessmentForm or None
        The form whose assessment is kept with it.
    log : OutcomeLog or None
        Where it is kept; that of the assessment form, or the person's own.

    Attributes
    ----------
    which : Choice
        Which application it belongs to; asked where several match, or the one that does is closed.
    merge_button : ipywidgets.Button
        Makes those that match one; shown where there are several.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = LogForm(log=sample_log())
    >>> form.controls["company"].value, form.controls["role"].value = "Acme", "Analyst"
    >>> form.save_button.click()
    >>> form.said[:21]
    'Saved: Acme, Analyst,'
    """

    def __init__(self, assessment_form: AssessmentForm | None = None, log: OutcomeLog | None = None) -> None:
        self.name = "interview" if assessment_form is None else "assessed_interview"
        self._assessed = assessment_form
        log = log or (assessment_form.log if assessment_form else None)
        above = () if assessment_form is None else ("format", "round")  # what the assessment asks already
        asked = [field for field in interview_fields() if field.name not in above]
        self._prepared = Prepared()
        self._origin = html()
        self._same: tuple[Standing, ...] = ()  # the applications of the company and role that were typed
        self.which = Choice(label=text("log_forms.interview.which"))
        self.which.add_class("ck-stacked")
        self.merge_button = button(text("log_forms.interview.merge"))
        self.merge_button.on_click(lambda _button: self.merge())
        self._merging = box([self.merge_button], "ck-buttons")
        self.dependent = {"which": self.which}
        super().__init__([*application_fields(), *asked], log, text("log_forms.interview.save"))
        if assessment_form is not None:
            assessment_form.when_answered(self.refresh)
            first = [control.model_id for control in assessment_form.controls.values()]
            self.save_button.waits_for = [*first, *self.save_button.waits_for]

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the questions out in pairs."""
        alone = "_alone" if self._assessed is None else ""
        title = heading(text(f"log_forms.interview.title{alone}"), text(f"log_forms.interview.intro{alone}"))
        paired = [self.controls[name] for name in ("company", "role", "held_on", "promised_on")]
        choices = [self.controls[name] for name in ("round", "format", "used", "response") if name in self.controls]
        rest = [self.controls[name] for name in ("interviewers", "note")]
        return [
            box(
                [
                    title,
                    box(paired, "ck-pair"),
                    self._origin,
                    self.which,
                    self._merging,
                    *choices,
                    box(rest, "ck-pair"),
                    *self.buttons(),
                ],
                "ck-sheet",
            )
        ]

    def save(self) -> None:
        """Save the interview, unless the log holds something by now that has to be asked about first."""
        self.refresh()
        super().save()

    def write(self, log: OutcomeLog) -> str:
        """Write the interview, under the application it belongs to or a new one, in one step."""
        given = self.answers
        interview = {name: value for name, value in given.items() if name not in _APPLICATION}
        interview |= self._assessment()
        with log.transaction():
            known = self._application()
            number = known.application if known else log.add_application(given["company"], given["role"])
            if given["response"] in _ON_THE_SPOT:  # before the assessment, which is then marked as made in hindsight
                log.add_event(number, _ON_THE_SPOT[given["response"]], given["held_on"])
            log.add_interview(number, **interview)
        self.application = number
        if self._assessed is not None:
            self._assessed.clear()
        round_named = text(f"log_forms.interview.round_options.{interview['round']}").lower()
        return text("log_forms.interview.what", **{**given, "round": round_named, "held_on": day(given["held_on"])})

    def still_missing(self) -> list[str]:
        """Give what is missing here, and in the assessment that would be kept with it."""
        above = self._assessed.missing(REQUIRED) if self._assessed else []
        which = [text("log_forms.interview.which_one")] if self._is_asked and not self.which.value else []
        return [*above, *self.missing(), *which]

    def objection(self) -> str:
        """Say which date cannot be."""
        return interview_objection(self.answers["held_on"], self.answers["promised_on"])

    def arrange(self) -> None:
        """Say where the company and the role come from, while they stand there as they were prepared."""
        held = {name: self.answers[name] for name in _APPLICATION}
        same = any(held.values()) and held == self._starting()
        self._origin.value = paragraph(text("log_forms.interview.from_preparation"), "ck-muted") if same else ""
        self.which.layout.display = None if self._is_asked else "none"
        self._merging.layout.display = None if len(self._same) > 1 else "none"

    def hint(self) -> str:
        """Say which application it would belong to."""
        known = self._application()
        if known is None:
            return text("log_forms.interview.new_application")
        return text("log_forms.interview.adds_to", application=application_named(known))

    @in_one_state
    def offer_choices(self) -> None:
        """Suggest the companies and roles that are in the log already, and the applications that match."""
        for name in _APPLICATION:
            known = tuple(sorted({getattr(row, name) for row in self._known()} - {None}, key=str.casefold))
            if self.controls[name].options != known:
                self.controls[name].options = known
        self._same = self.read(lambda log: matching(log, *(self.answers[name] for name in _APPLICATION)), ())
        options = [[str(one.row.application), one.in_words] for one in self._same if self._is_asked]
        options += [[_NEW, text("log_forms.interview.which_new")]] if options else []
        with self._quietly():
            if [key for key, _ in options] != [key for key, _ in self.which.options]:
                self.which.value = ""  # what was chosen among others is no answer here
            self.which.options = options

    def merge(self) -> None:
        """Make the applications that match one: the others become part of the first."""
        first, *others = (one.row for one in self._same)
        self.do(lambda log: merged(log, first, others), is_done=False)

    @in_one_state
    def _restore(self) -> None:
        """Put back what was half filled in; where no company and role are, begin with those that were prepared."""
        super()._restore()
        self._prepared = self.read(Prepared.read, self._prepared)
        starting = self._starting()
        if not any(self.answers[name] for name in _APPLICATION):
            for name, said in starting.items():
                self.controls[name].value = said or ""

    def _starting(self) -> dict[str, str | None]:
        """Give the company and the role that were prepared, until an interview for them has been kept."""
        where = {name: getattr(self._prepared, name) or None for name in _APPLICATION}
        wanted = role_key(self._prepared.company, self._prepared.role)
        interviews: tuple[InterviewRow, ...] = self.read(lambda log: log.rows(InterviewRow), ())
        kept = {row.application for row in interviews}
        same = [row for row in self._known() if role_key(row.company, row.role) == wanted]
        return dict.fromkeys(_APPLICATION) if any(row.application in kept for row in same) else where

    def __repr__(self) -> str:
        return f"LogForm({'with' if self._assessed else 'without'} an assessment)"

    def _assessment(self) -> Mapping[str, Any]:
        if self._assessed is None:
            return {}
        given, advised, drawn = self._assessed.assessment, self._assessed.advice.tactic, self._assessed.drawn
        known = self._application()
        if drawn and known and drawn.of.application == known.application:
            advised = drawn.tactic or advised
        return {"round": given.round, "assessment": given, "advised": advised}

    def _application(self) -> ApplicationRow | None:
        """Give the application that it belongs to; None for a new one."""
        chosen = self.which.value if self._is_asked else None
        return next((one.row for one in self._same if chosen in (None, str(one.row.application))), None)

    @property
    def _is_asked(self) -> bool:
        """Whether nobody but the person can tell which application it belongs to."""
        return len(self._same) > 1 or not all(one.is_open for one in self._same)

    def _known(self) -> tuple[ApplicationRow, ...]:
        return self.read(lambda log: log.rows(ApplicationRow), ())
