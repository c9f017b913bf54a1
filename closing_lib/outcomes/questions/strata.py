"""The strata of a comparison: what came of each way to close, where like can be compared with like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.models import Asked, Band, Choice, EventKind, Round
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import PROGRESSED, need
from closing_lib.outcomes.questions.people import of_room
from closing_lib.outcomes.questions.wording import capitalised, left_out, name_of
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import OPEN, WORDS, Followed, Thanks

# What a confirmation is no choice of (the employer had settled it), and another question is a mixture of.
WAYS: dict[str, list[str]] = {
    "used": [str(one) for one in Asked if one not in (Asked.CONFIRM, Asked.OTHER)],
    "followed": [*map(str, Followed)],
    "thanks": [str(one) for one in Thanks if one != Thanks.LATER],
}
AGAINST = {"used": Asked.MILD, "followed": Followed.NO, "thanks": Thanks.NONE}
TOGETHER = "results.adjusted.together"  # what is said of a room that is compared within its people
_LANDMARK = 1  # weeks: a letter that is sent within the first cannot have helped where an answer came before
_ORDER: dict[str, dict[str, int]] = {
    name: {word: place for place, word in enumerate(WORDS[name])} for name in ("round", "band")
}
_PLACES = (len(Round) + 1) * len(Band)  # the last round is the one that is not recorded
_KINDS = 4  # moved forward, did not, still open, no reply
_SIZES = ["n", "progressed", "open", "n_against", "progressed_against", "open_against", "n_compared", "people"]
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
        Shape (S, 2, 4): of both, how many moved forward, were refused, are open, and had no reply.
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
        """Only some of the strata."""
        return Pair(self.one, self.against, self.cells[which], self.place[which], self.person[which])

    @cached_property
    def tables(self) -> Counts:
        """Who moved forward and who did not, of those with an answer or no reply: shape (S, 2, 2)."""
        return np.stack([self.cells[..., 0], self.cells[..., 1] + self.cells[..., 3]], axis=-1)

    @cached_property
    def shared(self) -> Pair:
        """The strata in which both can be compared; the others say nothing about the difference."""
        return self[(self.tables.sum(axis=2) > 0).all(axis=1)]

    @property
    def people(self) -> int:
        """How many people there are in these strata."""
        return len(np.unique(self.person))

    def sizes(self) -> list[int]:
        """Count both ways, and what of them can be compared: the columns of every table of comparisons."""
        n, (progressed, progressed_against), still = (
            self.tables.sum(axis=(0, 2)), self.tables[..., 0].sum(axis=0), self.cells[..., 2].sum(axis=0),
        )  # fmt: skip
        compared = self.shared
        both = [n[0], progressed, still[0], n[1], progressed_against, still[1], compared.tables.sum(), compared.people]
        return [*map(int, both)]


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
    cells, place, person = _counted(t, by)
    asked = cells.sum(axis=(0, 2))
    base = ways.index(str(against or AGAINST[by]))
    if against is None and not asked[base] and asked.any():
        base = int(asked.argmax())
    others = [way for way in range(len(ways)) if way != base and asked[way] and one in (None, ways[way])]
    return [Pair(ways[way], ways[base], cells[:, [way, base]], place, person) for way in others]


def is_way(t: pd.DataFrame, by: str) -> Which:
    """Tell which interviews had one of the ways that are compared; of letters, any word is one."""
    ways = {word: place for place, word in enumerate(WORDS[by]) if by == "thanks" or word in WAYS[by]}
    return _coded(t[by], ways) >= 0


def is_comparable(t: pd.DataFrame, by: str) -> Which:
    """Tell what can be compared: of letters only interviews that had no answer in the first week (a landmark)."""
    if by != "thanks":
        return np.ones(len(t), dtype=bool)
    return t["weeks"].to_numpy(dtype=np.int64, na_value=-1) >= _LANDMARK


def _counted(t: pd.DataFrame, by: str) -> tuple[Counts, Counts, Counts]:
    """Count by stratum, way, and what came of it; give the place and the person of each stratum, too."""
    ways = {word: place for place, word in enumerate(WAYS[by])}
    if by == "thanks":  # at the landmark, whoever sends one later has sent none
        ways[str(Thanks.LATER)] = ways[str(Thanks.NONE)]
    kinds = {str(kind): 0 for kind in PROGRESSED}
    kinds |= {str(EventKind.REJECTED): 1, OPEN: 2, str(EventKind.NO_REPLY): 3}
    way, kind, band = _coded(t[by], ways), _coded(t["outcome"], kinds), _coded(t["band"], _ORDER["band"])
    n = t["n"].to_numpy()
    kept = np.flatnonzero(is_comparable(t, by) & (np.minimum(np.minimum(way, kind), band) >= 0) & (n > 0))
    key = band[kept]
    key += len(Band) * (_coded(t["round"], _ORDER["round"], len(Round))[kept] if "round" in t else len(Round))
    if "person" in t:
        key += _PLACES * pd.factorize(t["person"].to_numpy(dtype=np.int64, na_value=-1)[kept])[0]
    occurs = np.zeros(int(key.max(initial=-1)) + 1, dtype=bool)
    occurs[key] = True
    found = np.flatnonzero(occurs)
    cell = ((np.cumsum(occurs) - 1)[key] * len(WAYS[by]) + way[kept]) * _KINDS + kind[kept]
    shape = len(found), len(WAYS[by]), _KINDS
    cells = np.bincount(cell, weights=n[kept], minlength=int(np.prod(shape))).reshape(shape)
    return cells.astype(np.int64), found % _PLACES, found // _PLACES


def _coded(column: pd.Series, places: dict[Any, int], other: int = -1) -> Counts:
    """Give the place of each word, and another for what is missing or has none."""
    found = [*(places.get(word, other) for word in column.cat.categories), other]
    return np.array(found, dtype=np.int64)[column.cat.codes.to_numpy()]


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
    one = name_of(by, getattr(row, by))
    return {"one": capitalised(one), "other": name_of(by, row.against)}


def words(of: type[Choice] | Sequence[str]) -> pd.CategoricalDtype:
    """Give the type of a column of such words."""
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
    rows, found = [], pairs(t, by, against)
    for pair in found:
        for place in np.unique(pair.place[pair.cells.any(axis=(1, 2))]).tolist():
            group = pair[pair.place == place]
            round_, band = [*WORDS["round"], None][place // len(Band)], WORDS["band"][place % len(Band)]
            rows.append((pair.one, pair.against, round_, band, *group.sizes(), _information(group)))
    names = [by, "against", "round", "band", *_SIZES, "information"]
    types: dict[str, Any] = {by: words(WORDS[by]), "against": words(WORDS[by]), "information": words(Information)}
    types |= {name: words(WORDS[name]) for name in ("round", "band")} | dict.fromkeys(_SIZES, "int64")
    table = pd.DataFrame(rows, columns=names).astype(types)
    said = [_sentence(row, by) for row in table.itertuples()]
    base = found[0].against if found else str(against or AGAINST[by])
    return Result.of(
        "strata", table, said, caveats=[*left_out(t, ["band", by]), *of_room(t, TOGETHER)], by=by, against=base
    )


def _information(group: Pair) -> str:
    if not group.tables.any():
        return Information.NO_ANSWER
    compared = group.shared.tables
    if not len(compared):
        return Information.ONE_ONLY
    return Information.YES if (compared.sum(axis=1) > 0).all(axis=1).any() else Information.ALL_ALIKE


def _sentence(row: Any, by: str) -> str:
    key = row.information
    said = {**named(row, by), "n": row.n, "progressed": row.progressed, "m": row.n_against, "k": row.progressed_against}
    if key == Information.ONE_ONLY and row.n and row.n_against:
        key = "nobody_has_both"
    elif key == Information.ONE_ONLY:
        n, progressed = (row.n, row.progressed) if row.n else (row.n_against, row.progressed_against)
        said |= {"one": name_of(by, getattr(row, by) if row.n else row.against), "n": n, "progressed": progressed}
    return text(f"results.strata.{key}", **said, where=where_of(row))
