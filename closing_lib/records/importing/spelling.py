"""Misspelt words: the known word that somebody meant, where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import islice, product

from closing_lib.content.words import index

_TWICE = re.compile(r"(.)\1+")
_SHORT, _CERTAIN = 6, 8  # letters; one wrong letter in a shorter word makes another word
_LONGEST, _TRIED = 40, 50  # letters of a phrase, and readings of it


def misspelt(phrase: str, stem: str) -> str | None:
    """Give the group of the known phrase that is meant by one with a letter doubled, missing, wrong or misplaced.

    Each word is corrected by itself, and none that is known: so “not interviewed” stays what it is.

    Parameters
    ----------
    phrase : str
        In its plain form.
    stem : str
        The file of the known words, as in `closing_lib.content.words.index`.

    Returns
    -------
    str or None
        None where none is near, or phrases of several groups are.

    Examples
    --------
    >>> misspelt("reeejectd", "statuses"), misspelt("symbol1f534", "statuses")
    ('rejected', None)
    """
    if not _SHORT <= len(phrase) <= _LONGEST or "symbol" in phrase:
        return None
    known = index(stem)
    readings = product(*(_meant(word, stem) for word in phrase.split()))
    found = {known.get(" ".join(words)) for words in islice(readings, _TRIED)} - {None}
    return found.pop() if len(found) == 1 else _joined(stem).get(phrase.replace(" ", ""))


def _meant(word: str, stem: str) -> list[str]:
    """Give the known words that a word can stand for; itself, where it is known or too short."""
    own, near = _known(stem)
    if word in own or len(word) < _SHORT or not word.isalpha():
        return [word]
    others = {other for variant in _variants(word) for other in near.get(variant, ())}
    return [other for other in others if _is_near(word, other)] or [word]


def _is_near(word: str, other: str) -> bool:
    """Tell whether two words that share a variant are one: of short ones, no letter may be another."""
    same_letters = len(word) != len(other) or sorted(word) == sorted(other)
    return same_letters or min(len(word), len(other)) >= _CERTAIN


def _variants(word: str) -> set[str]:
    """Give a word with each letter once where it is doubled, and that without one; the first is seldom wrong."""
    once = _TWICE.sub(r"\1", word)
    return {once, *(once[:at] + once[at + 1 :] for at in range(1, len(once)))}


@cache
def _known(stem: str) -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """Give the words of a file with those that are no misspelling of one; and the long ones by their variants."""
    own = {word for phrase in index(stem) for word in phrase.split()}
    near: dict[str, frozenset[str]] = {}
    for word in sorted(own):
        for variant in _variants(word) if len(word) >= _SHORT and word.isalpha() else ():
            near[variant] = near.get(variant, frozenset()) | {word}
    return frozenset(own).union(index("values", "other_word", "doubt", "beside", "about")), near


@cache
def _joined(stem: str) -> Mapping[str, str]:
    """Give the groups of the phrases by their letters alone: “phonescreen”."""
    return {phrase.replace(" ", ""): group for phrase, group in index(stem).items() if len(phrase) > _SHORT}
