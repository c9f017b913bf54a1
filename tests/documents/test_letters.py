"""The letters: whole only with the person's own words, never twice the same, and professional (S17, S22, S23, S24)."""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from dataclasses import replace

import pytest
from content.test_content import UNPROFESSIONAL
from hypothesis import given, settings
from hypothesis import strategies as st
from strange import strange

from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person, people_named
from closing_lib.documents.letters import nudge, reply_to_no, thank_you_letters
from closing_lib.models import Format

FRIDAY = dt.date(2026, 11, 20)
OCCASION = Occasion("Lantern & Lid", "Analyst", FRIDAY, dt.date(2026, 11, 26), Format.VIDEO, me="Alex Tan")
LID = Person(
    "Mr Lid",
    topic="the new depot",
    strength="planning routes",
    interest="work that people see",
    omission="I have led a team of three",
)
SPOUT = replace(LID, name="Ms Spout", topic="how the team reviews its reports", omission="")
FIELDS = ("name", "topic", "strength", "interest")


def one(person: Person, occasion: Occasion = OCCASION) -> Letter:
    return thank_you_letters(occasion, [person])[0]


def test_s23_the_letter_has_its_five_parts_in_the_persons_own_words() -> None:
    letter = one(LID)
    assert letter.is_whole
    assert letter.source == "S23"
    assert letter.text.startswith("Dear Mr Lid,\n\nThank you for our video call on 20 November")
    for own in (LID.topic, LID.strength, LID.interest, LID.omission, OCCASION.company):
        assert own in letter.text
    assert letter.text.endswith("Kind regards,\nAlex Tan\n")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("empty", ["", "  \n", "...", "\u200d"])
def test_what_is_missing_is_asked_for_by_name_and_never_made_up(field: str, empty: str) -> None:
    letter = one(replace(LID, **{field: empty}))
    assert len(letter.missing) == 1
    assert letter.text.count("[") == 1
    assert not letter.is_whole


def test_all_that_is_missing_is_named() -> None:
    letter = one(Person(), Occasion("Acme"))
    assert len(letter.missing) == 7
    assert "[their name]" in letter.text
    assert "[your name]" in letter.text


def test_a_letter_without_an_omission_says_nothing_of_one() -> None:
    assert len(one(replace(LID, omission=" ")).paragraphs) == len(one(LID).paragraphs) - 1


@pytest.mark.parametrize("how", [*Format, None])
def test_the_letter_knows_how_they_met(how: Format | None) -> None:
    met = one(LID, replace(OCCASION, format=how)).paragraphs[1]
    assert ("phone" in met) == (how is Format.PHONE)
    assert ("video" in met) == (how is Format.VIDEO)
    assert ("colleagues" in met) == (how is Format.PANEL)


@pytest.mark.parametrize("again", ["the new depot", " The new Depot! ", "the  new\ndepot", "what Ms Spout’s depot"])
def test_two_people_do_not_get_the_same_letter(again: str) -> None:
    first = replace(LID, topic="what Mr Lid’s depot") if "what" in again else LID
    letters = thank_you_letters(OCCASION, [first, replace(SPOUT, topic=again)])
    assert letters[0].is_whole
    assert letters[1].missing == (
        "another thing from your talk than in the letter to Mr Lid: the two may compare them",
    )


def test_a_topic_that_names_one_of_them_is_the_same_for_both() -> None:
    about_lid = "the depot of Mr Lid"
    letters = thank_you_letters(OCCASION, [replace(LID, topic=about_lid), replace(SPOUT, topic=about_lid)])
    assert not letters[1].is_whole


def test_even_with_the_same_words_each_letter_is_worded_differently() -> None:
    people = [replace(LID, name=name) for name in ("Mr Lid", "Ms Spout", "Dr Drizzle")]
    letters = thank_you_letters(OCCASION, people)
    for first, second in itertools.combinations(letters, 2):
        same = set(first.paragraphs) & set(second.paragraphs)
        assert same == {"Kind regards,", "Alex Tan"}
    assert len({letter.subject for letter in letters}) == 3


@settings(deadline=None)
@given(st.lists(st.builds(Person, strange, strange, strange, strange, strange, strange), min_size=2, max_size=5))
def test_whole_letters_of_one_interview_differ_in_more_than_the_name(people: list[Person]) -> None:
    whole = [letter for letter in thank_you_letters(OCCASION, people) if letter.is_whole]
    for first, second in itertools.combinations(whole, 2):
        assert first.paragraphs[1:] != second.paragraphs[1:]


@settings(deadline=None)
@given(strange, strange, strange)
def test_no_text_breaks_a_line_or_hides_in_one(name: str, company: str, topic: str) -> None:
    occasion = replace(OCCASION, company=company, role=name, me=name)
    person = replace(LID, name=name, topic=topic, omission=company)
    for letter in (one(person, occasion), nudge(occasion, person), reply_to_no(occasion, person)):
        for line in (*letter.paragraphs, letter.subject):
            assert line.splitlines() == [line]
            assert not any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in line)
        assert len(letter.subject) <= 200
        letter.text.encode()


def test_s24_the_first_nudge_recalls_the_promise_if_there_was_one() -> None:
    assert "you expected an answer by 26 November" in nudge(OCCASION, LID).text
    assert "when you expect to decide" in nudge(replace(OCCASION, promised_on=None), LID).text
    mistyped = replace(OCCASION, promised_on=dt.date(2025, 11, 27))  # before the interview
    assert nudge(mistyped, LID).text == nudge(replace(OCCASION, promised_on=None), LID).text


def test_s24_the_second_nudge_is_another_one() -> None:
    again = nudge(OCCASION, LID, [dt.date(2026, 11, 30)])
    assert "I wrote to you on 30 November" in again.text
    assert not {*again.paragraphs[1:-2]} & {*nudge(OCCASION, LID).paragraphs}
    assert again.subject != nudge(OCCASION, LID).subject
    assert "I wrote to you about the role" in nudge(OCCASION, LID, [None]).text


def test_s17_the_reply_to_a_no_is_gracious_and_asks_for_feedback() -> None:
    letter = reply_to_no(OCCASION, LID)
    assert letter.kind is LetterKind.REPLY_TO_NO
    assert letter.is_whole
    for part in ("Thank you for letting me know", "I respect your decision", "one thing that I could do better"):
        assert part in letter.text


def test_s22_no_letter_is_unprofessional() -> None:
    second = nudge(OCCASION, LID, [FRIDAY])
    letters = [*thank_you_letters(OCCASION, [LID, SPOUT]), nudge(OCCASION, LID), second, reply_to_no(OCCASION, LID)]
    assert [letter.text for letter in letters if UNPROFESSIONAL.search(letter.text)] == []
    assert not any("'" in letter.text or "  " in letter.text for letter in letters)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Mr Lid, Ms Spout", ("Mr Lid", "Ms Spout")),
        ("Mr Lid; Ms Spout\nDr Gale & Ms Andersson and Mr Lid", ("Mr Lid", "Ms Spout", "Dr Gale", "Ms Andersson")),
        (" , ", ()),
        (None, ()),
    ],
)
def test_names_are_taken_from_the_log(said: str | None, names: tuple[str, ...]) -> None:
    assert people_named(said) == names
