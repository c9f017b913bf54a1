"""From a tally to counts in groups, and the rates that the counts allow: none below five."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.counting.frames import whole_numbers
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import OPEN

MIN_N = 5  # a cell with fewer answers has its count and no percentage
PROGRESSED = (EventKind.ADVANCED, EventKind.OFFER)
SET_ASIDE = (EventKind.WITHDREW, OPEN)  # neither moved forward nor not: the person left, or no answer yet
GROUPS = ("band", "used", "followed", "thanks")  # columns whose values have a name in sentences
COUNTS = ["n", "progressed", "open", "withdrew"]
BOUNDS = ["if_open_fail", "if_open_succeed"]
_FEW = 1000  # whole numbers up to this are their own places
Cells = npt.NDArray[np.int64]
SHARES = ["rate", "low", "high", *BOUNDS]


def count(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally: ``n`` with an answer, ``progressed`` of them, ``open`` and ``withdrew``.

    What is not recorded in one of the columns is in no group.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    groups = [*by]
    cells, each, coded = _cells(t, [*groups, "outcome"])
    occurs: npt.NDArray[np.bool_] = each.any(axis=-1)  # type: ignore[assignment]  # an array, having two dimensions
    outcome = coded[-1]
    are = {
        "n": ~outcome.isin(SET_ASIDE),
        "progressed": outcome.isin(PROGRESSED),
        "open": outcome == OPEN,
        "withdrew": outcome == EventKind.WITHDREW,
    }
    counts = {name: cells[occurs][:, is_one].sum(axis=1) for name, is_one in are.items()}
    here = np.nonzero(occurs)
    found = {name: values.take(at) for name, at, values in zip(groups, here, coded, strict=False)}
    return pd.DataFrame(found | counts).astype(dict.fromkeys(COUNTS, "int64"))


def summed(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally that occurs: ``n``. What is not recorded in one of the columns is in no group.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    cells, occurs, coded = _cells(t, by)
    here = np.nonzero(occurs)
    found = {name: values.take(at) for name, at, values in zip(by, here, coded, strict=True)}
    return pd.DataFrame(found | {"n": cells[occurs]}).astype({"n": "int64"})


def _cells(t: pd.DataFrame, by: Sequence[str]) -> tuple[Cells, npt.NDArray[np.bool_], list[pd.Index]]:
    """Give the counts in a cell for each combination of values, which of them occur, and the values of each column."""
    need(t, by)
    coded = [_coded(t[name]) for name in by]
    sizes = tuple(len(values) + 1 for _, values in coded)  # the last is for what is missing
    place = np.zeros(len(t), dtype=np.int64)
    for (codes, _), size in zip(coded, sizes, strict=True):
        place *= size
        place += codes
    known = tuple(slice(size - 1) for size in sizes)
    n = whole_numbers(t["n"]).to_numpy()
    cells = np.bincount(place, weights=n, minlength=math.prod(sizes)).reshape(sizes)[known].astype(np.int64)
    return cells, cells > 0, [values for _, values in coded]


def _coded(column: pd.Series) -> tuple[npt.NDArray[np.int64], pd.Index]:
    """Give the place of each value among all that there can be, in their order, or after them where it is missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        every: pd.Index = pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
        codes = column.cat.codes.to_numpy()
        return np.where(codes < 0, len(every), codes).astype(np.int64), every
    if pd.api.types.is_integer_dtype(column.dtype):
        is_missing = column.isna().to_numpy()
        whole = column.to_numpy(dtype=np.int64, na_value=0)
        top = int(whole.max(initial=0))
        if top < _FEW and whole.min(initial=0) >= 0:
            return np.where(is_missing, top + 1, whole), pd.Index(range(top + 1), dtype=column.dtype)
    codes, values = column.factorize(sort=True)
    return np.where(codes < 0, len(values), codes), pd.Index(values)


def total(t: pd.DataFrame) -> pd.Series:
    """Count a whole tally, as `count` does each group."""
    return count(t.assign(all=0), ["all"])[COUNTS].sum()


def check_group(by: str) -> None:
    """Refuse a column whose groups have no name, and name the choices."""
    if by not in GROUPS:
        raise ValueError(f"There are no groups by {shown(by)}; choose one of {', '.join(GROUPS)}.")


def need(t: pd.DataFrame, columns: Sequence[str]) -> None:
    """Ask for the columns that a result is counted by.

    Raises
    ------
    ValueError
        If the tally lacks one.
    """
    if lacking := [name for name in [*columns, "n"] if name not in t]:
        raise ValueError(text("many_files.lacks_column", column=lacking[0]))


def with_rates(counted: pd.DataFrame, method: str = "wilson") -> pd.DataFrame:
    """Put rates, their intervals and the bounds that the open ones leave beside counts, from n = 5."""
    columns = (counted[name].tolist() for name in ("n", "progressed", "open"))
    rows = [_shares(n, progressed, still_open, method) for n, progressed, still_open in zip(*columns, strict=True)]
    shares = pd.DataFrame(rows, columns=SHARES, index=counted.index, dtype="float64")
    by = [name for name in counted if name not in COUNTS]
    order = [*by, "n", "progressed", "rate", "low", "high", "open", "withdrew", *BOUNDS]
    return pd.concat([counted, shares], axis="columns")[order]


def _shares(n: int, progressed: int, still_open: int, method: str) -> tuple[float, ...]:
    if n < MIN_N:
        return (float("nan"),) * len(SHARES)
    everyone = n + still_open
    return (
        progressed / n,
        *rate_interval(progressed, n, method),
        progressed / everyone,
        (progressed + still_open) / everyone,
    )
