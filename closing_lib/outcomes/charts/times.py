"""Results over time as curves: how many are still waiting, and how many have had which answer."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.outcomes.charts.picture import Curves, Panel, Step
from closing_lib.outcomes.charts.plans import percentages
from closing_lib.outcomes.questions.wording import capitalised, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.survival import median

_WEEK = 7
_DAYS = 6  # as many are named at most


def time_to_answer(result: Result) -> Curves:
    """`time_to_answer` or `first_answer`: the share still waiting, a tick where open ones were lost sight of."""
    table = result.table
    since, note = ("days_sent", "first_answer") if result.kind == "first_answer" else ("days", "waiting")
    title = text("charts.curve.waiting", n=number(int(table["at_risk"].max()) if len(table) else 0))
    panels = (_panel(table, "waiting", title, 1.0, "waiting"),) if len(table) else ()
    return Curves(
        panels,
        tuple((day, name, _watched(table, day)) for day, name in _days(table)),
        percentages().ticks,
        text(f"charts.axis.{since}"),
        _half(table),
        text("charts.axis.watched"),
        how="curves",
        notes=(text(f"charts.note.{note}"),),
    )


def answers_over_time(result: Result) -> Curves:
    """A curve for each answer, since one excludes the others."""
    panels = []
    for outcome, part in result.table.groupby("outcome", observed=True):
        what, n = capitalised(text(f"outcomes.event.{outcome}")), number(int(part["n"].max()))
        title = text("charts.curve.answer", outcome=what, n=n)
        panels.append(_panel(part, str(outcome), title, 0.0, "incidence"))
    days = tuple((day, name, "") for day, name in _days(result.table))
    shares_, name, notes = percentages().ticks, text("charts.axis.days"), (text("charts.note.answers"),)
    return Curves(tuple(panels), days, shares_, name, how="curves", notes=notes)


CURVES: dict[str, Callable[[Result], Curves]] = {
    "time_to_answer": time_to_answer,
    "first_answer": time_to_answer,
    "answers_over_time": answers_over_time,
}


def _panel(table: pd.DataFrame, name: str, title: str, start: float, column: str) -> Panel:
    """One curve, with its last figures; the open ones are ticks on the curve of those who wait."""
    known = table.dropna(subset=[column])
    columns = (known.index, known["weeks"], known[column], known["low"], known["high"])
    steps = tuple(
        Step((int(week) + 1) * _WEEK, float(share), float(low), float(high), int(place))
        for place, week, share, low, high in zip(*columns, strict=True)
    )
    if not steps:
        return Panel(name, title, text("charts.too_few_followed"), start, ())
    last = steps[-1]
    key = "waiting" if column == "waiting" else "answer"
    rate = shares(last.share, last.low, last.high)
    told = text(f"charts.curve.last_{key}", days=number(last.day), rate=rate)
    return Panel(name, title, told, start, steps, _lost(table) if column == "waiting" else ())


def _half(table: pd.DataFrame) -> tuple[int, str] | None:
    """The day by which half of them had an answer, as the sentence does; None where it has not come to that."""
    week = median(table.rename(columns={"weeks": "time", "waiting": "survival"}))
    if math.isnan(week):
        return None
    day = (int(week) + 1) * _WEEK
    return day, text("charts.curve.half", days=number(day))


def _lost(table: pd.DataFrame) -> tuple[float, ...]:
    """The days up to which somebody was watched who had no answer: within a week, so in the middle of it."""
    rest = table["at_risk"] - table["ended"] - table["at_risk"].shift(-1, fill_value=0)
    return tuple((int(week) + 0.5) * _WEEK for week in table.loc[rest > 0, "weeks"])


def _days(table: pd.DataFrame) -> list[tuple[int, str]]:
    """The days that are named, from 0 to beyond the last, in even steps of full weeks."""
    weeks = int(table["weeks"].max()) + 1 if len(table) else 1
    step = max(1, -(-weeks // _DAYS))
    return [(day, number(day)) for day in range(0, (weeks + step) * _WEEK, step * _WEEK)]


def _watched(table: pd.DataFrame, day: int) -> str:
    """How many had been waiting for that long, and were still watched."""
    later = table.loc[table["weeks"] >= day // _WEEK, "at_risk"]
    return number(int(later.iloc[0]) if len(later) else 0)
