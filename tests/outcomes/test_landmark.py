"""What comes from a day on: the curve that starts there."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closing_lib.outcomes import cumulative_incidence, survival
from closing_lib.outcomes.statistics.survival import ends_later

lines = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=20)


class TestWhoStillHears:
    def test_are_not_all_because_the_open_ones_are_left_out(self) -> None:
        found = ends_later([2] * 6 + [15] * 20, [1] * 6 + [0] * 20, after=2)
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

    def test_from_the_first_day_are_the_whole_curve_with_its_interval(self) -> None:
        times, causes = [1, 2, 2, 3, 5, 5, 6, 7], [1, 2, 0, 1, 0, 1, 2, 0]
        whole = cumulative_incidence(times, causes).query("cause == 1 and time == 6").iloc[0]
        found = ends_later(times, causes, 0, 6, of=1)
        assert (found.share, found.low, found.high) == pytest.approx((whole["incidence"], whole["low"], whole["high"]))

    def test_of_none_so_far_is_not_taken_for_never(self) -> None:
        for found in (ends_later([9] * 10, [0] * 10, 3, 5), ends_later([4] * 10, [0] * 10, 3, 5)):
            assert (found.share, found.low) == (0.0, 0.0)
            assert found.high == pytest.approx(1 - 0.025**0.1)

    def test_of_nobody_is_missing(self) -> None:
        found = ends_later([1, 2], [1, 1], after=3)
        assert math.isnan(found.share)

    def test_cover_the_truth_in_93_to_97_percent(self) -> None:
        rng, covered, runs = np.random.default_rng(6), 0, 600
        for _ in range(runs):
            ends, kind, seen = rng.exponential(6, 60), rng.integers(1, 3, 60), rng.uniform(2, 20, 60)
            times, causes = np.minimum(ends, seen), np.where(ends <= seen, kind, 0)
            found = ends_later(times, causes, 2.0, 8.0, of=1)
            covered += found.low <= (1 - math.exp(-1)) / 2 <= found.high
        assert 0.93 - 2 * math.sqrt(0.05 * 0.95 / runs) <= covered / runs <= 0.97 + 2 * math.sqrt(0.05 * 0.95 / runs)
