"""The form that gives the log back to the person: the whole of it as a table, or a report to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets

from closing_lib.arguments import InvalidAnswer
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.activity_page import activity_page
from closing_lib.documents.activity_pdf import activity_pdf
from closing_lib.forms.base.download_button import DownloadButton
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.saved_files import MadeFile, save_file
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.records import LogError, OutcomeLog
from closing_lib.records.activity import ActivityReport, activity_report
from closing_lib.records.backup import ENDINGS, export_bytes

FOLDER = "exports"
_REPORTS: Mapping[str, Callable[[ActivityReport], bytes]] = {
    "html": lambda report: activity_page(report).encode(),
    "pdf": activity_pdf,
}
_OFFERED = ("xlsx", "csv", "pdf", "html", "parquet")
_ABOUT_REPORTS = ("start", "end", "me")


class ExportForm(Form):
    """Choose what to take along, save it beside the log, and download it where the kernel runs elsewhere.

    Parameters
    ----------
    log : OutcomeLog or None
        What is taken along; the person's own log where none is given.

    Attributes
    ----------
    save_button : SaveButton
        Saves what was chosen.
    download_button : DownloadButton
        Hands what was saved last to the browser.
    said : str
        What the form said last.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.said = ""
        self.save_button = SaveButton(description=text("exporting.form.save"))
        self.save_button.on_click(lambda _button: self.save())
        self.download_button = DownloadButton(description=text("exporting.form.download"))
        self._status = html("", "ck-status")
        super().__init__(_fields(), log)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the choice, the period of a report, and the buttons."""
        self.save_button.waits_for = [control.model_id for control in self.controls.values()]
        title = heading(text("exporting.form.title"), text("exporting.form.intro"))
        self._period = box([self.controls[name] for name in _ABOUT_REPORTS], "ck-column")
        buttons = box([self.save_button, self.download_button], "ck-buttons")
        return [box([title, self.controls["what"], self._period, buttons, self._status], "ck-sheet")]

    def refresh(self) -> None:
        """Ask for the period where a report is chosen, and say what was done last."""
        what = self.answers["what"]
        self._period.layout.display = None if what in _REPORTS else "none"
        self.save_button.disabled = what is None or self.log is None
        self.download_button.disabled = self.download_button.file is None
        self.download_button.layout.display = "none" if self.download_button.file is None else None
        self._status.value = spoken(self.said or text("exporting.form.not_yet"))

    def save(self) -> None:
        """Save what was chosen into the folder for exports beside the log, and say where it is."""
        what = self.answers["what"]
        if what is None or self.log is None:
            return
        self.download_button.file = None
        try:
            path = save_file(self._made(self.log, what), self.log.path, FOLDER)
        except (LogError, InvalidAnswer) as error:
            self.said = str(error)
        except OSError as error:
            self.said = text("exporting.form.not_saved", error=error.strerror or type(error).__name__)
        else:
            self.download_button.file = path
            self.said = text("exporting.form.saved", name=path.name, folder=FOLDER)
        self.refresh()

    def __repr__(self) -> str:
        return "ExportForm()"

    def _made(self, log: OutcomeLog, what: str) -> MadeFile:
        if what in ENDINGS:
            return MadeFile((text("exporting.file.log"), today().isoformat()), what, export_bytes(log, what))
        given = self.answers
        report = activity_report(log, given["start"], given["end"], given["me"])
        named = (text("exporting.file.report"), report.start.isoformat(), report.end.isoformat())
        return MadeFile(named, what, _REPORTS[what](report))

    def _answered(self, change: object) -> None:
        self.said = ""
        self.download_button.file = None  # it was something else
        super()._answered(change)


def _fields() -> list[Field]:
    offered = tuple(Option(one, text(f"exporting.form.what_options.{one}"), one) for one in _OFFERED)
    return [
        Field("what", text("exporting.form.what"), "column", offered, default="xlsx"),
        Field("start", text("exporting.form.start"), "date"),
        Field("end", text("exporting.form.end"), "date"),
        Field("me", text("exporting.form.me"), "text"),
    ]
