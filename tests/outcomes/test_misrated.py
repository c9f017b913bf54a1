"""Bands that are only a rating: how the answer moves if it is right only in x of 100, by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest

from closing_lib.outcomes import stratified
from closing_lib.outcomes.statistics.misrated import _unmixed, if_misrated

RATES, SHARES = np.array([0.6, 0.4, 0.2]), np.array([0.7, 0.45, 0.2])  # of what moves forward, and of bold, by band


def drawn(rng: np.random.Generator, n: int, right: float, ratio: float) -> np.ndarray:
    """Count what was asked and came of it by the band as rated."""
    band = rng.integers(0, 3, n)
    bold = rng.random(n) < SHARES[band]
    odds = RATES[band] / (1 - RATES[band]) * np.where(bold, ratio, 1.0)
    forward = rng.random(n) < odds / (1 + odds)
    rated = np.where(rng.random(n) < right, band, (band + rng.integers(1, 3, n)) % 3)
    tables = np.zeros((3, 2, 2), dtype=int)
    np.add.at(tables, (rated, (~bold).astype(int), (~forward).astype(int)), 1)
    return tables


@pytest.mark.parametrize(("n", "right"), [(200, 0.8), (1000, 0.6)])
@pytest.mark.parametrize("ratio", [1.0, 2.5])
def test_what_the_rating_leaves_in_is_taken_out(n: int, right: float, ratio: float) -> None:
    rng, runs = np.random.default_rng(n), 250
    odds, weight = RATES / (1 - RATES) * ratio, SHARES * (1 - SHARES)
    truth = ((odds / (1 + odds) - RATES) * weight).sum() / weight.sum()
    tables = [drawn(rng, n, right, ratio) for _ in range(runs)]
    found = [if_misrated(one, right) for one in tables]
    away = np.array([one.risk_difference for one in found]) - truth
    naive = np.array([stratified(one).risk_difference for one in tables]) - truth
    assert abs(away.mean()) < 0.1 * away.std() + 2 * away.std() / math.sqrt(runs)
    assert naive.mean() > 0.06
    assert np.median([one.odds_ratio for one in found]) == pytest.approx(ratio, rel=0.12)
    covered = np.mean([one.low <= truth <= one.high for one in found])
    by_chance = 2 * math.sqrt(0.05 * 0.95 / runs)
    assert 0.93 - by_chance <= covered <= 0.97 + by_chance


def test_of_a_rating_that_is_always_right_is_the_comparison_as_it_is() -> None:
    counts = [[[40, 20], [20, 20]], [[25, 25], [25, 35]], [[20, 40], [20, 70]]]
    found, plain = if_misrated(counts, 1.0), stratified(counts)
    assert found.odds_ratio == pytest.approx(plain.odds_ratio)
    assert found.risk_difference == pytest.approx(plain.risk_difference)
    assert (found.low, found.high) == pytest.approx(plain.risk_difference_interval)


def test_undoes_the_mixture_where_it_can_be_undone() -> None:
    true = np.array([[[40.0, 20, 20, 20], [25, 25, 25, 35], [20, 40, 20, 70]]])
    mixed = np.full((3, 3), 0.1) + 0.7 * np.eye(3)
    assert _unmixed(mixed.T @ true, mixed) == pytest.approx(true)


def test_moves_farther_and_widens_the_more_is_wrong() -> None:
    tables = drawn(np.random.default_rng(1), 400, 0.8, 1.0)
    found = [if_misrated(tables, right) for right in (1.0, 0.9, 0.8, 0.7, 0.6)]
    assert [one.risk_difference for one in found] == sorted((one.risk_difference for one in found), reverse=True)
    widths = [one.high - one.low for one in found]
    assert widths == sorted(widths)


def test_is_done_within_rounds_that_are_known() -> None:
    one = drawn(np.random.default_rng(2), 400, 0.8, 1.0)
    both = if_misrated(np.stack([one, np.zeros_like(one)]), 0.8)
    assert both.risk_difference == pytest.approx(if_misrated(one, 0.8).risk_difference, abs=1e-6)


def test_of_nothing_is_missing() -> None:
    found = if_misrated(np.zeros((3, 2, 2), dtype=int), 0.8)
    assert math.isnan(found.odds_ratio)
    assert math.isnan(found.risk_difference)
    assert (found.low, found.high) == (-1.0, 1.0)


def test_counts_that_are_few_are_no_error() -> None:
    rng = np.random.default_rng(3)
    for _ in range(30):
        found = if_misrated(rng.integers(0, 3, (4, 3, 2, 2)), 0.6)
        assert -1 <= found.low <= found.risk_difference + 1e-9
        assert found.risk_difference <= found.high + 1e-9 <= 1 + 1e-9


def test_what_cannot_be_says_why() -> None:
    with pytest.raises(ValueError, match="is a guess; give more than 1 / 3"):
        if_misrated(np.ones((3, 2, 2), dtype=int), 1 / 3)
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        if_misrated(np.ones((3, 2, 2), dtype=int), 80)
    for wrong in (np.ones((2, 2), dtype=int), np.ones(3, dtype=int), np.ones((3, 2, 2)), np.ones((0, 2, 2), dtype=int)):
        with pytest.raises(ValueError, match=r"tables|whole"):
            if_misrated(wrong, 0.8)
