"""Files counted: each as a person's log or by the one query, here or by the workers of Dask, and their sums added.

What a lost worker had counted is counted again by another, and since the tasks only read, the result is the same. The
kit never starts a cluster: it would listen on ports of this machine, where Dask asks nobody who they are.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TextIO

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.files import require_file
from closing_lib.outcomes.asks import History, asks
from closing_lib.outcomes.counting.files import EXPORT, LOG, Paths, Source, looked_at, matching
from closing_lib.outcomes.counting.frames import FILE, count_frame, settled, within_limit
from closing_lib.outcomes.counting.query import about, connected
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records.backup import read_history
from closing_lib.records.file_names import shown
from closing_lib.records.others import OthersLog

if TYPE_CHECKING:
    import duckdb
    from distributed import Client

Share = Callable[[float], object]
Report = Callable[[int, int], object]
PATIENCE = 1.0  # seconds in which nothing is said: most work is done by then
PAUSE = 0.25  # seconds between two sentences
_LEFT_OUT = ("person", "month")  # counted by where they are asked for; a room has a person besides
FILES, _ROWS = 16, 1 << 20  # at most in one task: each file costs something to open, and a task should be short
_SHAPE = attrgetter("shape")
_SECURE = "tls://"


def count_files(
    what: Paths, by: Sequence[str] | None, as_of: dt.date, progress: Report | bool, client: Client | None = None
) -> pd.DataFrame:
    """Count files together, by the workers of a cluster where there is a client of one.

    Raises
    ------
    ValueError
        If a file cannot be read or counted, or one lacks a column to count by. Then nothing is counted.
    """
    sources = looked_at(matching(what))
    wanted = _in_common(sources) if by is None else _asked_for(sources, by)
    keys = [*wanted]
    if len(sources) > 1 and ("person" in wanted or any("person" in source.shape.names for source in sources)):
        keys = [FILE, "person", *(name for name in wanted if name != "person")]
    with Progress(progress, _rows(sources)) as so_far:
        count = partial(partial_sum, by=keys, as_of=as_of)
        found = _by_workers(client, sources, count, so_far) if client else count(sources, reach=so_far.reach)
        so_far.reach(_rows(sources))
    if FILE in keys:
        return count_frame(settled(found, [str(source.path) for source in sources]), wanted)
    if by is None and "person" in wanted and found["person"].nunique() <= 1:
        is_total = len(found) > 0 and found["person"].isna().all()  # of several people, who are not told apart
        return found if is_total else count_frame(found, wanted[1:])
    return found


def _rows(sources: Iterable[Source]) -> int:
    return sum(source.rows for source in sources)


def _in_common(sources: Sequence[Source]) -> tuple[str, ...]:
    columns = [name for name in KEYS if name not in _LEFT_OUT]
    common = [name for name in columns if all(name in source.shape.names for source in sources)]
    lacking = [name for name in columns if name not in common and any(name in source.shape.names for source in sources)]
    if not common:
        raise InvalidAnswer(
            text("many_files.nothing_common", name=sources[0].path, known=", ".join(sources[0].shape.names))
        )
    if lacking:
        first = next(source.path for source in sources if not {*lacking} <= {*source.shape.names})
        told = text("many_files.fewer", lacking=", ".join(lacking), name=first, common=", ".join(common))
        warnings.warn(told, stacklevel=5)
    is_room = len(sources) > 1 or "person" in sources[0].shape.names
    return ("person", *common) if is_room else tuple(common)


def _asked_for(sources: Sequence[Source], by: Sequence[str]) -> tuple[str, ...]:
    for source in sources:
        for name in by:
            if name not in source.shape.names and (name != "person" or len(sources) == 1):
                known = ", ".join(column for column in source.shape.names if column != "n")
                raise InvalidAnswer(text("many_files.no_column", name=source.path, column=name, known=known))
    return tuple(by)


# --- Here


def partial_sum(
    sources: Iterable[Source],
    by: Sequence[str],
    as_of: dt.date,
    threads: int | None = None,
    reach: Callable[[int], object] = lambda _rows: None,
) -> pd.DataFrame:
    """Count some files; ``reach`` is told how many lines were counted so far, and can stop it by raising something.

    The open interviews of a log have waited up to a day; threads are as many as there are processors, if none are said.
    """
    every, parts, before = sorted(sources, key=_SHAPE), [], 0
    files = [source.path for source in every if source.shape.kind not in (LOG, EXPORT)]
    with connected(files, threads) if files else nullcontext() as database:
        for shape, group in groupby(every, key=_SHAPE):
            some = [*group]

            def so_far(share: float, before: int = before, rows: int = _rows(some)) -> object:
                return reach(before + int(share * rows))

            if database is None or shape.kind in (LOG, EXPORT):
                parts.append(_of_logs(some, by, as_of, so_far))
            else:
                parts.append(_of_shape(database, some, by, so_far))
            before += _rows(some)
            reach(before)
    return total(parts, by)


def total(parts: Sequence[pd.DataFrame], by: Sequence[str]) -> pd.DataFrame:
    """What several partial sums count together."""
    if len(parts) > 1:
        return count_frame(pd.concat(parts, ignore_index=True), by)
    return count_frame(parts[0], by) if parts[0]["n"].min() == 0 else within_limit(parts[0])


def _of_logs(sources: Sequence[Source], by: Sequence[str], as_of: dt.date, reach: Share) -> pd.DataFrame:
    parts = []
    for place, source in enumerate(sources, start=1):
        with about(source.path):
            require_file(source.path)  # what is there may have changed since, or on this machine of several
            log: History = OthersLog(source.path) if source.shape.kind == LOG else read_history(source.path)
            found = asks(log, as_of)
        parts.append(count_frame(_numbered(found.assign(n=1), source.number), by))
        reach(place / len(sources))
    return total(parts, by)


def _of_shape(
    database: duckdb.DuckDBPyConnection, sources: Sequence[Source], by: Sequence[str], reach: Share
) -> pd.DataFrame:
    """Count files that the same query reads; what is wrong with one is said of that one."""
    for source in sources:
        with about(source.path):
            require_file(source.path)
    shape = sources[0].shape
    there = [name for name in by if name != "person" or name in shape.names]
    try:
        with about(sources[0].path):
            found = shape.counted(database, [source.path for source in sources], there, reach)
    except ValueError:
        for source in sources if len(sources) > 1 else ():
            _of_shape(database, [source], by, lambda _share: None)
        raise
    numbers = np.array([source.number for source in sources])
    return _numbered(found, numbers[found[FILE]])[[*by, "n"]] if FILE in found else found


def _numbered(found: pd.DataFrame, number: int | npt.NDArray[np.int64]) -> pd.DataFrame:
    """Put the number of its file beside each line, and of a person that none was given."""
    person = found["person"] if "person" in found else pd.Series(pd.NA, index=found.index, dtype="Int64")
    return found.assign(person=person, **{FILE: number})


# --- By the workers of Dask


def client_at(address: str | None) -> AbstractContextManager[Client | None]:
    """A client of the cluster at an address, or the one that is there; None where there is none.

    Raises
    ------
    ValueError
        If the address has no TLS: nobody would be asked who they are, at neither end.
    """
    if address is None:
        return nullcontext(_client_that_is_there())
    if not address.startswith(_SECURE):
        raise InvalidAnswer(text("many_files.no_tls", address=shown(address)))
    from distributed import Client  # noqa: PLC0415  # slow to load

    try:  # the certificates are those of Dask's own configuration: distributed.comm.tls
        return Client(address, set_as_default=False)  # type: ignore[no-any-return]
    except (OSError, TypeError, ValueError) as error:  # a TypeError where there is no certificate
        raise InvalidAnswer(
            text("many_files.no_cluster", address=shown(address), error=str(error).rstrip("."))
        ) from error


def _client_that_is_there() -> Client | None:
    if "distributed" not in sys.modules:  # which is slow to load, and nobody who has a client has not loaded it
        return None
    from distributed import get_client  # noqa: PLC0415

    try:
        there = get_client()
    except ValueError:
        return None
    return None if there.status == "closed" else there


def _by_workers(
    client: Client, sources: Sequence[Source], count: partial[pd.DataFrame], progress: Progress
) -> pd.DataFrame:
    """Count by tasks, and add what they give as it comes."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415

    futures = client.map(partial(count, threads=1), tasks := [*_shares(sources)], pure=False)
    rows = {future.key: _rows(task) for future, task in zip(futures, tasks, strict=True)}
    by, parts, done = count.keywords["by"], [], 0
    try:
        for future in as_completed(futures, loop=client.loop):
            parts.append(future.result())
            done += rows[future.key]
            progress.reach(done)
            if sum(map(len, parts[1:])) > len(parts[0]):  # so that little waits, and each is added only a few times
                parts = [total(parts, by)]
    except KilledWorker:
        raise RuntimeError(text("many_files.lost")) from None
    finally:
        client.cancel(futures)  # so that a cluster that goes on does not go on with this
    return total(parts, by)


def _shares(sources: Iterable[Source]) -> Iterator[list[Source]]:
    some: list[Source] = []
    for source in sources:
        if some and (len(some) == FILES or _rows([*some, source]) > _ROWS):
            yield some
            some = []
        some.append(source)
    yield some


# --- How far it has come


class Progress:
    """Says how far work has come, after a moment: to a callable, or to a person who watches (True)."""

    def __init__(self, wanted: Report | bool, total: int) -> None:
        self._total, self._done, self._written = max(1, total), 0, 0
        self._stream = watched() if wanted is True else None
        self._report = wanted if callable(wanted) else self._say if self._stream else None
        self._next = time.monotonic() + PATIENCE

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        """Wipe the sentence away."""
        if self._stream and self._written:
            self._stream.write("\r" + " " * self._written + "\r")
            self._stream.flush()

    def reach(self, done: int) -> None:
        """Say that so much is done; what is no more than before is not said."""
        if done > self._done and self._report:
            self._done = min(done, self._total)
            self._report(self._done, self._total)

    def _say(self, done: int, total: int) -> None:
        if self._stream is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        sentence = text("many_files.progress", share=percent(done / total))
        self._stream.write("\r" + sentence.ljust(self._written))
        self._stream.flush()
        self._written = max(self._written, len(sentence))


def watched() -> TextIO | None:
    """Where a person is watching: the terminal, or the output of a notebook's cell; None where nobody is."""
    if sys.stderr is not None and sys.stderr.isatty():
        return sys.stderr
    return sys.stdout if type(sys.stdout).__module__.startswith("ipykernel.") else None
