"""The response form: one choice, and the guide that belongs to it."""

from __future__ import annotations

import pytest
from driving import again, card

import closing_lib as cl
from closing_lib.content import text
from closing_lib.records import OutcomeLog


@pytest.mark.parametrize("response", cl.Response)
def test_shows_the_guide_for_each_answer_and_again_after_a_restart(log: OutcomeLog, response: cl.Response) -> None:
    form = cl.ResponseForm(log)
    form.controls["response"].value = response
    guide = cl.respond(response)
    for sentence in (guide.name, *guide.say, *guide.do, *guide.avoid, *(reason.text for reason in guide.reasons)):
        assert sentence in card(form)
    assert card(cl.ResponseForm(again(log))) == card(form)
    assert repr(form) == f"ResponseForm({response})"


def test_asks_before_anything_is_chosen(log: OutcomeLog) -> None:
    assert card(cl.ResponseForm(log)) == text("forms.response.choose")


def test_the_guide_of_one_answer_gives_way_to_that_of_the_next(log: OutcomeLog) -> None:
    form = cl.ResponseForm(log)
    cards = set()
    for response in cl.Response:
        form.controls["response"].value = response
        cards.add(card(form))
        assert sum(cl.respond(one).name in card(form) for one in cl.Response) == 1
    assert len(cards) == 5


def test_the_answers_stand_from_the_most_welcome_to_the_least(log: OutcomeLog) -> None:
    keys = [key for key, _ in cl.ResponseForm(log).controls["response"].options]
    assert keys == ["offered", "encouraged", "hesitated", "concern", "declined"]
