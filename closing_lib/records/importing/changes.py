"""A list of changes: a row for each change of a status, and not for each application."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from closing_lib.records.importing.row_events import Entry


def as_changes(
    entries: Sequence[Entry], applied: Sequence[bool], running: Collection[int], *, is_certain: bool
) -> list[Entry]:
    """Take the day of each row for that of its status, where all of a file is a list of changes.

    It is one where rows of one company and role go on with each other: the first of them tells of nothing but the
    application, and the later ones of what happened after it. Where as many applications begin with what came of them,
    it is a list of applications.

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
    changed = [*entries]
    threads = [*_threads(entries, applied, running)]
    sound = [thread for thread in threads if is_certain or _goes_on([entries[at] for at in thread])]
    if not is_certain and sum(len(one) > 1 for one in sound) <= len(threads) - len(sound):
        return changed
    for thread in sound:
        days = [day for at in thread if (day := entries[at].applied_on)]
        for place, at in zip(sorted(thread), thread, strict=True):
            changed[place] = _dated(entries[at], min(days, default=None), running)
    return changed


def _threads(entries: Sequence[Entry], applied: Sequence[bool], running: Collection[int]) -> Iterator[list[int]]:
    """Give the places of the rows of each application by their days; it begins anew where it is applied for again."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, entry in enumerate(entries):
        groups.setdefault((entry.whom, *_without(entry.identity[:-2], running), entry.identity[-1]), []).append(at)
    for group in groups.values():
        # What has no day comes last, and of one day the application before what came of it.
        group.sort(key=lambda at: (entries[at].applied_on or "~", bool(entries[at].told.events)))
        begins = [number for number, at in enumerate(group) if number == 0 or applied[at]]
        yield from (group[one:other] for one, other in pairwise([*begins, len(group)]))


def _goes_on(rows: Sequence[Entry]) -> bool:
    first, *others = rows
    has_come_on = any(row.told.events for row in others) and all(row.applied_on for row in others)
    return not first.told.events and (has_come_on or not others)


def _dated(entry: Entry, applied_on: str | None, running: Collection[int]) -> Entry:
    events = tuple((kind, day or entry.applied_on, note) for kind, day, note in entry.told.events)
    told, identity = replace(entry.told, events=events), _without(entry.identity, running)
    return entry._replace(applied_on=applied_on, told=told, identity=identity)


def _without(identity: Sequence[str], running: Collection[int]) -> tuple[str, ...]:
    return tuple("" if at in running else cell for at, cell in enumerate(identity))
