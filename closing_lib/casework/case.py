"""One interview of the log, as far as following up needs it: the occasion, its letters, and what lies ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from closing_lib.advice.follow_up import Planned, plan
from closing_lib.casework.days_off import days_off, sends_thanks
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import letter
from closing_lib.documents.names import meant_by, people_named
from closing_lib.models import EventKind, Settled
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, OutcomeLog

# What has happened when a letter was sent. An offer that nobody has logged yet is logged with the answer to it.
RECORDED: Mapping[LetterKind, tuple[EventKind, ...]] = {
    **dict.fromkeys((LetterKind.THANK_YOU, LetterKind.PANEL_THANKS), (EventKind.THANK_YOU,)),
    **dict.fromkeys((LetterKind.NUDGE, LetterKind.SOMEONE_ELSE, LetterKind.MISSED_CALL), (EventKind.NUDGE,)),
    LetterKind.RIVAL_OFFER: (EventKind.NUDGE,),
    **dict.fromkeys((LetterKind.ASK_FOR_TIME, LetterKind.ACCEPT), (EventKind.OFFER,)),
    LetterKind.DECLINE_OFFER: (EventKind.OFFER, EventKind.WITHDREW),
    LetterKind.WITHDRAW: (EventKind.WITHDREW,),
}


def still_to_thank(since: Iterable[EventRow], people: Sequence[str]) -> tuple[str, ...]:
    """Tell who of those met has not been thanked; a thank-you that names none of them went to all."""
    thanked = {one for row in since if row.kind is EventKind.THANK_YOU for one in meant_by(row.note, people)}
    return tuple(one for one in people if one not in thanked)


def history_of(since: Sequence[EventRow], people: Sequence[str]) -> list[tuple[EventKind, dt.date]]:
    """List what has happened as far as what is due depends on it: thanks count once everybody has got them."""
    thanks = [] if still_to_thank(since, people) else [row for row in since if row.kind is EventKind.THANK_YOU]
    others = [(row.kind, row.on) for row in since if row.on and row.kind is not EventKind.THANK_YOU]
    return [*others, *((row.kind, row.on or dt.date.max) for row in thanks)]  # one without a day was sent all the same


def events_since(interview: InterviewRow, events: Iterable[EventRow]) -> tuple[EventRow, ...]:
    """List what has happened to an application since an interview."""
    own = (row for row in events if row.application == interview.application)
    return tuple(row for row in own if row.on is None or row.on >= (interview.held_on or dt.date.min))


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
    told : Settled or None
        What the employer had settled by the end of the interview.
    thanks : bool
        Whether the person sends thank-you letters.
    """

    interview: InterviewRow
    application: ApplicationRow
    history: tuple[EventRow, ...]
    holidays: Collection[dt.date]
    today: dt.date
    told: Settled | None = None
    thanks: bool = True

    @classmethod
    def read(cls, log: OutcomeLog, number: int, today: dt.date) -> Case | None:
        """Read the interview with a number; None where it is not there any more."""
        found = log.rows(InterviewRow, interview=number)
        if not found:
            return None
        application = log.row(ApplicationRow, found[0].application)
        history = log.rows(EventRow, application=application.application)
        told = [_told(row) for row in log.rows(AssessmentRow, interview=number)]
        return cls(
            found[0], application, history, days_off(log, today), today, told[-1] if told else None, sends_thanks(log)
        )

    @property
    def key(self) -> str:
        """What tells it from every other interview of the log."""
        return f"{self.interview.application}-{self.interview.interview}"

    @property
    def since(self) -> tuple[EventRow, ...]:
        """What has happened since the interview."""
        return events_since(self.interview, self.history)

    @property
    def met(self) -> tuple[str, ...]:
        """Who was there, as the log has it."""
        return people_named(self.interview.interviewers)

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
        history = history_of(self.since, self.met)
        planned = plan(held_on, self.interview.promised_on, history, self.today, self.holidays)
        return tuple(one for one in planned if self.thanks or one.due.kind is not EventKind.THANK_YOU)

    @property
    def settled(self) -> Settled | None:
        """What the employer has settled since, or had by the end of the interview."""
        outcomes = [event.kind for event in self.since if event.kind.is_outcome]
        settled = {EventKind.OFFER: Settled.OFFER, EventKind.ADVANCED: Settled.NEXT_STEP}
        return settled.get(outcomes[-1]) if outcomes else self.told

    @property
    def asked(self) -> tuple[EventRow, ...]:
        """Each time that somebody was asked for news."""
        return tuple(event for event in self.since if event.kind is EventKind.NUDGE)

    def occasion(self, me: str) -> Occasion:
        """Give what its letters are about."""
        of, row = self.application, self.interview
        return Occasion(of.company, of.role, row.held_on, row.promised_on, row.format, me, self.settled, self.today)

    def letter(self, kind: LetterKind, me: str, people: Sequence[Person], name: str | None) -> Letter | None:
        """Write the letter to one of the people; None where there is nobody of this name."""
        place = next((at for at, person in enumerate(people) if person.name == name), None)
        if place is None:
            return None
        to, rest = people[place], [*people[:place], *people[place + 1 :]]
        others = {one.name for one in rest}
        asked = [event.on for event in self.asked if event.note not in others]
        return letter(kind, self.occasion(me), to, people[:place], asked)

    def letter_to_coordinator(self, me: str, coordinator: Person, people: Sequence[Person]) -> Letter | None:
        """Write the letter through the coordinator to all that were met; None where nobody was."""
        return letter(LetterKind.PANEL_THANKS, self.occasion(me), coordinator, people) if people else None

    def to_record(self, letter: Letter) -> tuple[EventKind, ...]:
        """Give what the log does not hold yet once this letter is sent: thanks to each person, a question each day."""
        return tuple(kind for kind in RECORDED.get(letter.kind, ()) if self._event(kind, letter) is None)

    def noted(self, letter: Letter) -> EventRow | None:
        """Give the event that notes this letter as sent; None where there is still something to note, or never is."""
        kinds = RECORDED.get(letter.kind, ())
        return self._event(kinds[-1], letter) if kinds and not self.to_record(letter) else None

    def _event(self, kind: EventKind, letter: Letter) -> EventRow | None:
        found = (event for event in self.since if event.kind is kind)
        if kind is EventKind.THANK_YOU:
            people = dict.fromkeys((*self.met, letter.to.name))
            return next((event for event in found if letter.to.name in meant_by(event.note, people)), None)
        if kind is EventKind.NUDGE:
            return next((event for event in found if event.on == self.today), None)
        return next(found, None)


def _told(assessed: AssessmentRow) -> Settled | None:
    already = assessed.answers.get("already")
    return Settled(already) if already in list(Settled) else None
