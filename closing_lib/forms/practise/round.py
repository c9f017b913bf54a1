"""A round of the practice as far as it has come: what was chosen, what was answered, and what comes next."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from closing_lib.arguments import Validated
from closing_lib.content import Reply, Scenario, scenarios
from closing_lib.models import Asked, Band, Choice
from closing_lib.practice.debrief import Debrief, debrief
from closing_lib.practice.interviewer import Answer, draw_answer
from closing_lib.practice.tries import STEPS, TOO_MUCH, Try, replies_to


class Stage(Choice):
    """What is on the screen: the one thing to read, to choose or to do."""

    START = "start"
    READ = "read"
    JUDGE = "judge"
    LEAVE = "leave"
    ASK = "ask"
    REPLY = "reply"
    DEBRIEF = "debrief"


@dataclass(frozen=True)
class PractiseRound(Validated):
    """An interview, and what its candidate has chosen so far.

    Attributes
    ----------
    scenario : Scenario
        The interview.
    stage : Stage
        How far it has come.
    judged : Band or None
        How the candidate judged that it went.
    steps : set of str
        What is done besides asking.
    asked : Asked or None
        What is asked at the close.
    drawn : str
        What the answer was drawn with; empty until it is heard.
    reply : str or None
        The id of the reply.
    """

    scenario: Scenario
    stage: Stage = Stage.START
    judged: Band | None = None
    steps: frozenset[str] = frozenset()
    asked: Asked | None = None
    drawn: str = ""
    reply: str | None = None

    @cached_property
    def answer(self) -> Answer | None:
        """What the interviewer answered; None until it was asked for."""
        return draw_answer(self.scenario, self.asked, self.drawn) if self.asked and self.drawn else None

    @property
    def replies(self) -> tuple[Reply, ...]:
        """What can be replied to the answer."""
        return replies_to(self.answer) if self.answer else ()

    @cached_property
    def tried(self) -> Try | None:
        """The try, once everything is chosen."""
        if self.judged is None or self.asked is None or self.reply not in [one.id for one in self.replies]:
            return None
        return Try(self.scenario, self.judged, self.asked, str(self.reply), self.steps, self.drawn)

    @cached_property
    def debrief(self) -> Debrief | None:
        """The debrief; None until its stage."""
        return debrief(self.tried) if self.tried and self.stage is Stage.DEBRIEF else None

    @property
    def is_answered(self) -> bool:
        """Whether what this stage asks is answered."""
        return self._has(self.stage)

    @property
    def can_go_back(self) -> bool:
        """Whether a choice can be thought over: what was asked stays asked."""
        return Stage.START.rank < self.stage.rank < Stage.REPLY.rank

    def holding(self, answers: Mapping[str, Any]) -> PractiseRound:
        """Give the round with other answers, at its stage or at the first one before that has none."""
        known = {one.id: one for one in scenarios()}  # an interview that was kept may be there no more
        now = replace(
            self,
            scenario=known.get(answers["scenario"], scenarios()[0]),
            steps=frozenset(name for name in (*STEPS, *TOO_MUCH) if answers[f"step_{name}"]),
            **{name: answers[name] for name in ("judged", "asked", "reply")},
        )
        return now.at(next(one for one in Stage if one is self.stage or not now._has(one)))

    def at(self, stage: Stage) -> PractiseRound:
        """Give the round at a stage; an answer that is not heard yet is drawn anew."""
        return replace(self, stage=stage, drawn=self.drawn if stage.rank >= Stage.REPLY.rank else "")

    def onward(self, seed: str | None = None) -> PractiseRound:
        """Give the round one stage on: the answer is drawn with a number or word, else with a new number."""
        drawn = self.drawn or seed or str(secrets.randbelow(9000) + 1000)
        return replace(self, drawn=drawn).at(tuple(Stage)[self.stage.rank + 1])

    def back(self) -> PractiseRound:
        """Give the round one stage back."""
        return self.at(tuple(Stage)[self.stage.rank - 1])

    def _has(self, stage: Stage) -> bool:
        match stage:
            case Stage.JUDGE:
                return self.judged is not None
            case Stage.ASK:
                return self.asked is not None
            case Stage.REPLY:
                return self.tried is not None
        return True


def next_scenario(here: Scenario, fitting: Iterable[Scenario], tried: Iterable[str]) -> Scenario:
    """Give the next interview that fits and was not tried; the next one at all, where all were."""
    listed, done = scenarios(), {*tried}
    start = listed.index(here) + 1
    among = {one.id for one in fitting} - {here.id}
    in_turn = [one for one in (*listed[start:], *listed[:start]) if one.id in among]
    return next((one for one in in_turn if one.id not in done), in_turn[0] if in_turn else here)
