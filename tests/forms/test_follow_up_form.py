"""The follow-up form without a browser: set an answer, press a button, look at what came of it."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
import os
from html import unescape
from pathlib import Path

import docx
import ipywidgets
import pytest
import vobject
from driving import ACME, save, sheet, shown
from strange import INJECTIONS

from closing_lib.assessment import Assessment
from closing_lib.casework.case import RECORDED
from closing_lib.content import text
from closing_lib.documents.letter import LetterKind
from closing_lib.documents.letters import SHAPES
from closing_lib.forms.base.saved_files import MadeFile, save_file
from closing_lib.forms.base.sheet import spoken
from closing_lib.forms.follow_up.due_view import DueView
from closing_lib.forms.follow_up.files import FOLDER
from closing_lib.forms.follow_up.follow_up_form import FollowUpForm
from closing_lib.forms.follow_up.letter_notes import LETTER, LetterNotes
from closing_lib.forms.follow_up.nudges_view import NudgesView
from closing_lib.forms.outcomes.log_form import LogForm
from closing_lib.models import EventKind
from closing_lib.records import EventRow, OutcomeLog

PARTS = {
    "topic": "I liked the new depot.",
    "strength": "I plan routes.",
    "interest": "I like the small team.",
    "email": "lid@example.com",
}


@pytest.fixture
def log(tmp_path: Path) -> OutcomeLog:
    made = OutcomeLog(tmp_path / "mine" / "log.sqlite")
    application = made.add_application("Acme", "Analyst")
    made.add_interview(application, "2026-11-20", format="video", interviewers="Mr Lid, Ms Spout")
    return made


@pytest.fixture
def form(log: OutcomeLog) -> FollowUpForm:
    return FollowUpForm(log)


def fill_in(form: FollowUpForm, **more: str) -> None:
    for name, typed in {"me": "Alex Tan", **PARTS, **more}.items():
        form.controls[name].value = typed


def files(log: OutcomeLog) -> list[str]:
    return sorted(path.name for path in (log.path.parent / "follow_up").glob("*"))


def status(form: FollowUpForm) -> str:
    return unescape(form._status.value)


def events(log: OutcomeLog) -> list[tuple[EventKind, str | None]]:
    return [(row.kind, row.note) for row in log.rows(EventRow) if row.event is not None]


def test_an_empty_log_says_where_to_begin(own_data: Path) -> None:
    form = FollowUpForm()
    assert f"Save one on the page “{text('pages.short.02_close')}”" in unescape(form._shown["letter"].value)
    assert all(row.disabled for row in form.rows.values())
    assert form.sent_button.disabled
    assert repr(form) == "FollowUpForm(0 interviews)"


def test_it_begins_with_the_newest_interview_and_its_people(form: FollowUpForm) -> None:
    assert form.controls["interview"].label == "Acme, Analyst · First · 20 Nov 2026"
    assert [label for label, _ in form.controls["person"].options] == ["Mr Lid", "Ms Spout"]
    assert "Dear Mr Lid," in form._shown["letter"].value


def test_the_letter_grows_and_what_is_missing_is_named(form: FollowUpForm) -> None:
    assert "Still missing: your own name; one thing you talked about" in status(form)
    fill_in(form, interest="")
    assert status(form).count(";") == 0
    assert "Still missing: why you want the job." in status(form)
    assert {*form.rows["letter"].disabled} == {"copy", "mail", "eml", "docx", "open", "print"}
    form.controls["interest"].value = "I like the small team."
    assert "The letter is complete" in status(form)
    assert form.rows["letter"].disabled == []


@pytest.mark.parametrize(
    ("held_on", "said"),
    [("2026-11-22", "works best within 24 hours: by 23 Nov 2026"), ("2026-11-20", "The 24 hours are over")],
)
def test_a_thank_you_says_by_when_it_works_best(log: OutcomeLog, held_on: str, said: str) -> None:
    log.update_interview(1, held_on=held_on)
    form = FollowUpForm(log)
    fill_in(form)
    assert said in status(form)


def test_each_person_has_notes_of_their_own(form: FollowUpForm) -> None:
    fill_in(form)
    form.controls["person"].value = "Ms Spout"
    assert form.controls["topic"].value == ""
    form.controls["topic"].value = "i liked The new depot!"
    assert "something you didn’t also write to Mr Lid" in status(form)
    form.controls["person"].value = "Mr Lid"
    assert form.controls["topic"].value == "I liked the new depot."


def test_a_half_filled_form_is_there_again(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    form.controls["person"].value = "Ms Spout"
    form.controls["topic"].value = "the reports"
    form.controls["call_on"].value = dt.date(2026, 11, 24)
    form.controls["country"].value = "US"
    form.controls["thanks"].value = "no"
    again = FollowUpForm(log)
    assert {name: again.controls[name].value for name in ("me", "person", "topic", "call_on", "country", "thanks")} == {
        "me": "Alex Tan",
        "person": "Ms Spout",
        "topic": "the reports",
        "call_on": dt.date(2026, 11, 24),
        "country": "US",
        "thanks": "no",
    }
    again.controls["person"].value = "Mr Lid"
    assert again.controls["topic"].value == "I liked the new depot."
    assert again.controls["call_on"].value is None


def test_notes_do_not_wander_from_one_interview_to_another(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    other = log.add_interview(log.add_application("Other Ltd", "Clerk"), "2026-11-21", interviewers="Mr Lid")
    form.refresh()
    form.controls["interview"].value = other
    assert form.controls["topic"].value == ""
    assert "Other Ltd" in form._shown["letter"].value


def test_notes_go_on_with_a_mended_name_and_not_with_a_neighbours() -> None:
    notes = LetterNotes("Mr Lid, Ms Spout").about("Mr Lid", {"topic": "depot"}).about("Ms Spout", {"topic": "reports"})
    assert notes.with_people("Mr Lidd, Ms Spout").answers["Mr Lidd"] == {"topic": "depot"}
    assert [person.topic for person in notes.with_people("Ms Spout").persons] == ["reports"]
    assert [person.topic for person in notes.with_people("Dr New, Mr Lid, Ms Spout").persons] == [
        "",
        "depot",
        "reports",
    ]
    assert [person.topic for person in notes.with_people("Ms Spout, Mr Lid").persons] == ["reports", "depot"]


def test_the_letter_is_saved_two_ways_beside_the_log(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    for name in ("docx", "eml"):
        form.rows["letter"].press(name)
        assert "Downloaded: thank-you-1-1-acme-mr-lid." in form.rows["letter"].said
    assert files(log) == [f"thank-you-1-1-acme-mr-lid.{ending}" for ending in ("docx", "eml")]
    folder = log.path.parent / "follow_up"
    read = email.message_from_bytes(
        (folder / "thank-you-1-1-acme-mr-lid.eml").read_bytes(), policy=email.policy.default
    )
    assert read["to"] == "Mr Lid <lid@example.com>"
    paragraphs = docx.Document(io.BytesIO((folder / "thank-you-1-1-acme-mr-lid.docx").read_bytes())).paragraphs
    assert paragraphs[0].text == "22 November 2026"


def test_a_file_that_the_person_has_changed_is_never_overwritten(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    form.rows["letter"].press("docx")
    form.rows["letter"].press("docx")
    assert files(log) == ["thank-you-1-1-acme-mr-lid.docx"]
    mine = log.path.parent / "follow_up" / "thank-you-1-1-acme-mr-lid.docx"
    mine.write_text("my own words", encoding="utf-8")
    form.rows["letter"].press("docx")
    assert files(log) == ["thank-you-1-1-acme-mr-lid-2.docx", "thank-you-1-1-acme-mr-lid.docx"]
    assert mine.read_text(encoding="utf-8") == "my own words"


def test_a_file_that_cannot_be_written_is_told(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    (log.path.parent / "follow_up").write_text("in the way", encoding="utf-8")
    form.rows["letter"].press("eml")
    assert "No copy could be saved next to your log" in form.rows["letter"].said


@pytest.mark.parametrize("typed", INJECTIONS)
def test_no_name_leads_out_of_the_folder(log: OutcomeLog, typed: str) -> None:
    path = save_file(MadeFile(("thank-you", "1-1", typed, typed), "txt", b""), log.path, FOLDER)
    assert path.parent == log.path.parent / "follow_up"
    assert path.name.startswith("thank-you-1-1")
    assert len(os.fsencode(path.name)) < 255
    assert [*path.parent.iterdir()] == [path]


def test_thanks_are_noted_once_for_each_person_and_are_due_until_everybody_has_them(
    log: OutcomeLog, form: FollowUpForm
) -> None:
    due = DueView(log)
    assert "Send the thank-you letter" in due._sheet.value
    fill_in(form)
    form.sent_button.click()
    assert events(log) == [(EventKind.THANK_YOU, "Mr Lid")]
    assert status(form) == spoken(
        "Logged: I sent a thank-you; Mr Lid, 22 Nov 2026. This is now the letter to Ms Spout."
    )
    assert form.answers["person"] == FollowUpForm(log).answers["person"] == "Ms Spout"
    assert "Send the thank-you letter to Ms Spout" in due._sheet.value
    assert "Send the thank-you letter" in form._shown["dates"].value
    fill_in(form, topic="I liked how the team reviews its reports.")
    assert "Logged" not in status(form)
    form.sent_button.click()
    assert "Logged: I sent a thank-you; Ms Spout, 22 Nov 2026. Next: if you haven’t heard by" in status(form)
    assert form.sent_button.disabled
    form.note_as_sent()
    assert len(events(log)) == 2
    assert "Send the thank-you letter" not in due._sheet.value
    assert "Send the thank-you letter" not in form._shown["dates"].value


def test_what_was_noted_can_be_taken_back_and_leads_back_to_whom_it_was_about(
    log: OutcomeLog, form: FollowUpForm
) -> None:
    fill_in(form)
    form.controls["person"].value = "Ms Spout"
    fill_in(form, topic="I liked how the team reviews its reports.")
    assert form.undo_button.layout.display == "none"
    form.sent_button.click()
    assert form.answers["person"] == "Mr Lid"  # whoever has none yet, also before her in the list
    assert form.undo_button.layout.display is None
    form.undo_button.click()
    assert form.answers["person"] == "Ms Spout"
    assert "Undone. No longer in your log: Acme, Analyst · I sent a thank-you" in status(form)
    assert events(log) == []
    assert form.undo_button.layout.display == "none"
    form.undo()
    form.sent_button.click()
    log.add_event(1, "nudge", "2026-11-22")
    form.undo_button.click()
    assert form.trouble
    assert len(events(log)) == 2


def test_asking_again_is_noted_and_the_next_letter_is_the_second(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    form.controls["kind"].value = "nudge"
    assert form.sent_button.description == "I’ve sent it: log it"
    assert "Do you know yet when you’ll decide?" in form._shown["letter"].value
    form.sent_button.click()
    assert events(log) == [(EventKind.NUDGE, "Mr Lid")]
    assert form.sent_button.disabled
    assert "I wrote to you on 22 November" in form._shown["letter"].value
    assert form._shown["dates"].value.count("Ask if there’s any news") == 1


def test_the_reply_to_a_no_is_saved_and_not_noted_as_anything(log: OutcomeLog, form: FollowUpForm) -> None:
    form.controls["me"].value = "Alex Tan"
    form.controls["kind"].value = "reply_to_no"
    assert form.sent_button.layout.display == "none"
    form.rows["letter"].press("docx")
    assert files(log) == ["reply-1-1-acme-mr-lid.docx"]
    assert events(log) == []


def test_dates_leave_out_the_holidays_of_the_country_here_and_in_the_view(log: OutcomeLog, form: FollowUpForm) -> None:
    due = DueView(log)
    assert "27 Nov 2026" in form._shown["dates"].value
    assert "27 Nov 2026" in due._sheet.value
    form.controls["country"].value = "US"  # Thanksgiving is on the 26th
    assert "30 Nov 2026" in form._shown["dates"].value
    assert "30 Nov 2026" in due._sheet.value
    form.rows["dates"].press("ics")
    assert files(log) == ["dates-1-1-acme.ics"]
    read = vobject.readOne((log.path.parent / "follow_up" / "dates-1-1-acme.ics").read_text(encoding="utf-8"))
    assert [one.dtstart.value for one in read.vevent_list][:2] == [dt.date(2026, 11, 22), dt.date(2026, 11, 30)]


def test_a_country_that_is_no_longer_known_is_as_none(log: OutcomeLog) -> None:
    log.save_draft("follow_up", {"country": "XX"})
    assert "27 Nov 2026" in DueView(log)._sheet.value
    assert FollowUpForm(log).controls["country"].value == ""


def test_after_an_answer_nothing_is_left_to_follow_up(log: OutcomeLog, form: FollowUpForm) -> None:
    log.add_event(1, "rejected", "2026-11-22")
    form.refresh()
    assert "nothing left to follow up" in form._shown["dates"].value
    assert form.rows["dates"].disabled


def test_an_interview_without_a_day_says_so(log: OutcomeLog, form: FollowUpForm) -> None:
    log.update_interview(1, held_on=None)
    form.refresh()
    assert "Your log has no date for this interview yet." in form._shown["dates"].value
    assert f"on the page “{text('pages.short.05_outcomes')}”" in form._shown["dates"].value
    assert "the day of the interview" in status(form)


def test_s8_the_card_is_saved_for_the_address_book(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form, phone="+44 20 7946 0000", job="Head of depots")
    form.rows["card"].press("vcf")
    assert files(log) == ["contact-1-1-acme-mr-lid.vcf"]
    read = vobject.readOne((log.path.parent / "follow_up" / "contact-1-1-acme-mr-lid.vcf").read_text(encoding="utf-8"))
    assert (read.fn.value, read.title.value, read.org.value) == ("Mr Lid", "Head of depots", ["Acme"])


@pytest.mark.parametrize("typed", [text for text in INJECTIONS if "\ud800" not in text])
def test_whatever_is_typed_is_shown_escaped(log: OutcomeLog, typed: str) -> None:
    number = log.add_interview(log.add_application(f"Acme {typed}", f"Clerk {typed}"), "2026-11-21", interviewers=typed)
    form = FollowUpForm(log)
    form.controls["interview"].value = number
    fill_in(form, topic=typed, me=f"Alex {typed}")
    html = "".join([*(shown.value for shown in form._shown.values()), form._status.value])
    assert "<script" not in html
    assert "<b>Sons" not in html
    for row in form.rows.values():
        for name, how, _ in row.actions:
            if how == "download" and name not in row.disabled:
                row.press(name)
                assert "Downloaded: " in row.said


def test_a_code_in_a_name_and_a_role_adds_nobody_to_the_saved_draft(log: OutcomeLog) -> None:
    code = "=?utf-8?q?=0D=0ABcc=3A_spy=40evil.example=0D=0A=0D=0AAnother_letter?="
    log.add_interview(log.add_application(code, code), "2026-11-21", interviewers=f"Ms {code}")
    form = FollowUpForm(log)
    fill_in(form, topic=f"{code} is what we talked about.", me=code)
    form.rows["letter"].press("eml")
    [saved] = (log.path.parent / "follow_up").iterdir()
    read = email.message_from_bytes(saved.read_bytes(), policy=email.policy.default)
    assert "bcc" not in read
    assert [one.addr_spec for one in read["to"].addresses] == ["lid@example.com"]
    assert form.letter is not None
    assert read.get_content().replace("\r\n", "\n") == form.letter.text


@pytest.mark.parametrize(
    "kept", [5, [], ["a"], {"a": 1}, "date", True, {"Mr Lid": 5}, {"Mr Lid": {"topic": ["x"]}}, [["x"]]], ids=repr
)
def test_drafts_that_another_program_left_do_not_take_the_page_with_them(log: OutcomeLog, kept: object) -> None:
    log.add_interview(log.add_application("Old Ltd", "Clerk"), "2026-11-02", interviewers="Mr Lid")
    names = ("me", "people", "answers", "country", "kind", "interview", "person")
    for draft in ("follow_up", "follow_up:1", "follow_up:2"):
        log.save_draft(draft, dict.fromkeys(names, kept))
    assert "27 Nov 2026" in DueView(log)._sheet.value
    assert "Old Ltd" in sheet(NudgesView(log))
    form = FollowUpForm(log)
    fill_in(form)
    assert isinstance(form.controls["people"].value, str)


def test_a_log_in_trouble_does_not_take_the_form_with_it(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    content = log.path.read_bytes()
    log.path.unlink()
    form.controls["topic"].value = "I liked the new bridge."
    assert form.trouble.startswith("The kit can’t use your log")
    assert shown(form).count("The kit can’t use your log") == 1
    assert "at Acme. I liked the new bridge." in shown(form)
    form.rows["letter"].press("docx")  # a file of its own can be written all the same
    assert files(log) == ["thank-you-1-1-acme-mr-lid.docx"]
    form.sent_button.click()
    assert "Logged" not in status(form)
    log.path.write_bytes(content)
    form.controls["omission"].value = "I speak Danish"
    assert "The kit can’t use your log" not in shown(form)
    assert FollowUpForm(OutcomeLog(log.path)).controls["topic"].value == "I liked the new bridge."


def test_an_interview_whose_notes_cannot_be_read_is_not_picked(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    log.add_interview(log.add_application("Other Ltd", "Clerk"), "2026-11-21", interviewers="Dr Gale")
    form.refresh()
    content = log.path.read_bytes()
    log.path.write_bytes(b"no log at all " * 100)
    form.controls["interview"].value = 2
    assert form.controls["interview"].value == 1
    assert form.controls["topic"].value == "I liked the new depot."
    log.path.write_bytes(content)
    form.controls["interview"].value = 2
    assert form.controls["person"].value == "Dr Gale"
    assert form.controls["topic"].value == ""


def test_an_interview_that_is_deleted_elsewhere_gives_way_to_the_next(log: OutcomeLog, form: FollowUpForm) -> None:
    other = log.add_interview(log.add_application("Other Ltd", "Clerk"), "2026-11-21", interviewers="Dr Gale")
    form.refresh()
    form.controls["interview"].value = other
    form.controls["topic"].value = "the storm"
    log.delete_interview(other)
    form.refresh()
    assert form.controls["interview"].value == 1
    assert (form.controls["person"].value, form.controls["topic"].value) == ("Mr Lid", "")
    log.delete_interview(1)
    form.refresh()
    assert "Save one on the page" in shown(form)
    assert form.controls["people"].disabled
    assert form.controls["topic"].disabled


def test_an_interview_that_is_kept_while_the_page_is_open_is_taken_up(log: OutcomeLog) -> None:
    log.delete_application(1)
    form = FollowUpForm(log)
    assert form.letter is None
    save(LogForm(log=log), {**ACME, "interviewers": "Ms Wick"})
    assert "Dear Ms Wick," in shown(form)


def test_nobody_is_written_to_before_somebody_is_named(log: OutcomeLog, form: FollowUpForm) -> None:
    form.controls["people"].value = " , "
    assert "Add the people you met" in shown(form)
    assert form.controls["topic"].disabled
    form.controls["people"].value = "Ms Wick"
    assert not form.controls["topic"].disabled


# --- What to write today, over all applications


def nudge_log(log: OutcomeLog) -> OutcomeLog:
    """Give a log with one application to ask about, one to wait for, one that is answered, one to let go."""
    for company, held_on, happened in (
        ("Due & <b>Sons</b>", "2026-11-02", None),
        ("Later Ltd", "2026-11-20", None),
        ("Answered Ltd", "2026-11-02", "rejected"),
        ("Asked Ltd", "2026-10-30", "nudge"),
    ):
        number = log.add_application(company, "Clerk")
        log.add_interview(number, held_on, interviewers="Dr Gale, Mr Frost")
        if happened:
            log.add_event(number, happened, "2026-11-09")
    log.delete_application(1)
    return log


def test_s24_each_application_that_is_due_has_its_own_letter_and_no_other_has(log: OutcomeLog) -> None:
    view = NudgesView(nudge_log(log))
    assert view._sheet.value.count("<h3>") == 2
    assert "Due &amp; &lt;b&gt;Sons&lt;/b&gt;, Clerk" in view._sheet.value
    assert "We spoke on 2 November about the Clerk role at Due & <b>Sons</b>" in sheet(view)
    assert "I wrote to you on 9 November about the Clerk role at Asked Ltd" in sheet(view)
    assert sheet(view).count("Dear Dr Gale,") == 2
    assert sheet(view).count("Still missing: your own name.") == 2
    for other in ("Later Ltd", "Answered Ltd"):
        assert other not in sheet(view)


def test_a_letter_that_was_noted_as_sent_is_not_due_any_more(log: OutcomeLog) -> None:
    form, view = FollowUpForm(nudge_log(log)), NudgesView(log)
    form.controls["me"].value = "Alex Tan"
    assert "Still missing" not in sheet(view)
    form.controls["interview"].value = 2
    form.controls["kind"].value = "nudge"
    form.sent_button.click()
    assert "Sons" not in sheet(view)
    assert "Asked Ltd" in sheet(view)
    assert "Still missing" not in sheet(view)


def test_where_nothing_is_due_it_says_so(log: OutcomeLog) -> None:
    assert "Nothing to chase today." in sheet(NudgesView(log))


# --- Letters of every kind


def asked_for(form: FollowUpForm) -> set[str]:
    return {name for name in LETTER if form.controls[name].layout.display != "none"}


@pytest.mark.parametrize("kind", LetterKind)
def test_only_what_the_letter_needs_is_asked_for(form: FollowUpForm, kind: LetterKind) -> None:
    form.controls["kind"].value = kind
    coordinator = {"coordinator"} if kind is LetterKind.PANEL_THANKS else set()
    assert asked_for(form) == {*SHAPES[kind].needs, *SHAPES[kind].may, *coordinator, "greeting", "email"}
    assert text(f"follow_up.letter.purpose.{kind}") in unescape(form._shown["purpose"].value)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_of_every_kind_is_written_saved_and_noted(
    log: OutcomeLog, form: FollowUpForm, kind: LetterKind
) -> None:
    fill_in(form)
    form.controls["kind"].value = kind
    if kind is LetterKind.PANEL_THANKS:
        fill_in(form, coordinator="Mr Lid", topic="", interest="")
    for name in SHAPES[kind].needs:
        if isinstance(form.controls[name], ipywidgets.DatePicker):
            form.controls[name].value = dt.date(2026, 11, 22)
        elif not form.controls[name].value:
            form.controls[name].value = "Here is what I can say."
    assert "The letter is complete" in status(form)
    form.rows["letter"].press("eml")
    assert [text(f"follow_up.file.{kind}") in name for name in files(log)] == [True]
    form.sent_button.click()
    assert tuple(happened for happened, _ in events(log)) == RECORDED.get(kind, ())
    form.controls["person"].value = "Mr Lid"  # where it went on to somebody else
    assert form.sent_button.disabled
    assert (form.sent_button.layout.display == "none") == (kind not in RECORDED)
    form.note_as_sent()
    assert len(events(log)) == len(RECORDED.get(kind, ()))


def test_turning_down_an_offer_that_is_in_the_log_notes_that_one_withdrew(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    log.add_event(1, "offer", "2026-11-21")
    form.controls["kind"].value = "decline_offer"
    form.sent_button.click()
    assert [kind for kind, _ in events(log)] == [EventKind.OFFER, EventKind.WITHDREW]
    assert "Logged: I withdrew; Mr Lid" in status(form)


def test_what_they_have_told_is_in_the_letter(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    log.update_interview(1, promised_on="2026-11-27")
    form.refresh()
    assert "You mentioned I might hear by 27 November." in shown(form)
    log.reassess(1, Assessment(already="next_step"))
    form.refresh()
    told = "I’m delighted to be through to the next round. You mentioned I might hear more by 27 November"
    assert told in shown(form)
    log.add_event(1, "offer", "2026-11-21")
    form.refresh()
    assert "I’m delighted about the offer." in shown(form)


def test_a_gap_is_marked_in_its_sentence(form: FollowUpForm) -> None:
    fill_in(form, strength="planning <routes>")
    assert "<mark>[a whole sentence: planning &lt;routes&gt;]</mark>" in form._shown["letter"].value
    assert "Still missing: “planning <routes>” as a whole sentence" in status(form)


def test_the_panel_is_thanked_through_the_coordinator(log: OutcomeLog, form: FollowUpForm) -> None:
    fill_in(form)
    form.controls["people"].value = "Mr Lid, Sam Hill, Ms Spout"
    form.controls["kind"].value = "panel_thanks"
    assert form.controls["person"].layout.display == "none"
    assert form.letter is not None
    assert form.letter.to.name == "", "nobody that was met gets it instead"
    assert "the name of the person you’re writing to" in status(form)
    fill_in(form, coordinator="Sam Hill", email="hill@example.com", topic="It all went smoothly.")
    assert "Dear Sam Hill," in shown(form)
    assert "pass on my thanks to Mr Lid and Ms Spout?" in shown(form)
    again = FollowUpForm(log)
    assert [again.controls[name].value for name in ("coordinator", "email")] == ["Sam Hill", "hill@example.com"]
    form.rows["letter"].press("eml")
    assert files(log) == ["panel-thank-you-1-1-acme-sam-hill.eml"]
    form.sent_button.click()
    assert events(log) == [(EventKind.THANK_YOU, "Sam Hill, Mr Lid, Ms Spout")]
    assert "Send the thank-you letter" not in DueView(log)._sheet.value, "through the coordinator, it went to all"
    form.controls["kind"].value = "thank_you"
    assert form.controls["email"].value == "lid@example.com"
    assert form.sent_button.disabled, "who was thanked through the coordinator was thanked"


@pytest.mark.parametrize(
    ("note", "left"),
    [
        (None, ""),
        ("by e-mail, to all", ""),
        ("Mr Lid", "Ms Spout"),
        ("lid", "Ms Spout"),
        ("Ms Spout, by post", "Mr Lid"),
        ("mr lid and ms spout", ""),
    ],
)
def test_a_thank_you_that_was_logged_by_hand_counts_for_those_whom_it_names(
    log: OutcomeLog, note: str | None, left: str
) -> None:
    log.add_event(1, "thank_you", "2026-11-21", note)
    assert (f"Send the thank-you letter to {left}" in DueView(log)._sheet.value) is bool(left)
    assert ("Send the thank-you letter" in DueView(log)._sheet.value) is bool(left)
    form = FollowUpForm(log)
    fill_in(form)
    for name in ("Mr Lid", "Ms Spout"):
        form.controls["person"].value = name
        assert form.sent_button.disabled is (name != left)


def test_a_letter_with_gaps_says_so_before_it_is_logged_and_is_logged_all_the_same(
    log: OutcomeLog, form: FollowUpForm
) -> None:
    fill_in(form, interest="")
    form.sent_button.click()
    assert events(log) == []
    assert "There are still gaps in this letter: why you want the job." in status(form)
    form.controls["greeting"].value = "Hi Tom"  # who goes on writing is told again
    form.sent_button.click()
    assert events(log) == []
    form.sent_button.click()
    assert events(log) == [(EventKind.THANK_YOU, "Mr Lid")]
    assert "Logged: I sent a thank-you; Mr Lid" in status(form)


def test_a_call_that_is_still_to_come_was_not_missed(form: FollowUpForm) -> None:
    fill_in(form)
    form.controls["kind"].value = "missed_call"
    form.controls["call_on"].value = dt.date(2026, 11, 23)
    assert "Still missing: the day of the call: 23 November is still to come." in status(form)
    form.controls["call_on"].value = dt.date(2026, 11, 22)
    assert "The letter is complete" in status(form)


def test_on_a_day_off_the_messages_are_ready_for_the_next_business_day(log: OutcomeLog) -> None:
    nudge_log(log)
    assert "Messages to send on 23 Nov 2026" in NudgesView(log).write(log, dt.date(2026, 11, 22))
    assert "Messages to send today" in NudgesView(log).write(log, dt.date(2026, 11, 23))
    christmas = NudgesView(log).write(log, dt.date(2026, 12, 25))
    assert "Messages to send on 28 Dec 2026" in christmas
    assert "overdue" not in DueView(log).write(log, dt.date(2026, 12, 25))


def test_whoever_was_asked_before_is_named_to_someone_else(log: OutcomeLog, form: FollowUpForm) -> None:
    log.add_event(1, "nudge", "2026-11-20", "Mr Lid")
    log.add_event(1, "nudge", "2026-11-21", "Mr Lid")
    other = FollowUpForm(log)
    other.controls["person"].value = "Ms Spout"
    other.controls["kind"].value = "someone_else"
    assert "I’ve written to Mr Lid since then" in shown(other)
    other.controls["kind"].value = "nudge"  # she was not asked yet
    assert "We spoke on 20 November" in shown(other)
    other.controls["person"].value = "Mr Lid"
    assert "I wrote to you on 21 November" in shown(other)
    assert other.controls["written_to"].value == ""


def test_where_thanks_are_not_customary_they_are_due_nowhere(log: OutcomeLog, form: FollowUpForm) -> None:
    due = DueView(log)
    assert "Send the thank-you letter" in due._sheet.value
    form.controls["thanks"].value = "no"
    assert "Send the thank-you letter" not in due._sheet.value
    assert "Send the thank-you letter" not in form._shown["dates"].value
    assert form.case is not None
    assert [one.step for one in form.case.planned] == ["nudge_1", "nudge_2", "no_reply"]
