"""The order of the close, from the last question to the thanks, adapted to how it went and to who sits opposite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from closing_lib.advice.words import carries_it_on, has_told, must_be_short
from closing_lib.arguments import Validated
from closing_lib.assessment import Assessment
from closing_lib.content import first_text
from closing_lib.models import Format, Round, Tactic

_SOURCES = {
    "concern": "S16",
    "questions": "S4, S5",
    "decision_date": "S6",
    "next_step": "S7",
    "contact": "S8",
    "summary": "S10",
    "ask": "",  # its source is the tactic's
    "listen": "S15, S16",
    "farewell": "S9",
    "thanks": "S21",
}
# The sequence of the source article: the ask comes when all questions are answered and the summary is given.
_WHOLE = tuple(id for id in _SOURCES if id != "concern")
_SHORT: tuple[str, ...] = ("summary", "ask", "decision_date", "thanks")
# What is settled is thanked for first, and then made sure of.
_SETTLED = ("ask", "listen", "decision_date", "next_step", "contact", "farewell", "thanks")
_SHORT_SETTLED = ("ask", "listen", "thanks")

_ASK_SOURCE = {Tactic.BOLD: "S11", Tactic.MILD: "S13", Tactic.STANDING: "S14", Tactic.CONFIRM: "S21"}


@dataclass(frozen=True)
class Step(Validated):
    """One step of the close.

    Attributes
    ----------
    id : str
        Which step it is: ``"concern"``, ``"questions"``, ``"decision_date"``, ``"next_step"``, ``"contact"``,
        ``"summary"``, ``"ask"``, ``"listen"``, ``"farewell"`` or ``"thanks"``.
    text : str
        What to do or say.
    source : str
        The requirements behind it, such as ``"S6"``.
    """

    id: str
    text: str
    source: str

    def __str__(self) -> str:
        return self.text


def closing_steps(ask: str, tactic: Tactic, assessment: Assessment) -> tuple[Step, ...]:
    """List the steps of the close in their order; a doubt that is still open comes before all others.

    Parameters
    ----------
    ask : str
        The exact words of the closing question.
    tactic : Tactic
        Which question it is.
    assessment : Assessment
        How both sides met, who sits opposite, and what they have said: nothing that they have told is asked for again.

    Examples
    --------
    >>> [step.id for step in closing_steps("May I?", Tactic.MILD, Assessment(short_of_time=True))]
    ['summary', 'ask', 'decision_date', 'thanks']
    """
    variants = tuple(_variants(assessment))
    wordings = ((id, first_text(*(f"advice.steps.{id}.{one}" for one in variants))) for id in _sequence(assessment))
    return tuple(Step(id, said.format(ask=ask), _SOURCES[id] or _ASK_SOURCE[tactic]) for id, said in wordings)


def _sequence(assessment: Assessment) -> tuple[str, ...]:
    if assessment.already:
        return _SHORT_SETTLED if must_be_short(assessment) else _SETTLED
    sequence = _SHORT if must_be_short(assessment) else _WHOLE
    if sequence is _SHORT and has_told(assessment):
        sequence = tuple(id for id in sequence if id != "decision_date")
    return ("concern", *sequence) if assessment.open_concern else sequence


def _variants(assessment: Assessment) -> Iterator[str]:
    """Name what can change the wording of a step, the most telling first."""
    if assessment.already:
        yield assessment.already
    elif must_be_short(assessment):
        yield "short"
    if has_told(assessment):
        yield "told"
    if assessment.round is Round.FINAL:
        yield "final"
    elif carries_it_on(assessment):
        yield "carries"
    is_board = assessment.round is Round.PANEL and assessment.format is Format.IN_PERSON
    yield Format.PANEL if is_board else assessment.format
    yield "usual"
