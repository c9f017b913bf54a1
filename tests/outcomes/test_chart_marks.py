"""Charts read back from their SVG: each mark where the table says, no rate without its interval, no text cut."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from drawn import Drawn
from test_every_result import RESULTS

from closing_lib import outcomes
from closing_lib.content import text
from closing_lib.outcomes import MIN_N, Chart, chart, rate_interval, shrink, tally
from closing_lib.outcomes.charts.draw import NARROW, WIDE
from closing_lib.outcomes.charts.page import drawn
from closing_lib.outcomes.vocabulary import KEYS, OUTCOMES, WORDS
from closing_lib.records import sample_log

BARS = {"bounds", "n", "progressed", "needed"}  # which have some width however little they stand for
NO_ESTIMATE = {"expected", "always_base"}  # readings, and a score that follows from a rate: they have no interval
RATES = {"rate", "brier", "risk_difference", "naive_difference"}  # columns that are drawn wherever they are known
NO_RATES = {"information", "chance"}  # in results that show counts, or suppose their rates
CLOSE = 0.02  # units: what rounding in the file leaves
OVER_TIME = ("time to answer", "answers over time")
each_row_result = pytest.mark.parametrize("name", [name for name in RESULTS if name not in OVER_TIME])
each_tally = pytest.mark.parametrize("which", ["sample", "many"])


class Made(NamedTuple):
    """A result, its chart, and what is drawn."""

    result: pd.DataFrame
    chart: Chart
    found: Drawn

    @property
    def marks(self) -> list[tuple[int, str, str]]:
        """The row, the name and the part of every mark."""
        parts = [name.split(".") for name in self.found.names if name.startswith("row-")]
        return [(int(row.removeprefix("row-")), name, part) for row, name, part in parts]


@cache
def many(scale: int = 1) -> pd.DataFrame:
    """Give the tally of 300 invented applications, each standing for so many."""
    draw, n = np.random.default_rng(20261122), 300
    columns: dict[str, object] = {name: draw.choice(words, n) for name, words in WORDS.items()}
    columns["outcome"] = draw.choice(OUTCOMES, n, p=[0.2, 0.15, 0.4, 0.05, 0.1, 0.1])
    columns |= {"weeks": draw.geometric(0.3, n) - 1, "score": draw.binomial(10, 0.6, n)}
    columns["reminded"] = pd.Series(np.minimum(columns["weeks"], 2)).where(columns["nudged"] == "yes")
    t = tally(pd.DataFrame(columns)[[name for name in KEYS if name in columns]])
    return t.assign(n=t["n"] * scale)


@cache
def sample() -> pd.DataFrame:
    return tally(sample_log())


@cache
def made(name: str, which: str) -> Made:
    result = RESULTS[name](many() if which == "many" else sample())
    found = chart(result)
    return Made(result.table, found, Drawn.read(found.svg))


def meant(row: pd.Series, name: str) -> tuple[float, float]:
    """Give the interval that a mark should show by the row of the table."""
    if name == "prior":
        return shrink(0, 0, row["prior_k"], row["prior_n"])[1:]
    if name == "counted":
        return rate_interval(row["progressed"], row["n"])
    ends = dict.fromkeys([*RATES, "chance"], ("low", "high")) | {"naive_difference": ("naive_low", "naive_high")}
    ends["if_open"] = ("if_worst", "if_best")
    ends |= dict.fromkeys(["open", "bounds"], ("if_open_fail", "if_open_succeed"))
    if name in ends:
        return row[ends[name][0]], row[ends[name][1]]
    if "needed" in row:  # more answers than are needed are not drawn
        return 0, min(row["needed"], row.get(name, math.inf))
    return 0, row[name]


def meant_at(row: pd.Series, name: str) -> float:
    """Give the value that a mark should show by the row of the table."""
    if name == "prior":
        return row["prior_k"] / row["prior_n"]
    return row["progressed"] / row["n"] if name == "counted" else row[name]


@each_tally
@each_row_result
class TestRows:
    def test_stand_where_the_table_says(self, name: str, which: str) -> None:
        result, _, found = made(name, which)
        for place, what, part in made(name, which).marks:
            xs = [x for x, _ in found.points(f"row-{place}.{what}.{part}")]
            if part == "at":
                assert xs == [pytest.approx(found.at(meant_at(result.loc[place], what)), abs=CLOSE)]
                continue
            low, high = (found.at(end) for end in meant(result.loc[place], what))
            unseen = what.removesuffix("_against") in BARS and high - low < 2  # else nobody would see it
            assert [min(xs), max(xs)] == pytest.approx([low, low + 2 if unseen else high], abs=CLOSE)

    def test_show_every_rate_that_is_known_with_its_interval(self, name: str, which: str) -> None:
        result, _, _ = made(name, which)
        values = {(place, what) for place, what, part in made(name, which).marks if part == "at"}
        intervals = {(place, what) for place, what, part in made(name, which).marks if part == "interval"}
        assert {(place, what) for place, what in values if what not in NO_ESTIMATE} <= intervals
        if not NO_RATES & {*result}:
            known = {(place, what) for what in RATES & {*result} for place in result.index[result[what].notna()]}
            assert {(place, what) for place, what in values if what in RATES} == known

    def test_have_words_and_no_mark_where_too_few_are_counted(self, name: str, which: str) -> None:
        result, shown, found = made(name, which)
        if NO_RATES & {*result}:
            return
        if "silent" in result:  # who may be too few by how long they were followed
            below = result["rate"].isna()
        else:
            below = result["n"] + (result["open"] if name == "bounds" else 0) < MIN_N
        few = {*result.index[below]}
        drawn_for = {
            place for place, what, _ in made(name, which).marks if "prior_k" not in result or what == "counted"
        }
        assert not few & drawn_for
        told = {row.told for row in shown.picture.parts if row.number in few and not row.marks}
        assert told <= {
            text("outcomes.few", needed=MIN_N),
            text("charts.no_answer"),
            text("charts.too_few"),
            text("charts.too_few_followed"),
        }
        assert bool(told) == bool(few & {row.number for row in shown.picture.parts})
        assert told <= {one.words for one in found.texts}

    def test_have_names_that_are_there_once(self, name: str, which: str) -> None:
        names = made(name, which).found.names
        assert len(names) == len({*names})


@each_tally
class TestCurves:
    @pytest.mark.parametrize("name", OVER_TIME)
    def test_run_where_the_table_says(self, name: str, which: str) -> None:
        result, _, found = made(name, which)
        column = "waiting" if "waiting" in result else "incidence"
        assert [place for place, _, _ in made(name, which).marks] == [*result.index[result[column].notna()]]
        for place, panel, _ in made(name, which).marks:
            row = result.loc[place]
            assert panel == row.get("outcome", "waiting")
            x = found.at((row["weeks"] + 1) * 7, f"{panel}-day-")
            y, low, high = (found.at(row[end], f"{panel}-tick-", side=1) for end in (column, "low", "high"))
            assert math.dist(found.points(f"row-{place}.{panel}.at")[0], (x, y)) < CLOSE
            corners = found.points(f"{panel}.interval")
            assert all(min(math.dist(corner, (x, end)) for corner in corners) < CLOSE for end in (low, high))

    def test_mark_the_open_ones_and_the_half(self, which: str) -> None:
        result, shown, found = made("time to answer", which)
        t = many() if which == "many" else sample()
        still = t[t["outcome"].isin(["open", "no_reply"]) & t["weeks"].notna()]
        lost = {f"lost-{week * 7 + 3.5:g}" for week in still["weeks"]}
        assert {name for name in found.names if name.startswith("lost-")} == lost
        half = int(result.loc[result["waiting"] <= 0.5, "weeks"].iloc[0] + 1) * 7
        assert found.points("half")[0][0] == pytest.approx(found.at(half, "waiting-day-"), abs=CLOSE)
        assert f"within {half} days" in shown.sentence
        assert text("charts.curve.half", days=half) in [one.words for one in found.texts]


@pytest.mark.parametrize("name", RESULTS)
def test_no_text_is_cut_or_lies_on_another(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "es")  # which takes more room
    picture = chart(RESULTS[name](many(4_000_000))).picture  # more than a thousand million applications
    for width in (WIDE, NARROW):
        found = Drawn.read(drawn(picture, width))
        assert found.size[0] == width
        for one in found.texts:
            assert (one.left, one.right, one.bottom) == (
                pytest.approx(max(one.left, 0), abs=1), pytest.approx(min(one.right, width), abs=1),
                min(one.bottom, found.size[1]),
            )  # fmt: skip
        assert [pair for pair in itertools.combinations(found.texts, 2) if pair[0].overlaps(pair[1])] == []


def test_marks_of_one_chart_differ_in_shape_or_filling() -> None:
    found = made("by tactic, naive", "many").found
    shapes = [found.shape(f"row-{place}.rate.at")[0] for place in range(6)]
    assert len({*shapes}) == len(shapes)
    both = made("adjusted", "many").found
    assert both.shape("row-0.risk_difference.at") != both.shape("row-0.naive_difference.at")


def test_an_interval_to_both_ends_goes_to_the_ends_of_the_axis() -> None:
    result = outcomes.adjusted(many())
    widest = result.table.iloc[:1].assign(low=-1.0, risk_difference=1.0, high=1.0)
    found = Drawn.read(chart(replace(result, table=widest)).svg)
    assert [x for x, _ in found.points("row-0.risk_difference.interval")] == [found.at(-1), found.at(1)]
    assert found.points("row-0.risk_difference.at")[0][0] == found.at(1)


@pytest.mark.parametrize("name", RESULTS)
def test_nothing_and_very_little_is_said_and_drawn_without_a_rate(name: str) -> None:
    result = RESULTS[name](sample().iloc[:1])
    found = Made(result.table, chart(result), Drawn.read(chart(result).svg))
    assert {what for _, what, part in found.marks if part == "at"} <= (
        {"rate", "prior"} if "prior_k" in result.table else set()
    )
    nothing = chart(RESULTS[name](sample().iloc[:0]))
    assert nothing.sentence in nothing._repr_html_()


def test_a_result_without_rows_has_its_sentence_and_no_empty_axis() -> None:
    shown = chart(outcomes.by_tactic(many().iloc[:0]))
    assert text("results.nothing") in shown._repr_html_()
    assert "<figure" not in shown._repr_html_()
    assert [one.words for one in Drawn.read(shown.svg).texts] == [shown.title, text("results.nothing")]


def test_the_prior_of_a_room_stands_in_every_group() -> None:
    result = outcomes.shrunk(sample(), many())
    found = Drawn.read(chart(result).svg)
    for place, row in result.table.iterrows():
        (x, _), *_ = found.points(f"row-{place}.prior.at")
        assert x == pytest.approx(found.at(row["prior_k"] / row["prior_n"]), abs=CLOSE)
