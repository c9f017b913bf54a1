"""What is drawn besides rates from counts: the Brier score, bounds for silence, rates pulled toward a prior."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from closing_lib.content import text
from closing_lib.content.figures import decimal, hundredths, number, percent
from closing_lib.outcomes.charts.picture import Axis, Look, Mark, Plan, Row, Rows
from closing_lib.outcomes.charts.rates import few, percentages, rows_of, total
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.wording import named, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import rate_interval, shrink


def brier(result: Result) -> Plan:
    """Show `brier`: the score of the readings, and what always saying the usual rate would score."""
    rows: list[Row] = []
    for row in rows_of(result.table):
        label = text("charts.label.brier", n=number(row.n))
        if math.isnan(row.brier):
            rows.append(Row(label, (), text("charts.too_few_followed"), row.Index))
            continue
        rows += _scores(row, label)
    last = 0.5 if all(mark.high <= 0.5 for row in rows for mark in row.marks) else 1.0
    ticks = tuple((last * part / 4, hundredths(last * part / 4)) for part in range(5))
    axis = Axis(ticks, text("charts.axis.brier"), (text("charts.axis.best"), ""))
    return Plan("brier", Rows(tuple(rows), axis), (text("charts.note.brier"),))


def bounds(result: Result) -> Plan:
    """Show `bounds`: between what each rate lies whatever becomes of the open ones, chance included."""
    table, by = result.table, result.about["by"]
    rows = []
    for row in rows_of(table):
        counts = {"k": number(row.progressed), "n": number(row.n), "open": number(row.open + row.no_reply)}
        label = text("charts.label.with_open", name=named(row, [by]), **counts)
        rows.append(_bounds_row(row, label))
    key = (
        (Mark("bounds", 0, 1, look=Look.BAR), text("charts.key.bounds")),
        (Mark("chance", 0, 1, look=Look.HOLLOW), text("charts.key.chance")),
    )
    opening = text("charts.opening.bounds", open=total(table, "open"), no_reply=total(table, "no_reply"))
    return Plan("bounds", Rows(tuple(rows), percentages(), key), (text("charts.note.bounds"),), opening, "bounds")


def shrunk(result: Result) -> Plan:
    """Show `shrunk`: each rate as counted, and pulled toward the prior, which has a row of its own."""
    table, by = result.table, result.about["by"]
    if result.about["is_room"]:
        return _of_room(result)
    is_one = len(table[["prior_k", "prior_n"]].drop_duplicates()) == 1
    rows = [_prior_row(rows_of(table)[0])] if is_one else []
    for row in rows_of(table):
        rows += _shrunk_rows(row, by, with_prior=not is_one)
    opening = text("charts.opening.shrunk", n=total(table, "n"))
    return Plan("shrunk", Rows(tuple(rows), percentages()), (text("charts.note.shrunk"),), opening)


def _of_room(result: Result) -> Plan:
    """Show `shrunk` of a room: what one more person's rate might be."""
    rows = []
    for row in rows_of(result.table):
        name = named(row, [result.about["by"]])
        rows.append(Row(text("charts.label.counted", name=name, k=number(row.progressed), n=number(row.n))))
        if math.isnan(row.rate):
            rows.append(Row(text("charts.label.room"), (), few(row.n), row.Index))
            continue
        marks = (Mark("rate", row.low, row.high, row.rate),)
        rows.append(Row(text("charts.label.room"), marks, shares(row.rate, row.low, row.high), row.Index))
    opening = text("charts.opening.shrunk", n=total(result.table, "n"))
    return Plan("shrunk", Rows(tuple(rows), percentages()), (text("charts.note.shrunk_room"),), opening)


def _scores(row: Any, label: str) -> Iterator[Row]:
    score, low, high = map(hundredths, (row.brier, row.low, row.high))
    told = text("results.shares", rate=score, low=low, high=high)
    yield Row(label, (Mark("brier", row.low, row.high, row.brier),), told, row.Index)
    usual = Mark("always_base", row.always_base, row.always_base, row.always_base, "D", Look.POINT)
    yield Row(text("charts.label.always"), (usual,), hundredths(row.always_base), row.Index)


def _bounds_row(row: Any, label: str) -> Row:
    if math.isnan(row.low):
        return Row(label, (), few(max(1, row.n + row.open)), row.Index)
    marks = (
        Mark("chance", row.low, row.high, look=Look.HOLLOW),
        Mark("bounds", row.if_open_fail, row.if_open_succeed, look=Look.BAR),
    )
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    key = "one" if math.isclose(row.if_open_fail, row.if_open_succeed) else "two"
    return Row(
        label, marks, text(f"charts.bounds.{key}", **{name: percent(end) for name, end in ends.items()}), row.Index
    )


def _prior_row(row: Any) -> Row:
    prior = shrink(0, 0, row.prior_k, row.prior_n)
    label = text("charts.label.prior", k=decimal(row.prior_k), n=decimal(row.prior_n))
    return Row(label, (Mark("prior", prior.low, prior.high, prior.mean, "D", Look.HOLLOW),), shares(*prior), row.Index)


def _shrunk_rows(row: Any, by: str, *, with_prior: bool) -> Iterator[Row]:
    yield Row(text("charts.label.counted", name=named(row, [by]), k=number(row.progressed), n=number(row.n)))
    if with_prior:
        yield _prior_row(row)
    label = text("charts.label.alone")
    if row.n < MIN_N:
        yield Row(label, (), few(row.n), row.Index)
    else:
        rate, ends = row.progressed / row.n, rate_interval(row.progressed, row.n)
        yield Row(label, (Mark("counted", *ends, rate, "s", Look.HOLLOW),), shares(rate, *ends), row.Index)
    told = shares(row.rate, row.low, row.high)
    yield Row(text("charts.label.together"), (Mark("rate", row.low, row.high, row.rate),), told, row.Index)
