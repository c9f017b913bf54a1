"""What all forms share: a table of fields, one wiring for all of them, and a draft that outlives the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ipywidgets

from closing_lib.content import text
from closing_lib.forms.fields import Field, dump, load
from closing_lib.forms.sheet import box, html, paragraph, style
from closing_lib.records import LogError, OutcomeLog


class Form:
    """A form over a table of fields.

    A form of the kit says which fields it has (`fields_table`), how they are laid out (`layout_of`), and what to do when an answer
    changes (`refresh`). The wiring is here, once for all fields: each answer refreshes the form first and is kept as a draft
    after that, so that a half-filled form is there again after a kernel restart.

    Parameters
    ----------
    fields : iterable of Field
        What it asks.
    log : OutcomeLog or None
        Where drafts and records are kept; the person's own log where none is given.
    """

    name = ""

    def __init__(self, fields: Iterable[Field], log: OutcomeLog | None = None) -> None:
        self.fields = {field.name: field for field in fields}
        self.controls = {name: field.control() for name, field in self.fields.items()}
        self.trouble = ""
        self.log = self._open(log)
        self._restore()
        for control in self.controls.values():
            control.observe(self._answered, names="value")
        self.view = box([html(style()), *self.sheets()], "ck", "ck-live")
        self.refresh()

    # --- What a form says of itself

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the controls out."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what follows from the answers."""
        raise NotImplementedError

    def static(self) -> str:
        """Write the form as HTML for a page that is read and not run."""
        return paragraph(text("forms.common.not_run"))

    # --- What every form can do

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        live: dict[str, object] = self.view._repr_mimebundle_()
        return {**live, "text/plain": repr(self), "text/html": f'<div class="ck">{style()}{self.static()}</div>'}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by field; None where there is none."""
        return {name: field.read(self.controls[name]) for name, field in self.fields.items()}

    def missing(self, names: Iterable[str] | None = None) -> list[str]:
        """Give the labels of the required fields that are not answered yet."""
        asked = self.fields if names is None else names
        return [
            self.fields[name].label
            for name in asked
            if self.fields[name].required and not self.fields[name].is_answered(self.controls[name])
        ]

    def kept(self) -> dict[str, str | None]:
        """Give what the controls hold, as plain text."""
        return {name: dump(control) for name, control in self.controls.items()}

    def put(self, kept: Mapping[str, object]) -> None:
        """Put plain values into the controls; a field that is not there any more is passed over."""
        for name in self.controls.keys() & kept.keys():
            load(self.controls[name], kept[name])

    def clear(self) -> None:
        """Empty the form, and forget its draft."""
        for name, field in self.fields.items():
            self.controls[name].value = field.blank()
        self._with_log(lambda log: log.clear_draft(self.name))

    # --- The wiring

    def _answered(self, _change: object) -> None:
        self.refresh()
        self._with_log(lambda log: log.save_draft(self.name, self.kept()))

    def _open(self, log: OutcomeLog | None) -> OutcomeLog | None:
        try:
            return log or OutcomeLog()
        except LogError as error:
            self.trouble = text("forms.common.log_trouble", error=error)
            return None

    def _restore(self) -> None:
        self._with_log(lambda log: self.put(log.draft(self.name) or {}))

    def _with_log(self, do: Callable[[OutcomeLog], object]) -> None:
        """Do something with the log; a log in trouble is told of, and does not take the form with it."""
        if self.log is None:
            return
        try:
            do(self.log)
        except LogError as error:
            self.trouble = text("forms.common.log_trouble", error=error)
        else:
            self.trouble = ""
