"""The vocabulary of a letter after an interview: what it is about, whom it goes to, and how it reads."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from closing_lib.arguments import Validated, refused, validated
from closing_lib.documents.plain_text import short
from closing_lib.models import Choice, Format


class LetterKind(Choice):
    """What a letter is for."""

    THANK_YOU = "thank_you"
    NUDGE = "nudge"
    REPLY_TO_NO = "reply_to_no"


@dataclass(frozen=True)
class Occasion(Validated):
    """The interview that letters are about.

    Attributes
    ----------
    company : str
        Where it was.
    role : str or None
        What for.
    held_on, promised_on : datetime.date or None
        Its day, and the day by which they promised to answer; one before the interview counts as none.
    format : Format or None
        How the two sides met.
    me : str
        Who signs.
    """

    company: str
    role: str | None = None
    held_on: dt.date | None = None
    promised_on: dt.date | None = None
    format: Format | None = None
    me: str = ""


@dataclass(frozen=True)
class Person(Validated):
    """Whom a letter goes to, and what only this letter says.

    Attributes
    ----------
    name, email : str
        As on the business card.
    topic : str
        One specific thing from the talk, to follow "what you said about".
    strength : str
        What one would bring: a few words, or a sentence.
    interest : str
        What draws one to the work: a few words, or a sentence.
    omission : str
        What one forgot to say; may stay empty.
    """

    name: str = ""
    email: str = ""
    topic: str = ""
    strength: str = ""
    interest: str = ""
    omission: str = ""


def _ending_in_a_name(name: str, given: object) -> object:
    found = validated(name, given, tuple[str, ...])
    if len(found) < 2:
        raise refused(name, given, "it must end in the sign-off and the name")
    return found


@dataclass(frozen=True)
class Letter(Validated):
    """A letter, whole or with gaps.

    Attributes
    ----------
    kind : LetterKind
        What it is for.
    to : Person
        Whom it goes to.
    me : str
        Who signs it.
    subject : str
        One line.
    paragraphs : tuple of str
        From the greeting to the name below; each is one line, the sign-off and the name are two of them.
    missing : tuple of str
        What it still needs, asked for by name; empty for a whole letter.
    source : str
        The requirement behind it.
    """

    kind: LetterKind
    to: Person
    me: str
    subject: str
    paragraphs: Annotated[tuple[str, ...], _ending_in_a_name]
    missing: tuple[str, ...]
    source: str

    @property
    def text(self) -> str:
        """The letter as plain text."""
        *body, sign_off, me = self.paragraphs
        return "\n\n".join([*body, f"{sign_off}\n{me}"]) + "\n"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def people_named(interviewers: str | None) -> tuple[str, ...]:
    """Give the names in what the log holds about who was there.

    Examples
    --------
    >>> people_named("Dr Drizzle, Mr Gale and Ms Lid")
    ('Dr Drizzle', 'Mr Gale', 'Ms Lid')
    """
    parts = re.split(r"[,;\n]|\s(?:and|&)\s", interviewers or "")
    return tuple(dict.fromkeys(filter(None, map(short, parts))))
