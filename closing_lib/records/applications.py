"""Applications: whom one applied to, for what, and since when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from closing_lib.records.part import Part
from closing_lib.records.rows import Row

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
        """Delete an application with its interviews, their assessments, and its events."""
        self._remove(ApplicationRow, application)

    def applications(self) -> pd.DataFrame:
        """Give the applications, in the order in which they were added.

        Returns
        -------
        pandas.DataFrame
            ``application`` (int64), ``company``, ``role`` (str), ``applied_on`` (datetime64), ``source``, and
            ``note`` (str).
        """
        return self._frame(ApplicationRow)
