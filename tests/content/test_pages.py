"""The pages: what all of them share is put around the text of each, and no language lacks one."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path

import pytest

from closing_lib import content
from closing_lib.content import LANGUAGES, ContentError, loading
from closing_lib.content import pages as module
from closing_lib.content.pages import Page, Part, pages

OTHERS = [language for language in LANGUAGES if language != "en"]
MOST_WORDS = 40  # before the form
BEGIN = "import closing_lib as cl\n\ncl.use_language"


def in_language(language: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Page]:
    monkeypatch.setenv("CLOSING_LANG", language)
    return {page.name: page for page in pages()}


def shape(page: Page) -> list[object]:
    """Give what a page has in every language: its headings, tables and lists, and its code without what it says."""
    return [_code(cell.source) if cell.is_code else _marks(cell.source) for cell in page.cells]


def _marks(source: str) -> list[str]:
    return re.findall(r"^(?:#+ |- |\|)|\]\(\w+\.ipynb\)", source, re.MULTILINE)


def _code(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = "" if " " in node.value or node.value in LANGUAGES else node.value
    return ast.dump(tree)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_leads_to_the_next_and_to_all_others(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(in_language(language, monkeypatch).values())
    for page, later in zip(found, [*found[1:], found[0]], strict=True):
        on, _, navigation = page.cells[-1].source.splitlines()
        assert re.findall(r"\]\((\w+)\.ipynb\)", on) == [later.name]
        links = re.findall(r"\]\((\w+)\.ipynb\)", navigation)
        assert links == [other.name for other in found if other is not page]
        assert f"**{content.text(f'pages.short.{page.name}')}**" in navigation


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_begins_with_its_title_one_sentence_and_its_form(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in in_language(language, monkeypatch).values():
        head, form = page.cells[:2]
        title, sentence = head.source.split("\n\n")
        assert title == f"# {page.title}"
        assert len(re.findall(r"[.!?](?:\s|$)", sentence)) == 1
        assert len(head.source.split()) - 1 <= MOST_WORDS
        assert form.shows_form


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_teaches_is_folded_under_its_heading_and_the_forms_are_in_sight(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in in_language(language, monkeypatch).values():
        parts = [cell.part for cell in page.cells]
        in_sight = parts.index(Part.HEADING)
        assert set(parts[:in_sight]) == {Part.SIGHT} == set(parts[-1:])
        assert Part.SIGHT not in parts[in_sight:-1]
        for cell, after in itertools.pairwise(page.cells):
            assert (cell.part is Part.HEADING) == cell.source.startswith("## ")
            assert cell.part is not Part.HEADING or after.part is Part.FOLDED
        assert any("ExerciseForm(" in cell.source for cell in page.cells if cell.part is Part.FOLDED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_code_of_a_page_says_its_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in in_language(language, monkeypatch).values():
        code = [cell.source for cell in page.cells if cell.is_code]
        assert code[0].startswith(f'{BEGIN}("{language}")\n')
        assert not any("use_language" in source for source in code[1:])


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_pages_built_alike(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    english = {name: shape(page) for name, page in in_language("en", monkeypatch).items()}
    assert {name: shape(page) for name, page in in_language(language, monkeypatch).items()} == english


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("No title\n\n## Heading\n\nText.\n", "does not begin with its title"),
        ("# Title\n\n## Heading\n\nText.\n", "does not begin with its title, one sentence and its form"),
        ("# Title\n\nOne.\n\nTwo.\n\n```python\n1\n```\n", "does not begin with its title, one sentence"),
        ("# Title\n\nOne.\n\n```python\n1\n```\n\n## Heading\n", r"lacks “\*\*What you will learn:\*\*”"),
    ],
)
def test_a_page_that_cannot_be_built_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, wrong: str
) -> None:
    (tmp_path / "en" / "pages").mkdir(parents=True)
    (tmp_path / "en" / "pages" / "00_start_here.md").write_text(written, encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    module._pages.cache_clear()
    try:
        with pytest.raises(ContentError, match=rf"^00_start_here\.md {wrong}"):
            pages()
    finally:
        module._pages.cache_clear()


def test_a_language_that_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "en")
    with pytest.raises(ContentError, match="does not speak 'tlh'"):
        content.use_language("tlh")
    assert loading.language() == "en"
