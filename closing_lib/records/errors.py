"""What can go wrong with a log, each told in one sentence that says what to do."""

from __future__ import annotations

import sqlite3

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


def explained(error: sqlite3.Error | UnicodeDecodeError, name: str) -> LogError:
    """Give the error to raise for one of SQLite's.

    Parameters
    ----------
    error : sqlite3.Error or UnicodeDecodeError
        What SQLite said, or why that is no text.
    name : str
        The name of the file.

    Returns
    -------
    LogError
        With the remedy. What SQLite refused it has also undone, so "nothing was saved" holds; only where the drive does
        not tell whether the end of a transaction outlasts a power failure is it saved already.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None and "decode" in str(error):  # Python's own complaint of text that is no UTF-8
        return damaged(name, error)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return LockedError(str(error))
    if code == sqlite3.SQLITE_IOERR_DIR_FSYNC:
        return trouble("perhaps_saved", name, error=error)
    if code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return pages_damaged(name, error)
    return trouble(_KEYS.get((code or sqlite3.SQLITE_ERROR) & 0xFF, "otherwise"), name, error=error)


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
