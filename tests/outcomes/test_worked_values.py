"""Each statistic on a tally small enough to work it out by hand; intervals from SciPy and statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from counting import counted, tallied
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from closing_lib import outcomes
from closing_lib.content import text
from closing_lib.outcomes.statistics.clustered import clustered_rate, pooled_prior
from closing_lib.outcomes.statistics.survival import ends_later

SHORT = ["outcome", "weeks", "n"]
MANY = tallied(SHORT, ("rejected", 0, 5), ("open", 1, 5), ("advanced", 1, 5), ("rejected", 2, 9), ("open", 2, 1))
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
    rows = (8, "advanced", 8), (8, "rejected", 4), (2, "rejected", 8), (5, "open", 9)
    found = outcomes.brier(tallied(["score", "outcome", "n"], *rows)).table.iloc[0]
    missed = [0.04] * 8 + [0.64] * 4 + [0.04] * 8
    assert (found["n"], found["progressed"]) == (20, 8)
    assert found["brier"] == pytest.approx(0.16)
    assert found["always_base"] == pytest.approx(0.24)
    assert found["skill"] == pytest.approx(1 / 3)
    reach = stats.t.ppf(0.975, 19) * stats.sem(missed) / 0.16  # on the scale of logarithms
    assert (found["low"], found["high"]) == pytest.approx((0.16 * math.exp(-reach), 0.16 * math.exp(reach)))
    saved = [0.36 - 0.04] * 8 + [0.16 - 0.64] * 4 + [0.16 - 0.04] * 8  # of the usual rate, 8 of 20, less that
    assert found["saved"] == pytest.approx(0.08)
    ends = stats.t.interval(0.95, 19, loc=0.08, scale=stats.sem(saved))
    assert (found["saved_low"], found["saved_high"]) == pytest.approx(ends)
    assert found["sentence"].startswith("Brier score over 20 assessments, read as chances: 0.16 (0.08 to 0.33)")


def test_the_brier_score_of_fewer_than_twenty_is_none() -> None:
    rows = [(8, "advanced", 9), (2, "rejected", 10)]
    found = outcomes.brier(tallied(["score", "outcome", "n"], *rows))
    assert found.table["brier"].isna().all()
    assert "At least 20 are needed." in found.sentence


def test_the_brier_score_of_perfect_readings_has_a_bound_and_is_better() -> None:
    found = outcomes.brier(tallied(["score", "outcome", "n"], (10, "advanced", 15), (0, "rejected", 15)))
    assert found.table[["brier", "low"]].to_numpy().tolist() == [[0, 0]]
    assert found.table["high"].iloc[0] == pytest.approx(1 - 0.025 ** (1 / 30))
    assert "come closer" in found.sentence


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

    assert "come closer than that, by 0.21 (" in told(8, 2)
    assert "further off, by 0.39 (" in told(2, 8)


def test_the_brier_score_shows_the_difference_by_which_it_is_judged() -> None:
    rows = [(6, "advanced", 3), (8, "advanced", 4), (6, "rejected", 7), (7, "rejected", 6), (8, "rejected", 3)]
    found = outcomes.brier(tallied(["score", "outcome", "n"], *rows))
    shown = row(found.table, n=23)
    assert shown["low"] > shown["always_base"]  # by the score's own interval they would be told apart
    ends = f"from {shown['saved_high']:.2f} closer to {-shown['saved_low']:.2f} further off would fit."
    assert f"can’t be told apart: anything {ends}" in found.sentence


@pytest.mark.parametrize("outcome", ["advanced", "rejected"])
def test_the_brier_score_of_what_all_ended_alike_is_none(outcome: str) -> None:
    found = outcomes.brier(tallied(["score", "outcome", "n"], (8, outcome, 25), (None, outcome, 2)))
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
        "not enough data. Among interviews rated that way, 4 of 5 moved forward; among the others, 0 of 3."
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
    found = outcomes.time_to_answer(MANY).table
    assert found["at_risk"].tolist() == [25, 20, 10]
    assert found["ended"].tolist() == [5, 5, 9]
    assert found["waiting"].tolist() == pytest.approx([0.8, 0.8 * 12.5 / 17.5, 0.8 * 12.5 / 17.5 * 0.5 / 9.5])
    assert outcomes.time_to_answer(MANY).sentence.startswith(
        "Half of the interviews had an answer, or were withdrawn, within 21 days."
    )
    assert found["sentence"].iloc[0].startswith("After 7 days, 80% (")


def test_answers_over_time_add_up_with_those_that_still_wait() -> None:
    found = outcomes.answers_over_time(MANY).table
    advanced = found[found["outcome"] == "advanced"]["incidence"].tolist()
    rejected = found[found["outcome"] == "rejected"]["incidence"].tolist()
    assert advanced == pytest.approx([0, 0.8 / 3.5, 0.8 / 3.5])
    assert rejected == pytest.approx([0.2, 0.2, 0.2 + 0.8 * 12.5 / 17.5 * 9 / 9.5])
    assert found[found["outcome"] == "rejected"]["n"].tolist() == [5, 5, 14]
    last = found[found["outcome"] == "advanced"].iloc[-1]
    assert last["sentence"].startswith("Within 21 days, next step: 5 so far, 23% (")


def test_silence_is_read_off_the_curve_so_that_open_ones_count() -> None:
    found = row(outcomes.silence(tallied(SHORT, ("rejected", 2, 6), ("open", 15, 20)), [14]).table, days=14)
    assert (found["silent"], found["heard"], found["open"]) == (26, 6, 20)
    assert found["rate"] == pytest.approx(6 / 26)  # not 6 of 6, since 20 are known to have heard nothing
    assert found["until"] == 16 * 7
    said = "6 (good news: 0). Still open: 20. By day 112, 23% (11% to 44%) hear back, counting the wait so far"
    assert said in found["sentence"]


def test_silence_goes_on_for_those_given_up_and_ends_for_those_who_withdrew() -> None:
    t = tallied(
        SHORT, ("rejected", 1, 9), ("advanced", 3, 2), ("rejected", 2, 1), ("no_reply", 6, 6), ("open", 5, 4),
        ("withdrew", 2, 1),
    )  # fmt: skip
    found = row(outcomes.silence(t, [14]).table, days=14)
    assert (found["silent"], found["heard"], found["progressed"]) == (14, 3, 2)
    assert (found["open"], found["no_reply"], found["withdrew"]) == (4, 6, 1)
    later = ends_later([3, 2, 6, 5, 2], [1, 1, 0, 0, 2], 2, 6, of=1, counts=[2, 1, 6, 4, 1], grouped=True)
    assert (found["rate"], found["low"], found["high"]) == pytest.approx((3 / 14, later.low, later.high))


def test_silence_says_nothing_of_what_fewer_than_five_are_followed_for() -> None:
    late = tallied(SHORT, ("advanced", 1, 4), ("open", 3, 15), ("offer", 30, 1))
    found = row(outcomes.silence(late, [7]).table, days=7)
    assert (found["rate"], found["until"]) == (pytest.approx(4 / 20), 4 * 7)  # the curve would end at 100%
    waiting = outcomes.time_to_answer(late).table.set_index("weeks")["waiting"]
    assert waiting.isna().to_dict() == {1: False, 3: False, 30: True}


ASKED = ["nudged", "reminded", "outcome", "weeks", "n"]


def test_asked_again_counts_from_the_end_of_its_week_on_both_sides() -> None:
    t = tallied(
        ASKED, ("yes", 2, "advanced", 3, 4), ("yes", 2, "rejected", 2, 3), ("yes", 2, "open", 9, 4),
        ("no", None, "rejected", 2, 5), ("no", None, "rejected", 4, 6), ("no", None, "open", 12, 9),
        ("yes", 5, "rejected", 6, 2), ("yes", None, "rejected", 4, 1),
    )  # fmt: skip
    found = outcomes.asked_again(t)
    asked, other = (row(found.table, days=21, nudged=word) for word in ("yes", "no"))
    assert (asked["silent"], asked["heard"], asked["rate"]) == (8, 4, pytest.approx(0.5))
    assert (other["silent"], other["heard"]) == (17, 0)  # within the same week; the two asked later are among them
    assert asked["until"] == other["until"] == 28
    assert found.caveats[-1] == text("results.left_out.other", n=1)


def test_asked_again_shows_no_effect_where_there_is_none() -> None:
    draw = np.random.default_rng(5)
    weeks = draw.geometric(0.2, 40_000) - 1
    asked = np.where(draw.random(len(weeks)) < 0.4, draw.integers(1, 6, len(weeks)), 99)  # whoever is silent then
    is_asked = asked <= weeks
    t = outcomes.tally(
        pd.DataFrame(
            {
                "nudged": np.where(is_asked, "yes", "no"),
                "reminded": pd.Series(asked).where(is_asked),
                "outcome": "rejected",
                "weeks": weeks,
            }
        )
    )
    table = outcomes.asked_again(t).table
    for _, (asked_row, other) in ((days, part.to_dict("records")) for days, part in table.groupby("days")):
        assert asked_row["rate"] == pytest.approx(1 - 0.8**4, abs=0.04)
        assert other["rate"] == pytest.approx(1 - 0.8**4, abs=0.04)


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
    assert "60% (23% to 88%). None of them is still open or without a reply." in outcomes.sentence(outcomes.bounds(t))


def test_shrunk_rates_are_those_of_the_beta_posterior() -> None:
    found = row(outcomes.shrunk(BOLD, (2, 4)).table, used="bold")
    assert found["rate"] == pytest.approx(5 / 9)
    assert (found["low"], found["high"]) == pytest.approx(tuple(stats.beta(5, 4).ppf([0.025, 0.975])))


def test_no_reply_is_a_no_and_its_two_ways_are_the_bounds() -> None:
    rows = [("well", "bold", outcome, 3) for outcome in ("advanced", "rejected", "no_reply", "open", "withdrew")]
    t = counted(*rows)
    for found in (outcomes.by_tactic(t), outcomes.by_band(t), outcomes.bounds(t)):
        (told,) = found.table.to_dict("records")
        assert (told["n"], told["progressed"], told["no_reply"], told["open"], told["withdrew"]) == (9, 3, 3, 3, 3)
        assert (told["if_open_fail"], told["if_open_succeed"]) == pytest.approx((3 / 12, 9 / 12))
        assert "Still open: 3; no reply: 3" in found.sentence
    assert outcomes.by_tactic(t).sentence.count(text("outcomes.no_reply", n=3)) == 1
    assert text("outcomes.no_reply", n=3) in outcomes.sentence(t)


def test_letters_are_compared_among_those_who_went_a_week_without_an_answer() -> None:
    columns = ["band", "thanks", "weeks", "outcome", "n"]
    t = tallied(
        columns, ("well", "none", 0, "rejected", 30), ("well", "none", 2, "advanced", 5),
        ("well", "later", 3, "rejected", 5), ("well", "in_time", 2, "advanced", 6),
        ("well", "in_time", 1, "rejected", 6),
    )  # fmt: skip
    found = outcomes.by_thanks(t)  # the quick answers had no time for a letter: they say nothing against having none
    assert found.table[["thanks", "n", "progressed"]].to_numpy().tolist() == [["none", 10, 5], ["in_time", 12, 6]]
    assert text("results.landmark", n=30) in found.caveats


def test_a_room_that_lost_its_people_is_a_prior_of_ten_interviews_at_most() -> None:
    room = counted(("well", "bold", "advanced", 200), ("well", "bold", "rejected", 198))
    found = row(outcomes.shrunk(BOLD, room).table, used="bold")
    assert (found["prior_k"], found["prior_n"]) == pytest.approx((10 * 201 / 400, 10))
    assert found["rate"] == pytest.approx((3 + found["prior_k"]) / 15)


PEOPLE = [(0, 4), (1, 5), (4, 6), (2, 8), (5, 6), (0, 3), (3, 9), (1, 5), (2, 4), (6, 7)]


def room(people: list[tuple[int, int]]) -> pd.DataFrame:
    """Give the tally of people of whom so many moved forward, of so many."""
    return outcomes.add(
        counted(*(one for one in (("well", "bold", "advanced", k), ("well", "bold", "rejected", n - k)) if one[3]))
        for k, n in people
    )


def test_a_room_is_a_prior_as_strong_as_its_people_are_alike() -> None:
    found = row(outcomes.shrunk(BOLD, room(PEOPLE)).table, used="bold")
    prior = pooled_prior(*zip(*PEOPLE, strict=True))
    assert (found["prior_k"], found["prior_n"]) == pytest.approx(prior)
    assert found["rate"] == pytest.approx((3 + prior.prior_k) / (5 + prior.prior_n))
    alone = row(outcomes.shrunk(room(PEOPLE)).table, used="bold")
    assert alone["rate"] == pytest.approx(prior.prior_k / prior.prior_n)  # of one more person of it


def test_the_rates_of_a_room_know_that_one_person_s_interviews_go_together() -> None:
    found = outcomes.by_band(room(PEOPLE))
    expected = clustered_rate(*zip(*PEOPLE, strict=True))
    one = found.table.iloc[0]
    assert tuple(one[["rate", "design_effect", "effective_n", "low", "high"]]) == pytest.approx(tuple(expected))
    assert (one["people"], one["n"], one["progressed"]) == (10, 57, 24)
    assert one["low"] < wilson(24, 57)[0]
    assert found.about["people"] == 10
    few = outcomes.by_band(room(PEOPLE[:4]))
    assert few.table["rate"].isna().all()
    assert "7 of 23 moved forward; not enough people for a percentage." in few.sentence


def test_a_curve_of_a_room_is_the_same_and_its_interval_is_wider() -> None:
    rows = [("advanced", week, 3) for week in range(8)]
    people = outcomes.add(tallied(SHORT, one, ("open", 8, 1)) for one in rows)
    alone = people.drop(columns="person")
    for make, share in ((outcomes.time_to_answer, "waiting"), (outcomes.answers_over_time, "incidence")):
        one, other = make(people).table, make(alone).table
        pd.testing.assert_series_equal(one[share], other[share])
        middle = one["weeks"] == 3
        assert (one["high"] - one["low"])[middle].min() > 1.2 * (other["high"] - other["low"])[middle].min()


def test_a_tally_of_more_than_one_person_has_says_that_it_lost_its_people() -> None:
    many = counted(("well", "bold", "advanced", 300))
    few = many.assign(n=20)
    saved = few.assign(person=pd.array([pd.NA], dtype="Int64"))  # as the total of a room is
    assert text("results.room.lost") in outcomes.by_band(many).sentence
    assert text("results.room.lost") not in outcomes.by_band(few).sentence
    assert text("results.room.lost") in outcomes.by_band(saved).sentence


def test_a_small_room_is_a_smaller_prior_and_an_empty_one_leaves_every_rate_as_likely() -> None:
    small = counted(("well", "bold", "advanced", 1), ("well", "bold", "rejected", 2))
    for other, prior in ((small, (2, 5)), (counted(), (1, 2))):
        found = row(outcomes.shrunk(BOLD, other).table, used="bold")
        assert (found["prior_k"], found["prior_n"]) == pytest.approx(prior)


def test_a_room_that_counts_these_too_does_not_count_them_twice() -> None:
    others = counted(("well", "bold", "advanced", 4), ("well", "bold", "rejected", 9), ("well", "mild", "advanced", 1))
    alone = outcomes.shrunk(BOLD, others).table
    together = outcomes.shrunk(BOLD, outcomes.add([BOLD, others]), room_counts_these=True).table
    pd.testing.assert_frame_equal(together, alone)
    many = outcomes.add([BOLD, room(PEOPLE)])
    pd.testing.assert_frame_equal(
        outcomes.shrunk(BOLD, many, room_counts_these=True).table, outcomes.shrunk(BOLD, room(PEOPLE)).table
    )
    for other in (counted(), room(PEOPLE)):
        with pytest.raises(ValueError, match="nobody in it has these counts; leave room_counts_these out"):
            outcomes.shrunk(BOLD, other, room_counts_these=True)


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


def test_the_funnel_and_the_stages_say_what_was_withdrawn_so_that_they_add_up() -> None:
    t = tallied(["round", "outcome", "n"], ("first", "advanced", 1), ("first", "withdrew", 1), ("final", "withdrew", 5))
    said = outcomes.funnel(t).table["sentence"].tolist()
    few = "Settled: 1. Went further: 1; not enough data for a percentage. Still open: 0. Withdrawn: 1."
    assert said[1] == f"First interview: 2 held. {few}"
    assert said[3] == "Final round: 5 held. Still open: 0. Withdrawn: 5."
    sent = tallied(["outcome", "n"], ("withdrew", 2), ("rejected", 3)).assign(stage="applied")
    assert outcomes.stages(sent).table["sentence"].iloc[0].endswith("Withdrawn: 2.")


def test_what_has_no_answer_yet_is_counted_and_not_nothing() -> None:
    t = tallied(["used", "outcome", "weeks", "n"], ("bold", "open", 0, 5), ("mild", "open", 0, 4))
    counts = "Interviews counted: 9. Still open: 9."
    assert outcomes.answers_over_time(t).sentence.startswith(counts)
    assert outcomes.silence(t).sentence == "Silent for 7 days: no interviews so far."
    assert outcomes.power(t).sentence.startswith("No interview has had an answer yet")  # not: one kind only
    bold = row(outcomes.bounds(t).table, used="bold")
    assert bold["sentence"] == "The bold question: no result so far. Still open: 5."


def test_power_of_a_room_speaks_of_no_interval_since_it_shows_none() -> None:
    t = tallied(["used", "outcome", "person", "n"], ("bold", "offer", 1, 5), ("mild", "rejected", 2, 6))
    assert "it can take more answers than this" in outcomes.power(t).sentence
    assert "interval" not in outcomes.power(t).sentence


def test_strata_name_those_that_say_nothing() -> None:
    t = counted(
        ("well", "bold", "advanced", 3), ("well", "mild", "rejected", 2), ("unsure", "bold", "rejected", 2),
        ("unsure", "mild", "rejected", 2), ("poor", "mild", "rejected", 4),
    )  # fmt: skip
    found = outcomes.strata(t).table.set_index("band")
    assert found["information"].to_dict() == {"poor": "one_only", "unsure": "all_alike", "well": "yes"}
    assert found.loc["well", ["progressed", "n", "progressed_against", "n_against"]].tolist() == [3, 3, 0, 2]
