"""Every page can be read and used by everyone: no fault that axe finds, in light and dark, and nothing cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import WINDOW, Kit, choose_from_menu, go_to
from playwright.sync_api import Page, expect

from closing_lib.content.pages import pages

PAGES = [page.name for page in pages()]
WIDTHS = (1300, 650, 360)  # 650 is a 1300 pixel screen at 200% zoom; 360 is a phone
OURS = ".closing-kit-page:not(.lm-mod-hidden) .ck-live"
WHOLE = {"exclude": [["table.dataframe thead"]]}  # pandas leaves a corner without a heading

ALL = ("wcag2a", "wcag2aa", "wcag21aa", "best-practice")
OF_COLOURS = ("color-contrast", "link-in-text-block")  # what another theme can change


def faults(page: Page, rules: Sequence[str] = ALL, within: str | Mapping[str, object] = WHOLE) -> list[str]:
    """Give the faults that axe finds anywhere in the window, or within a part of it, worded."""
    found = Axe().run(page, context=within, options={"runOnly": [*rules]}).response["violations"]
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault_all_is_labelled_and_nothing_is_cut_off_at_any_width(
    page: Page, kit: Kit, name: str
) -> None:
    page.set_viewport_size(WINDOW)
    go_to(page, kit, name)
    expect(page.get_by_role("slider")).to_have_count(0)
    if name == "02_close":  # where no control is hidden
        assert without_a_visible_label(page) == 0
        rating = page.get_by_role("group", name="How confident you feel").first
        expect(rating.get_by_role("radio")).to_have_count(5)  # a rating is a group of radio buttons
    if name == "03_respond":
        page.get_by_role("group", name="What do they say?").get_by_text("A concern", exact=True).click()
        expect(page.get_by_role("heading", name="They raised a concern")).to_be_visible()
    assert faults(page) == []
    assert [(width, cut) for width in WIDTHS for cut in cut_off(page, width)] == []


def test_axe_finds_no_fault_in_the_colours_of_the_dark_theme(page: Page, kit: Kit) -> None:
    page.set_viewport_size(WINDOW)
    go_to(page, kit, PAGES[0])
    choose_from_menu(page, "Text size and theme", "Dark")
    expect(page.locator("body[data-jp-theme-light=false]")).to_be_attached()
    for name in PAGES:
        go_to(page, kit, name)
        assert faults(page, OF_COLOURS) == [], name
    choose_from_menu(page, "Text size and theme", "Light")


def cut_off(page: Page, width: int) -> list[str]:
    """Name what of the forms lies beyond the edges of a window so wide, and can't be scrolled to."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = page.evaluate(
        """ours => [...document.querySelectorAll(`${ours} *, .closing-kit-bar *`)].filter(node => {
            const box = node.getBoundingClientRect();
            const scrolls = node.closest('.ck-scroll, .ck-chart-scroll, .ck-unseen');
            return !scrolls && box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1);
        }).map(node => node.className || node.tagName)""",
        OURS,
    )
    return found


def without_a_visible_label(page: Page) -> int:
    """Count the controls whose label cannot be seen."""
    unnamed: int = page.evaluate(
        """ours => [...document.querySelectorAll(`${ours} :is(input, select, textarea)`)].filter(control => {
            const label = control.type === 'radio'
                ? control.closest('fieldset')?.querySelector('legend')
                : control.labels?.[0];
            return !label || !label.textContent.trim() || label.getBoundingClientRect().height < 8;
        }).length""",
        OURS,
    )
    return unnamed
