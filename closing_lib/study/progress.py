"""How far a person has come: exercises done on each page, and review questions due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from closing_lib.content import exercises
from closing_lib.models import AttemptKind
from closing_lib.study.schedule import begun_on, calendar
from closing_lib.study.tried import Tried, passed_exercises


@dataclass(frozen=True)
class PageProgress:
    """How far a person has come on one page.

    Attributes
    ----------
    page : str
        Its name.
    done, of : int
        How many of how many exercises were passed.
    due : int
        How many review questions are due today.
    next_on : datetime.date or None
        The day of the next review question; None if none will come back.
    has_begun : bool
        Whether its review questions have begun.
    """

    page: str
    done: int
    of: int
    due: int
    next_on: dt.date | None
    has_begun: bool


def progress(tried: Sequence[Tried], today: dt.date) -> tuple[PageProgress, ...]:
    """Count how far a person has come on each page, in the order of the pages.

    Parameters
    ----------
    tried : sequence of Tried
        All attempts, in the order in which they were made.
    today : datetime.date
        The day on which it is asked.

    Examples
    --------
    >>> day = dt.date(2026, 11, 20)
    >>> first = progress([Tried(AttemptKind.EXERCISE, "start_what_decides", True, day)], day)[0]
    >>> first.done, first.of, first.due, str(first.next_on)
    (1, 2, 0, '2026-11-21')
    """
    passed, begun, days = passed_exercises(tried), begun_on(tried), calendar(tried)
    pages = sorted({exercise.page for exercise in exercises()})
    return tuple(
        PageProgress(
            page=page,
            done=sum(exercise.id in passed for exercise in exercises(page)),
            of=len(exercises(page)),
            due=sum(day <= today for day, review in days if review.page == page),
            next_on=next((day for day, review in days if review.page == page), None),
            has_begun=page in begun,
        )
        for page in pages
    )


def rounds_played(tried: Sequence[Tried]) -> int:
    """Count the practice interviews."""
    return sum(one.kind is AttemptKind.PRACTICE for one in tried)
