"""From a tally to counts in groups, whose these are, and the rates that they allow: none below five.

Every result takes a tally ``t``, and raises ValueError where it lacks a column or an argument is no word that it knows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer, shown
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST, clustered_rate
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES

MIN_N = 5  # a cell with fewer answers has its count and no percentage
MOST_OF_ONE = 250  # interviews; a tally of more that does not know its people is taken to be several people's
GROUPS = ("band", "used", "followed", "thanks")  # columns whose values have a name in sentences
COUNTS = ["n", "progressed", "no_reply", "open", "withdrew"]
BOUNDS = ["if_open_fail", "if_open_succeed"]
INTERVAL = ["rate", "low", "high"]
OF_PEOPLE = ["people", "design_effect", "effective_n"]  # what a room's rates have besides
_FEW = 1000  # whole numbers up to this are their own places
# What can come of an interview, in the order in which it is counted: a "no reply" did not move forward, and
# what is open or was withdrawn neither did nor did not.
PROGRESS, REFUSAL, SILENCE, STILL_OPEN, WITHDRAWAL = range(5)
_ENDS: dict[str, int] = {
    EventKind.ADVANCED: PROGRESS, EventKind.OFFER: PROGRESS, EventKind.REJECTED: REFUSAL, EventKind.NO_REPLY: SILENCE,
    OPEN: STILL_OPEN, EventKind.WITHDREW: WITHDRAWAL,
}  # fmt: skip
_END_OF = np.array([*(_ENDS[name] for name in OUTCOMES), -1], dtype=np.int8)  # by the code of a word; last: missing
Cells = npt.NDArray[np.int64]
Which = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class People:
    """Whose interviews a tally counts: one person's, several people's (a room), or nobody knows whose (a total)."""

    t: pd.DataFrame

    @cached_property
    def is_room(self) -> bool:
        """Whether it counts several people, and knows who is who."""
        if "person" not in self.t or self.t.empty:
            return False
        known = numbers(self.t, "person")
        return bool(known.max() >= 0 and known.min() != known.max())

    @cached_property
    def is_total(self) -> bool:
        """Whether it counts several people without knowing who is who.

        That of a room that was saved has a ``person`` that is missing throughout; older files are told by their size.
        """
        t = self.t
        if t.empty or "stage" in t or ("person" in t and t["person"].notna().any()):  # applications are one person's
            return False
        return "person" in t or bool(t["n"].sum() > MOST_OF_ONE)

    @cached_property
    def number(self) -> Cells:
        """Whose each line is, from 0 on, none left out; those of whom it is not known who they are count as one."""
        if "person" not in self.t:
            return np.zeros(len(self.t), dtype=np.int64)
        known = numbers(self.t, "person") + 1
        if known.max(initial=0) > len(known):
            return pd.factorize(known)[0]
        return np.asarray((np.cumsum(np.bincount(known) > 0) - 1)[known])

    @cached_property
    def many(self) -> int:
        """How many people there are of whom anything is counted."""
        return int(np.count_nonzero(np.bincount(self.number, weights=self.t["n"].to_numpy())))

    def together(self, key: str = "room.together") -> Iterator[str]:
        """What a comparison makes of one person's interviews going together, where they are a room's."""
        if self.is_room:
            yield text(f"results.{key}", people=self.many)

    def result(
        self,
        kind: str,
        table: pd.DataFrame,
        told: Sequence[str],
        whole: str | None = None,
        *,
        caveats: Iterable[str] = (),
        **about: Any,
    ) -> Result:
        """A result that says last whose interviews these are, and of a room how many people it has."""
        has_interval = "low" in table and table["low"].notna().any()
        last = [text(f"results.room.{'lost' if has_interval else 'unknown'}")] if self.is_total else []
        if self.is_room:
            about["people"] = self.many
            key = "few" if self.many < FEWEST else "allowed" if has_interval else "whose"
            last = [text(f"results.room.{key}", people=self.many, needed=FEWEST)]
        return Result.of(kind, table, told, whole, [*caveats, *last], **about)


def is_room(t: pd.DataFrame) -> bool:
    """Whether a tally counts several people, and knows who is who."""
    return People(t).is_room


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of a tally, counted.

    Attributes
    ----------
    table : pandas.DataFrame
        The columns that they are counted by, and `COUNTS`: ``n`` that are over and were not withdrawn, ``progressed``
        and ``no_reply`` of them; ``open`` and ``withdrew``.
    of : People
        Whose they are.
    ends : numpy.ndarray of int
        How many came to each end, shape (5, groups).
    cell, occurs : numpy.ndarray of int
        End and group of each line of the tally, as one number among all that there could be, the last for what is in
        none; and the groups that occur.
    groups : int
        How many there could be.
    """

    table: pd.DataFrame
    of: People
    ends: Cells
    cell: Cells
    occurs: Cells
    groups: int

    @property
    def method(self) -> str:
        """How its intervals are made."""
        return "clustered" if self.of.is_room else "wilson"

    @cached_property
    def _each(self) -> npt.NDArray[np.float64]:
        """How many came to each end, shape (5, groups that there could be, people)."""
        people = int(self.of.number.max()) + 1
        cell, size = self.cell * people + self.of.number, 5 * self.groups * people
        found = np.bincount(cell, weights=self.of.t["n"].to_numpy(), minlength=size)[:size]
        return np.asarray(found, dtype=float).reshape(5, self.groups, people)

    def by_person(self, *ends: int) -> Cells:
        """How many came to some ends, shape (groups, people); one person where the tally is not a room's."""
        if not self.of.is_room:
            return np.asarray(self.ends[[*ends]].sum(axis=0)[:, None])
        return np.asarray(reduce(np.add, (self._each[end] for end in ends))[self.occurs].astype(np.int64))

    @cached_property
    def rated(self) -> tuple[Cells, Cells]:
        """How many moved forward, of how many that are over, by group and person."""
        return self.by_person(PROGRESS), self.by_person(PROGRESS, REFUSAL, SILENCE)


def need(t: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a tally that lacks one of the columns that a result is counted by."""
    if lacking := [name for name in [*columns, "n"] if name not in t]:
        raise InvalidAnswer(text("many_files.lacks_column", column=lacking[0]))


def total(t: pd.DataFrame, which: Which) -> int:
    """How many interviews some of the lines stand for."""
    return int(t["n"].to_numpy()[np.flatnonzero(which)].sum())


def numbers(t: pd.DataFrame, name: str) -> Cells:
    """A column of whole numbers; -1 where it is missing."""
    return t[name].to_numpy(dtype=np.int64, na_value=-1)


def ends_of(t: pd.DataFrame) -> npt.NDArray[np.int8]:
    """What came of each line: `PROGRESS`, ...; -1 where it is not recorded."""
    return _END_OF.take(t["outcome"].cat.codes.to_numpy(), mode="wrap")


def count(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count each group of a tally, as `grouped` does: its table."""
    return grouped(t, by).table


def grouped(t: pd.DataFrame, by: Sequence[str]) -> Groups:
    """Count each group of a tally that occurs. What is not recorded in one of the columns is in no group."""
    need(t, [*by, "outcome"])
    place, values = _placed(t, by)
    groups, end = math.prod(map(len, values)), ends_of(t)
    cell = np.where((end < 0) | (place == groups), 5 * groups, end * np.int64(groups) + place)
    of_ends = np.bincount(cell, weights=t["n"].to_numpy(), minlength=5 * groups + 1)[:-1].reshape(5, groups)
    occurs = np.flatnonzero(of_ends.any(axis=0))
    ends = of_ends[:, occurs].astype(np.int64)
    progress, refused, silence, still, withdrawn = ends
    sums = dict(zip(COUNTS, (progress + refused + silence, progress, silence, still, withdrawn), strict=True))
    return Groups(pd.DataFrame(_named(by, values, occurs) | sums), People(t), ends, cell, occurs, groups)


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


def check_group(by: str) -> None:
    """Refuse a column whose groups have no name, and name the choices."""
    if by not in GROUPS:
        raise ValueError(f"There are no groups by {shown(by)}; choose one of {', '.join(GROUPS)}.")


def framed(rows: Iterable[Mapping[str, Any]], types: Mapping[str, Any]) -> pd.DataFrame:
    """A table of typed columns from its rows; what a row does not have is missing."""
    every = [*rows]
    return pd.DataFrame({name: pd.Series([row.get(name) for row in every], dtype=kind) for name, kind in types.items()})


def with_rates(groups: Groups, method: str = "wilson") -> pd.DataFrame:
    """Put rates, their intervals and bounds beside counts, from n = 5.

    "No reply" did not move forward, and is open as far as the upper bound goes. The rates of a room are cluster-robust,
    and missing below five people; beside them are ``people``, ``design_effect`` and ``effective_n``.
    """
    table, is_room = groups.table, groups.of.is_room
    rows = [rate_of(k, n, is_room=is_room, method=method) for k, n in zip(*groups.rated, strict=True)]
    rates = dict(zip([*INTERVAL, *OF_PEOPLE], np.array(rows, dtype=float).reshape(-1, 6).T, strict=True))
    n, progressed, no_reply, still = (table[name].to_numpy() for name in COUNTS[:4])
    everyone = np.where(np.isnan(rates["rate"]), np.nan, n + still)
    columns: dict[Any, Any] = {name: table[name] for name in table if name not in COUNTS[2:]}
    columns |= {name: rates[name] for name in INTERVAL} | {name: table[name] for name in COUNTS[2:]}
    columns |= {"if_open_fail": progressed / everyone, "if_open_succeed": (progressed + no_reply + still) / everyone}
    if is_room:
        columns |= {name: rates[name] for name in OF_PEOPLE} | {"people": rates["people"].astype("int64")}
    return pd.DataFrame(columns)


def complete(table: pd.DataFrame, name: str, words: list[str]) -> pd.DataFrame:
    """A row for each word of a column, with counts of 0 where it does not occur."""
    found, types = table.set_index(name), table.dtypes[table.dtypes == "int64"]
    every = found.reindex(pd.CategoricalIndex(words, words, ordered=True, name=name))
    return every.fillna(dict.fromkeys(types.index, 0)).astype(types).reset_index()


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
