"""Results as rows on one axis: rates, differences, counts and estimates, each with its count and its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import decimal, hundredths, number, percent, points
from closing_lib.outcomes.charts.picture import SHAPES, Axis, Look, Mark, Row, Rows
from closing_lib.outcomes.questions.compared import Finding
from closing_lib.outcomes.questions.counts import MIN_N
from closing_lib.outcomes.questions.stages import group_name
from closing_lib.outcomes.questions.strata import Information, where_of
from closing_lib.outcomes.questions.wording import capitalised, digits_of, name_of, named, shares, signed
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import rate_interval, shrink
from closing_lib.outcomes.vocabulary import WORDS, Nudged

Key = tuple[tuple[Mark, str], ...]
PERCENTAGES = (0, 0.25, 0.5, 0.75, 1)
_ENDS = (0.1, 0.2, 0.5, 1.0)  # of a scale of differences

# --- Rates: what moved forward, and other shares


def by_group(result: Result) -> Rows:
    """`by_tactic`, `by_band`, `by_advice` or `by_thanks`."""
    table, by = result.table, result.about["by"]
    title, rows = result.kind, []
    if result.about["within_bands"]:
        for band, part in reversed([*table.groupby("band", observed=True)]):
            rows += [Row(text(f"outcomes.band.{band}")), *(_group_row(row, by) for row in _each(part))]
    else:
        title += "_across" * (by != "band")
        rows += [_group_row(row, by) for row in _each(result)]
    notes = _notes(table, result.about["method"], "progressed_means")
    return _rates(rows, title=title, notes=notes, opening=_so_many(table))


def calibration(result: Result) -> Rows:
    """What moved forward by reading, and the readings themselves, which a dashed line joins."""
    table, by = result.table, result.about["by"]
    rows = []
    for row in _each(result):
        value: Any = getattr(row, by)
        score = "" if by == "band" else text("results.calibration.score", share=percent(value / 10))
        expected = Mark("expected", row.expected, row.expected, row.expected, "D", Look.POINT)
        read = () if math.isnan(row.expected) else (expected,)
        rows.append(_rate_row(row, score or name_of(by, value), row.progressed, row.n, others=read))
    key = ((Mark("expected", 0.5, 0.5, 0.5, "D", Look.POINT), text("charts.key.reading")),)
    notes = _notes(table, result.about["method"], "reading")
    return _rates(rows, others=key, joined="expected", notes=notes, opening=_so_many(table))


def silence(result: Result) -> Rows:
    """Of those silent for so long, how many still hear."""
    silent = [row for row in _each(result) if row.silent]
    rows = [_rate_row(row, text("charts.label.days", days=row.days), row.heard, row.silent) for row in silent]
    opening = [text("charts.opening.silence", days=row.days, n=number(row.silent)) for row in silent[:1]]
    return _rates(rows, notes=(text("charts.note.silence"),), opening=" ".join(opening))


def asked_again(result: Result) -> Rows:
    """Those who were asked again in a week, and those who were not by then."""
    rows: list[Row] = []
    for days, part in result.table.groupby("days"):
        rows.append(Row(text("charts.label.days", days=days)))
        rows += [_group_row(row, "nudged", row.heard, row.silent) for row in _each(part)]
    asked = result.table[result.table["nudged"] == Nudged.YES]
    opening = text("charts.opening.asked_again", n=_total(asked, "silent"))
    return _rates(rows, notes=(text("charts.note.silence"),), opening=opening)


def funnel(result: Result) -> Rows:
    """How many came as far as each round, and how many of them further."""
    rows: list[Row] = []
    for row in _each(result):
        if row.held:
            where = capitalised(text(f"results.funnel.round.{row.round}"))
            rows.append(Row(text("charts.label.held", round=where, n=number(row.held))))
            rows.append(_rate_row(row, text("charts.label.further"), row.further, row.n))
    opening = text("charts.opening.funnel", n=number(int(result.table["held"].max()) if len(result.table) else 0))
    return _rates(rows, "further", notes=_notes(result.table, result.about["method"], "funnel"), opening=opening)


def stages(result: Result) -> Rows:
    """How many applications came to each stage, and how many of them further."""
    rows: list[Row] = []
    for row in _each(result):
        what = text(f"results.stages.stage.{row.stage}")
        rows.append(Row(text("charts.label.stage", what=what, n=number(row.reached))))
        if row.stage in ("applied", "interview"):
            rows.append(_rate_row(row, text(f"results.stages.went.{row.stage}"), row.further, row.n))
    opening = text("charts.opening.stages", n=number(int(result.table["reached"].max())))
    return _rates(rows, "further", notes=_notes(result.table, "wilson"), opening=opening)


def invited(result: Result) -> Rows:
    """Which applications led to an interview or next step, by groups that people named."""
    by = result.about["by"]
    rows = [_rate_row(row, group_name(by, getattr(row, by)), row.progressed, row.n) for row in _each(result)]
    notes = _notes(result.table, "wilson")
    return _rates(rows, title=f"invited_{by}", notes=notes, opening=text("charts.opening.invited"))


def discipline(result: Result) -> Rows:
    """How often the plan was kept."""
    rows = [
        _rate_row(row, capitalised(text(f"charts.habit.{row.habit}")), row.kept, row.n)
        for row in _each(result) if row.n
    ]  # fmt: skip
    return _rates(rows, notes=(text(f"charts.note.{result.about['method']}"),))


def percentages() -> Axis:
    """An axis of shares, up to all of them."""
    return Axis(tuple((share, percent(share)) for share in PERCENTAGES))


def _each(what: Result | pd.DataFrame) -> list[Any]:
    """The rows of a result, or of part of one, each with its columns as attributes."""
    return [*(what.table if isinstance(what, Result) else what).itertuples()]


def _rates(rows: Iterable[Row], told: str = "progressed", others: Key = (), joined: str = "", **said: Any) -> Rows:
    """Rows on an axis of shares, with what their marks mean where there is more than one kind of them."""
    lines = tuple(rows)
    if any(mark.look is Look.BRACKET for row in lines for mark in row.marks):
        others = (*others, (Mark("open", 0, 1, look=Look.BRACKET), text(f"charts.key.open_{told}")))
    key = ((Mark("rate", 0, 1, 0.5), text(f"charts.key.{told}")), *others) if others else ()
    return Rows(lines, percentages(), key, joined, **said)


def _group_row(row: Any, group: str, k: int | None = None, n: int | None = None) -> Row:
    """A rate of a group, each of which has its own mark in every chart."""
    value = getattr(row, group)
    name = name_of(group, value) if group in ("used", "band") else text(f"charts.short.{group}.{value}")
    shape = SHAPES[WORDS[group].index(str(value)) % len(SHAPES)]
    counts = (row.progressed, row.n) if k is None or n is None else (k, n)
    return _rate_row(row, capitalised(name), *counts, shape=shape)


def _rate_row(row: Any, name: str, k: int, n: int, *, shape: str = "o", others: tuple[Mark, ...] = ()) -> Row:
    label = _counted(name, k, n)
    if math.isnan(row.rate):
        return Row(label, (), _few(row.n) if hasattr(row, "n") else text("charts.too_few_followed"), row.Index)
    marks = (*others, Mark("rate", row.low, row.high, row.rate, shape))
    if hasattr(row, "if_open_fail") and (row.open or row.no_reply):
        marks = (*marks, Mark("open", row.if_open_fail, row.if_open_succeed, look=Look.BRACKET))
    return Row(label, marks, shares(row.rate, row.low, row.high), row.Index)


def _counted(name: str, k: int, n: int) -> str:
    return text("charts.label.counted", name=name, k=number(k), n=number(n))


def _few(n: int) -> str:
    """Why there is no percentage: too few, or too few people."""
    if not n:
        return text("charts.no_answer")
    return text(f"outcomes.{'few' if n < MIN_N else 'few_people'}", needed=MIN_N)


def _notes(table: pd.DataFrame, *keys: str) -> tuple[str, ...]:
    found = [text(f"charts.note.{key}") for key in keys]
    if table[["open", "withdrew"]].to_numpy().sum():
        found.append(text("charts.note.aside", open=_total(table, "open"), withdrew=_total(table, "withdrew")))
    return tuple(found)


def _so_many(table: pd.DataFrame) -> str:
    return text("charts.opening.rates", **{name: _total(table, name) for name in ("n", "progressed", "open")})


def _total(table: pd.DataFrame, name: str) -> str:
    return number(int(table[name].sum()))


# --- Ways compared with each other: points of a hundred, the counts in each group, and how many it takes


def adjusted(result: Result) -> Rows:
    """Each comparison like with like, and the naive one below it, in points of a hundred."""
    table, by = result.table, result.about["by"]
    rows = [part for row in _each(result) for part in _compared(row, by)]
    counted = {finding: int((table["finding"] == finding).sum()) for finding in map(str, Finding)}
    found = "; ".join(f"{text(f'charts.finding.{one}')}: {number(n)}" for one, n in counted.items() if n)
    opening = text("charts.opening.adjusted", of=number(len(table)), found=capitalised(found)) if found else ""
    notes = (text("charts.note.adjusted"), text("charts.note.several"))
    return _differences(rows, "hundred", how="adjusted", notes=notes, opening=opening)


def randomised(result: Result) -> Rows:
    """The difference of all that were drawn, then of each pair, in points of a hundred."""
    rows = [part for row in _each(result) for part in _of_pair(row)]
    first = int(result.table[["n", "n_against"]].head(1).to_numpy().sum())
    said: dict[str, Any] = {
        "notes": (text("charts.note.randomised"),),
        "opening": text("charts.opening.randomised", n=number(first)),
    }
    return _differences(rows, "points", how="randomised", **said)


def strata(result: Result) -> Rows:
    """The counts behind each comparison, band by band, and which say nothing."""
    table, by = result.table, result.about["by"]
    rows: list[Row] = []
    for row in _each(result):
        rows.append(Row(f"{_against(row, by)} · {where_of(row)}"))
        if row.information != Information.NO_ANSWER:
            rows.append(_count_row(row, name_of(by, getattr(row, by)), "", row.n, row.progressed))
            against = name_of(by, row.against)
            rows.append(_count_row(row, against, "_against", row.n_against, row.progressed_against))
        if row.information != Information.YES:
            rows.append(Row("", (), text(f"charts.information.{row.information}"), row.Index))
    most = int(table[["n", "n_against"]].to_numpy().max(initial=1))
    telling = int((table["information"] == Information.YES).sum())
    said: dict[str, Any] = {
        "notes": (text("charts.note.strata"),),
        "opening": text("charts.opening.strata", n=telling, of=len(table)),
    }
    key = _bars(progressed="progressed_bar", n="not_on_bar")
    return Rows(tuple(rows), _counts(most, "answered"), key, how="strata", **said)


def power(result: Result) -> Rows:
    """How many answers there are with each question, and how many it would take."""
    table = result.table
    rows = tuple(part for row in _each(result) for part in _needed(row))
    axis = _counts(int(table["needed"].max()) if len(table) else 1, "answers")
    opening = text("charts.opening.power", of=len(table), enough=int((table["more"] == 0).sum()))
    said: dict[str, Any] = {"notes": (text("charts.note.power"),), "opening": opening}
    return Rows(rows, axis, _bars(n="there", needed="needed"), how="power", **said)


def _differences(rows: list[Row], name: str, **said: Any) -> Rows:
    """Rows on an axis of differences in points of a hundred, as far as they go."""
    farthest = max((abs(end) for row in rows for mark in row.marks for end in (mark.low, mark.high)), default=0.0)
    top = next((end for end in _ENDS if farthest <= end), 1.0)
    ticks = tuple((share * top, points(share * top)) for share in (-1, -0.5, 0, 0.5, 1))
    ends = (text("charts.axis.fewer"), text("charts.axis.more"))
    line = (0.0, text("charts.axis.no_difference"))
    return Rows(tuple(rows), Axis(ticks, text(f"charts.axis.{name}"), ends, line), **said)


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
    naive = Mark("naive_difference", row.naive_low, row.naive_high, row.naive_difference, "s", Look.HOLLOW)
    yield _difference_row(text("charts.label.naive", **_four(row)), (naive,), row.Index)


def _difference_row(label: str, marks: tuple[Mark, ...], place: int) -> Row:
    mark = marks[-1]
    if mark.at is None or math.isnan(mark.at):
        return Row(label, (), text("charts.too_few"), place)
    ends, digits = {"difference": mark.at, "low": mark.low, "high": mark.high}, digits_of(mark.low, mark.high)
    figures = {name: signed(end, digits) for name, end in ends.items()}
    return Row(label, marks, text("charts.label.compared", **figures), place)


def _of_pair(row: Any) -> Iterator[Row]:
    yield Row(capitalised(text(f"charts.pair.{row.pair}")))
    label = text("charts.label.drawn", **_four(row))
    if math.isnan(row.risk_difference):
        yield Row(label, (), text("charts.too_few"), row.Index)
        return
    told = f"{points(row.risk_difference)} ({text('charts.range', low=points(row.low), high=points(row.high))})"
    yield Row(label, (Mark("risk_difference", row.low, row.high, row.risk_difference),), told, row.Index)


def _four(row: Any) -> dict[str, str]:
    counts = {"k": row.progressed, "n": row.n, "l": row.progressed_against, "m": row.n_against}
    return {name: number(count) for name, count in counts.items()}


def _count_row(row: Any, who: str, side: str, n: int, progressed: int) -> Row:
    marks = (Mark(f"n{side}", 0, n, look=Look.OUTLINE), Mark(f"progressed{side}", 0, progressed, look=Look.BAR))
    return Row(_counted(capitalised(who), progressed, n), tuple(mark for mark in marks if mark.high), "", row.Index)


def _needed(row: Any) -> Iterator[Row]:
    figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
    yield Row(text("charts.label.power", against=_against(row, "used"), **figures))
    for side, who, n in (("", row.used, row.n), ("_against", row.against, row.n_against)):
        there = Mark(f"n{side}", 0, min(n, row.needed), look=Look.BAR)
        needed = Mark(f"needed{side}", 0, row.needed, look=Look.OUTLINE)
        told = text("charts.label.of_needed", n=number(n), needed=number(row.needed))
        yield Row(capitalised(name_of("used", who)), (needed, there) if n else (needed,), told, row.Index)


def _bars(**words: str) -> Key:
    """What a filled bar means, and an open one."""
    looks = zip(words.items(), (Look.BAR, Look.OUTLINE), strict=True)
    return tuple((Mark(name, 0, 1, look=look), text(f"charts.key.{key}")) for (name, key), look in looks)


def _counts(most: int, name: str) -> Axis:
    """An axis of counts: up to six values at even steps, the last beyond the most."""
    scale = 10 ** max(0, len(str(most)) - 2)
    step = next(step for size in (scale, 10 * scale) for step in (size, 2 * size, 5 * size) if step * 5 >= most)
    ticks = tuple((float(value), number(value)) for value in range(0, most + step, step))
    return Axis(ticks, text(f"charts.axis.{name}"))


def _against(row: Any, by: str) -> str:
    return text("charts.label.against", one=capitalised(name_of(by, getattr(row, by))), other=name_of(by, row.against))


# --- Estimates: the Brier score, bounds for silence, rates pulled toward a prior


def brier(result: Result) -> Rows:
    """The score of the readings, and what always saying the usual rate would score."""
    rows = [part for row in _each(result) for part in _scores(row)]
    last = 0.5 if all(mark.high <= 0.5 for row in rows for mark in row.marks) else 1.0
    ticks = tuple((last * share, hundredths(last * share)) for share in PERCENTAGES)
    axis = Axis(ticks, text("charts.axis.brier"), (text("charts.axis.best"), ""))
    return Rows(tuple(rows), axis, notes=(text("charts.note.brier"),))


def bounds(result: Result) -> Rows:
    """Between what each rate lies whatever becomes of the open ones, chance included."""
    table = result.table
    rows = tuple(_bounds_row(row, result.about["by"]) for row in _each(result))
    key = (
        (Mark("bounds", 0, 1, look=Look.BAR), text("charts.key.bounds")),
        (Mark("chance", 0, 1, look=Look.HOLLOW), text("charts.key.chance")),
    )
    opening = text("charts.opening.bounds", open=_total(table, "open"), no_reply=_total(table, "no_reply"))
    return Rows(rows, percentages(), key, how="bounds", notes=(text("charts.note.bounds"),), opening=opening)


def shrunk(result: Result) -> Rows:
    """Each rate as counted, and pulled toward the prior; of a room, what one more person's rate might be."""
    table, by, is_room = result.table, result.about["by"], result.about["is_room"]
    is_one = not is_room and len(table[["prior_k", "prior_n"]].drop_duplicates()) == 1
    rows = [_prior_row(_each(result)[0])] if is_one else []
    for row in _each(result):
        rows.append(Row(_counted(named(row, [by]), row.progressed, row.n)))
        rows += [_one_more(row)] if is_room else _shrunk_rows(row, with_prior=not is_one)
    note = text(f"charts.note.shrunk{'_room' * is_room}")
    return Rows(tuple(rows), percentages(), notes=(note,), opening=text("charts.opening.shrunk", n=_total(table, "n")))


def _scores(row: Any) -> Iterator[Row]:
    label = text("charts.label.brier", n=number(row.n))
    if math.isnan(row.brier):
        yield Row(label, (), text("charts.too_few_followed"), row.Index)
        return
    score, low, high = map(hundredths, (row.brier, row.low, row.high))
    told = text("results.shares", rate=score, low=low, high=high)
    yield Row(label, (Mark("brier", row.low, row.high, row.brier),), told, row.Index)
    usual = Mark("always_base", row.always_base, row.always_base, row.always_base, "D", Look.POINT)
    yield Row(text("charts.label.always"), (usual,), hundredths(row.always_base), row.Index)


def _bounds_row(row: Any, by: str) -> Row:
    counts = {"k": number(row.progressed), "n": number(row.n), "open": number(row.open + row.no_reply)}
    label = text("charts.label.with_open", name=named(row, [by]), **counts)
    if math.isnan(row.low):
        return Row(label, (), _few(max(1, row.n + row.open)), row.Index)
    chance = Mark("chance", row.low, row.high, look=Look.HOLLOW)
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    key = "one" if math.isclose(row.if_open_fail, row.if_open_succeed) else "two"
    told = text(f"charts.bounds.{key}", **{name: percent(end) for name, end in ends.items()})
    return Row(label, (chance, Mark("bounds", ends["fail"], ends["succeed"], look=Look.BAR)), told, row.Index)


def _one_more(row: Any) -> Row:
    if math.isnan(row.rate):
        return Row(text("charts.label.room"), (), _few(row.n), row.Index)
    return _estimate(row, "room", "rate", (row.rate, row.low, row.high))


def _shrunk_rows(row: Any, *, with_prior: bool) -> Iterator[Row]:
    if with_prior:
        yield _prior_row(row)
    if row.n < MIN_N:
        yield Row(text("charts.label.alone"), (), _few(row.n), row.Index)
    else:
        figures = (row.progressed / row.n, *rate_interval(row.progressed, row.n))
        yield _estimate(row, "alone", "counted", figures, shape="s", look=Look.HOLLOW)
    yield _estimate(row, "together", "rate", (row.rate, row.low, row.high))


def _prior_row(row: Any) -> Row:
    label = text("charts.label.prior", k=decimal(row.prior_k), n=decimal(row.prior_n))
    prior, low, high = shrink(0, 0, row.prior_k, row.prior_n)
    return Row(label, (Mark("prior", low, high, prior, "D", Look.HOLLOW),), shares(prior, low, high), row.Index)


def _estimate(row: Any, label: str, name: str, figures: tuple[float, float, float], **look: Any) -> Row:
    rate, low, high = figures
    return Row(
        text(f"charts.label.{label}"), (Mark(name, low, high, rate, **look),), shares(rate, low, high), row.Index
    )


_ALL = (
    calibration, silence, asked_again, funnel, stages, invited, discipline, adjusted, randomised, strata, power, brier,
    bounds, shrunk,
)  # fmt: skip
ROWS: dict[str, Callable[[Result], Rows]] = {
    **{plan.__name__: plan for plan in _ALL},
    **dict.fromkeys(("by_tactic", "by_band", "by_advice", "by_thanks"), by_group),
}
