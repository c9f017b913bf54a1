"""Each statistic on a tally small enough to work it out by hand; intervals from SciPy and statsmodels."""

from __future__ import annotations

import pandas as pd
import pytest
from counting import counted, tallied
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from closing_lib import outcomes
from closing_lib.content import text

SHORT = ["outcome", "weeks", "n"]
FIVE = tallied(SHORT, ("rejected", 0, 1), ("open", 1, 1), ("advanced", 1, 1), ("rejected", 2, 2))
BOLD = counted(("well", "bold", "advanced", 3), ("well", "bold", "rejected", 2), ("well", "bold", "open", 2))


def wilson(k: int, n: int) -> tuple[float, float]:
    low, high = proportion_confint(k, n, method="wilson")
    return float(low), float(high)


def row(table: pd.DataFrame, **where: object) -> pd.Series:
    """Give the one row in which the columns have these values."""
    found = table[(table[list(where)] == pd.Series(where)).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


def test_the_brier_score() -> None:
    t = tallied(["score", "outcome", "n"], (8, "advanced", 2), (8, "rejected", 1), (2, "rejected", 2), (5, "open", 9))
    found = outcomes.brier(t).table.iloc[0]
    missed = [0.04, 0.04, 0.64, 0.04, 0.04]
    assert (found["n"], found["progressed"]) == (5, 2)
    assert found["brier"] == pytest.approx(0.16)
    assert found["always_base"] == pytest.approx(0.24)
    assert found["skill"] == pytest.approx(1 / 3)
    low, high = stats.t.interval(0.95, 4, loc=0.16, scale=stats.sem(missed))
    assert (found["low"], found["high"]) == pytest.approx((max(0, low), high))
    saved = [0.36 - 0.04, 0.36 - 0.04, 0.16 - 0.64, 0.16 - 0.04, 0.16 - 0.04]  # of the usual rate, 2 of 5, less that
    assert found["saved"] == pytest.approx(0.08)
    assert (found["saved_low"], found["saved_high"]) == pytest.approx(
        stats.t.interval(0.95, 4, loc=0.08, scale=stats.sem(saved))
    )
    assert found["sentence"].startswith(
        "Brier score over 5 assessments, read as chances: 0.16 (0.00 to 0.49), where 0 is"
    )


def test_the_brier_score_claims_nothing_of_readings_that_say_the_usual() -> None:
    for progressed in (
        9,
        10,
        11,
    ):  # the same reading each time misses by the same whatever comes of it, and is no claim
        t = tallied(["score", "outcome", "n"], (5, "advanced", progressed), (5, "rejected", 20 - progressed))
        assert "can’t be told apart" in outcomes.sentence(outcomes.brier(t))


def test_the_brier_score_tells_readings_that_come_closer_from_those_that_are_farther_off() -> None:
    def told(well: int, poor: int) -> str:
        return outcomes.sentence(
            outcomes.brier(tallied(["score", "outcome", "n"], (well, "advanced", 15), (poor, "rejected", 15)))
        )

    assert "come closer" in told(8, 2)
    assert "further off" in told(2, 8)


@pytest.mark.parametrize("outcome", ["advanced", "rejected"])
def test_the_brier_score_of_what_all_ended_alike_is_none(outcome: str) -> None:
    found = outcomes.brier(tallied(["score", "outcome", "n"], (8, outcome, 5), (None, outcome, 2)))
    assert found.table[["brier", "low", "high", "skill", "saved"]].isna().all(axis=None)
    assert "they all ended the same way" in outcomes.sentence(found)
    assert outcomes.sentence(found).endswith(text("results.left_out.band", n=2))


def test_calibration_sets_the_mean_reading_beside_what_progressed() -> None:
    t = tallied(
        ["band", "score", "outcome", "n"],
        ("well", 8, "advanced", 4), ("well", 9, "rejected", 1), ("well", 10, "open", 5), ("poor", 2, "rejected", 3),
    )  # fmt: skip
    found = outcomes.calibration(t)
    well, poor = row(found.table, band="well"), row(found.table, band="poor")
    assert well["expected"] == pytest.approx((4 * 8 + 9 + 5 * 10) / 100)
    assert (well["progressed"], well["n"], well["open"]) == (4, 5, 5)
    assert (well["low"], well["high"]) == pytest.approx(wilson(4, 5))
    assert pd.isna(poor["rate"])
    assert (
        "not enough data. After those interviews 4 of 5 moved forward, after the others 0 of 3."
        in outcomes.sentence(found)
    )


def test_calibration_claims_no_more_than_fisher_s_test() -> None:
    def told(well: int, poor: int) -> str:
        rows = [("well", "mild", "advanced", well), ("well", "mild", "rejected", 10 - well)]
        rows += [("poor", "mild", "advanced", poor), ("poor", "mild", "rejected", 10 - poor)]
        return outcomes.sentence(outcomes.calibration(counted(*(one for one in rows if one[3]))))

    assert stats.fisher_exact([[8, 2], [3, 7]]).pvalue > 0.05 > stats.fisher_exact([[9, 1], [3, 7]]).pvalue
    assert "too early to say" in told(8, 3)
    assert told(9, 3).startswith("“It went well” has meant something")
    assert told(3, 9).startswith("“It went well” has been misleading")


def test_waiting_counts_what_is_open_half_in_its_week() -> None:
    found = outcomes.time_to_answer(FIVE).table
    assert found["at_risk"].tolist() == [5, 4, 2]
    assert found["ended"].tolist() == [1, 1, 2]
    assert found["waiting"].tolist() == pytest.approx([0.8, 0.8 * 2.5 / 3.5, 0])
    assert outcomes.time_to_answer(FIVE).sentence.startswith(
        "Half of the interviews had an answer, or were withdrawn, within 21 days."
    )
    assert found["sentence"].iloc[0].startswith("After 7 days, 80% (")


def test_answers_over_time_add_up_with_those_that_still_wait() -> None:
    found = outcomes.answers_over_time(FIVE).table
    advanced = found[found["outcome"] == "advanced"]["incidence"].tolist()
    rejected = found[found["outcome"] == "rejected"]["incidence"].tolist()
    assert advanced == pytest.approx([0, 0.8 / 3.5, 0.8 / 3.5])
    assert rejected == pytest.approx([0.2, 0.2, 1 - 0.8 / 3.5])
    assert found[found["outcome"] == "rejected"]["n"].tolist() == [1, 1, 3]
    last = found[found["outcome"] == "advanced"].iloc[-1]
    assert last["sentence"].startswith("Within 21 days, next step: 1 so far, 23% (")


def test_silence_tells_what_became_of_those_who_were_silent() -> None:
    t = tallied(
        SHORT, ("rejected", 1, 9), ("advanced", 3, 2), ("rejected", 2, 1), ("no_reply", 4, 3), ("open", 2, 4),
        ("withdrew", 2, 1),
    )  # fmt: skip
    found = row(outcomes.silence(t, [14]).table, days=14)
    assert (found["silent"], found["n"], found["heard"], found["progressed"]) == (11, 6, 3, 2)
    assert (found["open"], found["withdrew"]) == (4, 1)
    assert (found["rate"], found["low"], found["high"]) == pytest.approx((0.5, *wilson(3, 6)))
    assert (found["if_open_fail"], found["if_open_succeed"]) == pytest.approx((3 / 10, 7 / 10))


def test_discipline_counts_only_where_there_was_an_occasion() -> None:
    t = tallied(
        ["thanks", "nudged", "weeks", "outcome", "n"],
        ("in_time", "no", 1, "offer", 3), ("late", "yes", 3, "rejected", 1), ("none", "no", 2, "open", 2),
        (None, "yes", 5, "rejected", 2),
    )  # fmt: skip
    found = outcomes.discipline(t).table
    assert found.set_index("habit")[["kept", "n"]].to_dict("index") == {
        "thanks_in_time": {"kept": 3, "n": 6},
        "thanks_at_all": {"kept": 4, "n": 6},
        "nudge": {"kept": 3, "n": 5},
    }
    assert row(found, habit="nudge")["low"] == pytest.approx(wilson(3, 5)[0])


def test_bounds_lie_where_all_open_ones_fail_and_where_all_succeed() -> None:
    found = row(outcomes.bounds(BOLD).table, used="bold")
    assert (found["if_open_fail"], found["if_open_succeed"]) == pytest.approx((3 / 7, 5 / 7))
    assert (found["low"], found["high"]) == pytest.approx((wilson(3, 7)[0], wilson(5, 7)[1]))


def test_bounds_where_none_is_open_are_the_rate_with_its_interval() -> None:
    t = counted(("well", "bold", "advanced", 3), ("well", "bold", "rejected", 2))
    assert "60% (23% to 88%). None of them is still open." in outcomes.sentence(outcomes.bounds(t))


def test_shrunk_rates_are_those_of_the_beta_posterior() -> None:
    found = row(outcomes.shrunk(BOLD, (2, 4)).table, used="bold")
    assert found["rate"] == pytest.approx(5 / 9)
    assert (found["low"], found["high"]) == pytest.approx(tuple(stats.beta(5, 4).ppf([0.025, 0.975])))


def test_a_room_is_a_prior_of_ten_applications_whatever_its_size() -> None:
    room = counted(("well", "bold", "advanced", 200), ("well", "bold", "rejected", 198))
    found = row(outcomes.shrunk(BOLD, room).table, used="bold")
    assert (found["prior_k"], found["prior_n"]) == pytest.approx((10 * 201 / 400, 10))
    assert found["rate"] == pytest.approx((3 + found["prior_k"]) / 15)


def test_a_small_room_is_a_smaller_prior_and_an_empty_one_leaves_every_rate_as_likely() -> None:
    small = counted(("well", "bold", "advanced", 1), ("well", "bold", "rejected", 2))
    for room, prior in ((small, (2, 5)), (counted(), (1, 2))):
        found = row(outcomes.shrunk(BOLD, room).table, used="bold")
        assert (found["prior_k"], found["prior_n"]) == pytest.approx(prior)


def test_a_room_that_counts_these_too_does_not_count_them_twice() -> None:
    others = counted(("well", "bold", "advanced", 4), ("well", "bold", "rejected", 9), ("well", "mild", "advanced", 1))
    alone = outcomes.shrunk(BOLD, others).table
    together = outcomes.shrunk(BOLD, outcomes.add([BOLD, others]), room_counts_these=True).table
    pd.testing.assert_frame_equal(together, alone)
    with pytest.raises(ValueError, match="for bold it has 0 of 0, and these are 3 of 5; leave room_counts_these out"):
        outcomes.shrunk(BOLD, counted(), room_counts_these=True)


def test_power_asks_for_no_more_where_the_chance_is_there_already() -> None:
    t = counted(("well", "bold", "advanced", 60), ("well", "mild", "rejected", 2000))
    found = row(outcomes.power(t, rates=(0.2, 0.4)).table, used="bold")
    assert found["chance"] > 0.8
    assert (found["needed"], found["more"]) == (91, 0)


def test_power_starts_from_what_would_be_worth_knowing_and_not_from_what_was_seen() -> None:
    seen = counted(("well", "bold", "advanced", 5), ("well", "bold", "rejected", 1), ("well", "mild", "rejected", 6))
    found = row(outcomes.power(seen).table, used="bold")
    assert (found["rate"], found["rate_against"]) == (0.2, 0.0)
    few = seen[seen["used"] != "mild"]
    assert outcomes.power(few).table[["rate", "rate_against"]].to_numpy().tolist() == [[0.4, 0.2]]
    assert row(outcomes.power(seen, difference=0.5).table, used="bold")["rate"] == 0.5
    most = counted(("well", "bold", "rejected", 6), ("well", "mild", "advanced", 9), ("well", "mild", "rejected", 1))
    assert row(outcomes.power(most).table, used="bold")["rate"] == pytest.approx(0.7)


def test_power_leaves_out_what_is_not_compared() -> None:
    t = counted(("well", "mild", "offer", 5), ("well", "confirm", "offer", 5), ("well", "other", "offer", 5))
    assert outcomes.power(t).table.empty
    with pytest.raises(ValueError, match="confirm is not compared; choose one of mild, standing, bold, nothing"):
        outcomes.power(t, against="confirm")


@pytest.mark.parametrize(("n", "chance"), [(10, 0.06), (20, 0.19), (30, 0.30)])
def test_power_is_what_the_user_is_told(n: int, chance: float) -> None:
    t = counted(("well", "bold", "advanced", n), ("well", "mild", "rejected", n))
    found = row(outcomes.power(t, rates=(0.2, 0.4)).table, used="bold")
    assert round(found["chance"], 2) == chance
    assert found["more"] == 2 * (found["needed"] - n) > 0


def test_the_funnel_counts_each_round_by_its_own_answers() -> None:
    t = tallied(
        ["round", "outcome", "n"],
        ("screen", "rejected", 4), ("screen", "open", 1), ("screen", "advanced", 6), ("first", "rejected", 3),
        ("final", "rejected", 1), ("final", "offer", 2),
    )  # fmt: skip
    found = outcomes.funnel(t).table.set_index("round")
    assert found["held"].to_dict() == {"screen": 11, "first": 3, "panel": 0, "final": 3}
    assert found.loc["screen", ["further", "n", "open"]].tolist() == [6, 10, 1]
    assert found.loc["final", ["further", "n"]].tolist() == [2, 3]
    assert found.loc["screen", "rate"] == pytest.approx(0.6)


def test_strata_name_those_that_say_nothing() -> None:
    t = counted(
        ("well", "bold", "advanced", 3), ("well", "mild", "rejected", 2), ("unsure", "bold", "rejected", 2),
        ("unsure", "mild", "rejected", 2), ("poor", "mild", "rejected", 4),
    )  # fmt: skip
    found = outcomes.strata(t).table.set_index("band")
    assert found["information"].to_dict() == {"poor": "one_only", "unsure": "all_alike", "well": "yes"}
    assert found.loc["well", ["progressed", "n", "progressed_against", "n_against"]].tolist() == [3, 3, 0, 2]
