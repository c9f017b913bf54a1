"""The kit's own frame around a page: one bar in place of JupyterLab's menus, and a way into JupyterLab and back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from conftest import Kit, choose_from_jupyterlab, choose_from_menu, go_to, wait_until_run
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pypdf import PdfReader
from test_accessibility import faults

SOURCE = ".jp-MarkdownCell:not(.jp-mod-rendered)"


def bar(page: Page, named: str) -> Locator:
    return page.get_by_role("navigation").get_by_role("button", name=named, exact=True)


def test_a_page_is_a_page_and_no_notebook(page: Page, kit: Kit) -> None:
    go_to(page, kit, "02_close")
    expect(page).to_have_title("Choose your close · Closing kit")
    expect(page.get_by_role("menubar")).to_have_count(0)
    expect(page.locator("#jp-title-panel-title")).to_be_hidden()

    page.evaluate("""() => {
        window.taken = [];
        const note = event => taken.push(event.defaultPrevented);
        for (const kind of ["contextmenu", "keydown"]) window.addEventListener(kind, note);
    }""")
    page.get_by_label("Company", exact=True).click(button="right")
    page.get_by_role("heading", level=1).dblclick(position={"x": 20, "y": 20})
    assert page.evaluate("String(getSelection()).trim()") == "Choose"
    for keys in ("Enter", "Control+P", "Control+B", "Control+Shift+C"):
        page.keyboard.press(keys)
    expect(page.locator(f"{SOURCE}, .lm-Menu, .jp-SideBar:visible, [role=dialog]:visible")).to_have_count(0)
    assert page.evaluate("taken") == [False]  # the keys did not come to where JupyterLab listens, nor to anyone's menu


def test_the_bar_is_used_by_keyboard_and_fits_a_phone(page: Page, kit: Kit) -> None:
    go_to(page, kit, "02_close")
    page.set_viewport_size({"width": 320, "height": 640})
    for menu, entries in {"Pages": 9, "Text size and theme": 7, "Help": 3}.items():
        bar(page, menu).press("ArrowUp")
        shown = page.get_by_role("menu", name=menu, exact=True).locator("[role^=menuitem]")
        expect(shown).to_have_count(entries)
        expect(shown.last).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(shown.first).to_be_focused()
        assert faults(page, within=".closing-kit-bar") == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.keyboard.press("Escape")
        expect(bar(page, menu)).to_be_focused()
        expect(page.get_by_role("menu")).to_have_count(0)

    choose_from_menu(page, "Text size and theme", "Largest")
    heading = page.get_by_role("heading", level=1)
    assert heading.evaluate("node => node.currentCSSZoom") == pytest.approx(1.4)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    bar(page, "Text size and theme").press("Enter")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    assert heading.evaluate("node => node.currentCSSZoom") == 1

    page.set_viewport_size({"width": 1366, "height": 768})
    bar(page, "Help").press("Enter")
    page.keyboard.press("Enter")
    assert faults(page, within=".closing-kit-dialog") == []
    page.get_by_role("dialog").get_by_role("button", name="Close").press("Escape")
    expect(bar(page, "Help")).to_be_focused()


def test_a_page_is_printed_light_whole_and_without_code(page: Page, kit: Kit, tmp_path: Path) -> None:
    go_to(page, kit, "02_close")
    page.get_by_label("Anything to remember").fill("Ask about\n" * 9 + "the night shift")
    page.emulate_media(color_scheme="dark")
    choose_from_menu(page, "Text size and theme", "Same as this device")
    expect(page.locator("body[data-jp-theme-light=false]")).to_be_attached()
    page.pdf(path=tmp_path / "page.pdf")
    page.emulate_media(media="print")
    words = page.locator(".ck-answer .ck-words").first
    assert [words.evaluate(f"node => getComputedStyle(node).{of}") for of in ("color", "backgroundColor")] == [
        "rgb(27, 31, 36)",
        "rgba(0, 0, 0, 0)",
    ]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    choose_from_menu(page, "Text size and theme", "Light")
    expect(page.locator("body[data-jp-theme-name='JupyterLab Light']")).to_be_attached()
    page.emulate_media(color_scheme="null")

    printed = squeezed("".join(one.extract_text() for one in PdfReader(tmp_path / "page.pdf").pages))
    shown = page.locator(".closing-kit-page:not(.lm-mod-hidden)").locator("h1, h2, .jp-RenderedMarkdown :is(p, li)")
    told = [one.removesuffix("¶") for one in shown.all_inner_texts()]
    assert [one for one in told if squeezed(one) not in printed] == []
    assert squeezed("the night shift") in printed
    assert "importclosing_lib" not in printed
    assert "Textsizeandtheme" not in printed


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_link_opened_in_a_new_tab_opens_the_page(page: Page, kit: Kit, context: BrowserContext) -> None:
    go_to(page, kit, "02_close")
    link = page.locator(".jp-RenderedMarkdown a[href$='03_respond.ipynb']:visible").last
    assert str(link.get_attribute("href")).endswith("/doc/tree/03_respond.ipynb")  # what “Copy link address” takes
    with context.expect_page() as other:
        link.click(modifiers=["ControlOrMeta"])
    expect(other.value).to_have_title("Handle their answer · Closing kit")
    expect(page).to_have_title("Choose your close · Closing kit")
    other.value.close()


def test_programmers_find_all_of_jupyterlab_and_the_way_back(page: Page, kit: Kit) -> None:
    go_to(page, kit, "02_close")
    choose_from_menu(page, "Help", "For programmers")
    expect(page).to_have_url(kit.page("02_close").partition("?")[0].replace("/doc/", "/lab/"))
    page.get_by_role("heading", name="Choose your close", level=1).dblclick()
    expect(page.locator(SOURCE)).to_have_count(1)
    expect(page.locator(".jp-NotebookPanel-toolbar:visible, .jp-SideBar.jp-mod-left:visible")).to_have_count(2)
    choose_from_jupyterlab(page, "File", "Close All Tabs")
    expect(page.locator(".jp-NotebookPanel")).to_have_count(0)
    bar(page, "Back to the pages").click()
    expect(page).to_have_title("The last five minutes · Closing kit")  # no page is left: the start page
    wait_until_run(page)
    expect(page.get_by_role("menubar")).to_have_count(0)
    assert faults(page) == []
