"""The numbers whole: every figure of every result in one tidy file, with its counts, its interval and its versions."""

from __future__ import annotations

import io
import math
from functools import cache
from importlib.metadata import version

import pandas as pd
import pytest

from closing_lib.content import text
from closing_lib.outcomes import ANALYSES, by_tactic, figures, rate_interval, tally
from closing_lib.outcomes.figures import COLUMNS
from closing_lib.records import sample_log
from closing_lib.records.sample import SAMPLE_DAY


@cache
def sample() -> pd.DataFrame:
    return tally(sample_log(), SAMPLE_DAY)


@cache
def found() -> pd.DataFrame:
    return figures(sample(), SAMPLE_DAY)


def test_is_read_back_from_a_file_as_it_was() -> None:
    kept = found().to_csv(index=False)
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(kept), dtype=dict(COLUMNS)), found())
    assert [*found()] == [*COLUMNS]


def test_holds_every_figure_of_every_result_once() -> None:
    for asked in (one for one in ANALYSES if not one.lacking(sample())):
        for place, result in enumerate(make(sample()) for make in asked.results):
            rows = found()[(found()["question"] == asked.name) & (found()["result"] == result.kind)]
            assert result.sentence in rows.loc[rows["figure"] == "sentence", "words"].tolist()
            numbers = result.table.select_dtypes("number").drop(columns=["score", "weeks", "days"], errors="ignore")
            told = rows[["value", "low", "high"]].to_numpy().ravel()
            for value in numbers.to_numpy(dtype=float).ravel():
                assert math.isnan(value) or value in told, (asked.name, place)
    told = found().dropna(subset=["row"])
    assert not told.duplicated(["question", "result", "row", "figure", *["used", "thanks", "followed"]]).any()


def test_a_rate_stands_beside_its_counts_and_its_interval() -> None:
    rates = found()[(found()["result"] == "by_tactic") & (found()["figure"] == "rate")]
    assert rates["n"].tolist() == by_tactic(sample()).table["n"].tolist()
    for row in rates.dropna(subset="value").itertuples():
        assert (row.value, row.low, row.high) == (row.k / row.n, *rate_interval(row.k, row.n))
        assert (row.level, row.method) == (0.95, "wilson")
    assert rates.loc[rates["n"] < 5, ["value", "low", "high"]].isna().all(axis=None)


def test_each_end_stands_with_its_own_figure() -> None:
    bounds = found()[found()["result"] == "bounds"].set_index(["used", "figure"])
    fail, succeed = bounds.loc[("mild", "if_open_fail")], bounds.loc[("mild", "if_open_succeed")]
    assert fail["low"] < fail["value"] < succeed["value"] < succeed["high"]
    assert math.isnan(fail["high"])
    assert math.isnan(succeed["low"])
    brier = found()[found()["result"] == "brier"].set_index("figure")
    for name in ("brier", "saved"):
        assert brier.loc[name, "low"] < brier.loc[name, "value"] < brier.loc[name, "high"]
    assert brier.loc["skill", ["low", "high", "level"]].isna().all()


def test_says_what_made_it_and_when() -> None:
    assert {*found()["as_of"]} == {SAMPLE_DAY.isoformat()}
    assert {*found()["pandas"]} == {version("pandas")}
    assert {*found()["scipy"]} == {version("scipy")}
    assert {*found()["kit"]} == {version("closing-kit")}
    with_interval = found().dropna(subset="low")
    assert with_interval["level"].eq(0.95).all()
    assert with_interval.loc[with_interval["result"] != "adjusted", "method"].notna().all()


def test_what_cannot_be_answered_says_why() -> None:
    few = figures(tally(sample_log(), SAMPLE_DAY, by=["used", "outcome"]))
    lacking = few[few["figure"] == "unanswered"].set_index("question")["words"]
    assert lacking["silence"] == text("analysis.needs.weeks")
    assert "bounds" not in lacking.index


@pytest.mark.parametrize("rows", [0, 1])
def test_of_little_gives_no_rate(rows: int) -> None:
    few = figures(sample().iloc[:rows].assign(n=1))
    assert (
        few.loc[few["figure"].isin(["rate", "waiting", "odds_ratio"]) & (few["result"] != "shrunk"), "value"]
        .isna()
        .all()
    )
