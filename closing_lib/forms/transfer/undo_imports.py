"""The part of the import form that takes an import back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import ipywidgets

from closing_lib.clock import day_of
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.forms.base.sheet import box, button, heading, html, spoken
from closing_lib.forms.base.watch import written
from closing_lib.records import ImportRow, LogError, OutcomeLog
from closing_lib.records.errors import OwnWorkError

if TYPE_CHECKING:
    from closing_lib.forms.base.form import Form


class UndoImports:
    """The imports so far, and a button that takes one of them back; it asks once more where the person's own would go.

    Parameters
    ----------
    form : Form
        The form that it belongs to, whose log it changes.
    after : callable
        What is done when an import has been taken back.

    Attributes
    ----------
    which : ipywidgets.Dropdown
        The imports so far, the newest first.
    back_button, confirm_button, keep_button : ipywidgets.Button
        Taking it back asks once more where something of the person's own would go too.
    said : str
        What was done last.
    """

    def __init__(self, form: Form, after: Callable[[], object]) -> None:
        self.said = ""
        self._form, self._after = form, after
        self.which = ipywidgets.Dropdown(description=text("importing.undo.which"))
        self.which.add_class("ck-entry")
        self.back_button = button(text("importing.undo.back"))
        self.confirm_button = button(text("importing.undo.yes"), "ck-primary")
        self.keep_button = button(text("importing.undo.no"))
        self.back_button.on_click(lambda _button: self.take_back(with_own=False))
        self.confirm_button.on_click(lambda _button: self.take_back(with_own=True))
        self.keep_button.on_click(lambda _button: self._ask(""))
        self.which.observe(lambda _change: self._ask(""), names="value")  # the question was about another import
        self._status = html("", "ck-status")
        self._really = box([self.confirm_button, self.keep_button], "ck-buttons")
        self._list = box(
            [heading(text("importing.undo.title"), level=3), self.which, box([self.back_button], "ck-buttons")],
            "ck-column",
        )
        self.view = box([self._list, self._status, self._really], "ck-column")
        self._ask("")

    def refresh(self) -> None:
        """Offer the imports that there are."""
        rows: tuple[ImportRow, ...] = self._form.read(lambda log: log.rows(ImportRow), ())
        options = tuple((_named(row), row.intake) for row in reversed(rows))
        if self.which.options != options:
            self.which.options = options
            self.which.index = 0 if options else None  # the newest
        self._list.layout.display = None if rows else "none"
        self._status.value = spoken(self.said) if self.said else ""

    def take_back(self, *, with_own: bool) -> None:
        """Take the import that is picked back, or ask once more."""
        number, named = self.which.value, self.which.label

        def undo(log: OutcomeLog) -> None:
            try:
                log.undo_import(number, with_own=with_own)
            except OwnWorkError as error:
                self._ask(f"{error} {text('importing.undo.sure')}")
            except LogError as error:
                self._ask("")
                self.said = str(error)
            else:
                done.append(text("importing.undo.done", which=named))

        done: list[str] = []
        if number is not None and self._form.write_to_log(undo) and done:
            self._ask("")
            self._after()
            written()
            self.said = done[0]
        self.refresh()

    def _ask(self, question: str) -> None:
        self.said = question
        self._really.layout.display = None if question else "none"
        self._status.value = spoken(question) if question else ""


def _named(row: ImportRow) -> str:
    made = day(day_of(row.made_at))
    return text("importing.undo.named", number=row.intake, file=row.file, rows=row.rows, day=made)
