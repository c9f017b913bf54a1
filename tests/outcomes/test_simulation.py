"""A reduced run of the proof; benchmarks/simulation.py is the full one. The seeds are fixed, so each run is the same.

Limits are those of the full run, widened by three standard errors of so few runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import proof
import pytest

RUNS = 120
SHARES: dict[str, Callable[[int, int], proof.Found]] = {
    "Wilson": proof.rates,
    "calibration": proof.calibrated,
    "Brier": proof.brier,
    "Kaplan-Meier": proof.waiting,
    "Aalen-Johansen": proof.offered,
}


def by_chance(share: float, runs: int) -> float:
    """Give three standard errors of a share of so many runs."""
    return 3 * math.sqrt(share * (1 - share) / runs)


@pytest.mark.parametrize(("n", "most"), [(600, 0.97), (40, 1.0)])
def test_the_adjusted_interval_covers_the_truth_and_the_naive_one_fails(n: int, most: float) -> None:
    adjusted, naive = proof.compared(n, RUNS)
    assert adjusted.runs > 0.9 * RUNS
    assert 0.93 - by_chance(0.93, RUNS) <= adjusted.coverage <= most + by_chance(most, RUNS)
    assert naive.coverage < 0.93 - by_chance(0.93, RUNS) or n == 40
    assert naive.coverage < adjusted.coverage - 0.05


def test_the_adjusted_ratio_is_unbiased_and_the_naive_one_is_not() -> None:
    adjusted, naive = proof.compared(600, RUNS)
    assert abs(adjusted.bias) < 0.02 + 3 * 0.19 / math.sqrt(RUNS)  # 0.19: the standard error of one run
    assert naive.bias > math.log(1.5)


@pytest.mark.parametrize("n", [600, 40])
def test_with_no_effect_false_claims_are_rare(n: int) -> None:
    assert proof.false_claims(n, RUNS) <= 0.05 + by_chance(0.05, RUNS)
    assert proof.false_calibration(n, RUNS) <= 0.05 + by_chance(0.05, RUNS)


@pytest.mark.parametrize("n", [600, 40])
@pytest.mark.parametrize("share", SHARES.values(), ids=SHARES)
def test_the_interval_of_a_share_covers_the_truth(share: Callable[[int, int], proof.Found], n: int) -> None:
    found = share(n, RUNS)
    assert found.runs >= RUNS
    assert found.coverage >= 0.93 - by_chance(0.93, RUNS)  # those of one run go together, so no more than the runs
    assert abs(found.bias) < 0.02
