"""With the keyboard alone: an exercise is unfolded, failed, hinted at and solved; what is due opens its form."""

from __future__ import annotations

from conftest import PATIENCE, Kit, choose_by_keyboard, open_page, press, tab_to, unfold, wait_until_run
from playwright.sync_api import Locator, Page, expect
from test_accessibility import faults

from closing_lib.records import OutcomeLog

TASK = (
    "They were vague about what comes next and gave you short answers. You don’t want to wait two weeks for a call. "
    "What do you ask?"
)
WRONG = "“So, is there anything stopping you from offering me the job right now?”"
RIGHT = "“Have I done well enough to advance to the next level of the hiring process?”"


def back_to(page: Page, radios: Locator) -> None:
    """Go back to a question with Shift and Tab."""
    for _ in range(10):
        if radios.evaluate_all("nodes => nodes.includes(document.activeElement)"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError("Shift and Tab do not lead back there")


def open_section(page: Page, heading: str) -> None:
    """Open what is folded away under a heading."""
    button = page.get_by_role("heading", name=heading, level=2).get_by_role("button")
    expect(button).to_have_attribute("aria-expanded", "false")
    tab_to(page, button)
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-expanded", "true")


def test_what_is_due_leads_to_its_form_with_its_row_chosen_there(page: Page, kit: Kit) -> None:
    log = OutcomeLog(kit.data / "closing_log.sqlite")
    for company, people in {"Lantern Works": "Ms Wick, Mr Flint", "Later Ltd": "Mr Lid"}.items():
        application = log.add_application(company)
        log.add_interview(application, "2026-11-20", interviewers=people)
        log.add_event(application, "thank_you", on="2026-11-21", note=people.split(",")[0])
    open_page(page, kit, "00_start_here")
    row = page.get_by_role("link", name="Send the thank-you letter to Mr Flint Lantern Works")
    tab_to(page, row)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Follow up", exact=True)).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)
    expect(page.get_by_label("Interview", exact=True).locator("option:checked")).to_contain_text("Lantern Works")
    expect(page.get_by_label("Who this letter is for").locator("option:checked")).to_have_text("Mr Flint")
    assert faults(page) == []


def test_an_exercise_is_failed_hinted_at_and_solved_with_the_keyboard_alone(page: Page, kit: Kit) -> None:
    open_page(page, kit, "02_close")
    open_section(page, "Try it")
    exercise = page.locator(".ck-live .ck-exercise")
    for number in (2, 3):
        press(page, "Next exercise")
        expect(exercise.get_by_role("heading", name=f"Exercise {number} of 8 · not done yet")).to_be_focused()
    solution = exercise.get_by_role("button", name="Solution to 3")
    expect(solution).to_be_disabled()

    choose_by_keyboard(page, TASK, WRONG)
    press(page, "Check exercise 3")
    expect(exercise.get_by_role("status").filter(has_text="Not quite.")).to_contain_text(
        "the bold question would embarrass you both"
    )
    expect(solution).to_be_enabled()
    press(page, "Hint for 3")
    hint = exercise.get_by_role("status").filter(has_text="Here’s a hint.")
    expect(hint).to_contain_text("gets you a straight answer")
    press(page, "Solution to 3")
    expect(exercise.get_by_role("status").filter(has_text="One solution:")).to_contain_text(RIGHT)
    assert faults(page) == []

    back_to(page, page.get_by_role("group", name=TASK).get_by_role("radio"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name=TASK).get_by_role("radio", name=RIGHT)).to_be_checked()
    press(page, "Check exercise 3")
    expect(exercise.get_by_role("status").filter(has_text="That’s right.")).to_contain_text("ask where you stand, once")
    expect(exercise.get_by_role("heading")).to_have_text("Exercise 3 of 8 · ✓ done")

    open_page(page, kit, "00_start_here")
    open_section(page, "Your progress")
    row = page.locator(".ck-live tr").filter(has_text="Choose your close")
    expect(row).to_contain_text("1 of 8 done")
    expect(page.get_by_text("Nothing to review today. The next question comes back on")).to_be_visible()
    tab_to(page, row.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose your close").first).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)
    unfold(page, "Try it")
    expect(exercise.get_by_role("heading")).to_have_text("Exercise 1 of 8 · not done yet")
    for _ in range(2):
        page.get_by_role("button", name="Next exercise").click()
    expect(exercise.get_by_role("heading")).to_have_text("Exercise 3 of 8 · ✓ done")
