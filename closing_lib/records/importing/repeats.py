"""One happening told twice in a row: its status says “Rejected”, and another column the day of it."""

from __future__ import annotations

from collections.abc import Sequence

from closing_lib.content.words import index, plain
from closing_lib.models import EventKind

Event = tuple[str, str | None, str | None]  # kind, day, note

_LAST = {EventKind.OFFER, EventKind.REJECTED, EventKind.WITHDREW, EventKind.NO_REPLY}  # of which there is one


def without_repeats(columns: Sequence[Sequence[Event]]) -> tuple[Event, ...]:
    """Give the events of a row without those that another column tells better.

    What has no day is told better by the same kind with one, if it has no words of its own; where it has, they go to
    the outcome that has none. What one column tells several times stays as often.

    Parameters
    ----------
    columns : sequence of sequence of (kind, day, note)
        The events that each column tells of.

    Examples
    --------
    >>> without_repeats([[("rejected", None, "No luck")], [("rejected", "2026-01-30", None)]])
    (('rejected', '2026-01-30', 'No luck'),)
    """
    kept = [list(events) for events in columns]
    filled = [(other, others) for other, others in enumerate(kept) if others]
    for at, events in filled if len(filled) > 1 else ():
        for event in [*events]:
            if any(_is_told(event, others, is_before=other < at) for other, others in filled if other != at):
                events.remove(event)
    return tuple(event for events in kept for event in events)


def _is_told(event: Event, others: list[Event], is_before: bool) -> bool:
    """Tell whether another column has an event, and let it have its words."""
    for at, other in enumerate(others):
        if event == other:
            return is_before  # one of the two stays
        if _is_better(other, event):
            others[at] = (other[0], other[1], other[2] or event[2])
            return True
    return False


def _is_better(one: Event, other: Event) -> bool:
    (kind, day, note), (same, without, words) = one, other
    if kind != same or without is not None:
        return False
    adds = words is not None and words != note and plain(words) not in index("values", "unspecific")
    return (day is not None or adds is False) and (not adds or (kind in _LAST and note is None))
