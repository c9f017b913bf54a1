"""The randomised comparison: as drawn, within each person and round, with its looks; and the files to pool."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counting import tallied
from hypothesis import given, settings
from hypothesis import strategies as st

import closing_lib as cl
from closing_lib.content.trial import trial_plan
from closing_lib.outcomes import chart, randomised, read_trials, save_trial, stratified, tally
from closing_lib.outcomes.questions.randomised import LEVEL, LOOKS, points
from closing_lib.outcomes.trial import TRIAL_KEYS
from closing_lib.records import OutcomeLog

COLUMNS = ["person", "round", "used", "drawn", "drawn_from", "outcome", "n"]
Line = tuple[int | None, str | None, str | None, str | None, str | None, str | None, int]


def trial(*lines: Line) -> pd.DataFrame:
    return tallied(COLUMNS, *lines)


def simulated(people: int, each: int, rng: np.random.Generator, *, odds: float, asked: float) -> pd.DataFrame:
    """Give a tally, a line an interview, of people of differing skill who ask what was drawn so often."""
    n = people * each
    person = np.repeat(np.arange(people), each)
    which = rng.choice(["screen", "first", "final"], n, p=[0.35, 0.45, 0.2])
    pairs = rng.permuted(np.tile([[False, True]], (n // 2 + 1, 1)), axis=1).ravel()  # blocks of two in each stratum
    order = np.lexsort((rng.random(n), which, person))
    direct = np.empty(n, dtype=bool)
    direct[order] = pairs[:n]
    went = rng.normal(0, 1, n)  # how it went, which nobody rates
    is_asked = rng.random(n) < asked
    logit = -0.6 + rng.normal(0, 0.8, people)[person] + went + np.log(odds) * (direct & is_asked)
    moved = rng.random(n) < 1 / (1 + np.exp(-logit))
    return pd.DataFrame(
        {
            "person": person,
            "round": which,
            "used": np.where(is_asked & direct, "standing", "mild"),
            "drawn": np.where(direct, "standing", "mild"),
            "drawn_from": "mild_standing",
            "outcome": np.where(moved, "advanced", "rejected"),
            "n": 1,
        }
    )


class TestAsDrawn:
    T = trial(
        (1, "first", "bold", "bold", "mild_bold", "offer", 6),
        (1, "first", "mild", "bold", "mild_bold", "rejected", 2),  # drawn, and not asked
        (1, "first", "mild", "mild", "mild_bold", "advanced", 3),
        (1, "first", "mild", "mild", "mild_bold", "no_reply", 4),
        (1, "first", "bold", None, None, "offer", 90),  # chosen, not drawn
        (2, "final", "standing", "standing", "mild_standing", "rejected", 5),
        (2, "final", "mild", "mild", "mild_standing", "rejected", 3),
        (2, "final", "mild", "mild", "mild_standing", "offer", 2),
        (2, "final", "standing", "standing", "mild_standing", "open", 1),
        (2, "final", None, "mild", "mild_standing", None, 2),  # the interview was never logged
        (2, "final", "mild", "mild", "mild_standing", "withdrew", 1),
    )

    def test_counts_all_that_were_drawn_by_what_was_drawn(self) -> None:
        row = randomised(self.T).table.iloc[0]
        assert row["pair"] == "all"
        assert row[["n", "progressed", "n_against", "progressed_against"]].tolist() == [13, 6, 12, 5]
        assert row[["as_drawn", "unknown", "unknown_against"]].tolist() == [25, 1, 3]

    def test_within_each_person_and_round_by_mantel_and_haenszel(self) -> None:
        row = randomised(self.T).table.iloc[0]
        found = stratified([[[6, 2], [3, 4]], [[0, 5], [2, 3]]], LEVEL)
        assert (row["strata"], row["n_compared"]) == (2, 25)
        assert row["risk_difference"] == pytest.approx(found.risk_difference)
        assert (row["low"], row["high"]) == pytest.approx(found.risk_difference_interval)
        weights = np.array([8 * 7 / 15, 5 * 5 / 10])
        by_hand = weights @ [6 / 8 - 3 / 7, 0 / 5 - 2 / 5] / weights.sum()
        assert row["risk_difference"] == pytest.approx(by_hand)

    def test_the_bounds_let_all_that_is_unknown_and_no_reply_go_either_way(self) -> None:
        row = randomised(self.T).table.iloc[0]
        worst = stratified([[[6, 2], [7, 0]], [[0, 6], [5, 3]]]).risk_difference
        best = stratified([[[6, 2], [3, 4]], [[1, 5], [2, 6]]]).risk_difference
        assert (row["if_worst"], row["if_best"]) == pytest.approx((worst, best))
        assert row["if_worst"] <= row["risk_difference"] <= row["if_best"]

    def test_which_may_point_the_other_way_than_the_counts_is_said_to_be_of_like_with_like(self) -> None:
        asked = [
            ("first", "bold", "offer", 18), ("first", "bold", "rejected", 2), ("first", "mild", "offer", 5),
            ("final", "bold", "rejected", 5), ("final", "mild", "offer", 2), ("final", "mild", "rejected", 18),
        ]  # fmt: skip
        t = trial(*((1, which, drawn, drawn, "mild_bold", came, n) for which, drawn, came, n in asked))
        told = randomised(t).table["sentence"].iloc[0]
        assert told.startswith("The more direct question drawn: 18 of 25 moved forward. The mild one drawn: 7 of 25. ")
        assert "the more direct question minus the mild one, is -10 (anything" in told

    def test_each_pair_by_itself_comes_after(self) -> None:
        table = randomised(self.T).table
        assert table["pair"].tolist() == ["all", "mild_standing", "mild_bold"]
        assert table["n"].tolist() == [13, 5, 8]
        assert table["finding"].tolist() == ["not_enough"] * 3

    def test_says_how_many_were_asked_as_drawn_and_what_is_not_known(self) -> None:
        said = randomised(self.T).sentence
        assert "The more direct question drawn: 6 of 13 moved forward. The mild one drawn: 5 of 12." in said
        assert "Asked as drawn: 25 of 29. They all count as drawn" in said
        assert "Still open, withdrawn or never logged: 4." in said
        assert "It’s too early to decide anything" in said
        assert "One person" not in said

    def test_which_of_two_more_direct_ones_it_came_to_changes_nothing(self) -> None:
        """The reading comes after the draw, so the primary comparison may not depend on it."""
        turned = self.T.assign(
            drawn=self.T["drawn"].astype("object").replace({"bold": "standing"}),
            drawn_from=self.T["drawn_from"].astype("object").replace({"mild_bold": "mild_standing"}),
        )
        first, other = (randomised(one).table.iloc[0].drop(["as_drawn", "sentence"]) for one in (self.T, turned))
        assert first.equals(other)

    def test_of_one_person_it_says_that_this_is_little(self) -> None:
        one = self.T[self.T["person"] == 1].drop(columns="person")
        assert "One person’s draws say very little by themselves" in randomised(one).sentence

    def test_without_a_draw_it_says_so(self) -> None:
        found = randomised(tally(cl.sample_log()))
        assert found.table.empty
        assert (
            found.sentence
            == "Nothing has been drawn yet. In the trial, the kit draws the question before the interview."
        )
        assert "Nothing has been drawn yet" in chart(found).html

    def test_fewer_than_five_on_a_side_are_not_compared(self) -> None:
        t = trial(
            (None, "first", "bold", "bold", "mild_bold", "offer", 4),
            (None, "first", "mild", "mild", "mild_bold", "offer", 9),
        )
        found = randomised(t)
        assert np.isnan(found.table["risk_difference"]).all()
        assert "Not enough data to compare: it takes at least 5 answers on each side" in found.sentence

    def test_rounds_in_which_only_one_was_drawn_are_not_compared(self) -> None:
        t = trial(
            (None, "first", "bold", "bold", "mild_bold", "offer", 40),
            (None, "final", "mild", "mild", "mild_bold", "rejected", 40),
        )
        row = randomised(t).table.iloc[0]
        assert (row["strata"], row["n_compared"], row["n"]) == (0, 0, 40)
        assert np.isnan(row["risk_difference"])


class TestItsLooks:
    def of(self, n: int, k: int, m: int) -> str:
        lines = (
            (None, "first", "bold", "bold", "mild_bold", "offer", k),
            (None, "first", "bold", "bold", "mild_bold", "rejected", n - k),
            (None, "first", "mild", "mild", "mild_bold", "offer", m),
            (None, "first", "mild", "mild", "mild_bold", "rejected", n - m),
        )
        return str(randomised(trial(*(line for line in lines if line[-1]))).table["finding"].iloc[0])

    def test_before_the_first_there_is_no_finding_however_large_the_difference(self) -> None:
        assert self.of(LOOKS[0] // 2 - 1, LOOKS[0] // 2 - 1, 0) == "not_enough"

    def test_from_then_on_there_is(self) -> None:
        half = LOOKS[0] // 2
        assert self.of(half, 120, 60) == "more"
        assert self.of(half, 60, 120) == "fewer"
        assert self.of(half, 81, 80) == "cannot_tell"

    def test_what_holds_at_5_but_not_at_2_and_a_half_percent_is_no_finding(self) -> None:
        tables = [[[100, 100], [79, 121]]]
        assert 0.025 < stratified(tables).risk_difference_p < 0.05
        assert self.of(200, 100, 79) == "cannot_tell"

    def test_where_nothing_matters_both_looks_together_claim_something_less_than_once_in_twenty(self) -> None:
        rng, claims, runs = np.random.default_rng(20261122), 0, 200
        for _ in range(runs):
            whole = simulated(40, 20, rng, odds=1, asked=1)
            parts = whole[whole.groupby("person").cumcount() < 10], whole
            claims += any(self._claims(part) for part in parts)
        assert claims / runs <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5

    def test_forty_people_with_twenty_interviews_each_see_odds_of_two(self) -> None:
        rng, runs = np.random.default_rng(7), 75
        seen = [self._claims(simulated(40, 20, rng, odds=2, asked=share)) for share in (1, 0.75) for _ in range(runs)]
        assert np.mean(seen[:runs]) > 0.9
        assert 0.6 < np.mean(seen[runs:]) < 0.95

    @staticmethod
    def _claims(t: pd.DataFrame) -> bool:
        return str(randomised(t).table["finding"].iloc[0]) in ("more", "fewer")


class TestWords:
    @given(st.floats(-1, 1))
    @settings(max_examples=200)
    def test_points_never_hide_a_side_of_nothing(self, difference: float) -> None:
        said = points(difference)
        if abs(difference) >= 0.0006:
            assert said not in ("0", "-0")
            assert said.startswith("-") is (difference < 0)

    def test_in_spanish(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CLOSING_LANG", "es")
        said = randomised(TestAsDrawn.T).sentence
        assert "Cuando salió la pregunta más directa, 6 de 13 a la siguiente fase." in said
        assert "{" not in said


class TestFilesToPool:
    @pytest.fixture
    def logs(self, tmp_path: Path) -> list[OutcomeLog]:
        return [self._log(tmp_path / f"{name}.sqlite") for name in "ab"]

    @staticmethod
    def _log(path: Path) -> OutcomeLog:
        log = OutcomeLog(path, clock=lambda: dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC))
        log.give_consent(trial_plan().version)
        for at in range(6):
            application = log.add_application(f"Secret Ltd {at}")
            drawn = log.draw(application, "first")
            if at < 4:
                used = "standing" if drawn.direct else "mild"
                log.add_interview(application, "2026-11-09", round="first", used=used)
                log.add_event(application, "offer", "2026-11-12")
        return log

    def test_hold_what_was_drawn_and_nothing_else_of_a_person(self, logs: list[OutcomeLog], tmp_path: Path) -> None:
        file = tmp_path / "trial.csv"
        assert save_trial(logs[0], file).startswith("Draws in trial.csv: 6.")
        written = pd.read_csv(file)
        assert [*written] == ["protocol", *TRIAL_KEYS, "n"]
        assert set(written["person"]) == {logs[0].person}
        assert "Secret" not in file.read_text()
        assert written["n"].sum() == 6

    def test_are_one_tally_in_which_each_person_counts_once(self, logs: list[OutcomeLog], tmp_path: Path) -> None:
        files = [tmp_path / f"{at}.csv" for at in range(3)]
        for log, file in zip([*logs, logs[0]], files, strict=True):
            save_trial(log, file)
            log.draw(log.add_application("One more"), "final")
        pooled = read_trials(files)
        assert pooled["person"].nunique() == 2
        assert int(pooled["n"].sum()) == 6 + 7  # of the first person the later file
        row = randomised(pooled).table.iloc[0]
        assert row[["unknown", "unknown_against"]].sum() >= 5

    def test_of_a_tally_that_knows_its_people_too(self, tmp_path: Path) -> None:
        save_trial(TestAsDrawn.T, tmp_path / "t.csv")
        pooled = read_trials([tmp_path / "t.csv"])
        assert randomised(pooled).table.equals(randomised(TestAsDrawn.T).table)

    def test_what_is_none_is_told_in_a_sentence(self, logs: list[OutcomeLog], tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="Nothing has been drawn yet"):
            save_trial(cl.sample_log(), tmp_path / "t.csv")
        with pytest.raises(ValueError, match="give a name that ends in"):
            save_trial(logs[0], tmp_path / "t.parquet")
        with pytest.raises(ValueError, match="no column “person”"):
            save_trial(TestAsDrawn.T.drop(columns="person"), tmp_path / "t.csv")
        other = tmp_path / "other.csv"
        other.write_text("a,b\n1,2\n")
        with pytest.raises(ValueError, match=r"other\.csv.? isn’t a file of the trial"):
            read_trials([other])
        save_trial(logs[0], other)
        other.write_text(other.read_text().replace("\n2,", "\n1,"))
        with pytest.raises(ValueError, match="follows a different version of the protocol from 2"):
            read_trials([other])
        with pytest.raises(ValueError, match="give at least one"):
            read_trials([])
