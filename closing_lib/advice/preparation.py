"""The closing card: all that a person takes into the interview for its last five minutes, on one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from closing_lib.advice.closing_steps import Step, closing_steps
from closing_lib.advice.pitch import Pitch
from closing_lib.advice.recommendation import DIRECT
from closing_lib.advice.wording import one_line
from closing_lib.advice.words import carries_it_on, short_close, words_of
from closing_lib.arguments import Validated, validate_call
from closing_lib.assessment import Assessment
from closing_lib.content import lines, text
from closing_lib.models import Element, Format, Interviewer, Pair, Round, Settled, Tactic

MOST_QUESTIONS = 3
QUESTION_LENGTH = 280  # characters: nobody asks a longer question in one breath
NAME_LENGTH = 80  # characters of a company or a role: one line of the card
PART_LENGTH = 420  # characters of one part of the pitch, about half a minute aloud

# The questions, the pitch and the ask have their own places on the card.
_THEN = ("decision_date", "next_step", "contact")
_LEAVE = ("farewell", "thanks")


@dataclass(frozen=True)
class Ask(Validated):
    """One line of the rule: if it is so, then say this (S11 to S14); no tactic, but the doubt first (S16).

    ``when`` says it in full, and ``brief`` in a few words.
    """

    tactic: Tactic | None
    when: str
    words: str
    brief: str


@dataclass(frozen=True)
class ClosingCard(Validated):
    """What stands on the card, in the order of the close; every typed text is one line of a bounded length.

    Attributes
    ----------
    interviewer : Interviewer
        Who sits on the other side.
    format : Format
        How both sides meet.
    company, role : str
        Where, and what for; may be empty.
    questions : tuple of str
        At most three questions to ask (S4, S5).
    then : tuple of Step
        The decision date (S6), the next step (S7), the contact (S8).
    pitch : tuple of (Element, str)
        The four parts of the summary (S10), empty where one is still to write.
    asks : tuple of Ask
        The rule as an if-then table: the first line that is so counts. A recruiter is not asked the bold question; nor
        is anyone asked the question instead of which the mild one was drawn.
    drawn : str
        What was drawn for this interview, in a sentence; empty where nothing was.
    moves : tuple of str
        The four moves for a doubt that they name (S16).
    short : tuple of str
        The close of under a minute.
    leave : tuple of Step
        The farewell (S9) and the thanks (S21).
    """

    interviewer: Interviewer
    format: Format
    company: str
    role: str
    questions: tuple[str, ...]
    then: tuple[Step, ...]
    pitch: tuple[tuple[Element, str], ...]
    asks: tuple[Ask, ...]
    drawn: str
    moves: tuple[str, ...]
    short: tuple[str, ...]
    leave: tuple[Step, ...]


@validate_call
def closing_card(
    questions: Iterable[str] = (),
    pitch: Pitch | None = None,
    interviewer: Interviewer | str = Interviewer.HIRING_MANAGER,
    format: Format | str = Format.IN_PERSON,
    *,
    company: str = "",
    role: str = "",
    round: Round | str | None = None,  # noqa: A002  # as an assessment names it
    drawn: Mapping[Pair, Tactic] | None = None,
) -> ClosingCard:
    """Make the closing card from what was prepared (S2).

    Parameters
    ----------
    questions : iterable of str
        The questions to ask, already completed; empty ones are left out.
    pitch : Pitch or None
        The four parts of the summary.
    interviewer : Interviewer or str
        Who sits on the other side.
    format : Format or str
        How both sides meet: on the phone there is no hand to shake.
    company, role : str
        Where the interview is, and what for.
    round : Round, str or None
        Which round it is: after the final one there is no next level to ask for, and at a screening nobody decides.
    drawn : mapping of Pair to Tactic, or None
        What the kit drew for this interview, from each pair of questions; None where nothing was drawn.

    Raises
    ------
    ValueError
        If there are more than three questions, or the interviewer, the format or the round is not known.

    Examples
    --------
    >>> card = closing_card(["Who works on your tenant app?"], format="video")
    >>> [step.source for step in card.then + card.leave]
    ['S6', 'S7', 'S8', 'S9', 'S21']
    """
    asked = tuple(line for line in (one_line(one, QUESTION_LENGTH) for one in questions) if line)
    if len(asked) > MOST_QUESTIONS:
        raise ValueError(f"{len(asked)} questions are too many for the card; choose the best {MOST_QUESTIONS}.")
    written = pitch or Pitch()
    carries = Interviewer(interviewer) is Interviewer.RECRUITER
    which = None if round is None else Round(round)
    met = Assessment(format=Format(format), decides=False if carries else None, round=which)
    steps = {step.id: step for step in closing_steps("", Tactic.MILD, met)}
    return ClosingCard(
        interviewer=Interviewer(interviewer),
        format=Format(format),
        company=one_line(company, NAME_LENGTH),
        role=one_line(role, NAME_LENGTH),
        questions=asked,
        then=tuple(steps[id] for id in _THEN),
        pitch=tuple((element, one_line(written[element], PART_LENGTH)) for element in Element),
        asks=tuple(_rule(met, drawn or {})),
        drawn=text(f"preparation.card.drawn.{_arm(drawn)}") if drawn else "",
        moves=lines("preparation.card.moves"),
        short=short_close(words_of(Tactic.MILD, met).said, met),
        leave=tuple(steps[id] for id in _LEAVE),
    )


def _arm(drawn: Mapping[Pair, Tactic]) -> str:
    return "mild" if Tactic.MILD in drawn.values() else "direct"


def _rule(met: Assessment, drawn: Mapping[Pair, Tactic]) -> Iterator[Ask]:
    for settled in (Settled.OFFER, Settled.NEXT_STEP):
        yield _ask(settled, Tactic.CONFIRM, words_of(Tactic.CONFIRM, replace(met, already=settled)).said)
    yield _ask("concern", None, text("advice.short.concern"))
    given_up = {DIRECT[pair] for pair, tactic in drawn.items() if tactic is Tactic.MILD}
    given_up |= {Tactic.BOLD} if carries_it_on(met) else set()
    for tactic in (Tactic.BOLD, Tactic.STANDING, Tactic.MILD):
        if tactic not in given_up:
            yield _ask(tactic, tactic, words_of(tactic, met).said)


def _ask(condition: str, tactic: Tactic | None, words: str) -> Ask:
    when, brief = (text(f"preparation.card.{name}.{condition}") for name in ("when", "brief"))
    return Ask(tactic, when, words, brief)
