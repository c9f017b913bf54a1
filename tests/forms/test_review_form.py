"""The review questions: those due today, one at a time, each with its why, and the day on which it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import again, is_shown, shown, static_html, text_of
from studying import attempts, on, solve

import closing_lib as cl
from closing_lib.content import reviews
from closing_lib.forms.base.fields import dump
from closing_lib.records import OutcomeLog

QUESTIONS = {review.id: review for review in reviews()}
CLOSE = reviews("02_close")


@pytest.fixture
def begun(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> OutcomeLog:
    """Give a log in which a page was begun yesterday."""
    on(monkeypatch, "2026-11-21")
    solve(cl.ExerciseForm("02_close", log), "close_in_order")
    on(monkeypatch, "2026-11-22")
    return log


def choose(form: cl.ReviewForm, *, right: bool = True) -> str:
    """Answer the question on the page, and give its id."""
    assert form.asked is not None
    answers = form.asked.answers
    place = answers.index(form.asked.right if right else form.asked.wrong[0])
    form.controls["answer"].value = str(place)
    form.check_button.click()
    return form.asked.id


def test_before_any_exercise_it_says_when_questions_begin(log: OutcomeLog) -> None:
    form = cl.ReviewForm(log)
    assert "its questions start the next day" in shown(form)
    assert not is_shown(form, form.check_button)
    assert repr(form) == "ReviewForm(nothing due)"
    assert "Run All Cells" in text_of(static_html(form))


def test_on_the_day_of_the_exercise_it_says_when_the_next_is_due(log: OutcomeLog) -> None:
    form = cl.ReviewForm(log)
    solve(cl.ExerciseForm("02_close", log), "close_in_order")
    assert "Nothing to review today. The next question comes back on 23 Nov 2026." in shown(form)
    assert form.asked is None


def test_a_question_is_asked_with_its_answers_and_nothing_given_away(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    assert form.asked == reviews("02_close")[0]
    assert f"You have {len(CLOSE)} questions today." in shown(form)
    control = form.controls["answer"]
    assert control.label == form.asked.question
    assert [label for _, label in control.options] == list(form.asked.answers)
    assert form.asked.why not in shown(form)
    assert is_shown(form, control)
    assert is_shown(form, form.check_button)
    assert form.check_button.description == "Check my answer"


def test_a_right_answer_is_told_why_and_when_it_comes_back(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    name = choose(form)
    assert f"That’s right. {QUESTIONS[name].why} It comes back on 25 Nov 2026." in shown(form)
    assert f"You have {len(CLOSE) - 1} questions today." in shown(form)
    assert form.controls["answer"].disabled
    assert attempts(begun)[-1] == ("review", name, True)


def test_a_wrong_answer_is_told_the_right_one_and_comes_back_tomorrow(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    name = choose(form, right=False)
    asked = QUESTIONS[name]
    assert f"Not quite. The right answer is “{asked.right}”. {asked.why} It comes back on 23 Nov 2026." in shown(form)
    assert attempts(begun)[-1] == ("review", name, False)


def test_the_question_stays_until_the_person_goes_on(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    name = choose(form)
    form.refresh()
    assert form.asked is not None
    assert form.asked.id == name
    assert form.check_button.description == "Next question"
    form.check_button.click()
    assert form.asked.id != name
    assert form.check_button.description == "Check my answer"
    assert form.asked.question in shown(form)  # a screen reader says it
    assert "That’s right." not in shown(form)
    assert dump(form.controls["answer"]) == ""
    assert not form.controls["answer"].disabled


def test_checking_twice_counts_once(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    choose(form)
    assert not form.check()
    assert len(attempts(begun)) == 2  # the exercise and the answer


def test_nothing_chosen_is_told_and_not_kept(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    form.check_button.click()
    assert "Choose an answer first." in shown(form)
    assert len(attempts(begun)) == 1


def test_all_of_them_answered_there_is_none_today_also_after_a_restart(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    for left in reversed(range(len(CLOSE))):
        choose(form)
        form.check_button.click()
        assert (f"You have {left} questions" in shown(form)) == (left > 1)
        assert ("You have one question" in shown(form)) == (left == 1)
    for one in (form, cl.ReviewForm(again(begun))):
        assert "The next question comes back on 25 Nov 2026." in shown(one)
        assert one.asked is None


def test_right_at_every_step_it_is_done_for_good(begun: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ""
    for day in ("2026-11-22", "2026-11-25", "2026-12-02", "2026-12-23"):
        on(monkeypatch, day)
        form = cl.ReviewForm(again(begun))
        for _ in reviews("02_close"):
            choose(form)
            said = shown(form)
            form.check_button.click()
    assert "You’ve got this one." in said
    on(monkeypatch, "2027-11-22")
    assert "You’ve got them all" in shown(cl.ReviewForm(again(begun)))


def test_an_answer_chosen_stays_while_another_form_writes(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    form.controls["answer"].value = "1"
    control = form.controls["answer"]
    solve(cl.ExerciseForm("02_close", begun), "close_which_signs")
    assert form.controls["answer"] is control
    assert control.value == "1"


def test_a_log_that_is_gone_is_told_and_the_question_stays(begun: OutcomeLog) -> None:
    form = cl.ReviewForm(begun)
    Path(begun.path).unlink()
    choose(form)
    assert "The kit can’t use your log" in shown(form)
    assert form.asked is not None
    assert form.asked.why in shown(form)
    assert "comes back on" not in shown(form).partition("That’s right.")[2]
    assert is_shown(form, form.check_button)
