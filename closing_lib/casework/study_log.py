"""Between the log and study: attempts are read as study sees them, and added with the day on which they were made."""

from __future__ import annotations

import datetime as dt

from closing_lib.clock import day_of, today
from closing_lib.models import AttemptKind
from closing_lib.records import AttemptRow, OutcomeLog
from closing_lib.records.attempts import Detail
from closing_lib.study.tried import Tried

NOTHING_TRIED: tuple[Tried, ...] = ()


def tried(log: OutcomeLog) -> tuple[Tried, ...]:
    """Give all attempts, in the order in which they were made."""
    return tuple(Tried(row.kind, row.item, row.passed, _day(row)) for row in log.rows(AttemptRow))


def add(log: OutcomeLog, kind: AttemptKind, item: str, passed: bool, **detail: Detail) -> None:
    """Add an attempt that was made today."""
    log.add_attempt(kind, item, passed, {"on": today().isoformat(), **detail})


def _day(row: AttemptRow) -> dt.date:
    """Give the day on which it was made where the person was; what was added by other means has only its stamp."""
    try:
        return dt.date.fromisoformat(str(row.detail.get("on")))
    except ValueError:
        return day_of(row.made_at)
