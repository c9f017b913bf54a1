"""The sample room is invented by the model that stands in its file, and is the same each time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import closing_lib as cl
from closing_lib.content.loading import read_neutral
from closing_lib.outcomes import add, adjusted, by_tactic, tally
from closing_lib.outcomes.room import FILE, person_asks, room_tallies
from closing_lib.outcomes.vocabulary import OWN_KEYS, WORDS

MODEL = read_neutral(FILE)


@pytest.fixture(scope="module")
def room() -> pd.DataFrame:
    return add(room_tallies(120))


def test_is_the_same_each_time_and_each_person_differs(tmp_path: Path) -> None:
    one, other = cl.sample_room(tmp_path / "one", people=4), cl.sample_room(people=4)
    written = [path.read_text() for path in sorted(one.iterdir())]
    assert written == [path.read_text() for path in sorted(other.iterdir())]
    assert len({*written}) == 4
    assert {path.name for path in one.iterdir()} == {f"person_00{number}.csv" for number in (1, 2, 3, 4)}
    with pytest.raises(ValueError, match="no rooms of 0 people"):
        cl.sample_room(people=0)


def test_stays_beside_the_log_and_is_mended(own_data: Path) -> None:
    room = cl.sample_room(people=2)
    assert room.is_relative_to(own_data)
    first, second = sorted(room.iterdir())
    kept, was = first.read_bytes(), second.stat().st_ino
    first.write_bytes(b"n\n")
    assert cl.sample_room(people=2) == room
    assert (first.read_bytes(), second.stat().st_ino) == (kept, was)
    assert int(tally(room / "*.csv")["n"].sum()) == int(add(room_tallies(2))["n"].sum())


def test_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match=r"^room couldn’t be saved \(\w[^)]*\)\. Choose another folder"):
        cl.sample_room(tmp_path / "file" / "room", people=1)


def test_each_has_as_many_applications_as_the_model_says_and_the_next_round_of_those_that_moved_forward() -> None:
    low, high = MODEL["applications"]
    everyone = [person_asks(np.random.default_rng([1, person])) for person in range(200)]
    begun = [len(asks) - int((asks["outcome"] == "advanced").sum()) for asks in everyone]
    assert low <= min(begun) <= max(begun) <= high
    assert len({*begun}) > 20
    screened, finals = (sum(int((asks["round"] == one).sum()) for asks in everyone) for one in ("screen", "final"))
    assert 0 < finals < screened


def test_shares_add_up_and_name_the_words_of_a_tally() -> None:
    for name in ("band", "used", "good", "bad", "begins", "followed", "thanks"):
        assert sum(MODEL[name].values()) == pytest.approx(1)
    for band in WORDS["band"]:
        assert sum(MODEL["response"][band]) == pytest.approx(1)
    assert {*MODEL["odds"]} == {*WORDS["used"]}
    assert {*MODEL["good"], *MODEL["bad"], "open"} == {*WORDS["outcome"]}


def test_bold_follows_good_interviews_so_only_the_naive_comparison_finds_it_better(room: pd.DataFrame) -> None:
    assert [*room.columns] == ["person", *OWN_KEYS, "n"]
    naive = by_tactic(room, within_bands=False).table.set_index("used")["rate"]
    assert naive["bold"] > naive["mild"] + 0.05
    row = adjusted(room).table.set_index("used").loc["bold"]
    assert row["naive_low"] > 0
    assert row["low"] < 0 < row["high"]  # the truth, as the model has it
