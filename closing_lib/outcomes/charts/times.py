"""Results over time as curves: how many are still waiting, and how many have had which answer."""

from __future__ import annotations

import math

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.outcomes.charts.picture import Curves, Panel, Plan, Step
from closing_lib.outcomes.charts.rates import percentages
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.wording import capitalised, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.survival import median

_WEEK = 7
_DAYS = 6  # as many are named at most


def time_to_answer(result: Result) -> Plan:
    """Show `time_to_answer` or `first_answer`: the share still waiting, a tick where open ones were lost sight of."""
    table = result.table
    since, note = ("days_sent", "first_answer") if result.kind == "first_answer" else ("days", "waiting")
    steps = _steps(table, "waiting")
    told = _last(steps, "waiting") if steps else text("outcomes.few", needed=MIN_N)
    first = int(table["at_risk"].max()) if len(table) else 0
    panel = Panel(
        "waiting", text("charts.curve.waiting", n=number(first)), told, 1.0, steps, _lost(table) if steps else ()
    )
    days = tuple((day, name, _watched(table, day)) for day, name in _days(table))
    panels = (panel,) if len(table) else ()
    picture = Curves(
        panels, days, percentages().ticks, text(f"charts.axis.{since}"), _half(table), text("charts.axis.watched")
    )
    return Plan(result.kind, picture, (text(f"charts.note.{note}"),), how="curves")


def answers_over_time(result: Result) -> Plan:
    """Show `answers_over_time`: a curve for each answer, since one excludes the others."""
    table = result.table
    panels = []
    for outcome, part in table.groupby("outcome", observed=True):
        steps = _steps(part, "incidence")
        title = text(
            "charts.curve.answer",
            outcome=capitalised(text(f"outcomes.event.{outcome}")),
            n=number(int(part["n"].max())),
        )
        told = _last(steps, "answer") if steps else text("outcomes.few", needed=MIN_N)
        panels.append(Panel(f"{outcome}", title, told, 0.0, steps))
    days = tuple((day, name, "") for day, name in _days(table))
    picture = Curves(tuple(panels), days, percentages().ticks, text("charts.axis.days"))
    return Plan("answers_over_time", picture, (text("charts.note.answers"),), how="curves")


def _steps(table: pd.DataFrame, name: str) -> tuple[Step, ...]:
    known = table.dropna(subset=[name])
    columns = (known.index, known["weeks"], known[name], known["low"], known["high"])
    return tuple(
        Step((int(week) + 1) * _WEEK, float(share), float(low), float(high), int(place))
        for place, week, share, low, high in zip(*columns, strict=True)
    )


def _half(table: pd.DataFrame) -> tuple[int, str] | None:
    """Give the day by which half of them had an answer, as the sentence does; None where it has not come to that."""
    week = median(table.rename(columns={"weeks": "time", "waiting": "survival"}))
    if math.isnan(week):
        return None
    day = (int(week) + 1) * _WEEK
    return day, text("charts.curve.half", days=number(day))


def _last(steps: tuple[Step, ...], key: str) -> str:
    last = steps[-1]
    return text(f"charts.curve.last_{key}", days=number(last.day), rate=shares(last.share, last.low, last.high))


def _lost(table: pd.DataFrame) -> tuple[float, ...]:
    """Give the days up to which somebody was watched who had no answer: within a week, so in the middle of it."""
    rest = table["at_risk"] - table["ended"] - table["at_risk"].shift(-1, fill_value=0)
    return tuple((int(week) + 0.5) * _WEEK for week in table.loc[rest > 0, "weeks"])


def _days(table: pd.DataFrame) -> list[tuple[int, str]]:
    """Give the days that are named, from 0 to beyond the last, in even steps of full weeks."""
    weeks = int(table["weeks"].max()) + 1 if len(table) else 1
    step = max(1, -(-weeks // _DAYS))
    return [(day, number(day)) for day in range(0, (weeks + step) * _WEEK, step * _WEEK)]


def _watched(table: pd.DataFrame, day: int) -> str:
    """Write how many had been waiting for that long, and were still watched."""
    later = table.loc[table["weeks"] >= day // _WEEK, "at_risk"]
    return number(int(later.iloc[0]) if len(later) else 0)
