"""The strata of a comparison: what came of each of two ways, where like can be compared with like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import not_known, shown, validate_call
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
_BITS = 7  # of the counts of a stratum that are written as the digits of one number: eight of them and its place fit
_DIGITS = np.array([float((1 << _BITS * _EACH) + (1 << _BITS * (STILL_OPEN - end))) for end in range(_EACH)])
_WRITTEN = (1 << _BITS * _EACH) - 1
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
        Those of a room that are alike are one.
    place, many : numpy.ndarray of int
        Round and band of each, three to a round; and how many strata are so, each another person's.
    people : int
        How many people have strata in which both have an answer.
    """

    one: str
    against: str
    whole: Cells
    cells: Cells
    place: Cells
    many: Cells
    people: int

    def __getitem__(self, which: Which) -> Pair:
        return replace(self, cells=self.cells[which], place=self.place[which], many=self.many[which])

    @cached_property
    def tables(self) -> Cells:
        """Who moved forward and who did not, of those that are over: shape (S, 2, 2)."""
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
        return stratified(self.shared.tables, counts=self.shared.many)

    @property
    def silent(self) -> Cells:
        """How many of both have no reply or are open, in the strata that they share: shape (2, 2)."""
        return np.asarray(np.tensordot(self.shared.many, self.shared.cells[..., SILENCE:], 1))

    def sizes(self) -> dict[str, int]:
        """Count both ways, and what of them can be compared: `SIZES`."""
        (up, down), still = self.whole_tables.sum(axis=0).T, self.whole[..., STILL_OPEN].sum(axis=0)
        one, other = np.stack([up + down, up, still], axis=1)
        return dict(zip(SIZES, map(int, [*one, *other, self.compared.crude.sum(), self.people]), strict=True))

    def bounds(self, *, no_reply: bool = True) -> tuple[float, float]:
        """The difference if all that have no answer had turned out against the one and for the other, and turned round.

        A "no reply" is a no in all comparisons, and here may still turn out either way, unless it is to stay a no.
        """
        up, refused, silent, still = (self.cells[..., end] for end in range(_EACH))
        waiting = still + silent if no_reply else still
        size = up + refused + silent + still
        worst, best = (risk_difference(up + waiting * gains, size, self.many) for gains in ([0, 1], [1, 0]))
        return worst, best


def _tables(cells: Cells) -> Cells:
    return np.stack([cells[..., PROGRESS], cells[..., REFUSAL] + cells[..., SILENCE]], axis=-1)


@dataclass(frozen=True, eq=False)
class Lines:
    """What came of each way in each stratum that there could be: by person, round and band.

    Attributes
    ----------
    whole : numpy.ndarray of int
        How many came to each end, shape (ways, places, 4).
    counts : numpy.ndarray of float
        The same by person, shape (ways, people * places, 1): the four written as the digits of one number, of `_BITS`
        each, those that are open last, and before them how many there are; or (ways, people * places, 4) where digits
        cannot hold them.
    """

    whole: Cells
    counts: npt.NDArray[np.float64]

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
        """The lines of which none of these is below 0; rounds that are not recorded are a round of their own."""
        end, n = ends_of(t) if end is None else end, t["n"].to_numpy()
        is_there = (way >= 0) & (end >= 0) & (end < _EACH) & (True if band is None else band >= 0)
        place = _ROUND.take(t["round"].cat.codes.to_numpy(), mode="wrap") if "round" in t else _ROUND[-1:]
        place = is_there * (place if band is None else place * np.int8(len(Band)) + band)
        way, end, n = is_there * way, is_there * end, n * is_there
        places, strata = PLACES, (int(people.number.max(initial=0)) + 1) * PLACES
        if band is None:
            places, strata = len(_ROUND), strata // len(Band)
        cell = people.number * places
        cell += place
        cell += way * np.int64(strata)
        counts = np.bincount(cell, weights=n * _DIGITS[end], minlength=ways * strata)
        if counts.reshape(ways, -1).sum(axis=0).max() >= 1 << _BITS * (_EACH + 1):  # the digits run over
            counts = np.bincount(cell * _EACH + end, weights=n, minlength=ways * strata * _EACH)
        at = (way * np.int16(places) + place) * np.int16(_EACH) + end
        whole = np.bincount(at, weights=n, minlength=ways * places * _EACH).astype(np.int64)
        return cls(whole.reshape(ways, places, -1), counts.astype(float, copy=False).reshape(ways, strata, -1))

    @property
    def asked(self) -> Cells:
        """How many there are of each way."""
        return np.asarray(self.whole.sum(axis=(1, 2)))

    @property
    def people(self) -> int:
        """How many people these are of."""
        return self._people(np.flatnonzero(self.counts.any(axis=(0, 2))))

    def _people(self, strata: Cells) -> int:
        """Whose some strata are, which stand in their order."""
        return int(np.count_nonzero(np.diff(strata // self.whole.shape[1], prepend=-1)))

    def pair(self, one: str, against: str, ones: Sequence[int], others: Sequence[int]) -> Pair:
        """Some of the ways against others, and the strata in which both occur."""
        whole = np.stack([self.whole[[*ways]].sum(axis=0) for ways in (ones, others)], axis=1)
        sides = [reduce(np.add, (self.counts[way] for way in ways)) for ways in (ones, others)]
        occurs = (side[:, 0] if side.shape[1] == 1 else side.sum(axis=1) for side in sides)
        strata = np.flatnonzero(reduce(np.logical_and, occurs))
        place = strata % whole.shape[0]
        first, second = (side[strata].astype(np.int64) for side in sides)
        if first.shape[1] == 1:
            first, second = first[:, 0] & _WRITTEN, second[:, 0] & _WRITTEN
            written, many = np.unique(((first << _EACH * _BITS) + second) * len(whole) + place, return_counts=True)
            is_answered = (first >= 1 << _BITS) & (second >= 1 << _BITS)
            place, written = written % len(whole), written // len(whole)
            cells = (written[:, None] >> _BITS * np.arange(2 * _EACH)[::-1] & (1 << _BITS) - 1).reshape(-1, 2, _EACH)
        else:
            cells, many = np.stack([first, second], axis=1), np.ones(len(strata), dtype=np.int64)
            is_answered = both(cells[..., :STILL_OPEN].sum(axis=2))
        return Pair(one, against, whole, cells, place, many, self._people(strata[is_answered]))


def pairs(t: pd.DataFrame, people: People, by: str, against: str | None, one: str | None = None) -> list[Pair]:
    """Count each way that occurs, or only one, against another, in strata of person, round and band."""
    if by not in WAYS:
        raise ValueError(not_known(f"There is no comparison by {shown(by)}", by, WAYS))
    ways = WAYS[by]
    for word in (against, one):
        if word is not None and word not in ways:
            raise ValueError(not_known(f"{by} {shown(word)} is not compared", word, ways))
    need(t, ["band", by, "outcome", *(["weeks"] if by == "thanks" else [])])
    way = np.where(is_comparable(t, by), ways_of(t, by), np.int8(-1))
    lines = Lines.of(t, people, way, len(ways), band=t["band"].cat.codes.to_numpy())
    asked = lines.asked
    base = ways.index(str(against or AGAINST[by]))
    if against is None and not asked[base] and asked.any():
        base = int(asked.argmax())
    others = [at for at in range(len(ways)) if at != base and asked[at] and one in (None, ways[at])]
    return [lines.pair(ways[at], ways[base], [at], [base]) for at in others]


def ways_of(t: pd.DataFrame, by: str) -> npt.NDArray[np.int8]:
    """The place of each line's way; -1 where it is not compared. At the landmark, a later letter is none."""
    places = {word: place for place, word in enumerate(WAYS[by])} | {str(Thanks.LATER): 0}
    found = np.array([*(places.get(word, -1) for word in WORDS[by]), -1], dtype=np.int8)
    return found.take(t[by].cat.codes.to_numpy(), mode="wrap")


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
    shared, whole = pair.shared, pair.whole_tables
    of_ways = np.stack([whole.sum(axis=-1), whole[..., PROGRESS], pair.whole[..., STILL_OPEN]], axis=-1)
    compared = np.bincount(shared.place, weights=shared.tables.sum(axis=(1, 2)) * shared.many, minlength=PLACES)
    several = np.bincount(shared.place, weights=shared.many, minlength=PLACES)
    is_informative = np.bincount(shared.place[pair.compared.informative], minlength=PLACES) > 0
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
