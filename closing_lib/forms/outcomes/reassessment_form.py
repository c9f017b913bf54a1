"""The form that corrects an assessment before its outcome is known: the same questions, with what was answered."""

from __future__ import annotations

import ipywidgets

from closing_lib.assessment import Assessment
from closing_lib.forms.base.sheet import box
from closing_lib.forms.close.assessment_form import AssessmentForm
from closing_lib.records import OutcomeLog

_ABOVE = ("format", "round")  # the interview's own, which are asked above


class ReassessmentForm(AssessmentForm):
    """Answer once more how an interview went; what to say then is past.

    Parameters
    ----------
    assessment : Assessment
        What was answered.
    log : OutcomeLog or None
        Where the interview is; the person's own log where none is given.
    """

    name = ""  # it is saved with its interview, or not at all

    def __init__(self, assessment: Assessment, log: OutcomeLog | None = None) -> None:
        super().__init__(log)
        self.fill_in(assessment)
        self._before = self.assessment

    @property
    def is_changed(self) -> bool:
        """Whether anything is answered otherwise than before."""
        return self.assessment != self._before

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the questions alone."""
        for name in _ABOVE:
            self.controls[name].layout.display = "none"
        return [box(self.questions(), "ck-column")]

    def follow(self, how: str, which: str) -> None:
        """Take the format and the round that the interview has now, where it has any."""
        for name, value in zip(_ABOVE, (how, which), strict=True):
            self.controls[name].value = value or self.controls[name].value
