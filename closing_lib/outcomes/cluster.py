"""Files counted by several processes: of the Dask cluster that is there, or of this machine for so long.

Each task counts some pieces of files and sends back a small table of numbers; on a cluster the tables are added in a
tree. What a lost worker had counted is counted again by another, and since the tasks only read, the result is the same.

A cluster of the kit's own would listen on ports of this machine, where Dask asks nobody who they are: any other user
could run code as this one. So without a client there is none, but processes behind pipes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from closing_lib.outcomes.counted import Counted, added
from closing_lib.outcomes.files import Work, count_pieces
from closing_lib.outcomes.kinds import PIECE
from closing_lib.outcomes.processes import count_in_processes
from closing_lib.outcomes.progress import Progress, Report

if TYPE_CHECKING:
    from distributed import Client

_FILES = 16  # files at most in one task: each costs something to open, and a task should be short
_TOGETHER = 8  # tables that are added in one task


def count_on_cluster(work: Work, progress: Report | bool) -> Counted:
    """Count the pieces of files by the workers of the Dask cluster that is there, or by processes of this machine."""
    tasks = tuple(_tasks(work))
    client = _client_that_is_there()
    with Progress(progress, work.rows) as shown:
        return count_in_processes(tasks, shown) if client is None else _count_by_dask(client, tasks, shown)


def _count_by_dask(client: Client, tasks: tuple[Work, ...], shown: Progress) -> Counted:
    parts = client.map(count_pieces, tasks, pure=False)
    rows = {part.key: task.rows for part, task in zip(parts, tasks, strict=True)}
    whole = _tree(client, parts)
    try:
        _watch(client, parts, rows, shown)
        return whole.result()  # type: ignore[no-any-return]  # distributed says nothing of results
    finally:
        for one in (whole, *parts):
            one.release()  # so that a cluster that goes on does not go on with this


def _tasks(work: Work) -> Iterator[Work]:
    """Put small pieces together."""
    some: list[Any] = []
    for piece in work.pieces:
        if some and (len(some) >= _FILES or sum(one.rows for one in some) + piece.rows > PIECE):
            yield replace(work, pieces=tuple(some))
            some = []
        some.append(piece)
    yield replace(work, pieces=tuple(some))


def _tree(client: Client, parts: list[Any]) -> Any:
    while len(parts) > 1:
        groups = (parts[place : place + _TOGETHER] for place in range(0, len(parts), _TOGETHER))
        parts = [client.submit(added, group, pure=False) for group in groups]
    return parts[0]


def _watch(client: Client, parts: list[Any], rows: dict[str, int], shown: Progress) -> None:
    """Say how far they have come until all are counted; a file that cannot be counted ends it."""
    from distributed import as_completed  # noqa: PLC0415  # slow to load

    done = 0
    for part in as_completed(parts, loop=client.loop):
        if part.status == "error":
            part.result()  # raises it
        done += rows[part.key]
        shown.reach(done)


def _client_that_is_there() -> Client | None:
    if "distributed" not in sys.modules:  # which is slow to load, and nobody who has a client has not loaded it
        return None
    from distributed import get_client  # noqa: PLC0415

    try:
        there = get_client()
    except ValueError:
        return None
    return None if there.status == "closed" else there
