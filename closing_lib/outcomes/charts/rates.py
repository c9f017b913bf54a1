"""What moved forward, and other shares, as rows: each with its count, its interval, and what the open ones leave."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import number, percent
from closing_lib.outcomes.charts.picture import SHAPES, Axis, Look, Mark, Plan, Row, Rows
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.stages import group_name
from closing_lib.outcomes.questions.wording import capitalised, name_of, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import WORDS, Nudged

_BRACKET = Mark("open", 0, 1, look=Look.BRACKET)
_TICKS = {1: (0, 0.25, 0.5, 0.75, 1), 0.5: (0, 0.1, 0.2, 0.3, 0.4, 0.5)}


def by_group(result: Result) -> Plan:
    """Show `by_tactic`, `by_band`, `by_advice` or `by_thanks`."""
    table, about = result.table, result.about
    title, rows = result.kind, []
    if about["within_bands"]:
        for band, part in reversed([*table.groupby("band", observed=True)]):
            rows += [Row(text(f"outcomes.band.{band}")), *_each(part, _named(about["by"]))]
    else:
        rows += _each(table, _named(about["by"]))
        title += "_across" * (about["by"] != "band")
    return Plan(title, _rows(rows), _notes(table, about["method"], "progressed_means"), _opening(table))


def calibration(result: Result) -> Plan:
    """Show `calibration`: what moved forward by reading, and the readings themselves, which a dashed line joins."""
    table, by = result.table, result.about["by"]
    rows = [
        _rate_row(row, _counted(_reading(by, getattr(row, by)), row.progressed, row.n), others=_expected(row))
        for row in rows_of(table)
    ]
    key = (Mark("expected", 0.5, 0.5, 0.5, "D", Look.POINT), text("charts.key.reading"))
    picture = _rows(rows, others=(key,), joined="expected")
    return Plan("calibration", picture, _notes(table, result.about["method"], "reading"), _opening(table))


def silence(result: Result) -> Plan:
    """Show `silence`: of those silent for so long, how many still hear."""
    silent = [row for row in rows_of(result.table) if row.silent]
    rows = [_rate_row(row, _counted(text("charts.label.days", days=row.days), row.heard, row.silent)) for row in silent]
    opening = [text("charts.opening.silence", days=row.days, n=number(row.silent)) for row in silent[:1]]
    return Plan("silence", _rows(rows), (text("charts.note.silence"),), " ".join(opening))


def asked_again(result: Result) -> Plan:
    """Show `asked_again`: those who were asked again in a week, and those who were not by then."""
    rows: list[Row] = []
    for days, part in result.table.groupby("days"):
        rows.append(Row(text("charts.label.days", days=days)))
        for row, name, shape in ((row, *_named("nudged")(row)) for row in rows_of(part)):
            rows.append(_rate_row(row, _counted(name, row.heard, row.silent), shape))
    asked = result.table[result.table["nudged"] == Nudged.YES]
    opening = text("charts.opening.asked_again", n=total(asked, "silent"))
    return Plan("asked_again", _rows(rows), (text("charts.note.silence"),), opening)


def funnel(result: Result) -> Plan:
    """Show `funnel`: how many came as far as each round, and how many of them further."""
    table = result.table
    rows: list[Row] = []
    for row in rows_of(table):
        if row.held:
            where = text(f"results.funnel.round.{row.round}")
            rows.append(Row(text("charts.label.held", round=capitalised(where), n=number(row.held))))
            rows.append(_rate_row(row, _counted(text("charts.label.further"), row.further, row.n)))
    held = int(table["held"].max()) if len(table) else 0
    return Plan(
        "funnel",
        _rows(rows, "further"),
        _notes(table, result.about["method"], "funnel"),
        text("charts.opening.funnel", n=number(held)),
    )


def stages(result: Result) -> Plan:
    """Show `stages`: how many applications came to each stage, and how many of them further."""
    rows: list[Row] = []
    for row in rows_of(result.table):
        what = text(f"results.stages.stage.{row.stage}")
        rows.append(Row(text("charts.label.stage", what=what, n=number(row.reached))))
        if row.stage in ("applied", "interview"):
            went = text(f"results.stages.went.{row.stage}")
            rows.append(_rate_row(row, _counted(went, row.further, row.n)))
    sent = number(int(result.table["reached"].max()))
    opening = text("charts.opening.stages", n=sent)
    return Plan("stages", _rows(rows, "further"), _notes(result.table, "wilson"), opening)


def invited(result: Result) -> Plan:
    """Show `invited`: which applications led to an interview or next step, by groups that people named."""
    by = result.about["by"]
    rows = [
        _rate_row(row, _counted(group_name(by, getattr(row, by)), row.progressed, row.n))
        for row in rows_of(result.table)
    ]
    return Plan(f"invited_{by}", _rows(rows), _notes(result.table, "wilson"), text("charts.opening.invited"))


def discipline(result: Result) -> Plan:
    """Show `discipline`: how often the plan was kept."""
    rows = [
        _rate_row(row, _counted(capitalised(text(f"charts.habit.{row.habit}")), row.kept, row.n))
        for row in rows_of(result.table) if row.n
    ]  # fmt: skip
    return Plan("discipline", _rows(rows), (text(f"charts.note.{result.about['method']}"),))


def percentages(last: float = 1, **words: Any) -> Axis:
    """Give an axis of shares, up to all of them or to half of them."""
    ticks = tuple((share, percent(share)) for share in _TICKS[last])
    return Axis(ticks, words.pop("name", ""), **words)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """Give the rows of a result, each with its columns as attributes."""
    return [*table.itertuples()]


def few(n: int) -> str:
    """Say why there is no percentage: too few, or too few people."""
    if not n:
        return text("charts.no_answer")
    return text(f"outcomes.{'few' if n < MIN_N else 'few_people'}", needed=MIN_N)


def total(table: pd.DataFrame, name: str) -> str:
    """Write the sum of a column of counts."""
    return number(int(table[name].sum()))


def _reading(by: str, value: Any) -> str:
    if by == "band":
        return name_of("band", value)
    return text("results.calibration.score", share=percent(value / 10))


def _expected(row: Any) -> tuple[Mark, ...]:
    if math.isnan(row.expected):
        return ()
    return (Mark("expected", row.expected, row.expected, row.expected, "D", Look.POINT),)


def _each(table: pd.DataFrame, named: Callable[[Any], tuple[str, str]]) -> list[Row]:
    each = [(row, *named(row)) for row in rows_of(table)]
    return [_rate_row(row, _counted(name, row.progressed, row.n), shape) for row, name, shape in each]


def _named(group: str) -> Callable[[Any], tuple[str, str]]:
    """Give what names the group of a row, and the shape of its mark: each value has its own in every chart."""

    def named(row: Any) -> tuple[str, str]:
        value = getattr(row, group)
        shape = SHAPES[WORDS[group].index(str(value)) % len(SHAPES)]
        name = name_of(group, value) if group in ("used", "band") else text(f"charts.short.{group}.{value}")
        return capitalised(name), shape

    return named


def _rate_row(row: Any, label: str, shape: str = "o", others: tuple[Mark, ...] = ()) -> Row:
    if math.isnan(row.rate):
        told = few(row.n) if hasattr(row, "n") else text("charts.too_few_followed")
        return Row(label, (), told, row.Index)
    marks = (*others, Mark("rate", row.low, row.high, row.rate, shape))
    if hasattr(row, "if_open_fail") and (row.open or row.no_reply):
        marks = (*marks, Mark("open", row.if_open_fail, row.if_open_succeed, look=Look.BRACKET))
    return Row(label, marks, shares(row.rate, row.low, row.high), row.Index)


def _counted(name: str, k: int, n: int) -> str:
    return text("charts.label.counted", name=name, k=number(k), n=number(n))


def _rows(
    rows: list[Row], told: str = "progressed", others: tuple[tuple[Mark, str], ...] = (), joined: str = ""
) -> Rows:
    """Put rows on an axis of shares, with what their marks mean where there is more than one kind of them."""
    if any(mark.look is Look.BRACKET for row in rows for mark in row.marks):
        others = (*others, (_BRACKET, text(f"charts.key.open_{told}")))
    key = ((Mark("rate", 0, 1, 0.5), text(f"charts.key.{told}")), *others) if others else ()
    return Rows(tuple(rows), percentages(), key, joined)


def _notes(table: pd.DataFrame, *keys: str) -> tuple[str, ...]:
    found = [text(f"charts.note.{key}") for key in keys]
    if table[["open", "withdrew"]].to_numpy().sum():
        found.append(text("charts.note.aside", open=total(table, "open"), withdrew=total(table, "withdrew")))
    return tuple(found)


def _opening(table: pd.DataFrame) -> str:
    counts = {name: total(table, name) for name in ("n", "progressed", "open")}
    return text("charts.opening.rates", **counts)
