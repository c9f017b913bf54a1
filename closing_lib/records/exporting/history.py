"""The history of a log: all that it holds as one flat table, by application and day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from closing_lib.content import signs
from closing_lib.records.applications import ApplicationRow
from closing_lib.records.assessments import AssessmentRow
from closing_lib.records.attempts import AttemptRow
from closing_lib.records.draws import DrawRow
from closing_lib.records.events import EventRow
from closing_lib.records.exporting.columns import ASSESSMENT, COLUMNS, INTERVIEW, OTHERS, SIGN, Record
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.log import OutcomeLog
from closing_lib.records.registrations import RegistrationRow
from closing_lib.records.rows import R, select

Cells = tuple[Any, ...]
Placed = tuple[tuple[Any, ...], Cells]  # what it is ordered by, and the row

_NO_INTERVIEW = (None,) * len(INTERVIEW)
_NO_ASSESSMENT = (None,) * len(ASSESSMENT)
_NOBODY = (None,) * 4
_LAST = dt.date.max  # where a record without a day stands, and an attempt
_ANSWERS = (
    "felt",
    "confidence",
    "risk",
    "wants_answer",
    "already",
    "decides",
    "open_concern",
    "scripted",
    "short_of_time",
)


@dataclass(frozen=True)
class History:
    """A log as one flat table.

    Attributes
    ----------
    columns : tuple of str
        The headings.
    rows : sequence of tuple
        The cells of each row: text, whole numbers, shares, days, times (UTC), True, False, or None for nothing.
    """

    columns: tuple[str, ...]
    rows: Sequence[Cells]


def history(log: OutcomeLog) -> History:
    """Give all that a log holds; half-filled forms apart, which are no records.

    Implied events are left out: the days of applications and interviews imply them again.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> table = history(sample_log())
    >>> for row in table.rows[:2]:
    ...     print(*row[:4], row[4].isoformat(), sep=", ")
    application, 1, Left Sock Logistics, Reporting analyst, 2026-06-22
    interview, 1, Left Sock Logistics, Reporting analyst, 2026-07-03
    """
    with log._file.reading() as db:  # one state of the file for all of it

        def rows(kind: type[R]) -> tuple[R, ...]:
            return select(db, kind, {})

        taken = _Taken(rows(ApplicationRow), rows(InterviewRow), rows(AssessmentRow), log.person)
        placed = chain(
            taken.placed(),
            taken.draws(rows(DrawRow)),
            taken.events(rows(EventRow)),
            _attempts(rows(AttemptRow), taken.no_signs),
            _registrations(rows(RegistrationRow), taken.no_signs),
        )
        in_order = sorted(placed, key=lambda one: one[0])
    return History((*COLUMNS, *(f"{SIGN}{name}" for name in taken.signs)), [cells for _, cells in in_order])


class _Taken:
    """Rows of a log, on their way to the table."""

    def __init__(
        self,
        applications: Sequence[ApplicationRow],
        interviews: Sequence[InterviewRow],
        assessments: Sequence[AssessmentRow],
        person: int,
    ) -> None:
        self.applications, self.interviews, self.assessments = applications, interviews, assessments
        self.person = person
        seen = (name for row in assessments for name in row.answers["signs"])
        self.signs = tuple(dict.fromkeys([*(sign.id for sign in signs()), *seen]))
        self.no_signs = (None,) * len(self.signs)
        self.named = {row.application: (row.application, row.company, row.role) for row in applications}

    def placed(self) -> Iterator[Placed]:
        nothing = _NO_INTERVIEW + _NO_ASSESSMENT + _others(person=self.person) + self.no_signs
        for one in self.applications:
            head = (Record.APPLICATION.value, *self.named[one.application], one.applied_on, None, one.note, one.source)
            yield (one.application, 0), head + nothing
        held = {row.interview: row for row in self.interviews}
        nothing = _NO_ASSESSMENT + _others() + self.no_signs
        for row in self.interviews:
            head = (Record.INTERVIEW.value, *self.named[row.application], row.held_on, None, row.note, None)
            yield (*_at(row), 0), head + _interview(row) + nothing
        for answered in self.assessments:
            of = held[answered.interview]
            head = (Record.ASSESSMENT.value, *self.named[of.application], None, None, None, None)
            yield (*_at(of), answered.assessment), head + self._assessment(answered)

    def events(self, events: Sequence[EventRow]) -> Iterator[Placed]:
        for row in events:
            if row.event is not None:
                head = (Record.EVENT.value, *self.named[row.application], row.on, row.kind.value, row.note, None)
                at = (row.application, 1, row.on or _LAST, 1, row.event)
                yield at, head + _NO_INTERVIEW + _NO_ASSESSMENT + _others(event=row.event) + self.no_signs

    def draws(self, draws: Sequence[DrawRow]) -> Iterator[Placed]:
        for row in draws:
            whom = self.named[row.application] if row.application else (None,) * 3  # it may have been deleted
            head = (Record.DRAW.value, *whom, None, None, None, None)
            about = (row.interview, row.round, *_NO_INTERVIEW[2:])
            drawn = {name: getattr(row, name) for name in ("draw", "standing", "bold", "direct", "block", "number")}
            own = _others(**drawn, item=row.protocol, made_at=row.made_at)
            yield (row.application or float("inf"), 0, row.draw), head + about + _NO_ASSESSMENT + own + self.no_signs

    def _assessment(self, row: AssessmentRow) -> Cells:
        given: Mapping[str, Any] = row.answers
        about = (row.interview, given.get("round"), given.get("format"), *_NO_INTERVIEW[3:])
        read = (row.assessment, row.band.value, row.score, row.certainty, row.edition)
        answers = tuple(given.get(name) for name in _ANSWERS)
        kept = (row.answered_at, row.locked_at, row.hindsight, row.corrects, row.why)
        return about + read + answers + kept + _others() + tuple(given["signs"].get(name) for name in self.signs)


def _at(row: InterviewRow) -> Cells:
    return row.application, 1, row.held_on or _LAST, 0, row.interview


def _interview(row: InterviewRow) -> Cells:
    words = (row.round, row.format, row.used, row.response)
    drawn = (row.drawn, row.drawn_from, row.drawn_at)
    return (row.interview, *words, row.promised_on, row.interviewers, row.advised, *drawn)


def _attempts(rows: Sequence[AttemptRow], no_signs: Cells) -> Iterator[Placed]:
    for row in rows:
        detail = json.dumps(dict(row.detail), ensure_ascii=False)
        own = _others(attempt=row.attempt, item=row.item, passed=row.passed, detail=detail, made_at=row.made_at)
        head = (Record.ATTEMPT.value, *_NOBODY, row.kind.value, None, None)
        yield (float("inf"), 0, row.attempt), head + _NO_INTERVIEW + _NO_ASSESSMENT + own + no_signs


def _registrations(rows: Sequence[RegistrationRow], no_signs: Cells) -> Iterator[Placed]:
    for row in rows:
        own = _others(registration=row.registration, item=row.item, looks=row.looks, made_at=row.made_at)
        head = (Record.REGISTRATION.value, *_NOBODY, row.kind.value, None, None)
        yield (float("inf"), 1, row.registration), head + _NO_INTERVIEW + _NO_ASSESSMENT + own + no_signs


def _others(**cells: object) -> Cells:
    return tuple(map(cells.get, OTHERS))
