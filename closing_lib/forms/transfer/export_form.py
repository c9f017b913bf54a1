"""The form that gives the log back to the person: the whole of it as a table, or a report to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.activity_page import activity_page
from closing_lib.documents.activity_pdf import activity_pdf, lacks
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading
from closing_lib.records import OutcomeLog
from closing_lib.records.activity import ActivityReport, activity_report
from closing_lib.records.backup import ENDINGS, export_bytes

FOLDER = "exports"
_REPORTS: Mapping[str, Callable[[ActivityReport], bytes]] = {
    "html": lambda report: activity_page(report).encode(),
    "pdf": activity_pdf,
}
_OFFERED = ("xlsx", "csv", "pdf", "html", "parquet")
_NAMED = 5  # names that a PDF can't print, before the rest are only counted
_ABOUT_REPORTS = ("start", "end", "me")


class ExportForm(Form):
    """Choose what to take along, and take it.

    Parameters
    ----------
    log : OutcomeLog or None
        What is taken along; the person's own log where none is given.

    Attributes
    ----------
    row : ActionRow
        By which what was chosen leaves the kit; a report can be opened and printed too.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        super().__init__(_fields(), log)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the choice, the period of a report, and the buttons."""
        title = heading(text("exporting.form.title"), text("exporting.form.intro"))
        self._period = box([self.controls[name] for name in _ABOUT_REPORTS], "ck-column")
        actions = [
            Action("file", "download", self._file),
            Action("open", "open", self._page),
            Action("print", "print", self._page),
        ]
        self.row = ActionRow(self, text("exporting.form.take"), actions, FOLDER)
        return [box([title, self.controls["what"], self._period, self.row], "ck-sheet")]

    def refresh(self) -> None:
        """Ask for the period where a report is chosen."""
        what = self.answers["what"]
        self._period.layout.display = None if what in _REPORTS else "none"
        self.row.hidden = [] if what in _REPORTS else ["open", "print"]
        self.row.allow(allowed=what is not None and self.log is not None)

    def __repr__(self) -> str:
        return "ExportForm()"

    def _file(self) -> MadeFile | None:
        what = self.answers["what"]
        if self.log is None or what is None:
            return None
        if what in ENDINGS:
            return MadeFile((text("exporting.file.log"), today().isoformat()), what, export_bytes(self.log, what))
        report = self._report(self.log)
        named = (text("exporting.file.report"), report.start.isoformat(), report.end.isoformat())
        return MadeFile(named, what, _REPORTS[what](report), _unprintable(report) if what == "pdf" else "")

    def _page(self) -> str | None:
        return None if self.log is None else activity_page(self._report(self.log))

    def _report(self, log: OutcomeLog) -> ActivityReport:
        given = self.answers
        return activity_report(log, given["start"], given["end"], given["me"])

    def _answered(self, change: object) -> None:
        self.row.forget()
        super()._answered(change)


def _unprintable(report: ActivityReport) -> str:
    if not (names := lacks(report)):
        return ""
    listed, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    listed = text("exporting.form.more_names", names=listed, n=more) if more > 0 else listed
    return text("exporting.form.unprintable", names=listed)


def _fields() -> list[Field]:
    offered = tuple(Option(one, text(f"exporting.form.what_options.{one}"), one) for one in _OFFERED)
    return [
        Field("what", text("exporting.form.what"), "column", offered, default="xlsx"),
        Field("start", text("exporting.form.start"), "date"),
        Field("end", text("exporting.form.end"), "date"),
        Field("me", text("exporting.form.me"), "text"),
    ]
