"""Files of any kind: what is none is never read, and what is written is there whole, for its owner alone.

Everything that the kit reads from a path, or writes to one, goes through here. Standard library only: ``start.py`` uses
it before anything is installed.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from closing_lib.content import text

fcntl: Any = import_module("fcntl") if os.name == "posix" else None

_PASSING = "closing-kit-"
_LONG = 86_400  # seconds
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # a pipe is opened without waiting for its writer


def open_to_read(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file to read its bytes.

    Raises
    ------
    OSError
        If it is not there, cannot be read, or is no file but a folder, a pipe or a device; ``strerror`` says which, at
        once.
    """
    require_file(path)
    handle = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _require_regular(os.fstat(handle), path)  # another one may have been put there since
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_whole(path: str | os.PathLike[str], most: int) -> bytes:
    """Read a file of at most so many bytes.

    Raises
    ------
    OSError
        As `open_to_read`, and if the file is larger.
    """
    with open_to_read(path) as file:
        content = file.read(most + 1) or b""  # None where the system has nothing to give at once
    if len(content) > most:
        raise OSError(errno.EFBIG, text("files.too_large", limit=most // 1_000_000), os.fspath(path))
    return content


def require_file(path: str | os.PathLike[str]) -> int:
    """Give the size of a file in bytes, before a library opens it by its path.

    Raises
    ------
    OSError
        As `open_to_read`.
    """
    found = os.stat(path)  # noqa: PTH116  # a path-like of any kind, and no Path made for nothing
    _require_regular(found, path)
    return found.st_size


def write_whole(path: Path, content: bytes, *, overwrite: bool = True) -> None:
    """Write a file so that it is there whole or not at all, whenever the process or the machine stops.

    Raises
    ------
    FileExistsError
        If, without ``overwrite``, there is one.
    OSError
        If it cannot be written; what was there before is then as it was.
    """
    with replacing(path, overwrite=overwrite) as beside:
        beside.write_bytes(content)


@contextmanager
def replacing(path: Path, *, overwrite: bool = True) -> Iterator[Path]:
    """Give the path of an empty file to write to, which takes the place of another at the end, or of none.

    Raises
    ------
    FileExistsError, OSError
        As `write_whole`.
    """
    if path.exists():
        require_file(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".closing-", suffix=".part")  # readable by its owner alone
    beside = Path(name)
    os.close(handle)
    try:
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if overwrite:
            beside.replace(path)
        else:
            _put_if_free(beside, path)
    except BaseException:
        _leave_out(beside)
        raise


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, and what is missing above it; one that is there stays as it is.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(exist_ok=True)  # complains where something else has the name


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Give a folder for its owner alone that is removed at the end.

    A process that is killed removes nothing: what it leaves is removed by the next one that asks for such a folder,
    since each is locked for as long as its process lives.
    """
    _sweep()
    folder, hold = _held_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if hold is not None:
            os.close(hold)


def from_home(path: str | os.PathLike[str]) -> Path:
    """Give a path in which ``~`` is the person's home."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # with a name that nobody has here, it is part of a name
        return Path(path)


def _held_folder() -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PASSING))
        if fcntl is None:
            return folder, None
        try:
            hold = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # another process took it for one that was left
            continue
        fcntl.flock(hold, fcntl.LOCK_EX)
        if folder.exists():
            return folder, hold
        os.close(hold)


@cache
def _sweep() -> None:
    """Remove what processes that were killed have left, once in the life of this one."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PASSING}*"):
        with suppress(OSError):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    if fcntl is None:  # nobody else's folders are there, and what is open cannot be removed
        return time.time() - found.st_mtime > _LONG
    if found.st_uid != os.geteuid():
        return False
    hold = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(hold)
    return True


def _put_if_free(beside: Path, path: Path) -> None:
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a drive without links
        path.touch(mode=0o600, exist_ok=False)
        try:
            beside.replace(path)
        except OSError:
            _leave_out(path)
            raise
    else:
        _leave_out(beside)


def _leave_out(beside: Path) -> None:
    with suppress(OSError):  # it is not what is told of
        beside.unlink(missing_ok=True)


def _require_regular(found: os.stat_result, path: str | os.PathLike[str]) -> None:
    if not stat.S_ISREG(found.st_mode):
        kind = "folder" if stat.S_ISDIR(found.st_mode) else "no_file"
        raise OSError(errno.EINVAL, text(f"files.{kind}"), os.fspath(path))
