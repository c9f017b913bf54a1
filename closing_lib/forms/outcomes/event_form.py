"""The form for what has happened since: one thing, with its day."""

from __future__ import annotations

import ipywidgets

from closing_lib.casework.applications import application_named, standings
from closing_lib.casework.due import in_time, left_to_thank
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.fields import Field, Option, load, offer
from closing_lib.forms.base.form import in_one_state
from closing_lib.forms.base.sheet import box, heading
from closing_lib.forms.outcomes.log_fields import event_fields, event_objection, unchosen
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.models import EventKind
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog

_ALL = "*"  # all those who are still to thank


class EventForm(RecordForm):
    """Add a dated event to an application of the log.

    Parameters
    ----------
    log : OutcomeLog or None
        Where it is kept; the person's own log where none is given.

    Attributes
    ----------
    thanked : Choice
        Who was thanked; asked where several are still to thank.
    """

    name = "event"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        which = Field("application", text("log_forms.event.application"), "pick", (unchosen(),), required=True)
        self.thanked = Choice(label=text("log_forms.event.thanked"))
        self.thanked.add_class("ck-row")
        self.dependent = {"thanked": self.thanked}
        super().__init__([which, *event_fields()], log, text("log_forms.event.save"))

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the questions out in pairs."""
        title = heading(text("log_forms.event.title"), text("log_forms.event.intro"))
        asked = box(self.controls.values(), "ck-pair")
        return [box([title, asked, self.thanked, *self.buttons()], "ck-sheet")]

    @in_one_state
    def offer_choices(self) -> None:
        """Offer the applications of the log, the open ones first, and the newest first among each."""
        known = self.read(standings, None)
        if known is not None:  # a log that cannot be read for a moment does not take away what was picked
            named = [Option(one.row.application, one.in_words, None) for one in known]
            with self._quietly():
                offer(self.controls["application"], [unchosen(), *named])
        nobody: tuple[str, ...] = ()
        left = self.read(self._still_to_thank, nobody)
        everyone = [_ALL, text("log_forms.event.thanked_all")]
        options = [*([one, one] for one in left), everyone] if len(left) > 1 else []
        with self._quietly():
            if options != self.thanked.options:
                self.thanked.value = ""
            self.thanked.options = options

    def arrange(self) -> None:
        """Ask who was thanked, where that is not clear."""
        self.thanked.layout.display = None if self.thanked.options else "none"

    def still_missing(self) -> list[str]:
        """Give what is missing, and who was thanked where that is asked."""
        return [*self.missing(), *([self.thanked.label] if self.thanked.options and not self.thanked.value else [])]

    def obstacle(self, missing: list[str]) -> str:
        """Say what is missing, which may be any application at all."""
        return text("log_forms.event.none_yet") if self._known() == () else super().obstacle(missing)

    def objection(self) -> str:
        """Say that nothing can have happened yet that is still to come."""
        return event_objection(self.answers["on"])

    def hint(self) -> str:
        """Say that it can be saved."""
        return text("forms.common.unsaved")

    def write(self, log: OutcomeLog) -> str:
        """Write the event."""
        given = self.answers
        log.add_event(**given | {"note": ", ".join(filter(None, (self._thanked(), given["note"]))) or None})
        self.application = given["application"]
        kind = text(f"log_forms.event.kind_options.{given['kind']}")
        application = application_named(log.row(ApplicationRow, given["application"]))
        return text("log_forms.event.what", kind=kind, application=application, on=day(given["on"]))

    def take_up(self, link: str) -> None:
        """Choose the application that a link names, and what has happened to it."""
        kind, _, number = link.partition(":")
        if number and kind == EventKind.NO_REPLY:
            load(self.controls["application"], int(number))
            load(self.controls["kind"], kind)

    def __repr__(self) -> str:
        return f"EventForm({len(self._known() or ())} applications)"

    def _thanked(self) -> str:
        """Name those who were thanked; nobody where that is not asked."""
        names = [key for key, _ in self.thanked.options if key != _ALL]
        return ", ".join(names) if self.thanked.value == _ALL else self.thanked.value

    def _still_to_thank(self, log: OutcomeLog) -> tuple[str, ...]:
        """Tell who is still to thank, where that is what happened."""
        number = self.answers["application"]
        held = log.rows(InterviewRow, application=number) if self.answers["kind"] == EventKind.THANK_YOU else ()
        return left_to_thank(max(held, key=in_time), log.rows(EventRow, application=number)) if held else ()

    def _known(self) -> tuple[ApplicationRow, ...] | None:
        """Give the applications; None where the log cannot be read, which is not the same as none."""
        return self.read(lambda log: log.rows(ApplicationRow), None)
