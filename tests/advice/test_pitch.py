"""The pitch: the four parts, what weakens them, how long they take (S10)."""

from __future__ import annotations

import itertools

import pytest

from closing_lib.advice.pitch import Pitch, check_pitch
from closing_lib.content import lines
from closing_lib.models import Element

WHOLE = {
    "skills": "I plan shifts so that nobody waits.",
    "experience": "For six years I have done it for two hundred drivers.",
    "ambition": "Next I want to lead a depot.",
    "desire": "I would like to do that here.",
}


@pytest.mark.parametrize("left_out", [set(some) for n in range(5) for some in itertools.combinations(Element, n)])
def test_s10_exactly_the_missing_of_the_four_are_named(left_out: set[Element]) -> None:
    review = check_pitch(Pitch(**{name: "  \n" if name in left_out else said for name, said in WHOLE.items()}))
    assert set(review.missing) == left_out
    assert all((element in review.remarks[0]) == (element in left_out or not left_out) for element in Element)


@pytest.mark.parametrize("hedge", lines("preparation.pitch.hedges"))
def test_every_hedge_is_marked_in_its_place(hedge: str) -> None:
    said = f"Well, {hedge} I lead."
    found = check_pitch(Pitch(ambition=said)).weaknesses
    assert [(one.kind, one.element, said[one.start : one.end]) for one in found] == [("hedge", "ambition", hedge)]


@pytest.mark.parametrize("apology", lines("preparation.pitch.apologies"))
def test_every_apology_is_marked_in_its_place(apology: str) -> None:
    said = f"Well, {apology} here."
    found = check_pitch(Pitch(skills=said)).weaknesses
    assert ("apology", said[6 : 6 + len(apology)]) in [(one.kind, one.found) for one in found]
    assert f"“{apology}” (in skills) sounds like an apology" in " ".join(check_pitch(Pitch(skills=said)).remarks)


def test_a_pitch_without_them_has_none() -> None:
    review = check_pitch(Pitch(**WHOLE))
    assert review.weaknesses == ()
    assert review.missing == ()


def test_the_speaking_time_is_at_130_words_a_minute_and_says_so() -> None:
    review = check_pitch(Pitch(skills="word " * 100, desire="word " * 30))
    assert (review.words, review.seconds) == (130, 60)
    assert "Words: 130, at about 130 a minute" in review.remarks[-1]
    assert "Aim for a minute" not in review.remarks[-1]


def test_a_pitch_that_is_too_long_is_told_so() -> None:
    assert "Aim for a minute" in check_pitch(Pitch(skills="word " * 220)).remarks[-1]


def test_an_empty_pitch_has_no_speaking_time() -> None:
    review = check_pitch(Pitch())
    assert (review.words, review.seconds, len(review.remarks)) == (0, 0, 1)
