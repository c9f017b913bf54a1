"""The closing card holds all that is needed at the close, fitted to how both sides meet (S2, S6 to S10, S21)."""

from __future__ import annotations

import pytest

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.pitch import Pitch
from closing_lib.advice.preparation import PART_LENGTH, QUESTION_LENGTH, closing_card
from closing_lib.content import text
from closing_lib.models import Element, Format, Interviewer, Tactic


def steps(format: Format | str) -> tuple[Step, ...]:
    card = closing_card(format=format)
    return card.then + card.leave


def said(format: Format | str, step: str) -> str:
    return next(one.text for one in steps(format) if one.id == step)


def test_s2_the_close_itself_is_prepared_on_one_card() -> None:
    card = closing_card(["Who works on the depot?"], Pitch(skills="I plan shifts."), "peer", "video")
    assert card.questions == ("Who works on the depot?",)
    assert dict(card.pitch)["skills"] == "I plan shifts."
    assert (len(card.asks), len(card.then), len(card.leave)) == (6, 3, 2)


@pytest.mark.parametrize("format", Format)
def test_s6_s7_s8_s9_s21_stand_on_every_card_in_their_order(format: Format) -> None:
    assert [step.source for step in steps(format)] == ["S6", "S7", "S8", "S9", "S21"]


def test_s6_asks_for_the_date_of_the_decision() -> None:
    assert "hiring decision" in said("in_person", "decision_date")


def test_s7_asks_for_the_next_step() -> None:
    assert "next step in the process" in said("in_person", "next_step")


def test_s8_asks_for_the_contact_details_that_fit() -> None:
    assert "business card" in said("in_person", "contact")
    assert "e-mail address" in said("video", "contact")
    assert "spell it back" in said("phone", "contact")


def test_s9_says_goodbye_as_it_fits() -> None:
    assert said("in_person", "farewell") == "Shake hands."
    assert "Nod or wave" in said("video", "farewell")
    assert "Shake" not in said("phone", "farewell")


def test_s21_the_thanks_come_last() -> None:
    assert closing_card().leave[-1].id == "thanks"


def test_s11_s13_s14_the_three_asks_are_quoted_with_when_to_ask_each() -> None:
    *first, bold, standing, mild = closing_card().asks
    assert [ask.tactic for ask in first] == [Tactic.CONFIRM, Tactic.CONFIRM, None]
    assert "Have I answered that?" in first[-1].words
    for ask, tactic in ((bold, Tactic.BOLD), (standing, Tactic.STANDING), (mild, Tactic.MILD)):
        assert (ask.tactic, ask.words) == (tactic, text(f"tactics.{tactic}.words"))
    assert all(part in bold.when for part in ("went well", "really confident", "take the risk"))
    assert mild.when == "Mild: anything else"


def test_s16_the_four_moves_and_the_close_of_under_a_minute_are_on_every_card() -> None:
    for who in Interviewer:
        card = closing_card(interviewer=who)
        assert len(card.moves) == 4
        assert card.short[-1].startswith("Thank you")
        assert len(" ".join(card.short).split()) < 100


def test_after_the_final_round_there_is_no_next_level_on_the_card() -> None:
    card = closing_card(round="final", format="panel")
    said = " ".join([*(step.text for step in card.then), *card.short, *(ask.words for ask in card.asks[2:])])
    assert "can you see me in this job" in said
    assert not any(words in said for words in ("next level", "next step", "next round"))


def test_a_recruiter_is_asked_what_they_need_and_never_for_the_job() -> None:
    card = closing_card(interviewer="recruiter", format="phone")
    assert Tactic.BOLD not in {ask.tactic for ask in card.asks}
    assert "put me forward" in card.asks[-1].words
    assert "put me forward" in " ".join(card.short)


def test_the_questions_and_the_pitch_stand_on_it() -> None:
    card = closing_card(["One?", " ", "Two?"], Pitch(skills="I plan."), "peer", "panel")
    assert card.questions == ("One?", "Two?")
    assert card.pitch == (
        (Element.SKILLS, "I plan."),
        (Element.EXPERIENCE, ""),
        (Element.AMBITION, ""),
        (Element.DESIRE, ""),
    )
    assert (card.interviewer, card.format) == (Interviewer.PEER, Format.PANEL)


def test_more_than_three_questions_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="4 questions are too many for the card; choose the best 3"):
        closing_card(["1?", "2?", "3?", "4?"])


def test_what_was_typed_is_one_line_of_bounded_length() -> None:
    card = closing_card(["word\n" * 5000], Pitch(desire="W" * 10_000))
    assert len(card.questions[0]) <= QUESTION_LENGTH
    assert "\n" not in card.questions[0]
    assert len(dict(card.pitch)[Element.DESIRE]) <= PART_LENGTH
