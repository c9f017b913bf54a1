"""Intervals of a rate: the published numbers to the printed digit, and the promises that hold for every count."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from closing_lib.outcomes import rate_interval, shrink

METHODS = ("wilson", "jeffreys")
each_method = pytest.mark.parametrize("method", METHODS)
counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.floats(0.01, 0.999)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_reproduces_newcombe_1998_table_1(k: int, n: int, low: float, high: float) -> None:
    assert tuple(round(end, 4) for end in rate_interval(k, n)) == (low, high)


@given(counts, levels)
@settings(deadline=None, max_examples=50)
def test_wilson_is_where_the_score_test_just_accepts(count: tuple[int, int], level: float) -> None:
    k, n = count
    z = stats.norm.ppf((1 + level) / 2)
    for end in rate_interval(k, n, "wilson", level):
        assert abs(k / n - end) == pytest.approx(z * math.sqrt(max(end * (1 - end), 0) / n), abs=1e-9)


@given(counts, levels)
@settings(deadline=None, max_examples=50)
def test_jeffreys_is_the_equal_tailed_interval_of_its_posterior_with_its_ends_at_0_and_1(
    count: tuple[int, int], level: float
) -> None:
    k, n = count
    low, high = rate_interval(k, n, "jeffreys", level)
    below, above = stats.beta.cdf((low, high), k + 0.5, n - k + 0.5)
    tail = (1 - level) / 2
    assert low == 0.0 if k == 0 else below == pytest.approx(tail, abs=1e-9)
    assert high == 1.0 if k == n else 1 - above == pytest.approx(tail, abs=1e-9)


@pytest.mark.parametrize(("k", "n"), [(1, 2), (3, 10), (9, 10), (81, 263)])
def test_jeffreys_is_scipy_s_where_k_is_inside(k: int, n: int) -> None:
    assert rate_interval(k, n, "jeffreys") == pytest.approx(stats.beta.interval(0.95, k + 0.5, n - k + 0.5))


def test_jeffreys_is_r_s() -> None:
    assert rate_interval(81, 263, "jeffreys") == pytest.approx((0.2545219350, 0.3656474992))  # qbeta(p, 81.5, 182.5)


@each_method
class TestEveryInterval:
    @given(count=counts, level=levels)
    @settings(deadline=None, max_examples=50)
    def test_holds_the_rate_and_lies_between_0_and_1(self, method: str, count: tuple[int, int], level: float) -> None:
        k, n = count
        low, high = rate_interval(k, n, method, level)
        assert 0 <= low < high <= 1
        # A rate and an end are rounded numbers; and a narrow Jeffreys interval may leave out a rate near the edge.
        if method == "wilson" or (level >= 0.9 and 0 < k < n):
            assert low <= k / n + 1e-12
            assert high >= k / n - 1e-12

    @given(count=counts)
    @settings(deadline=None, max_examples=50)
    def test_of_the_failures_is_its_mirror_image(self, method: str, count: tuple[int, int]) -> None:
        k, n = count
        low, high = rate_interval(k, n, method)
        assert rate_interval(n - k, n, method) == pytest.approx((1 - high, 1 - low), abs=1e-9)

    @given(count=counts, times=st.integers(2, 20))
    @settings(deadline=None, max_examples=50)
    def test_is_narrower_with_more_data_at_the_same_rate(self, method: str, count: tuple[int, int], times: int) -> None:
        k, n = count
        low, high = rate_interval(k, n, method)
        less, more = rate_interval(times * k, times * n, method)
        assert more - less < high - low

    @given(count=counts, level=st.floats(0.01, 0.98))
    @settings(deadline=None, max_examples=50)
    def test_is_wider_for_more_confidence(self, method: str, count: tuple[int, int], level: float) -> None:
        k, n = count
        low, high = rate_interval(k, n, method, level)
        lower, higher = rate_interval(k, n, method, level + 0.01)
        assert lower <= low
        assert high <= higher
        assert higher - lower > high - low

    @given(count=st.integers(2, 300).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))))
    @settings(deadline=None, max_examples=50)
    def test_moves_up_with_every_success(self, method: str, count: tuple[int, int]) -> None:
        k, n = count
        low, high = rate_interval(k, n, method)
        lower, higher = rate_interval(k + 1, n, method)
        assert low < lower
        assert high <= higher

    def test_reaches_the_end_where_all_or_none_succeeded(self, method: str) -> None:
        for n in (1, 5, 20, 1000):
            assert rate_interval(0, n, method)[0] == pytest.approx(0, abs=1e-12)
            assert rate_interval(n, n, method)[1] == pytest.approx(1, abs=1e-12)

    def test_of_nothing_says_nothing(self, method: str) -> None:
        assert rate_interval(0, 0, method) == (0.0, 1.0)

    def test_is_of_plain_numbers_also_from_a_table_s(self, method: str) -> None:
        found = rate_interval(np.int64(3), np.int64(10), method)
        assert found == rate_interval(3, 10, method)
        assert [type(end) for end in found] == [float, float]

    @pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
    def test_covers_the_truth_about_as_often_as_it_says(self, method: str, level: float) -> None:
        n, truth = 200, 0.3
        chance = stats.binom.pmf(range(n + 1), n, truth)
        ends = [rate_interval(k, n, method, level) for k in range(n + 1)]
        covered = sum(p for p, (low, high) in zip(chance, ends, strict=True) if low <= truth <= high)
        assert covered == pytest.approx(level, abs=0.06)


class TestWhatCannotBe:
    @pytest.mark.parametrize(("k", "n"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
    def test_counts_say_what_they_must_be(self, k: int, n: int) -> None:
        with pytest.raises(ValueError, match="k must lie between 0 and n"):
            rate_interval(k, n)

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize(("k", "n"), [(2.5, 5), (2, 5.5), (2.0, 5), (float("nan"), 5), (1, float("inf")), ("1", 5)])
    def test_counts_are_whole_numbers(self, k: int, n: int, method: str) -> None:
        with pytest.raises(ValueError, match="whole numbers"):
            rate_interval(k, n, method)

    @pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
    def test_levels_say_where_they_must_lie(self, level: float) -> None:
        with pytest.raises(ValueError, match=r"must lie between 0 and 1, such as 0\.95"):
            rate_interval(1, 5, level=level)

    @pytest.mark.parametrize("n", [5, 0])
    def test_methods_name_the_choices(self, n: int) -> None:
        with pytest.raises(ValueError, match="'wald' is not known; choose one of wilson, jeffreys"):
            rate_interval(0, n, method="wald")


class TestShrunkRates:
    @given(counts, st.floats(0.1, 50), st.floats(0.1, 50))
    @settings(max_examples=50)
    def test_lie_between_what_was_counted_and_the_prior(self, kn: tuple[int, int], prior_k: float, rest: float) -> None:
        k, n = kn
        mean, low, high = shrink(k, n, prior_k, prior_k + rest)
        prior = prior_k / (prior_k + rest)
        assert min(k / n, prior) - 1e-12 <= mean <= max(k / n, prior) + 1e-12
        assert 0 <= low < high <= 1

    @pytest.mark.parametrize(("k", "n", "prior_k", "prior_n"), [(3, 10, 1, 2), (0, 5, 2, 4), (7, 7, 2, 3)])
    def test_hold_95_percent_of_the_posterior(self, k: int, n: int, prior_k: float, prior_n: float) -> None:
        mean, low, high = shrink(k, n, prior_k, prior_n)
        density = np.linspace(0, 1, 200_001)[1:-1]
        weight = density ** (k + prior_k - 1) * (1 - density) ** (n - k + prior_n - prior_k - 1)
        weight /= weight.sum()
        assert weight[(density >= low) & (density <= high)].sum() == pytest.approx(0.95, abs=2e-3)
        assert mean == pytest.approx((density * weight).sum(), abs=2e-3)

    def test_with_jeffreys_prior_are_jeffreys_interval(self) -> None:
        assert shrink(3, 10, 0.5, 1)[1:] == pytest.approx(rate_interval(3, 10, "jeffreys"))

    def test_of_nothing_are_the_prior(self) -> None:
        assert shrink(0, 0, 2, 4).mean == 0.5

    def test_come_closer_to_what_was_counted_the_more_is_counted(self) -> None:
        means = [shrink(8 * many, 10 * many, 2, 4).mean for many in (1, 2, 10, 1000)]
        assert means == sorted(means)
        assert means[-1] == pytest.approx(0.8, abs=0.001)

    @pytest.mark.parametrize("prior", [(0, 2), (2, 2), (3, 2), (-1, 2), (1, math.inf), (math.nan, 2)])
    def test_need_a_prior_that_leaves_both_possible(self, prior: tuple[float, float]) -> None:
        with pytest.raises(ValueError, match="prior_k must lie between 0 and prior_n"):
            shrink(1, 2, *prior)

    def test_need_counts_and_a_level(self) -> None:
        with pytest.raises(ValueError, match="k must lie between 0 and n"):
            shrink(3, 2, 1, 2)
        with pytest.raises(ValueError, match="whole numbers"):
            shrink(0.5, 2, 1, 2)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="level is 95"):
            shrink(1, 2, 1, 2, level=95)
