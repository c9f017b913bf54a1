"""Rates of several people: the published rats, coverage where people differ, and the prior that a room is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from closing_lib.outcomes import rate_interval, shrink
from closing_lib.outcomes.statistics.clustered import FEWEST, clustered_rate, pooled_prior

# Weil (1970): pups that survived 21 days, of those that survived 4, by litter.
CONTROL = "13/13 12/12 9/9 9/9 8/8 8/8 12/13 11/12 9/10 9/10 8/9 11/13 4/5 5/7 7/10 7/10"
TREATED = "12/12 11/11 10/10 9/9 10/11 9/10 9/10 8/9 8/9 4/5 7/9 4/7 5/10 3/6 3/10 0/7"


def litters(written: str) -> tuple[list[int], list[int]]:
    pairs = [tuple(map(int, one.split("/"))) for one in written.split()]
    return [k for k, _ in pairs], [n for _, n in pairs]


def room(rng: np.random.Generator, people: int, rate: float, alike: float) -> tuple[np.ndarray, np.ndarray]:
    """Draw 3 to 30 interviews of each, with rates of an intraclass correlation."""
    n = rng.integers(3, 31, people)
    own = rng.beta(rate * (1 / alike - 1), (1 - rate) * (1 / alike - 1), people) if alike else np.full(people, rate)
    return rng.binomial(n, own), n


class TestTheRate:
    @pytest.mark.parametrize(("written", "effect", "total"), [(CONTROL, 1.2325, 158), (TREATED, 3.9529, 145)])
    def test_has_the_design_effect_that_rao_and_scott_published(self, written: str, effect: float, total: int) -> None:
        found = clustered_rate(*litters(written))
        assert round(found.design_effect, 4) == effect
        assert found.effective_n == pytest.approx(total / effect, rel=1e-4)

    @pytest.mark.parametrize("people", [10, 20, 40, 300])
    @pytest.mark.parametrize(("rate", "alike"), [(0.2, 0.0), (0.2, 0.1), (0.4, 0.3), (0.5, 0.2)])
    def test_is_covered_in_93_to_97_percent(self, people: int, rate: float, alike: float) -> None:
        rng, runs = np.random.default_rng(people), 400
        ends = np.array([clustered_rate(*room(rng, people, rate, alike))[3:] for _ in range(runs)])
        covered = ((ends[:, 0] <= rate) & (rate <= ends[:, 1])).mean()
        by_chance = 2 * math.sqrt(0.05 * 0.95 / runs)
        assert covered >= 0.93 - by_chance
        assert covered <= 0.97 + by_chance

    def test_would_be_far_too_certain_as_if_each_were_another_person_s(self) -> None:
        rng, covered = np.random.default_rng(1), 0
        for _ in range(300):
            k, n = room(rng, 40, 0.4, 0.3)
            low, high = rate_interval(int(k.sum()), int(n.sum()))
            covered += low <= 0.4 <= high
        assert covered / 300 < 0.75

    def test_has_no_interval_of_few_people(self) -> None:
        few = clustered_rate([1, 2, 3, 4], [9, 9, 9, 9])
        assert few.rate == pytest.approx(10 / 36)
        assert math.isnan(few.low)
        assert not math.isnan(clustered_rate([1] * FEWEST, [9] * FEWEST).low)

    def test_of_none_is_as_uncertain_as_if_all_of_a_person_s_were_one(self) -> None:
        found = clustered_rate([0] * 10, [30] * 10)
        assert found.low == 0.0
        assert found.high > rate_interval(0, 10)[1]
        assert math.isnan(found.design_effect)

    def test_of_nothing_is_missing_and_people_without_any_are_left_out(self) -> None:
        assert all(math.isnan(one) for one in clustered_rate([], []))
        k, n = litters(TREATED)
        assert clustered_rate([*k, 0], [*n, 0]) == clustered_rate(k, n)

    def test_of_people_who_are_all_alike_has_no_error_by_chance_alone(self) -> None:
        found = clustered_rate([2] * 10, [5] * 10)
        assert (found.design_effect, found.effective_n) == (0.0, math.inf)
        assert found.high - found.low > 0.1

    @pytest.mark.parametrize(("k", "n"), [([1, 2], [1]), ([2], [1]), ([-1], [1]), ([0.5], [1]), ([[1]], [[1]])])
    @pytest.mark.parametrize("call", [clustered_rate, pooled_prior])
    def test_of_what_cannot_be_says_so(self, call, k: object, n: object) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(ValueError, match="counts of people"):
            call(k, n)


class TestThePrior:
    @pytest.mark.parametrize("written", [CONTROL, TREATED])
    def test_is_the_likeliest_on_a_grid(self, written: str) -> None:
        k, n = map(np.array, litters(written))
        found = pooled_prior(k, n)
        best = stats.betabinom.logpmf(k, n, found.prior_k, found.prior_n - found.prior_k).sum()
        size, mean = np.meshgrid(np.geomspace(0.5, n.sum(), 60), np.linspace(0.5, 0.99, 60))
        every = stats.betabinom.logpmf(k[:, None, None], n[:, None, None], size * mean, size * (1 - mean)).sum(axis=0)
        assert best >= every.max() - 1e-6
        assert best == pytest.approx(every.max(), abs=0.02)

    def test_finds_what_a_room_was_drawn_from(self) -> None:
        found = pooled_prior(*room(np.random.default_rng(3), 2000, 0.3, 0.1))  # Beta(2.7, 6.3)
        assert found.prior_k / found.prior_n == pytest.approx(0.3, abs=0.01)
        assert found.prior_n == pytest.approx(9, rel=0.1)

    def test_of_people_who_differ_by_chance_alone_stands_for_all_that_was_counted(self) -> None:
        assert pooled_prior([2] * 10, [5] * 10) == pytest.approx((20, 50), rel=0.01)

    def test_of_all_or_nothing_stands_for_half_an_application(self) -> None:
        assert pooled_prior([0, 9, 0, 9], [9] * 4) == pytest.approx((0.25, 0.5), rel=1e-3)

    @pytest.mark.parametrize("k", [0, 4])
    def test_of_a_room_where_none_or_all_succeeded_can_still_be_put_beside_a_rate(self, k: int) -> None:
        found = pooled_prior([k] * 6, [4] * 6)
        assert 0 < found.prior_k < found.prior_n
        shrink(1, 3, *found)

    def test_makes_estimates_of_people_better(self) -> None:
        rng = np.random.default_rng(4)
        own, n = rng.beta(3, 5, 200), rng.integers(2, 10, 200)
        k = rng.binomial(n, own)
        prior = pooled_prior(k, n)
        shrunk = np.array([shrink(int(a), int(b), *prior) for a, b in zip(k, n, strict=True)])
        assert ((shrunk[:, 0] - own) ** 2).mean() < 0.6 * ((k / n - own) ** 2).mean()
        assert 0.9 <= ((shrunk[:, 1] <= own) & (own <= shrunk[:, 2])).mean() <= 0.99

    def test_needs_something_that_was_counted(self) -> None:
        with pytest.raises(ValueError, match="counts of at least one person"):
            pooled_prior([0], [0])
