"""Review questions come back after 1, 3, 7 and 21 days: worked out from any attempts, in any order."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closing_lib.content import exercises, reviews
from closing_lib.models import AttemptKind
from closing_lib.study.schedule import STEPS, calendar, due_on, next_review, reviews_due
from closing_lib.study.tried import Tried

DAY = dt.date(2026, 11, 20)
EXERCISES = [exercise.id for exercise in exercises()]
QUESTIONS = {review.id: review for review in reviews()}
DAYS = st.integers(0, 80).map(lambda number: DAY + dt.timedelta(days=number))
ATTEMPTS = st.lists(
    st.one_of(
        st.builds(Tried, st.just(AttemptKind.EXERCISE), st.sampled_from([*EXERCISES, "gone"]), st.booleans(), DAYS),
        st.builds(Tried, st.just(AttemptKind.REVIEW), st.sampled_from([*QUESTIONS, "gone"]), st.booleans(), DAYS),
        st.builds(Tried, st.just(AttemptKind.PRACTICE), st.just("a_case"), st.booleans(), DAYS),
    ),
    max_size=30,
)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def answer(on: dt.date, *, passed: bool = True, item: str = "close_card") -> Tried:
    return Tried(AttemptKind.REVIEW, item, passed, on)


def did(item: str, on: dt.date, *, passed: bool = True) -> Tried:
    return Tried(AttemptKind.EXERCISE, item, passed, on)


def always_right(late: list[int]) -> list[dt.date | None]:
    """Answer right each time, so many days late, and give the days on which the question was due."""
    made: list[Tried] = []
    found: list[dt.date | None] = []
    for delay in late:
        found.append(due := due_on(DAY, made))
        assert due is not None
        made.append(answer(due + days(delay)))
    return [*found, due_on(DAY, made)]


def test_always_right_and_in_time_it_comes_back_after_1_3_7_and_21_days_and_is_done() -> None:
    assert always_right([0, 0, 0, 0]) == [DAY + days(number) for number in (1, 4, 11, 32)] + [None]


@given(st.lists(st.integers(0, 400), min_size=4, max_size=4))
def test_each_step_counts_from_the_day_of_the_answer_before(late: list[int]) -> None:
    *due, last = always_right(late)
    answered = [DAY, *(day + days(delay) for day, delay in zip(due, late, strict=True) if day)]
    assert [day - before for day, before in zip(due, answered, strict=False) if day] == [days(step) for step in STEPS]
    assert last is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 50)), max_size=12))
def test_a_wrong_answer_leads_back_to_the_first_step(made: list[tuple[bool, int]]) -> None:
    given_days, day = [], DAY
    for passed, later in made:
        day += days(later)
        given_days.append(answer(day, passed=passed))
    if due_on(DAY, given_days) is None:
        return  # done for good
    wrong = day + days(5)
    assert due_on(DAY, [*given_days, answer(wrong, passed=False)]) == wrong + days(1)


@given(st.lists(DAYS, max_size=12))
def test_a_right_answer_before_its_day_changes_nothing(on: list[dt.date]) -> None:
    made: list[Tried] = []
    for day in sorted(on):
        due = due_on(DAY, made)
        after = due_on(DAY, [*made, answer(day)])
        if due is not None and day < due:
            assert after == due
        made.append(answer(day))


def test_the_same_question_answered_twice_on_a_day_takes_one_step() -> None:
    first = DAY + days(1)
    assert due_on(DAY, [answer(first), answer(first)]) == first + days(3)


def test_what_is_done_stays_done() -> None:
    due = [DAY + days(number) for number in (1, 4, 11, 32)]
    assert due_on(DAY, [*map(answer, due), answer(DAY + days(50), passed=False)]) is None


@given(ATTEMPTS)
def test_nothing_is_due_before_the_day_after_its_page_was_begun(made: list[Tried]) -> None:
    begun = {
        exercise.page: next(
            (one.on for one in made if one.passed and one.kind is AttemptKind.EXERCISE and one.item in ids), None
        )
        for exercise in exercises()
        for ids in [{other.id for other in exercises(exercise.page)}]
    }
    for day, review in calendar(made):
        start = begun[review.page]
        assert start is not None
        wrong = [one.on for one in made if one.item == review.id and not one.passed]
        assert day > min([start, *wrong])


@given(ATTEMPTS, DAYS)
def test_what_is_due_is_what_the_calendar_says_the_earliest_first(made: list[Tried], today: dt.date) -> None:
    planned = calendar(made)
    assert all(before[0] <= after[0] for before, after in pairwise(planned))
    assert len({review.id for _, review in planned}) == len(planned)
    assert reviews_due(made, today) == tuple(review for day, review in planned if day <= today)
    assert next_review(made) == (planned[0][0] if planned else None)


@given(ATTEMPTS)
def test_it_follows_from_the_attempts_alone_and_leaves_them_as_they_are(made: list[Tried]) -> None:
    before = list(made)
    assert calendar(made) == calendar(tuple(made))
    assert made == before


@given(ATTEMPTS)
def test_exercises_that_failed_and_rounds_of_practice_bring_nothing_back(made: list[Tried]) -> None:
    idle = [one for one in made if not (one.kind is AttemptKind.EXERCISE and one.passed)]
    assert calendar(idle) == ()


def test_a_page_begins_with_its_first_passed_exercise_and_no_other_page_with_it() -> None:
    made = [did("close_in_order", DAY, passed=False), did("close_which_signs", DAY + days(2))]
    made += [did("close_in_order", DAY + days(9))]
    assert {(day, review.page) for day, review in calendar(made)} == {(DAY + days(3), "02_close")}
    assert len(calendar(made)) == len(reviews("02_close"))


def test_a_full_month_of_a_diligent_person() -> None:
    made = [did("close_in_order", DAY)]
    answered = {}
    for number in range(1, 40):
        today = DAY + days(number)
        due = reviews_due(made, today)
        if due:
            answered[number] = len(due)
        made += [answer(today, item=review.id) for review in due]
    assert answered == dict.fromkeys((1, 4, 11, 32), len(reviews("02_close")))
    assert next_review(made) is None


@pytest.mark.parametrize("day", [dt.date.max, dt.date.max - days(2), dt.date.min])
def test_the_end_of_time_breaks_nothing(day: dt.date) -> None:
    assert due_on(day, []) is not None
    assert due_on(day, [answer(dt.date.max)]) in (dt.date.max, None) or day == dt.date.min
