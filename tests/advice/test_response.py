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


@pytest.mark.parametrize(
    ("response", "source"),
    [("hesitated", "S18"), ("hesitated", "S19"), ("hesitated", "S20"), ("concern", "S16"), ("declined", "S17")],
)
def test_rests_on_the_article(response: str, source: str) -> None:
    assert source in {reason.source for reason in cl.respond(response).reasons}


def test_s16_the_four_moves_of_a_concern_stand_in_their_order() -> None:
    moves = cl.respond("concern").do[0]
    assert moves.index("Clarify") < moves.index("acknowledge") < moves.index("make your case") < moves.index("check")


def test_an_unknown_answer_names_the_five() -> None:
    with pytest.raises(ValueError, match="declined, concern, hesitated, encouraged, offered"):
        cl.respond("maybe")
