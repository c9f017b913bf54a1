"""The way in, in a real browser at 1366 x 768: what is before each form, the way to a card, how soon a form is there.

    .venv/bin/python benchmarks/first_sight.py [PAIRS]

It measures, on an invented person's log:

- on each page the words and the whole windows before its form, how far what is there moves while it opens (Layout
  Instability, as the browser counts it), and how soon the page says that it is getting ready;
- the words in sight, but for those that were typed, the clicks and the windows scrolled from the start page to the card
  downloaded, on a first visit by somebody whose interview is tomorrow; a field that is typed into is a click;
- the time from opening each page to the first control of its form, against a page of JupyterLab with one bare
  ipywidgets button that runs by itself in the same way: in pairs, one after the other, the median of the ratios (with
  0 pairs it is left out);
- what is said while the whole analysis is made, and how soon.

The table is written into first_sight.md. CLOSING_BROWSER names the browser, if `chromium` is not on the path.
"""

from __future__ import annotations

import datetime as dt
import math
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, sync_playwright

from closing_lib.content import text
from closing_lib.content.pages import pages
from closing_lib.records import OutcomeLog

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_suffix(".md")
WINDOW: ViewportSize = {"width": 1366, "height": 768}
PATIENCE = 60_000  # ms
SHOWN = ".closing-kit-page:not(.lm-mod-hidden)"
READY = f"{SHOWN}[data-closing-kit=ready]"
CONTROL = ":is(input, select, textarea, button, a)"
FORM = f"{SHOWN} .closing-kit-first .ck-live {CONTROL}"
BUTTON = f"{SHOWN} .closing-kit-first button.ck-live"
BARE = (
    "import ipywidgets\n\nipywidgets.Button(description='Count').add_class('ck-live')"  # by which a page knows its form
)
AIMS = {"words": 40, "windows": 0, "moved": 0.1, "way words": 500, "way clicks": 15, "way windows": 3, "ratio": 1.05}

# What is moved while a page opens, and when it first says something.
WATCHED = """() => {
    window.moved = 0;
    const note = list => list.getEntries().forEach(one => { if (!one.hadRecentInput) window.moved += one.value; });
    new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
    const look = () => {
        if (document.querySelector('.closing-kit-page h1')?.checkVisibility({ visibilityProperty: true })) {
            window.begun = performance.now();
        } else {
            requestAnimationFrame(look);
        }
    };
    requestAnimationFrame(look);
}"""
# The words of the page on top that end above a height; or, without one, those in the window that were not seen before.
WORDS = """above => {
    const page = document.querySelector('.closing-kit-page:not(.lm-mod-hidden)');
    const seen = (window.seen ??= new Set());
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    let count = 0;
    while (walker.nextNode()) {
        const node = walker.currentNode, range = document.createRange();
        const holder = node.parentElement;
        if (!holder.checkVisibility({ visibilityProperty: true }) || holder.closest('style')) continue;
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const said = (window.typed ?? []).reduce((rest, one) => rest.replaceAll(one, ''), node.textContent).trim();
        const isNew = box.bottom > 0 && box.top < innerHeight && !seen.has(said);
        const isCounted = above === null ? isNew : box.bottom <= above;
        if (!said || !box.width || box.width < 2 || !isCounted) continue;
        if (above === null) seen.add(said);
        count += said.split(/\\s+/).length;
    }
    return count;
}"""


def main(pairs: int) -> None:
    """Measure all of it, and write the table."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        with kit(Path(folder)) as address, browser() as opened:
            before = {page.name: before_the_form(opened, address, page.name) for page in pages()}
            made = while_an_analysis_is_made(opened, address)
            ratios = {page.name: ratio(opened, address, page.name, pairs) for page in pages()}
    with tempfile.TemporaryDirectory() as folder, kit(Path(folder)) as address, browser() as opened:
        way = way_to_the_card(opened, address)
    lines = [*head(time.monotonic() - began, pairs), *pages_table(before, ratios), *way_table(way), *made]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


# --- The kit, the browser


def fill(folder: Path) -> None:
    """Put an invented person's log into a folder, and the bare page."""
    log = OutcomeLog(folder / "closing_log.sqlite")
    for number in range(12):
        held_on = dt.date.today() - dt.timedelta(days=3 * number + 1)
        application = log.add_application(f"Company {number}", "Analyst", held_on - dt.timedelta(days=10))
        log.add_interview(application, held_on, used=("mild", "bold")[number % 2], interviewers="Ms Wick")
        if number > 4:
            log.add_event(application, ("rejected", "advanced", "offer")[number % 3], on=held_on + dt.timedelta(days=2))
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BARE)])
    bare.metadata = {"closing_kit": {"page": "bare", "language": "en", "preparing": "", "lost": "", "restart": ""}}
    nbformat.write(bare, folder / "bare.ipynb")
    own = folder / ".jupyter" / "data"
    own.mkdir(parents=True)
    NotebookNotary(data_dir=str(own)).sign(bare)  # what isn't trusted doesn't run by itself


@contextmanager
def kit(folder: Path) -> Iterator[str]:
    """Open the kit as a person does, and give the address of its start page."""
    command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--data", str(folder), "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield next(line.split()[1] for line in started.stdout or () if line.startswith("Page:"))
        finally:
            started.send_signal(signal.SIGTERM)
            started.communicate()


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser."""
    path = os.environ.get("CLOSING_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=arguments)


@contextmanager
def tab(opened: Browser) -> Iterator[Page]:
    """Open a window that knows nothing of the kit yet."""
    context = opened.new_context(viewport=WINDOW, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def address_of(address: str, name: str) -> str:
    """Give the address of a page."""
    return re.sub(r"\w+\.ipynb", f"{name}.ipynb", address)


# --- What stands before a form


def before_the_form(opened: Browser, address: str, name: str) -> dict[str, float]:
    """Count the words and whole windows before the form of a page, and how far what is there moves."""
    with tab(opened) as page:
        page.add_init_script(f"({WATCHED})()")
        page.goto(address_of(address, name))
        page.locator(READY).wait_for()
        form = page.locator(f"{SHOWN} .closing-kit-first .ck-live").first
        top, control = box_of(form), box_of(page.locator(FORM).first)
        page.wait_for_timeout(1000)  # what is drawn late moves late
        return {
            "words": page.evaluate(WORDS, top["y"]),
            "windows": (control["y"] + control["height"]) // WINDOW["height"],
            "moved": page.evaluate("window.moved"),
            "begun": page.evaluate("window.begun") / 1000,
        }


def box_of(shown: Locator) -> FloatRect:
    """Give where something is in the window."""
    box = shown.bounding_box()
    if box is None:
        raise ValueError(f"{shown} isn't on the page.")
    return box


# --- The way to the card


class Walk:
    """Goes through pages as a person does, and counts what they read, click and scroll."""

    def __init__(self, page: Page) -> None:
        self.page, self.words, self.clicks, self.scrolled = page, 0, 0, 0.0

    def look(self) -> None:
        """Read what is in sight."""
        self.words += self.page.evaluate(WORDS, None)

    def reach(self, control: Locator) -> None:
        """Scroll until a control is in sight, and read what comes by."""
        for _ in range(40):
            box = box_of(control)
            beyond = box["y"] + box["height"] - WINDOW["height"] + 24
            if box["y"] >= 0 and beyond <= 0:
                break
            step = min(beyond, 600) if beyond > 0 else max(box["y"] - 100, -600)
            self.page.mouse.move(WINDOW["width"] / 2, WINDOW["height"] / 2)
            self.page.mouse.wheel(0, step)
            self.page.wait_for_timeout(200)
            self.scrolled += abs(step) / WINDOW["height"]
            self.look()

    def click(self, control: Locator) -> None:
        """Click something."""
        self.reach(control)
        self.clicks += 1
        control.click()

    def type(self, label: str, typed: str) -> None:
        """Click into a field and type; one that this edition of the form lacks is passed by."""
        field = self.page.locator(SHOWN).get_by_label(label, exact=True).first
        if field.count():
            self.click(field)
            self.page.keyboard.type(typed)
            self.page.evaluate("typed => { (window.typed ??= []).push(typed); }", typed)


def way_to_the_card(opened: Browser, address: str) -> Walk:
    """Go from the start page to the card downloaded."""
    with tab(opened) as page:
        page.goto(address)
        page.locator(READY).wait_for()
        walk = Walk(page)
        walk.look()
        walk.click(page.get_by_role("link", name=text("start_page.choice.coming.title")))
        page.get_by_role("heading", level=1, name=pages()[1].title, exact=True).wait_for()
        page.locator(READY).wait_for()
        walk.look()
        walk.type(text("prepare.company"), "Tin & Whistle")
        walk.type(text("prepare.role"), "Planner")
        for name, said in FACTS.items():
            walk.type(text(f"prepare.{name}"), said)
        for name, said in PITCH.items():
            walk.type(text(f"prepare.{name}"), said)
        with page.expect_download():
            walk.click(page.locator(SHOWN).get_by_role("button", name=DOWNLOAD).first)
        return walk


FACTS = {
    "fact": "your new depot in Leeds",
    "project": "the tenant app",
    "task": "planning the shifts",
}
PITCH = {
    "skills": "I plan the shifts of two hundred drivers.",
    "experience": "For six years, at Lantern Works.",
    "ambition": "I want to lead a planning team.",
    "desire": "I like that your depots decide for themselves.",
}
DOWNLOAD = re.compile(rf"^{text('actions.download.label')}")


# --- How soon a form is there


def ratio(opened: Browser, address: str, name: str, pairs: int) -> float:
    """Compare the time to a page's first control with that to a bare button."""
    found = []
    for turn in range(pairs):
        order = (name, "bare") if turn % 2 else ("bare", name)
        times = {one: time_to_form(opened, address_of(address, one)) for one in order}
        found.append(times[name] / times["bare"])
    return statistics.median(found) if found else math.nan


def time_to_form(opened: Browser, address: str) -> float:
    """Open a page in a new window; give the seconds until its first control, or the bare button, is there."""
    with tab(opened) as page:
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator(f"{FORM}, {BUTTON}").first.wait_for()
        return time.perf_counter() - began


# --- While an analysis is made


def while_an_analysis_is_made(opened: Browser, address: str) -> list[str]:
    """Download the whole analysis, and say what was shown when."""
    with tab(opened) as page:
        page.goto(address_of(address, "05_outcomes"))
        page.locator(READY).wait_for()
        row = page.get_by_role("group", name=text("analysis.form.whole"), exact=True)
        began = time.perf_counter()
        with page.expect_download():
            row.get_by_role("button", name=DOWNLOAD).first.click()
            page.get_by_text(text("actions.making"), exact=True).wait_for()
            said = time.perf_counter() - began
        done = time.perf_counter() - began
    return [
        "",
        "## While the whole analysis is made",
        "",
        f"“{text('actions.making')}” is there after {said:.1f} seconds, the file after {done:.1f}.",
    ]


# --- The table


def head(seconds: float, pairs: int) -> list[str]:
    """Say what was measured, when and with what."""
    made = f"Made by `benchmarks/first_sight.py {pairs}` on {dt.date.today()} in {seconds / 60:.0f} minutes"
    return [
        "# The way in, at 1366 x 768",
        "",
        f"{made}, with Python {platform.python_version()}, on {os.cpu_count()} processors.",
        "",
        "Words: of the page, above its form. Windows: that lie whole above its first control. Moved: the layout shift",
        "score. Begun: seconds until the page says that it is getting ready. Ratio: time to the first control, against",
        "a bare button.",
    ]


def pages_table(before: dict[str, dict[str, float]], ratios: dict[str, float]) -> list[str]:
    """Write a row for each page."""
    form = "| {name} | {words} | {windows:.0f} | {moved:.2f} | {begun:.1f} | {ratio:.2f} |"
    rows = [form.format(name=name, ratio=ratios[name], **one) for name, one in before.items()]
    aims = f"| aim, at most | {AIMS['words']} | {AIMS['windows']} | {AIMS['moved']} |  | {AIMS['ratio']} |"
    return ["", "| page | words | windows | moved | begun | ratio |", "|---|---:|---:|---:|---:|---:|", *rows, aims]


def way_table(walk: Walk) -> list[str]:
    """Write what it takes from the start page to the card."""
    counted = {"words": walk.words, "clicks": walk.clicks, "windows": f"{walk.scrolled:.1f}"}
    rows = [f"| {name} | {count} | {AIMS[f'way {name}']} |" for name, count in counted.items()]
    title = "## From the start page to the card downloaded"
    return ["", title, "", "| what | count | aim, at most |", "|---|---:|---:|", *rows]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
