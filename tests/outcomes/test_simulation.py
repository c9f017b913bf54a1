"""A reduced run of the proof; benchmarks/simulation.py is the full one. The seeds are fixed, so each run is the same.

The aims are those of the full run, widened by three standard errors of so few histories.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import proof
import pytest
import simulated

from closing_lib import outcomes
from closing_lib.assessment import Assessment, assess
from closing_lib.records import OutcomeLog

RUNS = 8
TODAY = dt.date(2026, 11, 22)
ANSWERS = {
    "well": Assessment(signs={"overran": True, "introduced": True, "long_answers": True}),
    "poor": Assessment(signs={"cut_off": True, "ended_early": True}),
    "unsure": Assessment(),
}


@pytest.mark.parametrize("setting", [proof.ONE_60, proof.ROOM_40], ids=["one", "room"])
def test_all_figures_are_as_they_should_be(setting: proof.Setting) -> None:
    missed = [figure for figure in proof.figures(setting, range(RUNS)) if not figure.is_met(proof.SURE)]
    assert not missed


def test_a_share_that_is_off_misses_its_aim() -> None:
    right = proof.Figure("a rate", proof.COVERS, 0.95, error=0.005, given=2000, runs=2000)
    assert right.is_met()
    for share in (0.91, 0.99):
        assert not right._replace(share=share).is_met(proof.SURE)
    assert not right._replace(aim=proof.CLAIMS_NOTHING, share=0.08).is_met(proof.SURE)
    assert not right._replace(aim=proof.FAILS, share=0.02).is_met(proof.SURE)


@pytest.mark.parametrize(("setting", "whose"), [(proof.ONE_60, "you"), (proof.ROOM_40, "they")], ids=["one", "room"])
def test_where_how_it_went_is_only_a_rating_the_sentence_says_within_what_it_compares(
    setting: proof.Setting, whose: str
) -> None:
    draw = np.random.default_rng(2)
    truth = simulated.Truth(simulated.People.drawn(draw, *setting[1:]), simulated.Model(reliability=0.6))
    said = outcomes.adjusted(proof.tallied(simulated.history(draw, truth), setting)).sentence
    assert f"when {whose} say it went equally well" in said
    assert "How it went is only a rating" in said


class TestTheModel:
    def of(self, model: simulated.Model) -> tuple[simulated.Truth, pd.DataFrame]:
        draw = np.random.default_rng(9)
        truth = simulated.Truth(simulated.People.drawn(draw, 3000, 20, 40), model)
        return truth, simulated.history(draw, truth)

    def test_its_truth_is_what_very_many_come_to(self) -> None:
        truth, found = self.of(simulated.Model(effect=2.0))
        told = found[~found["leaves"]]
        for at in range(len(simulated.USED)):
            true = truth.mean(truth.chance, used=at)
            assert told.loc[told["used"] == at, "good"].mean() == pytest.approx(true, abs=0.01)
        for days in (7, 28, 56):
            assert (found["answer"] >= days).mean() == pytest.approx(truth.waiting(days), abs=0.01)
        silent = found[found["answer"] >= 14]
        is_heard = (silent["answer"] < 42) & ~silent["leaves"]
        assert is_heard.mean() == pytest.approx(truth.heard(14, 42), abs=0.01)

    def test_half_of_what_is_drawn_is_the_more_direct_question_and_three_in_four_comply(self) -> None:
        truth, found = self.of(simulated.Model(effect=2.0, complies=0.75))
        is_direct, is_asked = found["drawn"] != simulated.MILD, found["used"] == found["drawn"]
        assert is_direct.mean() == pytest.approx(0.5, abs=0.01)
        assert is_asked.mean() == pytest.approx(0.75 + 0.25 * 0.35, abs=0.03)  # some ask it without being told to
        people, rounds = found["person"], found["round"]
        for direct in (True, False):
            rows = found[is_direct == direct]
            true = truth.if_drawn(direct=direct)[people, rounds][is_direct == direct].mean()
            assert rows["good"].mean() == pytest.approx(true, abs=0.01)

    def test_a_rating_is_right_as_often_as_it_says(self) -> None:
        _, found = self.of(simulated.Model(right=0.7))
        in_time = found[found["written"] <= np.minimum(found["answer"], simulated.FRESH)]
        assert (in_time["noted"] == in_time["band"]).mean() == pytest.approx(0.7, abs=0.01)


def test_the_tally_of_a_log_of_it_is_the_same(tmp_path: Path) -> None:
    draw = np.random.default_rng(11)
    found = simulated.history(draw, simulated.Truth(simulated.People.drawn(draw, 1, 50, 50), simulated.Model()))
    log = as_log(found, tmp_path / "log.sqlite")
    asks = simulated.as_asks(found).drop(columns=["person", "drawn"])
    scores = {band: round(10 * assess(answers).score) for band, answers in ANSWERS.items()}
    asks["score"] = asks["band"].astype("object").map(scores).astype("Int64")
    by = [*asks.columns]
    assert len(asks) > 40
    assert asks["band"].isna().sum() > asks["used"].isna().sum() > 0  # some in hindsight, some only events
    pd.testing.assert_frame_equal(outcomes.tally(log, TODAY, by=by), outcomes.tally(asks, by=by))


def as_log(found: pd.DataFrame, path: Path) -> OutcomeLog:
    """Write a history into a log, as a person would have by today."""
    at = [TODAY]
    log = OutcomeLog(path, clock=lambda: dt.datetime.combine(at[0], dt.time(12), dt.UTC))
    applications = {one: log.add_application(f"Employer {one}") for one in found["application"].unique()}
    for one in found.sort_values("held").itertuples():
        application, held = applications[one.application], TODAY + dt.timedelta(int(one.held))
        at[0] = held + dt.timedelta(int(one.written))
        if one.is_event:
            log.add_event(application, "interview", held)
            continue
        band, used = simulated.BANDS[one.noted], simulated.USED[one.used]
        answers = ANSWERS[band] if at[0] <= TODAY else None
        log.add_interview(application, held, simulated.ROUNDS[one.round], assessment=answers, used=used,
            advised=simulated.USED[one.noted])  # fmt: skip
    at[0] = TODAY
    for one, ask in zip(found.itertuples(), simulated.as_asks(found).itertuples(), strict=True):
        held = TODAY + dt.timedelta(int(one.held))
        days = {ask.outcome: one.answer if ask.outcome != "no_reply" else simulated.PATIENCE}
        days |= {"thank_you": one.letter} if ask.thanks in ("in_time", "late", "later") else {}
        for kind, after in days.items():
            if kind != "open":
                log.add_event(applications[one.application], kind, held + dt.timedelta(int(after)))
    return log
