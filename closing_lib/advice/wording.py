"""What a person typed, as text: made safe for one line of a card, counted, and searched for words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_JOINERS = (
    "\u200c\u200d"  # inside emoji and some scripts they belong to the word; the other unseen marks can only mislead
)


@dataclass(frozen=True)
class Spot:
    """A place in a text.

    Attributes
    ----------
    found : str
        What stands there, as it was typed.
    start, end : int
        Where, in characters from the beginning.
    """

    found: str
    start: int
    end: int


def tidy(typed: str, most: int | None = None) -> str:
    r"""Give a typed text as one line: no line breaks, no unseen marks, and shortened where it is too long.

    Examples
    --------
    >>> tidy(" two\n lines ")
    'two lines'
    >>> tidy("three short words", most=12)
    'three short…'
    """
    seen = "".join(" " if _is_space(one) else one for one in typed if not _is_unseen(one))
    line = " ".join(seen.split())
    if most is None or len(line) <= most:
        return line
    whole_words, _, _ = line[:most].rpartition(" ")
    return f"{whole_words or line[: most - 1]}…"


def count_words(said: str) -> int:
    """Count the words of a text."""
    return len(re.findall(r"\w[\w’'-]*", said))


def find_words(said: str, words: Iterable[str]) -> tuple[Spot, ...]:
    """Find words and phrases in a text, in its order: whole ones, in any case; a ``*`` stands for any ending.

    An accent or a curly apostrophe makes no difference: who types in a hurry leaves it out.

    Examples
    --------
    >>> [spot.found for spot in find_words("The BONUSES, please", ["bonus*", "please do"])]
    ['BONUSES']
    >>> [spot.found for spot in find_words("Quizas mañana", ["quizás"])]
    ['Quizas']
    """
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(_pattern(word) for word in longest_first)
    found = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", unaccented(said), re.IGNORECASE)
    return tuple(Spot(said[one.start() : one.end()], one.start(), one.end()) for one in found)


def _pattern(word: str) -> str:
    return re.escape(unaccented(word)).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


def unaccented(said: str) -> str:
    """Give a text letter by letter without its accents: the length stays the same, so that places do too."""
    return "".join(unicodedata.normalize("NFD", one)[0] for one in said.replace("'", "’"))


def _is_space(one: str) -> bool:
    return one.isspace() or unicodedata.category(one) == "Cc"


def _is_unseen(one: str) -> bool:
    return unicodedata.category(one) in ("Cf", "Cs", "Co", "Cn") and one not in _JOINERS
