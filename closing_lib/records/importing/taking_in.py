"""The import itself: read, match, write in one transaction, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from closing_lib.arguments import validate_call
from closing_lib.records.connection import Connection
from closing_lib.records.file_names import shown
from closing_lib.records.importing.columns import Mapped, map_columns, remarks_on
from closing_lib.records.importing.matching import Plan, match
from closing_lib.records.importing.reading import Answers, Reading, read_rows
from closing_lib.records.importing.report import ImportReport
from closing_lib.records.importing.restoring.own_table import own_table
from closing_lib.records.importing.restoring.restore import restore
from closing_lib.records.importing.statuses import read_statuses
from closing_lib.records.importing.table import Table, read_bytes, read_table
from closing_lib.records.log import OutcomeLog
from closing_lib.records.rows import insert, insert_columns

Progress = Callable[[int, int], object]  # is told what is done, and of how much

_UNNAMED = "file"
_SAMPLES = 3  # cells of a column
_SEARCHED = 200  # rows in which they are looked for


@validate_call
def import_csv(
    file: str | os.PathLike[str] | bytes,
    into: OutcomeLog,
    mapping: Mapping[str, str | None] | None = None,
    statuses: Mapping[str, str | None] | None = None,
    dry_run: bool = False,
    *,
    day_first: bool | None = None,
    year: int | None = None,
    sheet: str | None = None,
    name: str | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    r"""Take a tracker into the log: CSV in any encoding and with any separator, or XLSX; or an export of the kit's own.

    Every row is imported, or reported with its line and the reason. What cannot be known is asked for and never
    guessed: its rows wait, and come with the next import of the same file. A row that came before does not come again.

    What `export_log` has written, CSV, XLSX or Parquet, is known by its headings and comes back exactly, with
    interviews, assessments and their locks; with a ``mapping`` it is read as any other tracker.

    Parameters
    ----------
    file : path-like or bytes
        The file, or what it holds.
    into : OutcomeLog
        The log.
    mapping : mapping of str to str or None
        What columns hold, by their headings, where the guess (``.mapping`` of the report) is wrong; None: nothing.
    statuses : mapping of str to str or None
        What statuses mean: an event, ``"open"``, ``"not_yet"`` (it is still to be applied for), or None for nothing.
    dry_run : bool
        Whether to report only, and change nothing.
    day_first : bool or None
        Whether 3/4 is the third of April; None: the columns tell it, or it is asked for.
    year : int or None
        The year of days without one; None: the days around them tell it, or it is asked for.
    sheet : str or None
        Which sheet of a workbook; None: the one with most known headings.
    name : str or None
        What to call the file in the report; its own name, where none is given.
    progress : callable or None
        Called now and then while the rows are written, with how many are and how many there will be. An interruption,
        also by an error of its own, leaves the log as it was.

    Returns
    -------
    ImportReport
        What was done.

    Raises
    ------
    LogError
        If the file cannot be read, or an answer fits nothing in it. Nothing is then changed.

    Examples
    --------
    >>> import closing_lib as cl
    >>> tracker = b"Firma;Stelle;Datum;Status\nAcme;Analystin;14.1.2026;Absage\nOcto;Analystin;;hm\n"
    >>> report = cl.import_csv(tracker, into=cl.sample_log(), dry_run=True)
    >>> report.imported, [row.line for row in report.skipped], report.unknown_statuses
    (1, [3], ('hm',))
    """
    data = file if isinstance(file, bytes) else read_bytes(Path(file).expanduser())
    called = shown(name or (_UNNAMED if isinstance(file, bytes) else Path(file).name))
    own = None if mapping else own_table(data, called, sheet)
    if own is not None:
        return restore(own, into, day_first=day_first, year=year, dry_run=dry_run)
    answers = Answers(read_statuses(statuses), day_first, year)
    tracker = _read(read_table(data, called, sheet), mapping, answers)
    return _look(into, tracker) if dry_run else _take(into, progress or _unseen, tracker)


@dataclass(frozen=True)
class _Tracker:
    """A tracker that has been read: its table, what its columns hold, and what was found in it."""

    table: Table
    mapped: Mapped
    reading: Reading


def _read(table: Table, mapping: Mapping[str, str | None] | None, answers: Answers) -> _Tracker:
    mapped = map_columns(table, mapping)
    reading = read_rows(table, mapped, answers)
    reading.remarks += remarks_on(table, mapped, mapping)
    return _Tracker(table, mapped, reading)


def _look(log: OutcomeLog, tracker: _Tracker) -> ImportReport:
    with log._file.reading() as db:
        plan = match(tracker.reading.entries, db)
    return _report(tracker, plan, None, dry_run=True)


def _take(log: OutcomeLog, progress: Progress, tracker: _Tracker) -> ImportReport:
    with log._file.writing() as db:
        plan = match(tracker.reading.entries, db)
        number = _write(db, plan, tracker.table, log._now(), progress) if plan.digests else None
    return _report(tracker, plan, number, dry_run=False)


def _write(db: Connection, plan: Plan, table: Table, now: str, progress: Progress) -> int:
    given = {"file": table.name, "made_at": now, "rows": len(plan.digests), "digests": b"".join(plan.digests)}
    number = insert(db, "intake", given)
    same = {"created_at": now, "changed_at": now, "intake": number}
    total, done = sum(plan.sizes), 0
    for kind, columns in (("application", plan.applications), ("event", plan.events)):
        for more in insert_columns(db, kind, columns, same):
            done += more
            progress(done, total)
    return number


def _unseen(_done: int, _total: int) -> None:
    """Tell nobody."""


def _report(tracker: _Tracker, plan: Plan, number: int | None, *, dry_run: bool) -> ImportReport:
    reading, (applications, events) = tracker.reading, plan.sizes
    return ImportReport(
        name=tracker.table.name,
        imported=len(plan.digests),
        skipped=tuple(sorted([*reading.skipped, *plan.skipped])),
        mapping={heading: None if column is None else str(column) for heading, column in tracker.mapped.items()},
        samples={heading: _sample(tracker.table, at) for at, heading in enumerate(tracker.table.columns)},
        first=tuple(reading.first),
        sheets=tracker.table.sheets,
        statuses=reading.statuses,
        unknown_statuses=tuple(reading.unknown),
        questions=tuple(reading.questions),
        remarks=tuple(sorted([*reading.remarks, *plan.remarks])),
        number=number,
        applications=applications,
        events=events,
        dry_run=dry_run,
    )


def _sample(table: Table, at: int) -> tuple[str, ...]:
    cells = (row[at].strip() for row in table.rows[:_SEARCHED])
    return tuple(islice(dict.fromkeys(filter(None, cells)), _SAMPLES))
