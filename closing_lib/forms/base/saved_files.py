"""Files that a form saves for the person: beside their log, under names that lead nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from closing_lib.documents.plain_text import file_part
from closing_lib.files import make_folder, write_whole


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
    remark : str
        What to know of it, such as what it could not hold.
    """

    parts: tuple[str, ...]
    ending: str
    content: bytes
    remark: str = ""

    @property
    def stem(self) -> str:
        """Its name without the ending: of what it tells, only letters and digits are used."""
        return "-".join(filter(None, map(file_part, self.parts)))

    @property
    def name(self) -> str:
        """Its name."""
        return f"{self.stem}.{self.ending}"


def save_file(made: MadeFile, beside: Path, into: str) -> Path:
    """Save a file in a folder for such files beside another one, such as the log.

    A file that is there already is left as it is, since the person may have gone on writing in it: other content
    goes into a new file with a number in its name.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    folder = beside.parent / into
    make_folder(folder)
    for path in _places(folder, made):
        try:
            write_whole(path, made.content, overwrite=False)
        except FileExistsError:
            if not _holds(path, made.content):
                continue
        return path
    raise AssertionError("the numbers do not end")


def _places(folder: Path, made: MadeFile) -> Iterator[Path]:
    yield folder / made.name
    yield from (folder / f"{made.stem}-{number}.{made.ending}" for number in count(2))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
