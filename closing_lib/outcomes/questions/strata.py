"""The strata of a comparison: what came of each of two ways, where like can be compared with like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.models import Asked, Band, Choice, Round
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import (
    PROGRESS,
    REFUSAL,
    SILENCE,
    STILL_OPEN,
    Cells,
    People,
    Which,
    ends_of,
    framed,
    need,
    numbers,
)
from closing_lib.outcomes.questions.wording import capitalised, left_out, name_of
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import Stratified, both, margins, risk_difference, stratified
from closing_lib.outcomes.vocabulary import WORDS, Followed, Thanks

# What a confirmation is no choice of (the employer had settled it), and another question is a mixture of.
WAYS: dict[str, list[str]] = {
    "used": [str(one) for one in Asked if one not in (Asked.CONFIRM, Asked.OTHER)],
    "followed": [*map(str, Followed)],
    "thanks": [str(one) for one in Thanks if one != Thanks.LATER],
}
AGAINST = {"used": Asked.MILD, "followed": Followed.NO, "thanks": Thanks.NONE}
TOGETHER = "adjusted.together"  # what is said of a room that is compared within its people
PLACES = (len(Round) + 1) * len(Band)  # the last round is the one that is not recorded
SIZES = ["n", "progressed", "open", "n_against", "progressed_against", "open_against", "n_compared", "people"]
_LANDMARK = 1  # weeks: a letter that is sent within the first cannot have helped where an answer came before
_EACH = STILL_OPEN + 1  # what can come of an interview that is compared
_BITS = 2  # in which that is written
_ROUND = np.array([*range(len(Round)), len(Round)], dtype=np.int8)  # by the code of a round; the last: missing
Codes = npt.NDArray[Any]


class Information(Choice):
    """Whether a group says anything about the difference between two ways, and if not, why."""

    YES = "yes"
    ONE_ONLY = "one_only"
    ALL_ALIKE = "all_alike"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, eq=False)
class Pair:
    """Two ways, ``one`` and ``against``, compared.

    Attributes
    ----------
    whole : numpy.ndarray of int
        Shape (PLACES, 2, 4): by round and band, how many of both moved forward, were refused, had no reply, are open.
    cells : numpy.ndarray of int
        The same in each stratum in which both occur, shape (S, 2, 4): the others say nothing about the difference.
    stratum : numpy.ndarray of int
        Person, round and band of each of these strata, as one number: `PLACES` to a person, three to a round.
    """

    one: str
    against: str
    whole: Cells
    cells: Cells
    stratum: Cells

    def __getitem__(self, which: Which) -> Pair:
        return replace(self, cells=self.cells[which], stratum=self.stratum[which])

    @cached_property
    def place(self) -> Cells:
        """Round and band of each stratum: three to a round."""
        return self.stratum % PLACES

    @cached_property
    def tables(self) -> Cells:
        """Who moved forward and who did not, of those with an answer or no reply: shape (S, 2, 2)."""
        return _tables(self.cells)

    @cached_property
    def whole_tables(self) -> Cells:
        """The same by round and band, of all there are."""
        return _tables(self.whole)

    @cached_property
    def shared(self) -> Pair:
        """The strata in which both have an answer."""
        return self[both(margins(self.tables)[0])]

    @cached_property
    def compared(self) -> Stratified:
        """Both compared within the strata that they share."""
        return stratified(self.shared.tables)

    def sizes(self) -> dict[str, int]:
        """Count both ways, and what of them can be compared: `SIZES`."""
        (up, down), still = self.whole_tables.sum(axis=0).T, self.whole[..., STILL_OPEN].sum(axis=0)
        one, other = np.stack([up + down, up, still], axis=1)
        people = np.count_nonzero(np.diff(self.shared.stratum // PLACES, prepend=-1))  # they are in their order
        return dict(zip(SIZES, map(int, [*one, *other, self.shared.tables.sum(), people]), strict=True))

    def bounds(self, *, no_reply: bool = True) -> tuple[float, float]:
        """The difference if all that have no answer had turned out against the one and for the other, and turned round.

        A "no reply" is a no in all comparisons, and here may still turn out either way, unless it is to stay a no.
        """
        up, refused, silent, still = (self.cells[..., end] for end in range(_EACH))
        waiting = still + silent if no_reply else still
        size = up + refused + silent + still
        worst, best = (risk_difference(up + waiting * gains, size) for gains in ([0, 1], [1, 0]))
        return worst, best


def _tables(cells: Cells) -> Cells:
    return np.stack([cells[..., PROGRESS], cells[..., REFUSAL] + cells[..., SILENCE]], axis=-1)


class Lines(NamedTuple):
    """The lines of a tally that can be compared: stratum and end of each as one number, its way, and how many it is."""

    cell: Codes
    way: Codes
    n: Cells

    @classmethod
    def of(
        cls,
        t: pd.DataFrame,
        people: People,
        way: Codes,
        ways: int,
        *,
        band: Codes | None = None,
        end: Codes | None = None,
    ) -> Lines:
        """Those of which none of these is below 0; rounds that are not recorded are a round of their own."""
        end, n = ends_of(t) if end is None else end, t["n"].to_numpy()
        is_there = (way >= 0) & (end >= 0) & (end <= STILL_OPEN) & (n > 0)
        kept = np.flatnonzero(is_there if band is None else is_there & (band >= 0))
        cell = people.number[kept].astype(np.int64) * len(_ROUND)
        cell += _ROUND[t["round"].cat.codes.to_numpy()[kept] if "round" in t else -1]
        cell *= len(Band)
        if band is not None:
            cell += band[kept]
        cell *= _EACH
        cell += end[kept]
        most = (int(cell.max(initial=0)) + 1) * ways
        if most > len(cell):
            return cls(cell, way[kept], n[kept])
        sums = np.bincount(cell * ways + way[kept], weights=n[kept], minlength=most)  # one line is enough for each
        found = np.flatnonzero(sums)
        return cls(found // ways, found % ways, sums[found].astype(np.int64))

    @property
    def people(self) -> int:
        """How many people these are of."""
        return int((np.bincount(self.cell // (PLACES * _EACH)) > 0).sum())

    def pair(self, one: str, against: str, is_one: Which, is_other: Which) -> Pair:
        """Two of the ways, and the strata in which both occur."""
        sides = [(self.cell[rows], self.n[rows]) for rows in map(np.flatnonzero, (is_one, is_other))]
        whole = [_counted(cell % (PLACES * _EACH), n, PLACES) for cell, n in sides]
        occurs = np.zeros((2, (int(self.cell.max(initial=-1)) >> _BITS) + 1), dtype=bool)
        for there, (cell, _) in zip(occurs, sides, strict=True):
            there[cell >> _BITS] = True
        is_shared = occurs[0] & occurs[1]
        strata, number = np.flatnonzero(is_shared), np.zeros(len(is_shared), dtype=np.int32)
        number[strata] = range(len(strata))
        cells = []
        for cell, n in sides:
            rows = np.flatnonzero(is_shared[cell >> _BITS])
            here = cell[rows]
            cells.append(_counted((number[here >> _BITS] << _BITS) + (here & _EACH - 1), n[rows], len(strata)))
        return Pair(one, against, np.stack(whole, axis=1), np.stack(cells, axis=1), strata)


def _counted(cell: Codes, n: Cells, strata: int) -> Cells:
    return np.bincount(cell, weights=n, minlength=strata * _EACH).reshape(strata, _EACH).astype(np.int64)


def pairs(t: pd.DataFrame, people: People, by: str, against: str | None, one: str | None = None) -> list[Pair]:
    """Count each way that occurs, or only one, against another, in strata of person, round and band."""
    if by not in WAYS:
        raise ValueError(f"There is no comparison by {shown(by)}; choose one of {', '.join(WAYS)}.")
    ways = WAYS[by]
    for word in (against, one):
        if word is not None and word not in ways:
            raise ValueError(f"{by} {shown(word)} is not compared; choose one of {', '.join(ways)}.")
    need(t, ["band", by, "outcome", *(["weeks"] if by == "thanks" else [])])
    way = np.where(is_comparable(t, by), ways_of(t, by), np.int8(-1))
    lines = Lines.of(t, people, way, len(ways), band=t["band"].cat.codes.to_numpy())
    asked = np.bincount(lines.way, weights=lines.n, minlength=len(ways))
    base = ways.index(str(against or AGAINST[by]))
    if against is None and not asked[base] and asked.any():
        base = int(asked.argmax())
    others = [at for at in range(len(ways)) if at != base and asked[at] and one in (None, ways[at])]
    return [lines.pair(ways[at], ways[base], lines.way == at, lines.way == base) for at in others]


def ways_of(t: pd.DataFrame, by: str) -> npt.NDArray[np.int8]:
    """The place of each line's way; -1 where it is not compared. At the landmark, a later letter is none."""
    places = {word: place for place, word in enumerate(WAYS[by])} | {str(Thanks.LATER): 0}
    found = np.array([*(places.get(word, -1) for word in WORDS[by]), -1], dtype=np.int8)
    return np.asarray(found[t[by].cat.codes.to_numpy()])


def is_comparable(t: pd.DataFrame, by: str) -> Which:
    """What can be compared: of letters only interviews that had no answer in the first week (a landmark)."""
    return numbers(t, "weeks") >= _LANDMARK if by == "thanks" else np.ones(len(t), dtype=bool)


def where(place: int, *, by_round: bool = True) -> str:
    """Name a group: ``"It went well (first interview)"``."""
    band = text(f"outcomes.band.{WORDS['band'][place % len(Band)]}")
    if not by_round or place // len(Band) == len(Round):
        return band
    name = text(f"results.funnel.round.{WORDS['round'][place // len(Band)]}")
    return text("results.strata.where", band=band, round=name[:1].lower() + name[1:])


def where_of(row: Any) -> str:
    """Name the group of a row."""
    round_ = WORDS["round"].index(row.round) if row.round in WORDS["round"] else len(Round)
    return where(round_ * len(Band) + WORDS["band"].index(row.band))


def named(row: Any, by: str) -> dict[str, str]:
    """Name the two ways of a row."""
    return {"one": capitalised(name_of(by, getattr(row, by))), "other": name_of(by, row.against)}


def words(of: type[Choice] | Sequence[str]) -> pd.CategoricalDtype:
    """The type of a column of such words."""
    return pd.CategoricalDtype([str(word) for word in of], ordered=True)


@validate_call
def strata(t: Tally, by: str = "used", against: str | None = None) -> Result:
    """Show the groups behind each row of `adjusted`, by round and how it went, and which of them say nothing.

    Returns
    -------
    Result
        One row for each comparison and group that occurs: the column ``by``, ``against``, ``round`` (missing where it
        is not recorded), ``band``; the counts of `adjusted` up to ``people``, of that group; ``information``:
        ``"yes"``, or why there is none: ``"one_only"`` (nobody has both), ``"all_alike"`` (all moved forward, or none:
        no difference), ``"no_answer"``; and ``sentence``.
    """
    people = People(t)
    found = pairs(t, people, by, against)
    rows = [{by: pair.one, "against": pair.against, **row} for pair in found for row in _groups(pair)]
    types: dict[str, Any] = {by: WORDS[by], "against": WORDS[by], "round": WORDS["round"], "band": WORDS["band"]}
    types = {name: words(kind) for name, kind in types.items()} | dict.fromkeys(SIZES, "int64")
    table = framed(rows, types | {"information": words(Information)})
    said = [_sentence(row, by) for row in table.itertuples()]
    base = found[0].against if found else str(against or AGAINST[by])
    caveats = [*left_out(t, ["band", by]), *people.together(TOGETHER)]
    return Result.of("strata", table, said, caveats=caveats, by=by, against=base)


def _groups(pair: Pair) -> Iterator[dict[str, object]]:
    """The sizes of both ways at each round and band, and what these say; each stratum there is another person's."""
    shared, tables, whole = pair.shared, pair.shared.tables, pair.whole_tables
    of_ways = np.stack([whole.sum(axis=-1), whole[..., PROGRESS], pair.whole[..., STILL_OPEN]], axis=-1)
    compared = np.bincount(shared.place, weights=tables.sum(axis=(1, 2)), minlength=PLACES)
    several = np.bincount(shared.place, minlength=PLACES)
    is_informative = np.bincount(shared.place[both(margins(tables)[1])], minlength=PLACES) > 0
    for place in np.flatnonzero(of_ways.any(axis=(1, 2))).tolist():
        figures = [*of_ways[place].ravel(), compared[place], several[place]]
        sizes = dict(zip(SIZES, map(int, figures), strict=True))
        if not sizes["n"] + sizes["n_against"]:
            information = Information.NO_ANSWER
        elif not sizes["people"]:
            information = Information.ONE_ONLY
        else:
            information = Information.YES if is_informative[place] else Information.ALL_ALIKE
        round_, band = [*WORDS["round"], None][place // len(Band)], WORDS["band"][place % len(Band)]
        yield {"round": round_, "band": band, "information": str(information), **sizes}


def _sentence(row: Any, by: str) -> str:
    key = row.information
    said = {**named(row, by), "n": row.n, "progressed": row.progressed, "m": row.n_against, "k": row.progressed_against}
    if key == Information.ONE_ONLY and row.n and row.n_against:
        key = "nobody_has_both"
    elif key == Information.ONE_ONLY:
        n, progressed = (row.n, row.progressed) if row.n else (row.n_against, row.progressed_against)
        said |= {"one": name_of(by, getattr(row, by) if row.n else row.against), "n": n, "progressed": progressed}
    return text(f"results.strata.{key}", **said, where=where_of(row))
