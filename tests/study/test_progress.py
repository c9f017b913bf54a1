from __future__ import annotations

import datetime as dt

from closing_lib.content import exercises, reviews
from closing_lib.models import AttemptKind
from closing_lib.study.progress import PageProgress, progress, rounds_played
from closing_lib.study.tried import Tried, passed_exercises

DAY = dt.date(2026, 11, 20)


def tried(item: str, *, passed: bool = True, on: dt.date = DAY, kind: AttemptKind = AttemptKind.EXERCISE) -> Tried:
    return Tried(kind, item, passed, on)


def test_nothing_tried() -> None:
    pages = progress([], DAY)
    assert [page.page[:2] for page in pages] == ["00", "01", "02", "03", "04", "05", "06", "07"]
    assert sum(page.of for page in pages) == len(exercises())
    assert all((page.done, page.due, page.next_on, page.has_begun) == (0, 0, None, False) for page in pages)


def test_an_exercise_counts_once_passed_and_stays_so() -> None:
    made = [tried("close_in_order", passed=False), tried("close_in_order"), tried("close_in_order", passed=False)]
    assert passed_exercises(made) == {"close_in_order"}
    made += [tried("close_in_order"), tried("taken_out_since")]
    close = progress(made, DAY)[2]
    assert close == PageProgress("02_close", 1, 8, 0, DAY + dt.timedelta(days=1), has_begun=True)


def test_a_review_or_a_round_is_no_exercise() -> None:
    made = [tried("close_in_order", kind=kind) for kind in (AttemptKind.REVIEW, AttemptKind.PRACTICE)]
    assert passed_exercises(made) == frozenset()
    assert rounds_played(made) == 1


def test_reviews_are_due_from_the_next_day_and_are_done_in_the_end() -> None:
    made = [tried("close_in_order")]
    assert progress(made, DAY + dt.timedelta(days=1))[2].due == len(reviews("02_close"))
    for number in (1, 4, 11, 32):
        on = DAY + dt.timedelta(days=number)
        made += [tried(review.id, on=on, kind=AttemptKind.REVIEW) for review in reviews("02_close")]
    close = progress(made, DAY + dt.timedelta(days=99))[2]
    assert (close.due, close.next_on, close.has_begun) == (0, None, True)
