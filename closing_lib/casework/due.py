"""What is due over all applications of a log: each step with the interview that it follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from html import escape

from closing_lib.advice.follow_up import Due, due
from closing_lib.casework.applications import application_named
from closing_lib.casework.case import events_since, history_of, still_to_thank
from closing_lib.casework.days_off import days_off, sends_thanks
from closing_lib.content import text
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.documents.names import people_named
from closing_lib.models import EventKind
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog


def due_table(log: OutcomeLog, day: dt.date) -> str:
    """Write what is due over all open applications, the most urgent first."""
    rows = due_rows(log, day)
    if not rows:
        return paragraph(text("outcomes.view.empty_due"))
    named = {row.application: application_named(row) for row in log.rows(ApplicationRow)}
    columns = [text(f"outcomes.view.column.{name}") for name in ("when", "what", "company")]
    events = log.rows(EventRow)
    cells = [
        (_when(one.on, day), escape(_what(one, after, events)), escape(named[after.application])) for one, after in rows
    ]
    return table(columns, cells, text("outcomes.view.due_title"))


def due_rows(log: OutcomeLog, day: dt.date) -> list[tuple[Due, InterviewRow]]:
    """Give what is due over all open applications, the most urgent first."""
    return sorted(_due_rows(log, day), key=lambda row: row[0].on)


def in_time(row: InterviewRow) -> tuple[dt.date, int]:
    """Give the place of an interview among others in time."""
    return row.held_on or dt.date.min, row.interview


def _due_rows(log: OutcomeLog, day: dt.date) -> Iterator[tuple[Due, InterviewRow]]:
    events = log.rows(EventRow)
    interviews = log.rows(InterviewRow)
    holidays, thanks = days_off(log, day), sends_thanks(log)
    for application in log.rows(ApplicationRow):
        own = [row for row in events if row.application == application.application]
        held = [row for row in interviews if row.application == application.application and row.held_on]
        if not held:
            continue
        last = max(held, key=in_time)
        if last.held_on and not any(row.kind.is_outcome and (row.on or last.held_on) >= last.held_on for row in own):
            history = history_of(events_since(last, own), people_named(last.interviewers))
            for one in due(last.held_on, last.promised_on, history, day, holidays):
                if thanks or one.kind is not EventKind.THANK_YOU:
                    yield one, last


def _what(one: Due, after: InterviewRow, events: Iterable[EventRow]) -> str:
    """Say what is due; and to whom, where some of those met have been thanked already."""
    people = people_named(after.interviewers)
    left = still_to_thank(events_since(after, events), people)
    if one.kind is EventKind.THANK_YOU and left and len(left) < len(people):
        return text("outcomes.due.thank_you_to", names=", ".join(left))
    return text(f"outcomes.due.{one.kind}")


def _when(on: dt.date, day: dt.date) -> str:
    word = "today" if on == day else "overdue" if on < day else None
    return shown(on) + (f" <strong>{escape(text(f'outcomes.view.{word}'))}</strong>" if word else "")
