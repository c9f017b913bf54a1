"""Which files are meant: by their paths or patterns, each once."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from closing_lib.content import text
from closing_lib.files import from_home, open_to_read, require_file
from closing_lib.records.errors import LogError
from closing_lib.records.file_names import shown

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_SIGNS = "*?["
MOST_FILES = 100_000


def matching(what: Paths) -> list[Path]:
    """Each file once, in the order in which they are named; one that holds the same bytes as another is left out.

    Raises
    ------
    ValueError
        If a path or a pattern matches no file, a folder, or more than `MOST_FILES`; or if one cannot be read.
    """
    named = [what] if isinstance(what, str | os.PathLike) else [*what]
    if not named:
        raise ValueError(text("many_files.none", name="[]"))
    found: dict[Path, Path] = {}
    for name in named:
        with about(name):  # a name that is too long, a folder that is closed
            found |= {path.resolve(): path for path in _matching(from_home(name))}
    return _without_copies([*found.values()])


def _matching(path: Path) -> list[Path]:
    if path.is_dir():
        raise LogError(text("many_files.folder", name=path))
    if path.exists():
        return [path]
    found: list[Path] = []
    if any(sign in str(path) for sign in _SIGNS):
        top, pattern = _apart(path)
        found = sorted(islice((one for one in top.glob(pattern) if one.is_file()), MOST_FILES + 1))
        if len(found) > MOST_FILES:
            raise LogError(text("many_files.most_files", name=path, most=MOST_FILES))
    if not found:
        raise LogError(text("many_files.none", name=shown(str(path))))
    return found


def _apart(path: Path) -> tuple[Path, str]:
    """The folder in which to look, and the pattern; brackets in the name of a folder that is there are its own."""
    top = Path(path.anchor)
    parts = [*path.relative_to(top).parts]
    while len(parts) > 1 and not {"*", "?"} & {*parts[0]} and (top / parts[0]).is_dir():
        top /= parts.pop(0)
    return top, str(Path(*parts))


def _without_copies(paths: Sequence[Path]) -> list[Path]:
    """Leave out files with the same bytes as one before: the same person's, sent twice."""
    sizes = {path: _size(path) for path in paths}
    of_size: dict[int, int] = {}
    for size in sizes.values():
        of_size[size] = of_size.get(size, 0) + 1
    first: dict[object, Path] = {}
    for path, size in sizes.items():
        first.setdefault(path if of_size[size] == 1 else _digest(path), path)
    kept = {*first.values()}
    if copies := [path for path in paths if path not in kept]:
        told = text("many_files.copies", name=copies[0], count=len(copies))
        warnings.warn(told, stacklevel=5)
    return [path for path in paths if path in kept]


def _size(path: Path) -> int:
    with about(path):
        return require_file(path)


def _digest(path: Path) -> bytes:
    with about(path), open_to_read(path) as file:
        return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]  # a file that was opened to read


@contextmanager
def about(path: str | os.PathLike[str]) -> Iterator[None]:
    """Let what goes wrong with a file be one sentence that names it."""
    try:
        yield
    except LogError:
        raise  # which names it already
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def unreadable(path: str | os.PathLike[str], error: object) -> LogError:
    """The error that says why a file cannot be read, in one line."""
    why = (str(getattr(error, "strerror", None) or error).strip() or type(error).__name__).splitlines()[0]
    return LogError(text("many_files.unreadable", name=path, error=why.rstrip(".")))
