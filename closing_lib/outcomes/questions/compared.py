"""Two ways to close compared like with like: within person, round and how it went, next to the naive comparison."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product
from typing import Annotated, Any, NamedTuple

import numpy as np
import pandas as pd

from closing_lib.arguments import refused, share, validate_call, whole
from closing_lib.content import text
from closing_lib.content.figures import percent, points
from closing_lib.models import Band, Choice
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.people import is_room, is_total, of_room
from closing_lib.outcomes.questions.strata import (
    AGAINST,
    TOGETHER,
    Counts,
    Pair,
    is_comparable,
    is_way,
    named,
    pairs,
    where,
    words,
)
from closing_lib.outcomes.questions.wording import left_out
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.looks import MOST, claimed_by_chance
from closing_lib.outcomes.statistics.misrated import if_misrated
from closing_lib.outcomes.statistics.multiplicity import holm, levels_by_holm
from closing_lib.outcomes.statistics.stratified import Stratified, agree, stratified
from closing_lib.outcomes.vocabulary import WORDS

CHANCE = 0.05  # how often something may be claimed of a whole table where there is nothing
_APART = 0.01  # p below which groups are said to differ: a second claim, so it may cost hardly any false ones
_LITTLE = 0.05  # differences closer than this are about the same
_SIZES = ["n", "progressed", "open", "n_against", "progressed_against", "open_against", "n_compared", "people"]
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


class _Compared(NamedTuple):
    """Two ways compared, and the groups that contradict each other, where they do."""

    pair: Pair
    within: Stratified
    moved: tuple[float, float]  # how far the difference moves, and how many times as wide its interval is
    p_differ: float
    parts: list[tuple[str, Pair]]


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
        How often the rating of how it went is supposed to be right, from 0.5 to 1.
    looks : int
        At how many looks this was to be compared, if that was fixed beforehand: each gets its part of the 5%.
    looked : int
        How often it was looked at so far, if nothing was fixed. The warning says what that does.

    Returns
    -------
    Result
        One row for each of the others: the column ``by``, ``against``; ``n`` with an answer in an assessed band (a "no
        reply" is one), ``progressed`` and ``open``, and ``n_against``, ``progressed_against``, ``open_against``;
        ``n_compared`` of them in strata that have both, and ``people`` whose these are; ``naive_difference``,
        ``naive_low``, ``naive_high``; ``risk_difference`` (Mantel-Haenszel), ``low``, ``high`` (Klingenberg, with
        Sato's variance) at the ``level`` that agrees with ``p_holm``, which corrects ``p_value`` for the number of rows
        and looks; ``if_worst``, ``if_best``, the difference if all that are open in these strata ended against it, or
        for it, with a "no reply" as a no or as still open; ``odds_ratio``, ``odds_low``, ``odds_high`` (95%), by
        ``test``: ``"exact"`` where the counts are sparse, else ``"mantel_haenszel"``; ``p_differ`` of bands, or groups
        by round and band, that contradict each other (Breslow-Day with Tarone's correction; of several strata each,
        Cochran's Q); ``finding`` and ``sentence``. What lies within strata is missing where either side has fewer than
        five there, or where groups contradict each other. With ``rating_right`` there is no p and no odds ratio.

    Raises
    ------
    ValueError
        If the words are not known or not compared, or the tally lacks a column.

    Examples
    --------
    >>> from closing_lib.outcomes.tally import tally
    >>> from closing_lib.records import sample_log
    >>> adjusted(tally(sample_log())).table[["used", "against", "n_compared", "finding"]].to_numpy().tolist()[0]
    ['standing', 'mild', 6, 'not_enough']
    """
    found = [_compared(pair, rating_right) for pair in pairs(t, by, against, one)]
    table = _table([{by: each.pair.one, **_row(each)} for each in found], by, CHANCE / looks, rating_right)
    compared = _within(t, rating_right)
    said = [_sentence(row, by, each, compared) for row, each in zip(table.itertuples(), found, strict=True)]
    alone = text("results.adjusted.alone") if t["n"].any() and not said else None
    caveats = [*_caveats(t, table, by, looks, looked), *left_out(t, ["band", by]), *of_room(t, TOGETHER)]
    base = found[0].pair.against if found else str(against or AGAINST[by])
    return Result.of("adjusted", table, said, alone, caveats, by=by, against=base, rating_right=rating_right)


# --- Figures


def _compared(pair: Pair, right: float) -> _Compared:
    shared = pair.shared
    return _Compared(pair, stratified(shared.tables), _moved(shared, right), *_contradicting(shared, right))


def _is_enough(tables: Counts) -> bool:
    return bool(tables.sum(axis=(0, 2)).min() >= MIN_N)


def _row(found: _Compared) -> dict[str, object]:
    pair, within = found.pair, found.within
    row: dict[str, object] = {"against": pair.against, **dict(zip(_SIZES, pair.sizes(), strict=True))}
    naive = stratified(pair.tables.sum(axis=0))
    if _is_enough(naive.tables):
        row |= dict(zip(_NAIVE, (naive.risk_difference, *naive.risk_difference_interval), strict=True))
    if not _is_enough(within.tables):
        return row
    row |= {"found": found, "p_value": within.risk_difference_p, "p_differ": found.p_differ}
    if found.moved == (0.0, 1.0):
        row |= dict(zip(_ODDS, (within.odds_ratio, *within.best_interval), strict=True))
        row["test"] = "exact" if within.is_sparse else "mantel_haenszel"
    return row


def _table(rows: list[dict[str, Any]], by: str, chance: float, right: float) -> pd.DataFrame:
    """Put intervals that agree with the corrected p beside the comparisons, and what all comes to."""
    p = np.array([row.get("p_value", math.nan) for row in rows])
    several = int(np.isfinite(p).sum())
    levels = levels_by_holm(p, 1 - chance) if right == 1 else np.where(np.isnan(p), p, 1 - chance / max(1, several))
    corrected = np.minimum(1, holm(p) * CHANCE / chance)
    for row, level, p_holm in zip(rows, levels.tolist(), corrected.tolist(), strict=True):
        row["finding"] = Finding.NOT_ENOUGH
        if (found := row.pop("found", None)) is None:
            continue
        if row["p_differ"] * several <= _APART:
            row.update({"finding": Finding.DIFFERS, "test": None}, **dict.fromkeys(["p_value", *_ODDS], math.nan))
            continue
        figures = (*_difference(found.within, level, found.moved), level, row["p_value"], p_holm, *_if_open(found))
        row.update(zip(_WITHIN, figures, strict=True))
        if right < 1:
            row.update(p_value=math.nan, p_holm=math.nan)
        row["finding"] = _finding(row)
    order = [by, "against", *_SIZES, *_NAIVE, *_WITHIN, *_ODDS, "test", "p_differ", "finding"]
    types: dict[str, Any] = {
        by: words(WORDS[by]),
        "against": words(WORDS[by]),
        "finding": words(Finding),
        "test": "str",
    }
    types |= dict.fromkeys(_SIZES, "int64") | dict.fromkeys([*_NAIVE, *_WITHIN, *_ODDS, "p_differ"], "float64")
    return pd.DataFrame(rows, columns=order).astype(types)


def _difference(within: Stratified, level: float, moved: tuple[float, float]) -> tuple[float, float, float]:
    (low, high), (shift, wider) = within.at(level).risk_difference_interval, moved
    middle = within.risk_difference
    ends = middle + shift - (middle - low) * wider, middle + shift + (high - middle) * wider
    return middle + shift, max(-1.0, ends[0]), min(1.0, ends[1])


def _moved(shared: Pair, right: float) -> tuple[float, float]:
    """Find how far a difference moves, and how much wider it is, if the bands were rated right only so often.

    People are too few each to tell: it is worked out from all of them together, within rounds.
    """
    if right == 1 or not len(shared.tables):
        return 0.0, 1.0
    rounds, place = np.unique(shared.place // len(Band), return_inverse=True)
    tables = np.zeros((len(rounds), len(Band), 2, 2), dtype=np.int64)
    np.add.at(tables, (place, shared.place % len(Band)), shared.tables)
    as_rated, if_wrong = (if_misrated(tables, one) for one in (1.0, right))
    wider = (if_wrong.high - if_wrong.low) / (as_rated.high - as_rated.low)
    return if_wrong.risk_difference - as_rated.risk_difference, max(1.0, wider)


def _if_open(found: _Compared) -> tuple[float, float]:
    """Find the difference if all that are open ended against the one and for the other, and the other way round.

    A "no reply" counts as a no, as it does elsewhere, and as if it were still open, that is not yet.
    """
    shared = found.pair.shared
    still = shared.cells[..., 2]
    if not still.any():
        return math.nan, math.nan
    ends = []
    for counts_no_reply, is_for in product((1, 0), (0, 1)):
        turned = still * np.array([is_for, 1 - is_for])
        failed = shared.cells[..., 1] + counts_no_reply * shared.cells[..., 3] + still - turned
        ends.append(stratified(np.stack([shared.cells[..., 0] + turned, failed], axis=-1)).risk_difference)
    return float(np.nanmin(ends)) + found.moved[0], float(np.nanmax(ends)) + found.moved[0]


def _contradicting(shared: Pair, right: float) -> tuple[float, list[tuple[str, Pair]]]:
    """Test whether bands contradict each other, or groups by round and band: those that have five of each.

    Give p, corrected for the two tests, and the groups; as few as show it. If bands are rated wrong at times, that may
    be why they do, so that nothing is said of it.
    """
    least, found = 1.0, []
    for by_round in (False, True) if right == 1 else ():
        places = shared.place if by_round else shared.place % len(Band)
        groups = [(where(one, by_round=by_round), shared[places == one]) for one in np.unique(places).tolist()]
        parts = [(name, group) for name, group in groups if _is_enough(group.tables)]
        p = min(1.0, 2 * _p_differ([group.tables for _, group in parts]))
        if p < least:
            least, found = p, parts
        if least <= _APART:
            break
    return least, found


def _p_differ(groups: Sequence[Counts]) -> float:
    if len(groups) < 2:
        return 1.0
    if all(len(one) == 1 for one in groups):
        return stratified(np.concatenate(groups)).homogeneity.p_value
    return agree([stratified(one) for one in groups]).p_value


def _finding(row: dict[str, Any]) -> Finding:
    if row["low"] <= 0 <= row["high"] or row["p_holm"] > CHANCE:
        return Finding.CANNOT_TELL
    if row["if_worst"] <= 0 <= row["if_best"]:
        return Finding.DEPENDS
    return Finding.MORE if row["low"] > 0 else Finding.FEWER


# --- Sentences


def _within(t: pd.DataFrame, right: float) -> str:
    """Say within what is compared, and whose rating it is."""
    whose = "room" if is_room(t) else "total" if is_total(t) else "own"
    rounds = "round" if "round" in t and t["round"].notna().any() else "band"
    if right == 1:
        return text(f"results.adjusted.within.{whose}_{rounds}")
    return text(f"results.adjusted.within.{whose}_misrated", right=round(100 * right))


def _sentence(row: Any, by: str, found: _Compared, within: str) -> str:
    return " ".join(_parts(row, by, found, within))


def _parts(row: Any, by: str, found: _Compared, within: str) -> Iterator[str]:
    said: dict[str, object] = {**named(row, by), "within": within, "open": _open_said(found, row.if_worst, row.if_best)}
    n, m = found.within.tables.sum(axis=(0, 2)).tolist()
    if row.finding == Finding.NOT_ENOUGH:
        said |= {"n": n, "m": m, "needed": MIN_N}
    elif row.finding == Finding.DIFFERS:
        said["parts"] = ". ".join(_part(where, part, len(found.parts)) for where, part in found.parts)
    else:
        ends = (row.low, row.high) if row.risk_difference >= 0 else (-row.high, -row.low)
        said |= {"points": points(abs(row.risk_difference)), "least": points(ends[0]), "most": points(ends[1])}
        said |= {"difference": signed(row.risk_difference), "low": signed(row.low), "high": signed(row.high)}
    yield text(f"results.adjusted.{row.finding}", **said)
    if row.finding != Finding.NOT_ENOUGH:
        key = "room" if row.people > 1 else "own"
        all_of = row.n + row.n_against
        yield text(f"results.adjusted.compared.{key}", n=row.n_compared, all=all_of, people=row.people)
    if row.finding in (Finding.MORE, Finding.FEWER):
        yield text(f"results.adjusted.beware.{row.finding}")
    naive = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    yield text("results.adjusted.naive", **naive)
    if not math.isnan(row.risk_difference + row.naive_difference):
        yield text(f"results.adjusted.difference.{_against_naive(row.naive_difference, row.risk_difference)}")


def _part(group: str, pair: Pair, several: int) -> str:
    """Say one of the groups that contradict each other, at a level that allows for their number."""
    found = _Compared(pair, stratified(pair.tables, 1 - CHANCE / several), (0.0, 1.0), 1.0, [])
    low, high = map(signed, found.within.risk_difference_interval)
    figures = {"difference": signed(found.within.risk_difference), "low": low, "high": high}
    return text("results.adjusted.part", where=group, **figures, open=_open_said(found, *_if_open(found)))


def _open_said(found: _Compared, worst: float, best: float) -> str:
    one, other = found.pair.shared.cells[..., 2].sum(axis=0).tolist()
    if not one + other:
        return ""
    if math.isnan(worst):
        return text("results.adjusted.open.few", one=one, other=other)
    return text("results.adjusted.open.ends", one=one, other=other, worst=signed(worst), best=signed(best))


def signed(difference: float) -> str:
    """Say a difference in words: ``"12 more"``, ``"3 fewer"``, ``"as many"``."""
    shown = points(abs(difference))
    key = "as_many" if shown == points(0) else "more" if difference > 0 else "fewer"
    return text(f"results.points.{key}", points=shown)


def _against_naive(naive: float, within: float) -> str:
    if abs(naive - within) <= _LITTLE:
        return "same"
    if naive * within < 0 and min(abs(naive), abs(within)) > _LITTLE:
        return "turned"
    return "less" if abs(within) < abs(naive) else "farther"


def _caveats(t: pd.DataFrame, table: pd.DataFrame, by: str, looks: int, looked: int) -> Iterator[str]:
    shown = table[table["finding"] != Finding.NOT_ENOUGH]
    if len(shown):
        yield text("results.adjusted.rating")
        if (shown["n_compared"] < shown["n"] + shown["n_against"]).any():
            yield text(f"results.adjusted.no_counterpart.{'room' if is_room(t) else 'own'}")
        yield from _several(len(shown), looks, looked)
        if is_total(t):
            yield text("results.adjusted.total")
    yield from _not_compared(t, by)


def _not_compared(t: pd.DataFrame, by: str) -> Iterator[str]:
    """Say what is not compared, and what is compared without its round."""
    there = (t["band"].notna() & t[by].notna()).to_numpy()
    is_kept, n = is_comparable(t, by), t["n"].to_numpy()
    if others := int(n[there & ~is_way(t, by)].sum()):
        yield text("results.adjusted.not_compared", n=others)
    if by == "thanks":
        yield text("results.adjusted.landmark", n=int(n[there & ~is_kept].sum()))
    if unknown := int(n[there & is_kept & (t["round"].isna().to_numpy() if "round" in t else True)].sum()):
        yield text("results.adjusted.no_round", n=unknown)


def _several(comparisons: int, looks: int, looked: int) -> Iterator[str]:
    """Say how many comparisons were made, and how often."""
    if comparisons > 1:
        yield text("results.adjusted.several", n=comparisons)
    if looks > 1:
        yield text("results.adjusted.looks", looks=looks)
    elif looked > 1:
        by_chance = claimed_by_chance(min(looked, MOST), CHANCE)
        yield text("results.adjusted.looked", n=looked, share=percent(by_chance))
