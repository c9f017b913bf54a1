"""The import itself: recognise the file, read it, resolve it beside the log, write it in one transaction, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from closing_lib.arguments import validate_call
from closing_lib.records.backup.restoring import History
from closing_lib.records.connection import Connection
from closing_lib.records.file_names import shown
from closing_lib.records.importing.reading import Answers
from closing_lib.records.importing.report import ImportReport
from closing_lib.records.importing.source import File, Plan, Source
from closing_lib.records.importing.statuses import read_statuses
from closing_lib.records.importing.table import read_bytes
from closing_lib.records.importing.tracker import Tracker
from closing_lib.records.imports import take_back
from closing_lib.records.log import OutcomeLog
from closing_lib.records.rows import insert, insert_columns
from closing_lib.records.rows import replace as put

Progress = Callable[[int, int], object]  # is told what is done, and of how much

_UNNAMED = "file"
_SOURCES: tuple[type[Source], ...] = (History, Tracker)  # the first that recognises a file has it
_STAMPED = ("application", "interview", "event")  # the tables that tell when a row was changed


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
        What columns hold, by their headings, where the guess (``.mapping`` of the report) is wrong; None: nothing. For
        a file that is in already it replaces what was read of it before; what the person has added since stays.
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
    source = _recognised(File(data, called, sheet, mapping, Answers(read_statuses(statuses), day_first, year)))
    del data, file  # it takes as much room as the rows that were read of it
    found = source.read()
    if dry_run:
        with into._file.reading() as db:
            return _report(found, source.resolve(db), None, dry_run=True)
    with into._file.writing() as db:
        plan = source.resolve(db)
        number = _write(db, plan, called, into._now(), progress or _unseen)
    return _report(found, plan, number, dry_run=False)


def _recognised(file: File) -> Source:
    return next(source for kind in _SOURCES if (source := kind.recognise(file)) is not None)


def _write(db: Connection, plan: Plan, name: str, now: str, progress: Progress) -> int | None:
    if plan.person:
        db.run("UPDATE person SET person = ?", [plan.person])
    if not plan.digests:
        return None
    take_back(db, plan.replaced)
    digests = b"".join([*plan.digests, plan.mark])
    number = insert(db, "intake", {"file": name, "made_at": now, "rows": len(plan.digests), "digests": digests})
    for application, fields in plan.kept.items():
        put(db, "application", application, {**fields, "intake": number})
    total, done = sum(plan.sizes.values()), 0
    for table, columns in plan.new.items():
        stamps = {"created_at": now, "changed_at": now} if table in _STAMPED else {}
        for more in insert_columns(db, table, columns, {**stamps, "intake": number}):
            done += more
            progress(done, total)
    return number


def _unseen(_done: int, _total: int) -> None:
    """Tell nobody."""


def _report(found: ImportReport, plan: Plan, number: int | None, *, dry_run: bool) -> ImportReport:
    counts = {f"{table}s": size for table, size in plan.sizes.items()}
    return replace(
        found,
        imported=len(plan.digests),
        skipped=tuple(sorted([*found.skipped, *plan.skipped])),
        remarks=tuple(sorted([*found.remarks, *plan.remarks])),
        number=number,
        dry_run=dry_run,
        **counts,  # type: ignore[arg-type]  # whole numbers, all of them
    )
