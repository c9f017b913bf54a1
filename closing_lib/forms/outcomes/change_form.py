"""The form that changes or deletes what is in the log: an application, an interview or an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import ipywidgets

from closing_lib.assessment import Assessment
from closing_lib.casework.applications import Standing, application_named, matching, standings
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import Field, Option, load, offer
from closing_lib.forms.base.form import in_one_state
from closing_lib.forms.base.sheet import box, button, heading, html
from closing_lib.forms.outcomes.log_fields import (
    application_fields,
    applied_on_field,
    event_fields,
    event_objection,
    interview_fields,
    interview_objection,
    unchosen,
)
from closing_lib.forms.outcomes.reassessment_form import ReassessmentForm
from closing_lib.forms.outcomes.record_form import RecordForm, merged
from closing_lib.records import ApplicationRow, AssessmentRow, ChangeSet, EventRow, InterviewRow, OutcomeLog

OPENED = "ck-change"  # the class of the sheet, by which a page finds it
Record = ApplicationRow | InterviewRow | EventRow
_ROWS: Mapping[str, type[Record]] = MappingProxyType(
    {"application": ApplicationRow, "interview": InterviewRow, "event": EventRow}
)


class ChangeForm(RecordForm):
    """Pick a row of the log, then change it or delete it.

    With an interview its assessment can be corrected, until an outcome is known.

    Parameters
    ----------
    log : OutcomeLog or None
        Which log; the person's own where none is given.

    Attributes
    ----------
    assess_button : ipywidgets.Button
        Shows the questions of the assessment of the interview that is picked.
    merge_button : ipywidgets.Button
        Makes the application that is picked, and others for the same role at the same company, one.
    delete_button, confirm_button, keep_button : ipywidgets.Button
        Deleting asks once more before it is done.
    deleted : ipywidgets.Dropdown
        What was deleted in the last 30 days; shown where there is something.
    back_button : ipywidgets.Button
        Brings back what is picked there.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.assess_button = button(text("log_forms.change.assess"))
        self.assess_button.on_click(lambda _button: self.reassess())
        self.merge_button = button(text("log_forms.interview.merge"))
        self.merge_button.on_click(lambda _button: self.merge())
        self._is_locked = html(paragraph(text("log_forms.change.is_locked"), "ck-muted"))
        self._assessed: AssessmentRow | None = None  # how the interview that is picked went
        self._reassessed: ReassessmentForm | None = None  # while it is being corrected
        self._same: tuple[Standing, ...] = ()  # the applications of the role that is picked
        self.delete_button = button(text("log_forms.change.delete"))
        self.confirm_button = button(text("log_forms.change.confirm"), "ck-primary")
        self.keep_button = button(text("log_forms.change.keep"))
        self.delete_button.on_click(lambda _button: self._ask(is_asking=True))
        self.keep_button.on_click(lambda _button: self._ask(is_asking=False))
        self.confirm_button.on_click(lambda _button: self.delete())
        self.deleted = ipywidgets.Dropdown(description=text("log_forms.change.deleted_before"))
        self.deleted.add_class("ck-entry")
        self.back_button = button(text("log_forms.change.bring_back"))
        self.back_button.on_click(lambda _button: self.bring_back())
        self._bringing_back = box([self.deleted, box([self.back_button], "ck-buttons")], "ck-column")
        self._question = html()
        self._really = box([self._question, self.confirm_button, self.keep_button], "ck-buttons")
        self._really.layout.display = "none"
        self._asked = box([], "ck-column")
        self._before: dict[str, Any] = {}  # what was answered when the row was picked
        which = Field("record", text("log_forms.change.record"), "pick", (unchosen(),), required=True)
        super().__init__([which, *_all_fields()], log, text("log_forms.change.save"))
        self.controls["record"].observe(self._picked, names="value")

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the list, and the place for the questions of what is picked."""
        title = heading(text("log_forms.change.title"), text("log_forms.change.intro"))
        self._assessing = box([self.assess_button], "ck-buttons")
        buttons = self.buttons(self.merge_button, self.delete_button)
        asked = [title, self.controls["record"], self._asked, *buttons, self._really]
        return [box([*asked, self._bringing_back], "ck-sheet", OPENED)]

    @in_one_state
    def offer_choices(self) -> None:
        """Offer every row of the log, by application; and what was deleted, the latest first."""
        gone: tuple[ChangeSet, ...] = self.read(lambda log: log.deleted(), ())
        deleted = tuple((one.what, one.number) for one in gone)
        if self.deleted.options != deleted:
            self.deleted.options = deleted
            self.deleted.index = 0 if deleted else None  # the latest
        self._bringing_back.layout.display = None if gone else "none"
        found = self.read(lambda log: tuple(_options(log)), None)
        if found is not None:  # a log that cannot be read for a moment does not take away what was picked
            with self._quietly():
                offer(self.controls["record"], [unchosen(), *found])

    def arrange(self) -> None:
        """Show the questions of what is picked."""
        kind, _ = self._record()
        asked = tuple(control for name, control in self.controls.items() if name.startswith(f"{kind}."))
        is_assessed = kind == "interview" and self._assessed is not None
        is_locked = is_assessed and self._assessed is not None and self._assessed.locked_at is not None
        if is_assessed:
            asked += (self._is_locked if is_locked else self._assessing,)
        if self._reassessed is not None:
            self._reassessed.follow(self.controls["interview.format"].value, self.controls["interview.round"].value)
            asked += (self._reassessed.view,)
        if self._asked.children != asked:
            self._asked.children = asked
        self.delete_button.disabled = kind is None
        _show(self.merge_button, is_shown=kind == "application" and len(self._same) > 1)

    def still_missing(self) -> list[str]:
        """Give what is missing for the kind of row that is picked."""
        kind, _ = self._record()
        return self.missing(["record", *(name for name in self.fields if name.startswith(f"{kind}."))])

    def objection(self) -> str:
        """Say which day cannot be, as the forms do that save one."""
        kind, _ = self._record()
        now = self._asked_about(kind)
        if kind == "interview":
            return interview_objection(now["held_on"], now["promised_on"])
        on = now.get("on") or now.get("applied_on")
        return event_objection(on, f"{kind}.on" if kind == "event" else "change.applied_on") if on else ""

    def write(self, log: OutcomeLog) -> str:
        """Change the row, and say how the list names it from now on."""
        kind, number = self._record()
        now = self._asked_about(kind)
        changes = {name: value for name, value in now.items() if value != self._before.get(name)}
        with log.transaction():
            if self._reassessed is not None and self._reassessed.is_changed:
                log.reassess(number, self._reassessed.assessment)
            getattr(log, f"update_{kind}")(number, **changes)  # the rest may have been changed by another notebook
        return next(option.label for option in _options(log) if option.key == self.answers["record"])

    def open(self, record: str) -> None:
        """Pick a row by its key, such as ``"interview:7"``, as a click on it does; one that is gone is not picked."""
        self.refresh()
        load(self.controls["record"], record)

    def reassess(self) -> None:
        """Ask again how the interview went that is picked, with what was answered filled in; or leave it as it was."""
        is_asked = self._assessed is not None and self._reassessed is None
        self._reassessed = None
        if self._assessed is not None and is_asked:
            self._reassessed = ReassessmentForm(Assessment.from_dict(self._assessed.answers), self.log)
        self._wait_and_say()
        self.refresh()

    def _wait_and_say(self) -> None:
        """Let Save wait for all that is asked, and the button say what it does next."""
        part = self._reassessed.controls if self._reassessed else {}
        self.save_button.waits_for = [one.model_id for one in (*self.controls.values(), *part.values())]
        self.assess_button.description = text(f"log_forms.change.{'leave' if part else 'assess'}")

    def merge(self) -> None:
        """Make the application that is picked, and the others of its role, one."""
        _, number = self._record()
        one = next(same.row for same in self._same if same.row.application == number)
        others = [same.row for same in self._same if same.row != one]
        self.do(lambda log: merged(log, one, others))

    def delete(self) -> None:
        """Delete the row that is picked, and what belongs to it."""
        kind, number = self._record()
        if kind is None:
            return
        named = self._named()

        def deleted(log: OutcomeLog) -> str:
            getattr(log, f"delete_{kind}")(number)
            return text("log_forms.change.deleted", what=named)

        self._ask(is_asking=False)
        self.do(deleted)

    def bring_back(self) -> None:
        """Bring back what is picked among what was deleted."""
        number = self.deleted.value
        if number is not None:
            self.do(lambda log: log.bring_back(number))

    def __repr__(self) -> str:
        return f"ChangeForm({len(self.controls['record'].options) - 1} rows)"

    def _record(self) -> tuple[str | None, int]:
        picked = self.answers["record"]
        if picked is None:
            return None, 0
        kind, number = picked.split(":")
        return kind, int(number)

    def _named(self) -> str:
        picked: str = self.controls["record"].label
        return picked

    def _picked(self, _change: object) -> None:
        """Fill the questions in with what the log holds."""
        kind, number = self._record()
        self._ask(is_asking=False)
        if kind is None or self._is_quiet:
            return
        row = self.read(lambda log: log.row(_ROWS[kind], number), None)
        if row is None:
            return
        self._reassessed = None
        self._wait_and_say()
        self._assessed = self.read(lambda log: _assessed(log, number), None) if kind == "interview" else None
        none: tuple[Standing, ...] = ()
        self._same = none
        if isinstance(row, ApplicationRow):
            self._same = self.read(lambda log: matching(log, row.company, row.role), none)
        with self._quietly():
            for name, field in self.fields.items():
                if name.startswith(f"{kind}."):
                    load(self.controls[name], _held(getattr(row, name.split(".")[1]), field))
        self._before = self._asked_about(kind)
        self.refresh()

    def _asked_about(self, kind: str | None) -> dict[str, Any]:
        return {name.split(".")[1]: value for name, value in self.answers.items() if name.startswith(f"{kind}.")}

    def _ask(self, *, is_asking: bool) -> None:
        if is_asking:
            self._question.value = paragraph(text("log_forms.change.sure", what=self._named()))
        self._really.layout.display = None if is_asking else "none"


def _all_fields() -> Iterator[Field]:
    application = (*application_fields(), applied_on_field())
    tables = {"application": application, "interview": interview_fields(), "event": event_fields()}
    for kind, fields in tables.items():
        yield from (replace(field, name=f"{kind}.{field.name}") for field in fields)


def _assessed(log: OutcomeLog, interview: int) -> AssessmentRow | None:
    """Give the assessment of an interview, as it was answered before the outcome."""
    return next(iter(log.rows(AssessmentRow, interview=interview, corrects=None)), None)


def _show(widget: ipywidgets.DOMWidget, *, is_shown: bool) -> None:
    widget.layout.display = None if is_shown else "none"


def _options(log: OutcomeLog) -> Iterator[Option]:
    """Give each application, then its interviews and events."""
    interviews, events = log.rows(InterviewRow), [row for row in log.rows(EventRow) if row.event is not None]
    for standing in standings(log):
        application, named = standing.row, application_named(standing.row)
        yield Option(f"application:{application.application}", standing.dated, None)
        for interview in interviews:
            if interview.application == application.application:
                what = text(f"log_forms.interview.round_options.{interview.round}")
                yield Option(f"interview:{interview.interview}", _line(named, what, interview.held_on), None)
        for event in events:
            if event.application == application.application:
                what = text(f"log_forms.event.kind_options.{event.kind}")
                yield Option(f"event:{event.event}", _line(named, what, event.on), None)


def _line(named: str, what: str, on: dt.date | None) -> str:
    return f"{named} · {what}{f' · {day(on)}' if on else ''}"


def _held(value: Any, field: Field) -> Any:
    """Give what a control holds for a value of the log."""
    if value is not None:
        return value
    return next((option.key for option in field.options if option.value is None), field.empty())
