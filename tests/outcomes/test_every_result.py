"""What all results promise for every tally: a sentence, no percentage below five, whatever way counts are split."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from functools import cache

import numpy as np
import pandas as pd
import pytest
from counting import tallied
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from closing_lib import outcomes
from closing_lib.content import LANGUAGES, text
from closing_lib.content.loading import everything
from closing_lib.outcomes import Result, add, sentence, tally
from closing_lib.outcomes.asks import asks
from closing_lib.outcomes.charts import page
from closing_lib.outcomes.room import room_tallies
from closing_lib.outcomes.vocabulary import KEYS, NUMBERS, WORDS
from closing_lib.records import sample_log

Question = Callable[[pd.DataFrame], Result]
RESULTS: dict[str, Question] = {
    "by tactic": outcomes.by_tactic,
    "by tactic, naive": lambda t: outcomes.by_tactic(t, within_bands=False),
    "by band": outcomes.by_band,
    "by advice": outcomes.by_advice,
    "by thanks": outcomes.by_thanks,
    "adjusted": outcomes.adjusted,
    "adjusted for advice": lambda t: outcomes.adjusted(t, by="followed"),
    "adjusted for thanks": lambda t: outcomes.adjusted(t, by="thanks"),
    "strata": outcomes.strata,
    "randomised": outcomes.randomised,
    "time to answer": outcomes.time_to_answer,
    "answers over time": outcomes.answers_over_time,
    "silence": outcomes.silence,
    "asked again": outcomes.asked_again,
    "calibration": outcomes.calibration,
    "calibration by score": lambda t: outcomes.calibration(t, by="score"),
    "brier": outcomes.brier,
    "funnel": outcomes.funnel,
    "discipline": outcomes.discipline,
    "bounds": outcomes.bounds,
    "shrunk": outcomes.shrunk,
    "power": outcomes.power,
}
TO_A_PERSON = {
    "en": r"(?i)(?<!thank-)\b(you|yours?)\b",
    "es": r"(?i)\b(tú|tus?|te|ti|contigo|puedes|quieres|miras|(?-i:Compara|Decide)|necesitas|ves|verás)\b",
}
each_result = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS.keys())
INTERVALS = [
    ("rate", "low", "high"), ("waiting", "low", "high"), ("incidence", "low", "high"), ("brier", "low", "high"),
    ("odds_ratio", "odds_low", "odds_high"), ("risk_difference", "low", "high"),
    ("naive_difference", "naive_low", "naive_high"),
]  # fmt: skip
lines = st.tuples(
    *(st.sampled_from(words if name == "outcome" else [None, *words]) for name, words in WORDS.items()),
    st.one_of(st.none(), st.integers(0, 9)),
    st.one_of(st.none(), st.integers(0, 10)),
    st.integers(1, 30),
)
tallies = st.lists(lines, max_size=20).map(lambda rows: tallied([*WORDS, "weeks", "score", "n"], *rows))


@cache
def sample() -> pd.DataFrame:
    return tally(sample_log())


@cache
def sample_by_cases() -> pd.DataFrame:
    return tally(asks(sample_log()))


def is_said_in_plain_words(found: Result) -> None:
    assert found.table.columns[-1] == "sentence"
    assert found.sentence.endswith(" ".join(found.caveats))
    for told in [*found.table["sentence"], *found.caveats, sentence(found)]:
        assert told[0].isupper() or told[0].isdigit() or told[0] == "“"
        assert told.endswith(".")
        words = told.replace("None of them", "").replace("(", " ").replace(")", " ").split()
        assert not {"{", "}", "nan", "None", "inf", "<NA>"} & {*words}


def holds_each_estimate_within_its_interval(found: pd.DataFrame) -> None:
    for middle, low, high in INTERVALS:
        if {middle, low, high} <= {*found.columns}:
            for estimate, least, most in found[[middle, low, high]].itertuples(index=False):
                assert (
                    math.isnan(estimate)
                    or least - 1e-6 * abs(least) - 1e-9 <= estimate <= most + 1e-6 * abs(most) + 1e-9
                )


def has_the_columns_and_types_of(full: pd.DataFrame, found: pd.DataFrame) -> None:
    assert list(found.columns) == list(full.columns)
    if len(found):
        assert list(map(str, found.dtypes)) == list(map(str, full.dtypes))
    assert list(found.index) == list(range(len(found)))


@each_result
class TestEveryResult:
    def test_is_said_in_plain_words_with_the_same_columns_whatever_is_counted_and_however_it_is_split(
        self, result: Question
    ) -> None:
        full = result(sample()).table

        @given(t=tallies, order=st.integers(0, 99))
        @settings(max_examples=8)
        def of_any(t: pd.DataFrame, order: int) -> None:  # all of it, since to draw a tally takes longest
            before = t.copy(deep=True)
            parts = [t.assign(n=t["n"] // 2), t.assign(n=t["n"] - t["n"] // 2)]
            halves = pd.concat([part[part["n"] > 0] for part in parts]).sample(frac=1, random_state=order)
            found, of_halves = result(t), result(halves)
            is_said_in_plain_words(found)
            holds_each_estimate_within_its_interval(found.table)
            has_the_columns_and_types_of(full, found.table)
            pd.testing.assert_frame_equal(of_halves.table, found.table)
            pd.testing.assert_frame_equal(result(add([halves])).table, found.table)
            pd.testing.assert_frame_equal(t, before)
            assert sentence(of_halves) == sentence(found)

        of_any()

    def test_is_known_by_its_kind_and_stays_as_it_is(self, result: Question) -> None:
        found = result(sample())
        assert getattr(outcomes, found.kind) in outcomes.__dict__.values()
        assert found.table.attrs == {}
        with pytest.raises(FrozenInstanceError):
            found.sentence = "Another."  # type: ignore[misc]
        assert repr(found) == f"{found.kind}: {found.sentence}"

    def test_needs_only_the_tally(self, result: Question) -> None:
        pd.testing.assert_frame_equal(result(sample()).table, result(sample_by_cases()).table)

    def test_names_the_column_that_is_not_there(self, result: Question) -> None:
        with pytest.raises(ValueError, match=r"This tally has no column “\w+”; make one that’s counted by it too"):
            result(pd.DataFrame({"n": [1]}))

    def test_gives_no_percentage_below_five(self, result: Question) -> None:
        rows = [("well", "bold", "yes", "in_time", "offer"), ("poor", "mild", "no", "none", "rejected")]
        t = tallied(
            ["band", "used", "followed", "thanks", "outcome", "n"], *((*row, 2) for row in rows),
            weeks=1, score=5, reached="first", nudged="no", drawn="mild", round="first",
        )  # fmt: skip
        found = result(t).table
        if {"prior_k", "chance"} & {*found.columns}:  # the prior stands beside the one, the other supposes its rates
            return
        shown = [name for names in INTERVALS for name in names if name in found]
        assert np.isnan(found[shown].to_numpy(dtype=float)).all()
        assert "%" not in " ".join(found["sentence"]).replace("Assessed at 50%", "")


def test_the_results_here_are_all_that_there_are() -> None:
    not_of_a_tally = {
        "ANALYSES", "APPLICATION_ANALYSES", "Analysis", "Chart", "Finding", "Information", "LogRank", "MIN_N", "Result",
        "Shrunk", "Stratified", "add", "applications", "asks", "chart", "cumulative_incidence", "figures",
        "first_answer", "fisher_power", "invited", "log_rank", "median", "needed", "rate_interval", "read_trials",
        "save_tally", "save_trial",
        "sentence", "shrink", "stages", "stratified", "survival", "tally",
    }  # fmt: skip
    named = {name.split(",")[0].split(" for ")[0].split(" by score")[0].replace(" ", "_") for name in RESULTS}
    assert {*outcomes.__all__} - not_of_a_tally == named


def test_every_key_is_of_words_or_numbers() -> None:
    assert {*KEYS} == {*WORDS, *NUMBERS}


@cache
def a_room() -> pd.DataFrame:
    return add(room_tallies(12))


@each_result
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_room_says_how_many_people_and_speaks_to_none_of_them(
    result: Question, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    found = result(a_room())
    within = found.kind in ("adjusted", "strata")
    keys = ["adjusted.together"] if within else ["room.allowed", "room.together"]
    (caveat,) = [one for one in (text(f"results.{key}", people=12) for key in keys) if one in found.sentence] or ["–"]
    monkeypatch.setattr(page, "drawn", lambda *_: "<svg></svg>")  # the tests of marks look at what is drawn
    made = found.chart()
    if found.kind != "randomised":  # there each person is a block, so its intervals do allow for that
        assert found.caveats[-1] == caveat
        assert found.sentence.endswith(caveat)
        assert caveat in made.opening
        assert caveat in html.fragment_fromstring(made.html).text_content()
    told = " ".join([found.sentence, made.opening, made.note, made.alt, *found.table["sentence"]])
    assert not re.search(TO_A_PERSON[language], told), re.search(TO_A_PERSON[language], told)
    assert not re.search(r"[.?!:]\.", told)
    assert caveat not in result(sample()).sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_any_result_speaks_to_nobody(language: str) -> None:
    asked = tuple(f"analysis.{one.name}." for one in (*outcomes.ANALYSES, *outcomes.APPLICATION_ANALYSES))
    of_results = ("results.", "charts.", "outcomes.tactic.", "outcomes.band.", "analysis.page.", *asked)
    told = {key: str(one) for key, one in everything(language).items() if key.startswith(of_results)}
    found = [key for key, one in told.items() if re.search(TO_A_PERSON[language], one)]
    assert all(key.startswith("results.adjusted.within.own_") for key in found)  # of one person's tally, their rating
