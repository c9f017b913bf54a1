"""The form for what has happened since: one thing, with its day."""

from __future__ import annotations

import ipywidgets

from closing_lib.casework.applications import application_named
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.forms.base.fields import Field, Option, offer
from closing_lib.forms.base.sheet import box, heading
from closing_lib.forms.outcomes.log_fields import event_fields, event_objection, unchosen
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.records import ApplicationRow, OutcomeLog


class EventForm(RecordForm):
    """Add a dated event to an application of the log.

    Parameters
    ----------
    log : OutcomeLog or None
        Where it is kept; the person's own log where none is given.
    """

    name = "event"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        which = Field("application", text("log_forms.event.application"), "pick", (unchosen(),), required=True)
        super().__init__([which, *event_fields()], log, text("log_forms.event.save"))

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the questions out in pairs."""
        title = heading(text("log_forms.event.title"), text("log_forms.event.intro"))
        return [box([title, box(self.controls.values(), "ck-pair"), *self.buttons()], "ck-sheet")]

    def offer_choices(self) -> None:
        """Offer the applications of the log, the newest first."""
        known = self._known()
        if known is not None:  # a log that cannot be read for a moment does not take away what was picked
            named = [Option(row.application, application_named(row), row.application) for row in reversed(known)]
            with self._quietly():
                offer(self.controls["application"], [unchosen(), *named])

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
        log.add_event(**given)
        kind = text(f"log_forms.event.kind_options.{given['kind']}")
        application = application_named(log.row(ApplicationRow, given["application"]))
        return text("log_forms.event.what", kind=kind, application=application, on=day(given["on"]))

    def __repr__(self) -> str:
        return f"EventForm({len(self._known() or ())} applications)"

    def _known(self) -> tuple[ApplicationRow, ...] | None:
        """Give the applications; None where the log cannot be read, which is not the same as none."""
        return self.read(lambda log: log.rows(ApplicationRow), None)
