"""Applications: whom one applied to, for what, and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError
from closing_lib.records.part import Part
from closing_lib.records.rows import Row, delete, insert, replace, update

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ApplicationRow(Row):
    """One application.

    Attributes
    ----------
    application : int
        Its number.
    company : str
        Whom it went to.
    role, source, note : str or None
        What for, where it was found, and anything else.
    applied_on : datetime.date or None
        When it was sent.
    """

    TABLE: ClassVar[str] = "application"
    SOURCE: ClassVar[str] = "application"

    application: int
    company: str
    role: str | None
    applied_on: dt.date | None
    source: str | None
    note: str | None


class Applications(Part):
    """The part of the log that holds applications."""

    def add_application(
        self,
        company: str,
        role: str | None = None,
        applied_on: dt.date | str | None = None,
        source: str | None = None,
        note: str | None = None,
    ) -> int:
        """Add an application and give its number.

        Raises
        ------
        ValueError
            If the company is empty, or the date is none.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> sample_log().add_application("Acme", "Analyst", applied_on="2026-11-02")
        25
        """
        given = {"company": company, "role": role, "applied_on": applied_on, "source": source, "note": note}
        return self._add(ApplicationRow, given)

    def update_application(self, application: int, **changes: object) -> None:
        """Change fields of an application: ``update_application(3, role="Senior analyst")``."""
        self._change(ApplicationRow, application, changes)

    def delete_application(self, application: int) -> None:
        """Delete an application with its interviews, their assessments, and its events.

        For 30 days it can be brought back. What was drawn for it stays, and tells of no company any more.
        """
        self._remove(ApplicationRow, application)

    @validate_call
    def merge_applications(self, application: int, other: int) -> None:
        """Make two applications one: interviews, events, draws and notes of the other come to the first.

        What the first does not say is taken from the other; another day of applying becomes an event of the first.

        Parameters
        ----------
        application, other : int
            Their numbers. The other one is deleted.

        Raises
        ------
        LogError
            If one of them is not there, or they are the same.

        Examples
        --------
        >>> from closing_lib.records import InterviewRow, sample_log
        >>> log = sample_log()
        >>> again = log.add_application("Left Sock", "Analyst")
        >>> interview = log.add_interview(again, "2026-11-20", round="final")
        >>> log.merge_applications(1, again)
        >>> len(log.applications()), len(log.rows(InterviewRow, application=1))
        (24, 2)
        """
        with self._file.writing() as db:
            one, two = self.row(ApplicationRow, application), self.row(ApplicationRow, other)
            if one == two:
                raise LogError(text("log_trouble.merge_itself"))
            now: dict[str, object] = {"changed_at": self._now()}
            update(db, "application", one.application, _together(one, two) | now)
            for table in ("interview", "event"):
                for number in _of(db, table, two.application):
                    update(db, table, number, {"application": one.application} | now)
            if two.applied_on and one.applied_on not in (None, two.applied_on):
                applied = {"application": one.application, "kind": "applied", "on": two.applied_on.isoformat()}
                insert(db, "event", applied | now | {"created_at": self._now()})
            for number in _of(db, "draw", two.application):
                replace(db, "draw", number, {"application": one.application})
            delete(db, "application", two.application)

    def applications(self) -> pd.DataFrame:
        """Give the applications, in the order in which they were added.

        Returns
        -------
        pandas.DataFrame
            ``application`` (int64), ``company``, ``role`` (str), ``applied_on`` (datetime64), ``source``, and
            ``note`` (str).
        """
        return self._frame(ApplicationRow)


def _of(db: Connection, table: str, application: int) -> list[int]:
    found = db.run(f"SELECT {table} FROM {table} WHERE application = ?", [application])  # noqa: S608  # names of our own
    return [number for (number,) in found]


def _together(one: ApplicationRow, two: ApplicationRow) -> dict[str, object]:
    """Give what two applications say together, as it is stored."""
    on = one.applied_on or two.applied_on
    notes = dict.fromkeys(filter(None, (one.note, two.note)))
    return {
        "role": one.role or two.role,
        "applied_on": on.isoformat() if on else None,
        "source": one.source or two.source,
        "note": "\n".join(notes) or None,
    }
