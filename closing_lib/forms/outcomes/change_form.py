"""The form that changes or deletes what is in the log: an application, an interview or an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import ipywidgets

from closing_lib.casework.applications import application_named
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import Field, Option, load, offer
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
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.records import ApplicationRow, ChangeSet, EventRow, InterviewRow, OutcomeLog

Record = ApplicationRow | InterviewRow | EventRow
_ROWS: Mapping[str, type[Record]] = MappingProxyType(
    {"application": ApplicationRow, "interview": InterviewRow, "event": EventRow}
)


class ChangeForm(RecordForm):
    """Pick a row of the log, then change it or delete it.

    An assessment stays as it was answered; only the interview around it can be changed.

    Parameters
    ----------
    log : OutcomeLog or None
        Which log; the person's own where none is given.

    Attributes
    ----------
    delete_button, confirm_button, keep_button : ipywidgets.Button
        Deleting asks once more before it is done.
    deleted : ipywidgets.Dropdown
        What was deleted in the last 30 days; shown where there is something.
    back_button : ipywidgets.Button
        Brings back what is picked there.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
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
        title = heading(text("log_forms.change.title"), text("log_forms.change.locked"))
        asked = [title, self.controls["record"], self._asked, *self.buttons(self.delete_button), self._really]
        return [box([*asked, self._bringing_back], "ck-sheet")]

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
        if self._asked.children != asked:
            self._asked.children = asked
        self.delete_button.disabled = kind is None

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
        getattr(log, f"update_{kind}")(number, **changes)  # the rest may have been changed by another notebook
        return next(option.label for option in _options(log) if option.key == self.answers["record"])

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


def _options(log: OutcomeLog) -> Iterator[Option]:
    """Give each application, then its interviews and events."""
    interviews, events = log.rows(InterviewRow), [row for row in log.rows(EventRow) if row.event is not None]
    for application in log.rows(ApplicationRow):
        named = application_named(application)
        yield Option(f"application:{application.application}", named, None)
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
