"""Files counted: each as a person's log or by the one query, their partial sums added, and their people kept apart."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.content import text
from closing_lib.files import require_file
from closing_lib.outcomes.asks import History, asks
from closing_lib.outcomes.counting.frames import count_frame, within_limit
from closing_lib.outcomes.counting.paths import Paths, about, matching
from closing_lib.outcomes.counting.people import FILE, settled
from closing_lib.outcomes.counting.progress import Progress, Report
from closing_lib.outcomes.counting.query import Reader, Unfit, counted, explained, sql_errors, typed_columns
from closing_lib.outcomes.counting.sources import LOG, LOGS, Source, looked_at
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records.errors import LogError
from closing_lib.records.exporting import read_history
from closing_lib.records.others import OthersLog

_LEFT_OUT = ("person", "month")  # counted by where they are asked for; a room has a person besides


@dataclass(frozen=True)
class Work:
    """What is to be counted: files, each with its number."""

    sources: tuple[tuple[int, Source], ...]
    by: tuple[str, ...]
    as_of: dt.date  # up to which the open interviews of a log have waited
    threads: int | None = None  # None: as many as there are processors

    @property
    def rows(self) -> int:
        """How many lines there are, about."""
        return sum(source.rows for _, source in self.sources)


def count_files(
    what: Paths,
    by: Sequence[str] | None,
    as_of: dt.date,
    progress: Report | bool,
    sum_up: Callable[[Work, Progress], pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Count files together, by ``sum_up`` where it is given: what has the work done elsewhere.

    Raises
    ------
    ValueError
        If a file cannot be read or counted, or one lacks a column to count by. Then nothing is counted.
    """
    sources = looked_at(matching(what))
    wanted = _in_common(sources) if by is None else _asked_for(sources, by)
    keys = [*wanted]
    if len(sources) > 1 and ("person" in wanted or any("person" in source.names for source in sources)):
        keys = [FILE, "person", *(name for name in wanted if name != "person")]
    work = Work(tuple(enumerate(sources)), tuple(keys), as_of)
    with Progress(progress, work.rows) as shown:
        found = (sum_up or _here)(work, shown)
        shown.reach(work.rows)
    if FILE in keys:
        return count_frame(settled(found, [str(source.path) for source in sources]), wanted)
    if by is None and "person" in wanted and found["person"].nunique() <= 1:  # nobody is to be told apart
        return count_frame(found, wanted[1:])
    return found


def partial_sum(work: Work, reach: Callable[[int], object] = lambda _rows: None) -> pd.DataFrame:
    """Count some files; ``reach`` is told how many lines were counted so far, and can stop it by raising something."""
    parts, before = [], 0
    for shape, group in groupby(sorted(work.sources, key=_shape), key=_shape):
        some = replace(work, sources=tuple(group))

        def so_far(share: float, before: int = before, rows: int = some.rows) -> object:
            return reach(before + int(share * rows))

        parts.append((_of_logs if shape[0] in LOGS else _of_shape)(some, so_far))
        before += some.rows
        reach(before)
    return total(parts, work.by)


def total(parts: Iterable[pd.DataFrame], by: Sequence[str]) -> pd.DataFrame:
    """What several partial sums count together."""
    found = [*parts]
    if len(found) > 1:
        return count_frame(pd.concat(found, ignore_index=True), by)
    return count_frame(found[0], by) if found[0]["n"].min() == 0 else within_limit(found[0])


def _here(work: Work, shown: Progress) -> pd.DataFrame:
    return partial_sum(work, shown.reach)


def _shape(numbered: tuple[int, Source]) -> tuple[object, ...]:
    source = numbered[1]
    return source.kind, source.columns, source.heading, source.separator


def _of_logs(work: Work, reach: Callable[[float], object]) -> pd.DataFrame:
    parts = []
    for place, (number, source) in enumerate(work.sources, start=1):
        with about(source.path):
            require_file(source.path)  # what is there may have changed since, or on this machine of several
            log: History = OthersLog(source.path) if source.kind == LOG else read_history(source.path)
            found = asks(log, work.as_of)
        parts.append(count_frame(_numbered(found.assign(n=1), number), work.by))
        reach(place / len(work.sources))
    return total(parts, work.by)


def _of_shape(work: Work, reach: Callable[[float], object]) -> pd.DataFrame:
    """Count files that the same query reads; what is wrong with one is said of that one."""
    numbers, sources = zip(*work.sources, strict=True)
    first = sources[0]
    reader, paths = Reader(dict(first.columns), first.heading, first.separator), [source.path for source in sources]
    by = [name for name in work.by if name != "person" or name in first.names]
    for path in paths:
        with about(path):
            require_file(path)
    try:
        with sql_errors(paths[0]):
            codes = counted(reader, paths, by, threads=work.threads, reach=reach)
    except (Unfit, LogError) as error:
        if len(paths) > 1:
            for one in work.sources:
                _of_shape(replace(work, sources=(one,)), lambda _share: None)
        if len(paths) > 1 or isinstance(error, LogError):
            raise
        with about(paths[0]), sql_errors(paths[0]):
            raise explained(reader, paths[0], by) from None
    found = typed_columns(codes)
    return _numbered(found, np.array(numbers)[found[FILE]])[[*work.by, "n"]] if FILE in found else found


def _numbered(found: pd.DataFrame, number: int | npt.NDArray[np.int64]) -> pd.DataFrame:
    """Put the number of its file beside each line, and of a person that none was given."""
    person = found["person"] if "person" in found else pd.Series(pd.NA, index=found.index, dtype="Int64")
    return found.assign(person=person, **{FILE: number})


def _in_common(sources: Sequence[Source]) -> tuple[str, ...]:
    columns = [name for name in KEYS if name not in _LEFT_OUT]
    common = [name for name in columns if all(name in source.names for source in sources)]
    lacking = [name for name in columns if name not in common and any(name in source.names for source in sources)]
    if not common:
        raise ValueError(text("many_files.nothing_common", name=sources[0].path, known=", ".join(sources[0].names)))
    if lacking:
        first = next(source.path for source in sources if not {*lacking} <= {*source.names})
        told = text("many_files.fewer", lacking=", ".join(lacking), name=first, common=", ".join(common))
        warnings.warn(told, stacklevel=5)
    is_room = len(sources) > 1 or "person" in sources[0].names
    return ("person", *common) if is_room else tuple(common)


def _asked_for(sources: Sequence[Source], by: Sequence[str]) -> tuple[str, ...]:
    for source in sources:
        for name in by:
            if name not in source.names and (name != "person" or len(sources) == 1):
                known = ", ".join(column for column in source.names if column != "n")
                raise ValueError(text("many_files.no_column", name=source.path, column=name, known=known))
    return tuple(by)
