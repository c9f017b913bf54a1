"""What comes from a day on: the curve that starts there, and two groups that are compared with their open cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_lib.outcomes import cumulative_incidence, stratified, survival
from closing_lib.outcomes.statistics.landmark import ends_later, incidence_difference

lines = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=20)


class TestWhoStillHears:
    def test_are_not_all_because_the_open_ones_are_left_out(self) -> None:
        found = ends_later([2] * 6 + [15] * 20, [1] * 6 + [0] * 20, after=2)
        assert (found.n, found.ended, found.until) == (26, 6, 15)
        assert found.share == pytest.approx(6 / 26)
        assert found.high < 0.5

    @given(lines, st.integers(0, 6), st.integers(0, 8), st.booleans())
    @settings(max_examples=100)
    def test_are_what_survival_loses_after_that_day(
        self, rows: list[tuple[int, int, int]], after: int, until: int, grouped: bool
    ) -> None:
        times, causes, counts = map(np.array, zip(*rows, strict=True))
        if until < after or not (times >= after).any():
            return
        found = ends_later(times, causes, after, until, counts=counts, grouped=grouped)
        curve = survival(times, causes > 0, counts, grouped=grouped)
        at = [curve.loc[curve["time"] < after, "survival"], curve.loc[curve["time"] <= until, "survival"]]
        start, end = (1.0 if one.empty else one.iloc[-1] for one in at)
        if start > 0:
            assert found.share == pytest.approx(1 - end / start, abs=1e-9)
        assert 0 <= found.low <= found.share + 1e-9
        assert found.share - 1e-9 <= found.high <= 1

    @given(lines, st.integers(0, 6))
    @settings(max_examples=60)
    def test_by_causes_add_up(self, rows: list[tuple[int, int, int]], after: int) -> None:
        times, causes, counts = map(np.array, zip(*rows, strict=True))
        if not (times >= after).any():
            return
        every = ends_later(times, causes, after, 8, counts=counts)
        parts = [ends_later(times, causes, after, 8, of=one, counts=counts) for one in (1, 2, 3)]
        assert sum(one.share for one in parts) == pytest.approx(every.share)
        assert sum(one.ended for one in parts) == every.ended

    def test_from_the_first_day_are_the_whole_curve_with_its_interval(self) -> None:
        times, causes = [1, 2, 2, 3, 5, 5, 6, 7], [1, 2, 0, 1, 0, 1, 2, 0]
        whole = cumulative_incidence(times, causes).query("cause == 1 and time == 6").iloc[0]
        found = ends_later(times, causes, 0, 6, of=1)
        assert (found.share, found.low, found.high) == pytest.approx((whole["incidence"], whole["low"], whole["high"]))

    def test_of_none_so_far_is_not_taken_for_never(self) -> None:
        for found in (ends_later([9] * 10, [0] * 10, 3, 5), ends_later([4] * 10, [0] * 10, 3, 5)):
            assert (found.ended, found.share, found.low) == (0, 0.0, 0.0)
            assert found.high == pytest.approx(1 - 0.025**0.1)
        assert ends_later([4] * 10, [0] * 10, 3, 5).until == 4

    def test_of_nobody_is_missing(self) -> None:
        found = ends_later([1, 2], [1, 1], after=3)
        assert found.n == 0
        assert math.isnan(found.share)

    def test_cover_the_truth_in_93_to_97_percent(self) -> None:
        rng, covered, runs = np.random.default_rng(6), 0, 600
        for _ in range(runs):
            ends, kind, seen = rng.exponential(6, 60), rng.integers(1, 3, 60), rng.uniform(2, 20, 60)
            times, causes = np.minimum(ends, seen), np.where(ends <= seen, kind, 0)
            found = ends_later(times, causes, 2.0, 8.0, of=1)
            covered += found.low <= (1 - math.exp(-1)) / 2 <= found.high
        assert 0.93 - 2 * math.sqrt(0.05 * 0.95 / runs) <= covered / runs <= 0.97 + 2 * math.sqrt(0.05 * 0.95 / runs)


def drawn(
    rng: np.random.Generator, n: int, strata: int, ratio: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw times, causes (1 with the rate of the group, 2 competing), groups and strata; some are still open."""
    place, first = rng.integers(0, strata, n), rng.random(n) < 0.4
    base = np.linspace(0.05, 0.2, strata)[place]
    one = base * np.where(first, ratio, 1.0)
    ends = rng.exponential(1 / (one + 0.1))
    kind = np.where(rng.random(n) < one / (one + 0.1), 1, 2)
    seen = rng.uniform(2, 20, n)
    return np.minimum(ends, seen), np.where(ends <= seen, kind, 0), first, place


def truth(first: np.ndarray, place: np.ndarray, strata: int, ratio: float, until: float) -> float:
    base = np.linspace(0.05, 0.2, strata)
    share = [rate / (rate + 0.1) * (1 - np.exp(-(rate + 0.1) * until)) for rate in (base * ratio, base)]
    sizes = np.array([np.bincount(place[side], minlength=strata) for side in (first, ~first)])
    weight = sizes.prod(axis=0) / np.maximum(1, sizes.sum(axis=0))
    return float(((share[0] - share[1]) * weight).sum() / weight.sum())


class TestTheDifference:
    @given(st.lists(st.tuples(*[st.integers(0, 12)] * 4), min_size=1, max_size=4))
    @settings(max_examples=60)
    def test_where_nobody_is_open_is_that_of_mantel_and_haenszel(self, rows: list[tuple[int, ...]]) -> None:
        tables = np.reshape(rows, (-1, 2, 2))
        place, group, end = np.indices(tables.shape).reshape(3, -1)
        counts = tables.ravel()
        there = counts > 0
        found = incidence_difference(
            np.full(there.sum(), 3), end[there] + 1, group[there] == 0, 3, strata=place[there], counts=counts[there]
        )
        theirs = stratified(tables)
        assert found.difference == pytest.approx(theirs.risk_difference, nan_ok=True, abs=1e-9)
        if theirs._difference.apart > 1e-9:
            assert (found.low, found.high) == pytest.approx(theirs.risk_difference_interval, abs=1e-7)
            assert found.p_value == pytest.approx(theirs.risk_difference_p, abs=1e-7)

    def test_knows_of_those_who_are_still_open(self) -> None:
        # bold: 10 of 30 moved forward, 2 open; mild: 12 of 14, and 40 open since this week
        times, causes = (
            [1] * 30 + [1] * 2 + [1] * 14 + [0] * 40,
            [1] * 10 + [2] * 20 + [0] * 2 + [1] * 12 + [2] * 2 + [0] * 40,
        )
        found = incidence_difference(times, causes, [1] * 32 + [0] * 54, 1, grouped=True)
        assert found.n + found.n_other == 86
        assert -0.7 < found.difference < -0.3

    def test_of_one_stratum_is_about_that_of_the_two_curves(self) -> None:
        times, causes, first, _ = drawn(np.random.default_rng(1), 300, 1, 2.0)
        found = incidence_difference(times, causes, first, 8.0)
        ends = [ends_later(times[side], causes[side], 0, 8.0, of=1) for side in (first, ~first)]
        assert found.difference == pytest.approx(ends[0].share - ends[1].share, abs=0.005)
        widths = [(one.high - one.low) / 2 for one in ends]
        assert (found.high - found.low) / 2 == pytest.approx(math.hypot(*widths), rel=0.08)

    def test_from_a_landmark_leaves_out_what_came_before(self) -> None:
        times, causes, first, place = drawn(np.random.default_rng(2), 200, 3, 2.0)
        late = times >= 3
        found = incidence_difference(times, causes, first, 9.0, after=3.0, strata=place)
        assert found == incidence_difference(times[late], causes[late], first[late], 9.0, strata=place[late])
        assert found.n + found.n_other == late.sum()

    @given(lines)
    @settings(max_examples=40)
    def test_of_counts_is_that_of_the_lines_they_stand_for(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes, counts = map(np.array, zip(*rows, strict=True))
        first = np.arange(len(times)) % 2 == 0
        of_counts = incidence_difference(times, causes, first, 5, counts=counts)
        every = [np.repeat(one, counts) for one in (times, causes, first)]
        assert of_counts == pytest.approx(incidence_difference(*every, 5), nan_ok=True)

    def test_goes_no_farther_than_both_were_followed(self) -> None:
        found = incidence_difference([1, 5, 1, 9, 2], [1, 0, 1, 0, 1], [1, 1, 0, 0, 0], 8)
        assert found.until == 5

    def test_of_groups_that_never_meet_is_missing(self) -> None:
        found = incidence_difference([1, 2], [1, 1], [1, 0], 3, strata=[0, 1])
        assert math.isnan(found.difference)
        assert (found.low, found.high, found.p_value, found.n) == (-1.0, 1.0, 1.0, 0)
        assert math.isnan(incidence_difference([], [], [], 3).difference)

    @pytest.mark.parametrize(("n", "strata", "ratio"), [(60, 1, 1.0), (60, 12, 1.0), (60, 12, 3.0), (200, 60, 2.0)])
    def test_covers_the_truth_in_93_to_97_percent(self, n: int, strata: int, ratio: float) -> None:
        rng, covered, runs = np.random.default_rng(n + strata), 0, 250
        for _ in range(runs):
            times, causes, first, place = drawn(rng, n, strata, ratio)
            found = incidence_difference(times, causes, first, 8.0, strata=place)
            covered += found.low <= truth(first, place, strata, ratio, 8.0) <= found.high
        by_chance = 2 * math.sqrt(0.05 * 0.95 / runs)
        assert 0.93 - by_chance <= covered / runs <= 0.97 + by_chance

    def test_needs_one_of_each_for_every_line(self) -> None:
        with pytest.raises(ValueError, match="do not fit together"):
            incidence_difference([1, 2], [1, 1], [1], 3)
        with pytest.raises(ValueError, match="missing or below 0"):
            incidence_difference([1, -2], [1, 1], [1, 0], 3)
