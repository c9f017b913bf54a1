"""Ways compared with each other, as rows: points of a hundred, the counts in each group, and how many it takes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from closing_lib.content import text
from closing_lib.content.figures import number, percent, points
from closing_lib.outcomes.charts.picture import Axis, Look, Mark, Plan, Row, Rows
from closing_lib.outcomes.charts.rates import rows_of
from closing_lib.outcomes.questions.compared import Finding, signed
from closing_lib.outcomes.questions.strata import Information, where_of
from closing_lib.outcomes.questions.wording import capitalised, name_of
from closing_lib.outcomes.result import Result

_ENDS = (0.1, 0.2, 0.5, 1.0)  # of a scale of differences
_STEPS = (1, 2, 5)


def adjusted(result: Result) -> Plan:
    """Show `adjusted`: each comparison like with like, and the naive one below it, in points of a hundred."""
    table, by = result.table, result.about["by"]
    rows = [part for row in rows_of(table) for part in _compared(row, by)]
    counted = {finding: int((table["finding"] == finding).sum()) for finding in map(str, Finding)}
    found = "; ".join(f"{text(f'charts.finding.{one}')}: {number(n)}" for one, n in counted.items() if n)
    opening = text("charts.opening.adjusted", of=number(len(table)), found=capitalised(found)) if found else ""
    notes = (text("charts.note.adjusted"), text("charts.note.several"))
    return Plan(
        "adjusted", Rows(tuple(rows), _difference_axis(rows, text("charts.axis.hundred"))), notes, opening, "adjusted"
    )


def _difference_axis(rows: list[Row], name: str) -> Axis:
    """Make the axis of differences, in points of a hundred, as far as the rows go."""
    farthest = max((abs(end) for row in rows for mark in row.marks for end in (mark.low, mark.high)), default=0.0)
    top = next((end for end in _ENDS if farthest <= end), 1.0)
    ticks = tuple((share * top, points(share * top)) for share in (-1, -0.5, 0, 0.5, 1))
    ends = (text("charts.axis.fewer"), text("charts.axis.more"))
    return Axis(ticks, name, ends, (0.0, text("charts.axis.no_difference")))


def strata(result: Result) -> Plan:
    """Show `strata`: the counts behind each comparison, band by band, and which say nothing."""
    table, by = result.table, result.about["by"]
    rows: list[Row] = []
    for row in rows_of(table):
        title = f"{_against(row, by)} · {where_of(row)}"
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
    axis = _difference_axis(rows, text("charts.axis.points"))
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
    open_ones = () if math.isnan(row.if_worst) else (Mark("if_open", row.if_worst, row.if_best, look=Look.BRACKET),)
    within = Mark("risk_difference", row.low, row.high, row.risk_difference)
    label = text("charts.label.within", n=number(row.n_compared))
    if row.finding == Finding.DIFFERS:
        yield Row(label, (), "", row.Index)
        yield Row("", (), capitalised(text("charts.finding.differs")), row.Index)
    else:
        yield _difference_row(label, (*open_ones, within), row.Index)
    counts = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    label = text("charts.label.naive", **{name: number(count) for name, count in counts.items()})
    naive = Mark("naive_difference", row.naive_low, row.naive_high, row.naive_difference, "s", Look.HOLLOW)
    yield _difference_row(label, (naive,), row.Index)


def _difference_row(label: str, marks: tuple[Mark, ...], place: int) -> Row:
    mark = marks[-1]
    if mark.at is None or math.isnan(mark.at):
        return Row(label, (), text("charts.too_few"), place)
    figures = {"difference": signed(mark.at), "low": signed(mark.low), "high": signed(mark.high)}
    return Row(label, marks, text("charts.label.compared", **figures), place)


def _difference(row: Any) -> Iterator[Row]:
    yield Row(capitalised(text(f"charts.pair.{row.pair}")))
    counts = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    label = text("charts.label.drawn", **{name: number(count) for name, count in counts.items()})
    if math.isnan(row.risk_difference):
        yield Row(label, (), text("charts.too_few"), row.Index)
        return
    told = f"{points(row.risk_difference)} ({text('charts.range', low=points(row.low), high=points(row.high))})"
    yield Row(label, (Mark("risk_difference", row.low, row.high, row.risk_difference),), told, row.Index)


def _count_row(row: Any, by: str, side: str, n: int, progressed: int) -> Row:
    who = name_of(by, row.against if side else getattr(row, by))
    marks = (
        (Mark(f"n{side}", 0, n, look=Look.OUTLINE), Mark(f"progressed{side}", 0, progressed, look=Look.BAR))
        if n
        else ()
    )
    label = text("charts.label.counted", name=capitalised(who), k=number(progressed), n=number(n))
    return Row(label, tuple(mark for mark in marks if mark.high), "", row.Index)


def _needed(row: Any) -> Iterator[Row]:
    figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
    yield Row(text("charts.label.power", against=_against(row, "used"), **figures))
    for side, who, n in (("", row.used, row.n), ("_against", row.against, row.n_against)):
        there = Mark(f"n{side}", 0, min(n, row.needed), look=Look.BAR)
        needed = Mark(f"needed{side}", 0, row.needed, look=Look.OUTLINE)
        told = text("charts.label.of_needed", n=number(n), needed=number(row.needed))
        yield Row(capitalised(name_of("used", who)), (needed, there) if n else (needed,), told, row.Index)


def _counts(most: int) -> tuple[tuple[float, str], ...]:
    """Give up to six values of an axis of counts, at even steps, the last beyond the most."""
    scale = 10 ** max(0, len(str(most)) - 2)
    step = next(step for size in (scale, 10 * scale) for step in (size, 2 * size, 5 * size) if step * 5 >= most)
    return tuple((float(value), number(value)) for value in range(0, most + step, step))


def _against(row: Any, by: str) -> str:
    return text("charts.label.against", one=capitalised(name_of(by, getattr(row, by))), other=name_of(by, row.against))
