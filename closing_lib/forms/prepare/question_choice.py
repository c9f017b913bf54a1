"""The kit's own control for one question to bring: the question, and buttons to keep it, swap it or write one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from closing_lib.content import text
from closing_lib.forms.base.save_button import script

_BUTTONS = ("keep", "swap", "write", "suggest")


class QuestionChoice(anywidget.AnyWidget):
    """A question with its buttons; what they do is the form's.

    Attributes
    ----------
    description, about : str
        What it is called, and what the question is about.
    value : str
        What was chosen: a question's id, or a word for the person's own words; empty where nothing was.
    question, note : str
        How the question reads now, and what is to say about it; no question where the person writes their own.
    is_ready, is_kept : bool
        Whether it can be asked as it is, and whether it stays.
    news : str
        What came of the last button, such as that all have been seen.
    spoken : str
        What a screen reader says after a button.
    waits_for : list of str
        The model ids of the controls whose answers must have come before a button is followed.
    """

    _esm = script(Path(__file__).parent / "question_choice.js")

    description = traitlets.Unicode().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    about = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    is_ready = traitlets.Bool(default_value=False).tag(sync=True)
    is_kept = traitlets.Bool(default_value=False).tag(sync=True)
    news = traitlets.Unicode().tag(sync=True)
    spoken = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict(traitlets.Unicode()).tag(sync=True)
    waits_for = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._handlers: list[Callable[[str], object]] = []
        self.on_msg(lambda _widget, content, _buffers: self.press(str(content.get("press"))))

    def on_press(self, do: Callable[[str], object]) -> None:
        """Do something with the name of each button that is pressed."""
        self._handlers.append(do)

    def press(self, button: str) -> None:
        """Press a button: ``"keep"``, ``"swap"``, ``"write"`` or ``"suggest"``."""
        if button in _BUTTONS:
            for do in self._handlers:
                do(button)

    @traitlets.default("words")
    def _in_the_language(self) -> dict[str, str]:
        return {name: text(f"prepare.{name}") for name in _BUTTONS}
