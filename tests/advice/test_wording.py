"""What a person typed becomes one safe line, and words are found where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.advice.wording import count_words, find_words, one_line


@given(st.text(alphabet=st.characters(), max_size=300), st.integers(min_value=5, max_value=100))
def test_a_one_line_line_is_one_line_within_its_length(typed: str, most: int) -> None:
    line = one_line(typed, most)
    assert len(line) <= most
    assert line == line.strip()
    assert not [one for one in line if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp")]
    line.encode()  # half an emoji would be an error


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\ufeff", "\ud83d", "\x00"])
def test_marks_that_nobody_sees_are_taken_out(unseen: str) -> None:
    assert one_line(f"Acme{unseen}Ltd").replace(" ", "") == "AcmeLtd"


def test_emoji_and_right_to_left_text_stay_whole() -> None:
    assert one_line("👩\u200d👧 שלום") == "👩\u200d👧 שלום"


def test_a_long_line_is_cut_between_words_and_says_so() -> None:
    assert one_line("alpha beta gamma", 12) == "alpha beta…"
    assert one_line("W" * 20, 5) == "WWWW…"


def test_words_are_counted_as_they_are_spoken() -> None:
    assert count_words("I’ve led a well-known team -- twice!") == 6


def test_words_are_found_with_their_place() -> None:
    said = "Well, I'm  AFRAID I just guess; adjust nothing."
    spots = find_words(said, ["i’m afraid", "just"])
    assert [spot.found for spot in spots] == ["I'm  AFRAID", "just"]
    assert [said[spot.start : spot.end] for spot in spots] == ["I'm  AFRAID", "just"]
