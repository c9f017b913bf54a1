"""The event form: what has happened since, under the application it happened to, offered as soon as there is one."""

from __future__ import annotations

import datetime as dt

import pytest
from driving import ACME, TODAY, again, fill, save, sheet, status, with_one_application

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
    assert [label for label, _ in events.controls["application"].options] == [
        "Choose one",
        "Acme, Analyst",
        "Older, Clerk",
    ]
    save(events, {"application": 2, "kind": "thank_you"})
    assert [(row.application, row.kind) for row in entered(log)] == [(2, EventKind.THANK_YOU)]


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
