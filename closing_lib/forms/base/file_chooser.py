"""The field in which files are chosen: the browser's own, with a visible label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


class FileChooser(anywidget.AnyWidget):
    """A labelled field for a file, or for several. ipywidgets' own upload is a button without a name for the file.

    Parameters
    ----------
    label : str
        What to choose.
    accept : str
        The endings to offer, separated by commas.
    several : bool
        Whether several files can be chosen at once.

    Attributes
    ----------
    left : int
        How many files of the same choice are still to come after this one.
    """

    _esm = _HERE / "file_chooser.js"

    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    several = traitlets.Bool(default_value=False).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.left = 0
        self._handlers: list[Callable[[bytes, str], object]] = []
        self.on_msg(self._from_the_page)

    def on_choose(self, do: Callable[[bytes, str], object]) -> None:
        """Do something with each file that is chosen: what it holds and its name are given."""
        self._handlers.append(do)

    def choose(self, data: bytes, name: str) -> None:
        """Choose a file."""
        for do in self._handlers:
            do(data, name)

    def _from_the_page(self, _widget: object, content: dict[str, Any], buffers: Sequence[memoryview]) -> None:
        if "name" in content and buffers:
            self.left = content.get("left", 0)
            self.choose(bytes(buffers[0]), content["name"])
