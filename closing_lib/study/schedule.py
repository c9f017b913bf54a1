"""When a review question comes back: 1, 3, 7 and 21 days after its last answer, worked out from the attempts alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from closing_lib.content import ReviewQuestion, exercises, reviews
from closing_lib.models import AttemptKind
from closing_lib.study.tried import Tried

STEPS = (1, 3, 7, 21)  # days; each counted from the day of the answer before


def due_on(begun: dt.date, answered: Iterable[Tried]) -> dt.date | None:
    """Find the day on which a question comes back; None: it has been answered right at every step.

    A right answer leads to the next step, a wrong one back to the first. A right answer before the question was due
    shows nothing new, and changes nothing.

    Parameters
    ----------
    begun : datetime.date
        The day from which the first step counts.
    answered : iterable of Tried
        The answers to this question, in the order in which they were given.

    Examples
    --------
    >>> from closing_lib.models import AttemptKind
    >>> friday = dt.date(2026, 11, 20)
    >>> due_on(friday, [])
    datetime.date(2026, 11, 21)
    >>> due_on(friday, [Tried(AttemptKind.REVIEW, "q", True, dt.date(2026, 11, 22))])
    datetime.date(2026, 11, 25)
    """
    step, due = 0, _later(begun, STEPS[0])
    for one in answered:
        if one.passed and one.on < due:
            continue
        step = step + 1 if one.passed else 0
        if step == len(STEPS):
            return None
        due = _later(one.on, STEPS[step])
    return due


def begun_on(tried: Iterable[Tried]) -> Mapping[str, dt.date]:
    """Find the day on which the review questions of each page began: when its first exercise was passed."""
    page_of = {exercise.id: exercise.page for exercise in exercises()}
    begun: dict[str, dt.date] = {}
    for one in tried:
        if one.kind is AttemptKind.EXERCISE and one.passed and one.item in page_of:
            begun.setdefault(page_of[one.item], one.on)
    return begun


def calendar(tried: Sequence[Tried]) -> tuple[tuple[dt.date, ReviewQuestion], ...]:
    """List the questions that will come back, each with its day, the earliest first.

    Parameters
    ----------
    tried : sequence of Tried
        All attempts, in the order in which they were made.
    """
    begun = begun_on(tried)
    answered = [one for one in tried if one.kind is AttemptKind.REVIEW]
    days = [
        (due_on(begun[one.page], (answer for answer in answered if answer.item == one.id)), one)
        for one in reviews()
        if one.page in begun
    ]
    return tuple(sorted(((day, one) for day, one in days if day), key=lambda pair: pair[0]))


def reviews_due(tried: Sequence[Tried], today: dt.date) -> tuple[ReviewQuestion, ...]:
    """List the questions due today, those that have waited longest first."""
    return tuple(one for day, one in calendar(tried) if day <= today)


def next_review(tried: Sequence[Tried]) -> dt.date | None:
    """Find the day of the next question; None if none will come back."""
    days = calendar(tried)
    return days[0][0] if days else None


def _later(day: dt.date, days: int) -> dt.date:
    """Count so many days on, at most to the last day there is."""
    return day + min(dt.timedelta(days=days), dt.date.max - day)
