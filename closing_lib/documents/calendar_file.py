"""The steps of following up as an ``.ics`` file, for any calendar program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from closing_lib.advice.follow_up import Planned, later
from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import day_and_month
from closing_lib.documents.letter import Occasion
from closing_lib.documents.plain_text import short

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCT = "-//closing kit//follow up//EN"
_MORNING = dt.timedelta(hours=9)  # when an entry for a whole day reminds of itself
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@validate_call
def calendar_file(planned: Iterable[Planned], occasion: Occasion, key: str, stamp: dt.datetime) -> bytes:
    """Write what lies ahead as entries for whole days, each with a reminder.

    Parameters
    ----------
    planned : iterable of Planned
        The steps.
    occasion : Occasion
        The interview that they follow.
    key : str
        What tells this interview from all others. A step of it keeps its identity, so that a second import moves the
        entries of the first and makes no doubles.
    stamp : datetime.datetime
        Now, with its zone.
    """
    from icalendar import Calendar  # noqa: PLC0415  # slow to load, and only needed here

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    for one in planned:
        made.add_component(_entry(one, occasion, key, stamp))
    written: bytes = made.to_ical()
    return written


def _entry(one: Planned, occasion: Occasion, key: str, stamp: dt.datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    title = text(f"letters.calendar.{one.step}", company=short(occasion.company))
    made = Event()
    made.add("uid", f"{uuid5(NAMESPACE_URL, f'closing-kit/{key}/{one.step}')}@closing-kit.invalid")
    made.add("dtstamp", stamp.astimezone(dt.UTC).replace(microsecond=0))
    made.add("sequence", max(0, int((stamp - _EPOCH).total_seconds() // 60)))  # the later export wins
    made.add("dtstart", one.due.on)
    if one.due.on < dt.date.max:  # after the last day there is none; an entry without an end ends with its day
        made.add("dtend", later(one.due.on, 1))
    made.add("summary", title)
    made.add("description", _about(occasion))
    made.add("transp", "TRANSPARENT")
    made.add_component(_reminder(title))
    return made


def _reminder(title: str) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", title)
    made.add("trigger", _MORNING)
    return made


def _about(occasion: Occasion) -> str:
    day = occasion.held_on
    return text(
        "letters.calendar.about",
        role=short(occasion.role) or text("letters.gap.role"),
        company=short(occasion.company),
        held_on=day_and_month(day) if day else text("letters.gap.held_on"),
    )
