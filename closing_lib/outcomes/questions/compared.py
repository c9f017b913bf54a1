"""Two ways to close compared like with like: within person, round and how it went, next to the naive comparison."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

import numpy as np
import pandas as pd

from closing_lib.arguments import refused, share, validate_call, whole
from closing_lib.content import text
from closing_lib.content.figures import percent, points
from closing_lib.models import Band, Choice
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, Cells, People, framed, total
from closing_lib.outcomes.questions.strata import (
    AGAINST,
    PLACES,
    SIZES,
    TOGETHER,
    Pair,
    is_comparable,
    named,
    pairs,
    ways_of,
    where,
    words,
)
from closing_lib.outcomes.questions.wording import digits_of, left_out, signed
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.misrated import if_misrated
from closing_lib.outcomes.statistics.multiplicity import MOST, claimed_by_chance, holm, levels_by_holm
from closing_lib.outcomes.statistics.stratified import Stratified, agree, margins, stratified
from closing_lib.outcomes.vocabulary import WORDS

CHANCE = 0.05  # how often something may be claimed of a whole table where there is nothing
_APART = 0.005  # the part of it for groups that differ from each other; the rest is for the differences
_LITTLE = 0.05  # differences closer than this are about the same
_NAIVE = ["naive_difference", "naive_low", "naive_high"]
_WITHIN = ["risk_difference", "low", "high", "level", "p_value", "p_holm", "if_worst", "if_best"]
_ODDS = ["odds_ratio", "odds_low", "odds_high"]


def _right(name: str, given: object) -> float:
    found = share(name, given, remedy := "it must lie between 0.5 and 1, such as 0.8")
    if found < 0.5:  # below it, such a rating says hardly anything
        raise refused(name, given, remedy)
    return found


Right = Annotated[float, _right]
Times = Annotated[int, partial(whole, least=1, most=10_000, remedy="give a whole number from 1")]


class Finding(Choice):
    """What a comparison comes to."""

    NOT_ENOUGH = "not_enough"
    CANNOT_TELL = "cannot_tell"
    FEWER = "fewer"
    MORE = "more"
    DEPENDS = "depends_on_open"
    DIFFERS = "differs"


@validate_call
def adjusted(
    t: Tally,
    by: str = "used",
    against: str | None = None,
    *,
    one: str | None = None,
    rating_right: Right = 1.0,
    looks: Times = 1,
    looked: Times = 1,
) -> Result:
    """Compare what moved forward within person, round and how it went, and set the naive comparison beside it.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally. What it lacks of ``round`` and ``person`` is compared without, and that is said.
    by : {"used", "followed", "thanks"}
        What is compared: the question (but not a confirmation, which is no choice, nor "another", which is a mixture);
        whether it was the advised one; or the thank-you letter, among interviews without an answer in the first week.
    against : str or None
        What the others are compared with; where nothing is given, the mild question (or the one asked most, where
        that never was), advice not followed, no letter.
    one : str or None
        The only one to compare, such as that of a comparison fixed beforehand.
    rating_right : float
        How often the rating of how it went is supposed to be right, from 0.5 to 1. There is no p and no odds ratio
        then, and in a room of hundreds a part of the error is left.
    looks : int
        At how many looks this was to be compared, if that was fixed beforehand: each gets its part of the 5%.
    looked : int
        How often it was looked at so far, if nothing was fixed. The warning says what that does.

    Returns
    -------
    Result
        One row for each of the others: the column ``by``, ``against``; ``n`` in an assessed band that are over (a "no
        reply" is), ``progressed`` and ``open``, and ``n_against``, ``progressed_against``, ``open_against``;
        ``n_compared`` of them in strata that have both, and ``people`` whose these are; ``naive_difference``,
        ``naive_low``, ``naive_high``; ``risk_difference`` (Mantel-Haenszel), ``low``, ``high`` (Klingenberg, with
        Sato's variance) at the ``level`` that agrees with ``p_holm``, which corrects ``p_value`` for the number of rows
        and looks, and for the test of ``p_differ`` where there is one: whatever is claimed of a table holds 5%
        together; ``if_worst``, ``if_best``, the difference if all that are open or had no reply in these strata ended
        against it, or for it; ``odds_ratio``, ``odds_low``, ``odds_high`` (95%), by ``test``: ``"exact"`` where the
        counts are sparse, else ``"mantel_haenszel"``; ``p_differ`` of bands, or groups by round and band, that
        contradict each other (Breslow-Day with Tarone's correction; of several strata each, Cochran's Q); ``finding``,
        which depends on the open ones where these alone could turn it; and ``sentence``. What lies within strata is
        missing where either side has fewer than five there, or where groups contradict each other.
    """
    people = People(t)
    found = pairs(t, people, by, against, one)
    groups = [_contradicting(pair, rating_right) for pair in found]
    rows = _rows(found, groups, looks, rating_right)
    types: dict[str, Any] = {by: words(WORDS[by]), "against": words(WORDS[by])} | dict.fromkeys(SIZES, "int64")
    types |= dict.fromkeys([*_NAIVE, *_WITHIN, *_ODDS], "float64")
    types |= {"test": "str", "p_differ": "float64", "finding": words(Finding)}
    table = framed(({by: pair.one, **row} for pair, row in zip(found, rows, strict=True)), types)
    within = _within(t, people, rating_right)
    each = zip(table.itertuples(), found, groups, strict=True)
    said = [" ".join(_sentences(row, by, pair, group.parts, within)) for row, pair, group in each]
    alone = text("results.adjusted.alone") if not said and _has_any(t, by) else None
    caveats = [*_caveats(people, table, rating_right, looks, looked), *_not_compared(t, by)]
    caveats += [*left_out(t, ["band", by]), *people.together(TOGETHER)]
    base = found[0].against if found else str(against or AGAINST[by])
    return Result.of("adjusted", table, said, alone, caveats, by=by, against=base, rating_right=rating_right)


# --- Figures


class _Groups(NamedTuple):
    """Groups that contradict each other, the p of that, and whether there are any that could."""

    p: float
    parts: Sequence[tuple[str, Pair]]
    could: bool


def is_enough(found: Stratified) -> bool:
    """Whether both sides have five."""
    return bool(found.crude.sum(axis=1).min() >= MIN_N)


def _rows(found: list[Pair], groups: list[_Groups], looks: int, right: float) -> list[dict[str, Any]]:
    """The figures of each comparison: intervals that agree with the corrected p, and what it comes to."""
    p = np.array([one.compared.risk_difference_p if is_enough(one.compared) else math.nan for one in found])
    several, part = int(np.isfinite(p).sum()), _APART * any(group.could for group in groups)
    chance = (CHANCE - part) / looks
    levels = levels_by_holm(p, 1 - chance) if right == 1 else np.where(np.isnan(p), p, 1 - chance / max(1, several))
    corrected = np.minimum(1, holm(p) * CHANCE / chance)
    rows = []
    for pair, group, *figures in zip(found, groups, levels.tolist(), p.tolist(), corrected.tolist(), strict=True):
        row = {"against": pair.against, **pair.sizes(), "finding": Finding.NOT_ENOUGH}
        naive = stratified(pair.whole_tables.sum(axis=0))
        if is_enough(naive):
            row |= dict(zip(_NAIVE, (naive.risk_difference, *naive.risk_difference_interval), strict=True))
        if not math.isnan(figures[0]):
            differs = group.p * several <= part / looks
            row |= {"finding": Finding.DIFFERS} if differs else _row(pair, figures, right)
            row["p_differ"] = group.p
        rows.append(row | {"finding": str(row["finding"])})
    return rows


def _row(pair: Pair, figures: list[float], right: float) -> dict[str, Any]:
    within, shared, (level, p, p_holm) = pair.compared, pair.shared, figures
    shift, wider = _moved(shared, right)
    _, still = (silent := pair.silent).sum(axis=0)
    ends = [end + shift for end in shared.bounds()] if silent.any() else [math.nan, math.nan]
    low, high = within.at(level).risk_difference_interval
    middle = within.risk_difference
    low, high = max(-1.0, middle + shift - (middle - low) * wider), min(1.0, middle + shift + (high - middle) * wider)
    if low <= 0 <= high or p_holm > CHANCE:  # nothing is found that only a supposed rating shows
        finding = Finding.CANNOT_TELL
    elif still and (only := shared.bounds(no_reply=False))[0] <= -shift <= only[1]:
        finding = Finding.DEPENDS
    else:
        finding = Finding.MORE if low > 0 else Finding.FEWER
    if right < 1:
        p = p_holm = math.nan
    row: dict[str, Any] = dict(zip(_WITHIN, (middle + shift, low, high, level, p, p_holm, *ends), strict=True))
    if right == 1:
        row |= dict(zip(_ODDS, (within.odds_ratio, *within.best_interval), strict=True))
        row["test"] = "exact" if within.is_sparse else "mantel_haenszel"
    return row | {"finding": finding}


def _moved(shared: Pair, right: float) -> tuple[float, float]:
    """How far a difference moves, and how much wider it is, if the bands were rated right only so often.

    People are too few each to tell: it is worked out from all of them together, within rounds.
    """
    if right == 1 or not len(shared.tables):
        return 0.0, 1.0
    rounds, place = np.unique(shared.place // len(Band), return_inverse=True)
    tables = np.zeros((len(rounds), len(Band), 2, 2), dtype=np.int64)
    np.add.at(tables, (place, shared.place % len(Band)), shared.tables * shared.many[:, None, None])
    as_rated, if_wrong = stratified(tables.reshape(-1, 2, 2)), if_misrated(tables, right)
    low, high = as_rated.risk_difference_interval
    return if_wrong.risk_difference - as_rated.risk_difference, max(1.0, (if_wrong.high - if_wrong.low) / (high - low))


def _contradicting(pair: Pair, right: float) -> _Groups:
    """Test whether bands contradict each other, or groups by round and band: those that have five of each.

    The p is corrected for the two tests, and the groups are as few as show it. If bands are rated wrong at times, that
    may be why they do, so that nothing is said of it.
    """
    least, shared = _Groups(1.0, [], could=False), pair.shared
    for by_round in (False, True) if right == 1 and is_enough(pair.compared) else ():
        places = shared.place if by_round else shared.place % len(Band)
        sizes = [np.bincount(places, weights=of_way * shared.many) for of_way in margins(shared.tables)[0].T]
        is_one = np.min(sizes, axis=0) >= MIN_N
        which = is_one[places]
        p = min(1.0, 2 * _p_differ(shared.tables[which], places[which], shared.many[which]))
        least = least._replace(could=least.could or bool(is_one.sum() > 1))
        if p < least.p:
            parts = [(where(one, by_round=by_round), shared[places == one]) for one in np.flatnonzero(is_one).tolist()]
            least = least._replace(p=p, parts=parts)
        if least.p <= _APART:
            break
    return least


def _p_differ(tables: Cells, groups: Cells, many: Cells) -> float:
    if 1 < (strata := many.sum()) <= PLACES and len(np.unique(groups)) == strata:
        return stratified(tables).homogeneity.p_value
    return agree(tables, groups, many).p_value


# --- Sentences


def _within(t: pd.DataFrame, people: People, right: float) -> str:
    """Say within what is compared, and whose rating it is."""
    whose = "room" if people.is_room else "total" if people.is_total else "own"
    rounds = "round" if "round" in t and t["round"].notna().any() else "band"
    return text(f"results.adjusted.within.{whose}_{rounds if right == 1 else 'misrated'}", right=round(100 * right))


def _sentences(row: Any, by: str, pair: Pair, parts: Sequence[tuple[str, Pair]], within: str) -> Iterator[str]:
    said: dict[str, object] = {**named(row, by), "within": within, "open": _waiting(pair, row.if_worst, row.if_best)}
    if row.finding == Finding.NOT_ENOUGH:
        n, m = pair.compared.crude.sum(axis=1).tolist()
        said |= {"n": n, "m": m, "needed": MIN_N}
    elif row.finding == Finding.DIFFERS:
        said["parts"] = ". ".join(_part(where, part, len(parts)) for where, part in parts)
    else:
        said |= _interval(row.risk_difference, row.low, row.high)
    is_supposed = row.finding == Finding.CANNOT_TELL and not row.low <= 0 <= row.high
    yield text(f"results.adjusted.{'supposed' if is_supposed else row.finding}", **said)
    if row.finding != Finding.NOT_ENOUGH:
        key, all_of = "room" if row.people > 1 else "own", row.n + row.n_against
        yield text(f"results.adjusted.compared.{key}", n=row.n_compared, all=all_of, people=row.people)
    if row.finding in (Finding.MORE, Finding.FEWER):
        yield text(f"results.adjusted.beware.{row.finding}")
    naive = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    if row.n and row.n_against:
        yield text("results.adjusted.naive", **naive)
    if not math.isnan(row.risk_difference + row.naive_difference):
        yield text(f"results.adjusted.difference.{_against_naive(row.naive_difference, row.risk_difference)}")


def _interval(difference: float, low: float, high: float) -> dict[str, str]:
    """Write a difference and its interval in words, and as numbers of more or of fewer, the nearer end first."""
    digits, figures = digits_of(low, high), {"difference": difference, "low": low, "high": high}
    ends = (low, high) if difference >= 0 else (-high, -low)
    plain = {"points": abs(difference), "least": ends[0], "most": ends[1]}
    written = {name: points(figure, digits) for name, figure in plain.items()}
    return written | {name: signed(figure, digits) for name, figure in figures.items()}


def _part(group: str, pair: Pair, several: int) -> str:
    """Say one of the groups that contradict each other, at a level that allows for their number."""
    ends = pair.compared.at(1 - CHANCE / several).risk_difference_interval
    figures = _interval(pair.compared.risk_difference, *ends)
    return text("results.adjusted.part", where=group, **figures, open=_waiting(pair, *pair.bounds()))


def _waiting(pair: Pair, worst: float, best: float) -> str:
    """Say how many have no answer, and what becomes of the difference if all of them go one way."""
    one, other = pair.silent.sum(axis=1).tolist()
    if not one + other:
        return ""
    if math.isnan(worst):
        return text("results.adjusted.open.few", one=one, other=other)
    return text("results.adjusted.open.ends", one=one, other=other, worst=signed(worst), best=signed(best))


def _against_naive(naive: float, within: float) -> str:
    if abs(naive - within) <= _LITTLE:
        return "same"
    if naive * within < 0 and min(abs(naive), abs(within)) > _LITTLE:
        return "turned"
    return "less" if abs(within) < abs(naive) else "farther"


def _caveats(people: People, table: pd.DataFrame, right: float, looks: int, looked: int) -> Iterator[str]:
    shown = table[table["finding"] != Finding.NOT_ENOUGH]
    if shown.empty:
        return
    yield text("results.adjusted.rating")
    if right < 1 and (people.is_room or people.is_total):
        yield text("results.adjusted.still_off")
    if (shown["n_compared"] < shown["n"] + shown["n_against"]).any():
        yield text(f"results.adjusted.no_counterpart.{'room' if people.is_room else 'own'}")
    yield from _several(len(shown), looks, looked)
    if people.is_total:
        yield text("results.adjusted.total")


def _several(comparisons: int, looks: int, looked: int) -> Iterator[str]:
    """Say how many comparisons were made, and how often."""
    if comparisons > 1:
        yield text("results.adjusted.several", n=comparisons)
    if looks > 1:
        yield text("results.adjusted.looks", looks=looks)
    elif looked > 1:
        by_chance = claimed_by_chance(min(looked, MOST), CHANCE)
        yield text("results.adjusted.looked", n=looked, share=percent(by_chance))


def _has_any(t: pd.DataFrame, by: str) -> bool:
    """Whether anything could be compared if it had a counterpart."""
    return total(t, t["band"].notna().to_numpy() & (ways_of(t, by) >= 0) & is_comparable(t, by)) > 0


def _not_compared(t: pd.DataFrame, by: str) -> Iterator[str]:
    """Say what is not compared, and what is compared without its round."""
    there, is_kept = (t["band"].notna() & t[by].notna()).to_numpy(), is_comparable(t, by)
    if others := total(t, there & (ways_of(t, by) < 0)):
        yield text("results.adjusted.not_compared", n=others)
    if by == "thanks":
        is_dated = t["weeks"].notna().to_numpy()
        yield text("results.adjusted.landmark", n=total(t, there & ~is_kept & is_dated))
        if undated := total(t, there & ~is_dated):
            yield text("results.waiting.undated", n=undated)
    if unknown := total(t, there & is_kept & (t["round"].isna().to_numpy() if "round" in t else True)):
        yield text("results.adjusted.no_round", n=unknown)
