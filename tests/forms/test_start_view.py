"""The start page: three ways on, and what is due today; each row leads to the form for it, and chooses there."""

from __future__ import annotations

import re

import pytest
from driving import sheet, text_of, with_one_application

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.base import watch
from closing_lib.records import OutcomeLog


def ways(log: OutcomeLog) -> list[tuple[str, str]]:
    """Give where each link of the start page leads, and what it says."""
    links = re.findall('<a href="(.*?)">(.*?)</a>', cl.StartView(log)._sheet.value)
    return [(way, text_of(said)) for way, said in links]


def days_ago(log: OutcomeLog, company: str, days: int, **more: str) -> int:
    return log.add_interview(log.add_application(company), f"2026-11-{22 - days:02}", **more)


def test_the_first_visit_offers_three_ways_on_and_says_what_will_be_there(log: OutcomeLog) -> None:
    assert [way for way, _ in ways(log)] == ["01_prepare.ipynb", "02_close.ipynb", "02_close.ipynb"]
    assert text("start_page.due.nothing_yet") in sheet(cl.StartView(log))


def test_each_row_that_is_due_leads_to_the_form_for_it(log: OutcomeLog) -> None:
    days_ago(log, "Birch", 21)
    for kind, on in {"thank_you": "2026-11-02", "nudge": "2026-11-09"}.items():
        log.add_event(1, kind, on=on)
    days_ago(log, "Acme & Co", 2, interviewers="Ms Wick, Mr Flint")
    log.add_event(1, "nudge", on="2026-11-13")
    _, _, waiting, *due = ways(log)
    assert due == [
        (
            "04_follow_up.ipynb#thank_you:2",
            "Send the thank-you letter to Ms Wick, Mr Flint Acme & Co · 21 Nov 2026 overdue",
        ),
        ("05_outcomes.ipynb#no_reply:1", "Close it as no reply, and keep applying elsewhere Birch · 23 Nov 2026"),
        ("04_follow_up.ipynb#nudge:2", "Ask if there’s any news Acme & Co · 27 Nov 2026"),
    ]
    assert waiting[0] == due[0][0]  # who waits begins with the most urgent


def test_who_waits_with_nothing_due_goes_to_the_letters(log: OutcomeLog) -> None:
    with_one_application(log)
    _, _, (waiting, _), *later = ways(log)
    assert waiting == "04_follow_up.ipynb"
    assert [way for way, _ in later] == ["04_follow_up.ipynb#nudge:1"]
    assert text("start_page.due.nothing") in sheet(cl.StartView(log))


def test_many_rows_are_cut_short_and_the_rest_is_a_click_away(log: OutcomeLog) -> None:
    for number in range(6):
        days_ago(log, f"Company {number}", 2)
    due = [said for way, said in ways(log) if "#thank_you" in way]
    assert len(due) == 5  # four, and the first once more for who waits
    assert ("04_follow_up.ipynb", "2 more on “Follow up”") in ways(log)


def test_review_questions_are_due_too(log: OutcomeLog) -> None:
    log.add_attempt("exercise", "start_what_decides", True, {"on": "2026-11-20"})
    assert ("00_start_here.ipynb#review", text("start_page.due.review", n=3)) in ways(log)
    assert "ck-review" in cl.ReviewForm(log).view.children[1]._dom_classes


class TestALinkChooses:
    def test_the_interview_the_letter_and_who_is_still_to_thank(self, log: OutcomeLog) -> None:
        application = log.add_application("Acme")
        log.add_interview(application, "2026-11-20", interviewers="Ms Wick, Mr Flint")
        log.add_event(application, "thank_you", on="2026-11-21", note="Ms Wick")
        days_ago(log, "Newer", 1)
        form = cl.FollowUpForm(log)
        watch.follow("thank_you:1")
        assert [form.answers[name] for name in ("interview", "kind", "person")] == [1, "thank_you", "Mr Flint"]
        watch.follow("nudge:2")
        assert [form.answers[name] for name in ("interview", "kind")] == [2, "nudge"]
        for unknown in ("nudge:77", "nudge", "no_reply:1", "review"):
            watch.follow(unknown)
        assert [form.answers[name] for name in ("interview", "kind")] == [2, "nudge"]

    def test_what_happened_and_to_which_application(self, log: OutcomeLog) -> None:
        days_ago(log, "Acme", 20)
        form = cl.EventForm(log)
        watch.follow("no_reply:1")
        assert [form.answers[name] for name in ("application", "kind")] == [1, "no_reply"]
        assert not form.save_button.disabled

    def test_on_a_page_that_only_begins(self, log: OutcomeLog, monkeypatch: pytest.MonkeyPatch) -> None:
        days_ago(log, "Acme", 2)
        days_ago(log, "Newer", 1)
        for name in ("_is_page", "_link"):
            monkeypatch.setattr(watch, name, getattr(watch, name))
        watch.begin_page("nudge:1")
        form = cl.FollowUpForm(log)
        assert [form.answers[name] for name in ("interview", "kind")] == [1, "nudge"]
