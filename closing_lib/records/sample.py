"""Sample data: the log of an invented person, made from ``data/sample/*.csv`` as if it had been kept day by day."""

from __future__ import annotations

import csv
import datetime as dt
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from closing_lib.arguments import validate_call
from closing_lib.assessment import Assessment
from closing_lib.content import signs
from closing_lib.files import passing_folder, write_whole
from closing_lib.records.applications import ApplicationRow
from closing_lib.records.errors import trouble
from closing_lib.records.events import EventRow
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.log import CHECKOUT, OutcomeLog
from closing_lib.records.rows import Row, given_fields
from closing_lib.records.shape import with_own_number

_PLACES = (CHECKOUT / "data" / "sample", Path(__file__).parents[1] / "sample")  # in a checkout, and in an installed kit
FOLDER = next((place for place in _PLACES if place.is_dir()), _PLACES[0])
SAMPLE_DAY = dt.date(2026, 11, 22)  # the day on which the sample was left off
_YEARS = range(1900, 2200)  # a clock that is further off moves nothing: there have to be days before and after it
_NUMBERS = ("application", "interview", "felt", "confidence", "risk")
_DAYS = ("applied_on", "held_on", "promised_on", "on")
_SEEN = {"yes": True, "no": False, None: None}

Line = dict[str, Any]  # one line of a CSV file: field -> value, None where it is empty
Entry = tuple[dt.datetime, Callable[[OutcomeLog], object]]  # when something was entered, and how


@validate_call
def sample_log(path: str | os.PathLike[str] | None = None, as_of: dt.date | None = None) -> OutcomeLog:
    """Make a log of the sample data.

    Each line is entered on its own day, applications before interviews before events. So the assessments are locked by
    the outcomes that came after them, and all stamps are the same each time.

    Parameters
    ----------
    path : path-like or None
        A new file. None: in a folder of its own that is removed when the log is no longer used.
    as_of : datetime.date or None
        The day on which it was left off: every day in it moves along. None, or a day centuries off: `SAMPLE_DAY`, as
        the files have it.

    Raises
    ------
    LogError
        If the log holds something already.

    Examples
    --------
    >>> log = sample_log()
    >>> log, len(log.applications())
    (OutcomeLog('sample_log.sqlite'), 24)
    """
    later = as_of - SAMPLE_DAY if as_of and as_of.year in _YEARS else dt.timedelta()
    if path is not None:
        return _entered(path, later)
    file, left_off = _filled(later)
    held = ExitStack()
    place = held.enter_context(passing_folder()) / "sample_log.sqlite"
    write_whole(place, with_own_number(file))
    log = OutcomeLog(place, clock=lambda: left_off)
    weakref.finalize(log, held.close)
    return log


@lru_cache(maxsize=4)  # a page shows the sample in several places
def _filled(later: dt.timedelta) -> tuple[bytes, dt.datetime]:
    with passing_folder() as folder:
        log = _entered(folder / "sample_log.sqlite", later)
        return log.path.read_bytes(), max(at for at, _ in _entries(later))


def _entered(path: str | os.PathLike[str], later: dt.timedelta) -> OutcomeLog:
    now = dt.datetime.min.replace(tzinfo=dt.UTC)
    log = OutcomeLog(path, clock=lambda: now)
    if log.rows(ApplicationRow):
        raise trouble("has_applications", log.path.name)
    with log.transaction():
        for now, enter in sorted(_entries(later), key=lambda entry: entry[0]):  # noqa: B007  # the log's clock reads it
            enter(log)
    return log


def _entries(later: dt.timedelta) -> Iterator[Entry]:
    assessments = {line["interview"]: _assessment(line) for line in _lines("assessments", later)}
    for line in _lines("applications", later):
        yield _at(line["applied_on"], 17), partial(_add, OutcomeLog.add_application, _given(ApplicationRow, line))
    for line in _lines("interviews", later):
        given = _given(InterviewRow, line) | {"assessment": assessments.get(line["interview"])}
        yield _at(line["held_on"], 18), partial(_add, OutcomeLog.add_interview, given)
    for line in _lines("events", later):
        yield _at(line["on"], 19), partial(_add, OutcomeLog.add_event, _given(EventRow, line))


def _add(add: Callable[..., int], given: Line, log: OutcomeLog) -> None:
    add(log, **given)


def _given(kind: type[Row], line: Line) -> Line:
    return {name: line[name] for name in given_fields(kind)}


def _lines(name: str, later: dt.timedelta) -> list[Line]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{field: _read(field, value, later) for field, value in line.items()} for line in csv.DictReader(file)]


def _read(field: str, value: str, later: dt.timedelta) -> str | int | None:
    if value and field in _DAYS:
        return str(dt.date.fromisoformat(value) + later)
    return int(value) if value and field in _NUMBERS else value or None


def _assessment(line: Line) -> Assessment:
    return Assessment(
        signs={sign.id: _SEEN[line.get(sign.id)] for sign in signs()},
        wants_answer=_SEEN[line["wants_answer"]] is True,
        already=line["already"],
        format=line["format"],
        felt=line["felt"],
        confidence=line["confidence"],
        risk=line["risk"],
    )


def _at(day: str, hour: int) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), dt.UTC)
