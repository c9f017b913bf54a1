"""How far long work has come: said after a moment, where somebody is watching, and wiped away at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from closing_lib.content import text
from closing_lib.content.figures import percent

Report = Callable[[int, int], object]
PATIENCE = 1.0  # seconds in which nothing is said: most work is done by then
PAUSE = 0.25  # seconds between two sentences


class Progress:
    """Says how far work has come, to a callable or to a person.

    Parameters
    ----------
    wanted : callable or bool
        Called with what is done and the total, each time that more is done; True: a sentence, in a terminal or a
        notebook; False: nothing.
    total : int
        How much there is to do.
    """

    def __init__(self, wanted: Report | bool, total: int) -> None:
        self._total = max(1, total)
        self._done = 0
        self._stream = watched() if wanted is True else None
        self._report = wanted if callable(wanted) else self._say if self._stream else None
        self._next = time.monotonic() + PATIENCE
        self._written = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        """Wipe the sentence away."""
        if self._stream and self._written:
            self._stream.write("\r" + " " * self._written + "\r")
            self._stream.flush()

    def reach(self, done: int) -> None:
        """Say that so much is done; what is no more than before is not said."""
        if done > self._done and self._report:
            self._done = min(done, self._total)
            self._report(self._done, self._total)

    def _say(self, done: int, total: int) -> None:
        if self._stream is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + PAUSE
        sentence = text("many_files.progress", share=percent(done / total))
        self._stream.write("\r" + sentence.ljust(self._written))
        self._stream.flush()
        self._written = max(self._written, len(sentence))


def watched() -> TextIO | None:
    """Give where a person is watching: the terminal, or the output of a notebook's cell; None where nobody is."""
    if sys.stderr is not None and sys.stderr.isatty():
        return sys.stderr
    return sys.stdout if type(sys.stdout).__module__.startswith("ipykernel.") else None
