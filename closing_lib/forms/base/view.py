"""A sheet that shows a log and follows the forms on its page."""

from __future__ import annotations

import datetime as dt

from closing_lib.arguments import validate_call
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.sheet import box, html, style
from closing_lib.forms.base.watch import watch
from closing_lib.records import ImportRow, InterviewRow, LogError, OutcomeLog, sample_log


class View:
    """A sheet over a log, shown by its bare name in the last line of a cell.

    Until the person has kept an interview, or taken in a list of theirs, it shows an invented person's log, and says
    so; a view that has no sample shows the empty log.

    Parameters
    ----------
    log : OutcomeLog or None
        What it shows; the person's own log where none is given.
    """

    shows_sample = False  # whether that is what it shows now
    has_sample = True  # whether it shows the invented log until there is an own one

    @validate_call
    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._given = log
        self._sheet = html()
        self.view = box([html(style()), box([self._sheet], "ck-sheet")], "ck", "ck-live")
        self.view.shown_by = self  # the widget on the page keeps its view, which else nobody may hold
        self.refresh()
        watch(self)

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write what the log shows on a day as HTML."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show the log as it is now."""
        try:
            log = self._given or OutcomeLog()
            self.shows_sample = self.has_sample and not log.rows(InterviewRow) and not log.rows(ImportRow)
            day = today()
            with (sample_log(as_of=day) if self.shows_sample else log).one_state() as seen:
                written = self.write(seen, day)
            note = paragraph(text("outcomes.view.sample"), "ck-note") if self.shows_sample else ""
            self._sheet.value = note + written
        except LogError as error:
            self._sheet.value = paragraph(text("forms.common.log_trouble", error=error))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        live: dict[str, object] = self.view._repr_mimebundle_()
        static = f'<div class="ck">{style()}<div class="ck-sheet">{self._sheet.value}</div></div>'
        return {**live, "text/plain": repr(self), "text/html": static}
