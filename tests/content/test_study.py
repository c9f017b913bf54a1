"""The exercises and the review questions: enough on every page, well formed, and a wrong block says what to fix."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from closing_lib.content import ContentError, ExerciseOption, exercises, loading, reviews
from closing_lib.content.exercises import Exercise, _exercise
from closing_lib.content.pages import Page, pages
from closing_lib.content.reviews import _review
from closing_lib.models import ExerciseKind

PAGES = (
    "00_start_here",
    "01_prepare",
    "02_close",
    "03_respond",
    "04_follow_up",
    "05_outcomes",
    "06_practise",
    "07_many_people",
)


def test_every_page_has_two_to_eight_exercises() -> None:
    counted = Counter(exercise.page for exercise in exercises())
    assert tuple(counted) == PAGES
    assert all(2 <= number <= 8 for number in counted.values())
    assert max(counted, key=lambda page: counted[page]) == "02_close"  # the choice is what there is most to learn about


def test_every_page_has_three_to_ten_review_questions() -> None:
    counted = Counter(review.page for review in reviews())
    assert tuple(counted) == PAGES
    assert all(3 <= number <= 10 for number in counted.values())


def test_there_are_exercises_of_every_kind() -> None:
    assert {exercise.kind for exercise in exercises()} == set(ExerciseKind)
    assert {exercise.check for exercise in exercises()} == {"", "question", "pitch", "reply", "advice"}


def test_no_id_is_there_twice_and_each_begins_with_its_page() -> None:
    ids = [one.id for one in (*exercises(), *reviews())]
    assert len(set(ids)) == len(ids)
    for one in (*exercises(), *reviews()):
        assert one.id.startswith(one.page.split("_")[1] + "_"), one.id


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_page_shows_its_exercises_before_the_code(page: Page) -> None:
    code = [cell.source for cell in page.cells if cell.is_code]
    assert [source for source in code if "ExerciseForm" in source] == [f'cl.ExerciseForm("{page.name}")']


def test_the_start_page_shows_where_one_is() -> None:
    code = "\n".join(cell.source for cell in pages()[0].cells if cell.is_code)
    assert code.index("ProgressView()") < code.index("ReviewForm()")


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
def test_a_hint_does_not_give_the_answer_away(exercise: Exercise) -> None:
    given_away = [option.text for option in exercise.options] + [
        blank.solution for blank in exercise.blanks if len(blank.solution) > 3
    ]
    assert not [one for one in given_away if one.casefold() in exercise.hint.casefold()]


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
def test_every_sentence_ends_as_one(exercise: Exercise) -> None:
    for said in (exercise.task, exercise.hint, exercise.done, *(option.why for option in exercise.options)):
        assert said[-1] in ".?”", said


@pytest.mark.parametrize("exercise", exercises(), ids=lambda one: one.id)
def test_what_is_said_of_an_option_is_its_own(exercise: Exercise) -> None:
    assert len({option.why for option in exercise.options}) == len(exercise.options)
    assert len({option.text for option in exercise.options}) == len(exercise.options)


def test_review_answers_are_short_and_stand_in_the_order_of_the_alphabet() -> None:
    for review in reviews():
        assert list(review.answers) == sorted(review.answers, key=str.casefold)
        assert review.right in review.answers
        assert review.question.endswith("?")
    first = sum(review.answers[0] == review.right for review in reviews())
    assert 0 < first < len(reviews()) * 0.6  # the alphabet gives nothing away


# --- Wrong blocks

OPTIONS = [{"id": "a", "text": "A", "why": "w", "right": True}, {"id": "b", "text": "B", "why": "v"}]
ONE = {
    "id": "x",
    "page": "02_close",
    "kind": "one",
    "task": "t",
    "hint": "h",
    "done": "d",
    "sources": ["S6"],
    "option": OPTIONS,
}
WRITE = ONE | {"kind": "write", "option": [], "blank": [{"id": "a", "label": "l", "solution": "s"}]}


def test_a_right_block_is_an_exercise() -> None:
    made = _exercise(ONE, "here")
    assert made.options == (ExerciseOption("a", "A", "w", right=True), ExerciseOption("b", "B", "v"))
    assert hash(made) == hash(_exercise(ONE, "there"))


@pytest.mark.parametrize(
    ("block", "why"),
    [
        (ONE | {"kind": "guess"}, "ExerciseKind 'guess' is not known; choose one of one, several, order, write"),
        (ONE | {"mood": "good"}, "mood"),
        ({name: value for name, value in ONE.items() if name != "task"}, "task"),
        (ONE | {"page": "close"}, "'close' is no page; write its name, such as 02_close"),
        (ONE | {"sources": []}, "names no source; write the points"),
        (ONE | {"sources": ["S25"]}, "'S25' is no point of the source article; choose among S1 to S24"),
        (ONE | {"option": OPTIONS[1:] * 2}, "the id 'b' is there twice; give each"),
        (ONE | {"option": OPTIONS[1:]}, "0 of 1 options are right; write at least two, one of them with right = true"),
        (ONE | {"option": [{"id": "a"}]}, "text"),
        (ONE | {"wanted": "mild"}, "a case needs the tactic that the kit advises in it, and the other way round"),
        (ONE | {"case": {"felt": 4}}, "a case needs the tactic"),
        (ONE | {"kind": "several", "option": OPTIONS[:1]}, "1 of 1 options are right; there must be right and wrong"),
        (ONE | {"kind": "order"}, "at least three options in the right order"),
        (WRITE | {"check": "spelling"}, "a check: one of question, pitch, reply, advice"),
        (WRITE | {"check": "question"}, "the check of question needs words; write words = "),
        (WRITE | {"check": "pitch"}, "needs seconds"),
        (WRITE | {"check": "advice", "wanted": "rude", "case": {"felt": 4}}, "Tactic 'rude' is not known; choose one"),
        (WRITE | {"check": "advice"}, "needs wanted and case; write wanted"),
        (WRITE | {"check": "reply", "blank": [{"id": "a", "label": "l", "solution": "s", "options": ["x"]}]}, "unpack"),
    ],
)
def test_a_wrong_exercise_says_where_it_stands_and_what_to_mend(block: dict[str, object], why: str) -> None:
    with pytest.raises(ContentError, match=f"^here: .*{why}") as caught:
        _exercise(block, "here")
    assert "\n" not in str(caught.value)


REVIEW = {"id": "x", "page": "02_close", "question": "q", "right": "a", "wrong": ["b"], "why": "w", "sources": ["S6"]}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"wrong": []}, "its answers must differ; write one right answer, and at least one wrong one"),
        ({"wrong": ["b", "a"]}, "its answers must differ"),
        ({"sources": ["6"]}, "'6' is no point"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_a_wrong_review_question_says_where_it_stands_and_what_to_mend(wrong: dict[str, object], why: str) -> None:
    assert _review(REVIEW, "here").answers == ("a", "b")
    with pytest.raises(ContentError, match=f"^here: .*{why}"):
        _review(REVIEW | wrong, "here")


def test_exercises_and_review_questions_are_given_page_by_page() -> None:
    assert exercises("no_such_page") == reviews("no_such_page") == ()
    assert sum(len(exercises(page)) for page in PAGES) == len(exercises())


def test_a_language_without_the_file_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    with pytest.raises(ContentError, match=r"^en/exercises\.toml is not there; copy it from another language"):
        loading.read_blocks("en", "exercises", "exercise")
