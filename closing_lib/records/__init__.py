"""What happened: applications, interviews, assessments, events, attempts, draws, in a SQLite file."""

from closing_lib.records.applications import ApplicationRow
from closing_lib.records.assessments import AssessmentRow
from closing_lib.records.attempts import AttemptRow
from closing_lib.records.draws import DrawRow
from closing_lib.records.errors import LockedError, LogError
from closing_lib.records.events import EventRow
from closing_lib.records.imports import ImportRow
from closing_lib.records.interviews import InterviewRow
from closing_lib.records.log import OutcomeLog, default_path
from closing_lib.records.registrations import RegistrationRow
from closing_lib.records.sample import sample_log
from closing_lib.records.undo import ChangeRow, ChangeSet

__all__ = [
    "ApplicationRow",
    "AssessmentRow",
    "AttemptRow",
    "ChangeRow",
    "ChangeSet",
    "DrawRow",
    "EventRow",
    "ImportRow",
    "InterviewRow",
    "LockedError",
    "LogError",
    "OutcomeLog",
    "RegistrationRow",
    "default_path",
    "sample_log",
]
