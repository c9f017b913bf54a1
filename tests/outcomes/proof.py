"""What the statistics of the kit come to on people whose truth is known, and what is asked of them.

Every figure goes through the public functions, and in one run of `EVERY` through the tables of results as well, from
the tally on: they must say the same. The aims: an interval of 95% holds the truth in 93% to 97% of the runs at 600
applications, and in at least 93% at 40 (an exact interval may hold it more often); no estimate is biased by more than a
tenth of its own standard deviation, which costs an interval a tenth of a percentage point; the naive comparison fails
one or the other; and where there is nothing, something is claimed in at most 5%.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import simulated

from closing_lib import outcomes
from closing_lib.outcomes import Finding

Draw = np.random.Generator
Estimate = tuple[float, ...]  # estimate, low, high, truth
Named = tuple[str, Estimate]
LEAST, MOST = 0.93, {600: 0.97, 40: 1.0}  # how often an interval holds the truth
FALSE = 0.05  # how often something may be claimed where there is nothing
MEDIAN = (0.46, 0.54)  # how many estimates may lie above the truth: a tenth of a standard deviation is 4%
CLAIMS = (Finding.MORE, Finding.FEWER, Finding.DEPENDS, Finding.DIFFERS)
ADJUSTED, NAIVE, BOUNDS = "adjusted odds ratio", "naive odds ratio", "bounds while some are open"
RATES, CALIBRATION, BRIER = "rate by question and band (Wilson)", "calibration by band", "Brier score"
PROGRESSED, OPEN = ["advanced", "offer"], "open"
ENDS = ["advanced", "offer", "rejected", "withdrew"]
EVERY = 20


class Found(NamedTuple):
    """What many runs come to.

    Attributes
    ----------
    what : str
        What was estimated.
    n : int
        Applications in each run.
    given : int
        Intervals that were given; none is where fewer than five are counted.
    coverage : float
        The share of them that hold the truth.
    bias : float
        How far the estimates lie from the truth in the mean; of ratios, on the scale of logarithms.
    error : float
        The Monte Carlo error of the bias, at 95%.
    spread : float
        The standard deviation of the estimates about the truth.
    above : float
        The share of the estimates that lie above the truth.
    """

    what: str
    n: int
    given: int
    coverage: float
    bias: float
    error: float
    spread: float
    above: float

    def covers(self, by_chance: float = 0.0) -> bool:
        """Whether the truth is covered as often as it should be."""
        return LEAST - by_chance <= self.coverage <= MOST[self.n] + by_chance

    def is_unbiased(self, by_chance: float = 0.0) -> bool:
        """Whether the estimates lie about the truth in the mean; ratios, some without bound, in the median too."""
        is_ratio = self.what.startswith((ADJUSTED, NAIVE))
        is_in_the_middle = not is_ratio or MEDIAN[0] - by_chance <= self.above <= MEDIAN[1] + by_chance
        return is_in_the_middle and abs(self.bias) <= 0.1 * self.spread + (1.5 * self.error if by_chance else 0.0)

    def is_as_it_should_be(self, by_chance: float = 0.0) -> bool:
        """Whether the aim is met: that of the naive comparison is to fail."""
        if self.what.startswith(NAIVE):
            return self.coverage < LEAST or not self.is_unbiased(by_chance)
        if self.what == BOUNDS:  # they hold whatever becomes of the open ones, so they are wide, and have no middle
            return self.coverage >= LEAST - by_chance
        return self.covers(by_chance) and self.is_unbiased(by_chance)


@cache
def found(n: int, runs: int, each: int = 1) -> dict[str, Found]:
    """Give what so many runs of n applications come to, so many of each person, by what was estimated."""
    every: dict[str, list[Estimate]] = defaultdict(list)
    for run, draw in enumerate(simulated.seeds(runs, each)):
        for what, row in _estimates(draw, n, each, by_tables=run % EVERY == 0):
            every[what].append(row)
    return {what: _found(what, n, np.array(rows, dtype=float)) for what, rows in every.items()}


def false_claims(n: int, runs: int) -> dict[str, float]:
    """Give how often the kit claims something where there is nothing, by what it claims."""
    every: dict[str, list[bool]] = defaultdict(list)
    for draw in simulated.seeds(runs, 1000):
        every["a question is said to do more, or less"].append(_claims_a_question(simulated.no_difference(draw, n)))
        t = simulated.readings_that_mean_nothing(draw, n)
        every["“it went well” is said to mean something"].append(_claims_a_reading(t))
        every["readings are said to come closer"].append("come closer" in outcomes.sentence(outcomes.brier(t)))
        usual = outcomes.sentence(outcomes.brier(simulated.readings_of_the_usual(draw, n)))
        every["the usual rate is said to be another"].append("can’t be told apart" not in usual)
    return {what: float(np.mean(claimed)) for what, claimed in every.items()}


def looked_at_again(runs: int, looks: range = range(10, 61, 5)) -> float:
    """Give how often a question is said to differ, where none does, to one who looks after every few applications."""
    claimed = 0
    for draw in simulated.seeds(runs, 2000):
        lives = simulated.lives(draw, simulated.people(draw, looks[-1], looks[-1]), effect=1.0)
        used = np.take(simulated.ASKED, lives.bold.astype(int))
        tallies = (simulated.tallied(lives.band[:upto], used[:upto], lives.progresses[:upto]) for upto in looks)
        claimed += any(_claims_a_question(t) for t in tallies)
    return claimed / runs


def _estimates(draw: Draw, n: int, each: int, *, by_tables: bool) -> Iterator[Named]:
    who = simulated.people(draw, n, each)
    kinds = who.kinds if each > 1 else np.arange(len(simulated.KINDS))  # the truth of these people, or of all kinds
    lives = simulated.lives(draw, who)
    in_the_end, today = simulated.in_the_end(draw, lives), simulated.today(draw, lives)
    found = [*_by_functions(lives, in_the_end, today, kinds)]
    if by_tables:
        tables = [*_by_tables(outcomes.tally(in_the_end), outcomes.tally(today), kinds)]
        assert [what for what, _ in tables] == [what for what, _ in found]
        np.testing.assert_allclose([row for _, row in tables], [row for _, row in found], rtol=1e-9, atol=1e-12)
    yield from found


# --- By the functions of numbers that the results are made of, since a table of each result takes ten times as long


def _by_functions(
    lives: simulated.Lives, in_the_end: pd.DataFrame, today: pd.DataFrame, kinds: np.ndarray
) -> Iterator[Named]:
    ended, now = in_the_end["outcome"].to_numpy(), today["outcome"].to_numpy()
    yield from _compared(_cells(lives, ended), kinds, "all answered")
    yield from _compared(_cells(lives, now), kinds, "some open")
    share, rate = simulated.cells(kinds)
    cells = _cells(lives, ended)
    for (band, ask), truth in np.ndenumerate(rate):
        yield RATES, (*_rate(*cells[band, 1 - ask]), truth)
    for band, truth in enumerate((share * rate).sum(axis=1) / share.sum(axis=1)):
        yield CALIBRATION, (*_rate(*cells[band].sum(axis=0)), truth)
    score = outcomes.brier(in_the_end.groupby(["score", "outcome"]).size().rename("n").reset_index()).table.iloc[0]
    yield BRIER, (score["brier"], score["low"], score["high"], simulated.brier(kinds))
    still_open = np.bincount(lives.bold[now == OPEN], minlength=2)
    given_up = np.bincount(lives.bold[now == "no_reply"], minlength=2)
    for ask, truth in enumerate((share * rate).sum(axis=0) / share.sum(axis=0)):
        progressed, not_on = _cells(lives, now).sum(axis=0)[1 - ask]
        everyone, most = progressed + not_on + still_open[ask], progressed + still_open[ask] + given_up[ask]
        low, high = _rate(progressed, everyone - progressed)[1], _rate(most, everyone - most)[2]
        middle = (progressed + most) / 2 / everyone if everyone >= outcomes.MIN_N else math.nan
        yield BOUNDS, (middle, low, high, truth)
    weeks = today["weeks"].to_numpy()
    cause = np.select([now == end for end in ENDS], range(1, len(ENDS) + 1), 0)
    left = outcomes.survival(weeks, cause > 0, grouped=True).rename(columns={"time": "weeks", "survival": "waiting"})
    offers = outcomes.cumulative_incidence(weeks, cause, grouped=True).rename(columns={"time": "weeks"})
    yield from _by_week(left, offers[offers["cause"] == ENDS.index("offer") + 1], kinds)


def _cells(lives: simulated.Lives, outcome: np.ndarray) -> np.ndarray:
    """Count in each band, after the bold question and the mild one, how many moved forward and how many did not."""
    cells = np.zeros((3, 2, 2), dtype=np.int64)
    progressed, is_answered = np.isin(outcome, PROGRESSED), ~np.isin(outcome, [OPEN, "withdrew"])
    here = lives.band[is_answered], 1 - lives.bold[is_answered], 1 - progressed[is_answered]
    np.add.at(cells, here, 1)
    return cells


@cache
def _interval(k: int, n: int) -> tuple[float, float]:
    return outcomes.rate_interval(k, n)


def _rate(progressed: int, not_on: int) -> tuple[float, float, float]:
    n = int(progressed + not_on)
    return (progressed / n, *_interval(int(progressed), n)) if n >= outcomes.MIN_N else (math.nan,) * 3


def _compared(cells: np.ndarray, kinds: np.ndarray, when: str) -> Iterator[Named]:
    found, truth = outcomes.stratified(cells), math.log(simulated.odds_ratio(kinds))
    if cells[(cells.sum(axis=2) > 0).all(axis=1)].sum(axis=(0, 2)).min() >= outcomes.MIN_N:
        within = found.odds_ratio, *found.best_interval
        yield f"{ADJUSTED}, {when}", (*_log(within), truth)
        yield f"{NAIVE}, {when}", (*_log((found.crude_odds_ratio, *found.crude_interval)), truth)


def _log(ratios: Sequence[float]) -> tuple[float, ...]:
    with np.errstate(divide="ignore"):
        return tuple(map(float, np.log(ratios)))


def _by_week(waiting: pd.DataFrame, offers: pd.DataFrame, kinds: np.ndarray) -> Iterator[Named]:
    for week in simulated.WEEKS:
        name = "1 week" if week == 1 else f"{week} weeks"
        for row in waiting[waiting["weeks"] < week].tail(1).itertuples():
            truth = simulated.still_waiting(kinds, week)
            yield f"waiting after {name} (Kaplan-Meier)", (row.waiting, row.low, row.high, truth)
        for row in offers[offers["weeks"] < week].tail(1).itertuples():
            truth = simulated.offered(kinds, week)
            yield f"offer by {name} (Aalen-Johansen)", (row.incidence, row.low, row.high, truth)


# --- By the tables that a person sees, from the tally on


def _by_tables(in_the_end: pd.DataFrame, today: pd.DataFrame, kinds: np.ndarray) -> Iterator[Named]:
    for t, when in ((in_the_end, "all answered"), (today, "some open")):
        for row in outcomes.adjusted(t, against="mild").table.dropna(subset="odds_ratio").itertuples():
            truth = math.log(simulated.odds_ratio(kinds))
            yield f"{ADJUSTED}, {when}", (*_log((row.odds_ratio, row.odds_low, row.odds_high)), truth)
            sides = ((row.progressed, row.n), (row.progressed_against, row.n_against))
            naive = outcomes.stratified([[k, n - k] for k, n in sides])
            yield f"{NAIVE}, {when}", (*_log((naive.odds_ratio, *naive.best_interval)), truth)
    share, rate = simulated.cells(kinds)
    cells = outcomes.by_tactic(in_the_end).table.set_index(["band", "used"])[["rate", "low", "high"]]
    for (band, ask), truth in np.ndenumerate(rate):
        place = simulated.BANDS[band], simulated.ASKED[ask]
        yield RATES, (*(cells.loc[place] if place in cells.index else (math.nan,) * 3), truth)
    bands = outcomes.calibration(in_the_end).table.set_index("band")[["rate", "low", "high"]]
    for band, truth in enumerate((share * rate).sum(axis=1) / share.sum(axis=1)):
        place = simulated.BANDS[band]
        yield CALIBRATION, (*(bands.loc[place] if place in bands.index else (math.nan,) * 3), truth)
    yield BRIER, (*outcomes.brier(in_the_end).table.loc[0, ["brier", "low", "high"]], simulated.brier(kinds))
    of_asks = outcomes.bounds(today).table.set_index("used")
    for ask, truth in enumerate((share * rate).sum(axis=0) / share.sum(axis=0)):
        row = of_asks.loc[simulated.ASKED[ask]]
        yield BOUNDS, ((row["if_open_fail"] + row["if_open_succeed"]) / 2, row["low"], row["high"], truth)
    answers = outcomes.answers_over_time(today).table
    yield from _by_week(outcomes.time_to_answer(today).table, answers[answers["outcome"] == "offer"], kinds)


def _found(what: str, n: int, rows: np.ndarray) -> Found:
    estimate, low, high, truth = rows[~np.isnan(rows[:, 1])].T
    covers, away = (low <= truth) & (truth <= high), estimate - truth
    above = float((away > 0).mean() + (away == 0).mean() / 2)
    away = away[np.isfinite(away)]  # a ratio of 0, or without bound, has no logarithm; its interval counts all the same
    spread = float(away.std())
    error = 1.96 * spread / math.sqrt(len(away))
    return Found(what, n, len(low), float(covers.mean()), float(away.mean()), error, spread, above)


def _claims_a_question(t: pd.DataFrame) -> bool:
    return bool(outcomes.adjusted(t).table["finding"].isin(CLAIMS).any())


def _claims_a_reading(t: pd.DataFrame) -> bool:
    return outcomes.sentence(outcomes.calibration(t)).startswith("“It went well” has")
