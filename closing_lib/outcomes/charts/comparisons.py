"""Ways compared with each other, as rows: odds ratios, the counts in each band, and how many answers it would take."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import decimal, number, percent
from closing_lib.outcomes.charts.picture import Axis, Look, Mark, Plan, Row, Rows
from closing_lib.outcomes.charts.rates import rows_of
from closing_lib.outcomes.questions.compared import Finding, Information
from closing_lib.outcomes.questions.randomised import points
from closing_lib.outcomes.questions.wording import name_of, ratios
from closing_lib.outcomes.result import Result

_RATIOS = {5: (0.2, 0.5, 1, 2, 5), 20: (0.05, 0.2, 1, 5, 20), 100: (0.01, 0.1, 1, 10, 100)}
_STEPS = (1, 2, 5)


def adjusted(result: Result) -> Plan:
    """Show `adjusted`: each comparison within bands, and the naive one below it, on a scale of ratios."""
    table, by = result.table, result.about["by"]
    rows = [part for row in rows_of(table) for part in _compared(row, by)]
    ends = (text("charts.axis.fewer"), text("charts.axis.more"))
    line = (1.0, text("charts.axis.no_difference"))
    ticks = tuple((value, decimal(value)) for value in _scale(table))
    axis = Axis(ticks, text("charts.axis.odds_ratio"), ends, line, is_log=True)
    found = {finding: int((table["finding"] == finding).sum()) for finding in map(str, Finding)}
    opening = text("charts.opening.adjusted", of=len(table), **found)
    notes = (text("charts.note.adjusted"), text("charts.note.several"))
    return Plan("adjusted", Rows(tuple(rows), axis), notes, opening, "adjusted")


def strata(result: Result) -> Plan:
    """Show `strata`: the counts behind each comparison, band by band, and which say nothing."""
    table, by = result.table, result.about["by"]
    rows: list[Row] = []
    for row in rows_of(table):
        title = f"{_against(row, by)} · {text(f'outcomes.band.{row.band}')}"
        rows.append(Row(title))
        if row.information != Information.NO_ANSWER:
            rows.append(_count_row(row, by, "", row.n, row.progressed))
            rows.append(_count_row(row, by, "_against", row.n_against, row.progressed_against))
        if row.information != Information.YES:
            rows.append(Row("", (), text(f"charts.information.{row.information}"), row.Index))
    most = int(table[["n", "n_against"]].to_numpy().max(initial=1))
    key = (
        (Mark("progressed", 0, 1, look=Look.BAR), text("charts.key.progressed_bar")),
        (Mark("n", 0, 1, look=Look.OUTLINE), text("charts.key.not_on_bar")),
    )
    telling = int((table["information"] == Information.YES).sum())
    opening = text("charts.opening.strata", n=telling, of=len(table))
    axis = Axis(_counts(most), text("charts.axis.answered"))
    return Plan("strata", Rows(tuple(rows), axis, key), (text("charts.note.strata"),), opening, "strata")


def randomised(result: Result) -> Plan:
    """Show `randomised`: the difference in points of a hundred, of all that were drawn, then of each pair."""
    table = result.table
    rows = [part for row in rows_of(table) for part in _difference(row)]
    ends = (text("charts.axis.fewer"), text("charts.axis.more"))
    farthest = max((abs(end) for end in table[["low", "high"]].to_numpy().ravel() if not math.isnan(end)), default=0)
    top = next((end for end in (0.1, 0.2, 0.5) if farthest <= end), 1)
    ticks = tuple((share * top, points(share * top)) for share in (-1, -0.5, 0, 0.5, 1))
    axis = Axis(ticks, text("charts.axis.points"), ends, (0.0, text("charts.axis.no_difference")))
    opening = text("charts.opening.randomised", n=number(int(table[["n", "n_against"]].head(1).to_numpy().sum())))
    return Plan("randomised", Rows(tuple(rows), axis), (text("charts.note.randomised"),), opening, "randomised")


def power(result: Result) -> Plan:
    """Show `power`: how many answers there are with each question, and how many it would take."""
    table = result.table
    rows = [part for row in rows_of(table) for part in _needed(row)]
    key = (
        (Mark("n", 0, 1, look=Look.BAR), text("charts.key.there")),
        (Mark("needed", 0, 1, look=Look.OUTLINE), text("charts.key.needed")),
    )
    axis = Axis(_counts(int(table["needed"].max()) if len(table) else 1), text("charts.axis.answers"))
    opening = text("charts.opening.power", of=len(table), enough=int((table["more"] == 0).sum()))
    return Plan("power", Rows(tuple(rows), axis, key), (text("charts.note.power"),), opening, "power")


def _compared(row: Any, by: str) -> Iterator[Row]:
    yield Row(_against(row, by))
    within = text("charts.label.within", n=number(row.n_compared))
    yield _ratio_row(within, Mark("odds_ratio", row.low, row.high, row.odds_ratio), row.Index)
    counts = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    naive = text("charts.label.naive", **{name: number(count) for name, count in counts.items()})
    mark = Mark("naive_odds_ratio", row.naive_low, row.naive_high, row.naive_odds_ratio, "s", Look.HOLLOW)
    yield _ratio_row(naive, mark, row.Index)


def _difference(row: Any) -> Iterator[Row]:
    yield Row(_upper(text(f"charts.pair.{row.pair}")))
    counts = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    label = text("charts.label.drawn", **{name: number(count) for name, count in counts.items()})
    if math.isnan(row.risk_difference):
        yield Row(label, (), text("charts.too_few"), row.Index)
        return
    told = f"{points(row.risk_difference)} ({text('charts.range', low=points(row.low), high=points(row.high))})"
    yield Row(label, (Mark("risk_difference", row.low, row.high, row.risk_difference),), told, row.Index)


def _ratio_row(label: str, mark: Mark, place: int) -> Row:
    if mark.at is None or math.isnan(mark.at) or math.isnan(mark.low):
        return Row(label, (), text("charts.too_few"), place)
    ratio = text("results.without_bound") if math.isinf(mark.at) else decimal(mark.at)
    return Row(label, (mark,), f"{ratio} ({ratios(mark.low, mark.high)})", place)


def _scale(table: pd.DataFrame) -> tuple[float, ...]:
    """Give the values named on a scale of ratios, as far as the intervals go."""
    columns = [name for name in ("low", "high", "naive_low", "naive_high") if name in table]
    ends = [float(end) for end in table[columns].to_numpy(dtype=float).ravel() if 0 < end < math.inf]
    farthest = max((max(end, 1 / end) for end in ends), default=1)
    return next((values for most, values in _RATIOS.items() if farthest <= most), _RATIOS[100])


def _count_row(row: Any, by: str, side: str, n: int, progressed: int) -> Row:
    who = name_of(by, row.against if side else getattr(row, by))
    marks = (
        (Mark(f"n{side}", 0, n, look=Look.OUTLINE), Mark(f"progressed{side}", 0, progressed, look=Look.BAR))
        if n
        else ()
    )
    label = text("charts.label.counted", name=_upper(who), k=number(progressed), n=number(n))
    return Row(label, tuple(mark for mark in marks if mark.high), "", row.Index)


def _needed(row: Any) -> Iterator[Row]:
    figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
    yield Row(text("charts.label.power", against=_against(row, "used"), **figures))
    for side, who, n in (("", row.used, row.n), ("_against", row.against, row.n_against)):
        there = Mark(f"n{side}", 0, min(n, row.needed), look=Look.BAR)
        needed = Mark(f"needed{side}", 0, row.needed, look=Look.OUTLINE)
        told = text("charts.label.of_needed", n=number(n), needed=number(row.needed))
        yield Row(_upper(name_of("used", who)), (needed, there) if n else (needed,), told, row.Index)


def _counts(most: int) -> tuple[tuple[float, str], ...]:
    """Give up to six values of an axis of counts, at even steps, the last beyond the most."""
    scale = 10 ** max(0, len(str(most)) - 2)
    step = next(step for size in (scale, 10 * scale) for step in (size, 2 * size, 5 * size) if step * 5 >= most)
    return tuple((float(value), number(value)) for value in range(0, most + step, step))


def _against(row: Any, by: str) -> str:
    return text("charts.label.against", one=_upper(name_of(by, getattr(row, by))), other=name_of(by, row.against))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
