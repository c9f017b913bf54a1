"""One whole round of the practice with the keyboard alone, found again after a restart, and readable by everyone."""

from __future__ import annotations

from conftest import PATIENCE, Kit, answer, choose_by_keyboard, go_to, open_page, press, tab_to, wait_until_run
from playwright.sync_api import Page, expect
from test_accessibility import WIDTHS, cut_off, faults
from test_close import restart_the_kernel

NOTHING = "I don’t ask a closing question."
OF_A_RECRUITER = "“Is there anything else you’d need from me to put me forward?”"
STEPS = (
    "I make sure I know when they’ll decide",
    "I make sure I know the next step",
    "I sum up why I fit, and say I want this job",
)


def test_a_whole_round_with_the_keyboard_alone(page: Page, kit: Kit) -> None:
    open_page(page, kit, "06_practise")
    expect(page.get_by_role("heading", name="The walk round the ward")).to_be_visible()
    choose_by_keyboard(page, "How you meet", "Phone")
    picked = page.get_by_label("Which interview")
    expect(picked.locator("option")).to_have_count(7)
    press(page, "Another one")
    expect(page.get_by_role("heading", name="Nine minutes on the phone")).to_be_visible()

    choose_by_keyboard(page, "Going by what you saw, how did it go?", "It didn’t go well")
    choose_by_keyboard(page, "What do you ask at the close?", OF_A_RECRUITER)
    for step in STEPS:
        choose_by_keyboard(page, step, "Yes")
    tab_to(page, page.get_by_label("A number or a word, to hear the same answer as others"))
    page.keyboard.type("monday")
    press(page, "Ask, and hear the answer")

    expect(page.get_by_role("heading", name="They answer")).to_be_visible()
    expect(page.get_by_label("Type this in again")).to_have_value("monday")
    replies = page.get_by_role("group", name="What do you say to that?", exact=True)
    expect(replies.get_by_role("radio")).to_have_count(5)
    choose_by_keyboard(page, "What do you say to that?", replies.locator("label").nth(1).inner_text())
    press(page, "Say it, and see the debrief")

    expect(page.get_by_role("heading", name="The debrief")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The debrief is ready.")).to_contain_text(
        "Your question: a little too timid. What else you did: a little too timid."
    )
    expect(page.get_by_role("img", name="Between too timid and too pushy: a little too timid.").first).to_be_visible()
    expect(page.get_by_text("You read the signs right: “It didn’t go well”.")).to_be_visible()
    expect(page.get_by_text("It’s too early to say which way you lean: 1 of 5 tries.")).to_be_visible()
    assert faults(page) == []

    restart_the_kernel(page)
    wait_until_run(page)
    expect(page.get_by_role("heading", name="The debrief")).to_be_visible(timeout=PATIENCE)
    press(page, "Try this one again")
    expect(page.get_by_role("heading", name="The debrief")).to_be_hidden()
    expect(page.get_by_text("You’ve tried this interview before")).to_be_visible()


def play_by_clicks(page: Page) -> None:
    answer(page, "Going by what you saw, how did it go?", "It went well")
    answer(page, "What do you ask at the close?", NOTHING)
    page.get_by_role("button", name="Ask, and hear the answer").click()
    page.get_by_role("group", name="What do you say to that?").locator("label").first.click()
    page.get_by_role("button", name="Say it, and see the debrief").click()
    expect(page.get_by_role("heading", name="The debrief")).to_be_visible()


def test_nothing_is_cut_off_at_any_width(page: Page, kit: Kit) -> None:
    go_to(page, kit, "06_practise")
    if not page.get_by_role("heading", name="The debrief").is_visible():
        play_by_clicks(page)
    assert [(width, cut) for width in WIDTHS for cut in cut_off(page, width)] == []
