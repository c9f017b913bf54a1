"""Whose interviews a tally counts: one person's, several people's, or nobody knows whose; and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.content import text
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST

MOST_OF_ONE = 250  # interviews; a tally of more that does not know its people is taken to be several people's


def is_room(t: pd.DataFrame) -> bool:
    """Whether a tally counts several people, and knows who is who."""
    if "person" not in t or t.empty:
        return False
    known = t["person"].to_numpy(dtype=np.int64, na_value=-1)
    return bool(known.max() >= 0 and known.min() != known.max())


def is_total(t: pd.DataFrame) -> bool:
    """Tell whether a tally counts several people without knowing who is who.

    That of a room that was saved has a ``person`` that is missing throughout; older files are told by their size.
    """
    if t.empty or ("person" in t and t["person"].notna().any()):
        return False
    return "person" in t or bool(t["n"].sum() > MOST_OF_ONE)


def numbered(t: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The people of a room from 0 on, none left out; those of whom it is not known who they are count as one."""
    known = t["person"].to_numpy(dtype=np.int64, na_value=-1) + 1
    if known.max(initial=0) > len(t):
        return pd.factorize(known)[0]
    return np.asarray(np.cumsum(np.bincount(known) > 0)[known] - 1)


def how_many(t: pd.DataFrame) -> int:
    """How many people a room has."""
    return int((np.bincount(numbered(t), weights=t["n"].to_numpy()) > 0).sum())


def of_room(t: pd.DataFrame, key: str = "results.room.together") -> Iterator[str]:
    """What a comparison within people makes of one person's interviews going together, where a tally is a room's."""
    if is_room(t):
        yield text(key, people=how_many(t))


def result_of(
    t: pd.DataFrame,
    kind: str,
    table: pd.DataFrame,
    told: Sequence[str],
    whole: str | None = None,
    *,
    caveats: Iterable[str] = (),
    **about: Any,
) -> Result:
    """A result of a tally that says last whose interviews these are, and of a room how many people it has."""
    if is_room(t):
        people = about["people"] = how_many(t)
        key = "few" if people < FEWEST else "allowed"
        last = [text(f"results.room.{key}", people=people, needed=FEWEST)]
    else:
        last = [text("results.room.lost")] if is_total(t) else []
    return Result.of(kind, table, told, whole, [*caveats, *last], **about)
