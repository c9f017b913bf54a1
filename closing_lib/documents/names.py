"""The names of people: told apart in a list, taken apart, and as a letter greets them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from closing_lib.advice.wording import phrase, with_capital
from closing_lib.content import lines, text
from closing_lib.content.words import index, plain
from closing_lib.documents.plain_text import short, words

_SUFFIXES = {"jr", "sr", "ii", "iii", "phd", "mba"}
_PART = re.compile(r"(?:^|(?<=-)|(?<=\b[ODod][’']))\w")  # where a capital belongs: Keane-Whitfield, O'Brien


def people_named(interviewers: str | None) -> tuple[str, ...]:
    """Give the names in what the log holds about who was there.

    Examples
    --------
    >>> people_named("Dr Drizzle, Mr Gale and Ms Lid")
    ('Dr Drizzle', 'Mr Gale', 'Ms Lid')
    """
    joins = "|".join(map(re.escape, ["&", *lines("letters.file.joins")]))
    parts = re.split(rf"[,;\n]|\s(?:{joins})\s", interviewers or "")
    return once(filter(None, map(short, parts)))


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Leave out a name that is there before, whatever its capitals and blanks.

    Examples
    --------
    >>> once(["Ada Lid", "ada  LID", "Mr Gale"])
    ('Ada Lid', 'Mr Gale')
    """
    first: dict[tuple[str, ...], str] = {}
    for name in names:
        first.setdefault(words(name) or (name,), name)
    return tuple(first.values())


def meant_by(note: str | None, people: Iterable[str]) -> tuple[str, ...]:
    """Tell who of the people a note is about: those whom it names, and all where it names none of them.

    Examples
    --------
    >>> meant_by("lid", ["Mr Tom Lid", "Ms Spout"]), meant_by("by e-mail", ["Mr Tom Lid", "Ms Spout"])
    (('Mr Tom Lid',), ('Mr Tom Lid', 'Ms Spout'))
    """
    listed, said = tuple(people), {*words(note)}
    named = tuple(one for one in listed if {*words(one)} <= said)
    partly = tuple(one for one in listed if {*words(name_parts(one)[2])} <= said or said <= {*words(one)})
    return named or partly or listed


def name_parts(name: str) -> tuple[str, str, str]:
    """Take a name apart as far as can be known: titles, given names, and the last word as the family's.

    Examples
    --------
    >>> name_parts("Prof. Dr Ada B. Lid")
    ('Prof. Dr', 'Ada B.', 'Lid')
    """
    titles, rest = [], _without_suffix(name)
    while " " in rest and _title(rest.partition(" ")[0]) in lines("letters.file.titles"):
        title, _, rest = rest.partition(" ")
        titles.append(title)
    given, _, family = rest.rpartition(" ")
    return " ".join(titles), given, family


def _without_suffix(name: str) -> str:
    """Leave out what stands behind a name: after a comma or a dash, or a suffix such as "Jr."."""
    for sign in (",", " - ", " – "):
        name = name.partition(sign)[0]
    before, _, last = name.rpartition(" ")
    return before if before and _title(last) in _SUFFIXES else name


def capitalised(name: str) -> str:
    """Write a name that was typed without any capital as names are written.

    Examples
    --------
    >>> capitalised("dr ada o'brien"), capitalised("ana de la cruz"), capitalised("Ana de la Cruz")
    ("Dr Ada O'Brien", 'Ana de la Cruz', 'Ana de la Cruz')
    """
    if name != name.lower():
        return name
    first, *rest = name.split(" ")
    return " ".join([_with_capitals(first), *(one if _is(one, "particles") else _with_capitals(one) for one in rest)])


def name_of(typed: str | None) -> str:
    """Give a name as a letter writes it; nothing where there are only signs."""
    return capitalised(short(typed)) if words(typed) else ""


def greeting(name: str, own: str = "") -> str:
    """Write the first line of a letter: as the person wishes, or by the title, or with the whole name.

    Parameters
    ----------
    name : str
        Whom it greets, or the gap where the name is missing.
    own : str
        How the person greets them, if otherwise than usual.

    Examples
    --------
    >>> greeting("Mr Tom Lid"), greeting("Ada Lid"), greeting("Mr Tom Lid", own="Hi Tom")
    ('Dear Mr Lid,', 'Dear Ada Lid,', 'Hi Tom,')
    >>> greeting("Ms María García López"), greeting("Ms Ana de la Cruz")
    ('Dear Ms García,', 'Dear Ms de la Cruz,')
    """
    if words(own):
        return text("letters.greeting.own", greeting=phrase(short(own)))
    title, given, last = name_parts(name)
    known = ("man", "woman") if last else ()
    whom = next(
        (one for one in known if _title(title.partition(" ")[0]) in lines(f"letters.greeting.{one}_titles")), ""
    )
    if not whom:
        return text("letters.greeting.name", name=name)
    return text(f"letters.greeting.{whom}", title=title, family=_family(given, last))


def _family(given: str, last: str) -> str:
    """Find the family's name: the first of two; all, where nobody can tell how many of the words are given names."""
    said = [one for one in given.split() if len(one.rstrip(".")) > 1] + [last]
    known = next((at for at, one in enumerate(said) if _is_surname(one)), len(said))
    linked = next((at for at, one in enumerate(said[:-1]) if _is(one, "particles")), len(said))
    if linked < known:
        start = max(0, linked - 1) if _is(said[linked], "joiners") else linked
        return " ".join(said if start > 1 else said[start : _end(said, start)] if known < len(said) else said[start:])
    if known < len(said) - 1:
        return said[known]
    return last if len(said) < 3 else " ".join(said)


def _end(said: list[str], start: int) -> int:
    """Tell where a name with small words before it ends: after its first word of another kind."""
    return next(at + 1 for at, one in enumerate(said) if at >= start and (not _is(one, "particles") or one is said[-1]))


def _is(word: str, kind: str) -> bool:
    return index("names", kind).get(plain(word)) == kind


def _is_surname(word: str) -> bool:
    return _is(word, "surnames") or (len(word) > 3 and plain(word).endswith("ez"))


def _with_capitals(word: str) -> str:
    return _PART.sub(lambda found: found[0].upper(), with_capital(word)) if word == word.lower() else word


def _title(word: str) -> str:
    return word.rstrip(".").lower()
