"""Misspelt words: the known word that somebody meant, where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

_TWICE = re.compile(r"(.)\1+")
_SHORT = 6  # letters; one wrong letter in a shorter word makes another word
_LONG = 9  # letters, from which on two may be wrong
_LONGEST = 40


def misspelt(word: str, known: Mapping[str, str]) -> str | None:
    """Give the group of the known word that is meant by one with letters doubled, missing, wrong or misplaced.

    Parameters
    ----------
    word : str
        In its plain form.
    known : mapping
        Known words, in their plain form, with their groups; as `closing_lib.content.words.index` gives them.

    Returns
    -------
    str or None
        None where none is near, or words of several groups are.

    Examples
    --------
    >>> misspelt("reeejectd", {"rejected": "no", "selected": "yes"})
    'no'
    """
    if not _SHORT <= len(word) <= _LONGEST:
        return None
    once = _TWICE.sub(r"\1", word)
    singled = _singled(tuple(known.items())).get(once[0], {})
    if once in singled:
        return singled[once]
    most = 2 if len(once) >= _LONG else 1
    letters = _letters(once)
    near = {
        group
        for other, group in singled.items()
        if abs(len(once) - len(other)) <= most
        and _lacks(letters, _letters(other)) <= most
        and _differ(once, other, most)
    }
    return near.pop() if len(near) == 1 else None


@cache
def _singled(known: tuple[tuple[str, str], ...]) -> Mapping[str, Mapping[str, str]]:
    """Give the longer words by their first letter, which is seldom wrong, with each letter once where it is doubled."""
    found: dict[str, dict[str, str]] = {}
    for word, group in known:
        if len(word) >= _SHORT:
            found.setdefault(word[0], {}).setdefault(_TWICE.sub(r"\1", word), group)
    return found


@lru_cache(2_000)
def _letters(word: str) -> int:
    """Give the letters of a word, each as one bit."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _lacks(one: int, other: int) -> int:
    """Count the letters that one word has and the other has not, whichever has more: far quicker than comparing."""
    return max((one & ~other).bit_count(), (other & ~one).bit_count())


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
