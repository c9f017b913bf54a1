"""The form that takes a person's own tracker into the log: it shows everything before it changes anything."""

from __future__ import annotations

from typing import Any

import ipywidgets

from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.forms.base.asked import Asked
from closing_lib.forms.base.file_chooser import FileChooser
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.base.watch import watch, written
from closing_lib.forms.transfer.questions import NOT_SAID, Key, arguments, questions
from closing_lib.forms.transfer.report import report_tables
from closing_lib.forms.transfer.undo_imports import UndoImports
from closing_lib.records import LogError, OutcomeLog
from closing_lib.records.file_names import shown
from closing_lib.records.importing import ImportReport
from closing_lib.records.importing.taking_in import import_csv

_FILES = ".csv,.tsv,.txt,.xlsx,.parquet"
_LARGE = 500_000  # bytes, from which on reading takes longer than a moment
_PARTS = ("questions", "columns", "statuses")


class ImportForm(Form):
    """Choose a file, see how it is read, answer what cannot be known, and take it in, or take it back.

    Parameters
    ----------
    log : OutcomeLog or None
        Where it goes; the person's own log where none is given.

    Attributes
    ----------
    chooser : FileChooser
        Where the file is chosen.
    asked : Asked
        The questions about it, one control each.
    save_button : SaveButton
        Takes in what can be taken in.
    undo : UndoImports
        Takes an import back.
    report : ImportReport or None
        What the import would do, or has done.
    said : str
        What the form said last.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.report: ImportReport | None = None
        self.said = ""
        self._data, self._name = b"", ""
        self._forget()
        self.chooser = FileChooser(label=text("importing.form.choose"), accept=_FILES)
        self.chooser.on_choose(self.open)
        self.asked = Asked(self._say)
        self.save_button = SaveButton(disabled=True)
        self.save_button.on_click(lambda _button: self.save())
        self.undo = UndoImports(self, self._look)
        self._status = html("", "ck-status")
        self._parts = {name: box([], "ck-pair", "ck-asked") for name in _PARTS}
        self._titled = {name: box([_title(name), asked], "ck-column") for name, asked in self._parts.items()}
        self._tables = html()
        self._about = box([*self._titled.values(), self._tables], "ck-column")
        super().__init__([], log)
        watch(self)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the choice of a file, what is asked about it, and what it comes to."""
        title = heading(text("importing.form.title"), text("importing.form.intro"))
        save = box([self.save_button], "ck-buttons")
        return [box([title, self.chooser, self._status, self._about, save, self.undo.view], "ck-sheet")]

    def open(self, data: bytes, name: str) -> None:
        """Look at a file, and ask what cannot be known of it."""
        self._data, self._name, self.report = data, shown(name), None
        self._forget()
        self._look()

    def save(self) -> None:
        """Take in what can be taken in."""
        if self.save_button.disabled:
            return
        self._take(dry_run=False)
        written()
        self.refresh()

    def refresh(self) -> None:
        """Show what was read, what is asked, and which imports there are."""
        self._ask()
        self._tables.value = report_tables(self.report) if self.report else ""
        self._about.layout.display = None if self.report else "none"
        report = self.report
        can_save = report is not None and report.dry_run and report.imported > 0
        self.save_button.disabled = not can_save
        self.save_button.description = (
            text("importing.form.save", n=report.imported, rows=report.rows)
            if report and can_save
            else text("importing.form.nothing_to_take")
        )
        self.save_button.waits_for = [control.model_id for control in self.asked.controls.values()]
        self._status.value = spoken(self.said or text("importing.form.none_yet"))
        self.undo.refresh()

    def __repr__(self) -> str:
        return "ImportForm()"

    def _forget(self) -> None:
        """Forget what was said of a file, and how its statuses were read at first."""
        self._answers: dict[Key, Any] = {}
        self._read: dict[str, str] = {}

    def _say(self, key: Key, value: Any) -> None:
        before = self._answers, self._read
        if key[0] == "sheet":
            self._forget()  # its columns and statuses are others
        self._answers = dict(self._answers)
        if value == NOT_SAID and key[0] != "column":
            self._answers.pop(key, None)
        else:
            self._answers[key] = value
        if not self._take(dry_run=True):
            self._answers, self._read = before  # an answer that cannot be is told of, and taken away
        self.refresh()

    def _look(self) -> None:
        if self._name:
            self._take(dry_run=True)
        self.refresh()

    def _take(self, *, dry_run: bool) -> bool:
        """Take the file in, or look what would come of it; say whether that could be done."""
        if self.log is None:
            return False
        if len(self._data) > _LARGE:
            self._status.value = spoken(text("importing.form.reading", name=self._name))
        said = arguments(self._answers) | {"name": self._name, "progress": self._show_progress}
        try:
            self.report = import_csv(self._data, self.log, dry_run=dry_run, **said)
        except (LogError, KeyboardInterrupt) as error:
            self.said = str(error) or text("importing.form.stopped", name=self._name)
            return False
        no_company = text("importing.skipped.no_company_column") if "company" in self.report.questions else ""
        self.said = " ".join(filter(None, (str(self.report), no_company)))
        return True

    def _show_progress(self, done: int, total: int) -> None:
        """Say how far a large file has come, at most ten times."""
        if done < total:
            share = percent(done * 10 // total / 10)
            self._status.value = spoken(text("importing.form.writing", name=self._name, share=share))

    def _ask(self) -> None:
        report = self.report
        is_open = report and (report.dry_run or report.questions or report.unknown_statuses)  # else all is taken in
        asked = [*questions(report, self._answers, self._read)] if report and is_open else []
        boxes = self.asked.show(asked)
        for name, part in self._parts.items():
            children = tuple(one for question, one in zip(asked, boxes, strict=True) if question.part == name)
            if part.children != children:
                part.children = children
            self._titled[name].layout.display = None if children else "none"


def _title(name: str) -> ipywidgets.HTML:
    intro = "" if name == "statuses" else text(f"importing.form.{name}_intro")
    return heading(text(f"importing.form.{name}"), intro, level=3)
