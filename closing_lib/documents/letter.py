"""The vocabulary of a letter after an interview: what it is about, whom it goes to, and how it reads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated

from closing_lib.arguments import Validated, refused, validated
from closing_lib.models import Choice, Format, Settled


class LetterKind(Choice):
    """What a letter is for, in the order in which the occasions for it usually come."""

    THANK_YOU = "thank_you"
    PANEL_THANKS = "panel_thanks"
    NUDGE = "nudge"
    SOMEONE_ELSE = "someone_else"
    MISSED_CALL = "missed_call"
    RIVAL_OFFER = "rival_offer"
    ASK_FOR_TIME = "ask_for_time"
    ACCEPT = "accept"
    DECLINE_OFFER = "decline_offer"
    WITHDRAW = "withdraw"
    REPLY_TO_NO = "reply_to_no"
    KEEP_IN_TOUCH = "keep_in_touch"
    CONNECT = "connect"


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
    settled : Settled or None
        What they have told since: through to the next step, or an offer.
    written_on : datetime.date or None
        The day of writing, so that a day on the wrong side of it shows.
    """

    company: str
    role: str | None = None
    held_on: dt.date | None = None
    promised_on: dt.date | None = None
    format: Format | None = None
    me: str = ""
    settled: Settled | None = None
    written_on: dt.date | None = None


@dataclass(frozen=True)
class Person(Validated):
    """Whom a letter goes to, and what only this letter says; its words are whole sentences, used as they are.

    Attributes
    ----------
    name, email : str
        As on the business card.
    topic : str
        One specific thing from the conversation with this person.
    strength, interest : str
        What one would bring, and why one wants the job.
    omission : str
        What one forgot to say.
    repair : str
        A better answer to one of their questions.
    doubt : str
        What one would say now about a doubt that they raised.
    greeting : str
        How one greets them, if otherwise than usual: "Hi Tom".
    written_to : str
        The name of the person whom one wrote to before, without an answer.
    news, update : str
        Something new that they can use; and what is new when one keeps in touch, long after.
    times : str
        When one could talk.
    why_time, why_decline, why_withdraw : str
        Why one needs more time, declines, or withdraws: each for its own letter.
    terms : str
        What was agreed.
    call_on, deadline, answer_by, starts_on : datetime.date or None
        The day of the call that they missed, the last day to answer another offer, the day by which one would answer
        theirs, and the first day at work.
    """

    name: str = ""
    email: str = ""
    topic: str = ""
    strength: str = ""
    interest: str = ""
    omission: str = ""
    repair: str = ""
    doubt: str = ""
    greeting: str = ""
    written_to: str = ""
    news: str = ""
    update: str = ""
    times: str = ""
    why_time: str = ""
    why_decline: str = ""
    why_withdraw: str = ""
    terms: str = ""
    call_on: dt.date | None = None
    deadline: dt.date | None = None
    answer_by: dt.date | None = None
    starts_on: dt.date | None = None


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
    gaps : tuple of str
        What stands in its sentences in place of what is missing.
    """

    kind: LetterKind
    to: Person
    me: str
    subject: str
    paragraphs: Annotated[tuple[str, ...], _ending_in_a_name]
    missing: tuple[str, ...]
    source: str
    gaps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The letter as plain text."""
        *body, sign_off, me = self.paragraphs
        return "\n\n".join([*body, f"{sign_off}\n{me}"]) + "\n"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing
