"""From a tally to counts in groups, and the rates that the counts allow: none below five."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer, shown
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.questions.people import is_room, numbered
from closing_lib.outcomes.statistics.clustered import FEWEST, clustered_rate
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES

MIN_N = 5  # a cell with fewer answers has its count and no percentage
GROUPS = ("band", "used", "followed", "thanks")  # columns whose values have a name in sentences
COUNTS = ["n", "progressed", "no_reply", "open", "withdrew"]
BOUNDS = ["if_open_fail", "if_open_succeed"]
SHARES = ["rate", "low", "high", *BOUNDS]
OF_PEOPLE = ["people", "design_effect", "effective_n"]  # what a room's rates have besides
_FEW = 1000  # whole numbers up to this are their own places
# What can come of an interview, in the order in which it is counted: a "no reply" did not move forward, and
# what is open or was withdrawn neither did nor did not.
PROGRESS, REFUSAL, SILENCE, STILL_OPEN, WITHDRAWAL = range(5)
_ENDS: dict[str, int] = {
    EventKind.ADVANCED: PROGRESS, EventKind.OFFER: PROGRESS, EventKind.REJECTED: REFUSAL, EventKind.NO_REPLY: SILENCE,
    OPEN: STILL_OPEN, EventKind.WITHDREW: WITHDRAWAL,
}  # fmt: skip
_END_OF = np.array([*(_ENDS[name] for name in OUTCOMES), -1])  # by the code of a word; the last: missing
Cells = npt.NDArray[np.int64]


class Groups(NamedTuple):
    """Groups of a tally, counted.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns that they are counted by, and `COUNTS`: ``n`` that are over and were not withdrawn, ``progressed``
        and ``no_reply`` of them; ``open`` and ``withdrew``.
    people : numpy.ndarray of int
        The same counts of each person, shape (COUNTS, groups, people); one person where the tally is not a room's.
    is_room : bool
        Whether it is.
    """

    table: pd.DataFrame
    people: Cells
    is_room: bool

    @property
    def method(self) -> str:
        """How its intervals are made."""
        return "clustered" if self.is_room else "wilson"


def ends_of(t: pd.DataFrame) -> Cells:
    """What came of each line: `PROGRESS`, ...; -1 where it is not recorded."""
    return np.asarray(_END_OF[t["outcome"].cat.codes.to_numpy()])


def count(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally, as `grouped` does, people thrown together: its table."""
    return _counted(t, by, None).table


def grouped(t: pd.DataFrame, by: Sequence[str]) -> Groups:
    """Count each group of a tally, and in a room each person's part of it.

    What is not recorded in one of the columns is in no group.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    return _counted(t, by, numbered(t) if is_room(t) else None)


def _counted(t: pd.DataFrame, by: Sequence[str], people: Cells | None) -> Groups:
    need(t, [*by, "outcome"])
    place, values = _placed(t, by)
    many = 1 if people is None else int(people.max()) + 1
    size, groups = place if people is None else place * many + people, math.prod(map(len, values)) + 1
    cell = ends_of(t) * (groups * many)
    cell += size
    cell[cell < 0] = 5 * groups * many
    found = np.bincount(cell, weights=t["n"].to_numpy(), minlength=5 * groups * many + 1)
    of_ends = found[:-1].reshape(5, groups, many)[:, :-1].astype(np.int64)
    occurs = np.flatnonzero(of_ends.sum(axis=2).any(axis=0))
    of_ends = of_ends[:, occurs]
    progress, _, silence, still, withdrawn = of_ends
    counts = np.stack([of_ends[: SILENCE + 1].sum(axis=0), progress, silence, still, withdrawn])
    sums = dict(zip(COUNTS, counts.sum(axis=2), strict=True))
    return Groups(pd.DataFrame(_named(by, values, occurs) | sums), counts, people is not None)


def summed(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally that occurs: ``n``. Groups and errors are those of `grouped`."""
    need(t, by)
    place, values = _placed(t, by)
    found = np.bincount(place, weights=t["n"].to_numpy(), minlength=math.prod(map(len, values)) + 1)[:-1]
    occurs = np.flatnonzero(found)
    return pd.DataFrame(_named(by, values, occurs) | {"n": found[occurs].astype(np.int64)})


def _placed(t: pd.DataFrame, by: Sequence[str]) -> tuple[Cells, list[pd.Index]]:
    """The group of each line, in the order of the columns' values, and these; the last group is of what is missing."""
    coded = [_coded(t[name]) for name in by]
    place, is_missing = np.zeros(len(t), dtype=np.int64), np.zeros(len(t), dtype=bool)
    for codes, values in coded:
        place *= len(values)
        place += codes
        is_missing |= codes < 0
    place[is_missing] = math.prod(len(values) for _, values in coded)
    return place, [values for _, values in coded]


def _named(by: Sequence[str], values: Sequence[pd.Index], groups: Cells) -> dict[str, Any]:
    here = np.unravel_index(groups, [len(each) for each in values]) if groups.size else [groups] * len(by)
    return {name: each.take(at) for name, each, at in zip(by, values, here, strict=True)}


def _coded(column: pd.Series) -> tuple[npt.NDArray[Any], pd.Index]:
    """The place of each value among all that there can be, in their order; -1 where it is missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
    if pd.api.types.is_integer_dtype(column.dtype):
        whole = column.to_numpy(dtype=np.int64, na_value=-1)
        if whole.max(initial=-1) < _FEW:
            return whole, pd.Index(range(int(whole.max(initial=-1)) + 1), dtype=column.dtype)
    codes, found = column.factorize(sort=True)
    return codes, pd.Index(found)


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
        raise InvalidAnswer(text("many_files.lacks_column", column=lacking[0]))


def framed(rows: Iterable[Mapping[str, Any]], types: Mapping[str, Any]) -> pd.DataFrame:
    """A table of typed columns from its rows; what a row does not have is missing."""
    every = [*rows]
    return pd.DataFrame({name: pd.Series([row.get(name) for row in every], dtype=kind) for name, kind in types.items()})


def with_rates(groups: Groups, method: str = "wilson") -> pd.DataFrame:
    """Put rates, their intervals and bounds beside counts, from n = 5.

    "No reply" did not move forward, and is open as far as the upper bound goes. The rates of a room are cluster-robust,
    and missing below five people; beside them are ``people``, ``design_effect`` and ``effective_n``.
    """
    table = groups.table
    by = [name for name in table if name not in COUNTS]
    rows = [rate_of(k, n, is_room=groups.is_room, method=method) for n, k in zip(*groups.people[:2], strict=True)]
    rates = dict(zip([*SHARES[:3], *OF_PEOPLE], np.array(rows, dtype=float).reshape(-1, 6).T, strict=True))
    n, progressed, no_reply, still = (table[name].to_numpy() for name in COUNTS[:4])
    everyone = np.where(np.isnan(rates["rate"]), np.nan, n + still)
    columns: dict[Any, Any] = {name: table[name] for name in [*by, *COUNTS[:2]]}
    columns |= {name: rates[name] for name in SHARES[:3]} | {name: table[name] for name in COUNTS[2:]}
    columns |= {"if_open_fail": progressed / everyone, "if_open_succeed": (progressed + no_reply + still) / everyone}
    if groups.is_room:
        columns |= {name: rates[name] for name in OF_PEOPLE} | {"people": rates["people"].astype("int64")}
    return pd.DataFrame(columns)


def rate_of(k: Cells, n: Cells, *, is_room: bool, method: str = "wilson") -> tuple[float, ...]:
    """A rate from counts by person, with its interval; of a room how many people, design effect, effective n.

    All but the number of people are missing where fewer than five are counted, and in a room below five people.
    """
    nan, people, total = math.nan, int((n > 0).sum()), int(n.sum())
    if total < MIN_N or (is_room and people < FEWEST):
        return (nan, nan, nan, people, nan, nan)
    if not is_room:
        return (k.sum() / total, *rate_interval(int(k.sum()), total, method), people, nan, nan)
    found = clustered_rate(k, n)
    return (found.rate, found.low, found.high, people, found.design_effect, found.effective_n)
