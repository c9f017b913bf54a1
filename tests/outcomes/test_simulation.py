"""A reduced run of the proof; benchmarks/simulation.py is the full one. The seeds are fixed, so each run is the same.

The aims are those of the full run, widened by three standard errors of so few runs.
"""

from __future__ import annotations

import math

import numpy as np
import proof
import pytest
import simulated

from closing_lib import outcomes

RUNS = 60
WHAT = [*proof.found(40, 1, 40)]


def by_chance(share: float, runs: int) -> float:
    """Give three standard errors of a share of so many runs."""
    return 3 * math.sqrt(share * (1 - share) / runs)


@pytest.mark.parametrize(("n", "each"), [(600, 1), (40, 40)])
@pytest.mark.parametrize("what", WHAT)
def test_what_is_estimated_is_as_it_should_be(what: str, n: int, each: int) -> None:
    found = proof.found(n, RUNS, each)[what]
    assert found.given >= 0.8 * RUNS
    assert found.is_as_it_should_be(by_chance(0.93, found.given)), found


def test_the_naive_comparison_makes_the_odds_nearly_twice_what_they_are() -> None:
    found = proof.found(600, RUNS, 1)
    naive, adjusted = found[f"{proof.NAIVE}, all answered"], found[f"{proof.ADJUSTED}, all answered"]
    assert naive.coverage < adjusted.coverage - 0.6
    assert naive.bias > math.log(1.7)
    assert abs(adjusted.bias) < math.log(1.1)


def test_an_estimate_that_is_off_or_an_interval_that_is_narrow_misses_the_aim() -> None:
    right = proof.Found(proof.BRIER, 600, 2000, coverage=0.95, bias=0.0, error=0.01, spread=0.2, above=0.5)
    assert right.is_as_it_should_be()
    for wrong in ({"coverage": 0.92}, {"coverage": 0.98}, {"bias": 0.03}):
        assert not right._replace(**wrong).is_as_it_should_be()
    assert not right._replace(what=proof.ADJUSTED, above=0.6).is_as_it_should_be()
    assert not right._replace(what=proof.NAIVE).is_as_it_should_be()


@pytest.mark.parametrize("n", [600, 40])
def test_where_there_is_nothing_hardly_anything_is_claimed(n: int) -> None:
    assert max(proof.false_claims(n, RUNS).values()) <= 0.05 + by_chance(0.05, RUNS)


def test_the_truth_is_what_very_many_come_to() -> None:
    draw, kinds = np.random.default_rng(9), np.arange(len(simulated.KINDS))
    lives = simulated.lives(draw, simulated.people(draw, 200_000, 1))
    in_the_end, today = simulated.in_the_end(draw, lives), simulated.today(draw, lives)
    for t in (in_the_end, today):
        ratio = outcomes.adjusted(outcomes.tally(t), against="mild").table.loc[0, "odds_ratio"]
        assert ratio == pytest.approx(simulated.odds_ratio(kinds), rel=0.04)
    _, rate = simulated.cells(kinds)
    cells = outcomes.by_tactic(outcomes.tally(in_the_end)).table
    assert cells["rate"].tolist() == pytest.approx(rate.ravel(), abs=0.01)
    left = outcomes.time_to_answer(outcomes.tally(today)).table.set_index("weeks")["waiting"]
    assert [left[week - 1] for week in simulated.WEEKS] == pytest.approx(
        [simulated.still_waiting(kinds, week) for week in simulated.WEEKS], abs=0.006
    )
