"""Words that people use in their own files: ``content/words/*.toml``, in all languages at once, whichever is shown."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent / "words"
_BETWEEN = re.compile(r"[\W_]+")
_LONGEST = 2_000  # letters
_SYMBOL = "So"  # the Unicode category of emoji and check marks: these are words too
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@lru_cache(2_000)
def plain(written: str) -> str:
    """Give a text without what makes no difference between words: case, accents, punctuation, double blanks.

    What is too long for any word or sentence stays as it is.

    Examples
    --------
    >>> plain("Rejection :("), plain("  Zurückgezogen!! "), plain("Compañía_1")
    ('rejection', 'zuruckgezogen', 'compania 1')
    """
    if len(written) > _LONGEST:
        return written
    folded = written.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    return _BETWEEN.sub(" ", folded).strip()


def bare(written: str) -> str:
    """Give the plain form of a heading, without the symbols that stand beside its words.

    Examples
    --------
    >>> bare("📅 Date applied"), bare("🏢") == plain("🏢")
    ('date applied', True)
    """
    words = plain(written).split()
    return " ".join([word for word in words if not word.startswith("symbol")] or words)


def known_headings(cells: Iterable[str]) -> int:
    """Count the cells that are a heading of trackers."""
    known = index("columns")
    return sum(known.get(bare(cell), "fillers") != "fillers" for cell in cells)


def has_han(word: str) -> bool:
    """Tell whether a word is written in Chinese characters, which no blanks part from the next."""
    return _HAN.search(word) is not None


@cache
def words(stem: str) -> Mapping[str, tuple[str, ...]]:
    """Give the words of a file by group, those of all languages together.

    Parameters
    ----------
    stem : str
        Its name: ``"columns"``, ``"statuses"``, ``"values"`` or ``"calendar"``.

    Examples
    --------
    >>> "Unternehmen".lower() in words("columns")["company"]
    True
    """
    groups = _read(stem)
    return MappingProxyType({group: _all(found) for group, found in groups.items()})


@cache
def index(stem: str, *groups: str) -> Mapping[str, str]:
    """Give the group of each word of a file, by its plain form; the first group that has it.

    Parameters
    ----------
    stem : str
        As in `words`.
    *groups : str
        The groups wanted; all, where none is named.

    Examples
    --------
    >>> index("statuses")["keine antwort"]
    'no_reply'
    """
    found: dict[str, str] = {}
    for group, listed in words(stem).items():
        if not groups or group in groups:
            for word in listed:
                found.setdefault(plain(word) or word, group)
    return MappingProxyType(found)


@cache
def layouts() -> Mapping[str, Mapping[str, object]]:
    """Give the known exports of job sites by name."""
    return MappingProxyType({name: MappingProxyType(found) for name, found in _read("layouts").items()})


class _Letters(dict[int, str]):
    """What becomes of each letter, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _letter(chr(code))
        return found


_LETTERS = _Letters()


def _letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Mn":
        return ""
    return f" symbol{ord(letter):x} " if category == _SYMBOL else letter  # letters, since all else between words goes


def _read(stem: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((FOLDER / f"{stem}.toml").read_text(encoding="utf-8"))


def _all(found: Mapping[str, list[str]] | list[str]) -> tuple[str, ...]:
    lists = found.values() if isinstance(found, Mapping) else [found]
    return tuple(word for listed in lists for word in listed)
