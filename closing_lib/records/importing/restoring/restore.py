"""The restoration itself: an exported history back into a log, in one transaction, with a report that loses no row."""

from __future__ import annotations

from collections.abc import Iterable

from closing_lib.records.connection import Connection
from closing_lib.records.exporting.columns import Record
from closing_lib.records.importing.report import FirstRow, ImportReport
from closing_lib.records.importing.restoring.entries import Entries, Entry, read_entries
from closing_lib.records.importing.restoring.placing import Places, place
from closing_lib.records.importing.table import Table
from closing_lib.records.log import OutcomeLog
from closing_lib.records.rows import insert

_FIRST = 5  # rows that are shown as they were read
_STAMPED = ("created_at", "changed_at")


def restore(
    table: Table, into: OutcomeLog, *, day_first: bool | None = None, year: int | None = None, dry_run: bool = False
) -> ImportReport:
    """Take an exported history into a log: what is there already is left as it is, all else comes as it was.

    Assessments keep their times, their locks and their marks of hindsight. One that comes unlocked is locked by what
    the log knows, as if it had been entered now.

    Parameters
    ----------
    table : Table
        The history.
    into : OutcomeLog
        The log.
    day_first, year, dry_run
        As in `import_csv`.
    """
    entries = read_entries(table, day_first, year)
    if dry_run:
        with into._file.reading() as db:
            return _report(table, entries, place(entries.found, db), None, dry_run=True)
    with into._file.writing() as db:
        places = place(entries.found, db)
        _adopt(db, entries.person)
        number = _write(db, places, table.name, into._now()) if places.digests else None
    return _report(table, entries, places, number, dry_run=False)


def _adopt(db: Connection, person: int | None) -> None:
    """Make a log in which nothing is yet that of the same person."""
    if person and not db.run("SELECT 1 FROM application UNION ALL SELECT 1 FROM draw LIMIT 1"):
        db.run("UPDATE person SET person = ?", [person])


def _write(db: Connection, places: Places, name: str, now: str) -> int:
    given = {"file": name, "made_at": now, "rows": len(places.digests), "digests": b"".join(places.digests)}
    number = insert(db, "intake", given)
    for record, spots in places.new.items():  # events last of all that they lock, so that what came locked stays so
        stamps = dict.fromkeys(_STAMPED, now) if record in (Record.APPLICATION, Record.INTERVIEW, Record.EVENT) else {}
        rows = [{str(record): spot.number} | spot.values | stamps | {"intake": number} for spot in spots]
        if rows:
            names, marks = ", ".join(f'"{name}"' for name in rows[0]), ", ".join("?" * len(rows[0]))
            sql = f"INSERT INTO {record} ({names}) VALUES ({marks})"  # noqa: S608  # names of our own fields
            db.run_many(sql, [[*row.values()] for row in rows])
    return number


def _report(table: Table, entries: Entries, places: Places, number: int | None, *, dry_run: bool) -> ImportReport:
    counts = {f"{record}s": len(spots) for record, spots in places.new.items()}
    return ImportReport(
        name=table.name,
        imported=len(places.digests),
        skipped=tuple(sorted(entries.skipped + places.skipped)),
        first=_first(entries.found),
        questions=entries.questions,
        number=number,
        dry_run=dry_run,
        **counts,  # type: ignore[arg-type]  # whole numbers, all of them
    )


def _first(entries: Iterable[Entry]) -> tuple[FirstRow, ...]:
    """Give the first applications, each with what has happened to it."""
    found = [*entries]
    shown = [one for one in found if one.record is Record.APPLICATION][:_FIRST]
    happened: dict[int | None, list[tuple[str, str | None]]] = {one.number: [] for one in shown}
    for one in found:
        if one.record is Record.EVENT and one.of["application"] in happened:
            happened[one.of["application"]].append((one.values["kind"], one.values["on"]))
    return tuple(
        FirstRow(
            one.line, one.values["company"], one.values["role"], one.values["applied_on"], tuple(happened[one.number])
        )
        for one in shown
    )
