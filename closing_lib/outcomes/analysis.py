"""The analysis: what people ask of their outcomes, in the order in which they ask, and the results that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from closing_lib.arguments import Validated
from closing_lib.outcomes.questions.advice import by_advice
from closing_lib.outcomes.questions.bounds import bounds
from closing_lib.outcomes.questions.compared import adjusted
from closing_lib.outcomes.questions.expected import shrunk
from closing_lib.outcomes.questions.habits import by_thanks, discipline
from closing_lib.outcomes.questions.power import power
from closing_lib.outcomes.questions.progressed import by_band, by_tactic
from closing_lib.outcomes.questions.reading import brier, calibration
from closing_lib.outcomes.questions.rounds import funnel
from closing_lib.outcomes.questions.silence import silence
from closing_lib.outcomes.questions.strata import strata
from closing_lib.outcomes.questions.waiting import answers_over_time, time_to_answer
from closing_lib.outcomes.result import Result

Question = Callable[[pd.DataFrame], Result]


@dataclass(frozen=True)
class Analysis(Validated):
    """One thing that people ask.

    Attributes
    ----------
    name : str
        Its name; the question itself is the sentence ``analysis.<name>.question``.
    results : tuple of callable
        What answers it: each makes a result of a tally.
    """

    name: str
    results: tuple[Question, ...]


def _by_followed(t: pd.DataFrame) -> Result:
    return adjusted(t, by="followed")


def _by_letter(t: pd.DataFrame) -> Result:
    return adjusted(t, by="thanks")


ANALYSES = (
    Analysis("progressed", (by_tactic, by_band)),
    Analysis("compared", (adjusted, strata)),
    Analysis("waiting", (time_to_answer, answers_over_time)),
    Analysis("silence", (silence,)),
    Analysis("reading", (calibration, brier)),
    Analysis("rounds", (funnel,)),
    Analysis("advice", (by_advice, _by_followed)),
    Analysis("habits", (discipline, by_thanks, _by_letter)),
    Analysis("expected", (shrunk,)),
    Analysis("bounds", (bounds,)),
    Analysis("power", (power,)),
)
