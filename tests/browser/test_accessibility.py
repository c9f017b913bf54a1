"""Every page can be read and used by everyone: no fault that axe finds, in light and dark, and nothing cut off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import WINDOW, Kit, go_to, opened, unfold
from playwright.sync_api import Page, expect

from closing_lib.content import language, text
from closing_lib.content.pages import pages

PAGES = [page.name for page in pages()]
WIDTHS = (1300, 650, 320)  # 650 is a 1300 pixel screen at 200% zoom; 320 is a small phone
SHOWN = ".closing-kit-page:not(.lm-mod-hidden)"
OURS = f"{SHOWN} .ck-live, {SHOWN} .closing-kit-fold, {SHOWN} .jp-RenderedMarkdown"  # JupyterLab around it is not ours
WHOLE = {"exclude": [["table.dataframe thead"]]}  # pandas leaves a corner without a heading
ALL = ("wcag2a", "wcag2aa", "wcag21aa", "best-practice")
# Each page in each language and in each theme: how a page reads has no part in its colours, nor a theme in its widths.
LOOKS = {"en": "JupyterLab Light", "es": "JupyterLab Dark"}


@pytest.fixture(scope="module", params=LOOKS)
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """Open the kit in a language, in the theme that a person has chosen."""
    data = tmp_path_factory.mktemp(f"look_{request.param}")
    chosen = data / ".jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    chosen.parent.mkdir(parents=True)
    chosen.write_text(json.dumps({"theme": LOOKS[request.param]}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, opened(data, "--lang", request.param) as kit:
        patch.setenv("CLOSING_LANG", request.param)
        yield kit


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
    is_light = "true" if LOOKS[language()].endswith("Light") else "false"
    expect(page.locator(f"body[data-jp-theme-light={is_light}]")).to_be_attached()
    unfold(page)
    expect(page.get_by_role("slider")).to_have_count(0)
    if name == "02_close":  # where no control is hidden
        assert without_a_visible_label(page) == 0
        rating = page.get_by_role("group", name=text("forms.assessment.confidence")).first
        expect(rating.get_by_role("radio")).to_have_count(5)  # a rating is a group of radio buttons
    if name == "03_respond":
        asked = page.get_by_role("group", name=text("forms.response.question"))
        asked.get_by_text(text("forms.response.options.concern"), exact=True).click()
        expect(page.get_by_role("heading", name=text("responses.concern.name"))).to_be_visible()
    assert faults(page) == []
    assert [(width, cut) for width in WIDTHS for cut in cut_off(page, width)] == []


def cut_off(page: Page, width: int) -> list[str]:
    """Name what of the forms lies beyond the edges of a window so wide, and can't be scrolled to."""
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = page.evaluate(
        """ours => [...document.querySelectorAll(`:is(${ours}) *, .closing-kit-bar *`)].filter(node => {
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
        """ours => [...document.querySelectorAll(`:is(${ours}) :is(input, select, textarea)`)].filter(control => {
            const label = control.type === 'radio'
                ? control.closest('fieldset')?.querySelector('legend')
                : control.labels?.[0];
            return !label || !label.textContent.trim() || label.getBoundingClientRect().height < 8;
        }).length""",
        OURS,
    )
    return unnamed
