"""Questions that come and go: a control stays the same as long as its question is asked, and keeps the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import ipywidgets

from closing_lib.forms.base.sheet import box, html
from closing_lib.forms.transfer.questions import Key, Question


class Asked:
    """The controls of questions that depend on what was read.

    Parameters
    ----------
    answered : callable
        What is done with each answer: its key and its value are given.

    Attributes
    ----------
    controls : dict of Key to ipywidgets.Dropdown
        The control of each question: setting its `value` is answering.
    """

    def __init__(self, answered: Callable[[Key, Any], object]) -> None:
        self.controls: dict[Key, ipywidgets.Dropdown] = {}
        self._answered = answered
        self._boxes: dict[Key, ipywidgets.Box] = {}
        self._below: dict[Key, ipywidgets.HTML] = {}
        self._is_quiet = False

    def show(self, questions: Iterable[Question]) -> list[ipywidgets.Box]:
        """Give the box of each question, with its control at the answer of now; what is no longer asked is let go."""
        self._is_quiet = True
        asked = {one.key: self._show(one) for one in questions}
        self._is_quiet = False
        for held in (self.controls, self._boxes, self._below):
            for gone in held.keys() - asked.keys():
                del held[gone]
        return [*asked.values()]

    def _show(self, one: Question) -> ipywidgets.Box:
        control = self.controls.get(one.key)
        if control is None:
            control = ipywidgets.Dropdown(description=one.label, options=one.options, value=one.value)
            control.add_class("ck-entry")
            control.observe(lambda change, key=one.key: self._say(key, change["new"]), names="value")
            self.controls[one.key], self._below[one.key] = control, html("", "ck-muted")
            self._boxes[one.key] = box([control, self._below[one.key]], "ck-column")
        elif control.options != one.options:
            control.options = one.options
        control.value = one.value
        self._below[one.key].value = f"<small>{escape(one.below)}</small>" if one.below else ""
        return self._boxes[one.key]

    def _say(self, key: Key, value: Any) -> None:
        if not self._is_quiet:
            self._answered(key, value)
