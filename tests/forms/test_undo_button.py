"""After each save and delete there is a way back; a mistake in the kit shows itself, and is no trouble of the log."""

from __future__ import annotations

import datetime as dt

import pytest
from driving import ACME, BOLD, fill, is_shown, pick, save, shown, status, with_one_application

import closing_lib as cl
from closing_lib.content import text
from closing_lib.forms.base.fields import load
from closing_lib.forms.outcomes.record_form import RecordForm
from closing_lib.records import ApplicationRow, AssessmentRow, EventRow, InterviewRow, OutcomeLog


def held(log: OutcomeLog) -> list[tuple[object, ...]]:
    return [log.rows(kind) for kind in (ApplicationRow, InterviewRow, EventRow, AssessmentRow)]


def saved(name: str, log: OutcomeLog) -> RecordForm:
    """Save something with a form."""
    if name == "event":
        form: RecordForm = cl.EventForm(log)
        save(form, {"application": 1, "kind": "rejected"})
    elif name == "interview":
        form = cl.LogForm(log=log)
        save(form, {"company": "Beta", "role": "Clerk"})
    elif name == "assessed interview":
        assessment = cl.AssessmentForm(log)
        fill(assessment, BOLD)
        form = cl.LogForm(assessment)
        save(form, {**ACME, "response": "declined"})
    else:
        form = cl.ChangeForm(log)
        pick(form, "application")
        if name == "change":
            save(form, {"application.applied_on": dt.date(2026, 11, 1)})
        else:
            form.delete_button.click()
            form.confirm_button.click()
    return form


@pytest.mark.parametrize("name", ["event", "interview", "assessed interview", "change", "delete"])
def test_what_was_saved_or_deleted_is_taken_back_with_one_click(log: OutcomeLog, name: str) -> None:
    with_one_application(log)
    before, view = held(log), cl.OutcomesView(log)
    form = saved(name, log)
    assert held(log) != before
    assert is_shown(form, form.undo_button)
    form.undo_button.click()
    assert held(log) == before
    assert status(form).startswith("Undone. ")
    assert not is_shown(form, form.undo_button)
    assert view._sheet.value == cl.OutcomesView(log)._sheet.value


def test_it_is_there_only_while_the_form_says_what_it_did(log: OutcomeLog) -> None:
    with_one_application(log)
    form = cl.EventForm(log)
    assert not is_shown(form, form.undo_button)
    save(form, {"application": 1, "kind": "offer"})
    form.controls["note"].value = "the next"
    assert not is_shown(form, form.undo_button)


def test_it_takes_back_nothing_else_than_it_says(log: OutcomeLog) -> None:
    with_one_application(log)
    form, other = cl.EventForm(log), cl.EventForm(log)
    save(form, {"application": 1, "kind": "nudge"})
    save(other, {"application": 1, "kind": "advanced"})
    before = held(log)
    form.undo_button.click()
    assert held(log) == before
    assert "has changed since then. Undo that first." in shown(form)


class Mistaken(cl.EventForm):
    """A form with a mistake in it."""

    mistake: Exception

    def write(self, log: OutcomeLog) -> str:
        """Write, and then fail."""
        super().write(log)
        raise self.mistake


@pytest.mark.parametrize("mistake", [ValueError("not enough values to unpack"), KeyError("x"), TypeError("x")])
def test_a_mistake_in_a_form_shows_itself(log: OutcomeLog, mistake: Exception) -> None:
    with_one_application(log)
    form = Mistaken(log)
    form.mistake = mistake
    fill(form, {"application": 1, "kind": "offer"})
    with pytest.raises(type(mistake)):
        form.save()
    assert text("forms.common.log_trouble", error=mistake) not in shown(form)


def test_what_a_person_typed_and_the_log_cannot_hold_is_said_in_the_form(log: OutcomeLog) -> None:
    with_one_application(log)
    form = cl.EventForm(log)
    fill(form, {"application": 1, "kind": "offer", "note": "a broken \ud800 letter"})
    form.save()
    assert "has a broken character in it" in shown(form)
    assert form.answers["kind"] == "offer"


def test_a_mistake_in_what_follows_a_draft_is_not_taken_for_one_that_does_not_fit(log: OutcomeLog) -> None:
    class Refreshing(cl.EventForm):
        def hint(self) -> str:
            raise ValueError("a mistake")

    with_one_application(log)
    form = Refreshing(log)
    form.controls["application"].value = 1
    with pytest.raises(ValueError, match="a mistake"):
        load(form.controls["kind"], "offer")
