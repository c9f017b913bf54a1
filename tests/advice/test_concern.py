"""The reply to a concern (S16): four moves in their order, in the person's own words, with nothing made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.advice.concern import LONG, WORDS_A_MINUTE, reply_to_concern

OWN = {"clarify": "you’re new to sales", "acknowledge": "The team sells daily", "make_the_case": "I won 12 accounts"}


def test_s16_the_four_moves_stand_in_their_order() -> None:
    assert [move.name for move in reply_to_concern().moves] == ["Clarify", "Acknowledge", "Make your case", "Check"]


def test_each_move_holds_the_person_s_words() -> None:
    reply = reply_to_concern(**OWN)
    assert reply.missing == ()
    assert all(words in move.said for words, move in zip(OWN.values(), reply.moves, strict=False))


def test_what_is_missing_is_named_and_not_made_up() -> None:
    reply = reply_to_concern(clarify="your short time in sales")
    assert reply.missing == ("acknowledge", "make_the_case")
    assert "you don’t have a case yet" in reply.moves[2].said


def test_s22_an_apology_is_marked_with_its_place() -> None:
    reply = reply_to_concern(**{**OWN, "make_the_case": "Unfortunately I lack sales, but I won 12 accounts"})
    assert [(remark.source, remark.fields) for remark in reply.remarks] == [("S22", ("make_the_case",))] * 2
    assert reply_to_concern(**OWN).remarks == ()


def test_an_apology_is_a_word_and_not_a_part_of_one() -> None:
    assert reply_to_concern(make_the_case="I neverending-ly compare categorysorry").remarks == ()


def test_a_long_case_is_told_its_seconds() -> None:
    words = LONG * WORDS_A_MINUTE // 60
    assert reply_to_concern(make_the_case="word " * words).remarks == ()
    (remark,) = reply_to_concern(make_the_case="word " * (words + 20)).remarks
    assert f"about {round((words + 20) / WORDS_A_MINUTE * 60)} seconds" in remark.text


@pytest.mark.parametrize(
    ("concern", "said"),
    [
        ("you're overqualified", "When you say ‘you're overqualified’, what worries you most?"),
        ("You don’t have a degree.", "When you say ‘You don’t have a degree’, what worries you most?"),
        ("“too junior”", "When you say ‘too junior’, what worries you most?"),
        ("I’m not sure you’d stay", "When you say ‘I’m not sure you’d stay’, what worries you most?"),
        ("Do you have a degree?", "When you say ‘Do you have a degree’, what worries you most?"),
        ("I don't have a degree", "What about it worries you most?"),
        ("my age", "What about it worries you most?"),
    ],
)
def test_a_concern_is_quoted_and_never_said_of_the_employer(concern: str, said: str) -> None:
    reply = reply_to_concern(clarify=concern)
    assert reply.moves[0].said == f"“Thank you for telling me. {said}”"
    assert [remark.fields for remark in reply.remarks] == ([] if "‘" in said else [("clarify",)])
    assert "clarify" not in reply.missing


def test_words_are_sentences_of_their_own() -> None:
    reply = reply_to_concern("too new", "it is a new trade for me, ", "i learnt the last one in a month")
    assert reply.moves[1].said == "“I can see why you’d raise that. It is a new trade for me.”"
    assert reply.moves[2].said == "“The closest thing I’ve done is this: I learnt the last one in a month.”"


@given(st.text(), st.text(), st.text())
def test_total_for_whatever_is_typed(clarify: str, acknowledge: str, make_the_case: str) -> None:
    reply = reply_to_concern(clarify, acknowledge, make_the_case)
    assert len(reply.moves) == 4
    assert all(move.said and "\n" not in move.said for move in reply.moves)
    assert reply == reply_to_concern(clarify, acknowledge, make_the_case)
