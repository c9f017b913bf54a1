"""The report of activity as PDF: as many A4 pages as it takes, each with the headings of the table."""

from __future__ import annotations

from collections.abc import Sequence

from fpdf import FPDF

from closing_lib.arguments import InvalidAnswer, validate_call
from closing_lib.content import text
from closing_lib.documents.activity_page import COLUMNS, cells, counts, head, notes
from closing_lib.documents.pdf_page import (
    FONT,
    LEADING,
    MARGIN,
    blank_page,
    broken,
    is_plain,
    printable,
    runs_from_right,
    write_line,
)
from closing_lib.documents.plain_text import short
from closing_lib.records.activity import ActivityReport

_SIZE = 9.5  # points
_SMALL = 8.0
_WIDTHS = (16, 24, 24, 24, 24)  # of the columns, in proportion
_ABOVE, _BESIDE = 2.5, 4.0  # points around what stands in a cell
_MOST = 20_000  # lines
_SHAPED = 8  # letters that must be joined or turned round cost as much as a line
_SIGNATURE = 70.0  # points to write in
_LINE = 230.0  # points


@validate_call
def activity_pdf(report: ActivityReport) -> bytes:
    """Write the report as a PDF.

    Raises
    ------
    ValueError
        If it is too long for one.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> from closing_lib.records.activity import activity_report
    >>> activity_pdf(activity_report(sample_log(), name="Alex Tan"))[:5]
    b'%PDF-'
    """
    names = (name for deed in report.deeds for name in (deed.company, deed.role) if not is_plain(name))
    if len(report.deeds) + sum(map(len, names)) // _SHAPED > _MOST:
        raise InvalidAnswer(text("activity.too_long", rows=len(report.deeds)))
    unprintable = [text("activity.unprintable", n=len(lacking))] if (lacking := lacks(report)) else []
    with blank_page(text("activity.title"), _Numbered) as pdf:
        pdf.set_auto_page_break(auto=True, margin=MARGIN + 14)
        _line(pdf, text("activity.title"), 1.6, "B")
        for line in head(report):
            _line(pdf, line)
        _line(pdf, text("activity.counts.title"), 1.1, "B", above=0.9)
        for name, n in counts(report):
            _line(pdf, f"{name}: {n}")
        _line(pdf, text("activity.caption"), 1.1, "B", above=0.9)
        _table(pdf, report)
        for line in [*unprintable, *notes(report)]:
            _line(pdf, line, _SMALL / _SIZE)
        _signature(pdf)
        return bytes(pdf.output())


def lacks(report: ActivityReport) -> tuple[str, ...]:
    """Give the names that the PDF can't print whole, since its font lacks a character: they show ▯ in its place."""
    typed = [short(report.name), *(short(name) for deed in report.deeds for name in (deed.company, deed.role))]
    return tuple(dict.fromkeys(name for name in typed if name != printable(name)))


class _Numbered(FPDF):
    """Pages with their numbers."""

    def footer(self) -> None:
        """Write the number at the foot of a page."""
        self.set_y(-MARGIN)
        self.set_font(FONT, "", _SMALL)
        self.cell(0, _SMALL * LEADING, text("activity.page", number=self.page_no()), align="R")


def _line(pdf: FPDF, said: str, scale: float = 1.0, style: str = "", above: float = 0.25) -> None:
    pdf.set_y(pdf.get_y() + above * _SIZE)
    pdf.set_font(FONT, style, _SIZE * scale)
    align = "R" if runs_from_right(said) else "L"
    pdf.multi_cell(0, _SIZE * scale * LEADING, printable(said), align=align, new_x="LMARGIN", new_y="NEXT")


def _table(pdf: FPDF, report: ActivityReport) -> None:
    """Write the table line by line: fpdf's own measures each letter several times, and takes minutes for long ones."""
    if not report.deeds:
        _line(pdf, text("activity.none"))
        return
    pdf.set_y(pdf.get_y() + 0.4 * _SIZE)
    headings = [text(f"activity.column.{name}") for name in COLUMNS]
    _row(pdf, headings, "B")
    for deed in report.deeds:
        lines = _row_lines(pdf, cells(deed), "")
        if pdf.get_y() + _height(lines) > pdf.page_break_trigger:
            pdf.add_page()
            _row(pdf, headings, "B")
        _write(pdf, lines, "")


def _row(pdf: FPDF, row: Sequence[str], style: str) -> None:
    _write(pdf, _row_lines(pdf, row, style), style)


def _row_lines(pdf: FPDF, row: Sequence[str], style: str) -> list[list[str]]:
    pdf.set_font(FONT, style, _SMALL)
    return [
        broken(pdf, printable(cell), width - 2 * _BESIDE) for cell, width in zip(row, _column_widths(pdf), strict=True)
    ]


def _write(pdf: FPDF, row: Sequence[Sequence[str]], style: str) -> None:
    pdf.set_font(FONT, style, _SMALL)
    x, top = MARGIN, pdf.get_y()
    for lines, width in zip(row, _column_widths(pdf), strict=True):
        for number, line in enumerate(lines):
            write_line(pdf, line, (x, top + _ABOVE + number * _SMALL * LEADING), width - _BESIDE)
        x += width
    pdf.set_y(top + _height(row))
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _height(row: Sequence[Sequence[str]]) -> float:
    return max(map(len, row)) * _SMALL * LEADING + 2 * _ABOVE


def _column_widths(pdf: FPDF) -> list[float]:
    return [share / sum(_WIDTHS) * (pdf.w - 2 * MARGIN) for share in _WIDTHS]


def _signature(pdf: FPDF) -> None:
    if pdf.get_y() + _SIGNATURE > pdf.h - 2 * MARGIN:
        pdf.add_page()
    pdf.set_y(pdf.get_y() + _SIGNATURE)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + _LINE, pdf.get_y())
    _line(pdf, text("activity.signature"), _SMALL / _SIZE)
