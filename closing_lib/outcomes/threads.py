"""Files counted on this machine, by several threads of this process, in a memory that does not grow with the files."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from closing_lib.outcomes.coming import Coming
from closing_lib.outcomes.counted import Counted, Pile
from closing_lib.outcomes.files import Work, count_pieces
from closing_lib.outcomes.progress import PAUSE, Progress, Report

_MOST = 8  # threads: more hardly help, and each has a batch in memory


class Stopped(Exception):  # it ends a thread, and nobody sees it
    """The person interrupted the work."""


class Share:
    """How far each piece has come; the threads write it, and hear from it when to stop."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        self._stop = threading.Event()

    @property
    def done(self) -> int:
        """How many lines are counted."""
        return sum(self._rows.copy().values())

    def stop(self) -> None:
        """Let each thread end after its batch."""
        self._stop.set()

    def count(self, number: int, work: Work) -> Counted:
        """Count one piece."""
        return count_pieces(work, lambda rows: self._reach(number, rows))

    def _reach(self, number: int, rows: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self._rows[number] = rows


def count_in_threads(work: Work, progress: Report | bool) -> Counted:
    """Count the pieces of files, as many at once as there are processors."""
    share, pile = Share(), Pile(work.by)
    threads = min(_MOST, os.cpu_count() or 1)
    with Progress(progress, work.rows) as shown, ThreadPoolExecutor(threads) as pool:
        try:
            for part in _in_turn(work, pool, share, shown, at_once=2 * threads):
                pile.put(part)
        finally:  # an interruption, too, waits until the threads are at rest
            share.stop()
            pool.shutdown(cancel_futures=True)
    return pile.sum()


def _in_turn(work: Work, pool: ThreadPoolExecutor, share: Share, shown: Progress, *, at_once: int) -> Iterator[Counted]:
    """Give what is counted as it comes; no more is begun than a few pieces ahead, so that little waits in memory."""
    coming = enumerate(replace(work, pieces=(piece,)) for piece in work.pieces)
    running, results = 0, Coming[Counted](pool)
    while True:
        while running < at_once and (one := next(coming, None)):
            results.begin(share.count, *one)
            running += 1
        if not running:
            return
        done = results.next(timeout=PAUSE)
        shown.reach(share.done)
        if done:
            running -= 1
            yield done.result()
