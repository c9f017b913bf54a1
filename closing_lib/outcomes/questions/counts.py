"""From a tally to counts in groups, and the rates that the counts allow: none below five."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.questions.people import is_room, numbered
from closing_lib.outcomes.statistics.clustered import FEWEST, clustered_rate
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import OPEN

MIN_N = 5  # a cell with fewer answers has its count and no percentage
PROGRESSED = (EventKind.ADVANCED, EventKind.OFFER)
SET_ASIDE = (EventKind.WITHDREW, OPEN)  # neither moved forward nor not: the person left, or no answer yet
GROUPS = ("band", "used", "followed", "thanks")  # columns whose values have a name in sentences
COUNTS = ["n", "progressed", "no_reply", "open", "withdrew"]
BOUNDS = ["if_open_fail", "if_open_succeed"]
SHARES = ["rate", "low", "high", *BOUNDS]
OF_PEOPLE = ["people", "design_effect", "effective_n"]  # what a room's rates have besides
_NAN = float("nan")
_FEW = 1000  # whole numbers up to this are their own places
Cells = npt.NDArray[np.int64]


class Groups(NamedTuple):
    """Groups of a tally, counted.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns that they are counted by, and `COUNTS`: ``n`` that are over and were not withdrawn, ``progressed``
        and ``no_reply`` of them; ``open`` and ``withdrew``.
    people : numpy.ndarray of int or None
        The same counts of each person, shape (COUNTS, groups, people); None where the tally is not of several people.
    """

    table: pd.DataFrame
    people: Cells | None


def count(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally: the table of `Groups`. What is not recorded in one of the columns is in no group.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    return _grouped(t, by, []).table


def grouped(t: pd.DataFrame, by: Sequence[str]) -> Groups:
    """Count each group of a tally as `count` does, and in a room each person's part of it."""
    if not is_room(t):
        return _grouped(t, by, [])
    return _grouped(t.assign(person=numbered(t)), by, ["person"])


def _grouped(t: pd.DataFrame, by: Sequence[str], within: Sequence[str]) -> Groups:
    cells, each, coded = _cells(t, [*by, *within, "outcome"])
    occurs: npt.NDArray[np.bool_] = each.any(axis=tuple(range(len(by), each.ndim)))  # type: ignore[assignment]
    outcome = coded[-1]
    are = {
        "n": ~outcome.isin(SET_ASIDE),
        "progressed": outcome.isin(PROGRESSED),
        "no_reply": outcome == EventKind.NO_REPLY,
        "open": outcome == OPEN,
        "withdrew": outcome == EventKind.WITHDREW,
    }
    counts = np.array([cells[occurs][..., are[name]].sum(axis=-1) for name in COUNTS])
    here = np.nonzero(occurs)
    found = {name: values.take(at) for name, at, values in zip(by, here, coded, strict=False)}
    sums = counts.sum(axis=2) if within else counts
    table = pd.DataFrame(found | dict(zip(COUNTS, sums, strict=True))).astype(dict.fromkeys(COUNTS, "int64"))
    return Groups(table, counts if within else None)


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
    cells = (
        np.bincount(place, weights=t["n"].to_numpy(), minlength=math.prod(sizes)).reshape(sizes)[known].astype(np.int64)
    )
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


def with_rates(groups: Groups, method: str = "wilson") -> pd.DataFrame:
    """Put rates, their intervals and bounds beside counts, from n = 5.

    "No reply" did not move forward, and is open as far as the upper bound goes. The rates of a room are cluster-robust,
    and missing below five people; beside them are ``people``, ``design_effect`` and ``effective_n``.
    """
    table = groups.table
    rows = [_bounds(*counts) for counts in table[["n", "progressed", "no_reply", "open"]].to_numpy().tolist()]
    bounds = pd.DataFrame(rows, columns=BOUNDS, index=table.index, dtype="float64")
    rates = _rates(table, method) if groups.people is None else _rates_of_people(groups.people)
    if groups.people is not None:
        bounds[rates["rate"].isna()] = _NAN
    by = [name for name in table if name not in COUNTS]
    order = [*by, "n", "progressed", *SHARES[:3], *COUNTS[2:], *BOUNDS, *(OF_PEOPLE if "people" in rates else [])]
    return pd.concat([table, rates, bounds], axis="columns")[order]


def _bounds(n: int, progressed: int, no_reply: int, still_open: int) -> tuple[float, float]:
    everyone = n + still_open
    return (progressed / everyone, (progressed + no_reply + still_open) / everyone) if n >= MIN_N else (_NAN, _NAN)


def _rates(table: pd.DataFrame, method: str) -> pd.DataFrame:
    counts = zip(table["progressed"].tolist(), table["n"].tolist(), strict=True)
    rows = [(k / n, *rate_interval(k, n, method)) if n >= MIN_N else (_NAN,) * 3 for k, n in counts]
    return pd.DataFrame(rows, columns=SHARES[:3], index=table.index, dtype="float64")


def _rates_of_people(people: Cells) -> pd.DataFrame:
    rows = [rate_of(k, n, is_room=True) for n, k in zip(*people[:2], strict=True)]
    found = pd.DataFrame(rows, columns=[*SHARES[:3], *OF_PEOPLE], dtype="float64")
    return found.astype({"people": "int64"})


def rate_of(k: Cells, n: Cells, *, is_room: bool) -> tuple[float, ...]:
    """Estimate a rate from counts by person, with its interval; of a room how many people, design effect, effective n.

    All but the number of people are missing where fewer than five are counted, and in a room below five people.
    """
    people, total = int((n > 0).sum()), int(n.sum())
    if total < MIN_N or (is_room and people < FEWEST):
        return (_NAN, _NAN, _NAN, people, _NAN, _NAN)
    if not is_room:
        return (k.sum() / total, *rate_interval(int(k.sum()), total), people, _NAN, _NAN)
    found = clustered_rate(k, n)
    return (found.rate, found.low, found.high, people, found.design_effect, found.effective_n)
