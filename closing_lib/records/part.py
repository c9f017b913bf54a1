"""What each part of the log stands on: reading rows of any kind, and writing with the stamp of the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from closing_lib.arguments import refused, validate_call
from closing_lib.records.file import LogFile
from closing_lib.records.rows import R, Row, check, delete, insert, require, select, update

if TYPE_CHECKING:
    import pandas as pd

_HERE = __name__.rpartition(".")[0]


def _kind(name: str, given: object) -> object:
    kinds = [kind for kind in Row.__subclasses__() if kind.__module__.startswith(_HERE)]
    if not isinstance(given, type) or given not in kinds:
        raise refused(name, given, f"it must be one of {', '.join(kind.__name__ for kind in kinds)}")
    return given


class Part:
    """The part that all parts share."""

    _file: LogFile

    @validate_call
    def rows(self, kind: Annotated[type[R], _kind], /, **where: object) -> tuple[R, ...]:
        """Read rows without pandas, for what must show quickly.

        Parameters
        ----------
        kind : type of Row
            `ApplicationRow`, `InterviewRow`, `EventRow`, `AssessmentRow`, `AttemptRow`, `DrawRow`, `RegistrationRow`.
        **where
            Fields and the values that they must have; None for missing.

        Returns
        -------
        tuple of Row
            In the order of the table of the same kind.

        Examples
        --------
        >>> from closing_lib.records import EventRow, sample_log
        >>> [event.kind.value for event in sample_log().rows(EventRow, application=2)]
        ['applied', 'interview', 'thank_you', 'advanced', 'rejected']
        """
        with self._file.reading() as db:
            return select(db, kind, where)

    @validate_call
    def row(self, kind: Annotated[type[R], _kind], number: int) -> R:
        """Read the row with a number.

        Raises
        ------
        LogError
            If there is none.
        """
        with self._file.reading() as db:
            return select(db, kind, {kind.TABLE: require(db, kind.TABLE, number)})[0]

    def _frame(self, kind: type[Row]) -> pd.DataFrame:
        from closing_lib.records.frames import frame  # noqa: PLC0415  # pandas is slow to load, and forms come first

        return frame(kind, self.rows(kind))

    def _add(self, kind: type[Row], given: Mapping[str, object]) -> int:
        values = check(kind, given)
        now = self._now()
        with self._file.writing() as db:
            return insert(db, kind.TABLE, values | {"created_at": now, "changed_at": now})

    def _change(self, kind: type[Row], number: int, changes: Mapping[str, object]) -> None:
        values = check(kind, changes)
        with self._file.writing() as db:
            update(db, kind.TABLE, number, values | {"changed_at": self._now()})

    def _remove(self, kind: type[Row], number: int) -> None:
        with self._file.writing() as db:
            delete(db, kind.TABLE, number)

    def _now(self) -> str:
        return self._file.now()
