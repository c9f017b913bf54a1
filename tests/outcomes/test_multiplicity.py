"""Several comparisons at once: corrected as by statsmodels, and intervals that never say otherwise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from closing_lib.outcomes import stratified
from closing_lib.outcomes.statistics.multiplicity import holm, levels_by_holm

several = st.lists(st.floats(0, 1), min_size=1, max_size=6)


@given(several)
@settings(max_examples=100)
def test_holm_is_statsmodels(p: list[float]) -> None:
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


def test_what_is_missing_does_not_count() -> None:
    assert holm([0.04, math.nan, 0.01]) == pytest.approx([0.04, math.nan, 0.02], nan_ok=True)
    assert levels_by_holm([0.04, math.nan, 0.01]) == pytest.approx([0.95, math.nan, 0.975], nan_ok=True)
    assert holm([]).size == levels_by_holm([]).size == 0


@given(several, st.sampled_from([0.9, 0.95]))
@settings(max_examples=100)
def test_an_interval_of_that_level_says_the_same(p: list[float], level: float) -> None:
    for corrected, raw, own in zip(holm(p), p, levels_by_holm(p, level), strict=True):
        assert own >= level - 1e-12
        if not math.isclose(corrected, 1 - level, rel_tol=1e-9):
            assert (corrected <= 1 - level) == (raw <= 1 - own)


@given(st.lists(st.tuples(*[st.integers(0, 25)] * 4), min_size=2, max_size=4))
@settings(max_examples=60)
def test_differences_and_odds_shown_never_contradict_what_is_claimed(rows: list[tuple[int, ...]]) -> None:
    found = [stratified(np.reshape(row, (2, 2))) for row in rows]
    for name, nothing in (("risk_difference", 0), ("best", 1)):
        p = [getattr(one, f"{name}_p") for one in found]
        for one, own, corrected in zip(found, levels_by_holm(p), holm(p), strict=True):
            low, high = getattr(one.at(own), f"{name}_interval")
            assert (corrected <= 0.05) == (not low <= nothing <= high)


def test_no_difference_is_wrongly_left_out_in_at_most_5_percent_of_families() -> None:
    rng, wrong, runs = np.random.default_rng(2), 0, 1000
    for _ in range(runs):
        counts = rng.binomial(40, 0.4, (3, 2))
        p = [stratified([[k, 40 - k], [m, 40 - m]]).risk_difference_p for k, m in counts]
        wrong += bool((holm(p) <= 0.05).any())
    assert wrong / runs <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / runs)
