"""What a status means: known words, misspelt ones, and sentences that hold one; whatever is left is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from closing_lib.content import text
from closing_lib.content.words import has_han, index, plain
from closing_lib.models import Choice, EventKind
from closing_lib.records.errors import LogError
from closing_lib.records.importing.dates import is_blank
from closing_lib.records.importing.spelling import misspelt


class Status(Choice):
    """What a status can mean: an event, that nothing has happened since applying, or that it is still to be sent."""

    APPLIED = "applied"
    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    NUDGE = "nudge"
    ADVANCED = "advanced"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_REPLY = "no_reply"
    OPEN = "open"
    NOT_YET = "not_yet"

    @property
    def kind(self) -> EventKind | None:
        """The event that it tells of; None where it tells of none that the day of applying does not."""
        return None if self in (Status.APPLIED, Status.OPEN, Status.NOT_YET) else EventKind(str(self))


Meaning = tuple[Status, ...]  # what a status tells, in order; empty: nothing

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:(?<!-)-+>|(?<!=)=+>|→|➔|>+)\s*")  # each run is looked at from its first sign
_SENTENCE = 2000  # characters; what is longer is no status


def read_statuses(given: Mapping[str, object] | None) -> dict[str, Meaning]:
    """Give what the person says that statuses mean, by their plain form.

    Raises
    ------
    LogError
        If one is to mean what no status can.
    """
    return {_key(written): _given(meant) for written, meant in (given or {}).items()}


def meaning(written: str, given: Mapping[str, Meaning]) -> Meaning | None:
    """Give what a status tells.

    Parameters
    ----------
    written : str
        As it stands in the file.
    given : mapping
        What the person says, from `read_statuses`; it comes before all else.

    Returns
    -------
    tuple of Status or None
        None: it is not known, and has to be asked for.

    Examples
    --------
    >>> meaning("reeejected", {})
    (<Status.REJECTED: 'rejected'>,)
    >>> meaning("Applied -> Phone screen -> Offer!", {})
    (<Status.APPLIED: 'applied'>, <Status.INTERVIEW: 'interview'>, <Status.OFFER: 'offer'>)
    >>> print(meaning("Maybe rejected?", {}))
    None
    """
    if (said := given.get(_key(written))) is not None:
        return said
    if is_blank(written):
        return ()
    if len(written) > _SENTENCE:
        return None
    steps = [one_status(step, given) for step in _ARROW.split(written) if step.strip()]
    return None if None in steps else tuple(step for found in steps for step in found or ())


def is_answered(written: str, given: Mapping[str, Meaning]) -> bool:
    """Tell whether the person says what a status means."""
    return _key(written) in given


def steps(written: str, told: Meaning) -> list[tuple[str, Status]]:
    """Give each part of a status that tells one of these, with what it tells."""
    parts = [part for part in _ARROW.split(written) if part.strip()]
    words = parts if len(parts) == len(told) else [written] * len(told)
    return list(zip(words, told, strict=True))


def one_status(written: str, given: Mapping[str, Meaning]) -> Meaning | None:
    """Give what a status without arrows tells; None where that is not known."""
    if (said := given.get(_key(written))) is not None:
        return said
    word = plain(written)
    found = index("statuses").get(word) or _misspelt(word) or _in_sentence(word, "?" in written or "？" in written)
    return (Status(found),) if found else None


def _key(written: str) -> str:
    return plain(written) or written.strip()


def _given(meant: object) -> Meaning:
    try:
        return () if meant is None else (Status(str(meant)),)
    except ValueError:
        raise LogError(text("importing.trouble.no_such_status", value=meant, known=", ".join(Status))) from None


def _misspelt(word: str) -> str | None:
    return None if has_han(word) or _doubts(word) else misspelt(word, "statuses")


def _in_sentence(word: str, is_question: bool) -> str | None:
    """Find the one kind of status that a sentence speaks of; None where it speaks of several, or doubts."""
    rest, kinds = f" {word} ", set()
    for mark, group in _possible(word):
        if mark in rest:
            kinds.add(group)
            rest = rest.replace(mark, "  ")
    if is_question or len(kinds) != 1 or _doubts(rest.strip()):
        return None
    return kinds.pop()


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Give the known statuses as they stand in a sentence, the longest first."""
    known = sorted(index("statuses").items(), key=lambda item: -len(item[0]))
    return tuple((phrase if has_han(phrase) else f" {phrase} ", group) for phrase, group in known)


def _possible(word: str) -> Iterator[tuple[str, str]]:
    """Give those of the known statuses that can stand in a sentence: those that begin with one of its words."""
    begun, known = _begun(), _phrases()
    numbers = {number for part in {*word.split()} for number in begun.get(part, ())}
    return (known[number] for number in sorted(numbers.union(begun[""] if has_han(word) else ())))


@cache
def _begun() -> Mapping[str, Sequence[int]]:
    """Give the places of the known statuses by their first word; of those in Chinese, which no blanks part, by none."""
    found: dict[str, list[int]] = {"": []}
    for number, (mark, _) in enumerate(_phrases()):
        found.setdefault("" if has_han(mark) else mark.split()[0], []).append(number)
    return found


def _doubts(word: str) -> bool:
    doubts = index("values", "doubt")
    return any(part in doubts for part in word.split()) or (has_han(word) and any(part in doubts for part in word))
