"""The whole journey, 00 to 06, as one person goes through it with the keyboard alone, in every language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import (
    PATIENCE,
    Kit,
    advice,
    choose_by_keyboard,
    live,
    open_page,
    opened,
    press,
    tab_to,
    type_into,
    unfold,
    wait_until_run,
)
from playwright.sync_api import Locator, Page, expect
from test_accessibility import faults

from closing_lib.content import LANGUAGES, language, signs, text
from closing_lib.content.pages import pages
from closing_lib.records import AttemptRow, EventRow, InterviewRow, OutcomeLog

# All that is seen or said around the text and the forms of a page, whoever put it there.
FRAME = """
    () => [...document.querySelectorAll("body *")].filter(node => node.checkVisibility() && !node.closest(".ck-live"))
        .flatMap(node => ["aria-label", "title", "placeholder", "alt"].map(name => node.getAttribute(name)))
        .concat(document.title, document.querySelector(".closing-kit-bar").innerText.split(/[\\n▾]/))
        .map(said => said?.trim()).filter(Boolean)
"""
COMPANY, ROLE = "Tin & Whistle <i>Works</i>", "Planner"


@pytest.fixture(params=LANGUAGES)
def kit(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Kit]:
    """Open the kit in a language, with an empty log of its own."""
    with opened(tmp_path_factory.mktemp(f"data_{request.param}"), "--lang", request.param) as kit:
        monkeypatch.setenv("CLOSING_LANG", request.param)
        yield kit


def test_one_person_from_the_start_to_the_practice(page: Page, kit: Kit) -> None:
    open_page(page, kit, "00_start_here")
    expect(page.locator("html")).to_have_attribute("lang", language())
    prepare(page, kit)
    close(page, kit)
    respond(page)
    follow_up(page, kit)
    see_the_outcomes(page, kit)
    practise(page, kit)
    back_at_the_start(page)
    quit_the_kit(page, kit)


def prepare(page: Page, kit: Kit) -> None:
    go_on_to(page, "01_prepare")
    type_into(page, text("prepare.company"), COMPANY)
    type_into(page, text("prepare.role"), ROLE)
    type_into(page, text("prepare.skills"), "Planning the shifts of two hundred people.")
    press(page, text("actions.page_for_phone"))
    expect(page.get_by_role("status").filter(has_text=".html")).to_be_visible()
    (saved,) = (kit.data / "cards").glob(f"{text('prepare.file')}-tin-whistle-*.html")  # named by company
    card = saved.read_text(encoding="utf-8")
    assert "Tin &amp; Whistle &lt;i&gt;Works&lt;/i&gt;" in card
    assert text("tactics.bold.words") in card


def close(page: Page, kit: Kit) -> None:
    go_on_to(page, "02_close")
    expect(page.get_by_label(text("log_forms.interview.company"), exact=True)).to_have_value(COMPANY)
    expect(page.get_by_label(text("log_forms.interview.role"), exact=True)).to_have_value(ROLE)
    yes = text("forms.assessment.yes")
    for name in ("round_options.first", "comes_next_options.told"):
        choose_by_keyboard(
            page, text(f"forms.assessment.{name.split('_options')[0]}"), text(f"forms.assessment.{name}")
        )
    for sign in [sign for sign in signs() if sign.good and not sign.weak][1:6]:
        choose_by_keyboard(page, sign.text, yes)
    for rating in ("felt", "confidence", "risk"):
        choose_by_keyboard(page, text(f"forms.assessment.{rating}"), text(f"forms.assessment.{rating}_options.5"))
    expect(advice(page)).to_have_text(f"“{text('tactics.bold.words')}”")
    choose_by_keyboard(page, text("log_forms.interview.used"), text("log_forms.interview.used_options.bold"))
    hesitated = text("log_forms.interview.response_options.hesitated")
    choose_by_keyboard(page, text("log_forms.interview.response"), hesitated)
    type_into(page, text("log_forms.interview.interviewers"), "Ms Wick, Mr Flint")
    press(page, text("log_forms.interview.save"))
    expect(page.get_by_role("status").filter(has_text=f"{COMPANY}, {ROLE}").first).to_be_visible()
    (kept,) = OutcomeLog(kit.data / "closing_log.sqlite").rows(InterviewRow)
    assert (kept.used, kept.response, kept.band) == ("bold", "hesitated", "well")


def respond(page: Page) -> None:
    go_on_to(page, "03_respond")
    choose_by_keyboard(page, text("forms.response.question"), text("forms.response.options.hesitated"))
    expect(live(page).get_by_text("S19").first).to_be_visible()
    expect(live(page).get_by_text(COMPANY).first).to_be_visible()  # among the open applications


def follow_up(page: Page, kit: Kit) -> None:
    go_on_to(page, "04_follow_up")
    type_into(page, text("follow_up.letter.me"), "Alex Tan")
    tab_to(page, page.get_by_label(text("follow_up.letter.kind"), exact=True))
    page.keyboard.type(text("follow_up.letter.kind_options.thank_you"))
    strength = page.get_by_label(text("follow_up.letter.strength"), exact=True)
    expect(strength).to_have_value("Planning the shifts of two hundred people.")
    type_into(page, text("follow_up.letter.topic"), "I keep thinking about your new depot.")
    type_into(page, text("follow_up.letter.interest"), "I like small teams.")
    expect(page.get_by_role("status").filter(has_text=text("follow_up.letter.whole"))).to_be_visible()
    press(page, text("actions.download.as", kind=".docx"))
    expect(page.get_by_role("status").filter(has_text=".docx")).to_be_visible()
    assert len(list((kit.data / "follow_up").glob("*.docx"))) == 1
    press(page, text("follow_up.letter.sent"))
    expect(page.get_by_role("status").filter(has_text="Ms Wick").first).to_be_visible()


def see_the_outcomes(page: Page, kit: Kit) -> None:
    go_on_to(page, "05_outcomes")
    picked = page.get_by_label(text("log_forms.event.application"), exact=True)
    tab_to(page, picked)
    page.keyboard.type(COMPANY)
    tab_to(page, page.get_by_label(text("log_forms.event.kind"), exact=True))
    page.keyboard.type(text("log_forms.event.kind_options.advanced"))
    press(page, text("log_forms.event.save"))
    row = page.get_by_role("row").filter(has_text=COMPANY).filter(has_text=text("outcomes.event.advanced"))
    expect(row.first).to_be_visible()
    kinds = [row.kind for row in OutcomeLog(kit.data / "closing_log.sqlite").rows(EventRow)]
    assert kinds[-2:] == ["thank_you", "advanced"]


def practise(page: Page, kit: Kit) -> None:
    go_on_to(page, "06_practise")
    for stage in ("start", "read"):
        press(page, text(f"practise.onward.{stage}"))
    choose_by_keyboard(page, text("practise.judged"), text("reading.band.well"))
    press(page, text("practise.onward.judge"))
    expect(page.get_by_role("group", name=text("practise.step.thanks"), exact=True)).to_be_visible()
    press(page, text("practise.onward.leave"))
    choose_by_keyboard(page, text("practise.asked"), f"“{text('tactics.mild.words')}”")
    press(page, text("practise.onward.ask"))
    replies = page.get_by_role("group", name=text("practise.reply"), exact=True)
    expect(replies.get_by_role("radio")).to_have_count(5)
    choose_by_keyboard(page, text("practise.reply"), replies.locator("label").first.inner_text())
    press(page, text("practise.onward.reply"))
    expect(page.get_by_role("heading", name=text("practise.stage.debrief"))).to_be_visible()
    assert len(OutcomeLog(kit.data / "closing_log.sqlite").rows(AttemptRow, kind="practice")) == 1
    assert faults(page) == []


def back_at_the_start(page: Page) -> None:
    go_on_to(page, "00_start_here")
    unfold(page)
    summary = text("study.progress.summary", done="", of="", due="", rounds=1)
    expect(live(page).get_by_text(summary.split(". ")[-1])).to_be_visible()  # saved in the kernel of another page
    expect(live(page).get_by_text(COMPANY)).to_have_count(0)  # answered, so nothing is due there
    assert faults(page) == []


def go_on_to(page: Page, name: str) -> None:
    """Take the link in the navigation under the title, and wait for the page."""
    title = next(one.title for one in pages() if one.name == name)
    tab_to(page, navigation(page, name))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)


def navigation(page: Page, name: str) -> Locator:
    shown = page.locator(".closing-kit-page:not(.lm-mod-hidden)")
    return shown.get_by_role("link", name=text(f"pages.short.{name}"), exact=True).first


def quit_the_kit(page: Page, kit: Kit) -> None:
    page.get_by_role("button", name=text("shell.pages"), exact=True).press("ArrowDown")
    titles = [one.title for one in pages()]
    expect(page.get_by_role("menu").locator("a")).to_have_text(titles)
    said = {text(f"shell.{name}") for name in ("kit", "pages", "print", "view", "help", "quit")} | {"Aa", *titles}
    said |= set(page.locator(".closing-kit-fold button").all_inner_texts())  # code is named by the heading above it
    assert set(page.evaluate(FRAME)) <= said | {f"{titles[0]} · {text('shell.kit')}"}
    page.keyboard.press("Escape")
    page.get_by_role("button", name=text("shell.quit"), exact=True).press("Enter")
    assert faults(page) == []
    page.keyboard.press("Shift+Tab")  # from “Keep it open”, which comes first to hand
    page.keyboard.press("Enter")
    expect(page).to_have_title(text("shell.closed.title"))
    assert faults(page) == []
    assert kit.started.wait(timeout=30) == 0
