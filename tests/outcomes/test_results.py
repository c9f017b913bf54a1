"""Results: every rate beside its count, none below five, and what is open or withdrawn counted in neither."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from counting import counted, tallied
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.content import text
from closing_lib.models import Asked, Band
from closing_lib.outcomes import (
    MIN_N,
    adjusted,
    by_advice,
    by_band,
    by_tactic,
    by_thanks,
    calibration,
    rate_interval,
    sentence,
    silence,
)
from closing_lib.outcomes.tally import OUTCOMES

SHARES = ["rate", "low", "high", "if_open_fail", "if_open_succeed"]
COLUMNS = [
    "n",
    "progressed",
    "rate",
    "low",
    "high",
    "no_reply",
    "open",
    "withdrew",
    "if_open_fail",
    "if_open_succeed",
    "sentence",
]
tallies = st.lists(
    st.tuples(
        st.sampled_from([None, *map(str, Band)]),
        st.sampled_from([None, *map(str, Asked)]),
        st.sampled_from(OUTCOMES),
        st.integers(1, 12),
    ),
    max_size=25,
).map(lambda rows: counted(*rows))


def only(table: pd.DataFrame) -> dict[str, object]:
    """Give the one row of a table."""
    (row,) = table.to_dict("records")
    return row


def every_table(t: pd.DataFrame) -> list[tuple[list[str], pd.DataFrame]]:
    """Give each table that can be made of a tally, with what it is counted by."""
    across = by_tactic(t, within_bands=False).table
    return [(["band", "used"], by_tactic(t).table), (["used"], across), (["band"], by_band(t).table)]


class TestCounting:
    @pytest.mark.parametrize(
        ("outcome", "n", "progressed", "still_open", "withdrew"),
        [
            ("advanced", 7, 7, 0, 0),
            ("offer", 7, 7, 0, 0),
            ("rejected", 7, 0, 0, 0),
            ("no_reply", 7, 0, 0, 0),
            ("withdrew", 0, 0, 0, 7),
            ("open", 0, 0, 7, 0),
        ],
    )
    def test_each_outcome_counts_where_it_belongs(
        self, outcome: str, n: int, progressed: int, still_open: int, withdrew: int
    ) -> None:
        row = only(by_tactic(counted(("well", "bold", outcome, 7))).table)
        assert (row["n"], row["progressed"], row["open"], row["withdrew"]) == (n, progressed, still_open, withdrew)

    def test_stands_within_bands_unless_told_otherwise(self) -> None:
        t = counted(("well", "mild", "offer", 2), ("poor", "mild", "rejected", 3), (None, "mild", "offer", 4))
        within = by_tactic(t).table
        assert list(zip(within["band"], within["used"], within["n"], strict=True)) == [
            ("poor", "mild", 3),
            ("well", "mild", 2),
        ]
        across = by_tactic(t, within_bands=False).table
        assert list(zip(across["used"], across["n"], across["progressed"], strict=True)) == [("mild", 9, 6)]
        bands = by_band(t).table
        assert list(zip(bands["band"], bands["n"], strict=True)) == [("poor", 3), ("well", 2)]

    def test_leaves_out_what_was_not_recorded(self) -> None:
        t = counted(("well", None, "offer", 9), ("well", "mild", "offer", 1))
        assert only(by_tactic(t).table)["n"] == 1
        assert only(by_tactic(t, within_bands=False).table)["n"] == 1
        assert only(by_band(t).table)["n"] == 10

    def test_stands_in_the_order_of_the_words(self) -> None:
        t = counted(*(("unsure", used, "offer", 1) for used in reversed(Asked)))
        assert list(by_tactic(t).table["used"]) == list(map(str, Asked))


class TestRates:
    def test_are_missing_below_five_whatever_is_open(self) -> None:
        t = counted(
            ("well", "bold", "offer", MIN_N - 1), ("well", "bold", "open", 40), ("well", "bold", "withdrew", 40)
        )
        row = only(by_tactic(t).table)
        assert row["n"] == 4
        assert all(math.isnan(row[name]) for name in SHARES)  # type: ignore[arg-type]

    def test_are_there_from_five_with_wilson_s_interval(self) -> None:
        row = only(by_tactic(counted(("well", "bold", "offer", 4), ("well", "bold", "rejected", 1))).table)
        assert (row["n"], row["progressed"], row["rate"]) == (5, 4, 0.8)
        assert (row["low"], row["high"]) == rate_interval(4, 5)

    def test_say_between_what_the_open_ones_leave_them(self) -> None:
        t = counted(
            ("well", "mild", "offer", 3),
            ("well", "mild", "no_reply", 3),
            ("well", "mild", "open", 4),
            ("well", "mild", "withdrew", 9),
        )
        row = only(by_tactic(t).table)
        assert (row["rate"], row["if_open_fail"], row["if_open_succeed"]) == (0.5, 0.3, 1)

    @given(tallies)
    @settings(deadline=None, max_examples=30)
    def test_keep_their_promises_for_every_tally(self, t: pd.DataFrame) -> None:
        for by, table in every_table(t):
            assert table[["n", "open", "withdrew"]].to_numpy().sum() == t.dropna(subset=by)["n"].sum()  # none is lost
            for row in table.to_dict("records"):
                assert 0 <= row["progressed"] <= row["n"]
                if row["n"] < 5:
                    assert all(math.isnan(row[name]) for name in SHARES)
                else:
                    assert row["rate"] == row["progressed"] / row["n"]
                    assert row["low"] < row["high"]
                    assert row["low"] - 1e-12 <= row["rate"] <= row["high"] + 1e-12
                    assert row["if_open_fail"] <= row["rate"] <= row["if_open_succeed"]
                    assert (row["if_open_fail"] == row["if_open_succeed"]) == (row["open"] + row["no_reply"] == 0)


class TestTables:
    @given(tallies, st.integers(0, 999))
    @settings(deadline=None, max_examples=20)
    def test_do_not_depend_on_the_order_of_the_counts_nor_on_how_they_are_split(
        self, t: pd.DataFrame, order: int
    ) -> None:
        before = t.copy(deep=True)
        found = by_tactic(t).table
        halves = pd.concat([t.assign(n=t["n"] // 2), t.assign(n=t["n"] - t["n"] // 2)])
        pd.testing.assert_frame_equal(by_tactic(halves.sample(frac=1, random_state=order)).table, found)
        pd.testing.assert_frame_equal(t, before)

    @pytest.mark.parametrize(
        "rows", [[], [("well", "bold", "offer", 1)], [("poor", "mild", "open", 9), (None, None, "offer", 9)]]
    )
    def test_have_the_same_columns_and_types_for_every_tally(self, rows: list[tuple[str, str, str, int]]) -> None:
        for by, table in every_table(counted(*rows)):
            assert list(table.columns) == [*by, *COLUMNS]
            types = {name: str(kind) for name, kind in table.dtypes.items()}
            assert {types.pop(name) for name in by} == {"category"}
            whole = dict.fromkeys(["n", "progressed", "no_reply", "open", "withdrew"], "int64")
            assert types == whole | dict.fromkeys(SHARES, "float64") | {"sentence": "str"}
            assert list(table.index) == list(range(len(table)))

    def test_every_outcome_is_counted_somewhere(self) -> None:
        (found,) = by_tactic(counted(*(("well", "bold", outcome, 1) for outcome in OUTCOMES))).table.to_dict("records")
        assert [found[name] for name in ("n", "progressed", "no_reply", "open", "withdrew")] == [4, 2, 1, 1, 1]
        assert found["n"] + found["open"] + found["withdrew"] == len(OUTCOMES)


class TestTheSentence:
    def test_says_that_nothing_is_logged(self) -> None:
        assert sentence(counted()) == text("outcomes.nothing_yet")

    def test_says_that_nothing_is_answered(self) -> None:
        said = sentence(counted(("well", "bold", "open", 3), ("poor", "mild", "withdrew", 1)))
        assert said == text("outcomes.no_answer_yet")

    def test_does_not_say_that_nothing_is_answered_where_only_the_question_is_not_known(self) -> None:
        said = sentence(counted(("well", None, "rejected", 3)))
        assert said == "Nothing has been counted yet. Left out, because the log doesn’t say what was asked: 3."

    def test_says_one_and_compares_nothing(self) -> None:
        said = sentence(counted(("well", "bold", "offer", 1), ("well", "mild", "open", 5)))
        assert "this many moved forward: 1 of 1 after the bold question." in said
        assert "mild" not in said
        assert text("outcomes.beware") not in said

    def test_says_several_from_the_least_bold_across_bands_and_what_is_not_counted(self) -> None:
        said = sentence(
            counted(
                ("well", "bold", "offer", 4), ("well", "bold", "rejected", 2), ("poor", "mild", "rejected", 1),
                ("well", "mild", "advanced", 2), ("poor", "nothing", "no_reply", 2), ("poor", None, "offer", 9),
            )
        )  # fmt: skip
        assert "2 of 3 after the mild question; 4 of 6 after the bold question; 0 of 2 after asking nothing." in said
        assert text("outcomes.not_recorded", n=9) in said

    def test_says_what_progressed_means_and_gives_no_percentage_of_its_own(self) -> None:
        said = sentence(counted(("well", "bold", "offer", 3), ("well", "mild", "rejected", 3)))
        assert text("outcomes.progressed_means") in said
        assert said.endswith(text("outcomes.beware"))
        assert "%" not in said.removesuffix(text("outcomes.beware"))

    @given(tallies)
    @settings(deadline=None, max_examples=20)
    def test_is_a_sentence_for_every_tally(self, t: pd.DataFrame) -> None:
        said = sentence(t)
        assert said[0].isupper()
        assert said.endswith(".")
        assert not {"{", "}", "nan", "None"} & {*said.split()}


class TestTheRowsInWords:
    def test_say_the_rate_with_its_count_its_interval_and_what_is_open(self) -> None:
        t = counted(("well", "bold", "offer", 4), ("well", "bold", "rejected", 2), ("well", "bold", "open", 2))
        row = only(by_tactic(t).table)
        assert row["sentence"] == (
            "The bold question, after interviews that went well: 4 of 6 moved forward, 67% (30% to 90%). "
            "Still open: 2. Whatever comes of that, the rate ends up between 50% and 75%."
        )

    def test_say_no_percentage_below_five_and_nothing_of_no_answer(self) -> None:
        few = by_band(counted(("well", "bold", "offer", 4), ("poor", "bold", "open", 4)))
        assert few.table["sentence"].tolist() == [
            "It didn’t go well: no result so far.",
            "It went well: 4 of 4 moved forward; not enough data for a percentage.",
        ]
        assert sentence(few) == few.sentence == " ".join(few.table["sentence"])

    def test_say_what_the_brackets_are_and_by_which_method(self) -> None:
        t = counted(("well", "bold", "offer", 4), ("well", "bold", "rejected", 2))
        for by in (by_tactic, by_band, by_advice, by_thanks):
            for method in ("wilson", "jeffreys"):
                found = by(t.assign(followed="yes", thanks="none"), method=method)
                assert (found.table.loc[0, "low"], found.table.loc[0, "high"]) == rate_interval(4, 6, method)
                assert sentence(found).endswith(text(f"results.brackets.{method}"))
                assert (found.caveats, found.about["method"]) == ((text(f"results.brackets.{method}"),), method)
        assert "brackets" not in sentence(by_tactic(t.assign(n=1)))

    def test_refuse_a_method_that_is_not_known(self) -> None:
        with pytest.raises(ValueError, match="'wald' is not known; choose one of wilson, jeffreys"):
            by_tactic(counted(), method="wald")

    def test_say_how_many_are_not_counted_and_why(self) -> None:
        t = counted(("well", "bold", "offer", 4), (None, "bold", "open", 2), ("well", None, "offer", 1))
        assert sentence(by_tactic(t)).endswith(text("results.left_out.band_used", n=3))
        assert sentence(by_tactic(t, within_bands=False)).endswith(text("results.left_out.used", n=1))
        assert sentence(by_band(t)).endswith(text("results.left_out.band", n=2))
        assert sentence(by_thanks(t)) == " ".join([text("results.nothing"), text("results.left_out.other", n=7)])
        assert "Left out" not in sentence(by_tactic(t.iloc[:1]))

    def test_warn_of_the_naive_comparison(self) -> None:
        t = counted(("well", "bold", "offer", 4), ("poor", "mild", "rejected", 4))
        assert text("outcomes.beware") in sentence(by_tactic(t, within_bands=False))
        assert text("outcomes.beware") not in sentence(by_tactic(t))

    def test_say_whether_advice_was_followed_and_letters_were_sent(self) -> None:
        columns = ["band", "outcome", "followed", "thanks", "n"]
        t = tallied(columns, ("well", "offer", "yes", "in_time", 6), ("well", "rejected", "no", "none", 7), weeks=1)
        assert by_advice(t, within_bands=False).table[["followed", "n", "progressed"]].to_numpy().tolist() == [
            ["no", 7, 0],
            ["yes", 6, 6],
        ]
        assert "Following the advice, after interviews that went well: 6 of 6 moved forward, 100%" in sentence(
            by_advice(t)
        )
        assert "No thank-you letter, after interviews that went well: 0 of 7 moved forward, 0%" in sentence(
            by_thanks(t)
        )

    def test_say_that_nothing_is_counted(self) -> None:
        assert sentence(by_tactic(counted())) == text("results.nothing")

    def test_ask_for_the_column_that_is_needed(self) -> None:
        with pytest.raises(ValueError, match="no column “followed”; make one that’s counted by it too"):
            by_advice(counted(("well", "bold", "offer", 4)).drop(columns="followed"))


class TestWhatAReaderCouldTakeWrong:
    HUGE = tallied(
        ["round", "band", "used", "outcome", "n"],
        *(("first", "well", "bold", outcome, n * 10**6) for outcome, n in (("advanced", 8), ("rejected", 2))),
        *(("first", "well", "mild", outcome, n * 10**6) for outcome, n in (("advanced", 5), ("rejected", 5))),
        weeks=3,
    )

    def test_the_ends_of_an_interval_never_look_the_same(self) -> None:
        found = adjusted(self.HUGE)
        assert "30 more in 100 moved forward (from 29.96 to 30.04)" in found.sentence
        assert "8,000,000 of 10,000,000 moved forward, 80% (79.98% to 80.02%)." in by_tactic(self.HUGE).sentence

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (
                [("well", "bold", "offer", 6)],
                "Among interviews rated that way, 6 of 6 moved forward, and no other has an answer",
            ),
            ([("poor", "bold", "offer", 6)], "no interview rated that way has an answer yet. Among the others, 6 of 6"),
            ([("well", "bold", "open", 6)], "no assessed interview has an answer yet."),
        ],
    )
    def test_one_side_without_an_answer_is_not_0_of_0(self, rows: list[tuple[str, str, str, int]], said: str) -> None:
        found = calibration(counted(*rows)).sentence
        assert said in found
        assert "0 of 0" not in found

    def test_a_corrected_rating_of_several_people_is_no_draw(self) -> None:
        people = pd.concat([self.HUGE.assign(person=one, n=self.HUGE["n"] // 10**6) for one in range(5)])
        of_room, own = (adjusted(t, rating_right=0.8).caveats for t in (people, people[people["person"] == 0]))
        assert text("results.adjusted.still_off") in of_room
        assert text("results.adjusted.still_off") not in own + adjusted(people).caveats

    def test_the_intervals_of_a_curve_are_told_from_those_of_a_count(self) -> None:
        heard = tallied(["outcome", "weeks", "n"], ("rejected", 3, 5))
        assert text("results.silence.curve") in silence(heard).caveats
        assert text("results.silence.curve") not in silence(heard.assign(n=[4])).caveats


def test_the_names_of_the_contract_are_there() -> None:
    assert cl.outcomes.by_tactic is by_tactic
    assert cl.outcomes.rate_interval is rate_interval
    assert cl.tally is cl.outcomes.tally
