"""How far the person has come, page by page, in words."""

from __future__ import annotations

import re

import pytest
from driving import again, html_below, sheet, static_html, text_of
from studying import on, solve

import closing_lib as cl
from closing_lib.content import exercises, reviews
from closing_lib.content.pages import pages
from closing_lib.records import OutcomeLog


def rows(view: cl.ProgressView) -> dict[str, list[str]]:
    """Give the cells beside each page."""
    found = {}
    for row in re.findall("<tr>(.*?)</tr>", html_below(view.view).partition("<tbody>")[2]):
        name, *cells = (text_of(cell) for cell in re.findall("<td>(.*?)</td>", row))
        found[name] = cells
    return found


def test_at_first_nothing_is_begun_and_no_invented_person_is_shown(log: OutcomeLog) -> None:
    view = cl.ProgressView(log)
    assert list(rows(view)) == [page.title for page in pages()]
    assert rows(view)["Choose your close"] == ["8 to do", "after your first exercise"]
    total = sum(len(exercises(page.name)) for page in pages())
    assert f"Exercises done: 0 of {total}. Review questions today: 0. Practice interviews: 0." in sheet(view)
    assert "invented" not in sheet(view)


def test_each_page_is_a_link_to_itself(log: OutcomeLog) -> None:
    links = re.findall(r'<a href="(\w+)\.ipynb">(.*?)</a>', html_below(cl.ProgressView(log).view))
    assert links == [(page.name, page.title) for page in pages()]


def test_it_follows_the_forms_of_its_page_and_outlives_a_restart(log: OutcomeLog) -> None:
    view = cl.ProgressView(log)
    form = cl.ExerciseForm("02_close", log)
    solve(form, "close_in_order")
    for one in (view, cl.ProgressView(again(log))):
        assert rows(one)["Choose your close"] == ["1 of 8 done", "next on 23 Nov 2026"]
    for exercise in exercises("02_close"):
        solve(form, exercise.id)
    assert rows(view)["Choose your close"][0] == "all 8 done"


def test_what_is_due_is_counted(log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    solve(cl.ExerciseForm("02_close", log), "close_in_order")
    solve(cl.ExerciseForm("00_start_here", log), "start_what_decides")
    on(monkeypatch, "2026-11-23")
    view = cl.ProgressView(log)
    assert rows(view)["Choose your close"][1] == f"{len(reviews('02_close'))} today"
    assert f"Review questions today: {len(reviews('02_close')) + len(reviews('00_start_here'))}." in sheet(view)
    for day in ("2026-11-23", "2026-11-26", "2026-12-03", "2026-12-24"):
        on(monkeypatch, day)
        for review in reviews("02_close"):
            log.add_attempt("review", review.id, passed=True, detail={"on": day})
    view.refresh()
    assert rows(view)["Choose your close"][1] == "all done"


def test_rounds_of_practice_are_counted(log: OutcomeLog) -> None:
    for passed in (True, False):
        log.add_attempt("practice", "a_case", passed=passed)
    assert "Practice interviews: 2." in sheet(cl.ProgressView(log))


def test_an_attempt_that_was_added_by_other_means_counts_from_its_stamp(log: OutcomeLog) -> None:
    for detail in (None, {"on": "soon"}):
        log.add_attempt("exercise", "close_in_order", passed=True, detail=detail)
    assert rows(cl.ProgressView(log))["Choose your close"][0] == "1 of 8 done"


def test_the_page_that_is_read_and_not_run_shows_it_too(log: OutcomeLog) -> None:
    assert "Your progress" in text_of(static_html(cl.ProgressView(log)))
    assert repr(cl.ProgressView(log)) == "ProgressView()"
