"""What a room shares: no person, no count behind which few stand, and none by which such a one could be worked out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.content import text
from closing_lib.outcomes import add, adjusted, by_band, save_tally, tally
from closing_lib.outcomes.room import room_tallies
from closing_lib.outcomes.sharing import FEWEST, protected


def room(*people: dict[tuple[str, str], int]) -> pd.DataFrame:
    """Give the tally of people, each by band and what was asked."""
    rows = [(number, *cell, n) for number, one in enumerate(people) for cell, n in one.items()]
    return tally(pd.DataFrame(rows, columns=["person", "band", "used", "n"]))


def test_a_count_behind_which_few_stand_is_left_out_and_the_one_that_would_give_it_away() -> None:
    several = {("well", "bold"): 2, ("unsure", "mild"): 3}
    alone = {**several, ("poor", "standing"): 1}
    shared = protected(room(*[several] * 6, alone), ["band", "used"]).drop(columns="person")
    assert shared.to_numpy().tolist() in ([["unsure", "mild", 21]], [["well", "bold", 14]])


def test_fewer_than_five_people_share_nothing() -> None:
    assert protected(room(*[{("well", "bold"): 100}] * (FEWEST - 1))).empty
    assert protected(room(*[{("well", "bold"): 100}] * FEWEST))["n"].tolist() == [500]


def test_the_file_of_a_room_holds_no_person(tmp_path: Path) -> None:
    people = add(room_tallies(40))
    told = save_tally(people, tmp_path / "room.csv")
    assert "fewer than 5 people" in told
    again = tally(tmp_path / "room.csv")
    assert [*again] == ["person", "round", "band", "used", "outcome", "n"]
    assert again["person"].isna().all()
    assert text("results.room.lost") in by_band(again).sentence
    assert text("results.adjusted.total") in adjusted(again).sentence
    again = again.drop(columns="person")
    whole = tally(people, by=["round", "band", "used", "outcome"])
    assert 0 < int(again["n"].sum()) < int(whole["n"].sum())
    assert (again.merge(whole, on=[*again], how="left", indicator=True)["_merge"] == "both").all()


def test_a_persons_own_tally_is_shared_whole(tmp_path: Path) -> None:
    mine = next(room_tallies(1))
    save_tally(mine, tmp_path / "mine.csv")
    pd.testing.assert_frame_equal(tally(tmp_path / "mine.csv", by=[*mine][:-1]), mine)


Cell = tuple[str, str]
BANDS, QUESTIONS = ("well", "unsure", "poor"), ("mild", "bold", "standing")
cells = st.dictionaries(st.tuples(st.sampled_from(BANDS), st.sampled_from(QUESTIONS)), st.integers(1, 9), min_size=1)


@given(st.lists(cells, min_size=2, max_size=12))
def test_what_is_left_out_of_any_row_or_column_has_five_people_together(
    people: list[dict[tuple[str, str], int]],
) -> None:
    shared = protected(room(*people), ["band", "used"]).drop(columns="person")
    shown = {(band, used) for band, used, _ in shared.to_numpy().tolist()}
    everywhere = {cell for one in people for cell in one}
    lines = [
        [cell for cell in everywhere if word in cell] for word in ("well", "unsure", "poor", "mild", "bold", "standing")
    ]
    for line in [*lines, [*everywhere]]:
        hidden = [cell for cell in line if cell not in shown]
        behind = sum(any(cell in one for cell in hidden) for one in people)
        assert behind == 0 or behind >= FEWEST or not {*line} & shown
    for cell in shown:
        assert sum(cell in one for one in people) >= FEWEST
