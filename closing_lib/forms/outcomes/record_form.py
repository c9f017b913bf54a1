"""What the forms that write to the log share: a Save button, and a line that says what is missing or was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import ipywidgets

from closing_lib.casework.applications import application_named
from closing_lib.casework.due import next_step
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.forms.base.fields import Field
from closing_lib.forms.base.form import Form, in_one_state
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, html, spoken, still_to_answer
from closing_lib.forms.base.watch import watch, written
from closing_lib.records import ApplicationRow, OutcomeLog


class RecordForm(Form):
    """A form whose answers become rows of the log.

    Attributes
    ----------
    save_button : SaveButton
        Enabled as soon as nothing required is missing.
    undo_button : SaveButton
        Takes back what was saved or deleted last; shown while that is what the form says.
    said : str
        What the form said last: what it saved, or what is in the way.
    """

    def __init__(self, fields: Iterable[Field], log: OutcomeLog | None, save_label: str) -> None:
        self.said = ""
        self._status = html("", "ck-status")
        self.save_button = SaveButton(description=save_label)
        self.save_button.on_click(lambda _button: self.save())
        self.undo_button = SaveButton(description=text("forms.common.undo"), quiet=True)
        self.undo_button.on_click(lambda _button: self.undo())
        self._undoable: int | None = None  # the number of what was done last
        self.application: int | None = None  # to which something was saved last
        self._way_on = html()
        super().__init__(fields, log)
        asked = (*self.controls.values(), *self.dependent.values())
        self.save_button.waits_for = [control.model_id for control in asked]
        watch(self)

    # --- What such a form says of itself

    def write(self, log: OutcomeLog) -> str:
        """Write the answers into the log, say what was written, and keep the `application` for what comes next."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Show the questions that fit what was picked, where not all of them are asked at once."""

    def objection(self) -> str:
        """Say which answer cannot be, if one cannot."""
        return ""

    def obstacle(self, missing: list[str]) -> str:
        """Say what is in the way of saving."""
        return still_to_answer(missing)

    def hint(self) -> str:
        """Say what saving would do, once it can."""
        return ""

    # --- What every such form can do

    def save(self) -> None:
        """Save the answers, if nothing is missing; the form is then empty again, for the next one."""
        if self.still_missing() or self.objection():
            return
        self.do(self._saved)

    def do(self, action: Callable[[OutcomeLog], str], *, is_done: bool = True) -> None:
        """Change the log and say what was done; what cannot be done is said, and nothing is lost.

        Parameters
        ----------
        action : callable
            Changes the log, and gives the sentence that says so.
        is_done : bool
            Whether the form has done its work, and begins afresh.
        """
        self._do(action, can_be_undone=True, is_done=is_done)

    def undo(self) -> None:
        """Take back what was done last, if nothing else has been done since."""
        number = self._undoable
        if number is not None:
            self._do(lambda log: log.undo(number), can_be_undone=False, is_done=False)

    def _saved(self, log: OutcomeLog) -> str:
        said = text("forms.common.saved", what=self.write(log))
        step = next_step(log, self.application, today()) if self.application else None
        self._way_on.value = _link_to(step.form) if step and step.is_letter else ""
        return f"{said} {step.sentence}" if step else said

    def _do(self, action: Callable[[OutcomeLog], str], *, can_be_undone: bool, is_done: bool) -> None:
        done: list[tuple[str, int | None]] = []
        self._way_on.value = ""

        def act(log: OutcomeLog) -> None:
            before, said = log.last_own_change, action(log)
            is_new = can_be_undone and log.last_own_change != before
            done.append((said, log.last_own_change if is_new else None))

        if self.write_to_log(act):
            if is_done:
                self.clear()
            self.said, self._undoable = done[0]
            written()
        self.refresh()

    def still_missing(self) -> list[str]:
        """Give what has to be answered before the form can be saved."""
        return self.missing()

    @in_one_state
    def refresh(self) -> None:
        """Offer what the log holds now, and say what is missing, or what saving would do."""
        self.offer_choices()
        self.arrange()
        missing = self.still_missing()
        objection = self.objection()
        self.save_button.disabled = bool(missing or objection) or self.log is None
        still = objection or (self.obstacle(missing) if missing else self.hint())
        self._status.value = spoken(self.said or still)
        self.undo_button.layout.display = None if self.said and self._undoable is not None else "none"
        self._way_on.layout.display = None if self.said and self._way_on.value else "none"

    def _answered(self, change: object) -> None:
        if not self._is_quiet:
            self.said = ""  # it gives way to what is answered next
        super()._answered(change)

    def buttons(self, *more: ipywidgets.Widget) -> list[ipywidgets.Widget]:
        """Give the row of buttons, and the line below with the way back."""
        said = [self._status, self._way_on, self.undo_button]
        return [box([self.save_button, *more], "ck-buttons"), box(said, "ck-buttons")]


def merged(log: OutcomeLog, one: ApplicationRow, others: Iterable[ApplicationRow]) -> str:
    """Make several applications one, and say so."""
    with log.transaction():
        for other in others:
            log.merge_applications(one.application, other.application)
    return text("log_forms.interview.merged", application=application_named(one))


def _link_to(form: str) -> str:
    return f'<a class="ck-way-on" href="{form}">{escape(text("forms.common.write_it"))}</a>'
