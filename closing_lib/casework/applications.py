"""What an application is called, where it stands, and which ones a company and a role mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.models import EventKind
from closing_lib.records import ApplicationRow, EventRow, OutcomeLog
from closing_lib.records.application_key import role_key

_CLOSING = (EventKind.REJECTED, EventKind.WITHDREW, EventKind.NO_REPLY)
_IN_ANY_STATE = (EventKind.THANK_YOU, EventKind.NUDGE)  # also after a no: they say nothing of where it stands


def application_named(row: ApplicationRow) -> str:
    """Name an application by its company and role."""
    return f"{row.company}, {row.role}" if row.role else row.company


def event_named(row: EventRow) -> str:
    """Name an event in a word or two, with its day."""
    return " ".join(filter(None, (text(f"outcomes.event.{row.kind}"), day(row.on) if row.on else "")))


@dataclass(frozen=True)
class Standing:
    """An application with its history, for a list in which it is told from others of its name.

    Attributes
    ----------
    row : ApplicationRow
        The application.
    history : tuple of EventRow
        All that has happened to it, in order of time.
    """

    row: ApplicationRow
    history: tuple[EventRow, ...]

    @property
    def closed_by(self) -> EventRow | None:
        """What closed it; None while it is open: also where it went on after a no."""
        states = [event for event in self.history if event.kind not in _IN_ANY_STATE]
        return states[-1] if states and states[-1].kind in _CLOSING else None

    @property
    def is_open(self) -> bool:
        """Whether it is still open."""
        return self.closed_by is None

    @property
    def dated(self) -> str:
        """Its company and role, and its first day."""
        days = [event_named(event) for event in self.history if event.on and event != self.closed_by]
        return " · ".join((application_named(self.row), *days[:1]))

    @property
    def in_words(self) -> str:
        """The same, and what closed it or that it is still open."""
        state = event_named(self.closed_by) if self.closed_by else text("outcomes.still_open")
        return f"{self.dated} · {state}"


def standings(log: OutcomeLog) -> tuple[Standing, ...]:
    """Give all applications of a log, the open ones first, and the newest first among each."""
    histories: defaultdict[int, list[EventRow]] = defaultdict(list)
    for event in log.rows(EventRow):
        histories[event.application].append(event)
    return _ordered(Standing(row, (*histories[row.application],)) for row in log.rows(ApplicationRow))


def matching(log: OutcomeLog, company: str | None, role: str | None) -> tuple[Standing, ...]:
    """Find the applications for a role at a company, whatever the capitals and blanks; the open ones first."""
    wanted = role_key(company, role)
    same = [row for row in log.rows(ApplicationRow) if role_key(row.company, row.role) == wanted]
    return _ordered(Standing(row, log.rows(EventRow, application=row.application)) for row in same)


def _ordered(found: Iterable[Standing]) -> tuple[Standing, ...]:
    return tuple(sorted(found, key=lambda one: (not one.is_open, -one.row.application)))
