"""A try with the simulated interviewer: what a candidate can choose, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field

from closing_lib.advice.words import words_of
from closing_lib.arguments import Validated, not_known, shown
from closing_lib.content import Reply, Scenario, replies, text
from closing_lib.models import Asked, Band, Tactic
from closing_lib.practice.interviewer import Answer, draw_answer
from closing_lib.practice.line import assessment_of

# What a candidate can do besides asking: the kit's own steps, and three things that are too much, by how much.
STEPS = ("concern", "decision_date", "next_step", "contact", "summary", "farewell", "thanks")
TOO_MUCH = {"pay": 1, "rivals": 1, "private_number": 2}


@dataclass(frozen=True)
class Try(Validated):
    """One round with the simulated interviewer.

    Parameters
    ----------
    scenario : Scenario
        The interview.
    judged : Band or str
        How the candidate judged that it went.
    asked : Asked or str
        What was asked at the close.
    reply : str
        The id of the reply to the answer.
    steps : set of str
        What was done besides: any of `STEPS` and `TOO_MUCH`.
    seed : int or str
        What the answer was drawn with.

    Attributes
    ----------
    answer : Answer
        What the interviewer answered.

    Raises
    ------
    ValueError
        If a choice is none of those that there were; the message names them.
    """

    scenario: Scenario
    judged: Band
    asked: Asked
    reply: str
    steps: frozenset[str] = frozenset()
    seed: int | str = 0
    answer: Answer = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "answer", draw_answer(self.scenario, self.asked, self.seed))
        if unknown := self.steps - {*STEPS, *TOO_MUCH}:
            raise ValueError(not_known(f"Step {shown(min(unknown))} is not known", min(unknown), (*STEPS, *TOO_MUCH)))
        response, offered = self.answer.response, [one.id for one in replies_to(self.answer)]
        if self.reply not in offered:
            raise ValueError(not_known(f"{shown(self.reply)} is no reply to “{response}”", self.reply, offered))


def replies_to(answer: Answer) -> tuple[Reply, ...]:
    """List what can be replied to an answer, in the order in which it is offered."""
    return tuple(reply for reply in replies() if reply.to is answer.response)


def ask_words(asked: Asked, scenario: Scenario) -> str:
    """Word a question of the practice as it is offered: for the person opposite, as the advice words it."""
    if asked in (Asked.NOTHING, Asked.CONFIRM):
        return text(f"practise.asked_options.{asked}")
    return f"“{words_of(Tactic(asked), assessment_of(scenario)).said}”"
