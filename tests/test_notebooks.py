"""The notebooks keep to the house style, and are kept as `refresh_notebooks.py` writes them."""

from __future__ import annotations

import copy
import itertools
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from refresh_notebooks import LIVE_WIDGET, built, folder, normalised

from closing_lib.content import LANGUAGES, text
from closing_lib.content.pages import pages

FILES = [(language, path) for language in LANGUAGES for path in sorted(folder(language).glob("*.ipynb"))]


@pytest.fixture(params=FILES, ids=lambda one: f"{one[0]}-{one[1].stem}")
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, NotebookNode]:
    language, path = request.param
    monkeypatch.setenv("CLOSING_LANG", language)
    return path, nbformat.read(path, as_version=4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_notebook_and_no_other(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    assert [path.stem for one, path in FILES if one == language] == [page.name for page in pages()]


def texts(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def test_is_the_page_that_its_text_makes(page: tuple[Path, NotebookNode]) -> None:
    path, notebook = page
    nbformat.validate(notebook)
    assert normalised(copy.deepcopy(notebook), path.stem) == notebook
    text = next(one for one in pages() if one.name == path.stem)
    wanted = [(cell.id, cell.source, cell.metadata) for cell in built(text).cells]
    assert [(cell.id, cell.source, cell.metadata) for cell in notebook.cells] == wanted, "run refresh_notebooks.py"


def test_says_what_it_is_for_once_its_forms_are_there(page: tuple[Path, NotebookNode]) -> None:
    about = next(source for source in texts(page[1]) if f"**{text('pages.head.learn')}:**" in source)
    labels = re.findall(r"\*\*([^*]+):\*\*", about)
    assert labels[:3] == [text(f"pages.head.{part}") for part in ("learn", "before", "minutes")]
    assert re.search(rf"\*\*{text('pages.head.minutes')}:\*\* \d+\.$", about, re.MULTILINE)


def test_has_one_title_and_headings_in_order(page: tuple[Path, NotebookNode]) -> None:
    levels = [len(mark) for source in texts(page[1]) for mark in re.findall(r"^(#+) ", source, re.MULTILINE)]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_ends_with_what_to_take_away_and_where_to_go(page: tuple[Path, NotebookNode]) -> None:
    heading, points, last = (cell.source for cell in page[1].cells[-3:])
    assert heading == f"## {text('pages.head.take_away')}"
    assert len(re.findall(r"^- ", points, re.MULTILINE)) == 3
    assert re.match(r"[^\n]+\(\d\d_\w+\.ipynb\)\n", last)


def test_a_sentence_stands_before_every_code_cell_and_the_code_is_short(page: tuple[Path, NotebookNode]) -> None:
    cells = page[1].cells
    for before, cell in itertools.pairwise(cells):
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 6
            assert before.cell_type == "markdown" or before.outputs, "two cells without a word between them"


def test_every_output_is_kept(page: tuple[Path, NotebookNode]) -> None:
    """On a cell without outputs nbval compares nothing."""
    for cell in page[1].cells:
        if cell.cell_type == "code":
            assert cell.outputs, cell.source
            assert all(LIVE_WIDGET not in output.get("data", {}) for output in cell.outputs)
            assert all(output.output_type != "error" for output in cell.outputs)


def test_links_lead_somewhere(page: tuple[Path, NotebookNode]) -> None:
    path, notebook = page
    for source in texts(notebook):
        for target in re.findall(r"\]\(([^)#:]+)\)", source):
            assert (path.parent / target).exists(), target


def test_holds_no_path_of_a_machine(page: tuple[Path, NotebookNode]) -> None:
    assert not re.search(r"/(home|root|tmp|work|Users)/|[A-Z]:\\\\", page[0].read_text(encoding="utf-8"))
