"""The button that hands a saved file to the browser, where that runs on another machine than the kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent


class DownloadButton(anywidget.AnyWidget):
    """A button that downloads a file. ipywidgets has none.

    The file is read when the button is pressed: nothing of it stays in the page or in the notebook.

    Parameters
    ----------
    description : str
        What it does.
    disabled : bool
        Whether it can be pressed.

    Attributes
    ----------
    file : Path or None
        What it hands over.
    """

    _esm = _HERE / "download_button.js"

    description = traitlets.Unicode().tag(sync=True)
    disabled = traitlets.Bool(default_value=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.file: Path | None = None
        self.on_msg(self._from_the_page)

    def click(self) -> None:
        """Press it."""
        if self.file is not None and self.file.is_file():
            self.send({"name": self.file.name}, buffers=[self.file.read_bytes()])

    def _from_the_page(self, _widget: object, content: dict[str, object], _buffers: object) -> None:
        if content.get("event") == "click":
            self.click()
