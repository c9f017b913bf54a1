"""The text of the pages: ``pages/<name>.md`` of a language, with what all pages share put around it.

A page's file is plain Markdown with its code in ```` ```python ```` fences. Title first; no navigation and no import,
which are the same everywhere and come from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from closing_lib.content.loading import FOLDER, ContentError, language, text

_FENCE = re.compile(r"^```python\n((?:(?!```)[^\n]*\n)*)```$", re.MULTILINE)
_BEGIN = 'import closing_lib as cl\n\ncl.use_language("{language}")\n{code}'


@dataclass(frozen=True)
class Cell:
    """A piece of a page: Markdown, or code."""

    source: str
    is_code: bool = False


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
        What stands on it, in order: the first one says what the page is for, the last one what to take away.
    """

    name: str
    title: str
    cells: tuple[Cell, ...]


def pages() -> tuple[Page, ...]:
    """Give the pages of the kit in the language, in the order of the journey.

    Raises
    ------
    ContentError
        If one has no title, lacks a part that all pages have, or begins or ends with code.

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
    head, heading, body = source.partition("\n## ")
    pieces = _FENCE.split(heading.lstrip() + body)  # text, code, text, code, ..., text
    if not (pieces[0].strip() and pieces[-1].strip()):
        raise ContentError(f"{name}.md begins or ends with code; a sentence must stand there.")
    _check(name, source)
    pieces[-1] = f"{pieces[-1].strip()}\n\n{_footer(name, titles)}"
    if len(pieces) > 1:
        pieces[1] = _BEGIN.format(language=language(), code=pieces[1])
    cells = (Cell(piece.strip(), is_code=bool(place % 2)) for place, piece in enumerate(pieces))
    return Cell(_with_navigation(name, head.strip(), titles)), *(cell for cell in cells if cell.source)


def _check(name: str, source: str) -> None:
    marks = {key: text(f"pages.head.{key}") for key in ("learn", "before", "minutes", "take_away")}
    wanted = [f"## {mark}" if key == "take_away" else f"**{mark}:**" for key, mark in marks.items()]
    if lacking := [mark for mark in wanted if mark not in source]:
        raise ContentError(f"{name}.md lacks “{lacking[0]}”, which every page has.")


def _with_navigation(name: str, head: str, titles: dict[str, str]) -> str:
    """Put the way to all pages under the title; the page itself is named, and is no link."""
    labels = {page: text(f"pages.short.{page}") for page in titles}
    links = (f"**{label}**" if page == name else f"[{label}]({page}.ipynb)" for page, label in labels.items())
    title, _, rest = head.partition("\n")
    return f"{title}\n\n{' · '.join(links)}\n{rest}"


def _footer(name: str, titles: dict[str, str]) -> str:
    names = list(titles)
    later = names[names.index(name) + 1 :]
    start = text("pages.back", page=names[0])
    return text("pages.next", title=titles[later[0]], page=later[0]) if later else start
