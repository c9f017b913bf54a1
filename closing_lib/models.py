"""The vocabulary: the words that every other module, and every table, uses for the same thing.

Each choice is a `Choice`: a string with a fixed set of values, so that it reads well in a table, in a file and in an
error. The order of the members is the order in which tables and forms show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import EnumType, StrEnum
from typing import Any

from closing_lib.arguments import Validated, not_known, shown


class _Choices(EnumType):
    """Closed sets: what is no word is not compared with them, since a table would be compared cell by cell."""

    def __call__(cls, value: object) -> Any:  # type: ignore[override]  # nor are they added to
        if not isinstance(value, str):
            return cls._missing_(value)  # type: ignore[attr-defined]  # as every enumeration has it
        return super().__call__(value)


class Choice(StrEnum, metaclass=_Choices):
    """A closed set of words; an unknown word is answered with the known ones.

    Raises
    ------
    ValueError
        From a call such as ``Round("panle")``, with the words to choose from.
    """

    @classmethod
    def _missing_(cls, value: object) -> Choice:
        raise ValueError(not_known(f"{cls.__name__} {shown(value)} is not known", value, cls))

    @property
    def rank(self) -> int:
        """Place in the order of the members, from 0."""
        return list(type(self)).index(self)


class Band(Choice):
    """How the interview went, as far as the answers show it (S11, S12, S14)."""

    POOR = "poor"
    UNSURE = "unsure"
    WELL = "well"


class Tactic(Choice):
    """The question that closes the interview, from the least to the most direct, then the one apart from them.

    STANDING demands a verdict on the candidate, which MILD does not; CONFIRM asks nothing new, since the employer has
    settled it unasked.
    """

    MILD = "mild"
    STANDING = "standing"
    BOLD = "bold"
    CONFIRM = "confirm"


class Asked(Choice):
    """What was really asked at the close: a tactic, something else, or nothing. ``Asked.MILD == Tactic.MILD``."""

    MILD = "mild"
    STANDING = "standing"
    BOLD = "bold"
    CONFIRM = "confirm"
    OTHER = "other"
    NOTHING = "nothing"


class Response(Choice):
    """The employer's answer to the close, from least to most welcome (S15 to S19)."""

    DECLINED = "declined"
    CONCERN = "concern"
    HESITATED = "hesitated"
    ENCOURAGED = "encouraged"
    OFFERED = "offered"


class Format(Choice):
    """How the two sides met."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"
    PANEL = "panel"


class Interviewer(Choice):
    """Who sits on the other side, as far as it decides what to ask them."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    PEER = "peer"
    EXECUTIVE = "executive"


class Category(Choice):
    """What a question to the interviewer is about."""

    ROLE = "role"
    SUCCESS = "success"
    GROWTH = "growth"
    TEAM = "team"
    THEIR_EXPERIENCE = "their_experience"
    VACANCY = "vacancy"
    PROCESS = "process"


class Level(Choice):
    """How far up a job stands."""

    ENTRY = "entry"
    PROFESSIONAL = "professional"
    SENIOR = "senior"
    EXECUTIVE = "executive"


class Directness(Choice):
    """How plainly the people in the room say what they think: a setting of theirs, never a nationality."""

    INDIRECT = "indirect"
    MIXED = "mixed"
    DIRECT = "direct"


class Leaning(Choice):
    """What an invented interviewer thinks of the candidate, before the close."""

    DOUBTFUL = "doubtful"
    OPEN = "open"
    KEEN = "keen"


class Move(Choice):
    """What a candidate chooses at the close: the question, all that goes with it, and the reply to the answer."""

    ASK = "ask"
    CLOSE = "close"
    REPLY = "reply"


class Side(Choice):
    """On which side of the fine line a choice falls (S1)."""

    TIMID = "timid"
    FITS = "fits"
    PUSHY = "pushy"


class Verdict(Choice):
    """How a reading of an interview compares with what the signs show."""

    HARSH = "harsh"
    RIGHT = "right"
    HOPEFUL = "hopeful"


class Element(Choice):
    """What a closing pitch sums up (S10)."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    AMBITION = "ambition"
    DESIRE = "desire"


class Settled(Choice):
    """What the employer has settled unasked."""

    NEXT_STEP = "next_step"
    OFFER = "offer"


class Round(Choice):
    """The round of an interview."""

    SCREEN = "screen"
    FIRST = "first"
    PANEL = "panel"
    FINAL = "final"


class EventKind(Choice):
    """What can happen to an application, in the order in which it usually does."""

    APPLIED = "applied"
    INTERVIEW = "interview"
    THANK_YOU = "thank_you"
    NUDGE = "nudge"
    ADVANCED = "advanced"
    OFFER = "offer"
    REJECTED = "rejected"
    WITHDREW = "withdrew"
    NO_REPLY = "no_reply"

    @property
    def is_outcome(self) -> bool:
        """Whether it answers what became of an interview."""
        return self.rank >= EventKind.ADVANCED.rank


class AttemptKind(Choice):
    """What was tried to learn something: an exercise, a review question, or a round with the simulated interviewer."""

    EXERCISE = "exercise"
    REVIEW = "review"
    PRACTICE = "practice"


class Pair(Choice):
    """Two closing questions that a rule can both defend, and that the kit can draw from."""

    MILD_STANDING = "mild_standing"
    MILD_BOLD = "mild_bold"


class RegistrationKind(Choice):
    """What is settled before anything comes of it: consent to the trial, its end; a comparison, and a look at it."""

    CONSENT = "consent"
    STOP = "stop"
    COMPARISON = "comparison"
    LOOK = "look"


class ExerciseKind(Choice):
    """How an exercise is answered."""

    ONE = "one"
    SEVERAL = "several"
    ORDER = "order"
    WRITE = "write"


@dataclass(frozen=True)
class Reason(Validated):
    """One reason, with what it rests on.

    Attributes
    ----------
    text : str
        The sentence to show.
    source : str
        The requirement behind it, ``"S1"`` to ``"S24"`` (the numbers of the source article's points).
    fields : tuple of str
        The answers that led to it: names of `Assessment` fields, a sign's as ``"signs.<id>"``. Empty if it always
        holds.
    """

    text: str
    source: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} ({self.source})"
