"""What makes the rows of a table open: a click on one tells which it was."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import anywidget

_HERE = Path(__file__).parent


class RowButtons(anywidget.AnyWidget):
    """Listens for clicks on the rows of the tables beside it, which have a button each; it shows nothing itself.

    Parameters
    ----------
    opened : callable
        What is done with the key of a row that was clicked.
    """

    _esm = _HERE / "row_buttons.js"

    def __init__(self, opened: Callable[[str], object], **traits: Any) -> None:
        super().__init__(**traits)
        self._opened = opened
        self.on_msg(self._from_the_page)

    def _from_the_page(self, _widget: object, content: dict[str, object], _buffers: object) -> None:
        self._opened(str(content.get("row")))


def row_button(key: str, shown: str, before: str, after: str = "") -> str:
    """Write the button of a row.

    Parameters
    ----------
    key : str
        What tells the row from the others.
    shown : str
        What it shows.
    before, after : str
        What is said around it to those who listen.
    """
    said = [f'<span class="ck-unseen">{escape(one)}</span>' if one else "" for one in (f"{before} ", after)]
    about = f'class="ck-row-button" data-ck-row="{escape(key)}" data-lm-suppress-shortcuts="true"'
    return f'<button type="button" {about}>{said[0]}{escape(shown)}{said[1]}</button>'
