"""The form of the preparation: what is answered shows at once, is kept, and is saved in the person's own folder."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest
from driving import fill, is_shown, text_of

import closing_lib as cl
from closing_lib.advice.questions import complete, suggested_questions
from closing_lib.content import questions, text
from closing_lib.models import Element
from closing_lib.records import OutcomeLog

BANK = {question.id: question for question in questions()}
PROJECT = "your tenant app"
FINE = text("preparation.question.fine")


def suggested(*met: str | None, **research: str) -> list[str]:
    return [complete(one.text, research) for one in suggested_questions(*met, research)]


def ask(form: cl.PrepareForm, number: int, own: str) -> None:
    """Write a question in one's own words."""
    fill(form, {f"ask_{number}": "own", f"own_{number}": own})


def note(form: cl.PrepareForm, number: int) -> str:
    """Give what is said under a question."""
    return str(form.controls[f"ask_{number}"].note)


# --- The questions: suggested, kept, swapped, one's own


def test_s4_three_that_fit_are_suggested_and_are_on_the_card_once_they_have_no_gap() -> None:
    form = cl.PrepareForm()
    shown = [form.controls[f"ask_{number}"].question for number in (1, 2, 3)]
    assert shown == suggested("hiring_manager", "in_person", None)[:3]
    assert form.questions == ()  # each has a gap
    fill(form, {"interviewer": "recruiter", "format": "phone", "round": "screen", "project": PROJECT})
    assert list(form.questions) == suggested("recruiter", "phone", "screen", project=PROJECT)[:3]
    assert [form.controls[f"ask_{number}"].question for number in (1, 2, 3)] == [*form.questions]
    assert all(f'<li dir="auto">{one}</li>' in form._card.value for one in form.questions)
    assert form.answers["ask_1"] is None


def test_one_that_is_kept_stays_whatever_changes_until_it_is_let_go() -> None:
    form = cl.PrepareForm()
    first, second, _ = form.brought.said
    form.controls["ask_2"].press("keep")
    assert form.controls["ask_2"].is_kept
    fill(form, {"interviewer": "peer", "format": "phone", "fact": "the new depot"})
    assert form.brought.said[1] == second
    assert form.brought.said[0] != first
    assert second in form.questions, "one that is kept is on the card, also with its gap"
    form.controls["ask_2"].press("keep")
    assert not form.controls["ask_2"].is_kept
    assert form.brought.said[1] == suggested("peer", "phone", None, fact="the new depot")[1]


def test_swap_goes_through_all_others_that_fit_and_says_when_it_is_round() -> None:
    form = cl.PrepareForm()
    fill(form, {"interviewer": "recruiter", "format": "phone"})
    begun, control = form.brought.said, form.controls["ask_2"]
    seen = []
    while not control.news:
        control.press("swap")
        assert (form.brought.said[0], form.brought.said[2]) == (begun[0], begun[2])
        assert control.spoken == " ".join(filter(None, (control.news, form.brought.said[1], control.note)))
        seen.append(form.brought.said[1])
    assert control.news == text("prepare.seen_all")
    assert {begun[0], *seen, begun[2]} == set(suggested("recruiter", "phone", None))
    assert len(set(seen)) == len(seen)
    assert seen[-1] == begun[1]
    form.controls["company"].value = "Acme"
    assert control.news == control.spoken == ""


def test_two_places_never_have_the_same_question() -> None:
    form = cl.PrepareForm()
    form.controls["ask_1"].press("swap")
    form.controls["ask_1"].press("keep")  # let go: the first is suggested here again
    form.controls["ask_3"].press("keep")
    for found in ({"task": "planning"}, {"task": "", "project": PROJECT}, {"interviewer": "executive"}):
        fill(form, found)
        assert len(set(form.brought.said)) == 3


def test_own_words_begin_with_the_suggestion_and_are_there_again_after_another_one() -> None:
    form = cl.PrepareForm()
    before = form.brought.said
    assert not is_shown(form, form.controls["own_2"])
    form.controls["ask_2"].press("write")
    assert is_shown(form, form.controls["own_2"])
    assert form.controls["own_2"].value == before[1]
    ask(form, 2, "What keeps you in Leeds, of all places?")
    assert form.brought.said == (before[0], "What keeps you in Leeds, of all places?", before[2])
    form.controls["ask_2"].press("suggest")
    assert form.brought.said == before
    form.controls["ask_2"].press("write")
    assert form.brought.said[1] == "What keeps you in Leeds, of all places?"
    form.controls["own_2"].value = " "
    assert form.brought.said == (before[0], "", before[2])
    assert form.notes["own_2"].said == text("preparation.question.few")
    assert form.line.said == "Still open: questions 1, 3; your pitch."


def test_s5_what_a_question_still_needs_is_said_under_it_until_it_is_completed() -> None:
    form = cl.PrepareForm()
    form.controls["ask_1"].value = "team_who_works_on"
    assert note(form, 1) == "Still to fill in: [a project of theirs]."
    assert not form.controls["ask_1"].is_ready
    form.controls["project"].value = PROJECT
    assert form.questions[0] == "Who would I work with most closely on your tenant app?"
    assert note(form, 1) == FINE
    assert form.controls["ask_1"].is_ready
    form.controls["ask_2"].value = "their_experience_joined"
    assert note(form, 2).startswith("Anyone could ask this")
    ask(form, 3, "What is the salary?")
    assert "Leave it until they want you" in form.notes["own_3"].said
    assert form.line.said == "Still open: questions 2, 3; your pitch."


def test_the_pay_range_is_fine_once_it_is_a_recruiter_s_screening() -> None:
    form = cl.PrepareForm()
    ask(form, 1, "What’s the pay range for this job?")
    form.controls["interviewer"].value = "recruiter"
    assert "Leave it until they want you" in form.notes["own_1"].said
    form.controls["round"].value = "screen"
    assert form.notes["own_1"].said == ""
    form.controls["interviewer"].value = "hiring_manager"
    assert "Leave it until they want you" in form.notes["own_1"].said


@pytest.mark.parametrize("own", ["", "Who plans the {task}?"])
def test_a_form_half_filled_when_questions_were_picked_from_a_list_opens_with_what_it_held(
    log: OutcomeLog, own: str
) -> None:
    held = {"company": "Acme", "project": PROJECT, "question_1": "team_who_works_on", "own_1": "", "question_2": ""}
    log.save_draft(
        "preparation", {**held, "own_2": own, "question_3": "taken_out_since", "own_3": "", "skills": "I plan."}
    )
    form = cl.PrepareForm(log)
    assert form.questions[0] == "Who would I work with most closely on your tenant app?"
    assert form.controls["ask_1"].is_kept
    assert (form.questions[1] == "Who plans the [a task from the advert]?") is bool(own)
    assert (form.answers["company"], form.answers["skills"]) == ("Acme", "I plan.")
    form.controls["ask_2"].press("suggest")
    assert cl.PrepareForm(log).answers == form.answers


def test_one_that_only_others_fit_stays_and_swap_leads_to_those_that_fit() -> None:
    form = cl.PrepareForm()
    form.controls["interviewer"].value = "peer"
    form.controls["ask_3"].value = "team_manager_seen_by_peer"
    form.controls["interviewer"].value = "executive"
    again = cl.PrepareForm()
    assert again.brought.of_bank[2] == BANK["team_manager_seen_by_peer"]
    again.controls["ask_3"].press("swap")
    assert again.brought.of_bank[2] in suggested_questions("executive", "in_person")


# --- The pitch and the card


def test_the_card_is_worded_for_the_round_and_for_who_is_met() -> None:
    form = cl.PrepareForm()
    form.controls["round"].value = "final"
    assert "can you see me in this job" in form._rest.value
    form.controls["round"].value = "screen"
    assert "put me forward" in form._rest.value


def test_s10_what_weakens_a_part_is_said_under_it_and_what_is_missing_beside_the_buttons() -> None:
    form = cl.PrepareForm()
    form.controls["skills"].value = "I think <b>I</b> plan. Sorry."
    assert [one.found for one in form.review.weaknesses] == ["I think", "Sorry"]
    assert form.notes["skills"].said == " ".join(map(str, form.review.weaknesses))
    assert form.notes["experience"].said == ""
    assert form.line.said.endswith("; skills; experience; ambition; desire.")
    form.controls["skills"].value = "I plan."
    assert form.notes["skills"].said == ""
    assert form.line.said.endswith("; experience; ambition; desire.")
    assert form.timer.planned == form.review.seconds > 0
    assert text_of(form._time.value) == form.review.time[0]


def test_the_card_grows_with_the_answers() -> None:
    form = cl.PrepareForm()
    form.controls["desire"].value = "I want to <i>join</i> you."
    form.controls["format"].value = "video"
    assert "I want to &lt;i&gt;join&lt;/i&gt; you." in form._card.value
    assert "Nod or wave" in form._rest.value


def test_every_answer_refreshes_the_card() -> None:
    """No field is left out of the wiring."""
    form = cl.PrepareForm()
    fill(form, dict.fromkeys(("ask_1", "ask_2"), "own"))
    new = {"interviewer": "executive", "format": "phone", "round": "screen", "ask_1": "", "ask_2": "", "ask_3": "own"}
    for name, control in form.controls.items():
        if name in ("fact", "project", "task"):
            ask(form, 1, f"Why {{{name}}}?")
        if name == "own_1":
            form.controls["ask_1"].value = "own"
        if name == "own_2":
            form.controls["ask_2"].value = "own"
        before = form._card.value + form._rest.value
        control.value = new.get(name, "New.")
        assert form._card.value + form._rest.value != before, name


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a\nb", "\"'’", "😀 שלום", "W" * 10_000])
def test_whatever_is_typed_is_shown_escaped_and_kept(typed: str) -> None:
    form = cl.PrepareForm()
    fill(form, {"ask_1": "own", **dict.fromkeys(("fact", "own_1", "skills"), typed)})
    assert "<script>" not in form._card.value
    again = cl.PrepareForm()
    assert [again.controls[name].value for name in ("fact", "own_1", "skills")] == [typed] * 3
    assert again.questions == form.questions


def test_the_card_is_named_by_company_and_a_changed_one_never_written_over(own_data: Path) -> None:
    form = cl.PrepareForm()
    form.controls["company"].value, form.controls["role"].value = "Acme & Söhne", "../Analyst"
    ask(form, 1, "Who works on your tenant app?")
    for name in ("html", "pdf", "pdf"):
        form.row.press(name)
    begin = "closing-card-acme-söhne-analyst"
    assert form.row.said == f"Downloaded: {begin}.pdf. There’s a copy in the folder cards next to your log."
    assert "Who works on your tenant app?" in (own_data / f"cards/{begin}.html").read_text(encoding="utf-8")
    page = pypdf.PdfReader(io.BytesIO((own_data / f"cards/{begin}.pdf").read_bytes())).pages[0]
    assert "Who works on your tenant app?" in page.extract_text()
    form.controls["own_1"].value = "Who plans the shifts?"
    assert form.row.said == ""
    form.row.press("pdf")
    assert sorted(one.name for one in own_data.glob("cards/*.pdf")) == [f"{begin}-2.pdf", f"{begin}.pdf"]


def test_characters_that_the_pdf_lacks_are_told_of() -> None:
    form = cl.PrepareForm()
    ask(form, 1, "日本?")
    form.row.press("pdf")
    assert "▯" in form.row.said
    form.row.press("html")
    assert "▯" not in form.row.said


def test_a_copy_that_cannot_be_saved_is_said(own_data: Path) -> None:
    form = cl.PrepareForm()
    (own_data / "cards").touch()
    form.row.press("pdf")
    assert "No copy could be saved next to your log" in form.row.said
    assert form.row.paths == ()


def test_a_card_that_still_needs_work_is_given_with_a_warning_beside_it() -> None:
    form = cl.PrepareForm()
    assert form.row.note == form.line.said == "Still open: questions 1, 2, 3; your pitch."
    assert form.row.disabled == []
    fill(form, {"fact": "the depot", "project": PROJECT, "task": "planning"})
    fill(form, dict.fromkeys(Element, "I plan the shifts of two hundred people."))
    assert (form.line.said, form.row.note) == ("Your card is ready to take with you.", "")


def test_on_a_page_that_is_read_it_is_the_card() -> None:
    shown = cl.PrepareForm()._repr_mimebundle_()
    assert "Find out before you close" not in shown["text/plain"]
    assert shown["text/plain"] == "PrepareForm(0 of 3 questions, 0 of 4 parts of the pitch)"
    assert "Is there anything else I can answer" in str(shown["text/html"])


def test_the_timer_speaks_the_language_of_the_content() -> None:
    words = cl.PrepareForm().timer.words
    assert words["start"] == text("prepare.timer.start")
    assert json.dumps(words)
