"""Whose interviews a tally counts: one person's, several people's, or nobody knows whose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.content import text
from closing_lib.outcomes.statistics.clustered import FEWEST

MOST_OF_ONE = 250  # interviews; a tally of more that does not know its people is taken to be several people's


def is_room(t: pd.DataFrame) -> bool:
    """Tell whether a tally counts several people, and knows who is who."""
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
    """Number the people of a room from 0; those of whom it is not known who they are count as one."""
    known = t["person"].to_numpy(dtype=np.int64, na_value=-1) + 1
    return known if known.max(initial=0) <= len(t) else pd.factorize(known)[0]


def how_many(t: pd.DataFrame) -> int:
    """How many people a room has."""
    return int((np.bincount(numbered(t), weights=t["n"].to_numpy()) > 0).sum())


def people_count(t: pd.DataFrame) -> dict[str, Any]:
    """What a result of a room says about itself: how many people it counts."""
    return {"people": how_many(t)} if is_room(t) else {}


def of_room(t: pd.DataFrame, key: str = "results.room.together") -> Iterator[str]:
    """Say of a room that one person's interviews go together, and what a comparison makes of it."""
    if is_room(t):
        yield text(key, people=how_many(t))


def together(t: pd.DataFrame) -> Iterator[str]:
    """Say that one person's interviews go together, where a tally is of several people."""
    if is_room(t):
        people = how_many(t)
        yield text(f"results.room.{'few' if people < FEWEST else 'allowed'}", people=people, needed=FEWEST)
    elif is_total(t):
        yield text("results.room.lost")
