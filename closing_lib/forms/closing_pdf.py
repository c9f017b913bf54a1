"""The closing card as PDF: one A4 page in black on white, with its own font. No widget is needed."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.fonts import TTFFont

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.preparation import ClosingCard
from closing_lib.clock import today
from closing_lib.content import language, text
from closing_lib.forms.closing_page import meeting, occasion

UNKNOWN = "▯"  # in place of a character that the font lacks
_MARGIN = 42.0  # points
_LABEL = 88.0  # points, for the name of a part of the pitch
_BULLET = 16.0  # points
_LEADING = 1.3  # from line to line, in sizes of type
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
_SIZES = [size / 2 for size in range(24, 11, -1)]  # points, from 12 down to 6: the largest that fits is taken


@dataclass(frozen=True)
class _Line:
    """One paragraph of the page: its text, how much larger than the usual, and what stands left of it."""

    said: str
    scale: float = 1.0
    style: str = ""
    label: str = ""
    above: float = 0.25  # space above, in lines
    ruled: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a name stands at the left, and not only a bullet or a number."""
        return len(self.label) > 2

    @property
    def indent(self) -> float:
        """Where the text begins."""
        return _LABEL if self.is_named else _BULLET if self.label else 0.0


def closing_pdf(card: ClosingCard) -> bytes:
    """Write the card as a PDF of one page.

    The texts of a card have a bounded length, so that the smallest size always fits.

    Examples
    --------
    >>> from closing_lib.advice.preparation import closing_card
    >>> closing_pdf(closing_card())[:5]
    b'%PDF-'
    """
    with _blank_page() as pdf:
        lines = [replace(line, said=_printable(line.said)) for line in _lines(card)]
        room = pdf.h - 2 * _MARGIN
        size = next((one for one in _SIZES if sum(_height(pdf, line, one) for line in lines) <= room), _SIZES[-1])
        for line in lines:
            _write(pdf, line, size)
        return bytes(pdf.output())


def lacks(card: ClosingCard) -> bool:
    """Tell whether the font lacks a character of the card, so that the PDF shows ▯ in its place."""
    return any(line.said != _printable(line.said) for line in _lines(card))


def _lines(card: ClosingCard) -> Iterator[_Line]:
    def head(name: str) -> _Line:
        return _Line(text(f"preparation.card.{name}"), 1.1, "B", above=0.9, ruled=True)

    yield _Line(text("preparation.card.title"), 1.6, "B")
    if named := occasion(card):
        yield _Line(named, style="B")
    yield _Line(meeting(card))
    yield head("questions")
    for said in card.questions or (text("preparation.card.no_questions"),):
        yield _Line(said, label="•" if card.questions else "")
    yield head("then")
    yield from _steps(card.then)
    yield head("pitch")
    for element, said in card.pitch:
        named = text(f"preparation.pitch.element.{element}").capitalize()
        yield _Line(said or text("preparation.card.to_write"), label=named)
    yield head("asks")
    for ask in card.asks:
        yield _Line(f"{ask.when}:", 0.9, above=0.5)
        yield _Line(f"“{ask.words}”", 1.2, "B", above=0.1)
    yield head("leave")
    yield from _steps(card.leave)
    yield _Line(text("preparation.card.footer"), above=0.9)


def _steps(steps: Iterable[Step]) -> Iterator[_Line]:
    return (_Line(step.text, label=f"{number}.") for number, step in enumerate(steps, start=1))


@contextmanager
def _blank_page() -> Iterator[FPDF]:
    """Begin a page, and close the files of its fonts in the end."""
    pdf = FPDF(format="A4", unit="pt")
    pdf.set_title(text("preparation.card.title"))
    pdf.set_lang(language())
    pdf.set_creation_date(dt.datetime.combine(today(), dt.time(), dt.UTC))
    pdf.alias_nb_pages(None)  # type: ignore[arg-type]  # a typed "{nb}" is no number of pages
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=False)
    for style, file in _FILES.items():
        pdf.add_font("DejaVu", style, _font(file))
    pdf.set_text_shaping(use_shaping_engine=True)
    pdf.add_page()
    try:
        yield pdf
    finally:
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()


def _height(pdf: FPDF, line: _Line, size: float) -> float:
    """Give what a paragraph takes of the page, with the space above it."""
    return line.above * size + float(_paragraph(pdf, line, size, dry_run=True, output=MethodReturnValue.HEIGHT))


def _write(pdf: FPDF, line: _Line, size: float) -> None:
    pdf.set_y(pdf.get_y() + line.above * size)
    if line.label:
        pdf.set_font("DejaVu", "B" if line.is_named else "", size * line.scale)
        pdf.cell(line.indent, size * line.scale * _LEADING, line.label)
    _paragraph(pdf, line, size, new_x="LMARGIN", new_y="NEXT")
    if line.ruled:
        pdf.line(_MARGIN, pdf.get_y(), pdf.w - _MARGIN, pdf.get_y())


def _paragraph(pdf: FPDF, line: _Line, size: float, **how: Any) -> Any:
    pdf.set_font("DejaVu", line.style, size * line.scale)
    pdf.set_x(_MARGIN + line.indent)
    align = "R" if _runs_from_right(line.said) else "L"
    return pdf.multi_cell(0, size * line.scale * _LEADING, line.said, align=align, **how)


def _printable(said: str) -> str:
    known = _known()
    return "".join(one if ord(one) in known else UNKNOWN for one in said)


@cache
def _known() -> frozenset[int]:
    """Give the characters that both fonts have."""
    with _blank_page() as pdf:
        fonts = [font for font in pdf.fonts.values() if isinstance(font, TTFFont)]
        return frozenset.intersection(*(frozenset(font.cmap) for font in fonts))


def _runs_from_right(said: str) -> bool:
    """Tell whether the first letter belongs to a script that runs from the right."""
    letters = (unicodedata.bidirectional(one) for one in said)
    return next((kind in ("R", "AL") for kind in letters if kind in ("L", "R", "AL")), False)


def _font(file: str) -> Path:
    """Find a font that matplotlib carries, without importing it: the same on every machine, and none kept here."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("matplotlib", name="matplotlib")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / file
