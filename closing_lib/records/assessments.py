"""Assessments: how an interview went, as it was answered before anybody knew what would come of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar

from closing_lib.arguments import instead, refused, validate_call
from closing_lib.assessment import EDITION, Assessment, assess
from closing_lib.content import text
from closing_lib.models import Band, Format, Round, Settled
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LockedError, LogError
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, insert, require, select, update
from closing_lib.records.values import Unfit, checked

if TYPE_CHECKING:
    import pandas as pd

_RATINGS = {None, *range(1, 6)}
_YES_NO: set[object] = {None, False, True}
ANSWERS: Mapping[str, set[object]] = {  # what can have been answered; a newer kit may ask more
    "felt": _RATINGS,
    "confidence": _RATINGS,
    "risk": _RATINGS,
    "wants_answer": _YES_NO,
    "already": {None, *Settled},
    "format": {None, *Format},
    "round": {None, *Round},
    "decides": _YES_NO,
    "open_concern": _YES_NO,
    "scripted": _YES_NO,
    "short_of_time": _YES_NO,
}


@dataclass(frozen=True)
class AssessmentRow(Row):
    """One assessment, or a correction of one.

    Attributes
    ----------
    assessment, interview : int
        Its number, and that of its interview.
    answers : mapping
        What was answered, as `Assessment.to_dict` gives it.
    answered_at : datetime.datetime
        When (UTC).
    band, score, certainty : Band, float, float
        How it was read at that time.
    edition : int
        The edition of the rule by which it was read.
    locked_at : datetime.datetime or None
        When an outcome locked it (UTC); None: not yet.
    corrects : int or None
        The assessment that it corrects.
    why : str or None
        Why it does.
    hindsight : bool
        Whether an outcome was known already when it was entered.
    """

    TABLE: ClassVar[str] = "assessment"
    SOURCE: ClassVar[str] = "assessment"

    assessment: int
    interview: int
    answers: Mapping[str, Any] = field(metadata=DERIVED)
    answered_at: dt.datetime = field(metadata=DERIVED)
    band: Band = field(metadata=DERIVED)
    score: float = field(metadata=DERIVED)
    certainty: float = field(metadata=DERIVED)
    edition: int = field(metadata=DERIVED)
    locked_at: dt.datetime | None = field(metadata=DERIVED)
    corrects: int | None
    why: str | None
    hindsight: bool = field(metadata=DERIVED)

    def __post_init__(self) -> None:
        given = {"signs": {}, **self.answers}
        seen = given["signs"]
        fits = all(_is_among(given.get(name), known) for name, known in ANSWERS.items())
        if not fits or not isinstance(seen, dict) or not all(map(_is_sign, seen.items())):
            raise Unfit(repr(given))
        object.__setattr__(self, "answers", given)


class Assessments(Part):
    """The part of the log that holds assessments."""

    @validate_call
    def reassess(self, interview: int, assessment: Assessment) -> int:
        """Answer again how an interview went, or for the first time, and give the number of the assessment.

        Raises
        ------
        LockedError
            If an outcome is known already: hindsight would rewrite what was answered.
        """
        with self._file.writing() as db:
            before = _of(db, interview)
            values = self._stamped(assessment)
            if not before:
                return insert(db, "assessment", {"interview": interview, **values})
            if before[0].locked_at:
                raise LockedError(text("log_trouble.locked", interview=interview))
            update(db, "assessment", before[0].assessment, values)
            return before[0].assessment

    @validate_call
    def correct_assessment(self, interview: int, assessment: Assessment, why: str) -> int:
        """Add a correction beside a locked assessment, and give its number.

        The locked one stays, and statistics go on using it; `interviews` says that it was corrected.

        Parameters
        ----------
        interview : int
            The number of the interview.
        assessment : Assessment
            What should have been answered.
        why : str
            What was wrong.

        Raises
        ------
        LogError
            If there is no locked assessment to correct.
        """
        reason = checked("why", why, str)
        with self._file.writing() as db:
            chain = _of(db, interview)
            if not chain or not chain[-1].locked_at:
                raise LogError(text("log_trouble.not_locked", interview=interview))
            correction = {"interview": chain[-1].interview, "corrects": chain[-1].assessment, "why": reason}
            return insert(db, "assessment", correction | self._stamped(assessment))

    def assessments(self) -> pd.DataFrame:
        """Give all assessments, corrections too, in the order in which they were entered.

        Returns
        -------
        pandas.DataFrame
            ``assessment``, ``interview`` (int64), ``answered_at`` (datetime64, UTC), ``band`` (ordered category),
            ``score``, ``certainty`` (float64), ``edition`` (int64), ``locked_at`` (datetime64, UTC), ``corrects``
            (Int64), ``why`` (str), ``hindsight`` (bool); then the answers, named as in `Assessment`, each missing where
            nothing was answered, and ``signs.<id>`` (boolean) for each sign.
        """
        from closing_lib.records.frames import answers_frame, frame  # noqa: PLC0415  # pandas is slow to load

        rows = self.rows(AssessmentRow)
        return frame(AssessmentRow, rows).join(answers_frame([row.answers for row in rows]))

    def _stamped(self, assessment: Assessment) -> dict[str, object]:
        reading = assess(an_assessment(assessment))
        return {
            "answers": json.dumps(assessment.to_dict(), ensure_ascii=False),
            "answered_at": self._now(),
            "band": str(reading.band),
            "score": reading.score,
            "certainty": reading.certainty,
            "edition": EDITION,
        }


def an_assessment(given: object) -> Assessment:
    """Refuse anything but an assessment."""
    if not isinstance(given, Assessment):
        raise refused("assessment", given, f"it must be an Assessment{instead(Assessment, 'assessment', given)}")
    return given


def _is_sign(answered: tuple[str, object]) -> bool:
    name, seen = answered
    return name.isprintable() and (seen is None or isinstance(seen, bool))


def _is_among(value: object, known: set[object]) -> bool:
    return isinstance(value, (str, int, NoneType)) and value in known and (value is not True or False in known)


def _of(db: Connection, interview: int) -> tuple[AssessmentRow, ...]:
    """Give the assessment of an interview and its corrections, the latest last."""
    return select(db, AssessmentRow, {"interview": require(db, "interview", interview)})
