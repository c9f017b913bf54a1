"""One page open in two tabs: what one changes in a half-filled form does not undo what the other has changed."""

from __future__ import annotations

import datetime as dt

from driving import ACME, BOLD, again, fill, save, shown, with_two_interviews

import closing_lib as cl
from closing_lib.records import OutcomeLog

LATE = {"company": "Beta", "note": "They liked the tea."}


def test_each_keeps_what_it_changed_and_what_the_other_did(log: OutcomeLog) -> None:
    here, there = cl.LogForm(log=log), cl.LogForm(log=again(log))
    fill(here, {"role": "Analyst", "held_on": dt.date(2026, 11, 20)})
    fill(there, {**LATE, "used": "bold"})
    fill(here, {"interviewers": "Ms Tilde"})
    assert "elsewhere" not in shown(here) + shown(there)
    opened = cl.LogForm(log=again(log)).answers
    expected = {"role": "Analyst", "held_on": dt.date(2026, 11, 20), "interviewers": "Ms Tilde", "used": "bold", **LATE}
    assert {name: opened[name] for name in expected} == expected


def test_what_both_have_typed_into_is_shown_to_who_was_later(log: OutcomeLog) -> None:
    here, there = cl.LogForm(log=log), cl.LogForm(log=again(log))
    fill(here, {"note": "Ask <b>Ana</b> about the depot"})
    fill(there, {"note": "T"})
    fill(there, {"note": "Tea"})
    said = "typed something different there under “Anything to remember”: “Ask <b>Ana</b> about the depot”"
    assert said in shown(there)
    assert "elsewhere" not in shown(here)
    assert cl.LogForm(log=again(log)).answers["note"] == "Tea"
    there.clear()
    assert said not in shown(there)


def test_what_both_have_chosen_is_shown_in_words(log: OutcomeLog) -> None:
    here, there = cl.LogForm(log=log), cl.LogForm(log=again(log))
    fill(here, {"response": "encouraged", "held_on": dt.date(2026, 11, 20)})
    fill(there, {"response": "hesitated", "held_on": dt.date(2026, 11, 19)})
    assert "chose something different there under “How they answered”: “Encouragement”" in shown(there)
    assert "under “Date of the interview”: “20 Nov 2026”" in shown(there)
    prepared, elsewhere = cl.PrepareForm(log), cl.PrepareForm(again(log))
    prepared.controls["ask_1"].press("keep")
    elsewhere.controls["ask_1"].press("swap")
    assert f"under “Question 1”: “{prepared.brought.of_bank[0].text}”" in shown(elsewhere)  # type: ignore[union-attr]


def test_what_is_asked_only_where_the_log_calls_for_it_is_kept_as_well(log: OutcomeLog) -> None:
    for _ in range(2):
        log.add_application(**ACME)
    log.add_interview(1, "2026-11-20", interviewers="Mr Lid, Ms Spout")
    interview, event = cl.LogForm(log=log), cl.EventForm(log)
    fill(interview, ACME)
    interview.which.value = "2"
    fill(event, {"application": 1, "kind": "thank_you"})
    event.thanked.value = "Ms Spout"
    assert cl.LogForm(log=again(log)).which.value == "2"
    reopened = cl.EventForm(again(log))
    assert reopened.thanked.value == "Ms Spout"
    reopened.clear()
    assert reopened.thanked.value == ""


def test_saving_in_one_leaves_what_is_half_filled_in_the_other(log: OutcomeLog) -> None:
    here, there = cl.LogForm(log=log), cl.LogForm(log=again(log))
    fill(here, ACME)
    fill(there, LATE)
    save(here)
    kept = cl.LogForm(log=again(log)).answers
    assert {name: kept[name] for name in LATE} == LATE
    assert kept["role"] is None
    save(there, {"role": "Clerk"})
    assert again(log).draft("interview") is None


def test_of_the_closing_page_both_forms_keep_theirs(log: OutcomeLog) -> None:
    here, there = cl.AssessmentForm(log), cl.AssessmentForm(again(log))
    fill(here, BOLD)
    fill(there, {"scripted": "yes"})
    opened = cl.AssessmentForm(again(log)).answers
    assert opened == {**here.answers, "scripted": True}


def test_the_notes_about_two_people_are_kept_side_by_side(log: OutcomeLog) -> None:
    with_two_interviews(log)
    here, there = cl.FollowUpForm(log), cl.FollowUpForm(again(log))
    fill(here, {"person": "Mr Lid", "topic": "Your depot."})
    fill(there, {"person": "Ms Spout", "topic": "Your routes."})
    fill(here, {"strength": "I plan."})
    fill(there, {"country": "US"})
    opened = cl.FollowUpForm(again(log))
    noted = {name: opened.notes.said_of(name) for name in ("Mr Lid", "Ms Spout")}
    assert {name: (said["topic"], said["strength"]) for name, said in noted.items()} == {
        "Mr Lid": ("Your depot.", "I plan."),
        "Ms Spout": ("Your routes.", ""),
    }
    assert opened.answers["country"] == "US"
    fill(there, {"person": "Mr Lid", "topic": "Your ships."})
    assert "“Your depot.”" in shown(there)


def test_what_could_not_be_kept_is_kept_with_the_next_answer(log: OutcomeLog) -> None:
    form = cl.LogForm(log=log)
    content = log.path.read_bytes()
    log.path.unlink()
    fill(form, {"company": "Acme"})
    log.path.write_bytes(content)
    fill(form, {"role": "Analyst"})
    assert cl.LogForm(log=again(log)).answers["company"] == "Acme"
