"""A report of activity, for a job centre or a coach: what was done in a period and what came of it, nothing private."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from closing_lib.arguments import Count, InvalidAnswer, Validated, validate_call
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.models import EventKind, Round
from closing_lib.records.applications import ApplicationRow
from closing_lib.records.events import EventRow
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.log import OutcomeLog
from closing_lib.records.rows import select

COUNTED = ("applied", "interview", "thank_you", "nudge", "answer")
_AWAITS = (EventKind.APPLIED, EventKind.INTERVIEW)  # what an employer answers


@dataclass(frozen=True)
class Deed(Validated):
    """One line of the report.

    Attributes
    ----------
    on : datetime.date
        The day.
    company, role : str
        With whom; the role may be empty.
    kind : EventKind
        What was done, or which answer came.
    round : Round or None
        Of an interview: which.
    result : EventKind or None
        The latest answer to an application or an interview within the period; None: none, or nothing to answer.
    result_on : datetime.date or None
        Its day.
    """

    on: dt.date
    company: str
    role: str
    kind: EventKind
    round: Round | None = None
    result: EventKind | None = None
    result_on: dt.date | None = None

    @property
    def awaits_answer(self) -> bool:
        """Whether an employer can answer it."""
        return self.kind in _AWAITS

    @property
    def counts_as(self) -> str | None:
        """Under which of `COUNTED` it falls; None for what is neither the person's doing for it nor an answer."""
        is_answer = self.kind.is_outcome and self.kind not in (EventKind.WITHDREW, EventKind.NO_REPLY)
        return "answer" if is_answer else str(self.kind) if self.kind in COUNTED else None


@dataclass(frozen=True)
class ActivityReport(Validated):
    """What was done in a period. It holds no note, no assessment, and no name but the person's own.

    Attributes
    ----------
    start, end : datetime.date
        The first and the last day of the period.
    name : str
        The person's name; may be empty.
    deeds : tuple of Deed
        By day.
    undated : int
        How many records have no day, and are therefore not among them.
    """

    start: dt.date
    end: dt.date
    name: str
    deeds: tuple[Deed, ...]
    undated: Count = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there were: applications, interviews, letters of thanks, reminders, answers."""
        kinds = [deed.counts_as for deed in self.deeds]
        return {name: kinds.count(name) for name in COUNTED}


@validate_call
def activity_report(
    log: OutcomeLog, start: dt.date | str | None = None, end: dt.date | str | None = None, name: str | None = None
) -> ActivityReport:
    """Give what was done in a period, to be shown to somebody: `activity_page` and `activity_pdf` write it.

    Notes, interviewers, assessments and questions asked at the close stay out: they are nobody else's business.

    Parameters
    ----------
    log : OutcomeLog
        The log.
    start, end : datetime.date, str or None
        The period, both days in it; as YYYY-MM-DD. None: from the first day in the log, up to today.
    name : str or None
        The person's name, to stand at the head.

    Raises
    ------
    ValueError
        If a day is none, or the period ends before it begins.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> report = activity_report(sample_log(), "2026-11-01", "2026-11-15")
    >>> report.counts
    {'applied': 2, 'interview': 5, 'thank_you': 5, 'nudge': 2, 'answer': 3}
    """
    with log._file.reading() as db:  # one state of the file for all of it
        applications = {row.application: row for row in select(db, ApplicationRow, {})}
        events, interviews = select(db, EventRow, {}), select(db, InterviewRow, {})
    start, end = cast("dt.date | None", start), cast("dt.date | None", end)  # as they were read
    last = end or today()
    found = [*_deeds(applications, events, interviews, last)]
    first = start or min((deed.on for deed in found if deed.on <= last), default=last)
    if first > last:
        raise InvalidAnswer(text("activity.backwards", start=first, end=last))
    within = sorted((deed for deed in found if first <= deed.on <= last), key=lambda deed: (deed.on, deed.kind.rank))
    undated = sum(row.on is None for row in events) + sum(row.held_on is None for row in interviews)
    return ActivityReport(first, last, (name or "").strip(), tuple(within), undated)


def _deeds(
    applications: dict[int, ApplicationRow],
    events: Sequence[EventRow],
    interviews: Sequence[InterviewRow],
    last: dt.date,
) -> Iterator[Deed]:
    answers = _answers(events, last)
    held = {(row.application, row.held_on) for row in interviews}
    done: list[tuple[int, dt.date | None, EventKind, Round | None]] = [
        *((row.application, row.held_on, EventKind.INTERVIEW, row.round) for row in interviews),
        *(
            (row.application, row.on, row.kind, None)
            for row in events
            if row.kind is not EventKind.INTERVIEW or (row.application, row.on) not in held
        ),
    ]
    for number, on, kind, which in done:
        if on is not None:
            of = applications[number]
            result, result_on = answers.get(number, (None, None)) if kind in _AWAITS else (None, None)
            if result_on is not None and result_on < on:
                result, result_on = None, None  # it came before
            yield Deed(on, of.company, of.role or "", kind, which, result, result_on)


def _answers(events: Sequence[EventRow], last: dt.date) -> dict[int, tuple[EventKind, dt.date]]:
    """Give the latest answer to each application, as far as it came within the period."""
    return {row.application: (row.kind, row.on) for row in events if row.kind.is_outcome and row.on and row.on <= last}
