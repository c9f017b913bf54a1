"""A result -> its chart: each kind of result has its plan, and its table written as the language does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated

from closing_lib.arguments import refused, validate_call
from closing_lib.content import text
from closing_lib.outcomes.charts.cells import cells
from closing_lib.outcomes.charts.chart import Chart
from closing_lib.outcomes.charts.comparisons import adjusted, power, randomised, strata
from closing_lib.outcomes.charts.estimates import bounds, brier, shrunk
from closing_lib.outcomes.charts.picture import Plan
from closing_lib.outcomes.charts.rates import (
    asked_again,
    by_group,
    calibration,
    discipline,
    funnel,
    invited,
    silence,
    stages,
)
from closing_lib.outcomes.charts.times import answers_over_time, time_to_answer
from closing_lib.outcomes.result import SENTENCE, Result, drawn_by
from closing_lib.outcomes.statistics.rates import METHODS

_PLANS: Mapping[str, Callable[[Result], Plan]] = MappingProxyType(
    {
        "by_tactic": by_group,
        "by_band": by_group,
        "by_advice": by_group,
        "by_thanks": by_group,
        "adjusted": adjusted,
        "strata": strata,
        "randomised": randomised,
        "time_to_answer": time_to_answer,
        "answers_over_time": answers_over_time,
        "first_answer": time_to_answer,
        "silence": silence,
        "asked_again": asked_again,
        "calibration": calibration,
        "brier": brier,
        "funnel": funnel,
        "stages": stages,
        "invited": invited,
        "discipline": discipline,
        "shrunk": shrunk,
        "power": power,
        "bounds": bounds,
    }
)


def _to_draw(name: str, given: object) -> Result:
    if not isinstance(given, Result) or given.kind not in _PLANS:
        raise refused(name, given, "give a result, such as cl.outcomes.by_tactic(t)")
    return given


@drawn_by
@validate_call
def chart(result: Annotated[Result, _to_draw]) -> Chart:
    """Draw a result; ``result.chart()`` does the same.

    Parameters
    ----------
    result : Result
        What a function of `closing_lib.outcomes` gives of a tally: ``by_tactic``, ``adjusted``, ``time_to_answer`` ...

    Returns
    -------
    Chart
        In the language that is used now.

    Raises
    ------
    ValueError
        If it is no result.

    Examples
    --------
    >>> from closing_lib.outcomes import by_band, tally
    >>> from closing_lib.records import sample_log
    >>> found = chart(by_band(tally(sample_log())))
    >>> print(found.title)
    What moved forward, by how it went
    >>> print(found.opening.partition(".")[0])
    Of the interviews that are settled, 19 of 27 moved forward
    """
    plan = _PLANS[result.kind](result)
    opening = _opening(plan, result)
    title, how = text(f"charts.title.{plan.kind}"), text(f"charts.how.{plan.how}")
    below = [] if opening == result.sentence else [text("charts.more_below")]
    alt = " ".join([f"{title}.", how, opening, *below])
    together = [text("charts.note.together", people=result.about["people"])] if "people" in result.about else []
    note = " ".join([*plan.notes, *together])
    return Chart(title, result.sentence, opening, plan.picture, alt, note, result.table, cells(result))


def _opening(plan: Plan, result: Result) -> str:
    """Give a shorter sentence where the whole one says row by row, with the caveats beyond the note's."""
    rows = [*result.table[SENTENCE]]
    if not plan.opening or plan.picture.is_empty or len(rows) < 3 or not _says_rows(result):
        return result.sentence
    brackets = [text(f"results.brackets.{method}") for method in (*METHODS, "clustered")]  # the note says that too
    return " ".join([plan.opening, *(one for one in result.caveats if one not in brackets)])


def _says_rows(result: Result) -> bool:
    return any(result.sentence.startswith(one) for one in result.table[SENTENCE])
