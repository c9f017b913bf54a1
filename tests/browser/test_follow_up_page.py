"""The days after, as one person does them with the keyboard: the letter, its files, the dates, the note in the log."""

from __future__ import annotations

import email
import email.policy
import re
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from conftest import Kit, choose_theme, open_page, press, tab_to
from playwright.sync_api import Page, expect
from test_accessibility import faults

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.records import OutcomeLog

COMPANY = "Wick & <b>Sons</b> ../x"
TODAY = today()  # as the kit has it, which the tests open on a fixed day


@pytest.fixture
def interview(kit: Kit) -> int:
    """Keep an interview with two people in the log of the kit that is open."""
    log = OutcomeLog(kit.data / "closing_log.sqlite")
    application = log.add_application(COMPANY, "Analyst")
    return log.add_interview(application, TODAY, format="video", interviewers="Ms Wick, Mr Flint")


def test_from_the_interview_to_the_saved_letter_with_the_keyboard_alone(page: Page, kit: Kit, interview: int) -> None:
    open_page(page, kit, "04_follow_up")
    picked = page.get_by_label("Interview", exact=True)
    tab_to(page, picked)
    page.keyboard.type(COMPANY)  # a list goes to the entry that begins so
    expect(picked.locator("option:checked")).to_have_text(f"{COMPANY}, Analyst · First · {day(TODAY)}")
    type_into(page, "Your name, as you sign it", "Alex Tan")
    person = page.get_by_label("Who this letter is for")
    expect(person.locator("option:checked")).to_have_text("Ms Wick")
    eml = page.get_by_role("button", name="Download (.eml)")
    expect(eml).to_be_disabled()
    choose_another_kind_and_come_back(page)
    type_into(page, "One thing you talked about", "i liked the <script>new</script> depot")
    type_into(page, "What you’d bring to the job", "planning routes")
    expect(page.locator("mark").filter(has_text="[a whole sentence: planning routes]")).to_be_visible()
    assert faults(page) == []
    type_into(page, "What you’d bring to the job", " is what I do best.")
    expect(page.get_by_role("status").filter(has_text="Still missing: why you want the job.")).to_be_visible()
    type_into(page, "Why you want the job", "I like small teams")
    type_into(page, "Their e-mail address", "wick@example.com")
    expect(page.get_by_role("status").filter(has_text="The letter is complete.")).to_be_visible()
    expect(page.get_by_text("I liked the <script>new</script> depot.")).to_be_visible()
    expect(page.get_by_label("The last day to answer the other offer")).to_be_hidden()
    assert faults(page) == []

    the_letter_opens_in_the_mail_program(page)
    press(page, "Download (.eml)")
    expect(page.get_by_text(re.compile("Downloaded: thank-you-.*ms-wick.eml. .* folder follow_up"))).to_be_visible()
    (saved,) = (kit.data / "follow_up").glob(f"thank-you-*-{interview}-*.eml")
    read = email.message_from_bytes(saved.read_bytes(), policy=email.policy.default)
    assert read["to"] == "Ms Wick <wick@example.com>"
    assert read["x-unsent"] == "1"

    press(page, "I’ve sent it: log it")
    said = page.get_by_role("status").filter(has_text="Logged: I sent a thank-you; Ms Wick")
    expect(said).to_contain_text("This is now the letter to Mr Flint.")
    expect(person.locator("option:checked")).to_have_text("Mr Flint")
    press(page, "Undo")
    expect(page.get_by_role("status").filter(has_text="Undone. No longer in your log")).to_be_visible()
    expect(person.locator("option:checked")).to_have_text("Ms Wick")
    press(page, "I’ve sent it: log it")
    expect(person.locator("option:checked")).to_have_text("Mr Flint")

    tab_to(page, page.get_by_label("The employer’s country"))
    page.keyboard.type("Ireland")
    press(page, "Download (.ics)")
    expect(page.get_by_text(re.compile(r"Downloaded: dates-.*\.ics"))).to_be_visible()
    (dates,) = (kit.data / "follow_up").glob(f"dates-*-{interview}-*.ics")
    # One is the letter to Mr Flint, who was there too.
    assert len(vobject.readOne(dates.read_text(encoding="utf-8")).vevent_list) == 4

    choose_theme(page, "Dark")
    assert faults(page) == []
    choose_theme(page, "Light")


def the_letter_opens_in_the_mail_program(page: Page) -> None:
    """Follow the link as far as this machine goes, which has no mail program."""
    page.evaluate("HTMLAnchorElement.prototype.click = function () { window.followed = this.href; }")
    press(page, "Open in mail")
    expect(page.get_by_role("status").filter(has_text="Your mail program should open with the letter.")).to_be_visible()
    link = urlsplit(page.evaluate("const link = window.followed; delete HTMLAnchorElement.prototype.click; link"))
    assert (link.scheme, link.path) == ("mailto", "wick@example.com")
    assert "I liked the <script>new</script> depot." in parse_qs(link.query)["body"][0]
    expect(page.get_by_role("button", name="Open in mail")).to_be_focused()


def choose_another_kind_and_come_back(page: Page) -> None:
    """Wait for each, since each asks something else: a field that is taken away takes what is being typed with it."""
    tab_to(page, page.get_by_label("What’s the letter for?"))
    page.keyboard.type("Ask for news")
    expect(page.get_by_text(text("follow_up.letter.purpose.nudge"))).to_be_visible()
    expect(page.get_by_label("One thing you talked about")).to_be_hidden()
    page.keyboard.press("Home")
    expect(page.get_by_text(text("follow_up.letter.purpose.thank_you"))).to_be_visible()
    expect(page.get_by_label("What you’d bring to the job")).to_be_visible()


def test_each_person_has_their_own_half_written_letter_also_after_a_reload(
    page: Page, kit: Kit, interview: int
) -> None:
    open_page(page, kit, "04_follow_up")
    page.get_by_label("Interview", exact=True).select_option(newest(page))
    person = page.get_by_label("Who this letter is for")
    topic = page.get_by_label(re.compile("One thing you talked about"))
    person.select_option("Ms Wick")
    topic.fill("I liked the depot.")
    expect(page.get_by_text("at Wick & <b>Sons</b> ../x. I liked the depot.")).to_be_visible()
    person.select_option("Mr Flint")
    expect(topic).to_have_value("")
    topic.fill("i liked The depot")
    asked = "something you didn’t also write to Ms Wick"
    expect(page.get_by_role("status").filter(has_text=asked)).to_be_visible()
    open_page(page, kit, "04_follow_up")
    expect(person.locator("option:checked")).to_have_text("Mr Flint")
    expect(topic).to_have_value("i liked The depot")


def newest(page: Page) -> str:
    """Give the value of the list's first entry for the company: of several, the one that was kept last."""
    entries = page.get_by_label("Interview", exact=True).locator("option").filter(has_text=COMPANY)
    return entries.first.get_attribute("value") or ""


def type_into(page: Page, question: str, typed: str) -> None:
    tab_to(page, page.get_by_label(re.compile(f"^{re.escape(question)}")))
    page.keyboard.type(typed)
