"""The text of the pages: ``pages/<name>.md`` of a language, with what all pages share put around it.

A page's file is plain Markdown with its code in ```` ```python ```` fences: its title, one sentence and its forms, all
always in sight; then sections that teach, each folded away under its heading. The import and the way to the other
pages are the same everywhere and come from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import cache

from closing_lib.content.loading import FOLDER, ContentError, language, text

_FENCE = re.compile(r"^```python\n((?:(?!```)[^\n]*\n)*)```$", re.MULTILINE)
_FORM = re.compile(r"\bcl\.\w+(?:Form|View)\(")
_SECTION = re.compile(r"^## ", re.MULTILINE)
_BEGIN = 'import closing_lib as cl\n\ncl.use_language("{language}")\n'


class Part(StrEnum):
    """Where a piece of a page is: always in sight, the heading of a section that is folded away, or inside of one."""

    SIGHT = auto()
    HEADING = auto()
    FOLDED = auto()


@dataclass(frozen=True)
class Cell:
    """A piece of a page: Markdown, or code."""

    source: str
    is_code: bool = False
    part: Part = Part.SIGHT

    @property
    def shows_form(self) -> bool:
        """Whether it is code that only shows a form or a view of the kit, and is itself of no interest."""
        return self.is_code and _FORM.search(self.source) is not None


@dataclass(frozen=True)
class Page:
    """A page of the kit.

    Attributes
    ----------
    name : str
        Its name, also the name of its file: ``"02_close"``. Their order is the order of the journey.
    title : str
        Its heading.
    cells : tuple of Cell
        What is on it, in order: its title and a sentence, its forms, then what teaches, folded; the last one leads on.
    """

    name: str
    title: str
    cells: tuple[Cell, ...]


def pages() -> tuple[Page, ...]:
    """List the pages of the kit in the language, in the order of the journey.

    Raises
    ------
    ContentError
        If one has no title, doesn't begin with its form, or lacks a part that all pages have.

    Examples
    --------
    >>> pages()[0].title
    'The last five minutes'
    """
    return _pages(language())


@cache
def _pages(of: str) -> tuple[Page, ...]:
    written = {path.stem: path.read_text(encoding="utf-8") for path in sorted((FOLDER / of / "pages").glob("*.md"))}
    titles = {name: _title(name, source) for name, source in written.items()}
    return tuple(Page(name, titles[name], _cells(name, source, titles)) for name, source in written.items())


def _title(name: str, source: str) -> str:
    if found := re.match(r"# (.+)\n", source):
        return found[1]
    raise ContentError(f"{name}.md does not begin with its title; its first line must be like “# Choose your close”.")


def _cells(name: str, source: str, titles: dict[str, str]) -> tuple[Cell, ...]:
    in_sight, *sections = _SECTION.split(source)
    head, *forms = _pieces(in_sight)
    if not forms or len(head.source.split("\n\n")) != 2:  # a title, and a sentence
        raise ContentError(f"{name}.md does not begin with its title, one sentence and its form.")
    _check(name, source)
    first = replace(forms[0], source=_BEGIN.format(language=language()) + forms[0].source)
    folded = (cell for section in sections for cell in _section(section))
    return head, first, *forms[1:], *folded, Cell(_footer(name, titles))


def _pieces(source: str) -> tuple[Cell, ...]:
    pieces = _FENCE.split(source)  # text, code, text, code, ..., text
    cells = (Cell(piece.strip(), is_code=bool(place % 2)) for place, piece in enumerate(pieces))
    return tuple(cell for cell in cells if cell.source)


def _section(source: str) -> Iterator[Cell]:
    heading, _, inside = source.partition("\n")
    yield Cell(f"## {heading}", part=Part.HEADING)
    yield from (replace(cell, part=Part.FOLDED) for cell in _pieces(inside))


def _check(name: str, source: str) -> None:
    marks = {key: text(f"pages.head.{key}") for key in ("learn", "before", "minutes", "take_away")}
    wanted = [f"## {mark}" if key == "take_away" else f"**{mark}:**" for key, mark in marks.items()]
    if lacking := [mark for mark in wanted if mark not in source]:
        raise ContentError(f"{name}.md lacks “{lacking[0]}”, which every page has.")


def _footer(name: str, titles: dict[str, str]) -> str:
    """Lead on to the next page, then to all others; the page itself is named, and is no link."""
    names = list(titles)
    later = names[names.index(name) + 1 :]
    start = text("pages.back", page=names[0])
    on = text("pages.next", title=titles[later[0]], page=later[0]) if later else start
    labels = {page: text(f"pages.short.{page}") for page in titles}
    links = (f"**{label}**" if page == name else f"[{label}]({page}.ipynb)" for page, label in labels.items())
    return f"{on}\n\n{' · '.join(links)}"
