from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.models import Asked, Band, Round, Tactic
from closing_lib.records.values import checked, stored

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dates())
def test_a_day_is_kept_as_a_day_or_as_it_is_written(day: dt.date) -> None:
    assert (
        checked("on", day, dt.date | None) == checked("on", f" {day.isoformat()} ", dt.date | None) == day.isoformat()
    )
    assert stored(dt.date | None)(day.isoformat()) == day


@pytest.mark.parametrize(
    "written", ["20.11.2026", "20261120", "2026-W47-5", "2026-2-3", "2026-02-30", "soon", "", 20261120, 1.5]
)
def test_what_is_no_day_is_told_how_to_write_one(written: object) -> None:
    with pytest.raises(ValueError, match=r"^held_on is .*; write the date as YYYY-MM-DD\.$"):
        checked("held_on", written, dt.date | None)


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
        pd.Timestamp("2026-11-20 09:30"),
        pd.Timestamp("2026-11-20", tz="UTC"),
    ],
)
def test_a_time_of_day_is_never_dropped_in_silence(moment: dt.datetime) -> None:
    with pytest.raises(ValueError, match=r"with a time of day; give the date alone, such as held_on\.date\(\)"):
        checked("held_on", moment, dt.date | None)
    assert checked("held_on", moment.date(), dt.date | None) == "2026-11-20"


@pytest.mark.parametrize(
    "held", [pd.Timestamp("2026-11-20"), np.datetime64("2026-11-20"), pd.Timestamp("2026-11-20").to_pydatetime()]
)
def test_what_a_table_holds_is_a_day(held: object) -> None:
    assert checked("held_on", held, dt.date | None) == "2026-11-20"


@pytest.mark.parametrize("missing", [pd.NaT, pd.NA, np.nan, np.datetime64("NaT"), None])
@pytest.mark.parametrize("hint", [dt.date | None, str | None, Round | None])
def test_what_is_missing_in_a_table_is_none(missing: object, hint: object) -> None:
    assert checked("field", missing, hint) is None


@given(ANY_TEXT)
def test_text_is_kept_but_for_space_around_it_and_nuls(text: str) -> None:
    assert checked("note", text, str | None) == (text.replace("\0", "").strip() or None)


@pytest.mark.parametrize("empty", [None, "", "  \n", "\0"])
def test_a_field_that_must_be_filled_says_so(empty: str | None) -> None:
    with pytest.raises(ValueError, match=r"^company is empty; fill it in\.$"):
        checked("company", empty, str)


@pytest.mark.parametrize("wrong", [5, float("nan"), b"Acme", ["Acme"]])
def test_text_is_text(wrong: object) -> None:
    with pytest.raises(ValueError, match="it must be text"):
        checked("company", wrong, str)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="company has a broken character"):
        checked("company", "Acme \ud800", str)


def test_words_of_another_set_that_are_equal_are_taken() -> None:
    assert checked("used", Tactic.MILD, Asked | None) == "mild"
    assert type(checked("used", Tactic.MILD, Asked | None)) is str


@pytest.mark.parametrize("wrong", ["panle", Band.WELL, 3, ["first"]])
def test_an_unknown_word_is_answered_with_the_known_ones(wrong: object) -> None:
    with pytest.raises(
        ValueError, match=r"is not known; (did you mean panel\? Else )?choose one of screen, first, panel, final"
    ):
        checked("round", wrong, Round)


def test_numbers_of_rows_come_from_tables_too() -> None:
    assert checked("application", np.int64(7), int) == 7
    assert checked("application", 2**70, int) == 0


@pytest.mark.parametrize("wrong", [True, "7", 7.0, None])
def test_what_is_no_number_of_a_row_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="application is"):
        checked("application", wrong, int)
