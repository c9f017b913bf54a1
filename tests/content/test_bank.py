"""The bank of questions in every language: at least 60, in seven categories, and none on an early topic."""

from __future__ import annotations

from collections import Counter

import pytest

from closing_lib.advice.questions import check_question
from closing_lib.content import LANGUAGES, ContentError, loading, questions
from closing_lib.content.questions import SLOTS, _question
from closing_lib.models import Category, Interviewer, Round


@pytest.fixture(autouse=True, params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", request.param)


def test_there_are_at_least_sixty_in_seven_categories() -> None:
    counted = Counter(question.category for question in questions())
    assert sum(counted.values()) >= 60
    assert set(counted) == set(Category)
    assert len(counted) == 7
    assert min(counted.values()) >= 8


def test_no_two_are_the_same() -> None:
    assert len({question.text for question in questions()}) == len(questions())
    assert len({question.id for question in questions()}) == len(questions())


def test_an_id_begins_with_its_category() -> None:
    assert [one.id for one in questions() if not one.id.startswith(f"{one.category}_")] == []


def test_each_is_one_question_in_professional_form() -> None:
    for question in questions():
        assert question.text.endswith("?"), question.id
        assert question.text.lstrip("¿")[0].isupper(), question.id
        assert len(question.text.split()) <= 28, question.id


def test_most_are_completed_with_what_was_found_out() -> None:
    completed = [question for question in questions() if question.slots]
    assert len(completed) > 0.7 * len(questions())
    assert {slot for question in completed for slot in question.slots} == set(SLOTS)


def test_none_touches_a_topic_that_is_early_for_whoever_is_asked() -> None:
    touching = [
        (one.id, who, when)
        for one in questions()
        for who in one.interviewers
        for when in one.rounds
        if any(remark.kind == "early" for remark in check_question(one.text, who, when))
    ]
    assert touching == []


def test_what_only_one_round_allows_is_asked_of_a_recruiter_at_a_screening() -> None:
    limited = [one for one in questions() if set(one.rounds) != set(Round)]
    assert {"vacancy_pay_range", "vacancy_notice", "team_where_and_when"} <= {one.id for one in limited}
    for one in limited:
        assert (one.interviewers, one.rounds) == ((Interviewer.RECRUITER,), (Round.SCREEN,)), one.id
        assert check_question(one.text, "recruiter", "screen") == (), one.id


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"category": "pay"}, "Category 'pay' is not known"),
        ({"interviewers": ["boss"]}, "Interviewer 'boss' is not known"),
        ({"rounds": ["tenth"]}, "Round 'tenth' is not known"),
        ({"text": "How is {company}?"}, "'company'.* cannot be completed; choose among fact, project, task"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_a_wrong_block_says_where_it_stands_and_what_is_wrong(wrong: dict[str, object], why: str) -> None:
    block = {"id": "role_x", "category": "role", "text": "Why?", **wrong}
    with pytest.raises(ContentError, match=f"^here: .*{why}"):
        _question(block, "here")


def test_an_id_that_is_there_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_read", lambda _path: {"question": [{"id": "same"}, {"id": "same"}]})
    with pytest.raises(ContentError, match="has the id 'same' twice; each question needs its own"):
        loading.read_blocks("en", "questions", "question")
