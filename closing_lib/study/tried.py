"""One attempt, as study sees it: what was tried, on which day, and whether it was right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from closing_lib.models import AttemptKind


@dataclass(frozen=True)
class Tried:
    """One attempt.

    Attributes
    ----------
    kind : AttemptKind
        What was tried.
    item : str
        The id of the exercise, the review question or the case.
    passed : bool
        Whether it was right.
    on : datetime.date
        The day.
    """

    kind: AttemptKind
    item: str
    passed: bool
    on: dt.date


def passed_exercises(tried: Iterable[Tried]) -> frozenset[str]:
    """List the ids of the exercises that were passed at any time.

    Examples
    --------
    >>> passed_exercises([Tried(AttemptKind.EXERCISE, "close_in_order", True, dt.date(2026, 11, 20))])
    frozenset({'close_in_order'})
    """
    return frozenset(one.item for one in tried if one.kind is AttemptKind.EXERCISE and one.passed)
