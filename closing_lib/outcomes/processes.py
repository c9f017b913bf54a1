"""Files counted by several processes of this machine, which talk through pipes alone: nobody else can reach them.

What a lost process had counted is counted again, and since the tasks only read, the result is the same. They end with
this process, whatever ends it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from closing_lib.content import text
from closing_lib.outcomes.coming import Coming
from closing_lib.outcomes.counted import Counted, Pile
from closing_lib.outcomes.files import Work, count_pieces
from closing_lib.outcomes.progress import PAUSE, Progress

_FEWEST, _MOST = 2, 8  # processes: more hardly help, and each has a batch in memory
_PATIENCE = 3  # times that processes are lost with nothing counted in between: then it is no accident


def count_in_processes(tasks: Sequence[Work], shown: Progress) -> Counted:
    """Count the files of all tasks.

    Raises
    ------
    RuntimeError
        If the processes are ended from outside again and again, as where the memory is too small.
    """
    pile = Pile(tasks[0].by)
    left = dict(enumerate(tasks))
    done = lost = 0
    while left:
        try:
            with closing(_counted({**left})) as counted:
                for number, part in counted:
                    pile.put(part)
                    done += left.pop(number).rows
                    shown.reach(done)
                    lost = 0
        except BrokenProcessPool:
            lost += 1
            if lost == _PATIENCE:
                raise RuntimeError(text("many_files.lost")) from None
    return pile.sum()


def _counted(tasks: Mapping[int, Work]) -> Generator[tuple[int, Counted]]:
    """Give what each task comes to, as they come."""
    with _pool(min(len(tasks), max(_FEWEST, min(_MOST, os.cpu_count() or 1)))) as pool:
        coming: Coming[Counted] = Coming(pool)
        with _no_main_file(), _no_interruption():  # for the processes, which begin here
            running = {coming.begin(count_pieces, task): number for number, task in tasks.items()}
        while running:
            if one := coming.next(timeout=PAUSE):
                yield running.pop(one), one.result()


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give processes that end when this is left, or when this process ends in any way: then the line to them breaks."""
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(processes, context, _begin, (theirs,))
    try:
        yield pool
    finally:
        ours.close()
        pool.shutdown(cancel_futures=True)
        theirs.close()


def _begin(line: Connection) -> None:
    """Make a new process ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is for the one that counts by these
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    with suppress(EOFError, OSError):
        line.recv_bytes()  # nothing ever comes, until the other end is gone
    os._exit(1)


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Let new processes not hear Ctrl+C, which goes to all of them, while they cannot say so themselves yet."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_main_file() -> Iterator[None]:
    """Let new processes not run the person's script again: they need nothing of it, and it may have no main guard."""
    main = sys.modules["__main__"]
    space = vars(main)
    kept: dict[str, Any] = {name: space[name] for name in ("__file__", "__spec__") if name in space}
    space.pop("__file__", None)
    space["__spec__"] = None
    try:
        yield
    finally:
        space.update(kept)
