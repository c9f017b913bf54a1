"""The preparation, as one person does it with the keyboard: questions, pitch, rehearsal, the card in all its forms."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdf
import zxingcpp
from conftest import PATIENCE, Kit, choose_by_keyboard, go_to, open_page, press, tab_to, type_into, wait_until_run
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from test_accessibility import faults

ROW = "Take it with you"
PRINTED = "window.print = () => { top.printed = document.title; }"  # there is no printer here
QUESTION = "Who would I work with most closely on your <b>tenant</b> app 😀?"


def sheet(page: Page) -> Locator:
    return page.locator(".ck-live .ck-answer")


def test_from_the_start_page_to_the_card_on_the_phone_by_keyboard(page: Page, kit: Kit, browser: Browser) -> None:
    page.add_init_script(PRINTED)
    open_page(page, kit, "00_start_here")
    tab_to(page, page.get_by_role("link", name="Prepare the close").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Prepare the close").first).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)

    choose_by_keyboard(page, "Who you’ll meet", "A future colleague")
    choose_by_keyboard(page, "How you’ll meet", "Video")
    expect(sheet(page)).to_contain_text("Nod or wave")
    expect(page.get_by_text("Still to fill in: [a project of theirs].")).to_have_count(1)
    type_into(page, "Something they’ve said or done", "your new depot")
    type_into(page, "A product or project of theirs", "your tenant app")
    type_into(page, "A task from the advert", "planning the shifts")
    the_suggestions_are_kept_swapped_and_worded_anew(page)

    type_into(page, "Skills: what you’re good at that they need", "I think I plan well.")
    skills = page.get_by_label("Skills: what you’re good at that they need")
    expect(skills).to_have_accessible_description("“I think” (in skills) weakens what you say. Leave it out.")
    needs = "Still open: question 3; skills; experience; ambition; desire."
    expect(page.get_by_role("status").filter(has_text=needs).first).to_be_attached()
    expect(sheet(page).get_by_role("heading", name="Your closing card")).to_be_in_viewport()

    tab_to(page, page.get_by_role("button", name="Start the timer"))
    page.keyboard.press("Space")
    expect(page.get_by_role("timer")).to_have_text("1 second")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Start the timer")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="You spoke for 1 second.")).to_contain_text("should take about")

    it_leaves_in_one_click(page, kit, browser)


def the_suggestions_are_kept_swapped_and_worded_anew(page: Page) -> None:
    questions = [page.get_by_role("group", name=f"Question {number}", exact=True) for number in (1, 2, 3)]
    expect(sheet(page).locator("section").first).to_contain_text("planning the shifts")  # the last letter has come
    expect(page.get_by_text("Ready to ask.")).to_have_count(3)
    suggested = [one.locator("[dir=auto]").inner_text() for one in questions]
    expect(sheet(page).locator("section").first.locator("li")).to_have_text(suggested)
    press(page, "Keep", "Question 1")
    expect(questions[0].get_by_role("button", name="Keep")).to_have_attribute("aria-pressed", "true")
    press(page, "Swap", "Question 2")
    expect(questions[1].get_by_text(suggested[1])).to_have_count(0)
    swap = questions[1].get_by_role("button", name="Swap")
    expect(swap).to_be_focused()
    expect(swap).to_have_accessible_description(f"{questions[1].locator('[dir=auto]').inner_text()} Ready to ask.")
    press(page, "Write my own", "Question 3")
    own = page.get_by_label("Question 3 in your own words")
    expect(own).to_be_focused()
    expect(own).to_have_value(suggested[2])
    page.keyboard.press("Control+A")
    page.keyboard.type(QUESTION)
    expect(own).to_have_accessible_description("Still to fill in: <b>, </b>.")
    page.keyboard.press("Shift+Tab")
    expect(questions[2].get_by_role("button", name="Suggest one instead")).to_be_focused()
    page.keyboard.press("Space")
    expect(questions[2].get_by_role("button", name="Keep")).to_be_focused()
    expect(sheet(page).get_by_text(suggested[2])).to_be_visible()
    press(page, "Write my own", "Question 3")
    expect(own).to_be_focused()
    expect(sheet(page).get_by_text(QUESTION)).to_be_visible()
    expect(sheet(page).get_by_text(suggested[0])).to_be_visible()


def it_leaves_in_one_click(page: Page, kit: Kit, browser: Browser) -> None:
    """Take the card along in every way; what the browser got is looked at by others than those that made it."""
    expect(sheet(page).get_by_text("Still open: question 3; skills; experience; ambition; desire.")).to_be_visible()
    the_card_reads_well_on_a_phone(browser, downloaded(page, kit, "Page for your phone (HTML)", "closing-card.html"))
    pdf = pypdf.PdfReader(downloaded(page, kit, "Download (PDF)", "closing-card.pdf"))
    assert len(pdf.pages) == 1
    assert "<b>tenant</b> app" in pdf.pages[0].extract_text()
    with page.expect_popup() as opened:
        press(page, "Open", ROW)
    expect(opened.value.get_by_text(QUESTION)).to_be_visible()
    opened.value.close()
    press(page, "Print", ROW)
    page.wait_for_function("window.printed === 'Your closing card'")
    page.context.grant_permissions(["clipboard-read"])
    press(page, "Copy text", ROW)
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert f"• {QUESTION}" in page.evaluate("navigator.clipboard.readText()")
    a_page_that_may_not_copy_selects_the_text(page)
    press(page, "On your phone", ROW)
    code = page.get_by_role("img", name="QR code with your questions and the words to say")
    expect(code).to_be_visible()
    code.scroll_into_view_if_needed()
    (read,) = zxingcpp.read_barcodes(np.asarray(Image.open(io.BytesIO(code.screenshot())).convert("L")))
    assert QUESTION in read.text
    assert faults(page) == []


def downloaded(page: Page, kit: Kit, button: str, name: str) -> Path:
    """Download the card, and give the file that the browser got: the copy beside the log is the same."""
    with page.expect_download() as got:
        press(page, button, ROW)
    expect(page.get_by_role("status").filter(has_text=f"Downloaded: {name}. There’s a copy")).to_be_visible()
    assert got.value.suggested_filename == name
    path = Path(got.value.path())
    assert path.read_bytes() == (kit.data / "cards" / name).read_bytes()
    return path


def a_page_that_may_not_copy_selects_the_text(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; 0")
    press(page, "Copy text", ROW)
    expect(page.get_by_role("status").filter(has_text="The text is selected below")).to_be_visible()
    assert QUESTION in page.evaluate("getSelection().toString() || document.activeElement.value")
    expect(page.get_by_role("textbox", name=ROW)).to_be_focused()


def the_card_reads_well_on_a_phone(browser: Browser, page: Path) -> None:
    phone = browser.new_page(viewport={"width": 360, "height": 740})
    phone.set_content(page.read_text(encoding="utf-8"))
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    assert len(pypdf.PdfReader(io.BytesIO(phone.pdf(format="A4"))).pages) == 1
    phone.close()


RIGHT_EDGE = "Math.max(...[...document.querySelectorAll('.ck-answer *')].map(one => one.getBoundingClientRect().right))"
TYPED = ("</div><script>document.title = 'broken'</script>", "שלום\nעולם", "W" * 10_000)


def test_whatever_is_typed_breaks_neither_the_page_nor_its_width(page: Page, kit: Kit) -> None:
    go_to(page, kit, "01_prepare")
    for typed in TYPED:
        page.get_by_label("Ambition: where you want to take it").fill(typed)
        expect(sheet(page).locator("dd").filter(has_text=typed[:3])).to_be_visible()
        assert page.title() != "broken", typed
        assert page.evaluate(RIGHT_EDGE) <= 1300, typed
        page.get_by_label("Ambition: where you want to take it").fill("")
        expect(sheet(page).locator("dd").filter(has_text=typed[:3])).to_have_count(0)
