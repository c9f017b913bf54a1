"""A concern that the employer names: the four moves of the reply, filled in with the person's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from closing_lib.advice.wording import as_sentences, count_words, find_words, one_line, quotable
from closing_lib.arguments import Validated, validate_call
from closing_lib.content import lines, text
from closing_lib.models import Reason

WORDS_A_MINUTE = 130  # an unhurried speaking rate; a rule of thumb, not a measurement of anyone
LONG = 45  # seconds from which a case is too long to be listened to


@dataclass(frozen=True)
class Move(Validated):
    """One of the four moves.

    Attributes
    ----------
    id : str
        ``"clarify"``, ``"acknowledge"``, ``"make_the_case"`` or ``"check"``.
    name : str
        What it is called.
    said : str
        What to say, or what is missing.
    """

    id: str
    name: str
    said: str


@dataclass(frozen=True)
class Reply(Validated):
    """A reply to a concern.

    Attributes
    ----------
    moves : tuple of Move
        The four moves in their order.
    missing : tuple of str
        Which of them still lack the person's words.
    remarks : tuple of Reason
        What could be better, each with its S-number and the answer it is about.
    """

    moves: tuple[Move, ...]
    missing: tuple[str, ...]
    remarks: tuple[Reason, ...]


@validate_call
def reply_to_concern(clarify: str = "", acknowledge: str = "", make_the_case: str = "") -> Reply:
    """Put the person's own words into the four moves: clarify, acknowledge, make the case, check (S16).

    Nothing is made up: a move without words says what is missing.

    Parameters
    ----------
    clarify : str
        The concern, in the employer's words: they are quoted, unless they begin with "I" or the like.
    acknowledge : str
        What is fair about it, as a whole sentence.
    make_the_case : str
        What the person has done that comes close, with its result, as a whole sentence.

    Examples
    --------
    >>> reply = reply_to_concern(clarify="you're overqualified")
    >>> reply.moves[0].said
    "“Thank you for telling me. When you say ‘you're overqualified’, what worries you most?”"
    >>> reply.missing
    ('acknowledge', 'make_the_case')
    """
    # A concern is quoted as it was said; the others are sentences of their own.
    words = {
        "clarify": quotable(clarify),
        "acknowledge": as_sentences(one_line(acknowledge)),
        "make_the_case": as_sentences(one_line(make_the_case)),
    }
    moves = [Move(move, text(f"concern.{move}.name"), _said(move, said)) for move, said in words.items()]
    check = Move("check", text("concern.check.name"), text("concern.check.said"))
    return Reply(
        moves=(*moves, check),
        missing=tuple(move for move, said in words.items() if not count_words(said)),
        remarks=(*_not_theirs(words["clarify"]), *_apologies(words), *_length(words["make_the_case"])),
    )


def _said(move: str, words: str) -> str:
    if not count_words(words) or (move == "clarify" and _is_mine(words)):
        return text(f"concern.{move}.empty")
    return text(f"concern.{move}.said", words=words)


def _is_mine(concern: str) -> bool:
    """Whether a concern is said as the person would say it: then the employer did not say it so."""
    mine = find_words(concern, lines("concern.advice.mine"))
    return bool(mine) and mine[0].start == 0 and not find_words(concern, lines("concern.advice.yours"))


def _not_theirs(concern: str) -> tuple[Reason, ...]:
    return (Reason(text("concern.advice.theirs"), "S16", ("clarify",)),) if _is_mine(concern) else ()


def _apologies(words: dict[str, str]) -> Iterator[Reason]:
    for move in ("acknowledge", "make_the_case"):
        for apology in lines("concern.advice.apologies"):
            if find_words(words[move], [apology]):
                yield Reason(text("concern.advice.apology", words=apology), "S22", (move,))


def _length(case: str) -> tuple[Reason, ...]:
    seconds = round(len(case.split()) / WORDS_A_MINUTE * 60)
    if seconds <= LONG:
        return ()
    return (Reason(text("concern.advice.long", seconds=seconds), "S16", ("make_the_case",)),)
