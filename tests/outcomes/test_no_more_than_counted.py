"""What was said wrongly at the ends of the counts, none, all, one, very many: each kind of it once."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from counting import counted, tallied
from varied import varied

from closing_lib.content import text
from closing_lib.outcomes import (
    ANALYSES,
    adjusted,
    asked_again,
    bounds,
    brier,
    by_tactic,
    by_thanks,
    calibration,
    invited,
    power,
    randomised,
    silence,
    time_to_answer,
)
from closing_lib.outcomes.charts.picture import Row

DRAWN = ["person", "round", "used", "drawn", "drawn_from", "outcome", "n"]


def trial(*more: tuple[object, ...]) -> pd.DataFrame:
    bold, mild = ((1, "first", one, one, "mild_bold") for one in ("bold", "mild"))
    rows = [(*bold, "offer", 6), (*bold, "rejected", 4), (*mild, "advanced", 4), (*mild, "rejected", 6)]
    return tallied(DRAWN, *rows, *more)


class TestNothing:
    def test_settled_is_not_said_as_none_of_none(self) -> None:
        t = varied()["a room without answers"]
        assert by_tactic(t).chart().opening.startswith("None of these has a result so far. Still open: 396.")

    def test_drawn_has_come_to_anything(self) -> None:
        said = randomised(tallied(DRAWN, (1, "first", None, "bold", "mild_bold", "open", 3))).table["sentence"]
        assert said[0].startswith("All that were drawn: no result so far.")
        assert said[1].startswith("Mild or bold: no result so far.")

    def test_of_one_way_is_not_set_against_the_other(self) -> None:
        one = counted(("well", "bold", "offer", 2), ("well", "mild", "open", 3))
        assert "thrown together" not in adjusted(one).sentence

    def test_open_leaves_nothing_to_come(self) -> None:
        closed = varied()["opposing bands"].assign(band="well")
        t = pd.concat([closed, counted(("well", "nothing", "rejected", 9))])
        assert "Whatever comes of that" not in bounds(t).chart().opening

    def test_drawn_is_describes_no_marks(self) -> None:
        assert "Chart with" not in by_tactic(varied()["nobody"]).chart().alt


class TestADrawnDifference:
    def test_has_no_ends_where_nothing_could_move_it(self) -> None:
        assert "anywhere from" not in " ".join(randomised(trial()).caveats)

    def test_is_not_moved_by_what_has_no_counterpart(self) -> None:
        apart = trial((1, "final", None, "bold", "mild_bold", "open", 3))
        (told,) = [one for one in randomised(apart).caveats if "never logged" in one]
        assert "never logged: 3. Nothing was drawn" in told

    def test_has_ends_where_there_was_no_reply(self) -> None:
        silent = trial((1, "first", "bold", "bold", "mild_bold", "no_reply", 3))
        assert "anywhere from" in " ".join(randomised(silent).caveats)


def test_a_reminder_answered_in_its_week_did_go_out() -> None:
    t = tallied(["nudged", "reminded", "outcome", "weeks", "n"], ("yes", 2, "rejected", 2, 6))
    assert "no reminder went out" not in asked_again(t).sentence
    assert text("results.asked_again.nobody") in asked_again(t).sentence


def test_a_rate_that_ends_before_the_last_answer_says_its_day() -> None:
    found = silence(varied()["answered late, once many were open"])
    assert "Heard back after that: 1" in found.table["sentence"][1]
    assert "By day 28, 0%" in found.table["sentence"][1]
    assert "only up to the day" in found.chart().note


def test_a_missing_date_is_not_called_an_early_answer() -> None:
    t = tallied(["weeks", "outcome", "n"], (0, "offer", 2), (None, "offer", 3), thanks="none", band="well")
    for found in (by_thanks(t), adjusted(t, by="thanks")):
        assert text("results.waiting.undated", n=3) in found.caveats
    assert text("results.landmark", n=2) in by_thanks(t).caveats
    assert text("results.adjusted.landmark", n=2) in adjusted(t, by="thanks").caveats


def test_rounds_are_not_said_to_be_counted_where_nothing_is() -> None:
    assert (
        text("results.rounds_together")
        not in by_tactic(trial((1, "final", None, "bold", "mild_bold", "open", 3))).caveats
    )


def test_a_curve_of_few_people_does_not_say_that_few_were_counted() -> None:
    (panel,) = time_to_answer(varied()["a room of 3"]).chart().picture.parts
    assert panel.told == text("charts.too_few_followed")


def test_alike_on_both_sides_is_not_called_chance_that_showed_a_difference() -> None:
    assert "could still be chance" not in calibration(varied()["opposing bands"]).sentence


def test_a_score_is_not_described_as_a_share() -> None:
    assert "100%" not in brier(varied()["sure readings"]).chart().alt


def test_the_rate_to_start_from_is_said_with_its_question() -> None:
    t = varied()["the sample"]
    assert "seen so far after the mild question, 64%" in power(t).sentence
    assert "seen so far after the bold question, 90%" in power(t, against="bold").sentence


def test_applications_in_several_rows_are_not_summed() -> None:
    t = pd.DataFrame({"role": ["data analyst"], "month": 202607, "stage": "applied", "outcome": "open", "n": 6})
    assert "Still open: 6;" in invited(t, by="month").chart().note
    assert "Still open" not in invited(t, by="role").chart().note


@pytest.mark.parametrize(("language", "named"), [("en", "Sent in July 2026"), ("es", "Enviadas en julio de 2026")])
def test_a_month_is_named(language: str, named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    t = pd.DataFrame({"month": [202607], "stage": "interview", "outcome": "rejected", "n": 6})
    assert invited(t, by="month").sentence.startswith(f"{named}: 6 ")
    assert invited(t, by="month").table["month"].tolist() == ["2026-07"]


@pytest.mark.parametrize(("language", "written"), [("en", "1,410"), ("es", "1.410")])
def test_sentence_and_chart_write_a_count_alike(language: str, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    found = bounds(
        counted(("well", "bold", "no_reply", 1410), ("well", "mild", "open", 1), ("well", "nothing", "offer", 1))
    )
    assert f"{text('results.still.no_reply', no_reply=1410)}." in found.sentence
    assert written in found.sentence
    assert written in found.chart().opening


@pytest.mark.parametrize("name", ["nobody", "one, withdrew", "3 of anything", "huge", "a room of 2", "a room of 3"])
def test_nothing_is_counted_of_none_and_no_interval_ends_where_it_began(name: str) -> None:
    for make in (make for one in ANALYSES for make in one.results):
        try:
            found = make(varied()[name])
        except ValueError:
            continue
        drawn = found.chart()
        rows = [part for part in drawn.picture.parts if isinstance(part, Row)]
        said = [found.sentence, drawn.opening, *(f"{row.label} {row.told}" for row in rows)]
        plain = " ".join([*said, *(cell for row in drawn.cells.rows for cell in row)]).replace("\u00a0", " ")
        assert not re.search(r"\b0 of 0\b", plain)
        assert not re.search(r"(?<![-\d.])(?<!from )(-?\d[\d.,]*%?) to \1(?![\d.,])", plain)
        if found.kind == "bounds" and not any(row.marks for row in rows):
            assert "bars" not in drawn.opening
        if "low" not in found.table or found.table["low"].isna().all():
            assert "intervals allow for that" not in f"{found.sentence} {drawn.note}"
