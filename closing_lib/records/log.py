"""The outcome log: one SQLite file that holds what happened, and gives it back as tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from closing_lib.arguments import validate_call
from closing_lib.records.applications import Applications
from closing_lib.records.attempts import Attempts
from closing_lib.records.changes import forget_due
from closing_lib.records.drafts import Drafts
from closing_lib.records.draws import Draws
from closing_lib.records.events import Events
from closing_lib.records.file import Clock, LogFile, utc_now
from closing_lib.records.imports import Imports
from closing_lib.records.interviews import Interviews
from closing_lib.records.undo import Undo

CHECKOUT = Path(__file__).parents[2]
NAME = "closing_log.sqlite"


class OutcomeLog(Applications, Interviews, Events, Attempts, Draws, Imports, Undo, Drafts):
    """A person's applications, interviews, assessments, events, attempts, draws and registrations, in a file.

    Every change is in the file when the call returns. Several notebooks, threads and processes can use one file at
    once; a process killed at any moment leaves it whole, with all that was acknowledged.

    Parameters
    ----------
    path : path-like or None
        The file, made if it is not there. None: `default_path`.
    clock : callable
        Gives the time for stamps; only tests and sample data need another one.

    Raises
    ------
    LogError
        If the file is damaged, belongs to another program, comes from a newer kit, or cannot be read or made. It is
        then left as it is.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, OutcomeLog(f"{folder}/my_log.sqlite") as log:
    ...     application = log.add_application("Acme", "Analyst", applied_on="2026-11-02")
    ...     interview = log.add_interview(application, held_on="2026-11-20", used="mild", response="hesitated")
    ...     event = log.add_event(application, "thank_you", on="2026-11-21")
    ...     log, list(log.events()["kind"])
    (OutcomeLog('my_log.sqlite'), ['applied', 'interview', 'thank_you'])
    """

    @validate_call
    def __init__(self, path: str | os.PathLike[str] | None = None, *, clock: Clock | None = None) -> None:
        chosen = default_path() if path is None else Path(path)
        self._file = LogFile(chosen.expanduser().absolute(), clock=clock or utc_now, opened=forget_due)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    @contextmanager
    def transaction(self) -> Iterator[OutcomeLog]:
        """Save all that is done inside at once, or nothing of it: ``with log.transaction(): ...``.

        Others can read meanwhile, and wait to write. One step inside that fails and is caught undoes only itself.
        """
        with self._file.writing():
            yield self

    @contextmanager
    def one_state(self) -> Iterator[OutcomeLog]:
        """Read one state of the log with all that is asked inside, and open it once: ``with log.one_state(): ...``.

        Nothing can be written inside; others can read meanwhile, and wait to write.
        """
        with self._file.reading():
            yield self

    def __enter__(self) -> OutcomeLog:
        return self

    def __exit__(self, *_error: object) -> None:
        """Do nothing: each operation has closed the file behind it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path.name!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return OutcomeLog, (self.path,)


def default_path() -> Path:
    """Give where a person's own log is: in the folder ``CLOSING_DATA``, else in ``data/mine``.

    That is the one of the checkout, or of the current folder where the library was installed without a checkout.
    """
    folder = os.environ.get("CLOSING_DATA")
    beside = CHECKOUT if (CHECKOUT / "start.py").is_file() else Path.cwd()
    return (Path(folder) if folder else beside / "data" / "mine") / NAME
