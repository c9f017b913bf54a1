"""The applications that are still open: what to turn to after a no (S17)."""

from __future__ import annotations

import datetime as dt
from html import escape

from closing_lib.casework.applications import application_named, standings
from closing_lib.content import text
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.forms.base.view import View
from closing_lib.records import EventRow, OutcomeLog


class ProspectsView(View):
    """The applications that are still open: what to turn to after a no (S17)."""

    def write(self, log: OutcomeLog, day: dt.date) -> str:  # noqa: ARG002  # they are open on any day
        """Write the open applications."""
        intro = f"<h2>{escape(text('concern.prospects.title'))}</h2>{paragraph(text('concern.prospects.intro'))}"
        still_open = [one for one in standings(log) if one.is_open]
        if not still_open:
            return intro + paragraph(text("concern.prospects.none"))
        cells = [(escape(application_named(one.row)), _latest(one.history)) for one in still_open]
        columns = [text(f"outcomes.view.column.{name}") for name in ("company", "outcome")]
        return intro + table(columns, cells, text("concern.prospects.title"))


def _latest(history: tuple[EventRow, ...]) -> str:
    if not history:
        return shown(None)
    last = history[-1]
    on = f" <small>{shown(last.on)}</small>" if last.on else ""
    return escape(text(f"outcomes.event.{last.kind}")) + on
