"""The form of the preparation: what is answered shows at once, is kept, and is saved in the person's own folder."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest

import closing_lib as cl
from closing_lib.content import questions, text
from closing_lib.models import Element

BANK = {question.id: question for question in questions()}


def offered(form: cl.PrepareForm, number: int = 1) -> list[str]:
    return [key for _, key in form.controls[f"question_{number}"].options if key]


def checks(form: cl.PrepareForm) -> str:
    return str(form._checks.value)


def test_s4_only_the_questions_that_fit_are_offered() -> None:
    form = cl.PrepareForm()
    assert offered(form) == [one.id for one in cl.questions_for("hiring_manager", "in_person")]
    form.controls["interviewer"].value = "peer"
    form.controls["format"].value = "phone"
    assert offered(form, 3) == [one.id for one in cl.questions_for("peer", "phone")]
    assert len(offered(form)) < len(BANK)


def test_the_card_is_worded_for_the_round_and_for_who_is_met() -> None:
    form = cl.PrepareForm()
    form.controls["round"].value = "final"
    assert "can you see me in this job" in form._card.value
    form.controls["round"].value = "screen"
    assert "put me forward" in form._card.value


def test_a_chosen_question_stays_when_the_interviewer_changes() -> None:
    form = cl.PrepareForm()
    form.controls["question_1"].value = "team_manager_style"
    form.controls["interviewer"].value = "peer"
    assert form.answers["question_1"] == "team_manager_style"
    assert "team_manager_style" in offered(form)
    assert "team_manager_style" not in offered(form, 2)


def test_s5_a_question_is_flagged_until_it_is_completed() -> None:
    form = cl.PrepareForm()
    form.controls["question_1"].value = "team_who_works_on"
    assert "Still to fill in: [a project of theirs]." in checks(form)
    form.controls["project"].value = "your tenant app"
    assert form.questions == ("Who would I work with most closely on your tenant app?",)
    assert "Still to fill in" not in checks(form)
    assert text("preparation.question.fine") in checks(form)


def test_own_words_take_the_place_of_the_question() -> None:
    form = cl.PrepareForm()
    form.controls["question_2"].value = "their_experience_joined"
    assert "Anyone could ask this" in checks(form)
    form.controls["own_2"].value = "What keeps you in Leeds, of all places?"
    assert form.questions == ("What keeps you in Leeds, of all places?",)
    form.controls["own_3"].value = "What is the salary?"
    assert "Leave it until they want you" in checks(form)


def test_the_pay_range_is_offered_and_fine_once_it_is_a_recruiter_s_screening() -> None:
    form = cl.PrepareForm()
    form.controls["own_1"].value = "What’s the pay range for this job?"
    form.controls["interviewer"].value = "recruiter"
    assert "Leave it until they want you" in checks(form)
    assert "vacancy_pay_range" not in offered(form)
    form.controls["round"].value = "screen"
    assert "Leave it until they want you" not in checks(form)
    assert text("preparation.question.fine") in checks(form)
    assert "vacancy_pay_range" in offered(form)
    form.controls["interviewer"].value = "hiring_manager"
    assert "Leave it until they want you" in checks(form)


def test_s10_the_missing_of_the_four_are_named_and_weak_words_marked() -> None:
    form = cl.PrepareForm()
    form.controls["skills"].value = "I think <b>I</b> plan."
    assert "<mark>I think</mark> &lt;b&gt;I&lt;/b&gt; plan." in checks(form)
    assert "experience, ambition, desire" in checks(form)
    assert form.timer.planned == form.review.seconds > 0


def test_the_card_grows_with_the_answers() -> None:
    form = cl.PrepareForm()
    form.controls["desire"].value = "I want to <i>join</i> you."
    form.controls["format"].value = "video"
    assert "I want to &lt;i&gt;join&lt;/i&gt; you." in form._card.value
    assert "Nod or wave" in form._card.value


def test_every_answer_refreshes_the_card_or_the_checks() -> None:
    """No field is left out of the wiring."""
    form = cl.PrepareForm()
    for name, control in form.controls.items():
        if name in ("fact", "project", "task"):
            form.controls["own_1"].value = f"Why {{{name}}}?"
        if name == "question_1":
            form.controls["own_1"].value = ""
        if name == "round":  # it matters with a recruiter
            form.controls["interviewer"].value = "recruiter"
            form.controls["own_1"].value = "What does it pay?"
        before = form._card.value + checks(form)
        is_pick = name.startswith("question")
        control.value = {"interviewer": "executive", "format": "phone", "round": "screen"}.get(
            name, offered(form)[0] if is_pick else "New."
        )
        assert form._card.value + checks(form) != before, name


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "a\nb", "\"'’", "😀 שלום", "W" * 10_000])
def test_whatever_is_typed_is_shown_escaped_and_kept(typed: str) -> None:
    form = cl.PrepareForm()
    for name in ("fact", "own_1", "skills"):
        form.controls[name].value = typed
    assert "<script>" not in checks(form) + form._card.value
    again = cl.PrepareForm()
    assert [again.controls[name].value for name in ("fact", "own_1", "skills")] == [typed] * 3


def test_a_half_filled_form_is_there_again_with_questions_that_only_others_fit() -> None:
    form = cl.PrepareForm()
    form.controls["interviewer"].value = "peer"
    form.controls["question_3"].value = "team_manager_seen_by_peer"
    again = cl.PrepareForm()
    assert again.answers["interviewer"] == "peer"
    assert again.answers["question_3"] == "team_manager_seen_by_peer"


def test_the_card_is_named_by_company_and_a_changed_one_never_written_over(own_data: Path) -> None:
    form = cl.PrepareForm()
    form.controls["company"].value, form.controls["role"].value = "Acme & Söhne", "../Analyst"
    form.controls["own_1"].value = "Who works on your tenant app?"
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
    form.controls["own_1"].value = "日本?"
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
    assert "see “What to improve” above" in form.row.note
    assert form.row.disabled == []
    form.controls["own_1"].value = "Who works on your tenant app?"
    for element in Element:
        form.controls[element].value = "I plan the shifts of two hundred people."
    assert form.row.note == ""


def test_the_summary_is_spoken() -> None:
    form = cl.PrepareForm()
    form.controls["own_1"].value = "Who works on your tenant app?"
    form.controls["question_2"].value = "team_who_works_on"
    assert 'role="status">1 of 2 questions ready to ask. Still to write: skills' in form._announced.value


def test_on_a_page_that_is_read_it_is_the_card() -> None:
    shown = cl.PrepareForm()._repr_mimebundle_()
    assert "Find out before you close" not in shown["text/plain"]
    assert shown["text/plain"] == "PrepareForm(0 of 3 questions, 0 of 4 parts of the pitch)"
    assert "Is there anything else I can answer" in str(shown["text/html"])


def test_the_timer_speaks_the_language_of_the_content() -> None:
    words = cl.PrepareForm().timer.words
    assert words["start"] == text("prepare.timer.start")
    assert json.dumps(words)
