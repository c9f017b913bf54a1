"""The employer's answer: each of the five has what to say, to do and to avoid, and its reasons."""

from __future__ import annotations

import pytest

import closing_lib as cl


@pytest.mark.parametrize("response", cl.Response)
def test_every_answer_has_a_guide(response: cl.Response) -> None:
    guide = cl.respond(response)
    assert guide.response is response
    assert guide.say
    assert guide.do
    assert guide.avoid
    assert all(reason.source.startswith("S") and reason.text for reason in guide.reasons)


def because(response: str, source: str) -> str:
    return " ".join(reason.text for reason in cl.respond(response).reasons if reason.source == source)


def test_s17_after_a_no_the_other_prospects() -> None:
    assert "put your energy into other jobs. Don’t spend two weeks waiting by the phone" in because("declined", "S17")
    assert any("other applications" in one for one in cl.respond("declined").do)


def test_s18_hesitation_is_no_personal_affront() -> None:
    assert "Don’t take hesitation personally" in because("hesitated", "S18")


def test_s19_the_harmless_reasons_with_the_superiors_first() -> None:
    first, *others = because("hesitated", "S19").split(". ")
    assert "check with their boss first" in first
    assert "other people to see" in others[0]


def test_s20_stay_positive_when_disappointed() -> None:
    assert "Staying positive" in because("hesitated", "S20")
    assert "S16" in {reason.source for reason in cl.respond("concern").reasons}


def test_s16_the_four_moves_of_a_concern_stand_in_their_order() -> None:
    moves = cl.respond("concern").do[0]
    assert moves.index("Clarify") < moves.index("acknowledge") < moves.index("make your case") < moves.index("check")


def test_an_unknown_answer_names_the_five() -> None:
    with pytest.raises(ValueError, match="declined, concern, hesitated, encouraged, offered"):
        cl.respond("maybe")
