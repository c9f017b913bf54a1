"""When to thank, when to ask again, and when to count an application as unanswered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from closing_lib.arguments import Validated, validate_call
from closing_lib.models import EventKind

# Business days, by the rules of good career centres.
AFTER_PROMISE = 2  # after the date by which they promised to answer
AFTER_INTERVIEW = 5  # after the interview, where no date was promised
AFTER_NUDGE = 5  # after each time of asking
THANKS_KEPT = 7  # days for which a thank-you letter that was not sent is still worth sending


@dataclass(frozen=True)
class Due(Validated):
    """Something to do about an application.

    Attributes
    ----------
    kind : EventKind
        THANK_YOU, NUDGE, or NO_REPLY (to be counted as such).
    on : datetime.date
        When it is due.
    source : str
        The requirement behind it.
    """

    kind: EventKind
    on: dt.date
    source: str


@dataclass(frozen=True)
class Planned(Validated):
    """A step of following up that lies ahead.

    Attributes
    ----------
    step : str
        ``"thank_you"``, ``"nudge_1"``, ``"nudge_2"`` or ``"no_reply"``: the same step has the same name on every day.
    due : Due
        What it is, and when; never in the past.
    """

    step: str
    due: Due


@validate_call
def due(
    held_on: dt.date,
    promised_on: dt.date | None,
    history: Iterable[tuple[EventKind, dt.date]],
    today: dt.date,
    holidays: Collection[dt.date] = (),
) -> tuple[Due, ...]:
    """Give what is due after an interview that is still without an answer.

    Parameters
    ----------
    held_on : datetime.date
        The day of the interview.
    promised_on : datetime.date or None
        The day by which they promised to answer.
    history : iterable of (EventKind, datetime.date)
        What has happened to the application; only thanks and nudges after the interview matter.
    today : datetime.date
        The day on which it is asked.
    holidays : collection of datetime.date
        Days that are no business days, besides Saturdays and Sundays.

    Returns
    -------
    tuple of Due
        The thank-you letter while it is still worth sending, and the next step of following up (S23, S24).

    Examples
    --------
    >>> friday = dt.date(2026, 11, 20)
    >>> [(one.kind.value, str(one.on)) for one in due(friday, None, [], friday)]
    [('thank_you', '2026-11-21'), ('nudge', '2026-11-27')]
    """
    after = [(kind, on) for kind, on in history if on >= held_on]
    found = []
    thanked = any(kind is EventKind.THANK_YOU for kind, _ in after)
    if not thanked and today <= _later(held_on, THANKS_KEPT):
        found.append(Due(EventKind.THANK_YOU, _later(held_on, 1), "S23"))
    nudges = sorted(on for kind, on in after if kind is EventKind.NUDGE)
    found.append(_follow_up(held_on, promised_on, nudges, holidays))
    return tuple(found)


@validate_call
def plan(
    held_on: dt.date,
    promised_on: dt.date | None,
    history: Iterable[tuple[EventKind, dt.date]],
    today: dt.date,
    holidays: Collection[dt.date] = (),
) -> tuple[Planned, ...]:
    """Give all steps that lie ahead if no answer comes, each as if the one before is taken on its day.

    The parameters are those of `due`. What is overdue is planned for today; what goes to an office, for the next
    business day.

    Examples
    --------
    >>> friday = dt.date(2026, 11, 20)
    >>> [(one.step, str(one.due.on)) for one in plan(friday, None, [], friday)][1:]
    [('nudge_1', '2026-11-27'), ('nudge_2', '2026-12-04'), ('no_reply', '2026-12-11')]
    """
    past = list(history)
    found: list[Planned] = []
    while not found or found[-1].due.kind is not EventKind.NO_REPLY:
        *thanks, step = due(held_on, promised_on, past, today, holidays)
        found += [Planned("thank_you", replace(one, on=max(one.on, today))) for one in thanks if not found]
        step = replace(step, on=_next_business_day(max(step.on, today), holidays))
        asked = sum(kind is EventKind.NUDGE and on >= held_on for kind, on in past)
        found.append(Planned(f"nudge_{asked + 1}" if step.kind is EventKind.NUDGE else "no_reply", step))
        past.append((step.kind, step.on))
    return tuple(found)


def _next_business_day(day: dt.date, holidays: Collection[dt.date]) -> dt.date:
    return business_days_after(day - dt.timedelta(days=1), 1, holidays)


def _follow_up(held_on: dt.date, promised_on: dt.date | None, nudges: list[dt.date], off: Collection[dt.date]) -> Due:
    if len(nudges) >= 2:
        return Due(EventKind.NO_REPLY, business_days_after(nudges[-1], AFTER_NUDGE, off), "S17")
    if nudges:
        return Due(EventKind.NUDGE, business_days_after(nudges[-1], AFTER_NUDGE, off), "S24")
    if promised_on:
        return Due(EventKind.NUDGE, business_days_after(promised_on, AFTER_PROMISE, off), "S24")
    return Due(EventKind.NUDGE, business_days_after(held_on, AFTER_INTERVIEW, off), "S24")


def business_days_after(day: dt.date, number: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """Give the day that is so many business days later; Saturdays, Sundays and holidays do not count.

    Examples
    --------
    >>> business_days_after(dt.date(2026, 11, 20), 2)
    datetime.date(2026, 11, 24)
    """
    while number > 0 and day < dt.date.max:
        day += dt.timedelta(days=1)
        number -= day.weekday() < 5 and day not in holidays
    return day


def _later(day: dt.date, days: int) -> dt.date:
    """Give the day that is so many days later; a mistyped year can leave none, and then the last there is."""
    return day + min(dt.timedelta(days=days), dt.date.max - day)
