"""The strata of a comparison: what came of each of two ways, where like can be compared with like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.models import Asked, Band, Choice, Round
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import PROGRESS, REFUSAL, SILENCE, STILL_OPEN, ends_of, framed, need
from closing_lib.outcomes.questions.people import of_room
from closing_lib.outcomes.questions.wording import capitalised, left_out, name_of
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import Stratified, both, margins, stratified
from closing_lib.outcomes.vocabulary import WORDS, Followed, Thanks

# What a confirmation is no choice of (the employer had settled it), and another question is a mixture of.
WAYS: dict[str, list[str]] = {
    "used": [str(one) for one in Asked if one not in (Asked.CONFIRM, Asked.OTHER)],
    "followed": [*map(str, Followed)],
    "thanks": [str(one) for one in Thanks if one != Thanks.LATER],
}
AGAINST = {"used": Asked.MILD, "followed": Followed.NO, "thanks": Thanks.NONE}
TOGETHER = "results.adjusted.together"  # what is said of a room that is compared within its people
PLACES = (len(Round) + 1) * len(Band)  # the last round is the one that is not recorded
_LANDMARK = 1  # weeks: a letter that is sent within the first cannot have helped where an answer came before
SIZES = ["n", "progressed", "open", "n_against", "progressed_against", "open_against", "n_compared", "people"]
Counts = npt.NDArray[np.int64]
Which = npt.NDArray[np.bool_]


class Information(Choice):
    """Whether a group says anything about the difference between two ways, and if not, why."""

    YES = "yes"
    ONE_ONLY = "one_only"
    ALL_ALIKE = "all_alike"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Pair:
    """Two ways in each stratum.

    Attributes
    ----------
    one, against : str
        The ways.
    cells : numpy.ndarray of int
        Shape (S, 2, 4): of both, how many moved forward, were refused, had no reply, and are open.
    place : numpy.ndarray of int
        Round and band of each stratum, as one number: three to a round.
    person : numpy.ndarray of int
        Whose it is.
    """

    one: str
    against: str
    cells: Counts
    place: Counts
    person: Counts

    def __getitem__(self, which: Which) -> Pair:
        return Pair(self.one, self.against, self.cells[which], self.place[which], self.person[which])

    @cached_property
    def tables(self) -> Counts:
        """Who moved forward and who did not, of those with an answer or no reply: shape (S, 2, 2)."""
        return np.stack([self.cells[..., PROGRESS], self.cells[..., REFUSAL] + self.cells[..., SILENCE]], axis=-1)

    @cached_property
    def shared(self) -> Pair:
        """The strata in which both can be compared; the others say nothing about the difference."""
        return self[both(margins(self.tables)[0])]

    @cached_property
    def compared(self) -> Stratified:
        """Both compared within the strata that they share."""
        return stratified(self.shared.tables)

    def sizes(self) -> dict[str, int]:
        """Count both ways, and what of them can be compared: `SIZES`."""
        up, down, still = (one.sum(axis=0) for one in (*self.tables.transpose(2, 0, 1), self.cells[..., STILL_OPEN]))
        one, other = np.stack([up + down, up, still], axis=1)
        people = np.count_nonzero(np.diff(self.shared.person, prepend=-1))  # they are in their order
        return dict(zip(SIZES, map(int, [*one, *other, self.shared.tables.sum(), people]), strict=True))

    def bounds(self, *, no_reply: bool = True) -> tuple[float, float]:
        """The difference if all that have no answer had turned out against the one and for the other, and turned round.

        A "no reply" is a no in all comparisons, and here may still turn out either way, unless it is to stay a no.
        """
        waiting = self.cells[..., STILL_OPEN] + self.cells[..., SILENCE] * no_reply
        n = sum_of_ends(self.cells)
        found = []
        for gains in ([0, 1], [1, 0]):
            up = self.cells[..., PROGRESS] + waiting * np.array(gains)
            found.append(stratified(np.stack([up, n - up], axis=-1)[both(n)]).risk_difference)
        return found[0], found[1]


def pairs(t: pd.DataFrame, by: str, against: str | None, one: str | None = None) -> list[Pair]:
    """Count each way that occurs, or only one, against another, in strata of person, round and band.

    Interviews whose round is not recorded are strata of their own.

    Raises
    ------
    ValueError
        If the words are not known or not compared, or the tally lacks a column.
    """
    if by not in WAYS:
        raise ValueError(f"There is no comparison by {shown(by)}; choose one of {', '.join(WAYS)}.")
    ways = WAYS[by]
    for word in (against, one):
        if word is not None and word not in ways:
            raise ValueError(f"{by} {shown(word)} is not compared; choose one of {', '.join(ways)}.")
    need(t, ["band", by, "outcome", *(["weeks"] if by == "thanks" else [])])
    places = {word: place for place, word in enumerate(ways)}
    if by == "thanks":  # at the landmark, whoever sends one later has sent none
        places[str(Thanks.LATER)] = places[str(Thanks.NONE)]
    way = np.where(is_comparable(t, by), _coded(t[by], places), -1)
    cells, place, person = in_strata(t, way, len(ways), t["band"].cat.codes.to_numpy())
    many = sum_of_ends(cells)
    asked = many.sum(axis=0)
    base = ways.index(str(against or AGAINST[by]))
    if against is None and not asked[base] and asked.any():
        base = int(asked.argmax())
    others = [at for at in range(len(ways)) if at != base and asked[at] and one in (None, ways[at])]
    here = [np.flatnonzero(many[:, at] + many[:, base]) for at in others]
    return [
        Pair(ways[at], ways[base], cells[kept][:, [at, base]], place[kept], person[kept])
        for at, kept in zip(others, here, strict=True)
    ]


def in_strata(
    t: pd.DataFrame, way: Counts, ways: int, band: npt.NDArray[np.integer[Any]] | int, ends: Counts | None = None
) -> tuple[Counts, Counts, Counts]:
    """Count by stratum, way and what came of it; what is below 0 in one of these, in none. And place and person."""
    end, n = ends_of(t) if ends is None else ends, t["n"].to_numpy()
    kept = np.flatnonzero((np.minimum(np.minimum(way, end), band) >= 0) & (end <= STILL_OPEN) & (n > 0))
    rounds = t["round"].cat.codes.to_numpy()[kept].astype(np.int64) if "round" in t else np.full(len(kept), -1)
    key = np.where(rounds < 0, len(Round), rounds) * len(Band) + np.broadcast_to(band, len(t))[kept]
    if "person" in t:
        person = t["person"].to_numpy(dtype=np.int64, na_value=-1)[kept]
        key += PLACES * (person + 1 if person.max(initial=0) <= len(t) else pd.factorize(person)[0])
    occurs = np.zeros(int(key.max(initial=-1)) + 1, dtype=bool)
    occurs[key] = True
    found = np.flatnonzero(occurs)
    cell = ((np.cumsum(occurs) - 1)[key] * ways + way[kept]) * (STILL_OPEN + 1) + end[kept]
    shape = len(found), ways, STILL_OPEN + 1
    cells = np.bincount(cell, weights=n[kept], minlength=int(np.prod(shape))).reshape(shape)
    return cells.astype(np.int64), found % PLACES, found // PLACES


def sum_of_ends(cells: Counts) -> Counts:
    """How many there are, whatever came of them: quicker than a sum over so short an axis."""
    return np.asarray(cells[..., 0] + cells[..., 1] + cells[..., 2] + cells[..., 3])


def is_way(t: pd.DataFrame, by: str) -> Which:
    """Which interviews had one of the ways that are compared; of letters, any word is one."""
    return _coded(t[by], dict.fromkeys(WORDS[by] if by == "thanks" else WAYS[by], 0)) >= 0


def is_comparable(t: pd.DataFrame, by: str) -> Which:
    """What can be compared: of letters only interviews that had no answer in the first week (a landmark)."""
    if by != "thanks":
        return np.ones(len(t), dtype=bool)
    return np.asarray(t["weeks"].to_numpy(dtype=np.int64, na_value=-1) >= _LANDMARK)


def _coded(column: pd.Series, places: dict[str, int]) -> Counts:
    """The place of each word; -1 for what is missing or has none."""
    found = np.array([*(places.get(word, -1) for word in column.cat.categories), -1], dtype=np.int64)
    return np.asarray(found[column.cat.codes.to_numpy()])


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
        is not recorded), ``band``; ``n`` with an answer, ``progressed``, ``open``, and ``n_against``,
        ``progressed_against``, ``open_against`` of the other; ``n_compared``, those of people who have both there, and
        ``people``, how many these are; ``information``: ``"yes"``, or why there is none: ``"one_only"`` (nobody has
        both), ``"all_alike"`` (all moved forward, or none: no difference), ``"no_answer"``; and ``sentence``.

    Raises
    ------
    ValueError
        As of `adjusted`.
    """
    found = pairs(t, by, against)
    rows = [{by: pair.one, "against": pair.against, **row} for pair in found for row in _groups(pair)]
    types: dict[str, Any] = {name: words(WORDS[by]) for name in (by, "against")}
    types |= {name: words(WORDS[name]) for name in ("round", "band")}
    types |= dict.fromkeys(SIZES, "int64") | {"information": words(Information)}
    table = framed(rows, types)
    said = [_sentence(row, by) for row in table.itertuples()]
    base = found[0].against if found else str(against or AGAINST[by])
    caveats = [*left_out(t, ["band", by]), *of_room(t, TOGETHER)]
    return Result.of("strata", table, said, caveats=caveats, by=by, against=base)


def _groups(pair: Pair) -> Iterator[dict[str, object]]:
    """The sizes of both ways at each round and band, and what these say; each stratum there is another person's."""
    shared, tables = pair.shared, pair.shared.tables
    differs = both(margins(tables)[1])

    def at(place: Counts, many: Counts | None = None) -> Counts:
        return np.bincount(place, weights=many, minlength=PLACES).astype(np.int64)

    counts = margins(pair.tables)[0], pair.tables[..., PROGRESS], pair.cells[..., STILL_OPEN]
    every = [at(pair.place, of[:, way]) for way in (0, 1) for of in counts]
    compared = at(shared.place, margins(tables)[1].sum(axis=1)), at(shared.place)
    informative = at(shared.place[differs])
    for place in np.flatnonzero(np.any(every, axis=0)).tolist():
        sizes = dict(zip(SIZES, (int(each[place]) for each in (*every, *compared)), strict=True))
        if not sizes["n"] + sizes["n_against"]:
            information = Information.NO_ANSWER
        elif not sizes["people"]:
            information = Information.ONE_ONLY
        else:
            information = Information.YES if informative[place] else Information.ALL_ALIKE
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
