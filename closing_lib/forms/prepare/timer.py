"""The kit's stopwatch: how long a rehearsal aloud took, in words."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from closing_lib.content import text

_HERE = Path(__file__).parent
_WORDS = ("label", "start", "stop", "stopped", "planned", "second", "seconds", "minute", "minutes")


class Timer(anywidget.AnyWidget):
    """A button that starts and stops, and the time beside it.

    Attributes
    ----------
    planned : int
        How many seconds it should take, by the count of words; 0 where nothing is written.
    elapsed : int
        How many seconds the last rehearsal took.
    """

    _esm = _HERE / "timer.js"

    words = traitlets.Dict(traitlets.Unicode()).tag(sync=True)
    planned = traitlets.Int(0).tag(sync=True)
    elapsed = traitlets.Int(0).tag(sync=True)

    @traitlets.default("words")
    def _in_the_language(self) -> dict[str, str]:
        return {name: text(f"prepare.timer.{name}") for name in _WORDS}
