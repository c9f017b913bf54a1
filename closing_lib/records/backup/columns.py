"""The columns of the history: one flat table of all that a log holds, one row for each record.

Their names are fixed and English in every language: tools rely on them, and an import knows
the kit's own files by them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from closing_lib.models import Choice
from closing_lib.records.applications import ApplicationRow
from closing_lib.records.assessments import AssessmentRow
from closing_lib.records.attempts import AttemptRow
from closing_lib.records.draws import DrawRow
from closing_lib.records.events import EventRow
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.registrations import RegistrationRow
from closing_lib.records.rows import Row

SIGN = "signs."  # before the id of a sign; one column for each


class Record(Choice):
    """What a row of the history is, in the order in which those of one day stand."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    ASSESSMENT = "assessment"
    EVENT = "event"
    DRAW = "draw"
    ATTEMPT = "attempt"
    REGISTRATION = "registration"


KINDS: Mapping[Record, type[Row]] = MappingProxyType(
    {
        Record.APPLICATION: ApplicationRow,
        Record.INTERVIEW: InterviewRow,
        Record.ASSESSMENT: AssessmentRow,
        Record.EVENT: EventRow,
        Record.DRAW: DrawRow,
        Record.ATTEMPT: AttemptRow,
        Record.REGISTRATION: RegistrationRow,
    }
)
_COLUMNS = {"applied_on": "day", "held_on": "day", "on": "day", "protocol": "item"}  # of fields with another name
# The groups of columns that kinds of records share or have to themselves, with the types of what stands in them.
COMMON: Mapping[str, type] = {
    "record": str,
    "application": int,
    "company": str,
    "role": str,
    "day": dt.date,
    "kind": str,
    "note": str,
    "source": str,
}
INTERVIEW: Mapping[str, type] = {
    "interview": int,
    "round": str,
    "format": str,
    "used": str,
    "response": str,
    "promised_on": dt.date,
    "interviewers": str,
    "advised": str,
    "drawn": str,
    "drawn_from": str,
    "drawn_at": dt.datetime,
}
ASSESSMENT: Mapping[str, type] = {
    "assessment": int,
    "band": str,
    "score": float,
    "certainty": float,
    "edition": int,
    "felt": int,
    "confidence": int,
    "risk": int,
    "wants_answer": bool,
    "already": str,
    "decides": bool,
    "open_concern": bool,
    "scripted": bool,
    "short_of_time": bool,
    "answered_at": dt.datetime,
    "locked_at": dt.datetime,
    "hindsight": bool,
    "corrects": int,
    "why": str,
}
OTHERS: Mapping[str, type] = {
    "event": int,
    "attempt": int,
    "item": str,
    "passed": bool,
    "detail": str,
    "made_at": dt.datetime,
    "draw": int,
    "standing": bool,
    "bold": bool,
    "direct": bool,
    "block": str,
    "number": int,
    "registration": int,
    "looks": int,
    "person": int,
}
COLUMNS: Mapping[str, type] = MappingProxyType({**COMMON, **INTERVIEW, **ASSESSMENT, **OTHERS})
KNOWN_BY = frozenset({"record", "application", "company", "role", "day", "kind"})  # headings that no other table has


def column_of(field: str) -> str:
    """Give the column in which a field of a record stands."""
    return _COLUMNS.get(field, field)


def type_of(column: str) -> type:
    """Give the type of what stands in a column; a column of a sign holds yes or no."""
    return bool if column.startswith(SIGN) else COLUMNS[column]


def is_history(headings: object) -> bool:
    """Tell whether these are the headings of a history, in any order, with others beside them or not.

    Examples
    --------
    >>> is_history(["record", "application", "company", "role", "day", "kind", "mine"]), is_history(["company", "role"])
    (True, False)
    """
    return isinstance(headings, (list, tuple)) and KNOWN_BY.issubset(headings)
