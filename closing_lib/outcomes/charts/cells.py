"""A result as a table to be read: its columns named, its counts, shares and intervals written as the language does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from closing_lib.content import text
from closing_lib.content.figures import decimal, hundredths, number, percent, points, ratio
from closing_lib.outcomes.questions.stages import group_name
from closing_lib.outcomes.questions.wording import capitalised, digits_of, name_of, ratios
from closing_lib.outcomes.result import SENTENCE, Result

_ENDS = {  # each is one cell together with its other end
    "low": "high", "naive_low": "naive_high", "saved_low": "saved_high", "odds_low": "odds_high", "if_worst": "if_best",
}  # fmt: skip
_OTHER = {  # columns that mean another thing in one result than in the others
    "silence": {"progressed": "well", "rate": "hears"},
    "asked_again": {"rate": "hears"},
    "discipline": {"n": "due"},
    "answers_over_time": {"n": "so_far"},
    "bounds": {"low": "bounds_interval"},
    "adjusted": {"low": "adjusted_low", "if_worst": "adjusted_if_worst"},
    "stages": {"n": "settled", "reached": "stage_reached"},
    "invited": {"n": "settled"},
    "randomised": {"low": "interval_975"},
}


@dataclass(frozen=True)
class Cells:
    """A table to be read, in the language in which it was made."""

    names: tuple[str, ...]  # of the columns
    rows: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]  # each row in plain words
    folds: tuple[str, str]  # what the table is called, and the rows in plain words

    def html(self, title: str) -> str:
        """The table, and the same in words, each to be unfolded."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.names)
        body = ""
        for row in self.rows:
            first, *others = map(escape, row)
            body += f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"
        table = (
            f'<div class="ck-chart-scroll" role="region" tabindex="0" aria-label="{escape(title)}">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        words = "".join(f"<li>{escape(said)}</li>" for said in self.said)
        parts = zip(self.folds, (table, f"<ul>{words}</ul>"), strict=True)
        return "".join(f"<details><summary>{escape(fold)}</summary>{part}</details>" for fold, part in parts)


def cells(result: Result) -> Cells:
    """Write a result as a table to be read."""
    columns = [str(name) for name in result.table if name not in (SENTENCE, *_ENDS.values())]
    own = _OTHER.get(result.kind, {})
    names = tuple(text(f"charts.column.{own.get(name, name)}") for name in columns)
    rows = tuple(zip(*(_column(result, name) for name in columns), strict=True))
    return Cells(names, rows, tuple(result.table[SENTENCE]), (text("charts.fold.table"), text("charts.fold.words")))


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


def _range(write: Callable[[float, int], str], low: float, high: float) -> str:
    digits = digits_of(low, high)
    return text("charts.range", low=write(low, digits), high=write(high, digits))


def _ratio(value: float) -> str:
    return text("charts.unbounded") if math.isinf(value) else ratio(value)


def _p(value: float) -> str:
    return text("charts.under", p=decimal(0.01)) if value < 0.01 else decimal(value)


def _named(column: str, value: Any) -> str:
    return capitalised(name_of(column, value))


def _worded(key: str, value: Any) -> str:
    return capitalised(text(f"{key}.{value}"))


_SCALES: dict[str, Callable[[float, int], str]] = {"adjusted": points, "randomised": points, "brier": hundredths}
_WRITE: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("rate", "rate_against", "expected", "if_open_fail", "if_open_succeed", "waiting"), percent),
    **dict.fromkeys(("incidence", "base_rate", "skill", "chance", "level"), percent),
    **dict.fromkeys(("brier", "always_base", "saved"), hundredths),
    **dict.fromkeys(("risk_difference", "naive_difference"), points),
    **dict.fromkeys(("prior_k", "prior_n", "design_effect", "effective_n"), decimal),
    **dict.fromkeys(("p_value", "p_holm", "p_differ"), _p),
    "odds_ratio": _ratio,
    **{name: partial(_named, name) for name in ("band", "used", "followed", "thanks", "nudged")},
    **{name: partial(group_name, name) for name in ("role", "source", "month")},
    **{name: partial(_worded, f"charts.{name}") for name in ("habit", "finding", "test", "pair")},
    "information": partial(_worded, "charts.says"),
    "outcome": partial(_worded, "outcomes.event"),
    "round": partial(_worded, "results.funnel.round"),
    "stage": lambda value: text(f"results.stages.stage.{value}"),
    "weeks": lambda value: number((value + 1) * 7),
    "score": lambda value: percent(value / 10),
}
