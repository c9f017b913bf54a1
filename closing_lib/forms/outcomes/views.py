"""What the log shows: what is due, what moved forward, and the log itself. A view follows the forms on its page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape

from closing_lib.arguments import validate_call
from closing_lib.casework.applications import application_named, standings
from closing_lib.casework.due import due_table, in_time
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.figures import day as written_day
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.forms.base.row_buttons import RowButtons, row_button
from closing_lib.forms.base.sheet import box, html, style
from closing_lib.forms.base.tables import tactics_table
from closing_lib.forms.base.watch import watch, watching
from closing_lib.forms.outcomes.change_form import OPENED, ChangeForm, Record
from closing_lib.outcomes import sentence, tally
from closing_lib.records import ApplicationRow, EventRow, ImportRow, InterviewRow, LogError, OutcomeLog, sample_log

_SHOWN = 100  # applications without an interview; a list that was taken in may hold thousands


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


class DueView(View):
    """What is due next, over all applications."""

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write what is due next."""
        return _titled("due_title", due_table(log, day))


class ProspectsView(View):
    """The applications that are still open: what to turn to after a no (S17)."""

    def write(self, log: OutcomeLog, day: dt.date) -> str:  # noqa: ARG002  # they are open on any day
        """Write the open applications."""
        intro = f"<h2>{escape(text('concern.prospects.title'))}</h2>{paragraph(text('concern.prospects.intro'))}"
        still_open = [one for one in standings(log) if one.is_open]
        if not still_open:
            return intro + paragraph(text("concern.prospects.none"))
        cells = [
            (escape(application_named(one.row)), _latest_of(one.history[-1] if one.history else None))
            for one in still_open
        ]
        columns = [text(f"outcomes.view.column.{name}") for name in ("company", "outcome")]
        return intro + table(columns, cells, text("concern.prospects.title"))


class OutcomesView(View):
    """What is due next, what moved forward, and the log, whose rows are clicked to be changed.

    Attributes
    ----------
    rows : RowButtons
        What tells which row was clicked.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        super().__init__(log)
        self.rows = RowButtons(self.open)
        self.view.children = (*self.view.children, self.rows)

    def open(self, record: str) -> None:
        """Open a row of the log in the form that changes it: that of the page, else one below."""
        forms = [one for one in watching() if isinstance(one, ChangeForm)]
        if not forms:
            forms = [ChangeForm(self._given)]
            self.view.children = (*self.view.children, forms[0].view)
        for form in forms:  # one that was run again may still be there unseen
            form.open(record)
        self.rows.move_focus(OPENED)

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write the three of them, one under the other."""
        opens = not self.shows_sample
        hint = paragraph(text("outcomes.view.change_hint"), "ck-muted") if opens else ""
        return (
            _titled("title", _progressed(log, day))
            + _titled("due_title", due_table(log, day, _opening if opens else _plainly))
            + _titled("log_title", paragraph(_counted(log), "ck-muted") + hint + log_table(log, opens=opens))
        )


def _plainly(_row: Record, named: str) -> str:
    return escape(named)


def _opening(row: Record, named: str) -> str:
    """Write the name of a row as the button that opens it; an event that only follows from another row has none."""
    number = getattr(row, row.TABLE)
    if number is None:
        return escape(named)
    return row_button(f"{row.TABLE}:{number}", named, text("outcomes.view.change"), _told_apart(row))


def _told_apart(row: Record) -> str:
    """Say what tells a row from others of its name."""
    which = text(f"log_forms.interview.round_options.{row.round}") if isinstance(row, InterviewRow) else ""
    on = row.held_on if isinstance(row, InterviewRow) else row.on if isinstance(row, EventRow) else row.applied_on
    return "".join(f" · {one}" for one in (which, written_day(on) if on else "") if one)


def _progressed(log: OutcomeLog, day: dt.date) -> str:
    """Write what moved forward; where only a list has been taken in, what it takes to see that."""
    if log.rows(ApplicationRow) and not log.rows(InterviewRow):
        return paragraph(text("outcomes.view.no_interview"))
    t = tally(log, day)
    return paragraph(sentence(t)) + tactics_table(t) + paragraph(text("outcomes.line_note"), "ck-muted")


def log_table(log: OutcomeLog, *, opens: bool = False) -> str:
    """Write all interviews, the newest first, with what came of their applications; then those without an interview.

    Parameters
    ----------
    log : OutcomeLog
        The log.
    opens : bool
        Whether each row has a button that opens it.
    """
    name = _opening if opens else _plainly
    applications = {row.application: row for row in log.rows(ApplicationRow)}
    latest = {row.application: row for row in log.rows(EventRow)}
    columns = ("held_on", "company", "round", "band", "used", "response", "outcome")
    interviews = sorted(log.rows(InterviewRow), key=in_time, reverse=True)
    cells = [
        (
            shown(row.held_on),
            name(row, application_named(applications[row.application])),
            escape(text(f"log_forms.interview.round_options.{row.round}")),
            escape(text(f"outcomes.band.{row.band}")) if row.band else shown(None),
            escape(text(f"tactics.{row.used}.short")) if row.used else shown(None),
            escape(text(f"log_forms.interview.response_options.{row.response}")) if row.response else shown(None),
            _latest_of(latest.get(row.application), name),
        )
        for row in interviews
    ]
    met = {row.application for row in interviews}
    others = sorted((row for row in applications.values() if row.application not in met), key=_newest_first)
    none = shown(None)
    cells += [
        (none, name(row, application_named(row)), none, none, none, none, _latest_of(latest.get(row.application), name))
        for row in others[:_SHOWN]
    ]
    left = len(others) - _SHOWN
    more = paragraph(text("importing.form.more", n=left), "ck-muted") if left > 0 else ""
    headings = [text(f"outcomes.view.column.{one}") for one in columns]
    return table(headings, cells, text("outcomes.view.log_title")) + more


def _newest_first(row: ApplicationRow) -> tuple[int, int]:
    return -(row.applied_on or dt.date.min).toordinal(), row.application


def _counted(log: OutcomeLog) -> str:
    applications, interviews = len(log.rows(ApplicationRow)), len(log.rows(InterviewRow))
    return text("outcomes.view.own", applications=applications, interviews=interviews)


def _titled(key: str, inner: str) -> str:
    return f"<h2>{escape(text(f'outcomes.view.{key}'))}</h2>{inner}"


def _latest_of(row: EventRow | None, name: Callable[[Record, str], str] = _plainly) -> str:
    if row is None:
        return shown(None)
    return name(row, text(f"outcomes.event.{row.kind}")) + (f" <small>{shown(row.on)}</small>" if row.on else "")
