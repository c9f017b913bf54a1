"""The part of the analysis in which a person says, before they look, what they will compare and how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.sheet import box, button, html, spoken
from closing_lib.models import RegistrationKind
from closing_lib.outcomes.questions.wording import capitalised, name_of
from closing_lib.records.registrations import RegistrationRow

if TYPE_CHECKING:
    from closing_lib.forms.base.form import Form

_BY, _AGAINST, _ONES = "used", "mild", ("bold", "standing")
_LOOKS = ("1", "2", "4")


class PlanPart:
    """A question that is there until the comparison was planned, or looked at without a plan.

    Parameters
    ----------
    form : Form
        The analysis, whose log it uses.
    after : callable
        What is done when something was planned.

    Attributes
    ----------
    one, looks : Choice
        What is compared with the mild question, and at how many looks.
    button : ipywidgets.Button
        What plans it.
    """

    def __init__(self, form: Form, after: Callable[[], object]) -> None:
        self._form, self._after = form, after
        against = text("analysis.plan.against", other=name_of(_BY, _AGAINST))
        ones = [[one, capitalised(name_of(_BY, one))] for one in _ONES]
        self.one = Choice(label=against, options=ones, value=_ONES[0])
        self.looks = Choice(label=text("analysis.plan.looks"), options=[[n, n] for n in _LOOKS], value="2")
        self.button = button(text("analysis.plan.fix"))
        self.button.on_click(lambda _button: self.fix())
        about = html(paragraph(text("analysis.plan.about"), "ck-muted"))
        self._asked = box([about, self.one, self.looks, self.button], "ck-column")
        self._status = html("", "ck-status")
        self.view = box([self._asked, self._status], "ck-column")

    def refresh(self, *, is_own: bool) -> None:
        """Ask for a plan where it would still be one: of one's own log, before anything was compared."""
        none: tuple[RegistrationRow, ...] = ()
        known = self._form.read(lambda log: log.rows(RegistrationRow), none)
        is_open = not any(row.kind in (RegistrationKind.COMPARISON, RegistrationKind.LOOK) for row in known)
        self._asked.layout.display = None if is_own and is_open else "none"

    def fix(self) -> None:
        """Plan the comparison."""
        one, looks = self.one.value, int(self.looks.value)
        if self._form.write_to_log(lambda log: log.fix_comparison(_BY, one, _AGAINST, looks)):
            named = {"one": name_of(_BY, one), "other": name_of(_BY, _AGAINST)}
            self._status.value = spoken(text("analysis.plan.fixed", **named, looks=looks))
        self._after()
