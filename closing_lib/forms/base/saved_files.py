"""Files that a form saves for the person: beside their log, under names that lead nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from closing_lib.documents.plain_text import file_part
from closing_lib.files import make_folder, write_whole

FOLDER = "follow_up"


@dataclass(frozen=True)
class MadeFile:
    """A file that is not saved yet.

    Attributes
    ----------
    parts : tuple of str
        What its name tells, typed by whomever.
    ending : str
        The ending of its name, without the dot.
    content : bytes
        What it holds.
    """

    parts: tuple[str, ...]
    ending: str
    content: bytes


def save_file(made: MadeFile, beside: Path, into: str = FOLDER) -> Path:
    """Save a file in a folder for such files beside another one, such as the log.

    A file that is there already is left as it is, since the person may have gone on writing in it: other content
    goes into a new file with a number in its name. Of what the name tells, only letters and digits are used.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    folder = beside.parent / into
    make_folder(folder)
    name = "-".join(filter(None, map(file_part, made.parts)))
    for path in _places(folder, name, made.ending):
        try:
            write_whole(path, made.content, overwrite=False)
        except FileExistsError:
            if not _holds(path, made.content):
                continue
        return path
    raise AssertionError("the numbers do not end")


def _places(folder: Path, name: str, ending: str) -> Iterator[Path]:
    yield folder / f"{name}.{ending}"
    yield from (folder / f"{name}-{number}.{ending}" for number in count(2))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
