"""The report of activity as PDF: as many A4 pages as it takes, each with the headings of the table."""

from __future__ import annotations

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.forms.activity_page import COLUMNS, cells, counts, head, notes
from closing_lib.forms.pdf_page import FONT, LEADING, MARGIN, blank_page, printable, runs_from_right
from closing_lib.records.exporting.activity import ActivityReport

_SIZE = 9.5  # points
_SMALL = 8.0
_WIDTHS = (16, 24, 24, 24, 24)  # of the columns, in proportion
_SIGNATURE = 70.0  # points to write in
_LINE = 230.0  # points


@validate_call
def activity_pdf(report: ActivityReport) -> bytes:
    """Write the report as a PDF.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> from closing_lib.records.exporting.activity import activity_report
    >>> activity_pdf(activity_report(sample_log(), name="Alex Tan"))[:5]
    b'%PDF-'
    """
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
        for line in notes(report):
            _line(pdf, line, _SMALL / _SIZE)
        _signature(pdf)
        return bytes(pdf.output())


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
    if not report.deeds:
        _line(pdf, text("activity.none"))
        return
    pdf.set_y(pdf.get_y() + 0.4 * _SIZE)
    pdf.set_font(FONT, "", _SMALL)
    with pdf.table(
        col_widths=_WIDTHS,
        line_height=_SMALL * LEADING,
        padding=(2.5, 4, 2.5, 0),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        headings_style=FontFace(emphasis="BOLD"),
        text_align="LEFT",
    ) as table:
        table.row([text(f"activity.column.{name}") for name in COLUMNS])
        for deed in report.deeds:
            row = table.row()
            for cell in cells(deed):
                row.cell(printable(cell), align="R" if runs_from_right(cell) else "L")


def _signature(pdf: FPDF) -> None:
    if pdf.get_y() + _SIGNATURE > pdf.h - 2 * MARGIN:
        pdf.add_page()
    pdf.set_y(pdf.get_y() + _SIGNATURE)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + _LINE, pdf.get_y())
    _line(pdf, text("activity.signature"), _SMALL / _SIZE)
