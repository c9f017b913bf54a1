"""The exercises of a page: what is wrong is said, a hint comes before the solution, what was done stays done."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import again, html_below, is_shown, shown, tags_of, text_of
from studying import BY_ID, attempts, enter, part_text, solve
from test_escaping import AWKWARD

import closing_lib as cl
from closing_lib.content import Exercise, exercises
from closing_lib.forms.study.exercise_fields import answer_to
from closing_lib.models import ExerciseKind
from closing_lib.records import AttemptRow, OutcomeLog
from closing_lib.study.checks import CHOSEN, solution

PAGES = list(dict.fromkeys(exercise.page for exercise in exercises()))
POOR = "close_after_a_poor_one"


@pytest.fixture
def form(log: OutcomeLog) -> cl.ExerciseForm:
    return cl.ExerciseForm("02_close", log)


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_each_exercise_is_solved_by_its_solution_and_says_so_in_words(self, log: OutcomeLog, page: str) -> None:
        form = cl.ExerciseForm(page, log)
        for place, exercise in enumerate(exercises(page)):
            assert "not done yet" in part_text(form, exercise.id)
            solve(form, exercise.id)
            assert "✓ done" in part_text(form, exercise.id)
            assert exercise.done in part_text(form, exercise.id)
            assert f"{place + 1} of {len(exercises(page))} done." in shown(form)
        assert attempts(log) == [("exercise", exercise.id, True) for exercise in exercises(page)]

    def test_what_was_done_shows_as_done_after_a_restart(self, log: OutcomeLog, page: str) -> None:
        first, second, *_ = exercises(page)
        solve(cl.ExerciseForm(page, log), first.id)
        form = cl.ExerciseForm(page, again(log))
        assert "✓ done" in part_text(form, first.id)
        assert "not done yet" in part_text(form, second.id)

    def test_its_buttons_say_to_which_exercise_they_belong(self, log: OutcomeLog, page: str) -> None:
        form = cl.ExerciseForm(page, log)
        parts = form.parts.values()
        labels = [b.description for part in parts for b in (part.check_button, part.hint_button, part.solution_button)]
        assert len(set(labels)) == len(labels)
        assert all(set(part.check_button.waits_for) for part in parts)

    def test_no_two_questions_read_the_same(self, log: OutcomeLog, page: str) -> None:
        labels = [field.label for field in cl.ExerciseForm(page, log).fields.values()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
def test_what_is_entered_is_what_is_checked(log: OutcomeLog, exercise: Exercise) -> None:
    form = cl.ExerciseForm(exercise.page, log)
    enter(form, exercise.id, solution(exercise))
    assert answer_to(exercise, form.answers) == solution(exercise)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
def test_the_solution_is_shown_in_the_words_of_the_page(log: OutcomeLog, exercise: Exercise) -> None:
    form = cl.ExerciseForm(exercise.page, log)
    form.parts[exercise.id].hint_button.click()
    form.parts[exercise.id].solution_button.click()
    told = part_text(form, exercise.id)
    for option in exercise.options:
        assert option.text in told or (exercise.kind is ExerciseKind.ONE and not option.right)
    for blank in exercise.blanks:
        assert dict(blank.options).get(blank.solution, blank.solution) in told


def test_one_exercise_is_on_the_page_the_first_that_is_not_done(form: cl.ExerciseForm, log: OutcomeLog) -> None:
    views = [part.view for part in form.parts.values()]

    def place(form: cl.ExerciseForm) -> list[int]:
        return [n for n, part in enumerate(form.parts.values()) if is_shown(form, part.view)]

    assert place(form) == [0]
    assert form.back_button.disabled
    solve(form, next(iter(form.parts)))
    assert place(form) == [0], "what is said of it stays in sight"
    assert place(cl.ExerciseForm("02_close", again(log))) == [1]
    for wanted in range(1, len(views)):
        form.next_button.click()
        assert place(form) == [wanted]
    assert form.next_button.disabled
    form.back_button.click()
    assert place(form) == [len(views) - 2]


class TestOneExercise:
    def test_a_wrong_answer_is_told_why_and_kept_as_an_attempt(self, form: cl.ExerciseForm, log: OutcomeLog) -> None:
        enter(form, POOR, {CHOSEN: "bold"})
        form.parts[POOR].check_button.click()
        assert "Not quite." in part_text(form, POOR)
        assert "would embarrass you both" in part_text(form, POOR)
        assert "not done yet" in part_text(form, POOR)
        assert attempts(log) == [("exercise", POOR, False)]

    def test_what_is_not_whole_is_told_and_counts_as_no_attempt(self, form: cl.ExerciseForm, log: OutcomeLog) -> None:
        for name, part in form.parts.items():
            part.check_button.click()
            assert "Not quite." in part_text(form, name)
            assert part.solution_button.disabled
        assert attempts(log) == []

    def test_a_solution_comes_only_after_a_hint(self, form: cl.ExerciseForm) -> None:
        part = form.parts[POOR]
        assert part.solution_button.disabled
        assert BY_ID[POOR].hint not in part_text(form, POOR)
        part.hint_button.click()
        assert BY_ID[POOR].hint in part_text(form, POOR)
        assert not part.solution_button.disabled
        assert form.parts["close_in_order"].solution_button.disabled

    def test_or_after_a_failed_check_also_after_a_restart(self, form: cl.ExerciseForm, log: OutcomeLog) -> None:
        enter(form, POOR, {CHOSEN: "mild"})
        form.parts[POOR].check_button.click()
        assert not form.parts[POOR].solution_button.disabled
        later = cl.ExerciseForm("02_close", again(log))
        assert not later.parts[POOR].solution_button.disabled
        assert later.parts["close_in_order"].solution_button.disabled

    def test_the_solution_does_not_answer_for_the_person(self, form: cl.ExerciseForm, log: OutcomeLog) -> None:
        form.parts[POOR].hint_button.click()
        form.parts[POOR].solution_button.click()
        assert form.answers[f"{POOR}.{CHOSEN}"] is None
        assert attempts(log) == []

    def test_whether_it_was_helped_is_kept_and_what_was_written_is_not(
        self, form: cl.ExerciseForm, log: OutcomeLog
    ) -> None:
        form.parts[POOR].hint_button.click()
        solve(form, POOR)
        solve(form, "close_in_order")
        first, second = log.rows(AttemptRow)
        assert first.detail == {"on": "2026-11-22", "hinted": True, "solution_shown": False}
        assert second.detail == {"on": "2026-11-22", "hinted": False, "solution_shown": False}

    def test_a_later_mistake_does_not_undo_what_was_done(self, form: cl.ExerciseForm) -> None:
        solve(form, POOR)
        enter(form, POOR, {CHOSEN: "bold"})
        form.parts[POOR].check_button.click()
        assert "✓ done" in part_text(form, POOR)
        assert "Not quite." in part_text(form, POOR)

    def test_what_is_said_reaches_a_screen_reader(self, form: cl.ExerciseForm) -> None:
        part = html_below(form.parts[POOR].view)
        assert part.count('role="status"') == 1  # a live region has to be there before something is said in it
        form.parts[POOR].hint_button.click()
        solve(form, POOR)
        assert '<div role="status"><p><strong>That’s right.' in html_below(form.parts[POOR].view)


def test_a_page_without_exercises_names_those_with(log: OutcomeLog) -> None:
    with pytest.raises(ValueError, match="There are no exercises for 07_nowhere; choose one of 00_start_here, 01_"):
        cl.ExerciseForm("07_nowhere", log)


@pytest.mark.parametrize("typed", AWKWARD.values(), ids=AWKWARD)
def test_what_is_typed_is_shown_as_typed_and_is_no_part_of_the_page(log: OutcomeLog, typed: str) -> None:
    form = cl.ExerciseForm("01_prepare", log)

    def shown_for(said: str) -> tuple[list[str], str]:
        enter(form, "prepare_your_question", {"question": f"[{said}] in York?"})
        form.parts["prepare_your_question"].check_button.click()
        part = html_below(form.parts["prepare_your_question"].view)
        return tags_of(part), text_of(part)

    plain_tags, _ = shown_for("Qwyx")
    tags, told = shown_for("<img src=x onerror=alert(1)>" + typed[:40].replace("[", "").replace("]", ""))
    assert [tag for tag in tags if tag.startswith(("<img", "<script", "<h1"))] == []
    assert tags[: len(plain_tags) // 2] == plain_tags[: len(plain_tags) // 2]
    assert "<img src=x onerror=alert(1)>" in told


def test_a_log_that_is_gone_is_told_and_the_exercises_go_on(form: cl.ExerciseForm, log: OutcomeLog) -> None:
    Path(log.path).unlink()
    solve(form, POOR)
    assert "✓ done" in part_text(form, POOR)
    assert "The kit can’t use your log" in shown(form)


def test_two_forms_of_a_page_agree(form: cl.ExerciseForm, log: OutcomeLog) -> None:
    other = cl.ExerciseForm("02_close", again(log))
    solve(form, POOR)
    assert "✓ done" in part_text(other, POOR)
