"""What a status means: a known phrase, a misspelt one, or a sentence of known words; all else is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

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
_ENDS = {Status.OFFER, Status.REJECTED, Status.WITHDREW, Status.NO_REPLY}

_ARROW = re.compile(r"(?:(?<!\s)\s+)?(?:(?<!-)-+>|(?<!=)=+>|→|➔|>+)\s*")  # each run is looked at from its first sign
_STEP = re.compile(
    r"(?<!\s)\s+[-–—]+\s+|[/,;+&|·•\n]+|(?<=[^\W\d])\.\s+"
)  # between steps, where each part is a status by itself
_QUESTION = re.compile("[?？❓❔🤔]")
_NUMBER = re.compile(r"\d+[a-zº°ªᵉ]{0,3}")  # 2, 2nd, 14h
_SENTENCE = 2000  # characters; what is longer is no status
_KEPT = 2_000  # statuses that are not read again
_WORDS = 12  # of a phrase; letters of one in Chinese
_SHORT_DAY = 3  # letters; “may” and “so” are other words too
_NAME = 5  # words, that before it among them
_BESIDE = "beside"
# “Phone screen 11/5 rejected 11/12” is two, and “recruiter interested” says it of somebody else.
_APART = re.compile(r"\b(?:interview|advanced) (?:beside )+rejected\b|^(?:beside )+not_yet\b")
_JOINTS = ("after", "during", "then", "without", "waiting", "they", "i")


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
    if given and (said := given.get(_key(written))) is not None:
        return said
    if is_blank(written):
        return ()
    if len(written) > _SENTENCE:
        return None
    return _each(_ARROW.split(written), given) if given else _known(written)


@lru_cache(_KEPT)
def _known(written: str) -> Meaning | None:
    return _each(_ARROW.split(written), {})


def _each(parts: Sequence[str], given: Mapping[str, Meaning]) -> Meaning | None:
    """Give what parts tell one after the other; None as soon as one is not known."""
    told: list[Status] = []
    for part in filter(str.strip, parts):
        found = one_status(part, given)
        if found is None:
            return None
        told += found
    return tuple(told)


def is_answered(written: str, given: Mapping[str, Meaning]) -> bool:
    """Tell whether the person says what a status means."""
    return _key(written) in given


def steps(written: str, told: Meaning) -> list[tuple[str, Status]]:
    """Give what a status tells, each with the part of it that does; with all of it, where that cannot be said."""
    for between in (_ARROW, _STEP):
        parts = [part.strip() for part in between.split(written) if part.strip()]
        if len(parts) == len(told):
            return list(zip(parts, told, strict=True))
    return [(written, status) for status in told]


def one_status(written: str, given: Mapping[str, Meaning]) -> Meaning | None:
    """Give what a status without arrows tells; None where that is not known."""
    if (said := given.get(_key(written))) is not None:
        return said
    if _QUESTION.search(written):
        return None
    parts = [part for part in _STEP.split(written) if part.strip()]
    told = _each(parts, given) if len(parts) > 1 else None
    return _as_one(written) if told is None else _in_turn(written, told)


def _as_one(written: str) -> Meaning | None:
    phrase = plain(written)
    found = index("statuses").get(phrase) or misspelt(phrase, "statuses")
    return (Status(found),) if found else _in_words(phrase) or _with_somebody(written, phrase.split())


def _with_somebody(written: str, words: list[str]) -> Meaning | None:
    """Read “phone screen with Ann”, where what follows is a name, which has a capital, and nothing known."""
    at = next((at for at, word in enumerate(words) if word in index("values", "with")), len(words))
    known = (index("statuses"), index("values", "doubt", *_JOINTS))
    is_name = 0 < len(words) - at <= _NAME and not any(word in one for word in words[at + 1 :] for one in known)
    has_capital = written.rsplit(maxsplit=1)[-1].lstrip("(")[:1].isupper()
    said = _in_words(" ".join(words[:at])) if is_name and has_capital else None
    return said if said == (Status.INTERVIEW,) else None


def _in_turn(written: str, found: Meaning) -> Meaning | None:
    """Read “Applied - Interview - Rejected”, each part of which is a status by itself; nothing follows an end."""
    once = Status.INTERVIEW if any(mark in written for mark in ",;+\n") else None
    kept = [one for at, one in enumerate(found) if one is once or one not in found[:at]]
    return tuple(kept) if _ENDS.isdisjoint(kept[:-1]) and Status.NOT_YET not in kept else None


def _in_words(phrase: str) -> Meaning | None:
    """Read a sentence: what its known phrases say together; None where a word of it is not accounted for."""
    groups = _groups(phrase)
    if groups is None or _are_several(phrase) or _APART.search(" ".join(groups)):
        return None
    found = [group for group in dict.fromkeys(groups) if group != _BESIDE]
    if {"they", "withdrew"} <= {*found} or {"they", "not_yet"} <= {*found} or {"i", "rejected"} <= {*found}:
        return None
    said = [group for group in found if group not in ("they", "i")]
    return _together(said[1:] if said[:1] == ["then"] else said)  # “They called and said that ...” joins nothing


def _together(groups: list[str]) -> Meaning | None:
    for pattern, told in _READINGS:
        if found := re.fullmatch(pattern, " ".join(groups)):
            meant = found.expand(told).split()
            return tuple(map(Status, meant)) if {*meant} <= {*Status} else None
    return None


_STAGE, _END, _NEWS = "interview|advanced|applied", "rejected|withdrew|no_reply|offer", "offer|rejected|advanced|open"
_READINGS = (  # what the groups of a sentence tell together; any other order is asked for
    (r"(?!not_yet |withdrew during)(\w+)(?: after| during| without)?", r"\1"),  # after three weeks
    (rf"(\w+) (?:after|during) ({_STAGE}|offer)", r"\2 \1"),
    (rf"after ({_STAGE}) (\w+)|({_STAGE}) then (\w+)", r"\1\3 \2\4"),
    (rf"({_END}) without (?:{_STAGE})", r"\1"),
    (r"applied (rejected|withdrew|no_reply)|(?:interview|advanced) (rejected)", r"\1\2"),
    (rf"waiting (?:{_NEWS})", "open"),
    (rf"({_STAGE})(?: then)? waiting (?:{_NEWS})", r"\1 open"),
)


def _groups(phrase: str) -> list[str] | None:
    """Give the groups of the known phrases that a sentence is made of, the longest first; None where it is not."""
    by, units = ("", [*phrase]) if has_han(phrase) else (" ", _without_decoration(phrase.split()))
    known = _vocabulary()
    behind: list[list[str] | None] = [None] * len(units) + [[]]  # from each place to the end
    for at in reversed(range(len(units))):
        for end in range(min(len(units), at + _WORDS), at, -1):
            rest, group = behind[end], known.get(by.join(units[at:end])) or _number(units[at], end - at)
            if group and rest is not None:
                behind[at] = [group, *rest]
                break
    return behind[0]


def _number(unit: str, width: int) -> str:
    return _BESIDE if width == 1 and (_NUMBER.fullmatch(unit) or unit == " ") else ""


def _without_decoration(words: list[str]) -> list[str]:
    """Leave symbols out that stand beside words and say nothing, or no more than “done”."""
    known, done = index("statuses"), index("values", "yes")
    said = [word for word in words if not word.startswith("symbol") or (word in known and word not in done)]
    return said or words


def _are_several(phrase: str) -> bool:
    """Tell whether a phrase counts what it names: “4 interviews”."""
    words, several = phrase.split(), index("values", "several")
    return any(word.isdecimal() for word in words) and any(word in several for word in words)


@cache
def _vocabulary() -> Mapping[str, str]:
    """Give the groups of all phrases that a sentence can be made of."""
    days = {word: _BESIDE for word in index("calendar") if len(word) > _SHORT_DAY or has_han(word)}
    return {**days, **index("values", _BESIDE), **index("statuses"), **index("values", *_JOINTS)}


def _key(written: str) -> str:
    return plain(written) or written.strip()


def _given(meant: object) -> Meaning:
    try:
        return () if meant is None else (Status(str(meant)),)
    except ValueError:
        raise LogError(text("importing.trouble.no_such_status", value=meant, known=", ".join(Status))) from None
