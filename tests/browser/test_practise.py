"""One whole round of the practice with the keyboard alone, found again after a restart, and readable by everyone."""

from __future__ import annotations

from conftest import PATIENCE, Kit, back_to, choose_by_keyboard, live, open_page, press, tab_to, wait_until_run
from playwright.sync_api import Locator, Page, expect
from test_accessibility import WIDTHS, cut_off, faults
from test_close import restart_the_kernel

OF_A_RECRUITER = "“Is there anything else you’d need from me to put me forward?”"
STEPS = (
    "I make sure I know when they’ll decide",
    "I make sure I know the next step",
    "I sum up why I fit, and say I want this job",
)


def step(page: Page, number: int, title: str) -> Locator:
    """Wait for a step, which has the focus."""
    heading = page.get_by_role("heading", name=f"Step {number} of 6 {title}", exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    return heading


def test_a_whole_round_with_the_keyboard_alone(page: Page, kit: Kit) -> None:
    open_page(page, kit, "06_practise")
    format = page.get_by_role("group", name="How you meet", exact=True)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(format).to_be_hidden()
    tab_to(page, live(page).locator("summary", has_text="Choose another"))
    page.keyboard.press("Enter")
    choose_by_keyboard(page, "How you meet", "Phone")
    expect(page.get_by_label("Which interview").locator("option")).to_have_count(6)
    expect(page.get_by_role("heading", name="Nine minutes on the phone")).to_be_visible()
    tab_to(page, page.get_by_label("A number or a word, to hear the same answer as others"))
    page.keyboard.type("monday")
    back_to(page, page.get_by_role("button", name="Start", exact=True))
    page.keyboard.press("Enter")

    step(page, 1, "Nine minutes on the phone")
    assert faults(page) == []
    press(page, "Next")
    step(page, 2, "How it went")
    press(page, "Next")
    expect(page.get_by_role("status").filter(has_text="Choose one of the answers first.")).to_be_visible()
    expect(page.get_by_role("radio", name="It went well")).to_be_focused()
    for key in ("Space", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.get_by_role("radio", name="It didn’t go well")).to_be_checked()
    press(page, "Next")
    step(page, 3, "What you’d really do before you leave")
    for one in STEPS:
        choose_by_keyboard(page, one, "Yes")
    press(page, "Next")
    step(page, 4, "Your question")
    press(page, "Back")
    step(page, 3, "What you’d really do before you leave")
    expect(page.get_by_role("group", name=STEPS[0]).get_by_role("radio", name="Yes")).to_be_checked()
    assert [(width, cut) for width in WIDTHS for cut in cut_off(page, width)] == []
    press(page, "Next")
    step(page, 4, "Your question")
    choose_by_keyboard(page, "What do you ask at the close?", OF_A_RECRUITER)
    press(page, "Ask, and hear the answer")

    step(page, 5, "They answer")
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_hidden()
    replies = page.get_by_role("group", name="What do you say to that?", exact=True)
    expect(replies.get_by_role("radio")).to_have_count(5)
    choose_by_keyboard(page, "What do you say to that?", replies.locator("label").nth(1).inner_text())
    press(page, "Say it, and see the debrief")

    step(page, 6, "The debrief")
    expect(page.get_by_role("status").filter(has_text="The debrief is ready.")).to_contain_text(
        "Your question: a little too timid. What else you did: a little too timid."
    )
    expect(page.get_by_role("img", name="Between too timid and too pushy: a little too timid.").first).to_be_visible()
    expect(page.get_by_text("You read the signs right: “It didn’t go well”.")).to_be_visible()
    expect(page.get_by_text("It’s too early to say which way you lean: 1 of 5 tries.")).to_be_visible()
    assert faults(page) == []
    assert [(width, cut) for width in WIDTHS for cut in cut_off(page, width)] == []

    restart_the_kernel(page)
    wait_until_run(page)
    expect(page.get_by_role("heading", name="The debrief")).to_be_visible(timeout=PATIENCE)
    press(page, "Try this one again")
    step(page, 1, "Nine minutes on the phone")
    expect(page.get_by_text("You’ve tried this interview before")).to_be_visible()
