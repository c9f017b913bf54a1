"""A document as PDF: A4, black on white, with its own font, which can write from the right too. No widget is needed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closing_lib.clock import today
from closing_lib.content import language

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "DejaVu"
_TURNED = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"})
_JOINED = frozenset({"Mn", "Mc", "Me", "Cf", "Lo"})  # marks, and letters of scripts that may be joined
UNKNOWN = "▯"  # in place of a character that the font lacks
MARGIN = 42.0  # points
LEADING = 1.3  # from line to line, in sizes of type
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}


@contextmanager
def blank_page(title: str, kind: type[FPDF] | None = None) -> Iterator[FPDF]:
    """Begin a document with its first page, and close the files of its fonts in the end."""
    from fpdf import FPDF  # noqa: PLC0415  # slow to load

    pdf = (kind or FPDF)(format="A4", unit="pt")
    pdf.set_title(title)
    pdf.set_lang(language())
    pdf.set_creation_date(dt.datetime.combine(today(), dt.time(), dt.UTC))
    pdf.alias_nb_pages(None)  # type: ignore[arg-type]  # a typed "{nb}" is no number of pages
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=False)
    for style, file in _FILES.items():
        pdf.add_font(FONT, style, _font(file))
    pdf.set_text_shaping(use_shaping_engine=True)
    pdf.add_page()
    try:
        yield pdf
    finally:
        for font in _own_fonts(pdf):
            font.ttfont.close()


def printable(said: str) -> str:
    """Give a text with a visible mark in place of each character that the font lacks."""
    known = _known()
    return "".join(one if ord(one) in known else UNKNOWN for one in said)


@cache
def _known() -> frozenset[int]:
    """Give the characters that both fonts have."""
    with blank_page("") as pdf:
        return frozenset.intersection(*(frozenset(font.cmap) for font in _own_fonts(pdf)))


def _own_fonts(pdf: FPDF) -> list[Any]:
    return [font for font in pdf.fonts.values() if hasattr(font, "ttfont")]


def runs_from_right(said: str) -> bool:
    """Tell whether the first letter belongs to a script that runs from the right."""
    letters = (unicodedata.bidirectional(one) for one in said)
    return next((kind in ("R", "AL") for kind in letters if kind in ("L", "R", "AL")), False)


def is_plain(said: str) -> bool:
    """Tell whether each letter stands by itself, one after the other from the left, as in Latin, Greek and Cyrillic."""
    return said.isascii() or not any(
        unicodedata.bidirectional(one) in _TURNED or unicodedata.category(one) in _JOINED for one in said
    )


def broken(pdf: FPDF, said: str, width: float) -> list[str]:
    """Break a text into lines of at most a width in the font that is set: between words, or within one that is longer.

    Each letter is taken as wide as it is by itself, which is never too narrow where letters are joined.
    """
    widths: Mapping[Any, float] = pdf.current_font.cw  # type: ignore[union-attr]  # by the number of a letter
    most = width * 1000 / pdf.font_size_pt
    lines, line, so_far = [], "", 0.0
    for word in re.findall(r"\S+\s*", said):
        takes = sum(widths[ord(one)] for one in word)
        if line and so_far + takes > most:
            lines.append(line)
            line, so_far = "", 0.0
        if takes <= most:
            line, so_far = line + word, so_far + takes
            continue
        for one in word:
            if so_far + widths[ord(one)] > most:
                lines.append(line)
                line, so_far = "", 0.0
            line, so_far = line + one, so_far + widths[ord(one)]
    return [*lines, line]


def write_line(pdf: FPDF, said: str, at: tuple[float, float], width: float) -> None:
    """Write a line whose top left corner is given; what is plain needs none of fpdf's costly way with other scripts."""
    x, y = at
    height = pdf.font_size_pt * LEADING
    if is_plain(said):
        pdf.text(x, y + 0.5 * height + 0.3 * pdf.font_size, said)
    elif said:
        pdf.set_xy(x, y)
        pdf.cell(width, height, said, align="R" if runs_from_right(said) else "L")


def _font(file: str) -> Path:
    """Find a font that matplotlib carries, without importing it: the same on every machine, and none kept here."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib", name="matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / file
