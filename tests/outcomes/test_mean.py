"""The interval of a mean: coverage for Brier scores as they come, of one person and of a room."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from closing_lib.outcomes.statistics.clustered import FEWEST_VALUES as FEWEST
from closing_lib.outcomes.statistics.clustered import mean_interval

SHARES = np.arange(11) / 10
OFTEN = np.array([1, 2, 3, 4, 6, 8, 9, 8, 5, 3, 1]) / 50  # how often each reading is made
RATES = {"as read": SHARES, "a quarter whatever is read": np.full(11, 0.25), "well": 0.6 + 0.35 * SHARES}


@pytest.mark.parametrize("n", [20, 30, 60])
@pytest.mark.parametrize("rates", RATES)
def test_a_brier_score_is_covered_in_93_to_97_percent(n: int, rates: str) -> None:
    rng, rate, runs = np.random.default_rng(n), RATES[rates], 1000
    truth = (OFTEN * (rate * (1 - SHARES) ** 2 + (1 - rate) * SHARES**2)).sum()
    read = rng.choice(11, (runs, n), p=OFTEN)
    missed = ((rng.random((runs, n)) < rate[read]) - SHARES[read]) ** 2
    ends = np.array([mean_interval(one, positive=True)[1:] for one in missed])
    covered = ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).mean()
    by_chance = 2 * math.sqrt(0.05 * 0.95 / runs)
    assert 0.93 - by_chance <= covered <= 0.97 + by_chance


def test_of_a_room_people_are_the_sample() -> None:
    rng, covered, alone, runs = np.random.default_rng(2), 0, 0, 400
    for _ in range(runs):
        whose = np.repeat(np.arange(25), rng.integers(3, 20, 25))
        values = rng.normal(0, 1, 25)[whose] + rng.normal(2, 1, len(whose))
        found, naive = mean_interval(values, people=whose), mean_interval(values)
        covered += found.low <= 2 <= found.high
        alone += naive.low <= 2 <= naive.high
    assert 0.93 - 0.022 <= covered / runs <= 0.97 + 0.022
    assert alone / runs < 0.75


def test_on_the_plain_scale_is_student_s() -> None:
    values = np.random.default_rng(1).normal(size=30)
    theirs = stats.ttest_1samp(values, 0).confidence_interval()
    assert mean_interval(values)[1:] == pytest.approx(tuple(theirs))


def test_of_counts_is_that_of_the_values_they_stand_for() -> None:
    values, counts = [0.1, 0.4, 0.9], [10, 9, 5]
    assert mean_interval(values, counts) == pytest.approx(mean_interval(np.repeat(values, counts)))
    of_each = mean_interval(values * 2, counts * 2, people=[0, 1, 2, 3, 4, 5])
    every = np.repeat(values * 2, counts * 2)
    assert of_each == pytest.approx(mean_interval(every, people=np.repeat([0, 1, 2, 3, 4, 5], counts * 2)))


def test_has_no_interval_of_few_or_where_all_are_the_same() -> None:
    values = np.arange(FEWEST - 1) / FEWEST
    assert math.isnan(mean_interval(values).low)
    assert not math.isnan(mean_interval([*values, 0.5]).low)
    assert math.isnan(mean_interval([0.25] * 30, positive=True).low)
    assert math.isnan(mean_interval(np.arange(30.0), people=[0, 1] * 15).low)
    assert math.isnan(mean_interval([]).mean)


@pytest.mark.parametrize("given", [([1.0, 2.0], [1]), ([1.0], [0]), ([[1.0]], None), ([1.0, 2.0], None, [1])])
def test_needs_lines_that_fit_together(given: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit together"):
        mean_interval(*given)  # type: ignore[arg-type]
