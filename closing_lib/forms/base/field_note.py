"""What is said under a field of what was typed there: spoken when it changes, and again with the field."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class FieldNote(anywidget.AnyWidget):
    """A sentence under the field that stands before it.

    Parameters
    ----------
    said : str
        The sentence; empty where there is nothing to say.
    """

    _esm = _HERE / "field_note.js"

    said = traitlets.Unicode().tag(sync=True)
