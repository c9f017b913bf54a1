"""One interview of the log, as far as following up needs it: the occasion, its letters, and what lies ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from closing_lib.advice.follow_up import Planned, plan
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import nudge, reply_to_no, thank_you_letters
from closing_lib.forms.days_off import days_off
from closing_lib.models import EventKind
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog

RECORDED = {LetterKind.THANK_YOU: EventKind.THANK_YOU, LetterKind.NUDGE: EventKind.NUDGE}


@dataclass(frozen=True)
class Case:
    """An interview with what the log holds around it.

    Attributes
    ----------
    interview : InterviewRow
        The interview.
    application : ApplicationRow
        Its application.
    history : tuple of EventRow
        All that has happened to the application.
    holidays : collection of datetime.date
        Days off.
    today : datetime.date
        The day on which it is asked.
    """

    interview: InterviewRow
    application: ApplicationRow
    history: tuple[EventRow, ...]
    holidays: Collection[dt.date]
    today: dt.date

    @classmethod
    def read(cls, log: OutcomeLog, number: int, today: dt.date) -> Case | None:
        """Read the interview with a number; None where it is not there any more."""
        found = log.rows(InterviewRow, interview=number)
        if not found:
            return None
        application = log.row(ApplicationRow, found[0].application)
        history = log.rows(EventRow, application=application.application)
        return cls(found[0], application, history, days_off(log, today), today)

    @property
    def key(self) -> str:
        """What tells it from every other interview of the log."""
        return f"{self.interview.application}-{self.interview.interview}"

    @property
    def since(self) -> tuple[EventRow, ...]:
        """What has happened since the interview."""
        start = self.interview.held_on or dt.date.min
        return tuple(event for event in self.history if event.on is None or event.on >= start)

    @property
    def is_answered(self) -> bool:
        """Whether it is known what came of it."""
        return any(event.kind.is_outcome for event in self.since)

    @property
    def planned(self) -> tuple[Planned, ...]:
        """The steps that lie ahead; none where an answer has come, or nobody knows the day."""
        held_on = self.interview.held_on
        if held_on is None or self.is_answered:
            return ()
        history = [(event.kind, event.on) for event in self.history if event.on]
        return plan(held_on, self.interview.promised_on, history, self.today, self.holidays)

    def occasion(self, me: str) -> Occasion:
        """Give what its letters are about."""
        of, row = self.application, self.interview
        return Occasion(of.company, of.role, row.held_on, row.promised_on, row.format, me)

    def letter(self, kind: LetterKind, me: str, people: Sequence[Person], name: str | None) -> Letter | None:
        """Write the letter to one of the people; None where there is nobody of this name."""
        place = next((at for at, person in enumerate(people) if person.name == name), None)
        if place is None:
            return None
        if kind is LetterKind.NUDGE:
            asked = [event.on for event in self.since if event.kind is EventKind.NUDGE]
            return nudge(self.occasion(me), people[place], asked)
        if kind is LetterKind.REPLY_TO_NO:
            return reply_to_no(self.occasion(me), people[place])
        return thank_you_letters(self.occasion(me), people)[place]

    def noted(self, letter: Letter) -> EventRow | None:
        """Give the event that notes this letter as sent: thanks once to each person, a question once a day."""
        for event in self.since:
            if event.kind is EventKind.THANK_YOU is RECORDED.get(letter.kind) and event.note == letter.to.name:
                return event
            if event.kind is EventKind.NUDGE is RECORDED.get(letter.kind) and event.on == self.today:
                return event
        return None
