"""Whether what a person typed is a sentence or only a note of one, by the words that a language's sentences have."""

from __future__ import annotations

import re
from collections.abc import Iterable

from closing_lib.advice.wording import has_end, one_line
from closing_lib.content import lines

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONG = 15  # words: so many without any verb that is known are a sentence with one that is not


def is_note(typed: str | None) -> bool:
    """Whether a text is a note, and no sentence that could stand in a letter.

    Who ends it with a full stop says that it is one. Of the others, a sentence has a verb that is known, and not only
    inside a clause that describes a noun: "the depot you showed me" is a note.

    Examples
    --------
    >>> is_note("the reporting project and the team"), is_note("Python and SQL"), is_note("the depot you showed me")
    (True, True, True)
    >>> is_note("I plan routes"), is_note("my team won an award"), is_note("planning routes.")
    (False, False, False)
    """
    line = one_line(typed)
    said = [word.casefold().replace("'", "’") for word in _WORD.findall(line)]
    return bool(said) and len(said) <= _LONG and not has_end(line) and not _is_sentence(said)


def _is_sentence(said: list[str]) -> bool:
    first, second = (*said, "", "")[:2]
    if second and _is(first, "openers") and not _is(second, "joiners"):
        return True
    is_noun_first = _is(first, "before_a_noun")
    if not is_noun_first and _is(first, "verbs_if_first") and _is(second, "after_a_verb"):
        return True
    verbs = ((at, word) for at, word in enumerate(said) if _is(word, "verbs") and not _is(word, "no_verbs"))
    return any(not _describes(said[:at], word, is_noun_first) for at, word in verbs)


def _describes(before: list[str], verb: str, is_noun_first: bool) -> bool:
    """Whether a verb after these words belongs to a clause that only describes a noun, or to no clause at all."""
    clause = [word for word in before if not _is(word, "unstressed")]
    if not clause:
        return False
    # "the work you do", "the app you’re building"
    has_own_subject = _is(clause[-1], "subjects") or ("’" in verb and _is(verb, "openers"))
    return _is(clause[-1], "before_a_clause") or (is_noun_first and has_own_subject)


def _is(word: str, kind: str) -> bool:
    return _matches(word, lines(f"letters.sentence.{kind}"))


def _matches(word: str, listed: Iterable[str]) -> bool:
    return any(word.endswith(one[1:]) if one.startswith("…") else word == one for one in listed)
