"""The closing card as PDF: one A4 page in black on white, with its own font. No widget is needed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.preparation import ClosingCard
from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.documents.closing_page import meeting, occasion
from closing_lib.documents.pdf_page import FONT, LEADING, MARGIN, UNKNOWN, blank_page, printable, runs_from_right

__all__ = ["UNKNOWN", "closing_pdf", "lacks"]


_LABEL = 88.0  # points, for the name of a part of the pitch
_BULLET = 16.0  # points
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
        lines = [replace(line, said=printable(line.said)) for line in _lines(card)]
        room = pdf.h - 2 * MARGIN

        def fits(size: float) -> bool:
            return sum(_height(pdf, line, size) for line in lines) <= room

        size = _SIZES[bisect_left(_SIZES[:-1], True, key=fits)]  # whatever fits in one size fits in a smaller one
        for line in lines:
            _write(pdf, line, size)
        return bytes(pdf.output())


def lacks(card: ClosingCard) -> bool:
    """Tell whether the font lacks a character of the card, so that the PDF shows ▯ in its place."""
    return any(line.said != printable(line.said) for line in _lines(card))


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
    if card.drawn:
        yield _Line(card.drawn)
    for ask in card.asks:
        yield _Line(f"{ask.when}:", 0.9, above=0.5)
        yield _Line(f"“{ask.words}”", 1.2, "B", above=0.1)
    yield head("moves_title")
    yield _Line(" ".join(f"{number}. {said}" for number, said in enumerate(card.moves, start=1)))
    yield head("short")
    yield _Line(f"“{' '.join(card.short)}”")
    yield head("leave")
    yield from _steps(card.leave)
    yield _Line(text("preparation.card.footer"), above=0.9)


def _steps(steps: Iterable[Step]) -> Iterator[_Line]:
    return (_Line(step.text, label=f"{number}.") for number, step in enumerate(steps, start=1))


def _height(pdf: FPDF, line: _Line, size: float) -> float:
    """Give what a paragraph takes of the page, with the space above it."""
    return line.above * size + float(_paragraph(pdf, line, size, dry_run=True, output=MethodReturnValue.HEIGHT))


def _write(pdf: FPDF, line: _Line, size: float) -> None:
    pdf.set_y(pdf.get_y() + line.above * size)
    if line.label:
        pdf.set_font(FONT, "B" if line.is_named else "", size * line.scale)
        pdf.cell(line.indent, size * line.scale * LEADING, line.label)
    _paragraph(pdf, line, size, new_x="LMARGIN", new_y="NEXT")
    if line.ruled:
        pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _paragraph(pdf: FPDF, line: _Line, size: float, **how: Any) -> Any:
    pdf.set_font(FONT, line.style, size * line.scale)
    pdf.set_x(MARGIN + line.indent)
    align = "R" if runs_from_right(line.said) else "L"
    return pdf.multi_cell(0, size * line.scale * LEADING, line.said, align=align, **how)
