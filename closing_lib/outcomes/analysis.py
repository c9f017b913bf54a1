"""The analysis: what people ask of their outcomes, in the order in which they ask, and the results that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd

from closing_lib.arguments import Validated
from closing_lib.content import text
from closing_lib.outcomes.questions.compared import adjusted
from closing_lib.outcomes.questions.expected import shrunk
from closing_lib.outcomes.questions.power import power
from closing_lib.outcomes.questions.randomised import randomised
from closing_lib.outcomes.questions.rates import bounds, by_advice, by_band, by_tactic, by_thanks, discipline, funnel
from closing_lib.outcomes.questions.reading import brier, calibration
from closing_lib.outcomes.questions.stages import invited, stages
from closing_lib.outcomes.questions.strata import strata
from closing_lib.outcomes.questions.waiting import answers_over_time, asked_again, first_answer, silence, time_to_answer
from closing_lib.outcomes.result import Result

Question = Callable[[pd.DataFrame], Result]


@dataclass(frozen=True)
class Analysis(Validated):
    """One thing that people ask.

    In words it is the sentence ``analysis.<name>.question``. Each of ``results`` makes a result of a tally, or of
    `APPLICATION_ANALYSES`, of a log's `applications`; in the columns that it ``needs`` something must be recorded.
    """

    name: str
    results: tuple[Question, ...]
    needs: tuple[str, ...] = ()

    def lacking(self, t: pd.DataFrame) -> str | None:
        """Why a table cannot answer it: the first column that it needs and in which nothing is recorded."""
        counted = t[t["n"] > 0]
        missing = (name for name in self.needs if name not in counted or counted[name].isna().all())
        return next((text(f"analysis.needs.{name}") for name in missing), None)


ANALYSES = (
    Analysis("progressed", (by_tactic, by_band), ("band",)),
    Analysis("compared", (adjusted, strata), ("used", "band")),
    Analysis("randomised", (randomised,), ("drawn",)),
    Analysis("waiting", (time_to_answer, answers_over_time), ("weeks",)),
    Analysis("silence", (silence, asked_again), ("weeks",)),
    Analysis("reading", (calibration, brier), ("band", "score")),
    Analysis("rounds", (funnel,), ("round",)),
    Analysis("advice", (by_advice, partial(adjusted, by="followed")), ("followed", "band")),
    Analysis("habits", (discipline, by_thanks, partial(adjusted, by="thanks")), ("thanks", "weeks", "band")),
    Analysis("expected", (shrunk,), ("used",)),
    Analysis("bounds", (bounds,), ("used",)),
    Analysis("power", (power,), ("used",)),
)
# What an imported list can answer as well: asked of a log's `applications`, one line each.
APPLICATION_ANALYSES = (
    Analysis("stages", (stages,), ("stage",)),
    Analysis("first_answer", (first_answer,), ("answer", "weeks")),
    Analysis("invited", (invited, partial(invited, by="role"), partial(invited, by="month")), ("stage",)),
)
