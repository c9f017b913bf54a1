"""One click in the form to the new advice on the screen, against a bare ipywidgets button that sets a label.

    .venv/bin/python benchmarks/click.py [CLICKS]

Both stand on one page, in one browser and one kernel, and are clicked in turn. Timed in the page: from the click to
the first frame after the text has changed. The aim is a ratio under 1.5. CLOSING_BROWSER names the browser, if
`chromium` is not on the path.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BARE = """
import ipywidgets
label = ipywidgets.Label("0")
button = ipywidgets.Button(description="Count")
button.on_click(lambda _: setattr(label, "value", str(int(label.value) + 1)))
ipywidgets.VBox([button, label.add_class("bare-label") or label])
"""
FORM = """
import closing_lib as cl
form = cl.AssessmentForm()
for sign in ("next_steps_named", "sold_the_job"):
    form.controls[sign].value = "yes"
form.controls["felt"].value = form.controls["risk"].value = "5"
form
"""
TIMED_CLICK = """([click, watched]) => new Promise((resolve, reject) => {
    const shown = () => document.querySelector(watched)?.textContent;
    const before = shown();
    const start = performance.now();
    const look = () => {
        if (shown() !== before && shown()) { resolve(performance.now() - start); return; }
        if (performance.now() - start > 10000) { reject(new Error("nothing changed")); return; }
        requestAnimationFrame(look);
    };
    document.querySelector(click).click();
    requestAnimationFrame(look);
})"""


def main(clicks: int) -> None:
    """Print the two medians and their ratio, pair by pair."""
    with tempfile.TemporaryDirectory() as folder:
        write_page(Path(folder))
        with kit(Path(folder)) as address, opened(address) as page:
            pairs = [(form_click(page, turn), bare_click(page)) for turn in range(clicks)]
    form, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"form {form:.0f} ms, bare button {bare:.0f} ms; ratio {ratio:.2f} (medians of {clicks} pairs)")


def write_page(folder: Path) -> None:
    """Write the page that holds both."""
    cells = [nbformat.v4.new_code_cell(source) for source in (BARE, FORM)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "click.ipynb")


@contextmanager
def kit(folder: Path) -> Iterator[str]:
    """Open the kit as a person does, and give the address of the page."""
    command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            start_page = next(line.split()[1] for line in started.stdout or () if line.startswith("Page:"))
            yield re.sub(r"\w+\.ipynb", "click.ipynb", start_page)
        finally:
            started.send_signal(signal.SIGTERM)
            started.communicate()


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open the page in a browser and run it."""
    path = os.environ.get("CLOSING_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=path, args=arguments).new_page()
        page.goto(address)
        page.get_by_text("| Idle").wait_for(timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator('[data-command="runmenu:run-all"]').click()
        page.locator(".ck-live .ck-words").wait_for(timeout=60_000)
        page.get_by_role("button", name="Count").wait_for()
        yield page


def form_click(page: Page, turn: int) -> float:
    """Click "How confident you feel" to and fro between bold and mild; in milliseconds."""
    group = page.get_by_role("group", name="How confident you feel")
    group.evaluate("node => { node.id = 'timed-group'; }")
    chosen = "5" if turn % 2 == 0 else "2"
    return float(page.evaluate(TIMED_CLICK, [f"#timed-group input[value='{chosen}']", ".ck-live .ck-words"]))


def bare_click(page: Page) -> float:
    """Click the bare button; in milliseconds."""
    return float(page.evaluate(TIMED_CLICK, [".jupyter-button:not(.ck-live *)", ".bare-label"]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
