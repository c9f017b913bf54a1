"""The closing card as PDF: one A4 page in black on white, with its own font. No widget is needed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from closing_lib.advice.preparation import ClosingCard
from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.documents.closing_text import Line, card_lines
from closing_lib.documents.pdf_page import (
    FONT,
    LEADING,
    MARGIN,
    UNKNOWN,
    blank_page,
    is_plain,
    printable,
    runs_from_right,
)

if TYPE_CHECKING:
    from fpdf import FPDF

__all__ = ["UNKNOWN", "closing_pdf", "lacks"]


_LABEL = 88.0  # points, for the name of a part of the pitch
_BULLET = 16.0  # points
_SIZES = [size / 2 for size in range(24, 11, -1)]  # points, from 12 down to 6: the largest that fits is taken


@dataclass(frozen=True)
class _Look:
    """How a kind of line looks: how much larger than the usual, and the space above it, in lines."""

    scale: float = 1.0
    style: str = ""
    above: float = 0.25


_LOOKS = {
    "title": _Look(1.6, "B"),
    "name": _Look(style="B"),
    "head": _Look(1.1, "B", above=0.9),
    "when": _Look(0.9, above=0.5),
    "words": _Look(1.2, "B", above=0.1),
    "foot": _Look(above=0.9),
    "text": _Look(),
}


@validate_call
def closing_pdf(card: ClosingCard) -> bytes:
    """Write the card as a PDF of one page.

    The texts of a card have a bounded length, so that the smallest size always fits.

    Examples
    --------
    >>> from closing_lib.advice.preparation import closing_card
    >>> closing_pdf(closing_card())[:5]
    b'%PDF-'
    """
    with blank_page(text("preparation.card.title")) as pdf:
        lines = [replace(line, said=printable(line.said)) for line in card_lines(card)]
        room = pdf.h - 2 * MARGIN

        def fits(size: float) -> bool:
            return sum(_height(pdf, line, size) for line in lines) <= room

        size = _SIZES[bisect_left(_SIZES[:-1], True, key=fits)]  # whatever fits in one size fits in a smaller one
        for line in lines:
            _write(pdf, line, size)
        return bytes(pdf.output())


def lacks(card: ClosingCard) -> bool:
    """Tell whether the font lacks a character of the card, so that the PDF shows ▯ in its place."""
    return any(line.said != printable(line.said) for line in card_lines(card))


def _is_named(line: Line) -> bool:
    """Tell whether a name stands at the left, and not only a bullet or a number."""
    return len(line.label) > 2


def _indent(line: Line) -> float:
    """Give where the text begins."""
    return _LABEL if _is_named(line) else _BULLET if line.label else 0.0


def _height(pdf: FPDF, line: Line, size: float) -> float:
    """Give what a paragraph takes of the page, with the space above it."""
    above = _LOOKS[line.kind].above * size
    return above + float(_paragraph(pdf, line, size, dry_run=True, output="HEIGHT"))


def _write(pdf: FPDF, line: Line, size: float) -> None:
    look = _LOOKS[line.kind]
    pdf.set_y(pdf.get_y() + look.above * size)
    if line.label:
        pdf.set_font(FONT, "B" if _is_named(line) else "", size * look.scale)
        pdf.cell(_indent(line), size * look.scale * LEADING, line.label)
    _paragraph(pdf, line, size, new_x="LMARGIN", new_y="NEXT")
    if line.kind == "head":
        pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _paragraph(pdf: FPDF, line: Line, size: float, **how: Any) -> Any:
    look = _LOOKS[line.kind]
    pdf.set_text_shaping(use_shaping_engine=not is_plain(line.said))  # it takes ten times as long
    pdf.set_font(FONT, look.style, size * look.scale)
    pdf.set_x(MARGIN + _indent(line))
    align = "R" if runs_from_right(line.said) else "L"
    return pdf.multi_cell(0, size * look.scale * LEADING, line.said, align=align, **how)
