"""What takes the keyboard's focus along when something else comes onto the page."""

from __future__ import annotations

from pathlib import Path

import anywidget


class Focus(anywidget.AnyWidget):
    """Moves the focus, and the page with it; it shows nothing itself."""

    _esm = Path(__file__).parent / "focus.js"

    def move_to(self, what: str, *, stay: bool = False) -> None:
        """Move it to the first thing that a CSS selector finds in the form, else on its page, once that is there.

        Parameters
        ----------
        what : str
            The selector.
        stay : bool
            Whether the page moves no further than it must; else the sheet comes to its top.
        """
        self.send({"focus": what, "stay": stay})
