"""Like compared with like next to the naive comparison: the audit's examples, and no claim that counts take back."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from counting import counted, tallied
from varied import varied

from closing_lib.content import text
from closing_lib.outcomes import add, adjusted, chart, needed, power, save_tally, sentence, strata, stratified, tally

COLUMNS = ["person", "round", "band", "used", "outcome", "n"]


def arms(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """Give the tally of rows of band, what was asked, how many moved forward, and how many did not."""
    led = [(band, used, "offer", on) for band, used, on, _ in rows if on]
    return counted(*led, *((band, used, "rejected", off) for band, used, _, off in rows if off))


def only(t: pd.DataFrame, **how: Any) -> dict[str, Any]:
    (row,) = adjusted(t, **how).table.to_dict("records")
    return row


CONFOUNDED = arms(("well", "bold", 45, 45), ("well", "mild", 15, 15), ("poor", "bold", 2, 18), ("poor", "mild", 8, 72))
OPEN = counted(
    ("well", "bold", "advanced", 10), ("well", "bold", "rejected", 20), ("well", "bold", "open", 2),
    ("well", "mild", "advanced", 12), ("well", "mild", "rejected", 2), ("well", "mild", "open", 40),
)  # fmt: skip
OPPOSED = arms(("well", "bold", 18, 2), ("well", "mild", 6, 14), ("poor", "bold", 2, 18), ("poor", "mild", 14, 6))


class TestTheComparison:
    def test_is_that_of_mantel_and_haenszel_within_strata_and_the_crude_one_across(self) -> None:
        found, crude = stratified([[[2, 18], [8, 72]], [[45, 45], [15, 15]]]), stratified([[47, 63], [23, 87]])
        row = only(CONFOUNDED)
        assert (row["used"], row["against"], row["n_compared"]) == ("bold", "mild", 220)
        assert (row["n"], row["progressed"], row["n_against"], row["progressed_against"]) == (110, 47, 110, 23)
        assert row["risk_difference"] == found.risk_difference == pytest.approx(0)
        assert row["level"] == 0.955  # half a point in a hundred goes to whether the bands contradict each other
        assert (row["low"], row["high"]) == found.at(row["level"]).risk_difference_interval
        assert row["p_value"] == found.risk_difference_p
        assert row["p_holm"] == min(1, row["p_value"] / 0.9)
        assert (row["odds_ratio"], row["odds_low"], row["odds_high"]) == (found.odds_ratio, *found.interval)
        assert row["naive_difference"] == crude.risk_difference > 0.2
        assert (row["naive_low"], row["naive_high"]) == crude.risk_difference_interval
        assert row["test"] == "mantel_haenszel"

    def test_takes_back_what_only_the_bands_make(self) -> None:
        row = only(CONFOUNDED)
        assert row["naive_low"] > 0  # the naive comparison would claim it
        assert row["finding"] == "cannot_tell"
        assert "47 of 110 moved forward, against 23 of 110" in row["sentence"]
        assert "just as many in 100 moved forward so far, but anything from 13 fewer to 14 more" in row["sentence"]
        assert text("results.adjusted.difference.less") in row["sentence"]

    def test_turns_round_where_the_bands_hide_it(self) -> None:
        """Simpson's paradox: more moved forward after the bold question, and fewer in each band."""
        t = arms(("well", "bold", 120, 60), ("well", "mild", 34, 6), ("poor", "bold", 1, 39), ("poor", "mild", 40, 140))
        for row in strata(t).table.itertuples():
            assert row.progressed / row.n < row.progressed_against / row.n_against
        found = only(t)
        assert found["naive_low"] > 0 > found["high"]
        assert found["finding"] == "fewer"
        assert "fewer in 100 moved forward" in found["sentence"]
        assert text("results.adjusted.difference.turned") in found["sentence"]

    def test_says_points_of_a_hundred_and_no_odds_of_what_is_common(self) -> None:
        """999 against 990 of 1000 is ten times the odds, and 0.9 of a hundred."""
        row = only(arms(("well", "bold", 999, 1), ("well", "mild", 990, 10)))
        assert row["odds_ratio"] == pytest.approx(10.1, abs=0.1)
        assert row["risk_difference"] == pytest.approx(0.009)
        assert "1 more in 100 moved forward (from 0.3 to 2)" in row["sentence"]
        assert "10" not in row["sentence"].partition("Interviews compared")[0].replace("100", "")

    @pytest.mark.parametrize(("on", "off", "finding"), [(40, 10, "more"), (10, 40, "fewer"), (26, 24, "cannot_tell")])
    def test_comes_to_a_finding_and_never_calls_it_proof(self, on: int, off: int, finding: str) -> None:
        row = only(arms(("well", "bold", on, off), ("well", "mild", 25, 25)))
        assert row["finding"] == finding
        assert "prove" not in row["sentence"]
        for warned in ("may be the reason", "the more often anyone looks"):
            assert (warned in row["sentence"]) == (finding != "cannot_tell")

    def test_of_p_a_little_above_the_limit_is_not_called_chance(self) -> None:
        row = only(arms(("well", "bold", 17, 8), ("well", "mild", 11, 14)))
        assert 0.05 < row["p_holm"] < 0.12
        assert "so far, but anything from" in row["sentence"]
        assert "chance" not in row["sentence"]

    def test_is_exact_in_its_odds_where_counts_are_few(self) -> None:
        row = only(arms(("well", "bold", 9, 1), ("well", "mild", 3, 7)))
        assert row["test"] == "exact"
        assert (row["odds_low"], row["odds_high"]) == stratified([[9, 1], [3, 7]]).exact_interval

    @pytest.mark.parametrize(("less", "seen"), [(4200, "(from 0.01 to"), (2700, "from 0.03 fewer to")])
    def test_shows_on_which_side_of_none_an_end_is(self, less: int, seen: str) -> None:
        row = only(arms(("well", "bold", 10**6, 10**6), ("well", "mild", 10**6 - less // 2, 10**6 + less // 2)))
        assert row["finding"] == ("more" if less == 4200 else "cannot_tell")
        assert seen in row["sentence"]

    def test_says_how_the_two_differ(self) -> None:
        same = arms(("well", "bold", 20, 20), ("well", "mild", 20, 20))
        farther = arms(
            ("well", "bold", 18, 2), ("well", "mild", 30, 20), ("poor", "bold", 12, 18), ("poor", "mild", 2, 8)
        )
        for key, t in {"same": same, "less": CONFOUNDED, "farther": farther}.items():
            assert text(f"results.adjusted.difference.{key}") in only(t)["sentence"], key

    def test_leaves_out_what_was_not_assessed_and_says_so(self) -> None:
        t = pd.concat([CONFOUNDED, counted((None, "bold", "offer", 20), ("well", None, "open", 2))])
        pd.testing.assert_frame_equal(adjusted(t).table, adjusted(CONFOUNDED).table)
        assert sentence(adjusted(t)).endswith(text("results.left_out.band_used", n=22))


class TestOpenOnes:
    def test_that_can_turn_it_round_are_in_the_sentence_and_no_more_is_claimed(self) -> None:
        row = only(OPEN)
        assert (row["finding"], row["open"], row["open_against"]) == ("depends_on_open", 2, 40)
        assert (row["if_worst"], row["if_best"]) == (pytest.approx(10 / 32 - 52 / 54), pytest.approx(12 / 32 - 12 / 54))
        assert "those without an answer (2 and 40), it’s anywhere from 65 fewer to 15 more" in row["sentence"]

    def test_that_cannot_turn_it_leave_the_finding(self) -> None:
        row = only(
            pd.concat(
                [
                    arms(("well", "bold", 40, 10), ("well", "mild", 10, 40)),
                    OPEN[(OPEN["n"] == 2) & (OPEN["outcome"] == "open")],
                ]
            )
        )
        assert row["finding"] == "more"
        assert "moved forward (from" in row["sentence"]
        assert "whatever becomes of those without an answer (2 and 0)" in row["sentence"]

    def test_count_only_in_strata_that_are_compared(self) -> None:
        t = pd.concat([CONFOUNDED, counted(("unsure", "bold", "open", 9))])
        assert math.isnan(only(t)["if_worst"])
        assert "without an answer (" not in only(t)["sentence"]

    def test_no_reply_is_a_no_and_its_other_way_lies_within_the_bounds(self) -> None:
        t = pd.concat(
            [arms(("well", "bold", 20, 0), ("well", "mild", 10, 10)), counted(("well", "bold", "no_reply", 20))]
        )
        row = only(t)
        assert (row["n"], row["finding"]) == (40, "cannot_tell")
        assert (row["risk_difference"], row["if_worst"], row["if_best"]) == pytest.approx((0, 0, 0.5))
        row = only(pd.concat([t, counted(("well", "mild", "open", 1))]))
        assert row["if_worst"] == pytest.approx(20 / 40 - 11 / 21)
        assert row["if_best"] == pytest.approx(40 / 40 - 10 / 21)
        assert "those without an answer (20 and 1)" in row["sentence"]

    def test_no_reply_alone_turns_no_finding_since_none_is_expected(self) -> None:
        t = pd.concat(
            [arms(("well", "bold", 45, 5), ("well", "mild", 10, 10)), counted(("well", "mild", "no_reply", 30))]
        )
        row = only(t)
        assert row["if_worst"] == pytest.approx(45 / 50 - 40 / 50)
        assert row["finding"] == "more"


class TestGroupsThatContradictEachOther:
    def test_have_each_their_own_figure_and_no_common_one(self) -> None:
        row = only(OPPOSED)
        assert row["finding"] == "differs"
        assert row["p_differ"] < 1e-6
        assert math.isnan(row["risk_difference"])
        assert math.isnan(row["odds_ratio"])
        assert "It didn’t go well: 60 fewer in 100 moved forward (from 81 fewer to 24 fewer)" in row["sentence"]
        assert "It went well: 60 more in 100 moved forward (from 24 more to 81 more)" in row["sentence"]
        assert "open which" not in row["sentence"]

    def test_are_found_by_round_where_the_bands_agree(self) -> None:
        sides = [
            ("screen", "bold", 18, 2),
            ("screen", "mild", 6, 14),
            ("final", "bold", 2, 18),
            ("final", "mild", 14, 6),
        ]
        rows = [
            (one, used, end, n) for one, used, *ns in sides for end, n in zip(("offer", "rejected"), ns, strict=True)
        ]
        row = only(tallied(["round", "used", "outcome", "n"], *rows, band="well"))
        assert row["finding"] == "differs"
        assert "It went well (screening): 60 more in 100" in row["sentence"]

    def test_of_a_room_are_found_within_its_people(self) -> None:
        row = only(add([OPPOSED.assign(n=OPPOSED["n"].clip(upper=5)) for _ in range(12)]))
        assert (row["finding"], row["people"]) == ("differs", 12)


class TestStrata:
    def test_are_round_by_band(self) -> None:
        rows = [
            ("screen", "bold", "advanced", 12), ("screen", "mild", "advanced", 12), ("screen", "bold", "rejected", 2),
            ("screen", "mild", "rejected", 2), ("final", "bold", "offer", 2), ("final", "bold", "rejected", 16),
        ]  # fmt: skip
        t = tallied(["round", "used", "outcome", "n"], *rows, band="well")
        row = only(t)
        assert row["risk_difference"] == 0
        assert row["naive_high"] < 0  # the mild question is asked in rounds that more get through
        assert (row["n_compared"], row["n"] + row["n_against"]) == (28, 46)
        assert "Interviews compared: 28 of 46." in row["sentence"]
        assert "have no counterpart" in sentence(adjusted(t))
        found = strata(t).table
        assert [*zip(found["round"], found["information"], strict=True)] == [("screen", "yes"), ("final", "one_only")]
        assert "It went well (final round). Only the bold question: 2 of 18" in sentence(strata(t))

    def test_of_an_old_tally_without_rounds_are_bands_and_that_is_said(self) -> None:
        old = CONFOUNDED.drop(columns="round")
        pd.testing.assert_frame_equal(adjusted(old).table, adjusted(CONFOUNDED).table)
        assert text("results.adjusted.no_round", n=220) in adjusted(old).caveats
        assert "when you say it went equally well" in sentence(adjusted(old))

    def test_in_which_all_ended_alike_or_nobody_answered_are_shown_as_such(self) -> None:
        t = pd.concat([arms(("well", "bold", 5, 0), ("well", "mild", 5, 0)), counted(("poor", "bold", "open", 9))])
        assert strata(t).table.set_index("band")["information"].to_dict() == {"well": "all_alike", "poor": "no_answer"}
        assert "says nothing about the difference" in sentence(strata(t))

    def test_of_a_room_say_of_none_that_it_ended_like_others_who_are_not_compared(self) -> None:
        """One person has both and heard no each time; another has only one of them, and moved forward."""
        lines = [(1, "bold", "rejected", 2), (1, "mild", "rejected", 3), (2, "mild", "offer", 4)]
        t = tallied(["person", "used", "outcome", "n"], *lines, round="first", band="well")
        (row,) = strata(t).table.itertuples()
        assert (row.information, row.progressed_against, row.n_against) == ("all_alike", 4, 7)
        assert "Where they can be compared, both ended the same way" in row.sentence

    def test_of_a_room_do_not_say_that_people_ended_alike_of_whom_each_ended_in_one_way(self) -> None:
        lines = [
            (1, "bold", "rejected", 2),
            (1, "mild", "rejected", 3),
            (2, "bold", "offer", 1),
            (2, "mild", "offer", 4),
        ]
        t = tallied(["person", "used", "outcome", "n"], *lines, round="first", band="well")
        (row,) = strata(t).table.itertuples()
        assert row.information == "all_alike"
        assert not re.search(r"\ball ended", row.sentence + chart(strata(t)).opening)

    def test_add_up_to_the_comparison(self) -> None:
        for t in (CONFOUNDED, OPEN, OPPOSED):
            names = ["n", "progressed", "open", "n_against", "progressed_against", "open_against", "n_compared"]
            assert strata(t).table[names].sum().to_dict() == {name: only(t)[name] for name in names}


class TestNotEnough:
    @pytest.mark.parametrize("few", [0, 1, 4])
    def test_of_either_leaves_all_open(self, few: int) -> None:
        row = only(arms(("well", "bold", few, 0), ("well", "mild", 10, 10), ("poor", "bold", 1, 0)))
        assert row["finding"] == "not_enough"
        assert math.isnan(row["risk_difference"])
        assert "not enough data" in row["sentence"]

    def test_is_said_where_no_stratum_has_both(self) -> None:
        row = only(arms(("well", "bold", 10, 10), ("poor", "mild", 10, 10)))
        assert (row["finding"], row["n_compared"], row["people"]) == ("not_enough", 0, 0)
        assert not math.isnan(row["naive_difference"])

    def test_of_nothing_is_an_empty_table_that_says_so(self) -> None:
        assert adjusted(counted()).table.empty
        assert sentence(adjusted(counted())) == text("results.nothing")

    def test_of_what_nobody_assessed_is_nothing_counted_and_not_one_kind_only(self) -> None:
        t = counted((None, "bold", "offer", 3), (None, "mild", "rejected", 3))
        assert sentence(adjusted(t)).startswith(text("results.nothing"))

    def test_of_no_answer_at_all_sets_no_0_of_0_beside_0_of_0(self) -> None:
        row = only(counted(("well", "bold", "open", 5), ("well", "mild", "open", 5)))
        assert "0 of 0" not in row["sentence"]


class TestSeveral:
    def test_are_each_compared_with_the_mild_question(self) -> None:
        t = arms(("well", "bold", 9, 9), ("well", "mild", 9, 9), ("well", "nothing", 9, 9))
        assert list(adjusted(t).table["used"]) == ["bold", "nothing"]
        assert set(adjusted(t).table["against"]) == {"mild"}
        assert list(adjusted(t, against="bold").table["used"]) == ["mild", "nothing"]
        assert list(adjusted(t, one="nothing").table["used"]) == ["nothing"]
        assert text("results.adjusted.several", n=2) in adjusted(t).caveats

    def test_are_compared_with_what_was_asked_most_where_the_mild_question_never_was(self) -> None:
        assert only(arms(("well", "bold", 9, 9), ("well", "standing", 9, 10)))["against"] == "standing"

    def test_leave_out_a_confirmation_and_another_question(self) -> None:
        others = arms(("well", "confirm", 15, 0), ("well", "other", 5, 5))
        t = pd.concat([CONFOUNDED, others])
        pd.testing.assert_frame_equal(adjusted(t).table, adjusted(CONFOUNDED).table)
        assert text("results.adjusted.not_compared", n=25) in adjusted(t).caveats
        assert adjusted(others).table.empty
        with pytest.raises(
            ValueError, match="used 'confirm' is not compared; choose one of mild, standing, bold, nothing"
        ):
            adjusted(t, against="confirm")

    def test_need_stronger_evidence_together_and_interval_and_p_agree(self) -> None:
        one = arms(("well", "bold", 19, 6), ("well", "mild", 11, 14))
        alone, more = only(one), arms(("well", "nothing", 11, 14), ("well", "standing", 13, 12))
        together = adjusted(pd.concat([one, more])).table.set_index("used").loc["bold"]
        assert together["p_value"] == alone["p_value"]
        assert together["p_holm"] == pytest.approx(3 * alone["p_value"])
        assert together["low"] < 0 < alone["low"]
        assert (alone["finding"], together["finding"]) == ("more", "cannot_tell")

    @pytest.mark.parametrize("seed", range(8))
    def test_never_contradict_each_other(self, seed: int) -> None:
        draw = np.random.default_rng(seed)
        rows = [
            (band, used, *draw.integers(0, 30, 2)) for band in ("well", "poor") for used in ("bold", "mild", "nothing")
        ]
        for row in adjusted(arms(*rows)).table.dropna(subset=["p_holm"]).itertuples():
            assert (row.p_holm <= 0.05) == (not row.low <= 0 <= row.high) == (row.finding in ("more", "fewer"))

    def test_turned_round_say_the_opposite(self) -> None:
        one, other = only(CONFOUNDED), only(CONFOUNDED, against="bold")
        for name, opposite in (("risk_difference", "risk_difference"), ("low", "high"), ("naive_low", "naive_high")):
            assert one[name] == pytest.approx(-other[opposite])


class TestLooks:
    T = arms(("well", "bold", 19, 6), ("well", "mild", 11, 14))

    def test_that_were_fixed_beforehand_are_allowed_for(self) -> None:
        once, thrice = only(self.T), only(self.T, looks=3)
        assert thrice["p_holm"] == pytest.approx(3 * once["p_holm"])
        assert (once["finding"], thrice["finding"]) == ("more", "cannot_tell")
        assert thrice["low"] < 0
        assert text("results.adjusted.looks", looks=3) in adjusted(self.T, looks=3).caveats

    def test_that_were_not_are_in_the_warning(self) -> None:
        found = adjusted(self.T, looked=10)
        assert "Looked at 10 times so far" in found.sentence
        assert "about 19% of the time" in found.sentence
        pd.testing.assert_frame_equal(found.table, adjusted(self.T).table)


class TestARatingThatMayBeWrong:
    def test_finds_nothing_that_the_counts_alone_do_not_and_says_why(self) -> None:
        t = varied()["a room that lost its people"]  # by the ratings as they are, both come to about the same
        assert only(t, one="bold")["finding"] == "cannot_tell"
        found = only(t, one="bold", rating_right=0.8)
        assert (found["finding"], found["high"] < 0) == ("cannot_tell", True)
        assert "would fit" not in found["sentence"]
        assert "comes from what’s assumed about the rating" in found["sentence"]

    def test_moves_the_answer_and_widens_the_interval(self) -> None:
        """The bands as rated are those of no difference, each wrong in three of ten."""
        went, bold = np.array([200, 200, 200]), np.array([0.2, 0.5, 0.8])
        forward = np.array([0.1, 0.4, 0.7])
        true = np.array([[[share * each * n for each in (f, 1 - f)] for share in (b, 1 - b)]
                         for n, b, f in zip(went, bold, forward, strict=True)])  # fmt: skip
        mixed = np.full((3, 3), 0.15) + 0.55 * np.eye(3)
        rated = np.rint(np.einsum("zw,zgy->wgy", mixed, true)).astype(int)
        rows = [(band, used, *rated[b, u]) for b, band in enumerate(("poor", "unsure", "well"))
                for u, used in enumerate(("bold", "mild"))]  # fmt: skip
        as_rated, if_wrong = only(arms(*rows)), only(arms(*rows), rating_right=0.7)
        assert as_rated["finding"] == "more"
        assert if_wrong["risk_difference"] == pytest.approx(0, abs=0.01)
        assert if_wrong["finding"] == "cannot_tell"
        assert if_wrong["high"] - if_wrong["low"] > as_rated["high"] - as_rated["low"]
        assert "if what they say about how it went is right in only 70 of 100 interviews" in if_wrong["sentence"]
        assert math.isnan(if_wrong["p_holm"])

    def test_that_is_right_changes_nothing_and_a_guess_is_refused(self) -> None:
        pd.testing.assert_frame_equal(adjusted(CONFOUNDED, rating_right=1).table, adjusted(CONFOUNDED).table)
        for wrong in (0.4, 1.1):
            with pytest.raises(ValueError, match=r"rating_right is .*; it must lie between 0\.5 and 1"):
                adjusted(CONFOUNDED, rating_right=wrong)

    def test_is_said_to_be_only_a_rating(self) -> None:
        assert text("results.adjusted.rating") in adjusted(CONFOUNDED).caveats


class TestARoom:
    @pytest.mark.parametrize("n", [126, 127, 128, 129, 300, 10**9])
    def test_is_compared_alike_however_much_one_person_counts(self, n: int) -> None:
        """The counts of a stratum are written as digits up to 127."""
        names = ["person", "band", "used", "outcome", "n"]
        one = [
            (0, "well", "bold", "open", n - 1),
            (0, "well", "bold", "advanced", 1),
            (0, "well", "mild", "rejected", 2),
        ]
        other = [(1, "well", "bold", "rejected", 4), (1, "well", "mild", "advanced", 3)]
        t = tallied(names, *one, *other, round="first", weeks=1)
        row = only(t)
        assert (row["n"], row["progressed"], row["open"]) == (5, 1, n - 1)
        assert (row["n_against"], row["progressed_against"], row["people"]) == (5, 3, 2)
        found = stratified([[[1, 0], [0, 2]], [[0, 4], [3, 0]]])
        assert row["risk_difference"] == pytest.approx(found.risk_difference)
        assert row["if_worst"] == pytest.approx(np.average([1 / n - 0, -1], weights=[n * 2 / (n + 2), 4 * 3 / 7]))

    def person(self, bold: tuple[int, int], mild: tuple[int, int]) -> pd.DataFrame:
        return arms(("well", "bold", *bold), ("well", "mild", *mild))

    def test_is_compared_within_its_people(self) -> None:
        """Who asks boldly moves forward more often, whatever is asked."""
        room = add([self.person((8, 2), (4, 1))] * 6 + [self.person((1, 4), (2, 8))] * 6)
        row = only(room)
        assert row["naive_low"] > 0
        assert (row["risk_difference"], row["people"]) == (pytest.approx(0), 12)
        assert "from 12 people" in row["sentence"]
        assert "for the same person, when they say it went equally well" in row["sentence"]

    def test_is_never_spoken_to_as_one_person(self) -> None:
        for room in (add([CONFOUNDED, OPEN, OPPOSED]), add([OPEN] * 3), add([self.person((2, 1), (1, 1))] * 20)):
            for found in (adjusted(room), strata(room), power(room), adjusted(room, rating_right=0.7, looked=5)):
                assert not {"you", "your", "you’d"} & {*found.sentence.lower().replace(".", "").split()}

    def test_in_which_nobody_has_both_says_so(self) -> None:
        room = add([arms(("well", "bold", 9, 1)), arms(("well", "mild", 5, 5))])
        assert only(room)["finding"] == "not_enough"
        assert "Nobody has both here" in sentence(strata(room))

    def test_that_was_saved_says_that_its_interval_is_too_narrow(self, tmp_path: Any) -> None:
        room = add([CONFOUNDED] * 6)
        save_tally(room, tmp_path / "room.csv")
        found = adjusted(tally(tmp_path / "room.csv"))
        assert "the intervals are too narrow" in found.sentence
        assert "when they say it went equally well" in found.sentence
        assert "the intervals are too narrow" not in adjusted(OPEN).sentence


class TestAdviceAndLetters:
    def test_advice_is_compared_too(self) -> None:
        t = tallied(
            ["band", "followed", "outcome", "n"],
            ("well", "yes", "offer", 8), ("well", "yes", "rejected", 4),
            ("well", "no", "offer", 5), ("well", "no", "rejected", 9),
        )  # fmt: skip
        row = only(t, by="followed")
        assert (row["followed"], row["against"]) == ("yes", "no")
        assert row["risk_difference"] == pytest.approx(8 / 12 - 5 / 14)
        assert row["sentence"].startswith("Following the advice against doing something else")

    def test_letters_are_compared_from_the_seventh_day_on(self) -> None:
        """Immortal time: who is answered at once cannot send a letter late, and a later one was none by then."""
        t = tallied(
            ["thanks", "weeks", "outcome", "n"],
            ("none", 0, "rejected", 50), ("none", 1, "rejected", 5), ("none", 2, "offer", 5),
            ("late", 1, "offer", 6), ("late", 3, "rejected", 6), ("later", 4, "offer", 2), ("later", 5, "rejected", 2),
            band="well",
        )  # fmt: skip
        row = only(t, by="thanks")
        assert (row["thanks"], row["n"], row["n_against"], row["progressed_against"]) == ("late", 12, 14, 7)
        assert row["risk_difference"] == 0
        assert text("results.adjusted.landmark", n=50) in adjusted(t, by="thanks").caveats

    def test_others_are_refused_with_the_choices(self) -> None:
        with pytest.raises(ValueError, match="by 'format'; choose one of used, followed, thanks"):
            adjusted(CONFOUNDED, by="format")
        with pytest.raises(ValueError, match="used 'shy' is not compared; choose one of mild"):
            adjusted(CONFOUNDED, against="shy")


def test_how_many_more_it_takes_does_not_depend_on_the_difference_seen() -> None:
    few = arms(("well", "bold", 5, 1), ("well", "mild", 3, 7))
    none = arms(("well", "bold", 2, 4), ("well", "mild", 3, 7))
    one, other = (power(t).table.loc[0, ["rate", "rate_against", "chance", "needed"]].tolist() for t in (few, none))
    assert one == other == [0.5, 0.3, pytest.approx(one[2]), needed(0.5, 0.3)]
