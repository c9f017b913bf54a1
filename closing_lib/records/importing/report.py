"""What an import did, or would do: every row of the file is in it, imported or skipped with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from closing_lib.arguments import Count, Validated
from closing_lib.content import text

FIRST = 5  # rows that are shown as they were read


class RowError(ValueError):
    """A row cannot be read, has no place in the log or brings nothing to it; the message says why."""


@dataclass(frozen=True, order=True)
class Skipped:
    """A row that was not imported.

    Attributes
    ----------
    line : int
        The line of the file on which it begins, from 1; in a workbook, its row.
    reason : str
        Why, in one sentence.
    """

    line: int
    reason: str


@dataclass(frozen=True, order=True)
class Remark:
    """What to know about a row that was imported; line 0 for the file as a whole.

    Attributes
    ----------
    line : int
        The line of the file, as in `Skipped`.
    said : str
        What to know, in one sentence.
    """

    line: int
    said: str


@dataclass(frozen=True)
class FirstRow:
    """One of the first rows, as it was read.

    Attributes
    ----------
    line : int
        The line of the file, as in `Skipped`.
    company : str
        Whom it went to.
    role : str or None
        What for.
    applied_on : str or None
        When, as YYYY-MM-DD.
    events : tuple of (str, str or None)
        What has happened since, each with its day.
    """

    line: int
    company: str
    role: str | None
    applied_on: str | None
    events: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class ImportReport(Validated):
    """What an import did; with ``dry_run``, what it would do.

    Attributes
    ----------
    name : str
        The name of the file.
    imported : int
        How many rows were imported; together with the skipped ones, all rows of the file but its headings.
    skipped : tuple of Skipped
        The rows that were not, by line.
    mapping : mapping of str to str or None
        Each heading with what its column was taken for; None: left out. Given back as ``mapping=``, with changes, it
        corrects the guess.
    samples : mapping of str to tuple of str
        Each heading with the first things that stand below it.
    first : tuple of FirstRow
        The first rows that could be read, to see whether their days are read as they are meant.
    sheets : tuple of str
        The sheets of a workbook that hold something, the one that was read first.
    statuses : mapping of str to str
        Each status in the file with what it was taken for.
    unknown_statuses : tuple of str
        The statuses whose rows wait for the person to say what they mean, with ``statuses=``.
    questions : tuple of str
        What else the import has to be told: ``"company"`` (which column it is), ``"day_first"``, ``"year"``.
    remarks : tuple of Remark
        What to know about rows that were imported.
    number : int or None
        Its number, for ``log.undo_import(number)``; None where nothing was imported.
    applications, events, interviews, assessments, draws, attempts, registrations : int
        How many were added to the log; all but the first two can only come from a history that the kit has exported.
    dry_run : bool
        Whether nothing was changed.
    """

    name: str
    imported: Count
    skipped: tuple[Skipped, ...] = ()
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: tuple[FirstRow, ...] = ()
    sheets: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    unknown_statuses: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    number: int | None = None
    applications: Count = 0
    events: Count = 0
    interviews: Count = 0
    assessments: Count = 0
    draws: Count = 0
    attempts: Count = 0
    registrations: Count = 0
    dry_run: bool = False

    @property
    def rows(self) -> int:
        """How many rows the file has, its headings apart."""
        return self.imported + len(self.skipped)

    def __str__(self) -> str:
        key = "importing.summary.dry" if self.dry_run else "importing.summary.done"
        return text(key, name=self.name, imported=self.imported, rows=self.rows, skipped=len(self.skipped))
