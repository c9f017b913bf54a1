"""How figures are written: never as 1, none or all of what is neither, in each language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.content.figures import digits_apart, percent, points, ratio, ratio_digits


@given(st.floats(0.5, 2))
def test_a_ratio_is_seen_on_its_side_of_1(value: float) -> None:
    written = float(ratio(value))
    if abs(value - 1) > 1e-5:
        assert (written > 1) == (value > 1)
        assert (written < 1) == (value < 1)


@given(st.floats(-1, 1))
def test_points_are_seen_on_their_side_of_0(share: float) -> None:
    written = float(points(share))
    if abs(share) > 1e-6:
        assert (written > 0) == (share > 0)
        assert (written < 0) == (share < 0)
    assert written == pytest.approx(100 * share, abs=0.51)


@given(st.integers(0, 10**5), st.integers(1, 10**5))
def test_a_share_is_none_or_all_only_where_it_is(k: int, n: int) -> None:
    if k <= n:
        written = float(percent(k / n).removesuffix("%"))
        assert (written == 0) == (k == 0)
        assert (written == 100) == (k == n)
        assert written == pytest.approx(100 * k / n, abs=0.51)


def test_what_is_none_but_for_rounding_is_none() -> None:
    assert (percent(1e-17), percent(1 - 1e-16), points(-1e-17)) == ("0%", "100%", "0")


def test_digits_stay_few_where_they_tell() -> None:
    assert [ratio_digits(value) for value in (0.03, 0.5, 1.0, 4.26, 30)] == [2, 1, 1, 1, 0]
    assert digits_apart(0.04, 0) == 2


def test_spanish_has_its_own_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")
    assert (percent(4 / 10_000), ratio(1.003), points(0.004)) == ("0,04\xa0%", "1,003", "0,4")
