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
MOST_NUDGES = 2  # then it counts as no reply
THANKS_KEPT = 7  # days for which a thank-you letter that was not sent is still worth sending
_NEVER = ((12, 25), (1, 1))  # in no country is anybody asked on these days
_YEAR = 366  # days among which the next business day is looked for


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
        The day by which they promised to answer; one before the interview is a mistake, and counts as none.
    history : iterable of (EventKind, datetime.date)
        What has happened to the application; only thanks and nudges after the interview matter.
    today : datetime.date
        The day on which it is asked.
    holidays : collection of datetime.date
        Days that are no business days, besides Saturdays and Sundays, 25 December and 1 January.

    Returns
    -------
    tuple of Due
        The thank-you letter while it is still worth sending, and the next step of following up (S23, S24). One that is
        overdue keeps its day, except where today is no business day: then it is due on the next.

    Examples
    --------
    >>> friday = dt.date(2026, 11, 20)
    >>> [(one.kind.value, str(one.on)) for one in due(friday, None, [], friday)]
    [('thank_you', '2026-11-21'), ('nudge', '2026-11-27')]
    """
    off = frozenset(holidays)  # looked through a thousand times
    thanked, asked = _since(held_on, history)
    thanks = [Due(EventKind.THANK_YOU, later(held_on, 1), "S23")]
    worth_sending = not thanked and today <= later(held_on, THANKS_KEPT)
    step = _next_step(held_on, promised_on, asked, off)
    if day_to_ask(today, today, off) > today:
        step = replace(step, on=day_to_ask(step.on, today, off))
    return (*(thanks if worth_sending else ()), step)


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
    past, off = [*history], frozenset(holidays)
    *thanks, _ = due(held_on, promised_on, past, today, off)
    planned = [Planned("thank_you", replace(one, on=max(one.on, today))) for one in thanks]
    _, asked = _since(held_on, past)
    for number in range(min(len(asked), MOST_NUDGES), MOST_NUDGES + 1):
        step = _next_step(held_on, promised_on, asked, off)
        step = replace(step, on=day_to_ask(step.on, today, off))
        planned.append(Planned(f"nudge_{number + 1}" if step.kind is EventKind.NUDGE else "no_reply", step))
        asked = [*asked, step.on]
    return tuple(planned)


def believable(promised_on: dt.date | None, held_on: dt.date | None) -> dt.date | None:
    """Give the day by which they promised to answer; None where it lies before the interview, which is a mistake.

    Examples
    --------
    >>> believable(dt.date(2026, 11, 27), held_on=dt.date(2026, 12, 20)) is None
    True
    """
    return None if promised_on and held_on and promised_on < held_on else promised_on


def business_days_after(day: dt.date, number: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """Give the day that is so many business days later.

    Saturdays, Sundays, 25 December, 1 January and holidays do not count.

    Where nearly every day is a holiday, it is at most a year later for each of the business days.

    Examples
    --------
    >>> business_days_after(dt.date(2026, 11, 20), 2)
    datetime.date(2026, 11, 24)
    """
    for _ in range(number):
        if day == dt.date.max:
            break
        day = _business_day_from(later(day, 1), holidays)
    return day


def later(day: dt.date, days: int) -> dt.date:
    """Give the day that is so many days later; a mistyped year can leave none, and then the last there is."""
    return day + min(dt.timedelta(days=days), dt.date.max - day)


def day_to_ask(on: dt.date, today: dt.date, holidays: Collection[dt.date] = ()) -> dt.date:
    """Find the first day from today on which an office can be asked about what is due on a day.

    Examples
    --------
    >>> christmas = dt.date(2026, 12, 25)
    >>> str(day_to_ask(dt.date(2026, 12, 22), christmas))
    '2026-12-28'
    """
    return _business_day_from(max(on, today), holidays)


def _business_day_from(day: dt.date, holidays: Collection[dt.date]) -> dt.date:
    """Give the first business day from a day on."""
    ahead = (later(day, days) for days in range(_YEAR))
    return next((one for one in ahead if _is_business_day(one) and one not in holidays), later(day, _YEAR))


def _is_business_day(day: dt.date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in _NEVER


def _since(held_on: dt.date, history: Iterable[tuple[EventKind, dt.date]]) -> tuple[bool, list[dt.date]]:
    """Tell whether thanks were sent after an interview, and on which days one asked for news."""
    after = [(kind, on) for kind, on in history if on >= held_on]
    asked = sorted(on for kind, on in after if kind is EventKind.NUDGE)
    return any(kind is EventKind.THANK_YOU for kind, _ in after), asked


def _next_step(held_on: dt.date, promised_on: dt.date | None, asked: list[dt.date], off: Collection[dt.date]) -> Due:
    if asked:
        kind, source = (EventKind.NO_REPLY, "S17") if len(asked) >= MOST_NUDGES else (EventKind.NUDGE, "S24")
        return Due(kind, business_days_after(asked[-1], AFTER_NUDGE, off), source)
    if promise := believable(promised_on, held_on):
        return Due(EventKind.NUDGE, business_days_after(promise, AFTER_PROMISE, off), "S24")
    return Due(EventKind.NUDGE, business_days_after(held_on, AFTER_INTERVIEW, off), "S24")
