"""Looking again and again: the published limits, and no more false claims than were agreed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from closing_lib.outcomes import stratified
from closing_lib.outcomes.statistics.looks import MOST, PLANS, claimed_by_chance, levels_of_looks


def limits(looks: int, plan: str) -> list[float]:
    return [stats.norm.isf(p / 2) for p in levels_of_looks(looks, plan)]


@pytest.mark.parametrize(("looks", "limit"), [(2, 2.178), (3, 2.289), (4, 2.361), (5, 2.413), (10, 2.555)])
def test_pocock_s_limits_are_as_published(looks: int, limit: float) -> None:
    assert [round(one, 3) for one in limits(looks, "pocock")] == [limit] * looks  # Jennison and Turnbull, table 2.1


@pytest.mark.parametrize(("looks", "limit"), [(2, 1.977), (3, 2.004), (4, 2.024), (5, 2.040), (10, 2.087)])
def test_o_brien_and_fleming_s_limits_are_as_published(looks: int, limit: float) -> None:
    found = limits(looks, "obrien_fleming")
    assert round(found[-1], 3) == pytest.approx(limit, abs=0.0011)  # Jennison and Turnbull, table 2.3
    assert found == pytest.approx([found[-1] * math.sqrt(looks / look) for look in range(1, looks + 1)])


@pytest.mark.parametrize(
    ("looks", "chance"), [(2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193), (20, 0.248)]
)
def test_unplanned_looks_find_as_often_as_published(looks: int, chance: float) -> None:
    assert claimed_by_chance(looks) == pytest.approx(chance, abs=0.0006)  # Armitage, McPherson and Rowe, 1969


@pytest.mark.parametrize("plan", PLANS)
def test_one_look_is_that_of_one(plan: str) -> None:
    assert levels_of_looks(1, plan) == (0.05,)
    assert claimed_by_chance(1) == 0.05


@pytest.mark.parametrize("plan", PLANS)
def test_all_looks_at_a_comparison_together_hold_5_percent(plan: str) -> None:
    rng, runs, looks = np.random.default_rng(7), 600, 4
    each, claimed, unplanned = levels_of_looks(looks, plan), 0, 0
    for _ in range(runs):
        rate = rng.uniform(0.2, 0.6, (3, 1))  # of each band
        k = np.cumsum(rng.binomial(8, rate, (looks, 2, 3, 1))[..., 0], axis=0)  # eight more of each question in each
        n = 8 * np.arange(1, looks + 1)
        found = [
            stratified(np.stack([many, size - many], axis=-1).swapaxes(0, 1)).risk_difference_p
            for many, size in zip(k, n, strict=True)
        ]
        claimed += any(p <= own for p, own in zip(found, each, strict=True))
        unplanned += min(found) <= 0.05
    assert claimed / runs <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / runs)
    assert unplanned / runs > 0.08


def test_what_cannot_be_says_why() -> None:
    with pytest.raises(ValueError, match="'haybittle' is not known; choose one of obrien_fleming, pocock, bonferroni"):
        levels_of_looks(3, "haybittle")
    with pytest.raises(ValueError, match="give a whole number of looks"):
        levels_of_looks(MOST + 1)
    with pytest.raises(ValueError, match=r"it must lie between 0 and 0\.5"):
        levels_of_looks(2, chance=5)
