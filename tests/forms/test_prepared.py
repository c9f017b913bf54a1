"""What is prepared once goes on to the closing card, the log and the letters, and says where it comes from."""

from __future__ import annotations

import pytest
from driving import ACME, again, fill, save, shown

import closing_lib as cl
from closing_lib.casework.prepared import Prepared
from closing_lib.content import text
from closing_lib.records import OutcomeLog

PITCH = {"skills": "I plan shifts for forty people.", "desire": "I want work that people see."}
FROM_PREPARATION = text("log_forms.interview.from_preparation")


@pytest.fixture
def prepared(log: OutcomeLog) -> OutcomeLog:
    """Give a log in which somebody has prepared for Acme."""
    fill(cl.PrepareForm(log), {**ACME, **PITCH})
    return again(log)


def with_interview(log: OutcomeLog, company: str = "Acme") -> cl.FollowUpForm:
    log.add_interview(log.add_application(company, "Analyst"), "2026-11-20", interviewers="Mr Lid, Ms Spout")
    return cl.FollowUpForm(log)


def test_what_was_prepared_is_read_as_lines_whatever_stands_there(log: OutcomeLog) -> None:
    assert Prepared.read(log) == Prepared()
    log.save_draft("preparation", {"company": " Acme\r\nLtd", "role": 7, "skills": None, "other": "x"})
    assert Prepared.read(log) == Prepared(company="Acme Ltd")


# --- On the card


def test_company_and_role_stand_on_the_closing_card(log: OutcomeLog) -> None:
    form = cl.PrepareForm(log)
    fill(form, {"company": "Wick & <b>Sons</b>", "role": "Analyst"})
    assert (form.card.company, form.card.role) == ("Wick & <b>Sons</b>", "Analyst")
    assert "<bdi>Wick &amp; &lt;b&gt;Sons&lt;/b&gt;</bdi> · <bdi>Analyst</bdi>" in form._card.value
    fill(form, {"company": ""})
    assert "<bdi>" in form._card.value
    fill(form, {"role": ""})
    assert "<bdi>" not in form._card.value


# --- In the log


@pytest.mark.parametrize("assessed", [True, False])
def test_keeping_the_interview_begins_with_the_company_and_the_role(prepared: OutcomeLog, *, assessed: bool) -> None:
    form = cl.LogForm(cl.AssessmentForm(prepared)) if assessed else cl.LogForm(log=prepared)
    assert {name: form.answers[name] for name in ACME} == ACME
    assert FROM_PREPARATION in shown(form)
    assert prepared.draft(form.name) is None  # it is offered, and not yet said by the person


def test_once_they_are_changed_they_are_the_person_s_own(prepared: OutcomeLog) -> None:
    form = cl.LogForm(log=prepared)
    form.controls["company"].value = "Other Ltd"
    assert FROM_PREPARATION not in shown(form)
    reopened = cl.LogForm(log=again(prepared))
    assert reopened.answers["company"] == "Other Ltd"
    assert FROM_PREPARATION not in shown(reopened)


def test_what_was_typed_before_is_not_overwritten(log: OutcomeLog) -> None:
    cl.LogForm(log=log).controls["company"].value = "Mine"
    cl.PrepareForm(log).controls["company"].value = "Acme"
    assert cl.LogForm(log=log).answers["company"] == "Mine"


def test_an_interview_that_is_kept_is_not_offered_a_second_time(prepared: OutcomeLog) -> None:
    form = cl.LogForm(log=prepared)
    assert save(form).startswith("Saved: Acme, Analyst")
    assert form.answers["company"] is None
    assert form.save_button.disabled
    assert cl.LogForm(log=again(prepared)).answers["company"] is None
    cl.PrepareForm(prepared).controls["role"].value = "Manager"
    assert cl.LogForm(log=again(prepared)).answers["role"] == "Manager"


def test_an_empty_preparation_offers_nothing(log: OutcomeLog) -> None:
    cl.PrepareForm(log).controls["skills"].value = "I plan."
    form = cl.LogForm(log=log)
    assert form.answers["company"] is None
    assert FROM_PREPARATION not in shown(form)


# --- In the letter


def test_strength_and_interest_are_offered_from_the_pitch_and_say_so(prepared: OutcomeLog) -> None:
    form = with_interview(prepared)
    assert form.answers["strength"] == PITCH["skills"]
    assert "do this job well. I plan shifts for forty people." in shown(form)
    assert "I’d love to do this job. I want work that people see." in shown(form)
    assert "From your preparation: what you’d bring, why you want the job." in shown(form)
    assert form.letter is not None
    assert len(form.letter.missing) == 2  # one's own name, and what only this talk was about


def test_what_is_worded_anew_is_the_person_s_own_and_stays_with_one_letter(prepared: OutcomeLog) -> None:
    form = with_interview(prepared)
    form.controls["strength"].value = "I plan routes"
    assert "From your preparation: why you want the job." in shown(form)
    form.controls["interest"].value = ""
    assert "From your preparation" not in shown(form)
    assert "why you want the job" in form.letter.missing  # type: ignore[union-attr]
    form.controls["person"].value = "Ms Spout"
    assert form.answers["strength"] == PITCH["skills"]
    reopened = cl.FollowUpForm(again(prepared))
    reopened.controls["person"].value = "Mr Lid"
    assert (reopened.answers["strength"], reopened.answers["interest"]) == ("I plan routes", None)


def test_what_is_not_worded_anew_follows_the_preparation(prepared: OutcomeLog) -> None:
    with_interview(prepared).controls["topic"].value = "the depot"
    cl.PrepareForm(prepared).controls["skills"].value = "I plan routes."
    form = cl.FollowUpForm(again(prepared))
    assert (form.answers["topic"], form.answers["strength"]) == ("the depot", "I plan routes.")


def test_why_one_wants_to_work_with_one_company_is_not_told_to_another(prepared: OutcomeLog) -> None:
    form = with_interview(prepared, "Other Ltd")
    assert form.answers["strength"] is None
    assert "From your preparation" not in shown(form)
    assert with_interview(again(prepared), " ACME ").answers["strength"] == PITCH["skills"]
