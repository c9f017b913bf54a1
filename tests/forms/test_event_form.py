"""The event form: what has happened since, under the application it happened to, offered as soon as there is one."""

from __future__ import annotations

import datetime as dt

import pytest
from driving import ACME, TODAY, again, fill, is_shown, save, sheet, status, with_one_application

import closing_lib as cl
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.records import EventRow, InterviewRow, OutcomeLog


def entered(log: OutcomeLog) -> list[EventRow]:
    return [row for row in again(log).rows(EventRow) if row.event is not None]


@pytest.mark.parametrize("kind", EventKind)
def test_each_kind_is_saved_and_said(log: OutcomeLog, kind: EventKind) -> None:
    application = log.add_application("Acme", "Analyst")
    form = cl.EventForm(log)
    said = save(form, {"application": application, "kind": kind, "on": dt.date(2026, 11, 21), "note": "By letter."})
    (row,) = entered(log)
    assert (row.application, row.kind, row.on, row.note) == (application, kind, dt.date(2026, 11, 21), "By letter.")
    assert said == f"Saved: {text(f'log_forms.event.kind_options.{kind}')}; Acme, Analyst, 21 Nov 2026."
    assert form.answers == {"application": None, "kind": None, "on": TODAY, "note": None}
    assert again(log).draft("event") is None


def test_save_waits_for_application_kind_and_day(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    form = cl.EventForm(log)
    form.controls["on"].value = None
    for name, value in {"application": application, "kind": "offer", "on": TODAY}.items():
        assert form.save_button.disabled
        assert form.fields[name].label in status(form)
        form.controls[name].value = value
    assert not form.save_button.disabled
    assert status(form) == text("forms.common.unsaved")


def test_a_new_application_is_offered_at_once_and_first(log: OutcomeLog) -> None:
    log.add_application("Older", "Clerk")
    interviews, events = cl.LogForm(log=log), cl.EventForm(log)
    save(interviews, ACME)
    log.add_event(log.add_application("Newest", "Clerk"), "rejected", on="2026-11-21")
    events.refresh()
    assert [label for label, _ in events.controls["application"].options] == [
        "Choose one",
        "Acme, Analyst · interviewed 22 Nov 2026 · still open",
        "Older, Clerk · still open",
        "Newest, Clerk · rejected 21 Nov 2026",
    ]
    save(events, {"application": 2, "kind": "thank_you"})
    assert [row.kind for row in again(log).rows(EventRow, application=2) if row.event] == [EventKind.THANK_YOU]


def test_what_is_being_entered_stays_while_another_form_writes(log: OutcomeLog) -> None:
    first = with_one_application(log)
    interviews, events = cl.LogForm(log=log), cl.EventForm(log)
    fill(events, {"application": first, "kind": "offer", "note": "By phone"})
    given = events.answers
    save(interviews, {"company": "Beta", "role": "Clerk"})
    assert events.answers == given
    assert cl.EventForm(again(log)).answers == given


def test_two_applications_of_one_name_are_told_apart(log: OutcomeLog) -> None:
    first, second = log.add_application("Acme", "Analyst"), log.add_application("Acme", "Analyst")
    form = cl.EventForm(log)
    save(form, {"application": first, "kind": "nudge"})
    save(form, {"application": second, "kind": "offer"})
    assert [(row.application, row.kind) for row in entered(log)] == [(first, "nudge"), (second, "offer")]


def test_an_outcome_locks_the_assessment_and_shows_in_the_views(log: OutcomeLog) -> None:
    assessment = cl.AssessmentForm(log)
    fill(assessment, {"round": "first", **dict.fromkeys(["felt", "confidence", "risk"], "4")})
    save(cl.LogForm(assessment), {**ACME, "held_on": dt.date(2026, 11, 20)})
    due, events = cl.DueView(log), cl.EventForm(log)
    assert "Acme, Analyst" in sheet(due)
    save(events, {"application": 1, "kind": "rejected"})
    assert text("outcomes.view.empty_due") in sheet(due)
    assert log.rows(InterviewRow)[0].locked_at is not None


def test_two_kernels_add_to_one_history(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    here, there = cl.EventForm(log), cl.EventForm(again(log))
    fill(here, {"application": application, "kind": "thank_you"})
    fill(there, {"application": application, "kind": "nudge"})
    save(here)
    save(there)
    assert [row.kind for row in entered(log)] == [EventKind.THANK_YOU, EventKind.NUDGE]


def test_an_application_that_another_kernel_deleted_is_no_longer_offered(log: OutcomeLog) -> None:
    application = log.add_application("Acme")
    form = cl.EventForm(log)
    fill(form, {"application": application, "kind": "offer", "note": "By phone"})
    again(log).delete_application(application)
    form.save_button.click()
    assert entered(log) == []
    assert form.save_button.disabled
    assert form.answers["application"] is None
    assert (form.answers["kind"], form.answers["note"]) == ("offer", "By phone")


def test_without_an_application_it_says_what_comes_first(log: OutcomeLog) -> None:
    assert text("log_forms.event.none_yet") in status(cl.EventForm(log))


class TestThanks:
    """The duty to thank is to each person who was met."""

    @pytest.fixture
    def form(self, log: OutcomeLog) -> cl.EventForm:
        application = log.add_application("Acme", "Analyst")
        log.add_interview(application, "2026-11-10", interviewers="Mr Before")
        log.add_interview(application, "2026-11-20", interviewers="Ana Lid, Ben Gale and Ms Spout")
        form = cl.EventForm(log)
        fill(form, {"application": application, "kind": "thank_you"})
        return form

    def test_one_after_the_other_and_what_is_due_says_who_is_left(self, form: cl.EventForm, log: OutcomeLog) -> None:
        due, again_thanked = cl.DueView(log), {"application": 1, "kind": "thank_you", "note": "by mail"}
        assert "Send the thank-you letter to Ana Lid, Ben Gale, Ms Spout" in sheet(due)
        assert is_shown(form, form.thanked)
        assert status(form) == "Still to answer: Who did you thank?"
        form.thanked.value = "Ana Lid"
        assert save(form).endswith("Next: thank Ben Gale, then Ms Spout.")
        assert "Send the thank-you letter to Ben Gale, Ms Spout" in sheet(due)
        fill(form, again_thanked)
        assert [key for key, _ in form.thanked.options] == ["Ben Gale", "Ms Spout", "*"]
        form.thanked.value = "Ms Spout"
        assert save(form).endswith("Next: thank Ben Gale.")
        assert not form.thanked.options
        said = save(form, again_thanked)  # who is meant is clear
        assert said.endswith("Next: if you haven’t heard by 27 Nov 2026, ask if there’s any news.")
        assert "thank-you" not in sheet(due)
        assert [row.note for row in entered(log)] == ["Ana Lid", "Ms Spout, by mail", "by mail"]

    def test_all_at_once(self, form: cl.EventForm, log: OutcomeLog) -> None:
        form.thanked.value = "*"
        save(form)
        assert [row.note for row in entered(log)] == ["Ana Lid, Ben Gale, Ms Spout"]

    def test_is_not_asked_of_anything_else(self, form: cl.EventForm) -> None:
        form.controls["kind"].value = "nudge"
        assert not is_shown(form, form.thanked)
        assert not form.save_button.disabled

    def test_is_nobody_s_after_an_answer(self, form: cl.EventForm) -> None:
        said = save(form, {"kind": "rejected"})
        assert "Next" not in said
