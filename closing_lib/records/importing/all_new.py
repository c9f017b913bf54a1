"""The fast road beside the log: what is written where each row is an application that nobody knew before."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from closing_lib.records.connection import Connection
from closing_lib.records.importing.clean import Clean
from closing_lib.records.importing.coded import Array, Coded, combined
from closing_lib.records.importing.matching import (
    APPLICATION,
    BETWEEN,
    EVENT,
    Key,
    Plan,
    applications_before,
    digests,
    key,
    next_number,
)
from closing_lib.records.importing.regular import Unusual
from closing_lib.records.imports import brought_before

if TYPE_CHECKING:
    import pyarrow as pa


def digests_of(cells: pa.Table) -> list[bytes]:
    """Give what tells the rows of a file apart; the careful road gives the same."""
    from pyarrow import binary, compute  # noqa: PLC0415  # slow to load

    columns = [column.cast(binary()) for column in cells.columns]
    return digests(compute.binary_join_element_wise(*columns, BETWEEN.encode()).to_pylist())


def match_new(clean: Clean, rows: Sequence[bytes], db: Connection) -> Plan:
    """Plan to add each row as a new application, with its events.

    Parameters
    ----------
    clean : Clean
        The file.
    rows : sequence of bytes
        The digests of its rows.
    db : Connection
        The log.

    Raises
    ------
    Unusual
        If two rows are of the same application, or one was there before.
    """
    before, first = brought_before(db), next_number(db)
    if _has_doubles(clean, db) or not before.keys().isdisjoint(rows if before else ()):
        raise Unusual
    texts = [column.spread().tolist() for column in (clean.company, clean.role, clean.source, clean.note)]
    company, role, source, note = texts
    applications = [range(first, first + len(rows)), company, role, clean.applied_on.tolist(), source, note]
    events = clean.events
    told = [(events.rows + first).tolist(), *(column.tolist() for column in (events.kinds, events.days, events.notes))]
    return Plan(
        dict(zip(APPLICATION, applications, strict=True)), dict(zip(EVENT, told, strict=True)), rows, is_all_new=True
    )


def _has_doubles(clean: Clean, db: Connection) -> bool:
    """Tell whether rows are of the same application, or of one that the log has."""
    columns = _keys(clean)
    numbers = combined(columns)
    if not pd.Index(numbers).is_unique:
        return True
    there = applications_before(db)
    return bool(there) and bool(np.isin(_numbers(columns, [key(*whom) for _, *whom in there]), numbers).any())


def _numbers(columns: Sequence[Coded], keys: Sequence[Key]) -> Array:
    """Give the numbers, among those that `combined` gives, of the keys whose parts all stand in the file."""
    places = [dict(zip(column.cells, itertools.count(), strict=False)) for column in columns]
    placed = np.array([[place.get(part, -1) for place, part in zip(places, one, strict=True)] for one in keys])
    found: Array = np.ravel_multi_index(
        [*placed[(placed >= 0).all(axis=1)].T], [len(column.cells) for column in columns]
    )
    return found


def _keys(clean: Clean) -> list[Coded]:
    days, known = pd.factorize(clean.applied_on)  # -1 where there is none
    columns = [clean.company, clean.role, Coded(days + 1, ["", *known])]
    return [column.read_as([(cell or "").casefold() for cell in column.cells]) for column in columns]
