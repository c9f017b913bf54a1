"""What is saved under a name that a person gave: whole or not at all, never over a log, what fails in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

from closing_lib.arguments import InvalidAnswer
from closing_lib.content import text
from closing_lib.files import from_home, open_to_read, write_whole
from closing_lib.records.connection import alone
from closing_lib.records.file_names import shown

_MAGIC = b"SQLite format 3\0"


def save(
    file: str | os.PathLike[str], content: bytes, *, overwrite: bool = True, error: type[ValueError] = InvalidAnswer
) -> Path:
    """Write a file for its owner alone.

    Parameters
    ----------
    file : path-like
        Where; ``~`` is the person's home.
    content : bytes
        What it shall hold.
    overwrite : bool
        Whether another one is replaced.
    error : type of ValueError
        What is raised.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ValueError
        If the file is there and must stay, or cannot be written. What was there before is then as it was.
    """
    path = from_home(file)
    try:
        require_free(path, overwrite=overwrite, error=error)
        write_whole(path, content, overwrite=overwrite)
    except FileExistsError:
        raise error(text("files.is_there", name=shown(path.name))) from None
    except OSError as cause:
        raise _failed(path, cause.strerror or cause, error) from cause
    except UnicodeError as cause:
        raise _failed(path, cause, error) from cause
    return path


def require_free(path: Path, *, overwrite: bool, error: type[ValueError] = InvalidAnswer) -> None:
    """Refuse a place where something is that must stay, before anything is made for it.

    Raises
    ------
    ValueError
        If a log is there, since it would be lost, or without ``overwrite`` anything.
    OSError
        If what is there is no file, or cannot be looked at.
    """
    if "\0" in str(path):
        raise _failed(path, "NUL", error)
    if not path.exists():
        return
    if _is_log(path):
        raise error(text("files.is_log", name=shown(path.name)))
    if not overwrite:
        raise error(text("files.is_there", name=shown(path.name)))


def _is_log(path: Path) -> bool:
    with alone(path.name), open_to_read(path) as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _failed(path: Path, why: object, error: type[ValueError]) -> ValueError:
    return error(text("files.not_written", name=shown(path.name), error=why))
