"""What the log shows: what is due, what moved forward, and the log itself, whose rows open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape

from closing_lib.casework.applications import application_named
from closing_lib.casework.due import due_table, in_time
from closing_lib.content import text
from closing_lib.content.figures import day as written_day
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.forms.base.focus import Focus
from closing_lib.forms.base.row_buttons import RowButtons, row_button
from closing_lib.forms.base.tables import tactics_table
from closing_lib.forms.base.view import View
from closing_lib.forms.base.watch import watching
from closing_lib.forms.outcomes.change_form import OPENED, ChangeForm, Record
from closing_lib.outcomes import sentence, tally
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog

_SHOWN = 100  # applications without an interview; a list that was taken in may hold thousands


class OutcomesView(View):
    """What is due next, what moved forward, and the log, whose rows are clicked to be changed.

    Attributes
    ----------
    rows : RowButtons
        What tells which row was clicked.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        super().__init__(log)
        self.rows, self._focus = RowButtons(self.open), Focus()
        self.view.children = (*self.view.children, self.rows, self._focus)

    def open(self, record: str) -> None:
        """Open a row of the log in the form that changes it: that of the page, else one below."""
        forms = [one for one in watching() if isinstance(one, ChangeForm)]
        if not forms:
            forms = [ChangeForm(self._given)]
            self.view.children = (*self.view.children, forms[0].view)
        for form in forms:  # one that was run again may still be there unseen
            form.open(record)
        self._focus.move_to(f".{OPENED} :is(select, input)")

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write the three of them, one under the other."""
        opens = not self.shows_sample
        hint = paragraph(text("outcomes.view.change_hint"), "ck-muted") if opens else ""
        return (
            _titled("title", _progressed(log, day))
            + _titled("due_title", due_table(log, day, leads_on=opens))
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
