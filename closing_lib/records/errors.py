"""What can go wrong with a log, each told in one sentence that says what to do."""

from __future__ import annotations

import sqlite3

PATIENCE = 10.0  # seconds that an operation waits for whoever else is writing


class LogError(ValueError):
    """The log cannot be used as asked; the message says why and what to do."""


class LockedError(LogError):
    """An assessment was to be changed after its outcome was known."""


def explained(error: sqlite3.Error, name: str) -> LogError:
    """Give the error to raise for one of SQLite's.

    Parameters
    ----------
    error : sqlite3.Error
        What SQLite said.
    name : str
        The name of the file.

    Returns
    -------
    LogError
        With the remedy. What SQLite refused it has also undone, so "nothing was saved" always holds.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return LockedError(str(error))
    sentence = _SENTENCES.get(code & 0xFF, _OTHERWISE)
    return LogError(sentence.format(name=name, error=error, patience=PATIENCE))


def in_use(name: str) -> LogError:
    """Give the error for a log that somebody else kept busy for too long."""
    return LogError(_IN_USE.format(name=name, patience=PATIENCE))


def unreadable(name: str, error: OSError) -> LogError:
    """Give the error for a log that may not be read."""
    return LogError(f"{name} cannot be read ({error.strerror}); choose another file, or give yourself the right to.")


def damaged(name: str, why: object) -> LogError:
    """Give the error for a log whose bytes make no sense any more."""
    return LogError(_DAMAGED.format(name=name, error=why))


def no_such(table: str, number: int, name: str) -> LogError:
    """Give the error for the number of a row that is not there."""
    return LogError(f"There is no {table} {number} in {name}; {table}s() lists those that there are.")


_IN_USE = (
    "{name} was in use elsewhere for more than {patience:g} seconds, so nothing was saved; close what else has it open "
    "(another notebook, a database program) and try again."
)
_NOT_WRITABLE = (
    "{name} cannot be opened for writing ({error}), so nothing was saved; give yourself the right to write the file "
    "and its folder, or choose another place."
)
_DAMAGED = (
    "{name} is damaged ({error}) and was left as it is; put a backup in its place, or move it away to begin a new log."
)
_OTHERWISE = "{name} cannot be used ({error}), so nothing was saved; put a backup in its place, or choose another file."
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: _NOT_WRITABLE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_FULL: "There is no space left for {name}, so nothing was saved; free some and try again.",
    sqlite3.SQLITE_IOERR: (
        "The drive of {name} failed ({error}), so nothing was saved; check the drive or its network and try again."
    ),
}
