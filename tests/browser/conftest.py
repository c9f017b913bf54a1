"""A real browser on the kit as `start.py` opens it, with no way outside; a failure leaves a picture."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize, expect, sync_playwright

from closing_lib.content.pages import pages

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "tests" / "artifacts"
WINDOW: ViewportSize = {"width": 1300, "height": 1000}
PATIENCE = 60_000  # ms: a cold server and a cold kernel on a busy machine
expect.set_options(timeout=PATIENCE)  # an answer is there in a tenth of a second, unless the machine does other work


@dataclass(frozen=True)
class Kit:
    """The kit, open: its address, the folder of its data, and the process that a person has started."""

    address: str
    data: Path
    started: subprocess.Popen[str]

    def page(self, name: str) -> str:
        """Give the address of a page."""
        return re.sub(r"\w+\.ipynb", f"{name}.ipynb", self.address)


@contextmanager
def opened(data: Path, *arguments: str) -> Iterator[Kit]:
    """Open the kit just as a person does, on a folder of theirs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ["--no-browser", "--port", str(port), "--data", str(data)]
    command = [sys.executable, str(ROOT / "start.py"), *where, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        try:
            address = next((line.split()[1] for line in started.stdout if line.startswith("Page:")), None)
            assert address, "start.py ended without the address of a page"
            yield Kit(address, data, started)
        finally:
            started.send_signal(signal.SIGTERM)
            started.communicate()


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """Open the kit with an empty log."""
    with opened(tmp_path_factory.mktemp("data")) as kit:
        yield kit


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser that `start.py test` found, with no way to any other machine."""
    path = os.environ.get("CLOSING_BROWSER")
    assert path, (
        "No browser is named in CLOSING_BROWSER: run the tests with `python3 start.py test`, which finds or gets one."
    )
    arguments = [
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-gpu",
        "--disable-features=SpareRendererForSitePerProcess,Translate,OptimizationHints,MediaRouter",
        "--disable-extensions",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give the tests of a file a window of their own, which fails if a page asks for anything outside."""
    made = browser.new_context(viewport=WINDOW, reduced_motion="reduce")
    outside: list[str] = []
    made.on("request", lambda request: None if _is_inside(request.url) else outside.append(request.url))
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()
    assert outside == [], "the page asked for something outside this machine"


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    """Give the tests of a file one tab: to load JupyterLab anew takes three times as long as to go to a page in it."""
    return context.new_page()


@pytest.fixture
def page(tab: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Give the tab as the test before has left it; a failed test leaves its picture in tests/artifacts."""
    errors: list[str] = []

    def note(error: Error) -> None:
        errors.append(str(error))

    tab.on("pageerror", note)
    failed = request.session.testsfailed
    yield tab
    tab.remove_listener("pageerror", note)
    if request.session.testsfailed > failed or errors:
        ARTIFACTS.mkdir(exist_ok=True)
        tab.screenshot(path=ARTIFACTS / f"{request.node.name}.png", full_page=True)
    assert errors == []


def _is_inside(url: str) -> bool:
    return re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|(data|blob|about):", url) is not None


def open_page(page: Page, kit: Kit, name: str) -> None:
    """Load a page of the kit as from its address, and wait until it has run by itself."""
    page.goto(kit.page(name))
    wait_until_run(page)


def go_to(page: Page, kit: Kit, name: str) -> None:
    """Go to a page as a link does, and find it as it was left; the first one is loaded."""
    address = kit.page(name).partition("?")[0]
    if not page.url.startswith(address.rpartition("/")[0]):
        open_page(page, kit, name)
        return
    page.evaluate("to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }", address)
    title = next(one.title for one in pages() if one.name == name)
    expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
    wait_until_run(page)


def wait_until_run(page: Page) -> None:
    """Wait until the page on top has run whole."""
    expect(page.locator(".closing-kit-page[data-closing-kit=ready]:not(.lm-mod-hidden)")).to_be_visible(
        timeout=PATIENCE
    )


def unfold(page: Page, section: str = "") -> None:
    """Open what is folded away on the page on top: a section by its heading, or all."""
    folded = page.locator(".closing-kit-page:not(.lm-mod-hidden) .closing-kit-fold button[aria-expanded=false]")
    for button in (folded.filter(has_text=section) if section else folded).all()[::-1]:
        button.click()


def choose_from_menu(page: Page, menu: str, entry: str) -> None:
    """Choose an entry of a menu in the bar above the page."""
    page.get_by_role("button", name=menu, exact=True).click()
    page.get_by_role("menu", name=menu, exact=True).get_by_text(entry, exact=True).click()


def choose_theme(page: Page, theme: str) -> None:
    """Choose Light or Dark in the bar above the page, and wait until it is so."""
    choose_from_menu(page, "Text size and theme", theme)
    expect(page.locator(f"body[data-jp-theme-light={str(theme == 'Light').lower()}]")).to_be_attached()


def choose_from_jupyterlab(page: Page, menu: str, entry: str) -> None:
    """Choose an entry of JupyterLab's own menus, which only programmers see."""
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(".lm-Menu-item").filter(has=page.get_by_text(entry, exact=True)).click()


def tab_to(page: Page, target: Locator, most: int = 120) -> None:
    """Move the focus to a control with the Tab key alone."""
    _tab_until(page, target, "node === document.activeElement", most)


def back_to(page: Page, target: Locator) -> None:
    """Move the focus back to a control with Shift and Tab."""
    _tab_until(page, target, "node === document.activeElement", 120, "Shift+Tab")


def _tab_until(page: Page, target: Locator, is_reached: str, most: int, key: str = "Tab") -> None:
    """Press Tab until the focus is where it should be; to find a control by its name at each step takes far longer."""
    node = target.element_handle()
    for _ in range(most):
        is_there, is_found = node.evaluate(f"node => [node.isConnected, {is_reached}]")
        if is_found:
            return
        if is_there:
            page.keyboard.press(key)
        else:  # it was drawn anew
            node = target.element_handle()
    raise AssertionError("the Tab key does not lead there")


def press(page: Page, button: str, group: str = "") -> None:
    """Press a button with the keyboard alone, once it can be pressed; of several of the name, that of a group."""
    within = page.get_by_role("group", name=group, exact=True) if group else page
    wanted = within.get_by_role("button", name=button, exact=True)
    expect(wanted).to_be_enabled()
    tab_to(page, wanted)
    page.keyboard.press("Space")


def type_into(page: Page, label: str, typed: str) -> None:
    """Go to a field with the keyboard alone and type."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(typed)


def choose_by_keyboard(page: Page, question: str, choice: str) -> None:
    """Answer a question with Tab and the arrow keys alone, from wherever the focus is."""
    group = page.get_by_role("group", name=question, exact=True).first  # an exercise may ask the same further down
    radios, wanted = group.get_by_role("radio"), group.get_by_role("radio", name=choice, exact=True)
    page.keyboard.press("Tab")
    _tab_until(page, group, "[...node.querySelectorAll('[type=radio]')].includes(document.activeElement)", 120)
    if not wanted.is_checked():
        page.keyboard.press("Space")  # nothing is chosen at first: Space takes the one in focus
    for _ in range(radios.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"the arrow keys do not lead to {choice!r}")


def answer(page: Page, question: str, choice: str) -> None:
    """Answer a question with a click, as a person does."""
    group = page.get_by_role("group", name=question, exact=True).first
    group.get_by_text(choice, exact=True).click()


def live(page: Page) -> Locator:
    """Give the forms of the page on top; pages that were left are still there, but hidden."""
    return page.locator(".closing-kit-page:not(.lm-mod-hidden) .ck-live")


def advice(page: Page) -> Locator:
    """Give the words to say on the advice card."""
    return live(page).locator(".ck-answer .ck-words").first
