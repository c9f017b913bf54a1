"""The same query by the workers of a Dask cluster: each counts some of the files, and their sums are added here.

What a lost worker had counted is counted again by another, and since the tasks only read, the result is the same. The
kit never starts a cluster: it would listen on ports of this machine, where Dask asks nobody who they are.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from closing_lib.content import text
from closing_lib.outcomes.counting.count import Work, partial_sum, total
from closing_lib.outcomes.counting.progress import Progress
from closing_lib.outcomes.counting.sources import Source
from closing_lib.records.file_names import shown

if TYPE_CHECKING:
    from distributed import Client

_FILES, _ROWS = 16, 1 << 20  # at most in one task: each file costs something to open, and a task should be short
_SECURE = "tls://"


def sum_on(address: str | None) -> Callable[[Work, Progress], pd.DataFrame] | None:
    """What has work done by the cluster at an address, or by the client that is there; None where there is none.

    Raises
    ------
    ValueError
        If the address has no TLS: nobody would be asked who they are, at neither end.
    """
    if address is None:
        client = _client_that_is_there()
        return None if client is None else partial(_sum, nullcontext(client))
    if not address.startswith(_SECURE):
        raise ValueError(text("many_files.no_tls", address=shown(address)))
    return partial(_sum, _connected(address))


def _connected(address: str) -> AbstractContextManager[Client]:
    from distributed import Client  # noqa: PLC0415  # slow to load

    try:  # the certificates are those of Dask's own configuration: distributed.comm.tls
        return Client(address, set_as_default=False)  # type: ignore[no-any-return]
    except (OSError, TypeError, ValueError) as error:  # a TypeError where there is no certificate
        raise ValueError(text("many_files.no_cluster", address=shown(address), error=str(error).rstrip("."))) from error


def _sum(connected: AbstractContextManager[Client], work: Work, progress: Progress) -> pd.DataFrame:
    from distributed import KilledWorker  # noqa: PLC0415

    with connected as client:
        try:
            return _sum_by(client, work, progress)
        except KilledWorker:
            raise RuntimeError(text("many_files.lost")) from None


def _sum_by(client: Client, work: Work, progress: Progress) -> pd.DataFrame:
    from distributed import as_completed  # noqa: PLC0415

    tasks = [replace(work, sources=some, threads=1) for some in _shares(work)]
    futures = client.map(partial_sum, tasks, pure=False)
    rows = {future.key: task.rows for future, task in zip(futures, tasks, strict=True)}
    parts: list[pd.DataFrame] = []
    done = 0
    try:
        for future in as_completed(futures, loop=client.loop):
            parts.append(future.result())
            done += rows[future.key]
            progress.reach(done)
            if sum(map(len, parts[1:])) > len(parts[0]):  # so that little waits, and each is added only a few times
                parts = [total(parts, work.by)]
    finally:
        client.cancel(futures)  # so that a cluster that goes on does not go on with this
    return total(parts, work.by)


def _shares(work: Work) -> Iterator[tuple[tuple[int, Source], ...]]:
    """Put small files together."""
    some: list[tuple[int, Source]] = []
    rows = 0
    for number, source in work.sources:
        if some and (len(some) == _FILES or rows + source.rows > _ROWS):
            yield tuple(some)
            some, rows = [], 0
        some.append((number, source))
        rows += source.rows
    yield tuple(some)


def _client_that_is_there() -> Client | None:
    if "distributed" not in sys.modules:  # which is slow to load, and nobody who has a client has not loaded it
        return None
    from distributed import get_client  # noqa: PLC0415

    try:
        there = get_client()
    except ValueError:
        return None
    return None if there.status == "closed" else there
