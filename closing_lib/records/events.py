"""Events: what happened to an application, each with its day; its history, not only its last state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from closing_lib.models import EventKind
from closing_lib.records.part import Part
from closing_lib.records.rows import Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class EventRow(Row):
    """One event: entered, or implied by the day of an application or of an interview.

    Attributes
    ----------
    application : int
        The number of its application.
    event : int or None
        Its number; None for an implied one.
    kind : EventKind
        What happened.
    on : datetime.date or None
        When; None: not known.
    note : str or None
        Anything else.
    """

    TABLE: ClassVar[str] = "event"
    # An implied event gives way to one of the same kind and day that was entered.
    SOURCE: ClassVar[str] = """(
        WITH implied AS (
            SELECT application, NULL AS event, 'applied' AS kind, applied_on AS "on", NULL AS note, 1 AS place
            FROM application WHERE applied_on IS NOT NULL
            UNION ALL
            SELECT application, NULL, 'interview', held_on, NULL, 2 FROM interview WHERE held_on IS NOT NULL
        )
        SELECT * FROM implied WHERE NOT EXISTS (
            SELECT 1 FROM event
            WHERE application = implied.application AND kind = implied.kind AND "on" = implied."on"
        )
        UNION ALL
        SELECT application, event, kind, "on", note, 3 FROM event
    )"""
    ORDER: ClassVar[str] = 'application, "on" IS NULL, "on", place, event'

    application: int
    event: int | None
    kind: EventKind
    on: dt.date | None
    note: str | None


class Events(Part):
    """The part of the log that holds events."""

    def add_event(
        self, application: int, kind: EventKind | str, on: dt.date | str | None = None, note: str | None = None
    ) -> int:
        """Add an event and give its number.

        An outcome (``advanced``, ``offer``, ``rejected``, ``withdrew``, ``no_reply``) locks the assessments of the
        interviews that it answers: those of its application held on or before its day. An unknown day counts as after.

        Raises
        ------
        ValueError
            If the kind is not known, or the date is none.
        LogError
            If there is no such application.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> number = sample_log().add_event(24, "offer", on="2026-12-01")
        """
        return self._add(EventRow, {"application": application, "kind": kind, "on": on, "note": note})

    def update_event(self, event: int, **changes: object) -> None:
        """Change fields of an event: ``update_event(9, on="2026-11-23")``."""
        self._change(EventRow, event, changes)

    def delete_event(self, event: int) -> None:
        """Delete an event; for 30 days it can be brought back.

        What an outcome has locked stays locked: it was known.
        """
        self._remove(EventRow, event)

    def events(self) -> pd.DataFrame:
        """Give the dated history, by application and day; events without a day come last.

        Returns
        -------
        pandas.DataFrame
            ``application`` (int64), ``event`` (Int64; missing where the day of an application or interview implies it),
            ``kind`` (ordered category), ``on`` (datetime64), ``note`` (str).
        """
        return self._frame(EventRow)
