"""Attempts: what was tried to learn something, one row for each time; rows are added and never changed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from closing_lib.arguments import is_missing, refused, shown
from closing_lib.models import AttemptKind
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, check, insert
from closing_lib.records.values import Unfit, checked

if TYPE_CHECKING:
    import pandas as pd

Detail = str | int | bool | None


@dataclass(frozen=True)
class AttemptRow(Row):
    """One attempt.

    Attributes
    ----------
    attempt : int
        Its number.
    kind : AttemptKind
        What was tried.
    item : str
        The id of the exercise, the review question or the case.
    passed : bool
        Whether it was right.
    detail : mapping
        Whatever else is worth keeping of it, by name: text, whole numbers, True, False or None.
    made_at : datetime.datetime
        When (UTC).
    """

    TABLE: ClassVar[str] = "attempt"
    SOURCE: ClassVar[str] = "attempt"

    attempt: int
    kind: AttemptKind
    item: str
    passed: bool
    detail: Mapping[str, Detail] = field(metadata=DERIVED)
    made_at: dt.datetime = field(metadata=DERIVED)

    def __post_init__(self) -> None:
        try:
            plain_detail(self.detail)
        except ValueError as error:
            raise Unfit(repr(self.detail)) from error


class Attempts(Part):
    """The part of the log that holds attempts."""

    def add_attempt(
        self, kind: AttemptKind | str, item: str, passed: bool, detail: Mapping[str, Detail] | None = None
    ) -> int:
        """Add an attempt and give its number. It stays as it is: there is no way to change or delete one.

        Parameters
        ----------
        kind : AttemptKind or str
            What was tried.
        item : str
            The id of the exercise, the review question or the case.
        passed : bool
            Whether it was right.
        detail : mapping, optional
            Whatever else is worth keeping, by name: text, whole numbers, True, False or None.

        Raises
        ------
        ValueError
            If the kind is not known, the item is empty, or a detail is something else.

        Examples
        --------
        >>> from closing_lib.records import AttemptRow, sample_log
        >>> log = sample_log()
        >>> number = log.add_attempt("exercise", "thank_you_when", True, {"hinted": False})
        >>> [(row.item, row.passed, dict(row.detail)) for row in log.rows(AttemptRow, kind="exercise")]
        [('thank_you_when', True, {'hinted': False})]
        """
        values = check(AttemptRow, {"kind": kind, "item": item, "passed": passed})
        kept = json.dumps(plain_detail({} if is_missing(detail) else detail))
        with self._file.writing() as db:
            return insert(db, "attempt", values | {"detail": kept, "made_at": self._now()})

    def attempts(self) -> pd.DataFrame:
        """Give all attempts, in the order in which they were made.

        Returns
        -------
        pandas.DataFrame
            ``attempt`` (int64), ``kind`` (category), ``item`` (str), ``passed`` (bool), ``made_at`` (datetime64, UTC),
            ``detail`` (str, as JSON).
        """
        from closing_lib.records.frames import column, frame  # noqa: PLC0415  # pandas is slow to load

        rows = self.rows(AttemptRow)
        details = [json.dumps(row.detail, ensure_ascii=False) for row in rows]
        return frame(AttemptRow, rows).assign(detail=column(details, str))


def plain_detail(detail: object) -> dict[str, Detail]:
    """Give what is worth keeping of an attempt; refuse what is not text, a whole number, True, False or None."""
    if not isinstance(detail, Mapping):
        raise refused("detail", detail, "it must be a mapping, such as {...}")
    for name, value in detail.items():
        if not isinstance(name, str) or not isinstance(value, Detail):
            raise ValueError(f"detail {shown(name)} is {shown(value)}; give text, a whole number, True, False or None.")
        if isinstance(value, str):
            checked(f"detail {name!r}", value, str | None)
    return dict(detail)
