"""A list of changes: a row for each change of a status, and not for each application."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from closing_lib.records.importing.row_events import Entry


def as_changes(
    entries: Sequence[Entry], applied: Sequence[bool], running: Collection[int], *, is_certain: bool
) -> list[Entry]:
    """Take the day of each row for that of its status, where all of a file is a list of changes.

    It is one where rows of one company and role go on with each other: the first of them tells of nothing but the
    application, and each later one of what happened after it. Where any begins with what came of it, or one is applied
    for twice, it is a list of applications.

    Parameters
    ----------
    entries : sequence of Entry
        All rows of a file.
    applied : sequence of bool
        Of each, whether its status says that it was applied for.
    running : collection of int
        Where in the identity of a row its running number is, which tells no application from another here.
    is_certain : bool
        Whether it is a list of changes whatever its rows say: one that has a column for the status after.

    Returns
    -------
    list of Entry
        The same rows, each with the day on which its application began, those of one application in their order.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, entry in enumerate(entries):
        groups.setdefault((entry.whom, _without(entry.identity[:-1], running)), []).append(at)
    changed = [*entries]
    for group in groups.values() if len(groups) < len(entries) else ():
        group.sort(key=lambda at: entries[at].applied_on or "~")  # what has no day comes last
        if not is_certain and not _go_on([entries[at] for at in group], (applied[at] for at in group[1:])):
            return [*entries]
        days = [day for at in group if (day := entries[at].applied_on)]
        for place, at in zip(sorted(group), group, strict=True):
            changed[place] = _dated(entries[at], min(days, default=None), running)
    return changed


def _go_on(rows: Sequence[Entry], again: Iterable[bool]) -> bool:
    first, *others = rows
    return not first.told.events and not any(again) and all(row.applied_on and row.told.events for row in others)


def _dated(entry: Entry, applied_on: str | None, running: Collection[int]) -> Entry:
    events = tuple((kind, day or entry.applied_on, note) for kind, day, note in entry.told.events)
    told, identity = replace(entry.told, events=events), _without(entry.identity, running)
    return entry._replace(applied_on=applied_on, told=told, identity=identity)


def _without(identity: Sequence[str], running: Collection[int]) -> tuple[str, ...]:
    return tuple("" if at in running else cell for at, cell in enumerate(identity))
