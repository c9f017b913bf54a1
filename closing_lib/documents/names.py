"""The names of people: told apart in a list, taken apart, and as a letter greets them."""

from __future__ import annotations

import re

from closing_lib.advice.wording import phrase
from closing_lib.content import lines, text
from closing_lib.documents.plain_text import capitalised, short, words

_SUFFIXES = {"jr", "sr", "ii", "iii", "phd", "mba"}


def people_named(interviewers: str | None) -> tuple[str, ...]:
    """Give the names in what the log holds about who was there.

    Examples
    --------
    >>> people_named("Dr Drizzle, Mr Gale and Ms Lid")
    ('Dr Drizzle', 'Mr Gale', 'Ms Lid')
    """
    joins = "|".join(map(re.escape, ["&", *lines("letters.file.joins")]))
    parts = re.split(rf"[,;\n]|\s(?:{joins})\s", interviewers or "")
    return tuple(dict.fromkeys(filter(None, map(short, parts))))


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
    """Give the family's name: from a word such as "de" or "van" on; all, where there are two more and nobody knows."""
    before = [one for one in given.split() if len(one.rstrip(".")) > 1]
    linked = next((at for at, word in enumerate(before) if word.islower()), None)
    if linked is not None:
        return " ".join([*before[linked:], last])
    return " ".join([*before, last]) if len(before) > 1 else last


def _title(word: str) -> str:
    return word.rstrip(".").lower()
