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

Write = Callable[[Any], str]
_ENDS = {  # each is one cell together with its other end
    "low": "high", "naive_low": "naive_high", "saved_low": "saved_high", "odds_low": "odds_high", "if_worst": "if_best",
}  # fmt: skip
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
    """A table to be read, in the language in which it was made."""

    names: tuple[str, ...]  # of the columns
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]  # each row in plain words
    title: str  # what the table is called
    said_title: str  # what the rows in plain words are called


def cells(result: Result) -> Cells:
    """Write a result as a table to be read."""
    columns = [str(name) for name in result.table if name not in (SENTENCE, *_ENDS.values())]
    names = tuple(text(f"charts.column.{_OTHER.get((result.kind, name), name)}") for name in columns)
    rows = tuple(zip(*(_column(result, name) for name in columns), strict=True))
    said = tuple(map(str, result.table[SENTENCE]))
    return Cells(names, rows, said, text("charts.fold.table"), text("charts.fold.words"))


def _column(result: Result, name: str) -> list[str]:
    table = result.table
    if name in _ENDS:
        write = ratios if name == "odds_low" else partial(_range, _SCALES.get(result.kind, percent))
        return [_known(write, *ends) for ends in zip(table[name], table[_ENDS[name]], strict=True)]
    kind = result.about["by"] if name == "against" else name  # both have names of the same kind
    return [_known(_WRITE.get(kind, number), value) for value in table[name]]


def _known(write: Callable[..., str], *values: Any) -> str:
    if any(value is None or (isinstance(value, float) and math.isnan(value)) for value in values):
        return text("charts.missing")
    return write(*values)


def _range(write: Write, low: float, high: float) -> str:
    return text("charts.range", low=write(low), high=write(high))


def _ratio(value: float) -> str:
    return text("charts.unbounded") if math.isinf(value) else ratio(value)


def _p(value: float) -> str:
    return text("charts.under", p=decimal(0.01)) if value < 0.01 else decimal(value)


def _named(column: str) -> Write:
    return lambda value: capitalised(name_of(column, value))


def _worded(key: str) -> Write:
    return lambda value: capitalised(text(f"{key}.{value}"))


_SCALES: dict[str, Write] = {"adjusted": points, "randomised": points, "brier": hundredths}  # of intervals
_WRITE: dict[str, Write] = {
    **dict.fromkeys(("rate", "rate_against", "expected", "if_open_fail", "if_open_succeed", "waiting"), percent),
    **dict.fromkeys(("incidence", "base_rate", "skill", "chance", "level"), percent),
    **dict.fromkeys(("brier", "always_base", "saved"), hundredths),
    **dict.fromkeys(("risk_difference", "naive_difference"), points),
    **dict.fromkeys(("prior_k", "prior_n", "design_effect", "effective_n"), decimal),
    **dict.fromkeys(("p_value", "p_holm", "p_differ"), _p),
    "odds_ratio": _ratio,
    **{name: _named(name) for name in ("band", "used", "followed", "thanks", "nudged")},
    **{name: partial(group_name, name) for name in ("role", "source", "month")},
    **{name: _worded(f"charts.{name}") for name in ("habit", "finding", "test", "pair")},
    "information": _worded("charts.says"),
    "outcome": _worded("outcomes.event"),
    "round": _worded("results.funnel.round"),
    "stage": lambda value: text(f"results.stages.stage.{value}"),
    "weeks": lambda value: number((value + 1) * 7),
    "score": lambda value: percent(value / 10),
}
