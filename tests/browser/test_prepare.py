"""The preparation, as one person does it with the keyboard: questions, pitch, rehearsal, the card in both forms."""

from __future__ import annotations

import io

import pypdf
from conftest import PATIENCE, Kit, choose_by_keyboard, go_to, open_page, tab_to, type_into, wait_until_run
from playwright.sync_api import Browser, Locator, Page, expect
from test_accessibility import faults

QUESTION = "Who would I work with most closely on your <b>tenant</b> app 😀?"


def sheet(page: Page) -> Locator:
    return page.locator(".ck-live .ck-answer")


def pick_by_keyboard(page: Page, picked: Locator, begins: str) -> None:
    for _ in range(70):
        if picked.evaluate("node => node.selectedOptions[0].text").replace("\xa0", " ").startswith(begins):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys do not lead to {begins!r}")


def test_from_the_start_page_to_the_saved_card_with_the_keyboard_alone(page: Page, kit: Kit, browser: Browser) -> None:
    open_page(page, kit, "00_start_here")
    tab_to(page, page.get_by_role("link", name="Prepare the close").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Prepare the close").first).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)

    choose_by_keyboard(page, "Who you’ll meet", "A future colleague")
    choose_by_keyboard(page, "How you’ll meet", "Video")
    expect(sheet(page)).to_contain_text("Nod or wave")
    picked = page.get_by_label("Question 1", exact=True)
    expect(picked.locator("option", has_text="The team: Who would I work with most closely")).to_have_count(1)
    tab_to(page, picked)
    pick_by_keyboard(page, picked, "The team: Who would I work with most closely")
    expect(sheet(page)).to_contain_text("Still to fill in: [a project of theirs].")
    project = page.get_by_label("A product or project of theirs")
    while not project.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.type("your <b>tenant</b> app 😀")
    expect(sheet(page).get_by_text(QUESTION).first).to_be_visible()

    type_into(page, "Skills: what you’re good at that they need", "I think I plan well.")
    expect(sheet(page).locator("mark")).to_have_text("I think")
    expect(sheet(page)).to_contain_text("Still to write: experience, ambition, desire.")

    tab_to(page, page.get_by_role("button", name="Start the timer"))
    page.keyboard.press("Space")
    expect(page.get_by_role("timer")).to_have_text("1 second")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Start the timer")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="You spoke for 1 second.")).to_contain_text("should take about")

    for name in ("Save for your phone (HTML)", "Save for printing (PDF)"):
        tab_to(page, page.get_by_role("button", name=name))
        page.keyboard.press("Space")
        kind = "html" if "HTML" in name else "pdf"
        expect(page.get_by_role("status").filter(has_text=f"closing_card.{kind}")).to_be_visible()
    assert faults(page) == []
    the_saved_card_reads_well_on_a_phone(browser, kit)
    the_saved_card_is_one_printed_page(kit)


def the_saved_card_reads_well_on_a_phone(browser: Browser, kit: Kit) -> None:
    phone = browser.new_page(viewport={"width": 360, "height": 740})
    phone.set_content((kit.data / "closing_card.html").read_text(encoding="utf-8"))
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 16
    assert len(pypdf.PdfReader(io.BytesIO(phone.pdf(format="A4"))).pages) == 1
    phone.close()


def the_saved_card_is_one_printed_page(kit: Kit) -> None:
    read = pypdf.PdfReader(kit.data / "closing_card.pdf")
    assert len(read.pages) == 1
    assert "<b>tenant</b> app" in read.pages[0].extract_text()


RIGHT_EDGE = "Math.max(...[...document.querySelectorAll('.ck-answer *')].map(one => one.getBoundingClientRect().right))"
TYPED = ("</div><script>document.title = 'broken'</script>", "שלום\nעולם", "W" * 10_000)


def test_whatever_is_typed_breaks_neither_the_page_nor_its_width(page: Page, kit: Kit) -> None:
    go_to(page, kit, "01_prepare")
    for typed in TYPED:
        page.get_by_label("Ambition: where you want to take it").fill(typed)
        expect(sheet(page).locator(".ck-typed").filter(has_text=typed[:3])).to_be_visible()
        assert page.title() != "broken", typed
        assert page.evaluate(RIGHT_EDGE) <= 1300, typed
        page.get_by_label("Ambition: where you want to take it").fill("")
        expect(sheet(page).locator(".ck-typed").filter(has_text=typed[:3])).to_have_count(0)
