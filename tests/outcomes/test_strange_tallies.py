"""Tallies that no log gives: nothing false is said of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest
from counting import counted

from closing_lib import outcomes
from closing_lib.outcomes import Result, sentence, stratified, tally
from closing_lib.outcomes.analysis import ANALYSES
from closing_lib.outcomes.vocabulary import WORDS
from closing_lib.records import sample_log

MANY = 20_000
RESULTS = {f"{one.name} {place}": result for one in ANALYSES for place, result in enumerate(one.results)}


@cache
def sample() -> pd.DataFrame:
    return tally(sample_log())


def _kept(column: pd.Series, kept: str) -> pd.Series:
    turned = column.cat.remove_unused_categories()
    return turned.cat.reorder_categories([*turned.cat.categories][::-1]) if kept == "turned" else column.astype(kept)


class TestCounts:
    @pytest.mark.parametrize("n", [-3, 1.5, float("nan"), "two", 2**60])
    def test_that_are_none_are_refused(self, n: object) -> None:
        lines = [("well", "bold", "offer", 5), ("well", "bold", "rejected", n)]
        with pytest.raises(ValueError, match=r"\bn\b.* whole number| line"):
            outcomes.by_tactic(pd.DataFrame(lines, columns=["band", "used", "outcome", "n"]))

    @pytest.mark.parametrize("result", [outcomes.by_tactic, outcomes.adjusted, outcomes.shrunk, outcomes.bounds])
    def test_of_an_unknown_outcome_are_not_taken_for_a_no(self, result: Callable[[pd.DataFrame], object]) -> None:
        one = pd.DataFrame([("well", "bold", "Offer", 9)], columns=["band", "used", "outcome", "n"])
        with pytest.raises(ValueError, match="'Offer' is not known; did you mean offer"):
            result(one)

    @pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
    @pytest.mark.parametrize("kept", ["str", "turned"])
    def test_are_the_same_whatever_words_are_kept_as(self, result: Callable[[pd.DataFrame], Result], kept: str) -> None:
        t = sample()
        other = t.assign(**{name: _kept(t[name], kept) for name in WORDS})
        pd.testing.assert_frame_equal(result(other).table, result(t).table)
        assert sentence(result(other)) == sentence(result(t))

    @pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
    def test_of_nobody_change_nothing(self, result: Callable[[pd.DataFrame], Result]) -> None:
        t = sample()
        nobody = pd.concat([t, t.assign(weeks=90, score=3, n=0)], ignore_index=True)
        pd.testing.assert_frame_equal(result(nobody).table, result(t).table)
        assert sentence(result(t.assign(n=0))) == sentence(result(t.iloc[:0]))


class TestManyCounts:
    def test_of_which_none_progressed_have_an_interval(self) -> None:
        t = counted(
            ("well", "bold", "rejected", MANY), ("well", "mild", "offer", MANY), ("well", "mild", "rejected", 9)
        )
        (row,) = outcomes.adjusted(t).table.itertuples()
        assert (row.finding, row.odds_ratio, row.odds_low) == ("fewer", 0, 0)
        assert 0 < row.odds_high < 0.01
        assert "99.96 fewer in 100 moved forward (from 99.9 to 99.98)" in row.sentence

    def test_near_their_end_are_not_called_too_few(self) -> None:
        found = stratified([[[3, 11_997], [11_997, 40_000_000]]])
        assert 0 < found.best_p < 1
        assert found.best_interval[0] < found.odds_ratio < found.best_interval[1]

    def test_without_bound_leave_that_end_open(self) -> None:
        found = stratified(np.array([[[MANY, 0], [9, MANY]], [[MANY, 0], [9, MANY]]]))
        assert found.interval[1] == float("inf")
        assert found.interval[0] > 1

    def test_of_nearly_the_same_rate_do_not_ask_for_more_than_there_are_people(self) -> None:
        half = [("well", used, "rejected", 10**9) for used in ("bold", "mild")]
        t = counted(*half, ("well", "bold", "offer", 10**9), ("well", "mild", "offer", 10**9 + 100))
        assert outcomes.power(t).table[["rate", "rate_against"]].round(6).to_numpy().tolist() == [[0.7, 0.5]]
        with pytest.raises(ValueError, match="too close"):
            outcomes.power(t, rates=(0.2, 0.2 + 1e-10))


@pytest.mark.parametrize("result", [outcomes.shrunk, outcomes.bounds])
def test_groups_without_a_name_are_refused(result: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="no groups by 'weeks'; choose one of band, used, followed, thanks"):
        result(sample(), by="weeks")
