"""The main job, as one person does it: assess, read the close, change an answer, keep it, and find it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from conftest import (
    PATIENCE,
    WINDOW,
    Kit,
    advice,
    answer,
    choose_by_keyboard,
    choose_from_jupyterlab,
    choose_from_menu,
    go_to,
    live,
    tab_to,
    wait_until_run,
)
from playwright.sync_api import Page, expect

BOLD = "“So, is there anything stopping you from offering me the job right now?”"
MILD = "“Is there anything else I can answer for you to make a hiring decision?”"


def test_from_the_start_page_to_the_saved_interview_with_the_keyboard_alone(page: Page, kit: Kit) -> None:
    go_to(page, kit, "00_start_here")
    expect(page.get_by_role("heading", name="The last five minutes")).to_be_visible()
    link = page.get_by_role("link", name="I just had one")
    tab_to(page, link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose your close")).to_be_visible(timeout=PATIENCE)
    wait_until_run(page)

    expect(advice(page)).to_have_text(MILD)
    choose_by_keyboard(page, "Which round", "First interview")
    choose_by_keyboard(page, "What did they say about what happens next?", "What happens next and when, for everyone")
    for sign in ("They tried to sell you on the job", "They gave long answers to your questions"):
        choose_by_keyboard(page, sign, "Yes")
    for sign in ("They ended it early", "They cut you off", "They showed no interest in your questions"):
        choose_by_keyboard(page, sign, "No")
    choose_by_keyboard(page, "How it felt, overall", "4")
    choose_by_keyboard(page, "How confident you feel", "5 very")
    choose_by_keyboard(page, "How much risk you’re willing to take", "4")
    expect(advice(page)).to_have_text(BOLD)
    expect(advice(page)).to_be_in_viewport()  # beside the last question as beside the first

    page.keyboard.press("ArrowLeft")  # one answer changed: risk 3
    expect(advice(page)).to_have_text(MILD)
    expect(page.get_by_text("Risk at 4 or more")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Ask the mild question. “Is there").first).to_be_attached()

    tab_to(page, page.get_by_label("Company", exact=True))
    page.keyboard.type("Quokka & <b>Sons</b>")
    tab_to(page, page.get_by_label("Role", exact=True))
    page.keyboard.type("Analyst")
    choose_by_keyboard(page, "What you asked at the close", "Mild")
    choose_by_keyboard(page, "How they answered", "Encouragement")
    expect(page.get_by_text("This will be logged as a new application.")).to_be_visible()
    save = page.get_by_role("button", name="Save this interview")
    expect(save).to_be_enabled()
    tab_to(page, save)
    page.keyboard.press("Space")
    expect(page.get_by_text("Saved: Quokka & <b>Sons</b>, Analyst, first round")).to_be_visible()

    restart_the_kernel(page)
    expect(page.get_by_label("Company", exact=True)).to_have_value("")

    go_to(page, kit, "05_outcomes")
    row = page.get_by_role("row").filter(has_text="Quokka & <b>Sons</b>, Analyst").filter(has_text="Encouragement")
    expect(row).to_contain_text("It went well")
    expect(row).to_contain_text("mild")


def test_a_half_filled_form_is_there_again_after_a_kernel_restart(page: Page, kit: Kit) -> None:
    go_to(page, kit, "02_close")
    live(page).get_by_role("group", name="They introduced you to other people").get_by_text("Yes", exact=True).click()
    live(page).get_by_label("Company", exact=True).fill("Half-finished Ltd")
    restart_the_kernel(page)
    group = live(page).get_by_role("group", name="They introduced you to other people")
    expect(group.get_by_role("radio", name="Yes")).to_be_checked()
    expect(live(page).get_by_label("Company", exact=True)).to_have_value("Half-finished Ltd")
    live(page).get_by_label("Company", exact=True).fill("")
    group.get_by_text("Can’t tell", exact=True).click()


def test_no_key_pressed_in_a_form_is_taken_for_a_command_on_the_page(page: Page, kit: Kit) -> None:
    go_to(page, kit, "02_close")
    cells = page.locator(".jp-Cell").count()
    page.get_by_role("group", name="They cut you off").get_by_role("radio", name="Can’t tell").focus()
    for key in "abxmydd":
        page.keyboard.press(key)
    page.keyboard.press("Shift+M")
    expect(page.locator(".jp-Cell")).to_have_count(cells)
    expect(page.get_by_role("group", name="They cut you off")).to_be_visible()


def test_on_a_phone_the_answer_is_a_line_at_the_bottom_which_covers_nothing_and_leads_to_it(
    page: Page, kit: Kit
) -> None:
    go_to(page, kit, "02_close")
    page.set_viewport_size({"width": 360, "height": 740})
    line = live(page).get_by_role("button", name="Ask the mild question. “Is there anything")
    tab_to(page, live(page).get_by_role("group", name="How you met").get_by_role("radio", name="In person"))
    for _ in range(60):
        if line.evaluate("node => node === document.activeElement"):
            break
        expect(line).to_be_in_viewport(ratio=1)
        assert not line.evaluate(COVERS_THE_FOCUS)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(live(page).get_by_role("heading", name="Ask the mild question")).to_be_focused()
    expect(advice(page)).to_be_in_viewport()
    page.set_viewport_size(WINDOW)


COVERS_THE_FOCUS = """line => {
    const [over, under] = [line, document.activeElement].map(one => one.getBoundingClientRect());
    return under.bottom > over.top + 1;
}"""


def restart_the_kernel(page: Page) -> None:
    shown = page.locator(".closing-kit-page:not(.lm-mod-hidden)")
    runs = int(shown.get_attribute("data-closing-kit-runs") or 0)
    choose_from_menu(page, "Help", "Start this page again")
    expect(shown).to_have_attribute("data-closing-kit-runs", str(runs + 1), timeout=PATIENCE)


def test_what_was_typed_last_is_saved_also_when_the_kernel_is_slow(page: Page, kit: Kit) -> None:
    """A click must not overtake the answers before it: the front end holds those back while the kernel is busy."""
    go_to(page, kit, "05_outcomes")
    sheet = page.locator(".ck-sheet").filter(has=page.get_by_role("heading", name="Log an interview"))
    sheet.get_by_label("Company", exact=True).fill("Slow Kernel Ltd")
    sheet.get_by_label("Role", exact=True).fill("Cl")
    sheet.get_by_role("group", name="What you asked at the close").get_by_text("Bold", exact=True).click()
    save = sheet.get_by_role("button", name="Save this interview")
    expect(save).to_be_enabled()
    sheet.get_by_label("Role", exact=True).press("End")
    with stopped_kernels(kit):
        page.keyboard.type("erk of the long and slowly typed title", delay=2)
        sheet.get_by_role("group", name="What you asked at the close").get_by_text("Mild", exact=True).click()
        save.click()
        page.wait_for_timeout(500)
    expect(sheet.get_by_text("Saved: Slow Kernel Ltd, Clerk of the long and slowly typed title")).to_be_visible()
    log = page.get_by_role("region", name="Your log", exact=True)
    expect(log.get_by_role("row").filter(has_text="Slow Kernel Ltd")).to_contain_text("mild")


@contextmanager
def stopped_kernels(kit: Kit) -> Iterator[None]:
    """Let no kernel of the kit do anything for a while."""
    mine = {"CLOSING_DATA": str(kit.data)}
    of_the_kit = [
        process for process in psutil.process_iter(["cmdline"]) if "ipykernel" in str(process.info["cmdline"])
    ]
    kernels = [process for process in of_the_kit if mine.items() <= process.environ().items()]
    assert kernels
    for kernel in kernels:
        kernel.suspend()
    try:
        yield
    finally:
        for kernel in kernels:
            kernel.resume()


def test_no_key_pressed_beside_the_forms_is_a_command_either(page: Page, kit: Kit) -> None:
    go_to(page, kit, "00_start_here")
    cells = page.locator(".jp-Cell").count()
    page.get_by_role("heading", name="How a page works").click()
    for key in "abvxdd00":
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".jp-Cell")).to_have_count(cells)


def test_a_page_that_has_lost_its_kernel_says_so(page: Page, kit: Kit) -> None:
    go_to(page, kit, "03_respond")
    expect(page.get_by_role("alert").filter(has_text="has lost its connection")).to_have_count(0)
    choose_from_menu(page, "Help", "For programmers")
    choose_from_jupyterlab(page, "Kernel", "Shut Down Kernel")
    page.get_by_role("button", name="Back to the pages").click()
    notice = page.get_by_role("alert").filter(has_text="has lost its connection")
    expect(notice).to_be_visible(timeout=PATIENCE)
    notice.get_by_role("button", name="Reconnect").click()
    expect(notice).to_have_count(0)
    answer(page, "What do they say?", "They hesitate")
    expect(page.locator(".ck-live").get_by_text("Don’t push for an answer").first).to_be_visible()


def test_going_back_in_the_browser_goes_back_to_the_page_before(page: Page, kit: Kit) -> None:
    go_to(page, kit, "00_start_here")
    page.get_by_role("link", name="Handle their answer", exact=True).first.click()
    expect(page.get_by_role("heading", name="Handle their answer")).to_be_visible(timeout=PATIENCE)
    page.go_back()
    expect(page.get_by_role("heading", name="The last five minutes")).to_be_visible(timeout=PATIENCE)
    page.go_forward()
    expect(page.get_by_role("heading", name="Handle their answer")).to_be_visible(timeout=PATIENCE)
