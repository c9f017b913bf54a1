"""Imports: which files were taken into the log, and taking one back whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from closing_lib.arguments import validate_call
from closing_lib.clock import day_of
from closing_lib.content import text
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError, OwnWorkError
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, delete, select
from closing_lib.records.values import whole

if TYPE_CHECKING:
    import pandas as pd

DIGEST = 8  # bytes that tell one row of a file from another
_SHOWN = 5  # companies that a message names


@dataclass(frozen=True)
class ImportRow(Row):
    """One import.

    Attributes
    ----------
    intake : int
        Its number.
    file : str
        The name of the file.
    made_at : datetime.datetime
        When (UTC).
    rows : int
        How many rows of the file were imported.
    """

    TABLE: ClassVar[str] = "intake"
    SOURCE: ClassVar[str] = "intake"

    intake: int
    file: str
    made_at: dt.datetime = field(metadata=DERIVED)
    rows: int


@dataclass(frozen=True)
class _Brought(ImportRow):
    """An import with the digest of each of its rows, one after the other."""

    digests: bytes = field(metadata=DERIVED)


class Imports(Part):
    """The part of the log that holds imports."""

    def imports(self) -> pd.DataFrame:
        """Give the imports that are in the log, in the order in which they were made.

        Returns
        -------
        pandas.DataFrame
            ``import`` (int64), ``file`` (str), ``made_at`` (datetime64, UTC), ``rows`` (int64).
        """
        return self._frame(ImportRow).rename(columns={"intake": "import"})

    @validate_call
    def undo_import(self, number: int, with_own: bool = False) -> None:
        r"""Take one import back whole: its applications, and what it added to others.

        An assessment that an imported outcome has locked stays locked: the outcome was seen.

        Parameters
        ----------
        number : int
            Its number, as the report and `imports` give it.
        with_own : bool
            Whether to take back also what the person has since added to its applications, or changed in them.

        Raises
        ------
        OwnWorkError
            If, without ``with_own``, something of the person's own would be lost.
        LogError
            If there is no such import, or if a later one goes on with its applications and has to be taken back before.

        Examples
        --------
        >>> import closing_lib as cl
        >>> log = cl.sample_log()
        >>> report = cl.import_csv(b"Company,Status\nAcme,Rejected\n", into=log)
        >>> len(log.applications()), log.undo_import(report.number), len(log.applications())
        (25, None, 24)
        """
        with self._file.writing() as db:
            known = whole("import", number)
            if not db.run("SELECT 1 FROM intake WHERE intake = ?", [known]):
                raise LogError(text("importing.trouble.no_such_import", number=str(number), name=db.name))
            later = _later(db, known)
            if later:
                raise LogError(text("importing.trouble.has_later", number=known, later=later))
            own = [] if with_own else _own(db, known)
            if own:
                companies = ", ".join(own[:_SHOWN]) + (", …" if len(own) > _SHOWN else "")
                raise OwnWorkError(text("importing.trouble.has_own", number=known, n=len(own), companies=companies))
            _require_loose(db, known)
            delete(db, "intake", known)


def brought_before(db: Connection) -> dict[bytes, tuple[int, str]]:
    """Give the digest of each row that an import has brought, with the import and its day."""
    return {
        one.digests[at : at + DIGEST]: (one.intake, day_of(one.made_at).isoformat())
        for one in select(db, _Brought, {})
        for at in range(0, len(one.digests), DIGEST)
    }


def _later(db: Connection, number: int) -> int | None:
    """Give the last import that goes on with what an import brought: its own records would go too, for good."""
    found = db.run(
        """
        WITH record (intake, stands_on) AS (
            SELECT event.intake, application.intake FROM event JOIN application USING (application)
            UNION ALL SELECT interview.intake, application.intake FROM interview JOIN application USING (application)
            UNION ALL SELECT assessment.intake, interview.intake FROM assessment JOIN interview USING (interview)
            UNION ALL SELECT draw.intake, application.intake FROM draw JOIN application USING (application)
            UNION ALL SELECT draw.intake, interview.intake FROM draw JOIN interview USING (interview)
        )
        SELECT max(intake) FROM record WHERE stands_on = ?1 AND intake <> ?1
        """,
        [number],
    )
    return None if found[0][0] is None else int(found[0][0])


def _own(db: Connection, number: int) -> list[str]:
    """Give the companies of what an import brought and the person has since worked on."""
    found = db.run(
        """
        WITH record (application, intake, is_touched) AS (
            SELECT application, intake, intake = ?1 AND changes > 0 FROM application
            UNION ALL SELECT application, intake, intake = ?1 AND changes > 0 FROM event
            UNION ALL SELECT application, intake, intake = ?1 AND changes > 0 FROM interview
            UNION ALL SELECT application, assessment.intake, CASE WHEN assessment.intake = ?1
                    THEN assessment.changes > 0
                    ELSE interview.intake = ?1 OR corrects IN (SELECT assessment FROM assessment WHERE intake = ?1) END
                FROM assessment JOIN interview USING (interview)
            UNION ALL SELECT application, intake, 0 FROM draw
        )
        SELECT company FROM application WHERE application IN (
            SELECT application FROM record WHERE is_touched
                OR (intake IS NOT ?1 AND application IN (SELECT application FROM application WHERE intake = ?1))
        ) ORDER BY application
        """,
        [number],
    )
    return [company for (company,) in found]


def _require_loose(db: Connection, number: int) -> None:
    """Refuse to take back an assessment of an interview that stays, where the person has since corrected it."""
    found = db.run(
        """
        SELECT own.interview FROM assessment AS own
        JOIN interview USING (interview) JOIN application USING (application)
        WHERE own.corrects IN (SELECT assessment FROM assessment WHERE intake = ?1) AND own.intake IS NOT ?1
            AND interview.intake IS NOT ?1 AND application.intake IS NOT ?1
        """,
        [number],
    )
    if found:
        raise LogError(text("exporting.trouble.corrected_since", number=number, interview=found[0][0]))
