"""What is due over all applications of a log: each step with the interview that it follows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from html import escape
from typing import TypeVar

from closing_lib.advice.follow_up import Due, due
from closing_lib.casework.applications import application_named
from closing_lib.casework.case import events_since, history_of, still_to_thank
from closing_lib.casework.days_off import days_off, sends_thanks
from closing_lib.content import text
from closing_lib.content.figures import day as written_day
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.documents.names import people_named
from closing_lib.models import EventKind
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog

R = TypeVar("R", InterviewRow, EventRow)
LETTER_PAGE, _LOG_PAGE = "04_follow_up", "05_outcomes"  # where letters are written, and where events are logged


@dataclass(frozen=True)
class NextStep:
    """What comes next for one application.

    Attributes
    ----------
    sentence : str
        It, in words.
    form : str
        The address of the form for it.
    is_letter : bool
        Whether that is something to write.
    """

    sentence: str
    form: str
    is_letter: bool


def next_step(log: OutcomeLog, application: int, day: dt.date) -> NextStep | None:
    """Give what comes next for an application: thank one, then the next; None where nothing is due."""
    found = due_rows(log, day, application)
    if not found:
        return None
    one, after = found[0]
    sentence = _next(one, left_to_thank(after, log.rows(EventRow)), day)
    return NextStep(sentence, form_for(one.kind, after), one.kind is not EventKind.NO_REPLY)


def left_to_thank(after: InterviewRow, events: Iterable[EventRow]) -> tuple[str, ...]:
    """Tell who of those met in an interview has not been thanked."""
    return still_to_thank(events_since(after, events), people_named(after.interviewers))


def due_table(log: OutcomeLog, day: dt.date, *, leads_on: bool = True) -> str:
    """Write what is due over all open applications, the most urgent first.

    Parameters
    ----------
    log : OutcomeLog
        The log.
    day : datetime.date
        The day on which it is asked.
    leads_on : bool
        Whether each row is a link to the form for it.
    """
    rows = due_rows(log, day)
    if not rows:
        return paragraph(text("outcomes.view.empty_due"))
    named = {row.application: application_named(row) for row in log.rows(ApplicationRow)}
    columns = [text(f"outcomes.view.column.{name}") for name in ("when", "what", "company")]
    events = by_application(log.rows(EventRow))
    cells = []
    for one, after in rows:
        what = escape(to_do(one, after, events[after.application]))
        linked = f'<a href="{form_for(one.kind, after)}">{what}</a>' if leads_on else what
        cells.append((when_due(one.on, day), linked, escape(named[after.application])))
    return table(columns, cells, text("outcomes.view.due_title"))


def form_for(kind: EventKind, after: InterviewRow) -> str:
    """Address the form for what is due after an interview: its page, and what is to be chosen there."""
    if kind is EventKind.NO_REPLY:
        return f"{_LOG_PAGE}.ipynb#{kind}:{after.application}"
    return f"{LETTER_PAGE}.ipynb#{kind}:{after.interview}"


def due_rows(log: OutcomeLog, day: dt.date, application: int | None = None) -> list[tuple[Due, InterviewRow]]:
    """Give what is due over all open applications, or for one, the most urgent first."""
    where = {} if application is None else {"application": application}
    return sorted(_due_rows(log, day, where), key=lambda row: row[0].on)


def by_application(rows: Iterable[R]) -> Mapping[int, Sequence[R]]:
    """Give the rows of each application, in their order; none for one that has none."""
    found: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.application].append(row)
    return found


def in_time(row: InterviewRow) -> tuple[dt.date, int]:
    """Give the place of an interview among others in time."""
    return row.held_on or dt.date.min, row.interview


def _due_rows(log: OutcomeLog, day: dt.date, where: Mapping[str, int]) -> Iterator[tuple[Due, InterviewRow]]:
    events = by_application(log.rows(EventRow, **where))
    interviews = by_application(log.rows(InterviewRow, **where))
    holidays, thanks = days_off(log, day), sends_thanks(log)
    for application in log.rows(ApplicationRow, **where):
        own = events[application.application]
        held = [row for row in interviews[application.application] if row.held_on]
        if not held:
            continue
        last = max(held, key=in_time)
        if last.held_on and not any(row.kind.is_outcome and (row.on or last.held_on) >= last.held_on for row in own):
            history = history_of(events_since(last, own), people_named(last.interviewers))
            for one in due(last.held_on, last.promised_on, history, day, holidays):
                if thanks or one.kind is not EventKind.THANK_YOU:
                    yield one, last


def to_do(one: Due, after: InterviewRow, events: Iterable[EventRow]) -> str:
    """Say what is due; and to whom, where the log knows who is still to thank."""
    left = left_to_thank(after, events)
    if one.kind is EventKind.THANK_YOU and left:
        return text("outcomes.due.thank_you_to", names=", ".join(left))
    return text(f"outcomes.due.{one.kind}")


def _next(one: Due, left: tuple[str, ...], day: dt.date) -> str:
    if one.kind is EventKind.THANK_YOU and left:
        names = reduce(lambda first, rest: text("outcomes.next.then", first=first, rest=rest), left)
        return text("outcomes.next.thank", names=names)
    when = "" if one.on > day or one.kind is EventKind.THANK_YOU else "_now"
    return text(f"outcomes.next.{one.kind}{when}", on=written_day(one.on))


def when_due(on: dt.date, day: dt.date) -> str:
    """Write a day, and whether that is today or over."""
    word = "today" if on == day else "overdue" if on < day else None
    return shown(on) + (f" <strong>{escape(text(f'outcomes.view.{word}'))}</strong>" if word else "")
