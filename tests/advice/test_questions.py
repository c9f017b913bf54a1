"""The questions to bring: they fit who is asked and when, and what still looks like a template is told (S4, S5)."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.advice.questions import check_question, complete, questions_for, suggested_questions
from closing_lib.content import early_topics, questions, text
from closing_lib.models import Category, Format, Interviewer, Round

FOUND = {"fact": "your new depot in Leeds", "project": "your tenant app", "task": "planning the shifts"}


@cache
def kinds(said: str) -> list[str]:
    return [remark.kind for remark in check_question(said)]


@pytest.mark.parametrize(("interviewer", "format"), [*itertools.product(Interviewer, Format)])
def test_s4_everyone_can_be_asked_something_of_every_category(interviewer: Interviewer, format: Format) -> None:
    fitting = questions_for(interviewer, format)
    assert {question.category for question in fitting} == set(Category)
    assert all(interviewer in question.interviewers and format in question.formats for question in fitting)


def test_what_does_not_fit_is_left_out() -> None:
    by_phone = {question.id for question in questions_for("peer", "phone")}
    assert "team_see_the_place" not in by_phone
    assert "team_manager_style" not in by_phone
    assert "team_at_a_distance" in by_phone


def test_what_only_a_screening_allows_is_offered_there_alone() -> None:
    def offered(interviewer: str, when: str | None = None) -> set[str]:
        return {question.id for question in questions_for(interviewer, "phone", when)}

    assert "vacancy_pay_range" in offered("recruiter", "screen")
    assert offered("recruiter") == offered("recruiter", "final") < offered("recruiter", "screen")
    assert "vacancy_pay_range" not in offered("hiring_manager", "screen")


FOUND_OUT = [{}, *({one: FOUND[one]} for one in FOUND), FOUND]


@pytest.mark.parametrize("interviewer", Interviewer)
def test_s5_the_first_three_suggested_differ_and_need_as_little_work_as_can_be(interviewer: Interviewer) -> None:
    for format, when, found in itertools.product(Format, (None, Round.SCREEN), FOUND_OUT):
        suggested = suggested_questions(interviewer, format, when, found)
        assert sorted(suggested, key=questions().index) == [*questions_for(interviewer, format, when)]
        gaps = [bool({*one.slots} - {*found}) for one in suggested if one.slots]
        assert gaps == sorted(gaps), "what is ready comes before what has a gap"
        first = suggested[:3]
        assert not any("plain" in kinds(one.text) for one in first)
        ready = [one for one in suggested if {*one.slots} <= {*found} and "plain" not in kinds(one.text)]
        about = {one.category for one in (ready if len(ready) >= 3 else suggested)}
        assert len({one.category for one in first}) == min(3, len(about)), (when, found)
        if found and when is None:
            assert {slot for one in first for slot in one.slots} == {*found}, (format, found)


def test_what_only_this_occasion_allows_is_suggested_early() -> None:
    at_a_screening = suggested_questions("recruiter", "phone", "screen")
    assert [one.rounds for one in at_a_screening[:3]] == [(Round.SCREEN,)] * 3
    panel = suggested_questions("peer", "panel", "panel", FOUND)[0]
    assert panel.formats == (Format.PANEL,)


def test_a_blank_is_nothing_found_out() -> None:
    assert suggested_questions("peer", "video", None, {"fact": " ", "task": None}) == suggested_questions(
        "peer", "video"
    )


def test_an_unknown_interviewer_names_the_known() -> None:
    with pytest.raises(ValueError, match="recruiter, hiring_manager, peer, executive"):
        questions_for("boss", "phone")
    with pytest.raises(ValueError, match="recruiter, hiring_manager, peer, executive"):
        suggested_questions("boss", "phone")
    with pytest.raises(ValueError, match="screen, first, panel, final"):
        questions_for("peer", "phone", "tenth")
    with pytest.raises(ValueError, match="recruiter, hiring_manager, peer, executive"):
        check_question("Why?", "boss")


@pytest.mark.parametrize("question", [one for one in questions() if one.slots], ids=lambda one: one.id)
def test_s5_a_question_is_ready_once_it_is_completed_and_not_before(question: object) -> None:
    said = question.text  # type: ignore[attr-defined]
    assert kinds(complete(said, {})) == ["slot"]
    assert kinds(complete(said, FOUND)) == []


ANY_ROUND = [one for one in questions() if not one.slots and set(one.rounds) == set(Round)]


@pytest.mark.parametrize("question", ANY_ROUND, ids=lambda one: one.id)
def test_s5_a_question_that_anyone_could_ask_is_flagged_until_it_has_a_word_of_its_own(question: object) -> None:
    said = question.text  # type: ignore[attr-defined]
    assert kinds(said) == ["plain"]
    assert kinds(f" {said.upper()}") == ["plain"]
    assert kinds(f"After your move to Leeds: {said}") == []


def test_visible_gaps_in_a_person_s_own_wording_are_completed_too() -> None:
    gap = text("preparation.blank.project")
    assert complete(f"And {gap}, or {{project}}?", FOUND) == "And your tenant app, or your tenant app?"


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_was_found_out_is_never_itself_completed(fact: str, project: str) -> None:
    completed = complete("{fact}", {"fact": f"x{{project}}{fact}", "project": project})
    assert completed.startswith("x{project}")


@pytest.mark.parametrize(
    "said",
    [
        "How is [company] doing?",
        "How is {company} doing?",
        "How is <company> doing?",
        "How is ____ doing?",
        "How is … ?",
    ],
)
def test_every_way_to_leave_a_gap_is_seen(said: str) -> None:
    assert kinds(said) == ["slot"]


def test_a_word_that_holds_a_place_is_named() -> None:
    assert str(check_question("How do you like it at Company Name?")[0]).startswith("“Company Name” looks like")
    assert kinds("How do you like working with the XXXL range?") == []


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("pay", "What is the salary for this?"),
        ("pay", "Would I get a bonus?"),
        ("holiday", "How many vacation days are there?"),
        ("benefits", "Is there a pension?"),
        ("arrangements", "Could I be working from home?"),
        ("arrangements", "What are the hours?"),
        ("pay", "What’s the pay range for this job?"),
        ("promotion", "How soon can I be promoted?"),
        ("search", "So what does your company do?"),
        ("gossip", "Is it true that your manager was fired?"),
    ],
)
def test_early_topics_are_recognised(topic: str, said: str) -> None:
    named = next(one for one in early_topics() if one.id == topic)
    remarks = [remark.text for remark in check_question(said) if remark.kind == "early"]
    assert [one for one in remarks if named.name in one and named.why in one] == remarks
    assert remarks


@pytest.mark.parametrize(
    "said",
    ["What’s the pay range for this job?", "What is the salary?", "What are the hours?", "Could I work from home?"],
)
def test_pay_hours_and_place_are_fine_with_a_recruiter_at_a_screening_and_only_there(said: str) -> None:
    assert check_question(said, "recruiter", "screen") == ()
    assert check_question(said, Interviewer.RECRUITER, Round.SCREEN) == ()
    elsewhere = [*itertools.product(Interviewer, Round), *((who, None) for who in Interviewer), (None, Round.SCREEN)]
    elsewhere.remove((Interviewer.RECRUITER, Round.SCREEN))
    for who, when in [*elsewhere, (None, None)]:
        assert [remark.kind for remark in check_question(said, who, when)] == ["early"], (who, when)


@pytest.mark.parametrize(
    "said", ["How many vacation days are there?", "How soon can I be promoted?", "Is it true that you were fired?"]
)
def test_what_is_early_at_a_screening_stays_early(said: str) -> None:
    assert [remark.kind for remark in check_question(said, "recruiter", "screen")] == ["early"]


@pytest.mark.parametrize(
    "said",
    [
        "What should I pay attention to at your depot in Leeds?",
        "What have you learned from the tenant app?",
        "Who raises concerns about the tenant app first?",
        "How did you earn the trust of the drivers in Leeds?",
    ],
)
def test_words_that_only_look_alike_are_left_alone(said: str) -> None:
    assert kinds(said) == []
