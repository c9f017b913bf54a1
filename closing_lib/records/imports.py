"""Imports: which files were taken into the log, and taking one back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from closing_lib.arguments import validate_call
from closing_lib.clock import day_of
from closing_lib.content import text
from closing_lib.records.changes import note_changed
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError, OwnWorkError
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, delete, delete_where, select
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
    """An import with the digest of each of its rows, one after the other, and the mark of how they were read."""

    digests: bytes = field(metadata=DERIVED)

    @property
    def of_rows(self) -> list[bytes]:
        """The digests of its rows."""
        return [self.digests[at : at + DIGEST] for at in range(0, self.rows * DIGEST, DIGEST)]

    @property
    def mark(self) -> bytes:
        """What tells how its columns were read from other ways; empty where that is not known."""
        return self.digests[self.rows * DIGEST :]


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
            _require_last(db, known)
            if not with_own and (own := _own(db, known)):
                raise _own_work(known, own)
            _require_loose(db, known)
            delete(db, "intake", known)


@dataclass(frozen=True)
class Replaced:
    """Imports that are read again with other columns.

    Attributes
    ----------
    numbers : tuple of int
        The imports.
    own : mapping of bytes to int
        The applications that stay, since the person has worked on them, by the digests of the rows that brought them.
    """

    numbers: tuple[int, ...] = ()
    own: Mapping[bytes, int] = field(default_factory=dict)


def brought_before(db: Connection, without: Collection[int] = ()) -> dict[bytes, tuple[int, str]]:
    """Give the digest of each row that an import has brought, with the import and its day."""
    imports = [one for one in select(db, _Brought, {}) if one.intake not in without]
    return {row: (one.intake, day_of(one.made_at).isoformat()) for one in imports for row in one.of_rows}


def read_otherwise(db: Connection, rows: Collection[bytes], mark: bytes) -> Replaced:
    """Find the imports that brought nothing but rows of a file, and read its columns in another way.

    Raises
    ------
    OwnWorkError
        If the person has worked on what one of them brought, and it cannot be told which row that came from.
    LogError
        If another import goes on with what one of them brought.
    """
    found = [one for one in select(db, _Brought, {}) if one.mark not in (b"", mark) and {*one.of_rows} <= {*rows}]
    numbers = tuple(one.intake for one in found)
    own: dict[bytes, int] = {}
    for one in found:
        _require_last(db, one.intake, numbers)
        begun = [number for (number,) in db.run("SELECT application FROM application WHERE intake = ?", [one.intake])]
        worked_on = {number: company for number, company in _own(db, one.intake).items() if number in begun}
        if worked_on and len(begun) != one.rows:
            raise _own_work(one.intake, worked_on)
        own |= {row: number for row, number in zip(one.of_rows, sorted(begun), strict=False) if number in worked_on}
    return Replaced(numbers, own)


def take_back(db: Connection, replaced: Replaced) -> None:
    """Take imports back, all but the applications that stay and what the person has changed."""
    kept = ", ".join(map(str, replaced.own.values()))
    for number in replaced.numbers:
        delete_where(db, "application", f"intake = ?1 AND application NOT IN ({kept})", number)
        delete_where(db, "event", "intake = ?1 AND changes = 0", number)
        for table in ("application", "event"):
            note_changed(db, table, "intake = ?1", number)
            db.run(f"UPDATE {table} SET intake = NULL WHERE intake = ?", [number])  # noqa: S608  # our own names
        delete_where(db, "intake", "intake = ?1", number)


def _own_work(number: int, own: Mapping[int, str]) -> OwnWorkError:
    names = [*own.values()]
    companies = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return OwnWorkError(text("importing.trouble.has_own", number=number, n=len(names), companies=companies))


def _require_last(db: Connection, number: int, others: Collection[int] = ()) -> None:
    later = _later(db, number)
    if later and later not in others:
        raise LogError(text("importing.trouble.has_later", number=number, later=later))


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


def _own(db: Connection, number: int) -> dict[int, str]:
    """Give the applications, with their companies, of what an import brought and the person has since worked on."""
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
        SELECT application, company FROM application WHERE application IN (
            SELECT application FROM record WHERE is_touched
                OR (intake IS NOT ?1 AND application IN (SELECT application FROM application WHERE intake = ?1))
        ) ORDER BY application
        """,
        [number],
    )
    return dict(found)


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
