"""What can go wrong with a log, each told in one sentence that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from closing_lib.content import text
from closing_lib.records.file_names import shown

PATIENCE = 10.0  # seconds that an operation waits for whoever else is writing


class LogError(ValueError):
    """The log cannot be used as asked; the message says why and what to do."""


class PagesError(LogError):
    """What was read of the file makes no sense: it is damaged, or could not be read."""


class OwnWorkError(LogError):
    """Something of the person's own would be lost; the message says what."""


class LockedError(LogError):
    """An assessment was to be changed after its outcome was known."""


@contextmanager
def explaining(name: str) -> Iterator[None]:
    """Tell an error of SQLite's as what to do.

    What SQLite refused it has also undone, so "nothing was saved" holds; only where the drive does not tell whether the
    end of a transaction outlasts a power failure is it saved already.

    Parameters
    ----------
    name : str
        The name of the file.

    Raises
    ------
    LogError
        With the remedy. What no file and no drive can cause, but a mistake in the kit, is raised as it is.
    """
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # what SQLite complains of may itself be no text
        told = _explained(error, name)
        if told is None:
            raise
        raise told from error


def _explained(error: sqlite3.Error | UnicodeDecodeError, name: str) -> LogError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own complaint, such as of text that is no UTF-8
        return damaged(name, error) if "decode" in str(error) else None
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return _refused(str(error))
    if code == sqlite3.SQLITE_IOERR_DIR_FSYNC:
        return trouble("perhaps_saved", name, error=error)
    if code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return pages_damaged(name, error)
    return None if code & 0xFF in _MISTAKES else trouble(_KEYS.get(code & 0xFF, "otherwise"), name, error=error)


def _refused(said: str) -> LogError | None:
    """Give what a trigger of the log's own refused."""
    key = REFUSALS.get(said)
    if key is None:
        return None
    kind = LockedError if key.startswith("assessment") else LogError
    return kind(text(f"log_trouble.refused.{key}"))


def trouble(key: str, name: str, **values: object) -> LogError:
    """Give the error with the sentence ``log_trouble.<key>`` about a file."""
    return LogError(text(f"log_trouble.{key}", name=shown(name), patience=PATIENCE, **values))


def damaged(name: str, why: object) -> LogError:
    """Give the error for a log whose bytes make no sense any more."""
    return trouble("damaged", name, error=why)


def pages_damaged(name: str, why: object) -> PagesError:
    """Give the error for what SQLite cannot make sense of; it says so too where the drive fails to read."""
    return PagesError(str(damaged(name, why)))


def unfit(name: str, table: str, value: object) -> LogError:
    """Give the error for a value that nobody can have put into a table with the kit."""
    return damaged(name, text("log_trouble.unfit", table=table, value=shown(str(value))))


# What each trigger of the schema says, and the sentence for it.
REFUSALS = {
    "A locked assessment stays as it is; correct_assessment adds a correction beside it.": "assessment",
    "A locked assessment stays with its interview; delete_interview deletes both.": "assessment_alone",
    "An attempt stays as it was made; add_attempt adds another.": "attempt",
    "What was registered stays as it was; register anew what is to hold from now on.": "registration",
    "A draw stays as it was made; only what it was for can be added to it.": "draw",
    "A draw stays, also when what it was for is deleted.": "draw_alone",
}
_MISTAKES = {
    sqlite3.SQLITE_ERROR,
    sqlite3.SQLITE_CONSTRAINT,
    sqlite3.SQLITE_MISMATCH,
    sqlite3.SQLITE_MISUSE,
    sqlite3.SQLITE_RANGE,
}
_KEYS = {
    sqlite3.SQLITE_BUSY: "in_use",
    sqlite3.SQLITE_LOCKED: "in_use",
    sqlite3.SQLITE_PERM: "not_writable",
    sqlite3.SQLITE_READONLY: "not_writable",
    sqlite3.SQLITE_CANTOPEN: "not_writable",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "drive",
    sqlite3.SQLITE_INTERRUPT: "too_much",
}
