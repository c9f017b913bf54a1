"""Interviews: the rounds of an application, what was asked at the close of each, and what the employer answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from closing_lib.arguments import is_missing
from closing_lib.assessment import Assessment
from closing_lib.models import Asked, Band, Format, Pair, Response, Round, Tactic
from closing_lib.records.assessments import Assessments, an_assessment
from closing_lib.records.draws import take_up
from closing_lib.records.errors import trouble
from closing_lib.records.rows import DERIVED, Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class InterviewRow(Row):
    """One interview, with its assessment as that stood before the outcome.

    Attributes
    ----------
    interview, application : int
        Its number, and that of its application.
    held_on, promised_on : datetime.date or None
        Its day, and the day by which they promised to answer.
    round : Round
        Which round it was.
    format : Format or None
        How the two sides met.
    used : Asked or None
        What was asked at the close; None: not recorded.
    response : Response or None
        The employer's answer to it.
    interviewers, note : str or None
        Who was there, and anything else.
    advised : Tactic or None
        What the kit advised.
    band, score, certainty : Band, float, float, or None
        The reading of the assessment.
    answered_at, locked_at : datetime.datetime or None
        When the assessment was answered, and when an outcome locked it (UTC).
    hindsight : bool
        Whether the assessment was first entered when an outcome was known already.
    corrected : bool
        Whether a correction of the assessment stands beside it.
    drawn : Tactic or None
        What the kit drew for it before it was held; None: nothing.
    drawn_from : Pair or None
        The pair that it was drawn from. Where the draw settled both, that with the bold question if it clearly went
        well as it was read before the outcome, else the other.
    drawn_at : datetime.datetime or None
        When (UTC).
    """

    TABLE: ClassVar[str] = "interview"
    SOURCE: ClassVar[str] = """(
        SELECT *, CASE WHEN direct = 0 THEN 'mild' WHEN drawn_from = 'mild_bold' THEN 'bold'
                WHEN direct = 1 THEN 'standing' END AS drawn
        FROM (
            SELECT interview.*, band, score, certainty, answered_at, locked_at, coalesce(hindsight, 0) AS hindsight,
                EXISTS (SELECT 1 FROM assessment WHERE interview = interview.interview AND corrects > 0) AS corrected,
                direct, draw.made_at AS drawn_at, CASE
                    WHEN bold = 1 AND (standing = 0 OR (band = 'well' AND hindsight = 0)) THEN 'mild_bold'
                    WHEN standing = 1 THEN 'mild_standing' END AS drawn_from
            FROM interview LEFT JOIN assessment ON assessment.interview = interview.interview AND corrects IS NULL
                LEFT JOIN draw ON draw.interview = interview.interview
        )
    )"""

    interview: int
    application: int
    held_on: dt.date | None
    round: Round
    format: Format | None
    used: Asked | None
    response: Response | None
    promised_on: dt.date | None
    interviewers: str | None
    advised: Tactic | None
    note: str | None
    band: Band | None = field(metadata=DERIVED)
    score: float | None = field(metadata=DERIVED)
    certainty: float | None = field(metadata=DERIVED)
    answered_at: dt.datetime | None = field(metadata=DERIVED)
    locked_at: dt.datetime | None = field(metadata=DERIVED)
    hindsight: bool = field(metadata=DERIVED)
    corrected: bool = field(metadata=DERIVED)
    drawn: Tactic | None = field(metadata=DERIVED)
    drawn_from: Pair | None = field(metadata=DERIVED)
    drawn_at: dt.datetime | None = field(metadata=DERIVED)


def days_contradict(held_on: dt.date | str | None, promised_on: dt.date | str | None) -> bool:
    """Tell whether an answer would have been promised for a day before the interview; days are dates, or as stored."""
    return bool(held_on and promised_on and str(promised_on) < str(held_on))


class Interviews(Assessments):
    """The part of the log that holds interviews."""

    def add_interview(
        self,
        application: int,
        held_on: dt.date | str | None = None,
        round: Round | str | None = None,  # noqa: A002  # the contract's word
        *,
        format: Format | str | None = None,
        assessment: Assessment | None = None,
        used: Asked | Tactic | str | None = None,
        response: Response | str | None = None,
        promised_on: dt.date | str | None = None,
        advised: Tactic | str | None = None,
        interviewers: str | None = None,
        note: str | None = None,
    ) -> int:
        """Add an interview, with the assessment of how it went, and give its number.

        A draw that waits for this round of its application, made on or before its day, becomes its own.

        Parameters
        ----------
        application : int
            The number of its application.
        round : Round, str or None
            Which round it was; as the assessment says, or the first, where none is given.
        format : Format, str or None
            How the two sides met; as the assessment says, where none is given.
        assessment : Assessment or None
            What was answered about it; stamped with the time, and locked as soon as an outcome is known.

        Other parameters are the fields of `InterviewRow`.

        Raises
        ------
        ValueError
            If a field may not hold what was given; the message names the field and the remedy.
        LogError
            If there is no such application, or they would have promised to answer before the interview.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> with log.transaction():  # both or neither
        ...     application = log.add_application("Acme", "Analyst")
        ...     interview = log.add_interview(application, "2026-11-20", used="mild", response="hesitated")
        """
        said = {} if assessment is None else an_assessment(assessment).to_dict()
        given = {
            "application": application,
            "held_on": held_on,
            "round": (said.get("round") or Round.FIRST) if is_missing(round) else round,
            "format": said.get("format") if is_missing(format) else format,
            "used": used,
            "response": response,
            "promised_on": promised_on,
            "interviewers": interviewers,
            "advised": advised,
            "note": note,
        }
        with self._file.writing() as db:
            interview = self._add(InterviewRow, given)
            self._require_order(interview)
            take_up(db, interview)
            if assessment is not None:
                self.reassess(interview, assessment)
        return interview

    def update_interview(self, interview: int, **changes: object) -> None:
        """Change fields of an interview: ``update_interview(7, response="encouraged")``.

        A change of the day that puts a known outcome after it locks the assessment.

        Raises
        ------
        ValueError
            If a field may not hold what was given; the message names the field and the remedy.
        LogError
            If there is no such interview, or they would have promised to answer before it was held.
        """
        with self._file.writing() as db:
            self._change(InterviewRow, interview, changes)
            if {"held_on", "promised_on"} & changes.keys():  # an earlier kit may have left days that contradict
                self._require_order(interview)
            take_up(db, interview)

    def _require_order(self, interview: int) -> None:
        row = self.row(InterviewRow, interview)
        if days_contradict(row.held_on, row.promised_on):
            raise trouble("promised_before", self._file.path.name)

    def delete_interview(self, interview: int) -> None:
        """Delete an interview with its assessment, locked or not; for 30 days it can be brought back.

        A draw stays, and waits for its interview again.
        """
        self._remove(InterviewRow, interview)

    def interviews(self) -> pd.DataFrame:
        """Give the interviews, in the order in which they were added, each with its assessment as before the outcome.

        Returns
        -------
        pandas.DataFrame
            ``interview``, ``application`` (int64), ``held_on`` (datetime64), ``round`` (ordered category), ``format``
            (category), ``used``, ``response`` (ordered), ``promised_on`` (datetime64), ``interviewers`` (str),
            ``advised`` (ordered), ``note`` (str); of the assessment ``band`` (ordered), ``score``, ``certainty``
            (float64), ``answered_at``, ``locked_at`` (datetime64, UTC), ``hindsight`` and ``corrected`` (bool); of the
            draw ``drawn`` (ordered), ``drawn_from`` (category), ``drawn_at`` (datetime64, UTC).
        """
        return self._frame(InterviewRow)
