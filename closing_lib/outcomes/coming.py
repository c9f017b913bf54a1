"""What threads and processes come to, as it comes, so that an interruption leaves no lock taken.

`concurrent.futures.wait` takes the lock of every future, one after the other, in the thread that an interruption stops:
where it stops that in between, a lock stays taken, and ending the threads or processes waits for it for ever. So only a
queue is waited for here, which an interruption leaves as it is, and nothing is begun while one is being heard.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Coming(Generic[T]):
    """Work that was begun, and gives its results in the order in which they come."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._ready: SimpleQueue[Future[T]] = SimpleQueue()

    def begin(self, work: Callable[..., T], *given: Any) -> Future[T]:
        """Begin work in a thread or a process."""
        with _interruption_put_off():
            future = self._pool.submit(work, *given)
            future.add_done_callback(self._ready.put)
            return future

    def next(self, timeout: float) -> Future[T] | None:
        """Wait for the next that is done, at most so many seconds; None: none was."""
        try:
            return self._ready.get(timeout=timeout)
        except Empty:
            return None


@contextmanager
def _interruption_put_off() -> Iterator[None]:
    """Hear an interruption afterwards; only the main thread hears any."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)
