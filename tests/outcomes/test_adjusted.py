"""Within bands next to across them: the published reversal, bands without information, and no claim from a few."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from counting import counted, tallied

from closing_lib.content import text
from closing_lib.outcomes import adjusted, sentence, strata, stratified
from closing_lib.outcomes.questions.compared import _holm, tables_within
from closing_lib.outcomes.questions.counts import count


def arms(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """Give the tally of rows of band, what was asked, how many moved forward, and how many did not."""
    led = [(band, used, "offer", on) for band, used, on, _ in rows if on]
    return counted(*led, *((band, used, "rejected", off) for band, used, _, off in rows if off))


def only(table: pd.DataFrame) -> dict[str, object]:
    (row,) = table.to_dict("records")
    return row


CONFOUNDED = arms(("well", "bold", 45, 45), ("well", "mild", 15, 15), ("poor", "bold", 2, 18), ("poor", "mild", 8, 72))


class TestTheComparison:
    def test_is_that_of_mantel_and_haenszel_within_bands_and_the_crude_one_across(self) -> None:
        found = stratified([[[2, 18], [8, 72]], [[0, 0], [0, 0]], [[45, 45], [15, 15]]])
        row = only(adjusted(CONFOUNDED).table)
        assert (row["used"], row["against"]) == ("bold", "mild")
        assert (row["n"], row["progressed"], row["n_against"], row["progressed_against"]) == (110, 47, 110, 23)
        assert row["odds_ratio"] == found.odds_ratio == pytest.approx(1.0)
        assert (row["low"], row["high"]) == found.interval
        assert row["p_value"] == found.p_value == row["p_holm"]
        assert row["naive_odds_ratio"] == found.crude_odds_ratio > 2.5
        assert (row["naive_low"], row["naive_high"]) == found.crude_interval
        assert (row["bands"], row["n_compared"], row["test"]) == (2, 220, "mantel_haenszel")

    def test_takes_back_what_only_the_bands_make(self) -> None:
        row = only(adjusted(CONFOUNDED).table)
        assert row["naive_low"] > 1  # type: ignore[operator]  # the naive comparison would claim it
        assert row["finding"] == "cannot_tell"
        assert "they can’t be told apart" in row["sentence"]
        assert "47 of 110 moved forward, against 23 of 110" in row["sentence"]
        assert text("results.adjusted.difference.less") in row["sentence"]

    def test_turns_round_where_the_bands_hide_it(self) -> None:
        """Simpson's paradox: more moved forward after the bold question, and fewer in each band."""
        t = arms(("well", "bold", 120, 60), ("well", "mild", 34, 6), ("poor", "bold", 1, 39), ("poor", "mild", 40, 140))
        bands = strata(t).table.set_index("band")
        for band in ("poor", "well"):
            row = bands.loc[band]
            assert row["progressed"] / row["n"] < row["progressed_against"] / row["n_against"]
        found = only(adjusted(t).table)
        assert found["naive_low"] > 1 > found["high"]  # type: ignore[operator]
        assert found["finding"] == "fewer"
        assert "fewer moved forward" in found["sentence"]
        assert text("results.adjusted.difference.turned") in found["sentence"]

    def test_warns_whoever_finds_something_that_looking_again_and_again_finds_more(self) -> None:
        for on, warned in ((40, True), (10, True), (26, False)):
            told = only(adjusted(arms(("well", "bold", on, 50 - on), ("well", "mild", 25, 25))).table)["sentence"]
            assert ("the more often anyone looks" in told) is warned

    def test_says_what_odds_are_and_how_many_are_not_counted(self) -> None:
        told = sentence(
            adjusted(pd.concat([CONFOUNDED, counted((None, "bold", "offer", 5), ("well", None, "open", 2))]))
        )
        assert told.endswith(f"{text('results.adjusted.odds')} {text('results.left_out.band_used', n=7)}")

    def test_is_exact_where_counts_are_few(self) -> None:
        row = only(adjusted(arms(("well", "bold", 9, 1), ("well", "mild", 3, 7))).table)
        found = stratified([[9, 1], [3, 7]])
        assert row["test"] == "exact"
        assert (row["low"], row["high"]) == found.exact_interval
        assert row["p_value"] == found.p_exact

    @pytest.mark.parametrize(("on", "off", "finding"), [(40, 10, "more"), (10, 40, "fewer"), (26, 24, "cannot_tell")])
    def test_comes_to_a_finding_and_never_calls_it_proof(self, on: int, off: int, finding: str) -> None:
        row = only(adjusted(arms(("well", "bold", on, off), ("well", "mild", 25, 25))).table)
        assert row["finding"] == finding
        assert "prove" not in row["sentence"]
        assert ("may be the reason" in row["sentence"]) == (finding != "cannot_tell")

    def test_says_how_the_two_differ(self) -> None:
        same = arms(("well", "bold", 20, 20), ("well", "mild", 20, 20))
        turned = arms(
            ("well", "bold", 9, 30), ("well", "mild", 2, 3), ("poor", "bold", 1, 90), ("poor", "mild", 20, 900)
        )
        farther = arms(
            ("well", "bold", 18, 2), ("well", "mild", 30, 20), ("poor", "bold", 12, 18), ("poor", "mild", 2, 8)
        )
        for key, t in {"same": same, "less": CONFOUNDED, "turned": turned, "farther": farther}.items():
            assert text(f"results.adjusted.difference.{key}") in only(adjusted(t).table)["sentence"], key

    def test_leaves_out_what_was_not_assessed(self) -> None:
        t = pd.concat([CONFOUNDED, counted((None, "bold", "offer", 500))])
        pd.testing.assert_frame_equal(adjusted(t).table, adjusted(CONFOUNDED).table)


class TestNotEnough:
    @pytest.mark.parametrize("few", [0, 1, 4])
    def test_of_either_leaves_all_open(self, few: int) -> None:
        t = arms(("well", "bold", few, 0), ("well", "mild", 10, 10), ("poor", "bold", 1, 0))
        row = only(adjusted(t).table)
        assert row["finding"] == "not_enough"
        assert math.isnan(row["odds_ratio"])  # type: ignore[arg-type]
        assert "not enough data" in row["sentence"]

    def test_is_said_where_no_band_has_both(self) -> None:
        row = only(adjusted(arms(("well", "bold", 10, 10), ("poor", "mild", 10, 10))).table)
        assert (row["finding"], row["bands"], row["n_compared"]) == ("not_enough", 0, 0)
        assert not math.isnan(row["naive_odds_ratio"])  # type: ignore[arg-type]

    def test_of_nothing_is_an_empty_table_that_says_so(self) -> None:
        assert adjusted(counted()).table.empty
        assert sentence(adjusted(counted())) == text("results.nothing")


class TestBands:
    def test_with_one_of_the_two_say_nothing(self) -> None:
        t = arms(("well", "bold", 5, 5), ("well", "mild", 5, 5), ("poor", "mild", 1, 5), ("unsure", "bold", 0, 2))
        found = strata(t).table.set_index("band")["information"].to_dict()
        assert found == {"well": "yes", "poor": "one_only", "unsure": "one_only"}

    def test_in_which_all_ended_alike_say_nothing_nor_do_those_without_an_answer(self) -> None:
        t = pd.concat([arms(("well", "bold", 5, 0), ("well", "mild", 5, 0)), counted(("poor", "bold", "open", 9))])
        found = strata(t).table.set_index("band")["information"].to_dict()
        assert found == {"well": "all_alike", "poor": "no_answer", "unsure": "no_answer"}
        assert "says nothing about the difference" in sentence(strata(t))

    def test_are_the_same_that_are_counted_as_informative(self) -> None:
        for t in (CONFOUNDED, arms(("well", "bold", 5, 0), ("poor", "bold", 5, 4), ("poor", "mild", 1, 0))):
            shown = strata(t).table
            assert (shown["information"] == "yes").sum() == adjusted(t).table["bands"].sum()

    def test_add_up_to_the_comparison(self) -> None:
        sums = strata(CONFOUNDED).table[["n", "progressed", "n_against", "progressed_against"]].sum()
        row = only(adjusted(CONFOUNDED).table)
        assert sums.to_dict() == {name: row[name] for name in sums.index}

    def test_are_tables_in_the_order_of_the_bands(self) -> None:
        expected = [[[2, 18], [8, 72]], [[0, 0], [0, 0]], [[45, 45], [15, 15]]]
        assert tables_within(count(CONFOUNDED, ["band", "used"]), "used", "bold", "mild").tolist() == expected


class TestSeveral:
    def test_are_each_compared_with_the_mild_question(self) -> None:
        t = arms(("well", "bold", 9, 9), ("well", "mild", 9, 9), ("well", "nothing", 9, 9))
        assert list(adjusted(t).table["used"]) == ["bold", "nothing"]
        assert set(adjusted(t).table["against"]) == {"mild"}
        assert list(adjusted(t, against="bold").table["used"]) == ["mild", "nothing"]

    def test_are_compared_with_what_was_asked_most_where_the_mild_question_never_was(self) -> None:
        t = arms(("well", "bold", 9, 9), ("well", "standing", 9, 10))
        assert only(adjusted(t).table)["against"] == "standing"

    def test_need_stronger_evidence_together(self) -> None:
        one = arms(("well", "bold", 19, 6), ("well", "mild", 11, 14))
        alone = only(adjusted(one).table)
        more = pd.concat(
            [one, arms(("well", "nothing", 11, 14), ("well", "other", 12, 13), ("well", "standing", 9, 9))]
        )
        together = adjusted(more).table.set_index("used")
        assert together.loc["bold", "p_value"] == alone["p_value"]
        assert together.loc["bold", "p_holm"] == pytest.approx(4 * alone["p_value"])  # type: ignore[operator]
        assert together.loc["bold", "low"] == alone["low"] > 1  # type: ignore[operator]
        assert (alone["finding"], together.loc["bold", "finding"]) == ("more", "cannot_tell")

    def test_are_corrected_as_holm_says(self) -> None:
        found = _holm(np.array([0.01, np.nan, 0.04, 0.03, 0.005]))
        assert found.tolist() == pytest.approx([0.03, np.nan, 0.06, 0.06, 0.02], nan_ok=True)

    def test_turned_round_say_the_inverse(self) -> None:
        one, other = only(adjusted(CONFOUNDED).table), only(adjusted(CONFOUNDED, against="bold").table)
        for name, opposite in (("odds_ratio", "odds_ratio"), ("low", "high"), ("naive_low", "naive_high")):
            assert one[name] == pytest.approx(1 / other[opposite])  # type: ignore[operator]


class TestAdviceAndLetters:
    def test_are_compared_within_bands_too(self) -> None:
        columns = ["band", "followed", "thanks", "outcome", "n"]
        t = tallied(
            columns,
            ("well", "yes", "in_time", "offer", 8), ("well", "yes", "in_time", "rejected", 4),
            ("well", "no", "none", "offer", 5), ("well", "no", "late", "rejected", 9),
        )  # fmt: skip
        advice = only(adjusted(t, by="followed").table)
        assert (advice["followed"], advice["against"]) == ("yes", "no")
        assert advice["odds_ratio"] == pytest.approx(8 * 9 / (4 * 5))
        assert advice["sentence"].startswith("Following the advice compared with doing something else")
        assert list(adjusted(t, by="thanks").table["thanks"]) == ["late", "in_time"]

    def test_others_are_refused_with_the_choices(self) -> None:
        with pytest.raises(ValueError, match="by 'format'; choose one of used, followed, thanks"):
            adjusted(CONFOUNDED, by="format")
        with pytest.raises(ValueError, match="used 'shy' is not known; choose one of mild"):
            adjusted(CONFOUNDED, against="shy")
