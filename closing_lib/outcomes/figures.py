"""All figures of all results in one tidy table: one row a figure, to take along, to check and to keep."""

from __future__ import annotations

import datetime as dt
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.clock import today
from closing_lib.outcomes.analysis import ANALYSES, APPLICATION_ANALYSES, Analysis
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.result import SENTENCE, Result

# What names the group of a row, in any result; all other columns of a table are figures.
GROUP_WORDS = [
    "round", "band", "used", "followed", "thanks", "against", "outcome", "habit", "nudged", "stage", "role", "source",
    "month",
]  # fmt: skip
GROUP_NUMBERS = ["score", "weeks", "days"]
_SUCCEEDED = ["heard", "progressed", "further", "kept"]  # the count of a rate, by the result's own name for it
_ENDS = {("bounds", "low"): "if_open_fail"}  # an end of an interval whose figure is not the one before it
_LEVEL = 0.95
_MADE_WITH = {"kit": "closing-kit", "pandas": "pandas", "numpy": "numpy", "scipy": "scipy"}

COLUMNS: Mapping[str, str] = {
    "question": "str",
    "result": "str",
    "row": "Int64",
    **dict.fromkeys(GROUP_WORDS, "str"),
    **dict.fromkeys(GROUP_NUMBERS, "Int64"),
    "figure": "str",
    "value": "float64",
    "words": "str",
    "low": "float64",
    "high": "float64",
    "level": "float64",
    "method": "str",
    **dict.fromkeys(["k", "n", "open", "withdrew"], "Int64"),
    "as_of": "str",
    **dict.fromkeys([*_MADE_WITH, "python"], "str"),
}


@validate_call
def figures(t: Tally, as_of: dt.date | None = None, applications: Tally | None = None) -> pd.DataFrame:
    """All figures of the results of `ANALYSES`, one row each: ``figures(t).to_csv("figures.csv", index=False)``.

    ``pandas.read_csv("figures.csv", dtype=closing_lib.outcomes.figures.COLUMNS)`` reads them back as they were.

    The day as of which the tally was counted, today where none is given, is written beside them. `APPLICATION_ANALYSES`
    are asked of ``applications``, where `closing_lib.outcomes.applications` of the log is given.

    Returns
    -------
    pandas.DataFrame
        ``question``, the name in `ANALYSES`; ``result``, its kind; ``row`` of the result's table, missing for what is
        said of the whole; the columns by which the row's group is known (`GROUP_WORDS`, `GROUP_NUMBERS`), each missing
        where the result is not counted by it; ``figure``, the column of the
        table; its ``value``, or ``words`` where it is no number; ``low``, ``high``, their ``level`` and the
        ``method``, for what has an interval; the counts behind the row, ``k`` of ``n``, ``open`` and ``withdrew``;
        ``as_of``; and the versions of what made them: ``kit``, ``pandas``, ``numpy``, ``scipy``, ``python``.

        Of each result, the figure ``sentence`` is the whole in words, with its caveats. What the tally cannot answer
        is one row, ``unanswered``, with the reason.
    """
    rows = [row for one in ANALYSES for row in _of_question(one, t)]
    if applications is not None:
        rows += [row for one in APPLICATION_ANALYSES for row in _of_question(one, applications)]
    made = {name: version(package) for name, package in _MADE_WITH.items()} | {"python": platform.python_version()}
    found = pd.DataFrame(rows).assign(as_of=(as_of or today()).isoformat(), **made)
    return found.reindex(columns=[*COLUMNS]).astype(COLUMNS)


def _of_question(asked: Analysis, t: pd.DataFrame) -> Iterator[dict[str, Any]]:
    if reason := asked.lacking(t):
        yield {"question": asked.name, "figure": "unanswered", "words": reason}
        return
    for make in asked.results:
        try:
            result = make(t)
        except ValueError as error:
            yield {"question": asked.name, "figure": "unanswered", "words": str(error)}
            continue
        for row in _of_result(result):
            yield {"question": asked.name, "result": result.kind, **row}


def _of_result(result: Result) -> Iterator[dict[str, Any]]:
    yield {"figure": SENTENCE, "words": result.sentence}
    ends = _ends(result)
    for place, row in enumerate(result.table.to_dict("records")):
        group = {name: row[name] for name in [*GROUP_WORDS, *GROUP_NUMBERS] if name in row}
        succeeded = next((row[name] for name in _SUCCEEDED if name in row), None)
        counts = {"k": succeeded, **{name: row.get(name) for name in ("n", "open", "withdrew")}}
        beside = {*group, SENTENCE, *(end for one in ends.values() for end in one.values())}
        for name in [name for name in result.table if name not in beside]:
            interval = {end: row[column] for end, column in ends[name].items()} if name in ends else {}
            level = row.get("level" if name == "risk_difference" else "", result.about.get("level", _LEVEL))
            method = {"level": level, "method": result.about.get("method", row.get("test"))} if interval else {}
            yield {"row": place, **group, "figure": str(name), **_value(row[name]), **interval, **method, **counts}


def _ends(result: Result) -> dict[str, dict[str, str]]:
    """The columns that hold the ends of each figure's interval: they follow it in the table."""
    found: dict[str, dict[str, str]] = {}
    figure = ""
    for name in map(str, result.table):
        end = name.rpartition("_")[2]
        if end in ("low", "high"):
            found.setdefault(_ENDS.get((result.kind, name), figure), {})[end] = name
        else:
            figure = name
    return found


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"words": value}
    return {"value": None if pd.isna(value) else float(value)}
