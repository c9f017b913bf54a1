"""Many files counted together: which they are, what they have in common, and the cases of one piece of them."""

from __future__ import annotations

import csv
import datetime as dt
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pyarrow as pa

from closing_lib.content import text
from closing_lib.files import from_home, require_file
from closing_lib.outcomes.counted import Counted, Pile, counted
from closing_lib.outcomes.kinds import KINDS, Kind, Piece, Source, kind_of
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records.errors import LogError
from closing_lib.records.file_names import shown

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
_SIGNS = "*?["
MOST = 100_000  # files at once


@dataclass(frozen=True)
class Work:
    """What is to be counted.

    Attributes
    ----------
    pieces : tuple of Piece
        The parts of the files, in their order.
    by : tuple of str
        The columns to count by.
    as_of : datetime.date or None
        The day up to which the open applications of a log have waited.
    """

    pieces: tuple[Piece, ...]
    by: tuple[str, ...]
    as_of: dt.date | None

    @property
    def rows(self) -> int:
        """How many lines there are, about."""
        return sum(piece.rows for piece in self.pieces)


def work_on(what: Paths, by: Sequence[str] | None, as_of: dt.date | None) -> Work:
    """Look at each file, and settle what to count.

    Raises
    ------
    ValueError
        If no file is there, one cannot be read, or one lacks a column to count by.
    """
    sources = [_look(path) for path in _found(what)]
    wanted = _in_common(sources) if by is None else _asked_for(sources, by)
    pieces = (replace(piece, is_tally="n" in source.columns) for source in sources for piece in source.pieces)
    return Work(tuple(pieces), wanted, as_of)


def count_pieces(work: Work, tell: Callable[[int], object] = lambda _rows: None) -> Counted:
    """Count some pieces; ``tell`` hears how many lines were counted so far, and can stop it by raising something."""
    pile = Pile(work.by)
    before = 0
    for piece in work.pieces:
        so_far = 0
        with _about(piece.path):
            require_file(piece.path)  # what is there may have changed since, or on this machine of several
            names = (*work.by, "n") if piece.is_tally else work.by
            for batch in _kind(piece.path).read(piece, names, work.as_of):
                pile.put(counted(batch, work.by))
                so_far += len(batch[work.by[0]])
                tell(before + min(so_far, piece.rows))
        before += piece.rows
        tell(before)
    return pile.sum()


def _found(what: Paths) -> list[Path]:
    """Give each file once, in the order in which they are named."""
    named = [what] if isinstance(what, str | os.PathLike) else [*what]
    if not named:
        raise ValueError(text("many_files.none", name="[]"))
    found: dict[Path, Path] = {}
    for name in named:
        try:
            found |= {path.resolve(): path for path in _matching(from_home(name))}
        except OSError as error:  # a name that is too long, a folder that is closed
            raise _unreadable(name, error) from error
    return [*found.values()]


def _matching(path: Path) -> list[Path]:
    if path.is_dir():
        raise ValueError(text("many_files.folder", name=path))
    if path.exists():
        return [path]
    found: list[Path] = []
    if any(sign in str(path) for sign in _SIGNS):
        top, pattern = _apart(path)
        found = sorted(islice((one for one in top.glob(pattern) if one.is_file()), MOST + 1))
        if len(found) > MOST:
            raise ValueError(text("many_files.most_files", name=path, most=MOST))
    if not found:
        raise ValueError(text("many_files.none", name=shown(str(path))))
    return found


def _apart(path: Path) -> tuple[Path, str]:
    """Give the folder in which to look, and the pattern; brackets in the name of a folder that is there are its own."""
    top = Path(path.anchor)
    parts = [*path.relative_to(top).parts]
    while len(parts) > 1 and not {"*", "?"} & {*parts[0]} and (top / parts[0]).is_dir():
        top /= parts.pop(0)
    return top, str(Path(*parts))


def _kind(path: Path) -> Kind:
    found = kind_of(path)
    if found is None:
        raise ValueError(text("many_files.unknown", name=path, known=", ".join(KINDS)))
    return found


def _look(path: Path) -> Source:
    kind = _kind(path)
    with _about(path):
        require_file(path)  # before a library opens it by its path
        source = kind.look(path)
    if not {*source.columns} - {"n"}:
        raise ValueError(text("many_files.no_columns", name=path, known=", ".join(KEYS)))
    return source


def _in_common(sources: list[Source]) -> tuple[str, ...]:
    common = tuple(name for name in KEYS if all(name in source.columns for source in sources))
    lacking = [name for name in KEYS if name not in common and any(name in source.columns for source in sources)]
    if not common:
        raise ValueError(text("many_files.nothing_common", name=sources[0].path, known=", ".join(sources[0].columns)))
    if lacking:
        first = next(source.path for source in sources if not {*lacking} <= {*source.columns})
        told = text("many_files.fewer", lacking=", ".join(lacking), name=first, common=", ".join(common))
        warnings.warn(told, stacklevel=4)
    return common


def _asked_for(sources: list[Source], by: Sequence[str]) -> tuple[str, ...]:
    for source in sources:
        for name in by:
            if name not in source.columns:
                known = ", ".join(column for column in source.columns if column != "n")
                raise ValueError(text("many_files.no_column", name=source.path, column=name, known=known))
    return tuple(by)


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """Let what goes wrong with a file be one sentence that names it."""
    try:
        yield
    except LogError:
        raise  # which names it already
    except (OSError, UnicodeError, pa.ArrowException, csv.Error) as error:
        raise _unreadable(path, error) from error
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def _unreadable(path: str | os.PathLike[str], error: Exception) -> ValueError:
    why = str(getattr(error, "strerror", None) or error).splitlines()[0]
    return ValueError(text("many_files.unreadable", name=path, error=why.rstrip(".")))
