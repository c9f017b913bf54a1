"""The kit is closed and started again: tabs carry on, a browser that it does not know is told how to get in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PATIENCE, ROOT, Kit, answer, open_page, opened, tab_to
from playwright.sync_api import Browser, BrowserContext, Page, expect

import start


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module", name="again")
def started_again(folder: Path, context: BrowserContext) -> Iterator[tuple[Page, Kit, str]]:
    """Open a page, close the kit, and start it again; give the tab, the new start, and what the tab said meanwhile."""
    with ExitStack() as first:
        kit = first.enter_context(opened(folder, "--lang", "es"))
        tab = context.new_page()
        open_page(tab, kit, "03_respond")
        first.close()
        expect(tab.get_by_role("alert")).to_contain_text("El kit está cerrado")
        said = tab.get_by_role("alert").inner_text()
        assert Axe().run(tab, options={"runOnly": ["color-contrast"]}).response["violations"] == []
    with opened(folder, "--lang", "es", "--port", str(urlsplit(kit.address).port)) as kit:
        expect(tab.locator("[data-closing-kit=ready][data-closing-kit-runs='2']")).to_be_visible(timeout=2 * PATIENCE)
        yield tab, kit, said


def test_a_page_whose_kit_is_closed_says_how_to_start_it_and_carries_on_when_it_is(
    again: tuple[Page, Kit, str], folder: Path
) -> None:
    tab, _, said = again
    assert said.endswith(f"python3 {ROOT / 'start.py'} --data {folder}")
    expect(tab.get_by_role("alert")).to_have_count(0)
    expect(tab.get_by_role("dialog")).to_have_count(0)
    answer(tab, "¿Qué te dicen?", "Una duda")
    expect(tab.get_by_role("heading", name="Me plantearon una duda")).to_be_visible()


def test_a_cell_of_ones_own_is_added_by_keyboard_runs_and_is_saved_where_it_runs_by_itself_next_time(
    again: tuple[Page, Kit, str], folder: Path
) -> None:
    tab = again[0]
    button = tab.get_by_role("button", name="Añadir una celda tuya")
    tab.locator(".closing-kit-page a").last.focus()
    tab_to(tab, button)
    tab.keyboard.press("Enter")
    own = tab.locator(".closing-kit-own")
    expect(own.locator(".cm-focused")).to_contain_text("log = cl.OutcomeLog()")
    assert Axe().run(tab, context=".closing-kit-own").response["violations"] == []
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("6 * 7")
    tab.keyboard.press("Shift+Enter")
    expect(own.locator(".jp-OutputArea-output")).to_have_text("42")
    page = folder / "03_respond.ipynb"
    for _ in range(100):  # it is saved by itself
        if "6 * 7" in page.read_text(encoding="utf-8"):
            break
        tab.wait_for_timeout(PATIENCE / 100)
    else:
        raise AssertionError("the cell was not saved")
    signatures = {"JUPYTER_DATA_DIR": str(folder / ".jupyter" / "data")}
    subprocess.run([sys.executable, "-c", start.IS_TRUSTED, str(page)], check=True, env=os.environ | signatures)


def test_an_address_of_yesterday_opens_its_page_without_the_word_of_today(
    again: tuple[Page, Kit, str], context: BrowserContext
) -> None:
    tab, kit, _ = again
    context.clear_cookies()  # none outlives its start
    tab.goto(kit.address.partition("/doc/")[0] + "/login?next=/api/me")  # as every address leads there first
    expect(tab).to_have_url(re.compile(r":\d+/api/me$"))
    assert "username" in tab.content()


def test_a_browser_that_the_kit_does_not_know_is_told_how_to_get_in_and_then_does(
    again: tuple[Page, Kit, str], browser: Browser, folder: Path
) -> None:
    _, kit, _ = again
    with browser.new_context() as other:
        outside = other.new_page()
        outside.goto(kit.page("00_start_here").partition("?")[0] + "?token=old")
        expect(outside).to_have_title("El kit de cierre")
        assert outside.locator("html").get_attribute("lang") == "es"
        assert "jupyter" not in outside.content().lower()
        assert "python3 start.py" in outside.get_by_role("main").inner_text()
        assert Axe().run(outside).response["violations"] == []
        command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--data", str(folder)]
        second = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        assert f"Page: {kit.address}\n" in second
        other.request.get(kit.address)  # as the new tab does
        expect(outside).to_have_url(re.compile("/doc/"))
