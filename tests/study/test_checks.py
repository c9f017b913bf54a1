"""The check of an exercise: every solution passes, every wrong answer is told what is wrong with it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from closing_lib.advice.recommendation import recommend
from closing_lib.assessment import Assessment
from closing_lib.content import LANGUAGES, Exercise, exercises, text
from closing_lib.models import ExerciseKind, Tactic
from closing_lib.study.checks import CHOSEN, check_exercise, slots, solution
from closing_lib.study.written import assessment_of

BY_ID = {exercise.id: exercise for exercise in exercises()}


def of_kind(kind: ExerciseKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("exercise", [one for one in exercises() if one.kind is kind], ids=lambda one: one.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_solution_passes_in_every_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    for exercise in exercises():
        verdict = check_exercise(exercise, solution(exercise))
        assert verdict.said == (exercise.done,)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
class TestEveryExercise:
    def test_its_solution_passes_and_says_why(self, exercise: Exercise) -> None:
        verdict = check_exercise(exercise, solution(exercise))
        assert verdict.passed, verdict.said
        assert verdict.said == (exercise.done,)

    def test_its_solution_answers_all_that_is_asked(self, exercise: Exercise) -> None:
        assert tuple(solution(exercise)) == slots(exercise)

    def test_nothing_answered_does_not_pass_and_says_what_to_answer(self, exercise: Exercise) -> None:
        for empty in ({}, dict.fromkeys(slots(exercise))):
            verdict = check_exercise(exercise, empty)
            assert not verdict.passed
            assert len(verdict.said) == 1
            assert exercise.done not in verdict.said


@of_kind(ExerciseKind.ONE)
def test_every_wrong_choice_is_told_why_in_words_of_its_own(exercise: Exercise) -> None:
    wrong = [option for option in exercise.options if not option.right]
    said = [check_exercise(exercise, {CHOSEN: option.id}) for option in wrong]
    assert not any(verdict.passed for verdict in said)
    assert all(option.why in verdict.said[0] for option, verdict in zip(wrong, said, strict=True))
    assert len({verdict.said for verdict in said}) == len(wrong)


WITH_A_CASE = [one for one in exercises() if one.kind is ExerciseKind.ONE and one.case]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [one.id for one in WITH_A_CASE])
def test_what_an_exercise_calls_right_is_what_the_kit_says_in_its_case(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    exercise = next(one for one in exercises() if one.id == name)
    assessment = assessment_of(exercise.case)
    advice = recommend(assessment)
    assert advice.tactic is exercise.wanted
    said = text("advice.short.concern") if assessment.open_concern else advice.words
    (right,) = (option for option in exercise.options if option.right)
    assert re.search(re.sub(r"\\\[.*?\\\]", ".+", re.escape(said)), right.text), (said, right.text)


def test_every_tactic_but_the_bold_one_is_taught_by_a_case() -> None:
    assert {exercise.wanted for exercise in WITH_A_CASE} == set(Tactic) - {Tactic.BOLD}
    assert {exercise.wanted for exercise in exercises() if exercise.check == "advice"} == {Tactic.BOLD}


@pytest.mark.parametrize(
    ("name", "met"), [("close_in_order", Assessment()), ("prepare_short_close", Assessment(short_of_time=True))]
)
def test_the_order_of_a_close_is_the_kit_s_own(name: str, met: Assessment) -> None:
    ids = [option.id for option in BY_ID[name].options]
    assert [step.id for step in recommend(met).steps if step.id in ids] == ids


@of_kind(ExerciseKind.SEVERAL)
def test_of_every_combination_only_the_right_one_passes_and_each_mistake_is_named(exercise: Exercise) -> None:
    for given in itertools.product([True, False], repeat=len(exercise.options)):
        answer = dict(zip(slots(exercise), given, strict=True))
        mistakes = [option for option in exercise.options if answer[option.id] is not option.right]
        verdict = check_exercise(exercise, answer)
        assert verdict.passed is (not mistakes)
        if mistakes:
            assert len(verdict.said) == len(mistakes)
            assert all(option.why in said for option, said in zip(mistakes, verdict.said, strict=True))


@of_kind(ExerciseKind.SEVERAL)
def test_what_is_still_open_is_named(exercise: Exercise) -> None:
    *_, last = exercise.options
    (said,) = check_exercise(exercise, {**solution(exercise), last.id: None}).said
    assert last.text in said
    assert exercise.options[0].text not in said


@of_kind(ExerciseKind.ORDER)
def test_of_every_order_only_the_right_one_passes_and_the_first_mistake_is_named(exercise: Exercise) -> None:
    for order in itertools.permutations(exercise.options):
        verdict = check_exercise(exercise, dict(zip(slots(exercise), (one.id for one in order), strict=True)))
        pairs = zip(order, exercise.options, strict=True)
        first = next((place for place, (found, right) in enumerate(pairs) if found != right), None)
        assert verdict.passed == (first is None)
        if first is not None:
            assert verdict.said == (
                text(
                    "study.check.too_early",
                    option=f"“{order[first].text}”",
                    place=first + 1,
                    why=order[first].why,
                ),
            )


def test_a_step_at_two_places_and_an_empty_place_are_named() -> None:
    exercise = BY_ID["respond_four_moves"]
    right = solution(exercise)
    (said,) = check_exercise(exercise, {**right, "4": "clarify"}).said
    assert said == "You’ve used “Ask what worries them most about it” twice. Each step goes in once."
    assert check_exercise(exercise, {**right, "2": None, "4": "nonsense"}).said == (
        "You haven’t chosen anything for step 2, 4 yet.",
    )


def test_the_order_of_the_close_is_the_one_that_the_kit_advises() -> None:
    advised = [step.id for step in recommend(Assessment()).steps]
    practised = [option.id for option in BY_ID["close_in_order"].options]
    assert practised == [step for step in advised if step in practised]


class TestWritten:
    def said(self, name: str, **given: str) -> tuple[str, ...]:
        exercise = BY_ID[name]
        changed = {slot.replace("__", "."): said for slot, said in given.items()}
        return check_exercise(exercise, {**solution(exercise), **changed}).said

    @pytest.mark.parametrize(
        ("question", "why"),
        [
            ("I like your bakery in York.", "End it with a question mark"),
            ("What do you look for?", "doesn’t mention anything you found out about them"),
            ("What does [a project of theirs] mean for York?", "Still to fill in: [a project of theirs]."),
            ("Is the salary in York the same?", "Leave it until they want you"),
            ("What comes after the placeholder in York?", "looks like a placeholder"),
        ],
    )
    def test_a_question_is_told_what_to_mend(self, question: str, why: str) -> None:
        (said,) = self.said("prepare_your_question", question=question)
        assert why in said

    def test_any_question_about_them_will_do(self) -> None:
        done = (BY_ID["prepare_your_question"].done,)
        assert self.said("prepare_your_question", question="Who builds CRUMB, your app?") == done

    def test_a_hedge_an_apology_and_length_are_found_in_a_pitch(self) -> None:
        assert self.said("prepare_your_pitch", skills="I think I plan well.") == (
            "“I think” (in skills) weakens what you say. Leave it out.",
        )
        assert "apology" in self.said("prepare_your_pitch", desire="Sorry, but I want it.")[0]
        (said,) = self.said("prepare_your_pitch", ambition="word " * 150)
        assert "seconds aloud, and 60 is plenty" in said

    def test_a_reply_without_words_of_its_own_or_with_an_apology_is_told(self) -> None:
        assert self.said("respond_your_reply", acknowledge="“”") == (
            "You haven’t written anything for “Acknowledge” yet.",
        )
        (said,) = self.said("respond_your_reply", make_the_case="Unfortunately I have not")
        assert said.startswith("“unfortunately” sounds like an apology")

    def test_answers_that_lead_to_other_advice_are_told_to_which_and_why(self) -> None:
        named, *why = self.said("close_make_it_bold", confidence="3")
        assert named == "With these answers, the kit suggests the mild question."
        assert text("advice.because.not_confident", value=3) in why
        named, *why = self.said("close_make_it_bold", signs__overran="unknown")
        assert "mild" in named
        assert text("advice.because.went_either_way") in why

    def test_only_one_corner_of_the_answers_is_bold(self) -> None:
        exercise = BY_ID["close_make_it_bold"]
        values = [[value for value, _ in blank.options] for blank in exercise.blanks]

        def is_bold(given: tuple[str, ...]) -> bool:
            return check_exercise(exercise, dict(zip(slots(exercise), given, strict=True))).passed

        bold = filter(is_bold, itertools.product(*values))
        decides, rounds = ("unknown", "yes"), ("final", "first")
        assert sorted(bold) == [("yes", *rest) for rest in itertools.product(decides, rounds, "45", "45")]

    @pytest.mark.parametrize(
        ("field", "value", "reason"), [("decides", "no", "carries"), ("round", "screen", "screening")]
    )
    def test_who_sits_opposite_can_rule_the_bold_question_out(self, field: str, value: str, reason: str) -> None:
        named, *why = self.said("close_make_it_bold", **{field: value})
        assert "mild" in named
        assert text(f"advice.because.bold.{reason}") in why

    def test_another_tactic_can_be_asked_for(self) -> None:
        exercise = replace(BY_ID["close_make_it_bold"], wanted=Tactic.MILD)
        assert not check_exercise(exercise, solution(exercise)).passed
