"""How long it takes: the published numbers, SciPy's and statsmodels' own, and the promises that hold for all lines."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.duration.survfunc import CumIncidenceRight

from closing_lib.outcomes import cumulative_incidence, log_rank, median, survival
from closing_lib.outcomes.statistics.survival import ends_later

# Freireich et al. (1963): weeks in remission, with 6-MP and with placebo; + still in remission.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
WEEKS = [int(week.removesuffix("+")) for week in SIX_MP.split()]
ENDED = [not week.endswith("+") for week in SIX_MP.split()]
lines = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=20)


class TestFreireich:
    def test_the_shares_are_as_published(self) -> None:
        found = survival(WEEKS, ENDED).set_index("time")["survival"].round(4)
        published = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
        assert {week: found[week] for week in published} == published

    def test_the_medians_are_as_published(self) -> None:
        assert median(survival(WEEKS, ENDED)) == 23
        assert median(survival(PLACEBO, [True] * 21)) == 8

    def test_the_log_rank_test_is_as_published(self) -> None:
        found = log_rank(WEEKS, ENDED, PLACEBO, [True] * 21)
        assert round(found.chi2, 3) == 16.793
        assert f"{found.p_value:.2e}" == "4.17e-05"

    def test_the_intervals_are_r_s(self) -> None:
        found = survival(WEEKS, ENDED).set_index("time").loc[[6, 13, 23], ["low", "high"]].to_numpy().ravel()
        # survival 3.5 in R 4.2.2: survfit(Surv(weeks, ended) ~ 1, conf.type = "log-log")
        theirs = [0.61971796, 0.95155175, 0.43161022, 0.84906596, 0.18805201, 0.68014263]
        assert found == pytest.approx(theirs, rel=1e-7)

    def test_those_at_risk_and_the_ends_are_counted(self) -> None:
        found = survival(WEEKS, ENDED).set_index("time")
        assert found.loc[[6, 9, 23], "at_risk"].tolist() == [21, 16, 6]
        assert found.loc[[6, 9, 23], "events"].tolist() == [3, 0, 1]


def spread(rows: list[tuple[int, int, int]]) -> tuple[list[int], list[int]]:
    """Write each line as often as it counts."""
    every = [(time, cause) for time, cause, many in rows for _ in range(many)]
    return [time for time, _ in every], [cause for _, cause in every]


class TestSurvival:
    @given(lines)
    @settings(max_examples=60)
    def test_is_scipy_s(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes = map(np.array, spread(rows))
        if not (causes > 0).any():
            return
        sample = stats.CensoredData(uncensored=times[causes > 0].astype(float), right=times[causes == 0].astype(float))
        theirs = stats.ecdf(sample).sf
        ours = survival(times, causes > 0)
        assert ours["survival"].to_numpy() == pytest.approx(theirs.probabilities)
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            ends = theirs.confidence_interval(method="log-log")
        inside = (ours["survival"] > 0) & (ours["survival"] < 1)
        assert ours["low"][inside].to_numpy() == pytest.approx(ends.low.probabilities[inside])
        assert ours["high"][inside].to_numpy() == pytest.approx(ends.high.probabilities[inside])

    @given(lines)
    @settings(max_examples=60)
    def test_only_falls_and_stays_within_its_interval(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes = spread(rows)
        found = survival(times, np.array(causes) > 0)
        assert (found["survival"].diff().dropna() <= 1e-12).all()
        assert (found["low"] >= 0).all()
        assert (found["high"] <= 1).all()
        assert (found["low"] <= found["survival"] + 1e-9).all()
        assert (found["survival"] <= found["high"] + 1e-9).all()

    @given(lines)
    @settings(max_examples=30)
    def test_of_counts_is_that_of_the_lines_they_stand_for(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes, many = map(np.array, zip(*rows, strict=True))
        every_time, every_cause = map(np.array, spread(rows))
        of_counts, of_lines = survival(times, causes > 0, many), survival(every_time, every_cause > 0)
        assert of_counts.to_numpy() == pytest.approx(of_lines.to_numpy())

    def test_before_the_first_end_is_not_taken_for_certain(self) -> None:
        first = survival([1, 2, 3], [False, True, True]).iloc[0]
        assert first["survival"] == first["high"] == 1.0
        assert first["low"] == pytest.approx(0.025 ** (1 / 3))

    def test_where_none_is_left_is_not_taken_for_certain(self) -> None:
        last = survival([1, 2], [True, True]).iloc[-1]
        assert (last["survival"], last["low"]) == (0.0, 0.0)
        assert last["high"] > 0.5

    def test_of_nothing_is_an_empty_table(self) -> None:
        assert list(survival([], []).columns) == ["time", "at_risk", "events", "survival", "low", "high"]
        assert survival([], []).empty

    def test_has_no_median_where_fewer_than_half_have_ended(self) -> None:
        assert np.isnan(median(survival([1, 2, 3], [True, False, False])))

    def test_covers_the_truth_about_as_often_as_it_says(self) -> None:
        rng = np.random.default_rng(4)
        truth, at, covered = np.exp(-1.0), 10.0, 0
        for _ in range(400):
            ends, until = rng.exponential(10.0, 60), rng.uniform(5, 40, 60)
            found = survival(np.minimum(ends, until), ends <= until)
            row = found[found["time"] <= at].iloc[-1]
            covered += row["low"] <= truth <= row["high"]
        assert 0.92 <= covered / 400 <= 0.98


class TestCumulativeIncidence:
    @given(lines)
    @settings(max_examples=60)
    def test_is_statsmodels(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes = map(np.array, spread(rows))
        if not causes.any():
            return
        theirs = CumIncidenceRight(times, causes, freq_weights=np.ones(len(times)))
        ours = cumulative_incidence(times, causes)
        for number, share in enumerate(theirs.cinc, start=1):
            assert ours.loc[ours["cause"] == number, "incidence"].to_numpy() == pytest.approx(share)

    @pytest.mark.parametrize("seed", range(5))
    def test_has_statsmodels_errors(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        times, causes = rng.integers(0, 30, 80), rng.integers(0, 3, 80)
        causes[times == times.max()] = 0  # where all have ended theirs divides by nothing
        error = CumIncidenceRight(times, causes).cinc_se[0]
        ours = cumulative_incidence(times, causes)
        ours = ours[ours["cause"] == 1]
        share = ours["incidence"].to_numpy()
        inside = (share > 0) & (share < 1)
        left = 1 - share[inside]
        width = np.log(np.log(1 - ours["high"].to_numpy()[inside]) / np.log(left)) / stats.norm.ppf(0.975)
        assert width * left * -np.log(left) == pytest.approx(error[inside])

    def test_has_r_s_shares_and_errors(self) -> None:
        causes = [1, 2, 1, 0, 1, 0, 2, 0, 0, 1, 2, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0]  # weeks as above, causes invented
        found = cumulative_incidence(WEEKS, causes).query("time in [6, 13, 23]")
        # survival 3.5.3 in R 4.2.2: survfit(Surv(weeks, factor(causes)) ~ 1), pstate and std.err
        shares = [0.0952380952, 0.2084033613, 0.2980392157, 0.0476190476, 0.1014005602, 0.2537815126]
        errors = [0.0640564485, 0.0940264653, 0.1181823847, 0.0464714320, 0.0681828271, 0.1145770020]
        assert found["incidence"].to_numpy() == pytest.approx(shares)
        left = 1 - found["incidence"].to_numpy()
        width = np.log(np.log(1 - found["high"].to_numpy()) / np.log(left)) / stats.norm.ppf(0.975)
        assert width * left * -np.log(left) == pytest.approx(errors)

    @given(lines)
    @settings(max_examples=60)
    def test_of_all_causes_adds_up_with_what_has_not_ended(self, rows: list[tuple[int, int, int]]) -> None:
        times, causes = map(np.array, spread(rows))
        found = cumulative_incidence(times, causes)
        ended = found.groupby("time")["incidence"].sum()
        left = survival(times, causes > 0).set_index("time")["survival"]
        if len(found):
            assert (ended + left).to_numpy() == pytest.approx(1.0)
            assert (found["low"] <= found["incidence"] + 1e-9).all()
            assert (found["incidence"] <= found["high"] + 1e-9).all()

    def test_of_one_cause_is_one_minus_survival_with_its_interval(self) -> None:
        found, left = cumulative_incidence(WEEKS, np.array(ENDED).astype(int)), survival(WEEKS, ENDED)
        assert (1 - found["incidence"]).to_numpy() == pytest.approx(left["survival"].to_numpy())
        assert (1 - found["high"]).to_numpy() == pytest.approx(left["low"].to_numpy(), abs=1e-9)

    def test_is_less_than_one_minus_survival_where_causes_compete(self) -> None:
        times, causes = [1, 2, 3, 4], np.array([2, 1, 2, 1])
        found = cumulative_incidence(times, causes)
        naive = 1 - survival(times, causes == 1)["survival"].iloc[-1]
        assert found.loc[found["cause"] == 1, "incidence"].iloc[-1] == 0.5 < naive == 1.0

    def test_of_nothing_and_of_open_ones_only_is_an_empty_table(self) -> None:
        for found in (cumulative_incidence([], []), cumulative_incidence([1, 2], [0, 0])):
            assert found.empty
            assert {"time", "cause", "incidence"} <= {*found.columns}


class TestWhatCannotBe:
    @pytest.mark.parametrize("call", [survival, cumulative_incidence])
    def test_lines_say_what_is_wrong(self, call) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(ValueError, match="do not fit together"):
            call([1, 2], [1])
        with pytest.raises(ValueError, match="do not fit together"):
            call([1, 2], [1, 0], [1])
        with pytest.raises(ValueError, match="missing or below 0"):
            call([1, -2], [1, 0])
        with pytest.raises(ValueError, match="missing or below 0"):
            call([1, float("nan")], [1, 0])
        with pytest.raises(ValueError, match="whole number from 1"):
            call([1, 2], [1, 0], [1, 0])
        with pytest.raises(ValueError, match="level is 95"):
            call([1, 2], [1, 0], level=95)

    def test_causes_are_whole_numbers(self) -> None:
        with pytest.raises(ValueError, match="write 0 for what is still open"):
            cumulative_incidence([1, 2], [0.5, 1])
        with pytest.raises(ValueError, match="write 0 for what is still open"):
            cumulative_incidence([1, 2], [-1, 1])


def test_the_curves_of_people_who_differ_are_covered_where_plain_ones_are_not() -> None:
    draw, runs = np.random.default_rng(3), 150
    paces = np.exp(draw.normal(0, 0.6, 200_000))
    waiting, later = np.exp(-4 / 3 / paces).mean(), 1 - np.exp(-8 / 3 / paces).mean() / np.exp(-2 / 3 / paces).mean()
    held = np.zeros(3)
    for _ in range(runs):
        who = np.repeat(np.arange(10), draw.integers(3, 31, 10))
        answered = draw.exponential(3 * np.exp(draw.normal(0, 0.6, 10))[who])
        watched = draw.uniform(0, 17, len(who))
        weeks, is_over = np.minimum(answered, watched).astype(int), answered < watched
        curves = (survival(weeks, is_over, grouped=True, people=whose) for whose in (who, None))
        one, plain = (table[table["time"] <= 3].iloc[-1] for table in curves)
        after = ends_later(weeks, is_over.astype(int), 2, 7, grouped=True, people=who)
        ends = (
            (one["low"], waiting, one["high"]),
            (after.low, later, after.high),
            (plain["low"], waiting, plain["high"]),
        )
        held += [low <= truth <= high for low, truth, high in ends]
    assert (held[:2] / runs >= 0.9).all()
    assert held[2] / runs < 0.8


def test_the_curve_of_fewer_than_five_people_has_no_interval() -> None:
    found = survival([1, 2, 3, 4, 5], [True] * 5, people=[0, 1, 2, 3, 3])
    assert found["low"].isna().all()
    assert found["survival"].iloc[-1] == 0
