"""Misspelt words: the known word that somebody meant, where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from closing_lib.content.words import index

_TWICE = re.compile(r"(.)\1+")
_SHORT = 6  # letters; one wrong letter in a shorter word makes another word
_LONG = 9  # letters, from which on two may be wrong
_LONGEST = 40


def misspelt(word: str, stem: str) -> str | None:
    """Give the group of the known word that is meant by one with letters doubled, missing, wrong or misplaced.

    Parameters
    ----------
    word : str
        In its plain form.
    stem : str
        The file of the known words, as in `closing_lib.content.words.index`.

    Returns
    -------
    str or None
        None where none is near, or words of several groups are.

    Examples
    --------
    >>> misspelt("reeejectd", "statuses")
    'rejected'
    """
    if not _SHORT <= len(word) <= _LONGEST:
        return None
    once = _TWICE.sub(r"\1", word)
    known, alike = _singled(stem)
    if once in known:
        return known[once]
    most = 2 if len(once) >= _LONG else 1
    letters = _letters(once)
    near = {
        group
        for size in range(len(once) - most, len(once) + most + 1)
        for other, others, group in alike.get((once[0], size), ())
        # Letters that one has and the other has not are quick to count, and nearly always too many.
        if (letters & ~others).bit_count() <= most
        and (others & ~letters).bit_count() <= most
        and _differ(once, other, most)
    }
    return near.pop() if len(near) == 1 else None


_Alike = Mapping[tuple[str, int], Sequence[tuple[str, int, str]]]


@cache
def _singled(stem: str) -> tuple[Mapping[str, str], _Alike]:
    """Give the longer words, each letter once where it is doubled, with their groups; and by first letter and length.

    The first letter is seldom wrong.
    """
    known: dict[str, str] = {}
    for word, group in index(stem).items():
        if len(word) >= _SHORT:
            known.setdefault(_TWICE.sub(r"\1", word), group)
    alike: dict[tuple[str, int], list[tuple[str, int, str]]] = {}
    for word, group in known.items():
        alike.setdefault((word[0], len(word)), []).append((word, _letters(word), group))
    return known, alike


def _letters(word: str) -> int:
    """Give the letters of a word, each as one bit."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _differ(one: str, other: str, most: int) -> bool:
    """Tell whether two words differ by so few letters, two that changed places counting as one (Damerau, 1964)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if last and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return False
    return row[-1] <= most
