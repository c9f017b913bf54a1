"""What a person typed, as text: made safe for one line of a card, counted, and searched for words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from closing_lib.content import lines

_STOPS = "\\.!?…。！？؟।"  # what ends a sentence
_ENDED = re.compile(rf"[{_STOPS}][\"'”’»)\]]*$")
_BEFORE = "\"'“‘«([¿¡ "  # what can stand before the first letter of a sentence
_END = ".,;:!?…"  # what ends a sentence or a part of one
_QUOTES = "\"'“”‘’«»"
_LEFT_OPEN = " ,;:–—-"
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


def one_line(typed: str | None, most: int | None = None) -> str:
    r"""Clean a typed text to one line: no line breaks, no unseen marks, and cut between words where it is too long.

    Letters of every script, quotes and emoji stay as they are; a text without anything to see is empty.

    Examples
    --------
    >>> one_line(" Ms Lid\r\nBcc: all ")
    'Ms Lid Bcc: all'
    >>> one_line("three short words", most=12)
    'three short…'
    """
    seen = typed or ""
    if not seen.isprintable():  # what is holds neither unseen marks nor any blank but the usual
        seen = "".join(" " if _is_space(one) else one for one in seen if not _is_unseen(one))
    line = " ".join(seen.split())
    if not any(_is_visible(one) for one in line):
        return ""
    if most is None or len(line) <= most:
        return line
    whole_words, _, _ = line[:most].rpartition(" ")
    return f"{whole_words or line[: most - 1]}…"


def phrase(typed: str | None) -> str:
    """Clean a typed text to what fits into the middle or the end of a sentence: without the stop at its end.

    Examples
    --------
    >>> phrase("the new depot. ")
    'the new depot'
    """
    return one_line(typed).rstrip(_END + " ")


def quotable(typed: str) -> str:
    """Clean what somebody said to what stands between quotes: without its own quotes, or the stop at its end.

    Examples
    --------
    >>> quotable(" “Why no degree?” "), quotable("¿Por qué no tiene título?")
    ('Why no degree', 'Por qué no tiene título')
    """
    return phrase(one_line(typed).strip(_QUOTES + " ")).strip(_QUOTES + "¿¡ ")


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


def as_sentences(line: str) -> str:
    """Give a line as whole sentences: a capital to begin with, a full stop at the end, and no other word.

    Examples
    --------
    >>> as_sentences("i need stable hours,"), as_sentences("why me? You're growing!")
    ('I need stable hours.', "Why me? You're growing!")
    """
    return with_capital(ended(line))


def ended(line: str) -> str:
    """Give a line with a full stop at its end, where nothing else ends it, and "I" and the like with their capital.

    Examples
    --------
    >>> ended("and i plan routes..")
    'and I plan routes.'
    """
    said = _with_capitals(_with_one_end(line.rstrip(_LEFT_OPEN)))
    return said if not said or has_end(said) or _ends_in_a_picture(said) else f"{said}."


def has_end(line: str) -> bool:
    """Whether a line ends as a sentence does, quotes or brackets after it or not."""
    return _ENDED.search(line) is not None


def with_capital(line: str) -> str:
    """Give a line with a capital at its beginning, after quotes too; a word such as iPhone stays as it is.

    Examples
    --------
    >>> with_capital("“you're welcome”"), with_capital("iPhone")
    ("“You're welcome”", 'iPhone')
    """
    start = len(line) - len(line.lstrip(_BEFORE))
    first, capital = line[start:].split(" ", 1)[0], line[start : start + 1].upper()
    changes = first == first.lower() and len(capital) == 1
    return f"{line[:start]}{capital}{line[start + 1 :]}" if changes else line


def _with_capitals(line: str) -> str:
    found = find_words(line, lines("letters.file.capitals"))
    places = {spot.start for spot in found if _stands_alone(line[: spot.start], line[spot.end :])}
    return "".join(one.upper() if at in places else one for at, one in enumerate(line)) if places else line


def _stands_alone(before: str, after: str) -> bool:
    """Whether a word is one of its own, and no part of an address, an abbreviation or a name with signs."""
    goes_on = after[:1] in ("@", "/", "-") or (after[:1] == "." and after[1:2].isalnum())
    return not goes_on and (not before or before[-1] in _BEFORE)


def _with_one_end(line: str) -> str:
    """Give a line that does not end in two full stops; three are one mark."""
    if not line.endswith(".."):
        return line
    return line.rstrip(". ") + ("…" if line.endswith("...") else ".")


def _ends_in_a_picture(line: str) -> bool:
    seen = [one for one in line if unicodedata.category(one) not in ("Cf", "Mn")]
    return bool(seen) and unicodedata.category(seen[-1]) in ("So", "Sk")


def _pattern(word: str) -> str:
    return re.escape(unaccented(word)).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


def unaccented(said: str) -> str:
    """Give a text letter by letter without its accents: the length stays the same, so that places do too."""
    return "".join(unicodedata.normalize("NFD", one)[0] for one in said.replace("'", "’"))


def _is_space(one: str) -> bool:
    return one.isspace() or unicodedata.category(one) == "Cc"


def _is_unseen(one: str) -> bool:
    is_no_character = ord(one) & 0xFFFE == 0xFFFE  # what an older Unicode has no name for yet may be a new emoji
    return is_no_character or (unicodedata.category(one) in ("Cf", "Cs", "Co") and one not in _JOINERS)


def _is_visible(one: str) -> bool:
    return unicodedata.category(one)[0] not in "CZ"
