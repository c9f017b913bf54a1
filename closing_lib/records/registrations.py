"""Registrations: what is settled before anything comes of it, one row each; rows are added and never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from closing_lib.arguments import Count, validate_call
from closing_lib.clock import day_of
from closing_lib.content import text
from closing_lib.models import RegistrationKind
from closing_lib.records.errors import LogError
from closing_lib.records.part import Part
from closing_lib.records.rows import DERIVED, Row, check, insert

if TYPE_CHECKING:
    import pandas as pd


_BETWEEN, _PARTS = ":", 3  # of a comparison's name: the column and two of its words


@dataclass(frozen=True)
class RegistrationRow(Row):
    """One registration.

    Attributes
    ----------
    registration : int
        Its number; they grow in the order in which they were made, whatever the clock said.
    kind : RegistrationKind
        Consent to the trial or its end; a comparison, or a look at one.
    item : str
        The version of the protocol; or the comparison, such as ``"used:bold:mild"``.
    looks : int or None
        How many looks are planned, with a comparison.
    made_at : datetime.datetime
        When (UTC).
    """

    TABLE: ClassVar[str] = "registration"
    SOURCE: ClassVar[str] = "registration"

    registration: int
    kind: RegistrationKind
    item: str
    looks: int | None
    made_at: dt.datetime = field(metadata=DERIVED)


class Comparison(NamedTuple):
    """A comparison that was fixed beforehand: the column of the tally, two of its words, and the planned looks."""

    by: str
    one: str
    against: str
    looks: int


class Registrations(Part):
    """The part of the log that holds registrations."""

    @property
    def person(self) -> int:
        """The number by which tallies that are added tell people apart: random, below 2**53, and always the same."""
        with self._file.reading() as db:
            return int(db.run("SELECT person FROM person")[0][0])

    @validate_call
    def give_consent(self, protocol: str) -> None:
        """Agree to the trial as a version of its protocol describes it; from now on the kit may draw.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.give_consent("1")
        >>> log.consented_to
        '1'
        """
        with self._file.writing():
            if self.consented_to != protocol:
                self._register(RegistrationKind.CONSENT, protocol)

    def stop_consent(self) -> None:
        """End the trial for this log: nothing is drawn any more; what was drawn stays."""
        with self._file.writing():
            if agreed := self.consented_to:
                self._register(RegistrationKind.STOP, agreed)

    @property
    def consented_to(self) -> str | None:
        """The version of the protocol that the person has agreed to; None before, and after they stopped."""
        said = [
            one for one in self.rows(RegistrationRow) if one.kind in (RegistrationKind.CONSENT, RegistrationKind.STOP)
        ]
        return said[-1].item if said and said[-1].kind is RegistrationKind.CONSENT else None

    @validate_call
    def fix_comparison(self, by: str, one: str, against: str, looks: Count = 1) -> None:
        """Fix a comparison before anything of it is seen, with the number of times that it will be looked at.

        Parameters
        ----------
        by : str
            What is compared, a column of the tally, such as ``"used"``.
        one, against : str
            The two words of it that are compared.
        looks : int
            How many looks are planned, at least one.

        Raises
        ------
        LogError
            If it was fixed before: what was planned holds.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.fix_comparison("used", "bold", "mild", looks=2)
        >>> log.look_at("used", "bold", "mild"), log.look_at("used", "standing", "mild")
        (1, 0)
        """
        if not looks:
            raise ValueError("looks is 0; plan at least one.")
        if any(_BETWEEN in name for name in (by, one, against)):
            raise ValueError(f"A comparison is of a column and two of its words; none of them has a {_BETWEEN!r}.")
        item = _item(by, one, against)
        with self._file.writing():
            if self.rows(RegistrationRow, kind=RegistrationKind.COMPARISON, item=item):
                raise LogError(text("log_trouble.fixed_before", item=item))
            self._register(RegistrationKind.COMPARISON, item, looks)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons that were fixed beforehand."""
        rows = self.rows(RegistrationRow, kind=RegistrationKind.COMPARISON)
        named = ((row.item.split(_BETWEEN), row.looks or 1) for row in rows)
        return tuple(Comparison(name[0], name[1], name[2], looks) for name, looks in named if len(name) == _PARTS)

    @validate_call
    def look_at(self, by: str, one: str | None = None, against: str | None = None) -> int:
        """Count a look at a comparison, or at all of a column, and give how many there have been.

        The looks of one day count as one. A comparison of two that was not fixed beforehand has none: 0.
        """
        item = _item(by, one, against) if one and against else by
        if item != by and not self.rows(RegistrationRow, kind=RegistrationKind.COMPARISON, item=item):
            return 0
        with self._file.writing():
            looks = self.rows(RegistrationRow, kind=RegistrationKind.LOOK, item=item)
            if not looks or day_of(looks[-1].made_at) != day_of(dt.datetime.fromisoformat(self._now())):
                self._register(RegistrationKind.LOOK, item)
                return len(looks) + 1
            return len(looks)

    def registrations(self) -> pd.DataFrame:
        """Give all registrations, in the order in which they were made.

        Returns
        -------
        pandas.DataFrame
            ``registration`` (int64), ``kind`` (category), ``item`` (str), ``looks`` (Int64), ``made_at`` (datetime64,
            UTC).
        """
        return self._frame(RegistrationRow)

    def _register(self, kind: RegistrationKind, item: str, looks: int | None = None) -> None:
        values = check(RegistrationRow, {"kind": kind, "item": item, "looks": looks})
        with self._file.writing() as db:
            insert(db, "registration", values | {"made_at": self._now()})


def _item(by: str, one: str, against: str) -> str:
    return _BETWEEN.join((by, one, against))
