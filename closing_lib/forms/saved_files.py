"""Files that a form saves for the person: beside their log, under names that lead nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from closing_lib.advice.plain_text import file_part
from closing_lib.records import OutcomeLog

FOLDER = "follow_up"


def save_file(log: OutcomeLog, parts: Iterable[str], ending: str, content: bytes) -> Path:
    """Save a file in the folder for such files beside the log.

    A file that is there already is left as it is, since the person may have gone on writing in it: other content
    goes into a new file with a number in its name.

    Parameters
    ----------
    log : OutcomeLog
        Beside which log.
    parts : iterable of str
        What the name tells, typed by whomever: only letters and digits of it are used.
    ending : str
        The ending of the name, without its dot.
    content : bytes
        What the file holds.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    folder = log.path.parent / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = "-".join(filter(None, map(file_part, parts)))
    for path in _places(folder, name, ending):
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            if not _holds(path, content):
                continue
        except OSError:
            path.unlink(missing_ok=True)  # no half of a file stays behind
            raise
        return path
    raise AssertionError("the numbers do not end")


def _places(folder: Path, name: str, ending: str) -> Iterator[Path]:
    yield folder / f"{name}.{ending}"
    yield from (folder / f"{name}-{number}.{ending}" for number in count(2))


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
