"""What the statistics of the kit come to on people whose truth is known: how often an interval covers it, and the like.

Every figure goes through the public functions, from the tally on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import simulated

from closing_lib import outcomes
from closing_lib.outcomes import Finding

Draw = np.random.Generator
Runs = Iterator[tuple[float, float, float, float]]  # estimate, low, high, truth


class Found(NamedTuple):
    """What many runs come to.

    Attributes
    ----------
    what : str
        What was estimated.
    n : int
        Applications in each run.
    runs : int
        Intervals that were given.
    coverage : float
        The share of them that hold the truth.
    bias : float
        How far the estimates lie from the truth in the mean; of ratios, on the scale of logarithms.
    """

    what: str
    n: int
    runs: int
    coverage: float
    bias: float


def compared(n: int, runs: int) -> tuple[Found, Found]:
    """Compare bold with mild within bands, and naively."""
    rows = [outcomes.adjusted(simulated.comparison(draw, n)).iloc[0] for draw in simulated.seeds(runs, 1)]
    told = pd.DataFrame([row for row in rows if not np.isnan(row["low"])])
    within = told[["odds_ratio", "low", "high"]].to_numpy(dtype=float)
    naive = told[["naive_odds_ratio", "naive_low", "naive_high"]].to_numpy(dtype=float)
    return _ratios("adjusted", n, within), _ratios("naive", n, naive)


def false_claims(n: int, runs: int) -> float:
    """Give how often any of the questions is said to differ, where none of them changes anything."""
    claims = (Finding.MORE, Finding.FEWER)
    found = (outcomes.adjusted(simulated.no_difference(draw, n)) for draw in simulated.seeds(runs, 2))
    return float(np.mean([table["finding"].isin(claims).any() for table in found]))


def false_calibration(n: int, runs: int) -> float:
    """Give how often “it went well” is said to mean something, or to mislead, where it means nothing."""
    told = (
        outcomes.sentence(outcomes.calibration(simulated.readings_that_mean_nothing(draw, n)))
        for draw in simulated.seeds(runs, 3)
    )
    return float(np.mean([one.startswith("“It went well” has") for one in told]))


def rates(n: int, runs: int) -> Found:
    """Cover the rate of each question in each band (Wilson)."""
    return _share("rates by question and band (Wilson)", n, runs, 4, _rates)


def calibrated(n: int, runs: int) -> Found:
    """Cover the rate of each band, as `calibration` gives it."""
    return _share("calibration by band", n, runs, 5, _calibrated)


def brier(n: int, runs: int) -> Found:
    """Cover the Brier score of readings that are right."""
    return _share("Brier score", n, runs, 6, _brier)


def waiting(n: int, runs: int) -> Found:
    """Cover the share that is still waiting after some weeks (Kaplan-Meier)."""
    return _share("still waiting (Kaplan-Meier)", n, runs, 7, _waiting)


def offered(n: int, runs: int) -> Found:
    """Cover the share that has had an offer after some weeks, where a no excludes it (Aalen-Johansen)."""
    return _share("offers so far (Aalen-Johansen)", n, runs, 8, _offered)


def _rates(draw: Draw, n: int) -> Runs:
    for row in outcomes.by_tactic(simulated.comparison(draw, n, effect=1.0)).itertuples():
        yield row.rate, row.low, row.high, simulated.LEADS_ON[simulated.BANDS.index(row.band)]


def _calibrated(draw: Draw, n: int) -> Runs:
    for row in outcomes.calibration(simulated.comparison(draw, n, effect=1.0)).itertuples():
        yield row.rate, row.low, row.high, simulated.LEADS_ON[simulated.BANDS.index(row.band)]


def _brier(draw: Draw, n: int) -> Runs:
    row = outcomes.brier(simulated.readings(draw, n)).iloc[0]
    yield row["brier"], row["low"], row["high"], simulated.BRIER


def _waiting(draw: Draw, n: int) -> Runs:
    found = outcomes.time_to_answer(simulated.waiting(draw, n))
    for week in simulated.WEEKS:
        for row in found[found["weeks"] < week].tail(1).itertuples():
            yield row.waiting, row.low, row.high, simulated.still_waiting(week)


def _offered(draw: Draw, n: int) -> Runs:
    found = outcomes.answers_over_time(simulated.waiting(draw, n))
    offers = found[found["outcome"] == "offer"]
    for week in simulated.WEEKS:
        for row in offers[offers["weeks"] < week].tail(1).itertuples():
            yield row.incidence, row.low, row.high, simulated.OFFERED * (1 - simulated.still_waiting(week))


def _share(what: str, n: int, runs: int, seed: int, one: Callable[[Draw, int], Runs]) -> Found:
    given = np.array([row for draw in simulated.seeds(runs, seed) for row in one(draw, n)])
    estimate, low, high, truth = given[~np.isnan(given[:, 1])].T
    return Found(what, n, len(low), float(((low <= truth) & (truth <= high)).mean()), float((estimate - truth).mean()))


def _ratios(what: str, n: int, given: np.ndarray) -> Found:
    ratio, low, high = given.T
    covers = (low <= simulated.EFFECT) & (high >= simulated.EFFECT)
    inside = (ratio > 0) & np.isfinite(ratio)  # the others have no logarithm; their intervals count all the same
    bias = float(np.log(ratio[inside] / simulated.EFFECT).mean())
    return Found(what, n, len(given), float(covers.mean()), bias)
