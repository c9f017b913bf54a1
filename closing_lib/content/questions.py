"""The bank of questions to bring, and the topics to leave for later: read once, checked, in their order."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from closing_lib.arguments import Validated
from closing_lib.content.loading import ContentError, language, read_blocks
from closing_lib.models import Category, Format, Interviewer, Round

SLOTS = ("fact", "project", "task")


@dataclass(frozen=True)
class Question(Validated):
    """A question to ask at the end of an interview.

    Attributes
    ----------
    id : str
        Its name; never changes.
    category : Category
        What it is about.
    text : str
        The question; ``{fact}``, ``{project}`` and ``{task}`` are completed with what was found out.
    interviewers : tuple of Interviewer
        Who to ask.
    formats : tuple of Format
        Where it can be asked.
    rounds : tuple of Round
        When; all of them where any round will do.
    """

    id: str
    category: Category
    text: str
    interviewers: tuple[Interviewer, ...] = tuple(Interviewer)
    formats: tuple[Format, ...] = tuple(Format)
    rounds: tuple[Round, ...] = tuple(Round)

    @property
    def slots(self) -> tuple[str, ...]:
        """What has to be found out before it can be asked."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.text) if name is not None)


@dataclass(frozen=True)
class EarlyTopic:
    """A topic to leave for later.

    Attributes
    ----------
    id, name, why : str
        Its name in code, its name in a sentence, and what to do with it.
    words : tuple of str
        By which it is recognised: whole words in any case; a ``*`` stands for any ending.
    screening : bool
        Whether a recruiter can be asked about it at a screening.
    """

    id: str
    name: str
    why: str
    words: tuple[str, ...]
    screening: bool = False


def questions() -> tuple[Question, ...]:
    """List the whole bank, in the order in which forms offer it.

    Examples
    --------
    >>> len(questions()) >= 60
    True
    """
    return _questions(language())


def early_topics() -> tuple[EarlyTopic, ...]:
    """List the topics to leave for later.

    Examples
    --------
    >>> [topic.id for topic in early_topics()]
    ['pay', 'holiday', 'benefits', 'arrangements', 'promotion', 'search', 'gossip']
    """
    return _early_topics(language())


@cache
def _questions(of: str) -> tuple[Question, ...]:
    return tuple(_question(block, where) for where, block in read_blocks(of, "questions", "question"))


@cache
def _early_topics(of: str) -> tuple[EarlyTopic, ...]:
    return tuple(_early_topic(block, where) for where, block in read_blocks(of, "questions", "early"))


def _question(block: Mapping[str, object], where: str) -> Question:
    try:
        made = Question(
            **{
                **block,
                "category": Category(str(block.get("category"))),
                "interviewers": tuple(Interviewer(one) for one in block.get("interviewers", tuple(Interviewer))),  # type: ignore[attr-defined]
                "formats": tuple(Format(one) for one in block.get("formats", tuple(Format))),  # type: ignore[attr-defined]
                "rounds": tuple(Round(one) for one in block.get("rounds", tuple(Round))),  # type: ignore[attr-defined]
            }  # type: ignore[arg-type]
        )
    except (TypeError, ValueError) as error:
        raise ContentError(f"{where}: {error}") from None
    if unknown := set(made.slots) - set(SLOTS):
        raise ContentError(f"{where}: {unknown} cannot be completed; choose among {', '.join(SLOTS)}.")
    return made


def _early_topic(block: Mapping[str, object], where: str) -> EarlyTopic:
    try:
        return EarlyTopic(**{**block, "words": tuple(block.get("words", ()))})  # type: ignore[arg-type]
    except TypeError as error:
        raise ContentError(f"{where}: {error}") from None
