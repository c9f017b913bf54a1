"""The button that saves: it waits until every answer given before it has reached the kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


def script(path: Path) -> str:
    """Give the script of a button that waits for the answers given before it."""
    return "".join(one.read_text(encoding="utf-8") for one in (_HERE / "settled.js", path))


class SaveButton(anywidget.AnyWidget):
    """A button like ipywidgets' own, whose click does not overtake an answer.

    While the kernel is busy, the front end holds back what is typed and chosen, but not a click: with a plain button,
    the last letters typed before it would come too late to be saved.

    Parameters
    ----------
    description : str
        What it does.
    disabled : bool
        Whether it can be pressed.
    waits_for : list of str
        The model ids of the controls whose answers must have come first.
    quiet : bool
        Whether it looks like one of several, and not like the one that comes next.
    """

    _esm = script(_HERE / "save_button.js")

    description = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(default_value=False).tag(sync=True)
    waits_for = traitlets.List(traitlets.Unicode()).tag(sync=True)
    quiet = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._handlers: list[Callable[[SaveButton], object]] = []
        self.on_msg(self._from_the_page)

    def on_click(self, do: Callable[[SaveButton], object]) -> None:
        """Do something when it is pressed."""
        self._handlers.append(do)

    def click(self) -> None:
        """Press it."""
        for do in self._handlers:
            do(self)

    def _from_the_page(self, _widget: object, content: dict[str, object], _buffers: object) -> None:
        if content.get("event") == "click":
            self.click()
