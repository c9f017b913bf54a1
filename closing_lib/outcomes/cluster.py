"""Files counted by several processes: on the Dask cluster that is there, or on one of this machine for so long.

Each task counts some pieces of files and sends back a small table of numbers; the tables are added in a tree. What a
lost worker had counted is counted again by another, and since the tasks only read, the result is the same.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from closing_lib.outcomes.counted import Counted, added
from closing_lib.outcomes.files import Work, count_pieces
from closing_lib.outcomes.kinds import PIECE
from closing_lib.outcomes.progress import Progress, Report

if TYPE_CHECKING:
    from distributed import Client

_FILES = 16  # files at most in one task: each costs something to open, and a task should be short
_TOGETHER = 8  # tables that are added in one task
_FEWEST, _MOST = 2, 8  # processes of a cluster of our own


def count_on_cluster(work: Work, progress: Report | bool) -> Counted:
    """Count the pieces of files by the workers of a Dask cluster."""
    tasks = tuple(_tasks(work))
    with Progress(progress, work.rows) as shown, _client(len(tasks)) as client:
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


@contextmanager
def _client(tasks: int) -> Iterator[Client]:
    """Give the client that is there, or one of our own cluster, which is closed again."""
    there = _client_that_is_there()
    if there is not None:
        yield there
        return
    with _own_cluster(min(tasks, max(_FEWEST, min(_MOST, os.cpu_count() or 1)))) as client:
        yield client


def _client_that_is_there() -> Client | None:
    from distributed import get_client  # noqa: PLC0415  # slow to load

    try:
        there = get_client()
    except ValueError:
        return None
    return None if there.status == "closed" else there


@contextmanager
def _own_cluster(workers: int) -> Iterator[Client]:
    """Give a cluster on this machine that nobody else can reach, and leave nothing of it behind."""
    from dask import config  # noqa: PLC0415  # slow to load
    from distributed import Client, LocalCluster  # noqa: PLC0415  # slow to load

    local = "127.0.0.1:0"  # distributed insists on a port for its pages, which nobody needs: any that is free
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        config.set({"temporary-directory": folder}),  # of the scheduler too
        _no_main_file(),
        LocalCluster(
            n_workers=0,  # they come below, where an interruption ends them
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=local,
            worker_dashboard_address=local,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        cluster.scale(workers)
        yield client


@contextmanager
def _no_main_file() -> Iterator[None]:
    """Let new processes not run the person's script again: they need nothing of it, and it may have no main guard."""
    main = sys.modules["__main__"]
    space = vars(main)
    kept: dict[str, Any] = {name: space[name] for name in ("__file__", "__spec__") if name in space}
    space.pop("__file__", None)
    space["__spec__"] = None
    try:
        yield
    finally:
        space.update(kept)
