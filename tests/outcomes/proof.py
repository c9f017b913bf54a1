"""What the results of the kit come to on people whose truth is known, and what is asked of them.

An interval of 95% is to hold the truth in 93 to 97% of the times that it is given; where nothing makes a difference,
one may be claimed in at most 5%; the naive comparison must fail at that. Every figure is read off the results that a
person sees, from the tally on, and has its Monte Carlo error: one history is one draw, however many intervals it gives.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from simulated import BANDS, BOLD, LATER, MILD, USED, Model, Numbers, People, Truth, as_asks, history

from closing_lib import outcomes
from closing_lib.outcomes import Finding, Result

Draw = np.random.Generator
Hits = Iterable[bool]
WEEKS = (1, 2, 4, 8)
LEVEL = 0.95
SURE = 3  # standard errors by which a share must miss its aim, before that is chance no more


class Aim(NamedTuple):
    """What is asked of a share: to lie between two others."""

    words: str
    low: float
    high: float


COVERS = Aim("93 to 97% hold the truth", 0.93, 0.97)
COVERS_MORE = Aim("95.5 to 99.5% hold the truth (97.5% intervals)", 0.955, 0.995)
BOUNDS = Aim("93% or more hold the truth", 0.93, 1.0)
CLAIMS_NOTHING = Aim("at most 5% claim something", 0.0, 0.05)
CLAIMS_NOTHING_AT_A_LOOK = Aim("at most 2.5% claim something: at most 5% at either of two looks", 0.0, 0.025)
FAILS = Aim("must fail: more than 5% claim something", 0.05, 1.0)
ALWAYS = Aim("always", 1.0, 1.0)
SHOWN = Aim("shown, no aim", 0.0, 1.0)


class Setting(NamedTuple):
    """Whose interviews they are: how many people, and between how many interviews each has, about."""

    name: str
    people: int
    least: int
    most: int


ONE_60 = Setting("one person, 60 interviews", 1, 57, 57)
ONE_200 = Setting("one person, 200 interviews", 1, 190, 190)
ROOM_40 = Setting("a room of 40, 10 to 30 interviews each", 40, 10, 28)
ROOM_300 = Setting("a room of 300, 5 to 20 interviews each", 300, 5, 19)
SETTINGS = (ONE_60, ONE_200, ROOM_40, ROOM_300)

Found = Iterator[tuple[str, Aim, Hits]]
Counts = dict[tuple[str, Aim], list[tuple[int, int]]]


class Figure(NamedTuple):
    """How often something was so, with its Monte Carlo error: of how many, in how many histories."""

    what: str
    aim: Aim
    share: float
    error: float
    given: int
    runs: int

    def is_met(self, errors: float = 0.0) -> bool:
        """Whether the aim is met, or missed by no more than so many standard errors that so few histories have."""
        slack = errors * max(self.error, math.sqrt(0.05 * 0.95 / max(self.given, 1))) * (self.aim != ALWAYS)
        return not self.given or self.aim.low - slack <= self.share <= self.aim.high + slack


def figures(setting: Setting, runs: Iterable[int]) -> list[Figure]:
    """Work out every figure of a setting from some runs, each with a seed of its own."""
    return together(counts(setting, runs))


def counts(setting: Setting, runs: Iterable[int]) -> Counts:
    """Count for each figure, in each run, how often it was so, and how often it could have been."""
    every: Counts = defaultdict(list)
    for run in runs:
        draw = np.random.default_rng([setting.people, setting.most, run])
        for part in (effects, nothing, a_rating, looking_again, a_draw):
            for what, aim, hits in part(setting, draw):
                so = [*hits]
                every[what, aim].append((sum(so), len(so)))
    return every


def together(every: Counts) -> list[Figure]:
    """Put the counts of all runs together."""
    found = []
    for (what, aim), pairs in every.items():
        hits, given = np.array(pairs, dtype=float).T
        share = hits.sum() / given.sum() if given.any() else math.nan
        error = math.sqrt(((hits - share * given) ** 2).sum()) / max(given.sum(), 1)
        found.append(Figure(what, aim, float(share), error, int(given.sum()), int((given > 0).sum())))
    return found


# --- Four histories of the same people


def effects(setting: Setting, draw: Draw) -> Found:
    """Some questions double the odds: how often the intervals hold what is true."""
    truth, everybody = _truths(setting, draw, Model(effect=2.0))
    found = history(draw, truth)
    ended, today = tallied(found, setting, LATER), tallied(found, setting)
    chance = everybody.chance
    used = {name: everybody.mean(chance, used=at) for at, name in enumerate(USED)}
    bands = {name: everybody.mean(chance, at) for at, name in enumerate(BANDS)}
    cells = {(b, u): everybody.mean(chance, i, j) for i, b in enumerate(BANDS) for j, u in enumerate(USED)}
    left = {week - 1: everybody.waiting(7 * week) for week in WEEKS}
    within = _within(found, truth)
    yield "rate by question", COVERS, held(outcomes.by_tactic(ended, within_bands=False), lambda row: used[row.used])
    yield "rate by question and band", COVERS, held(outcomes.by_tactic(ended), lambda row: cells[row.band, row.used])
    yield "rate by band", COVERS, held(outcomes.by_band(ended), lambda row: bands[row.band])
    at_once = tallied(found.assign(written=0, noted=found["band"]), setting, LATER)
    yield "rate by band, all assessed at once", COVERS, held(outcomes.by_band(at_once), lambda row: bands[row.band])
    yield "rate by question, some open", BOUNDS, held(outcomes.bounds(today), lambda row: used[row.used])
    yield "Brier score", COVERS, held(outcomes.brier(ended), lambda _: everybody.brier)
    yield "still waiting, by week", COVERS, held(outcomes.time_to_answer(today), lambda row: left.get(row.weeks))
    heard = outcomes.silence(today, [7 * week for week in WEEKS])
    yield "hears back after silence", COVERS, held(heard, lambda row: everybody.heard(row.days, row.until))
    yield "difference within strata", COVERS, held(outcomes.adjusted(ended, one="bold"), lambda _: within)


def nothing(setting: Setting, draw: Draw) -> Found:
    """No question does anything, and what is noted of how it went is true, or means nothing."""
    truth, _ = _truths(setting, draw, Model())
    t = tallied(history(draw, truth), setting)
    by_question = outcomes.adjusted(t)
    yield "by question", CLAIMS_NOTHING, [_claims(by_question)]
    yield "by advice followed", CLAIMS_NOTHING, [_claims(outcomes.adjusted(t, by="followed"))]
    yield "by letter of thanks", CLAIMS_NOTHING, [_claims(outcomes.adjusted(t, by="thanks"))]
    yield "by question, thrown together", FAILS, [_claims_naively(by_question)]
    truth, _ = _truths(setting, draw, Model(right=1 / len(BANDS)))
    t = tallied(history(draw, truth), setting, LATER)
    yield "how it went tells something", CLAIMS_NOTHING, [_claims_a_reading(outcomes.calibration(t))]
    yield "readings are better than the usual", CLAIMS_NOTHING, [bool((outcomes.brier(t).table["saved_low"] > 0).any())]


def a_rating(setting: Setting, draw: Draw) -> Found:
    """No question does anything, and how it went is only guessed at."""
    for name, model in (("of reliability .6", Model(reliability=0.6)), ("right in 70 of 100", Model(right=0.7))):
        truth, _ = _truths(setting, draw, model)
        t = tallied(history(draw, truth), setting)
        result = outcomes.adjusted(t)
        yield f"by question, rating {name}", SHOWN, [_claims(result)]
        yield (
            f"by question, rating {name}: the claim says so",
            ALWAYS,
            ["say it went" in result.sentence] * _claims(result),
        )
    corrected = outcomes.adjusted(t, one="bold", rating_right=0.7)
    yield "by question, the same, if corrected for that", SHOWN, (not hit for hit in held(corrected, lambda _: 0.0))


def looking_again(setting: Setting, draw: Draw) -> Found:
    """No question does anything, and a person looks every two months."""
    if setting.people > 1:
        return
    truth, _ = _truths(setting, draw, Model())
    found = history(draw, truth)
    tallies = [tallied(found[found["held"] <= day], setting, day) for day in range(-240, 1, 60)]
    yield "by question, at one look of five", SHOWN, [any(_claims(outcomes.adjusted(t)) for t in tallies)]


def a_draw(setting: Setting, draw: Draw) -> Found:
    """The kit draws the question, and how it went is only guessed at."""
    for effect, complies in ((1.0, 0.75), (2.0, 0.75), (2.0, 1.0)):
        truth, _ = _truths(setting, draw, Model(effect=effect, reliability=0.6, complies=complies))
        found = history(draw, truth)
        result = outcomes.randomised(tallied(found, setting, LATER))
        asked = f"odds {effect:.0f}, asked as drawn in {complies:.0%}"
        p = result.table["p_value"].head(1)
        aims = (CLAIMS_NOTHING, CLAIMS_NOTHING_AT_A_LOOK) if effect == 1 else (SHOWN, SHOWN)
        for level, aim in zip((LEVEL, result.about["level"]), aims, strict=True):
            yield f"drawn, {asked}: a difference, at {level:.1%}", aim, [bool((p <= 1 - level).any())]
        within = _as_drawn(found, truth)
        of_all = replace(result, table=result.table.head(1))
        yield f"drawn, {asked}: its interval", COVERS_MORE, held(of_all, lambda _, true=within: true)


# --- What is true, and what was said of it


def _truths(setting: Setting, draw: Draw, model: Model) -> tuple[Truth, Truth]:
    """Draw the people of a setting; what is true of them, and of everybody whom they stand for: one for himself."""
    truth = Truth(People.drawn(draw, *setting[1:]), model)
    return truth, truth if setting.people == 1 else _everybody(model)


@cache
def _everybody(model: Model) -> Truth:
    return Truth(People.everybody(), model)


def tallied(found: pd.DataFrame, setting: Setting, day: int = 0) -> pd.DataFrame:
    """Count as a tally does, one line an interview: that is a tally already, and much quicker made."""
    asks = as_asks(found, day).assign(n=1)
    return asks if setting.people > 1 else asks.drop(columns="person")


def held(result: Result, truth: Callable[[Any], float | None]) -> Iterator[bool]:
    """Tell of each interval in a result whether it holds the truth, where that is known of its row."""
    for row in result.table.dropna(subset=["low"]).itertuples():
        true = truth(row)
        if true is not None:
            yield bool(row.low <= true <= row.high)


def _within(found: pd.DataFrame, truth: Truth) -> float:
    """Find the true difference of the bold and the mild question, weighted as Mantel and Haenszel do."""
    asks = as_asks(found, LATER)
    is_counted = asks["band"].notna() & (asks["outcome"] != "withdrew") & found["used"].isin([MILD, BOLD])
    rows = found[is_counted]
    by_kind = truth.chance[rows["person"], rows["round"], rows["band"]]
    return _weighted(rows, ["person", "round", "band"], rows["used"] == BOLD, by_kind[:, BOLD] - by_kind[:, MILD])


def _as_drawn(found: pd.DataFrame, truth: Truth) -> float:
    """Find the true difference of the arms, weighted so."""
    rows = found[~found["leaves"] & ~found["is_event"]]
    by_arm = (truth.if_drawn(direct=is_direct)[rows["person"], rows["round"]] for is_direct in (True, False))
    return _weighted(rows, ["person", "round"], rows["drawn"] != MILD, np.subtract(*by_arm))


def _weighted(rows: pd.DataFrame, strata: list[str], is_first: pd.Series, difference: Numbers) -> float:
    table = rows.assign(first=is_first, difference=difference).groupby(strata)
    table = table.agg(n=("first", "size"), k=("first", "sum"), difference=("difference", "first"))
    weight = table["k"] * (table["n"] - table["k"]) / table["n"]
    return float((weight * table["difference"]).sum() / weight.sum()) if weight.any() else math.nan


def _claims(result: Result) -> bool:
    return not bool(result.table["finding"].isin([Finding.NOT_ENOUGH, Finding.CANNOT_TELL]).all())


def _claims_a_reading(result: Result) -> bool:
    return result.sentence.startswith("“It went well” has")


def _claims_naively(result: Result) -> bool:
    """Whether a question looks different with all rounds, bands and people thrown together."""
    return bool(((result.table["naive_low"] > 0) | (result.table["naive_high"] < 0)).any())
