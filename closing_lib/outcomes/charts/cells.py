"""A result as a table to be read: its columns named, its counts, shares and intervals written as the language does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from closing_lib.content import text
from closing_lib.content.figures import decimal, hundredths, number, percent, points, ratio
from closing_lib.outcomes.questions.stages import group_name
from closing_lib.outcomes.questions.wording import capitalised, name_of, ratios
from closing_lib.outcomes.result import SENTENCE, Result

_INTERVALS = {
    "low": "high",
    "naive_low": "naive_high",
    "saved_low": "saved_high",
    "odds_low": "odds_high",
    "if_worst": "if_best",
}  # each is one cell together with its other end
_SHARES = {
    "rate", "rate_against", "expected", "if_open_fail", "if_open_succeed", "waiting", "incidence", "base_rate", "skill",
    "chance", "level",
}  # fmt: skip
_SCORES = {"brier", "always_base", "saved"}
_RATIOS = {"odds_ratio"}
_POINTS = {"risk_difference", "naive_difference", "if_worst", "if_best"}
_P = {"p_value", "p_holm", "p_differ"}
_PRIOR = {"prior_k", "prior_n", "design_effect", "effective_n"}
_DAYS_TO_A_WEEK = 7
_OTHER = {  # columns that mean another thing in one result than in the others
    ("silence", "progressed"): "well",
    ("discipline", "n"): "due",
    ("answers_over_time", "n"): "so_far",
    ("bounds", "low"): "bounds_interval",
    ("silence", "rate"): "hears",
    ("asked_again", "rate"): "hears",
    ("adjusted", "low"): "adjusted_low",
    ("adjusted", "if_worst"): "adjusted_if_worst",
    ("stages", "n"): "settled",
    ("stages", "reached"): "stage_reached",
    ("invited", "n"): "settled",
    ("randomised", "low"): "interval_975",
}


@dataclass(frozen=True)
class Cells:
    """A table to be read.

    Attributes
    ----------
    names : tuple of str
        The columns.
    rows : tuple of tuple of str
        What stands in them.
    said : tuple of str
        Each row in plain words.
    title, said_title : str
        What the table is called, and the rows in plain words.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]
    title: str
    said_title: str


def cells(result: Result) -> Cells:
    """Write a result as a table to be read."""
    columns = [str(name) for name in result.table if name not in (SENTENCE, *_INTERVALS.values())]
    names = tuple(text(f"charts.column.{_OTHER.get((result.kind, name), name)}") for name in columns)
    rows = tuple(zip(*(_write(result, name) for name in columns), strict=True))
    said = tuple(map(str, result.table[SENTENCE]))
    return Cells(names, rows, said, text("charts.fold.table"), text("charts.fold.words"))


def _write(result: Result, name: str) -> list[str]:
    table = result.table
    if name in _INTERVALS:
        write = ratios if name == "odds_low" else _RANGES.get(result.kind, _range)
        return [_known(write, *ends) for ends in zip(table[name], table[_INTERVALS[name]], strict=True)]
    write_one = _writer(result.about["by"] if name == "against" else name)  # both have names of the same kind
    return [_known(write_one, value) for value in table[name]]


def _writer(name: str) -> Callable[[Any], str]:
    return next((write for names, write in _NUMBERS if name in names), None) or _WORDS.get(name, number)


def _known(write: Callable[..., str], *values: Any) -> str:
    if any(value is None or (isinstance(value, float) and math.isnan(value)) for value in values):
        return text("charts.missing")
    return write(*values)


def _range(low: float, high: float) -> str:
    return text("charts.range", low=percent(low), high=percent(high))


def _score_range(low: float, high: float) -> str:
    return text("charts.range", low=hundredths(low), high=hundredths(high))


def _points_range(low: float, high: float) -> str:
    return text("charts.range", low=points(low), high=points(high))


def _ratio(value: float) -> str:
    return text("charts.unbounded") if math.isinf(value) else ratio(value)


def _p(value: float) -> str:
    return text("charts.under", p=decimal(0.01)) if value < 0.01 else decimal(value)


def _named(column: str) -> Callable[[Any], str]:
    return lambda value: capitalised(name_of(column, value))


_RANGES: dict[str, Callable[[float, float], str]] = {
    "adjusted": _points_range,
    "brier": _score_range,
    "randomised": _points_range,
}
_NUMBERS: list[tuple[set[str], Callable[[Any], str]]] = [
    (_SHARES, percent),
    (_SCORES, hundredths),
    (_RATIOS, _ratio),
    (_POINTS, points),
    (_P, _p),
    (_PRIOR, decimal),
]
_WORDS: dict[str, Callable[[Any], str]] = {
    **{name: _named(name) for name in ("band", "used", "followed", "thanks", "nudged")},
    **{name: partial(group_name, name) for name in ("role", "source", "month")},
    "stage": lambda value: text(f"results.stages.stage.{value}"),
    "outcome": lambda value: capitalised(text(f"outcomes.event.{value}")),
    "round": lambda value: capitalised(text(f"results.funnel.round.{value}")),
    "habit": lambda value: capitalised(text(f"charts.habit.{value}")),
    "information": lambda value: capitalised(text(f"charts.says.{value}")),
    "finding": lambda value: capitalised(text(f"charts.finding.{value}")),
    "test": lambda value: capitalised(text(f"charts.test.{value}")),
    "pair": lambda value: capitalised(text(f"charts.pair.{value}")),
    "weeks": lambda value: number((value + 1) * _DAYS_TO_A_WEEK),
    "score": lambda value: percent(value / 10),
}
