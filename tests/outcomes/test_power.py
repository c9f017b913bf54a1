"""How likely a difference shows itself: the published figures, and SciPy's own test over every possible result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from closing_lib.outcomes import fisher_power, needed
from closing_lib.outcomes.statistics.power import _approximate, _told_apart

rates = st.floats(0.01, 0.99)


@pytest.mark.parametrize(("n", "power"), [(10, 0.06), (20, 0.19), (30, 0.30)])
def test_the_power_at_20_against_40_percent_is_as_the_kit_says(n: int, power: float) -> None:
    assert round(fisher_power(0.2, 0.4, n), 2) == power


@pytest.mark.parametrize(("one", "other"), [(1, 1), (7, 7), (9, 13)])
def test_every_result_is_told_apart_where_scipy_s_test_does(one: int, other: int) -> None:
    found = _told_apart(one, other, 0.05, np.arange(one + other + 1))
    for a in range(one + 1):
        for b in range(other + 1):
            p = stats.fisher_exact([[a, one - a], [b, other - b]]).pvalue
            assert found[a + b, a] == (p <= 0.05), (a, b, p)


@given(rates, st.integers(1, 15))
@settings(max_examples=30)
def test_of_the_same_rate_is_below_what_chance_may_do(rate: float, n: int) -> None:
    assert fisher_power(rate, rate, n) <= 0.05


@given(rates, rates, st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=30)
def test_does_not_depend_on_which_comes_first(p1: float, p2: float, n1: int, n2: int) -> None:
    assert fisher_power(p1, p2, n1, n2) == pytest.approx(fisher_power(p2, p1, n2, n1))


def by_scipy(p1: float, p2: float, n1: int, n2: int) -> float:
    """Go through every result with SciPy's own test, those that are next to impossible left out."""
    one, other = stats.binom.pmf(range(n1 + 1), n1, p1), stats.binom.pmf(range(n2 + 1), n2, p2)
    found = 0.0
    for a, b in np.argwhere(np.outer(one, other) > 1e-9):
        found += one[a] * other[b] * (stats.fisher_exact([[a, n1 - a], [b, n2 - b]]).pvalue <= 0.05)
    return float(found)


@pytest.mark.parametrize(("n1", "n2"), [(5, 100), (100, 5), (8, 61), (3, 150)])
@pytest.mark.parametrize(("p1", "p2"), [(0.2, 0.4), (0.4, 0.2)])
def test_of_few_against_many_is_that_of_scipy_s_test(p1: float, p2: float, n1: int, n2: int) -> None:
    assert fisher_power(p1, p2, n1, n2) == pytest.approx(by_scipy(p1, p2, n1, n2), abs=1e-5)


def test_of_5_against_100_is_hardly_any() -> None:
    assert round(fisher_power(0.2, 0.4, 5, 100), 4) == 0.0026


def test_of_some_hundred_of_each_is_gone_through() -> None:
    assert fisher_power(0.25, 0.4, 150) == pytest.approx(0.76105, abs=5e-6)  # by SciPy's test over every result
    assert fisher_power(0.3, 0.3, 400) <= 0.05


@pytest.mark.parametrize(("p1", "p2"), [(0.2, 0.27), (0.3, 0.36), (0.1, 0.13)])
def test_beyond_what_is_gone_through_it_goes_on_smoothly(p1: float, p2: float) -> None:
    assert fisher_power(p1, p2, 500) == pytest.approx(_approximate(p1, p2, 500, 500, 0.95), abs=0.003)
    assert fisher_power(p1, p2, 300, 900) == pytest.approx(_approximate(p1, p2, 300, 900, 0.95), abs=0.03)
    powers = [fisher_power(p1, p2, n) for n in (400, 500, 800, 1300, 2000, 10**4, 10**6)]
    assert powers == sorted(powers)
    assert powers[-1] == pytest.approx(1.0)


@pytest.mark.parametrize(("p1", "p2"), [(0.2, 0.5), (0.2, 0.7), (0.1, 0.6)])
def test_as_many_as_are_needed_are_enough(p1: float, p2: float) -> None:
    n = needed(p1, p2)
    assert 0.78 <= fisher_power(p1, p2, n) <= 0.88  # a little more than asked: results come in whole steps


def test_20_against_40_percent_needs_what_the_tables_say() -> None:
    assert needed(0.2, 0.4) == 91  # Casagrande, Pike and Smith; 0.80 by going through every result
    assert fisher_power(0.2, 0.4, 91) > fisher_power(0.2, 0.4, 82)


@given(rates, st.floats(0.01, 0.5), st.floats(0.55, 0.95))
@settings(max_examples=50)
def test_a_larger_difference_needs_fewer_and_a_surer_answer_more(rate: float, gap: float, power: float) -> None:
    other, farther = rate + gap * (1 - rate), rate + (gap + 0.2) * (1 - rate)
    assert needed(rate, other) >= needed(rate, farther)
    assert needed(rate, other, power) <= needed(rate, other, power + 0.04)
    assert needed(rate, other) == needed(other, rate)


class TestWhatCannotBe:
    def test_says_why(self) -> None:
        with pytest.raises(ValueError, match="no number of applications tells the same rate apart"):
            needed(0.3, 0.3)
        with pytest.raises(ValueError, match="each must lie between 0 and 1"):
            needed(20, 40)
        with pytest.raises(ValueError, match="power is 80"):
            needed(0.2, 0.4, power=80)
        with pytest.raises(ValueError, match="level is 95"):
            fisher_power(0.2, 0.4, 10, level=95)
        with pytest.raises(ValueError, match="at least one of each"):
            fisher_power(0.2, 0.4, 10, 0)
