"""The answer of a form in one line: spoken when it changes, and on a narrow screen at the bottom while one answers."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

_HERE = Path(__file__).parent


class AnswerLine(anywidget.AnyWidget):
    """A line that stays at the bottom of a narrow screen and leads to the answer; a wide one shows the answer itself.

    Parameters
    ----------
    label : str
        What the answer is called, for those who listen.
    said : str
        It, in a line; what does not fit is cut off.
    is_spoken : bool
        Whether a screen reader speaks it when it changes; not where the form says so itself.
    """

    _esm = _HERE / "answer_line.js"

    label = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    is_spoken = traitlets.Bool(default_value=True).tag(sync=True)
