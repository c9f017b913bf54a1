"""The plan of each kind of result: its rows on one axis or its curves, what its marks mean, and what is said beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import decimal, hundredths, number, percent, points
from closing_lib.outcomes.charts.picture import SHAPES, Axis, Days, Look, Mark, Panel, Picture, Row, Step
from closing_lib.outcomes.questions.compared import Finding
from closing_lib.outcomes.questions.counts import GROUPS, MIN_N
from closing_lib.outcomes.questions.stages import group_name
from closing_lib.outcomes.questions.strata import Information, where_of
from closing_lib.outcomes.questions.wording import capitalised, digits_of, name_of, named, shares, signed
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import rate_interval, shrink
from closing_lib.outcomes.statistics.survival import median
from closing_lib.outcomes.vocabulary import WORDS, Nudged

Rows = Iterator[Row]
Write = Callable[..., str]  # a figure, with so many decimals more
Say = Callable[[Any, Any], str]  # what is said of a row, and by which column it is grouped, or what else is known
_QUARTERS = (0, 0.25, 0.5, 0.75, 1)
_ENDS = (0.1, 0.2, 0.5, 1.0)  # of a scale of differences
_WEEK = 7
_DAYS = 6  # as many are named at most


# --- Axes


def _percentages(_result: Result, _rows: Sequence[Row], last: float = 1, write: Write = percent) -> Axis:
    return Axis(tuple((last * share, write(last * share)) for share in _QUARTERS))


def _differences(name: str, _result: Result, rows: Sequence[Row]) -> Axis:
    """Points of a hundred, as far as the rows go."""
    farthest = max((abs(end) for row in rows for mark in row.marks for end in (mark.low, mark.high)), default=0.0)
    top = next((end for end in _ENDS if farthest <= end), 1.0)
    ticks = tuple((share * top, points(share * top)) for share in (-1, -0.5, 0, 0.5, 1))
    ends = (text("charts.axis.fewer"), text("charts.axis.more"))
    return Axis(ticks, text(f"charts.axis.{name}"), ends, (0.0, text("charts.axis.no_difference")))


def _counts(name: str, columns: Sequence[str], result: Result, _rows: Sequence[Row]) -> Axis:
    """Up to six values at even steps, the last beyond the most."""
    most = int(result.table[[*columns]].to_numpy().max(initial=1))
    scale = 10 ** max(0, len(str(most)) - 2)
    step = next(step for size in (scale, 10 * scale) for step in (size, 2 * size, 5 * size) if step * 5 >= most)
    ticks = tuple((float(value), number(value)) for value in range(0, most + step, step))
    return Axis(ticks, text(f"charts.axis.{name}"))


def _distances(result: Result, rows: Sequence[Row]) -> Axis:
    last = 0.5 if all(mark.high <= 0.5 for row in rows for mark in row.marks) else 1.0
    ticks = _percentages(result, rows, last, hundredths).ticks
    return Axis(ticks, text("charts.axis.brier"), (text("charts.axis.best"), ""))


# --- Rates: what moved forward, and other shares


def _estimate(row: Any, label: str, marks: Sequence[Mark], few: str = "", write: Write = percent) -> Row:
    """A line with an estimate, the last mark that has a value, and the same in figures, or why there is none."""
    at, low, high = [(mark.at, mark.low, mark.high) for mark in marks if mark.at is not None][-1]
    if math.isnan(at):
        return Row(label, (), few, row.Index)
    digits = digits_of(low, high)
    shown = text("results.shares", rate=write(at, digits), low=write(low, digits), high=write(high, digits))
    return Row(label, tuple(marks), shown, row.Index)


def _each(table: pd.DataFrame) -> list[Any]:
    return [*table.itertuples()]


def _rates(label: Say, heading: Say = lambda *_: "", only: str = "") -> Callable[[Result], Rows]:
    """A rate for each row that has a label, below a heading where that is another than before."""

    def rows(result: Result) -> Rows:
        title, by, table = "", result.about.get("by", "nudged"), result.table
        if result.about.get("within_bands"):
            table = table.sort_values("band", ascending=False, kind="stable")
        for row in _each(table[table[only] > 0] if only else table):
            before, title = title, heading(row, result.about)
            if title != before:
                yield Row(title)
            if name := label(row, by):
                yield _rate(row, name, by)

    return rows


def _rate(row: Any, name: str, by: str) -> Row:
    """Of what is counted in the first column that there is; a group has its own mark in every chart."""
    k = next(getattr(row, one) for one in ("kept", "further", "heard", "progressed") if hasattr(row, one))
    n = row.silent if hasattr(row, "silent") else row.n
    is_group = by in (*GROUPS, "nudged") and hasattr(row, by) and not hasattr(row, "expected")
    shape = SHAPES[WORDS[by].index(str(getattr(row, by))) % len(SHAPES)] if is_group else "o"
    marks = [Mark("rate", row.low, row.high, row.rate, shape)]
    if hasattr(row, "expected") and not math.isnan(row.expected):
        marks.insert(0, Mark("expected", row.expected, row.expected, row.expected, "D", Look.JOINED))
    if hasattr(row, "if_open_fail") and (row.open or row.no_reply):
        marks.append(Mark("open", row.if_open_fail, row.if_open_succeed, look=Look.BRACKET))
    few = _few(row.n) if hasattr(row, "n") else text("charts.too_few_followed")
    return _estimate(row, _counted(name, k, n), marks, few)


def _counted(name: str, k: int, n: int) -> str:
    return text("charts.label.counted", name=name, counts=_of(k, n))


def _of(k: int, n: int) -> str:
    return text("charts.label.of", k=number(k), n=number(n)) if n else text("charts.label.of_none")


def _few(n: int) -> str:
    """Why there is no percentage: too few, or too few people."""
    return text(f"outcomes.{'few' if n < MIN_N else 'few_people'}", needed=MIN_N) if n else text("charts.no_answer")


def _group(row: Any, by: str) -> str:
    value = getattr(row, by)
    return capitalised(name_of(by, value) if by in ("used", "band") else text(f"charts.short.{by}.{value}"))


def _band(row: Any, about: Mapping[str, Any]) -> str:
    return text(f"outcomes.band.{row.band}") if about["within_bands"] else ""


def _read(row: Any, by: str) -> str:
    return name_of(by, row.band) if by == "band" else text("results.calibration.score", share=percent(row.score / 10))


def _days_of(row: Any, _about: object) -> str:
    return text("charts.label.days", days=row.days)


def _held(row: Any, _about: object) -> str:
    where = capitalised(text(f"results.funnel.round.{row.round}"))
    return text("charts.label.held", round=where, n=number(row.held))


def _reached(row: Any, _about: object) -> str:
    return text("charts.label.stage", what=text(f"results.stages.stage.{row.stage}"), n=number(row.reached))


def _went(row: Any, _by: str) -> str:
    return text(f"results.stages.went.{row.stage}") if row.stage in ("applied", "interview") else ""


def _habit(row: Any, _by: str) -> str:
    return capitalised(text(f"charts.habit.{row.habit}"))


# --- Ways compared with each other: points of a hundred, the counts in each group, and how many it takes


def _adjusted(result: Result) -> Rows:
    for row in _each(result.table):
        yield Row(_against(row, result.about["by"]))
        within = Mark("risk_difference", row.low, row.high, row.risk_difference)
        naive = Mark("naive_difference", row.naive_low, row.naive_high, row.naive_difference, "s", Look.HOLLOW)
        open_ones = () if math.isnan(row.if_worst) else (Mark("if_open", row.if_worst, row.if_best, look=Look.BRACKET),)
        label, few = text("charts.label.within", n=number(row.n_compared)), text("charts.too_few")
        if row.finding == Finding.DIFFERS:
            yield Row(label, (), "", row.Index)
            yield Row("", (), capitalised(text("charts.finding.differs")), row.Index)
        else:
            yield _estimate(row, label, (*open_ones, within), few, signed)
        yield _estimate(row, text("charts.label.naive", **_both(row)), (naive,), few, signed)


def _randomised(result: Result) -> Rows:
    for row in _each(result.table):
        yield Row(capitalised(text(f"charts.pair.{row.pair}")))
        mark = Mark("risk_difference", row.low, row.high, row.risk_difference)
        yield _estimate(row, text("charts.label.drawn", **_both(row)), (mark,), text("charts.too_few"), points)


def _strata(result: Result) -> Rows:
    """The counts behind each comparison, group by group, and which say nothing."""
    by = result.about["by"]
    for row in _each(result.table):
        yield Row(f"{_against(row, by)} · {where_of(row)}")
        sides = (("", getattr(row, by)), ("_against", row.against))
        for side, who in sides if row.information != Information.NO_ANSWER else ():
            n, k = getattr(row, f"n{side}"), getattr(row, f"progressed{side}")
            bars = Mark(f"n{side}", 0, n, look=Look.OUTLINE), Mark(f"progressed{side}", 0, k, look=Look.BAR)
            label = _counted(capitalised(name_of(by, who)), k, n)
            yield Row(label, tuple(bar for bar in bars if bar.high), "", row.Index)
        if row.information != Information.YES:
            yield Row("", (), text(f"charts.information.{row.information}"), row.Index)


def _power(result: Result) -> Rows:
    for row in _each(result.table):
        figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
        yield Row(text("charts.label.power", against=_against(row, "used"), **figures))
        for side, who, n in (("", row.used, row.n), ("_against", row.against, row.n_against)):
            needed = Mark(f"needed{side}", 0, row.needed, look=Look.OUTLINE)
            there = (Mark(f"n{side}", 0, min(n, row.needed), look=Look.BAR),) if n else ()
            told = text("charts.label.of_needed", n=number(n), needed=number(row.needed))
            yield Row(capitalised(name_of("used", who)), (needed, *there), told, row.Index)


def _both(row: Any) -> dict[str, str]:
    return {"one": _of(row.progressed, row.n), "other": _of(row.progressed_against, row.n_against)}


def _against(row: Any, by: str) -> str:
    return text("charts.label.against", one=capitalised(name_of(by, getattr(row, by))), other=name_of(by, row.against))


# --- Estimates: the Brier score, bounds for silence, rates pulled toward a prior


def _brier(result: Result) -> Rows:
    for row in _each(result.table):
        label, few = text("charts.label.brier", n=number(row.n)), text("charts.too_few_followed")
        yield _estimate(row, label, (Mark("brier", row.low, row.high, row.brier),), few, hundredths)
        if not math.isnan(row.brier):
            usual = Mark("always_base", row.always_base, row.always_base, row.always_base, "D", Look.POINT)
            yield Row(text("charts.label.always"), (usual,), hundredths(row.always_base), row.Index)


def _bounds(result: Result) -> Rows:
    for row in _each(result.table):
        counts = {"counts": _of(row.progressed, row.n), "open": number(row.open + row.no_reply)}
        label = text("charts.label.with_open", name=named(row, [result.about["by"]]), **counts)
        if math.isnan(row.low):
            yield Row(label, (), _few(max(1, row.n + row.open)), row.Index)
            continue
        ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
        key = "one" if math.isclose(row.if_open_fail, row.if_open_succeed) else "two"
        digits = digits_of(row.low, row.high)
        told = text(f"charts.bounds.{key}", **{name: percent(end, digits) for name, end in ends.items()})
        bounds = Mark("bounds", row.if_open_fail, row.if_open_succeed, look=Look.BAR)
        yield Row(label, (Mark("chance", row.low, row.high, look=Look.HOLLOW), bounds), told, row.Index)


def _shrunk(result: Result) -> Rows:
    """Each rate as counted, and pulled toward the prior; of a room, what one more person's rate might be."""
    is_room, rows = result.about["is_room"], _each(result.table)
    is_one = len(result.table[["prior_k", "prior_n"]].drop_duplicates()) == 1
    yield from [_prior(row) for row in rows[: is_one and not is_room]]
    for row in rows:
        yield Row(_counted(named(row, [result.about["by"]]), row.progressed, row.n))
        if not is_one and not is_room:
            yield _prior(row)
        if not is_room:
            low, high = rate_interval(row.progressed, row.n) if row.n else (math.nan, math.nan)
            counted = Mark(
                "counted", low, high, row.progressed / row.n if row.n >= MIN_N else math.nan, "s", Look.HOLLOW
            )
            yield _estimate(row, text("charts.label.alone"), [counted], _few(row.n))
        label = text(f"charts.label.{'room' if is_room else 'together'}")
        yield _estimate(row, label, [Mark("rate", row.low, row.high, row.rate)], _few(row.n))


def _prior(row: Any) -> Row:
    label = text("charts.label.prior", k=decimal(row.prior_k), n=decimal(row.prior_n))
    prior, low, high = shrink(0, 0, row.prior_k, row.prior_n)
    return _estimate(row, label, [Mark("prior", low, high, prior, "D", Look.HOLLOW)])


# --- Curves: how many are still waiting, and how many have had which answer


def _waiting(result: Result) -> Iterator[Panel]:
    """The share still waiting, with a tick where open ones were lost sight of: within a week, so in its middle."""
    t = result.table
    rest = t["at_risk"] - t["ended"] - t["at_risk"].shift(-1, fill_value=0)
    lost = tuple((int(week) + 0.5) * _WEEK for week in t.loc[rest > 0, "weeks"])
    if len(t):
        title = text("charts.curve.waiting", n=number(int(t["at_risk"].max())))
        yield _panel(t, "waiting", title, "waiting", lost)


def _answers(result: Result) -> Iterator[Panel]:
    """A curve for each answer, since one excludes the others."""
    for outcome, part in result.table.groupby("outcome", observed=True):
        what, n = capitalised(text(f"outcomes.event.{outcome}")), number(int(part["n"].max()))
        yield _panel(part, str(outcome), text("charts.curve.answer", outcome=what, n=n), "incidence")


def _panel(t: pd.DataFrame, name: str, title: str, column: str, lost: tuple[float, ...] = ()) -> Panel:
    steps = tuple(
        Step((int(row.weeks) + 1) * _WEEK, getattr(row, column), row.low, row.high, row.Index)
        for row in _each(t.dropna(subset=[column]))
    )
    start = float(column == "waiting")
    if not steps:
        return Panel(name, title, text("charts.too_few_followed"), start, ())
    last = steps[-1]
    shown = shares(last.share, last.low, last.high)
    told = text(f"charts.curve.last_{'waiting' if start else 'answer'}", days=number(last.day), rate=shown)
    return Panel(name, title, told, start, steps, lost)


def _days(name: str, result: Result, _panels: Sequence[Panel]) -> Days:
    """The days from 0 to beyond the last, in even steps of full weeks, and how many were still watched then."""
    t, shares = result.table, _percentages(result, ()).ticks
    weeks = int(t["weeks"].max()) + 1 if len(t) else 1
    step = max(1, -(-weeks // _DAYS))
    days = [*range(0, (weeks + step) * _WEEK, step * _WEEK)]
    if "at_risk" not in t:
        return Days(tuple((day, number(day), "") for day in days), shares, text(f"charts.axis.{name}"))
    watched = [t.loc[t["weeks"] >= day // _WEEK, "at_risk"].max() for day in days]
    ticks = tuple(
        (day, number(day), number(0 if math.isnan(n) else int(n))) for day, n in zip(days, watched, strict=True)
    )
    half = median(t.rename(columns={"weeks": "time", "waiting": "survival"}))  # as the sentence has it
    day = None if math.isnan(half) else (int(half) + 1) * _WEEK
    said = None if day is None else (day, text("charts.curve.half", days=number(day)))
    return Days(ticks, shares, text(f"charts.axis.{name}"), said, text("charts.axis.watched"))


# --- The plans


@dataclass(frozen=True)
class Plan:
    """How a kind of result is drawn; its words stand in ``charts.toml``, by the names here and by what a result has."""

    parts: Callable[[Result], Iterator[Row] | Iterator[Panel]]
    notes: tuple[str, ...] = ("{kind}",)  # what the marks mean, and what is not counted
    how: str = "rows"  # what a screen reader is told about the marks
    axis: Callable[[Result, Any], Axis | Days] = _percentages
    key: Mapping[str, str] = field(default_factory=lambda: {"rate": "progressed", "open": "open_progressed"})
    opening: str = "{kind}"  # a sentence to begin with, where those of the rows are many
    title: str = "{kind}"

    @staticmethod
    def names(result: Result) -> dict[str, str]:
        """What stands in the names of words: the kind, the column, the interval."""
        about = {"method": "wilson", "by": "", "within_bands": True, "is_room": False, **result.about}
        across = "" if about["within_bands"] or about["by"] == "band" else "_across"
        return {**about, "kind": result.kind, "across": across, "room": "_room" * about["is_room"]}

    def picture(self, result: Result) -> Picture:
        """What is drawn of a result; the key names the marks that occur, unless these are rates alone."""
        parts = tuple(self.parts(result))
        marks = {mark.name: mark for part in reversed(parts) if isinstance(part, Row) for mark in part.marks}
        key = tuple((_sample(marks[name]), text(f"charts.key.{of}")) for name, of in self.key.items() if name in marks)
        return Picture(parts, self.axis(result, parts), () if {*self.key} & {*marks} == {"rate"} else key)


def _findings(t: pd.DataFrame) -> dict[str, Any]:
    counted = {finding: int((t["finding"] == finding).sum()) for finding in map(str, Finding)}
    found = "; ".join(f"{text(f'charts.finding.{one}')}: {number(n)}" for one, n in counted.items() if n)
    return {"found": capitalised(found)}


def _sample(mark: Mark) -> Mark:
    at, shape = None if mark.at is None else 0.5, "o" if mark.look is Look.SOLID else mark.shape
    return replace(mark, low=0, high=1, at=at, shape=shape)


_FURTHER = {"rate": "further", "open": "open_further"}
_READ = {"rate": "progressed", "expected": "reading", "open": "open_progressed"}
_BARS = {"progressed": "progressed_bar", "n": "not_on_bar"}
_COUNTED = ("{method}", "aside")
_GROUPS = Plan(
    _rates(_group, _band), ("{method}", "progressed_means", "aside"), opening="rates", title="{kind}{across}"
)
_funnel = _rates(lambda *_: text("charts.label.further"), _held, "held")
_ANSWERS = partial(_counts, "answers", ("needed",))
PLANS: dict[str, Plan] = {
    **dict.fromkeys(("by_tactic", "by_band", "by_advice", "by_thanks"), _GROUPS),
    "calibration": Plan(_rates(_read), ("{method}", "reading", "aside"), key=_READ, opening="rates"),
    "silence": Plan(_rates(_days_of, only="silent")),
    "asked_again": Plan(_rates(_group, _days_of)),
    "funnel": Plan(_funnel, ("{method}", "{kind}", "aside"), key=_FURTHER),
    "stages": Plan(_rates(_went, _reached), _COUNTED, key=_FURTHER),
    "invited": Plan(_rates(lambda row, by: group_name(by, getattr(row, by))), _COUNTED, title="{kind}_{by}"),
    "discipline": Plan(_rates(_habit, only="n"), ("{method}",), opening=""),
    "adjusted": Plan(_adjusted, ("{kind}", "several"), "adjusted", partial(_differences, "hundred")),
    "randomised": Plan(_randomised, how="randomised", axis=partial(_differences, "points")),
    "strata": Plan(_strata, how="strata", axis=partial(_counts, "answered", ("n", "n_against")), key=_BARS),
    "power": Plan(_power, how="power", axis=_ANSWERS, key={"n": "there", "needed": "needed"}),
    "brier": Plan(_brier, how="brier", axis=_distances, opening=""),
    "bounds": Plan(_bounds, how="bounds", key={"bounds": "bounds", "chance": "chance"}),
    "shrunk": Plan(_shrunk, ("{kind}{room}",)),
    "time_to_answer": Plan(_waiting, ("waiting",), "curves", partial(_days, "days"), opening=""),
    "first_answer": Plan(_waiting, how="curves", axis=partial(_days, "days_sent"), opening=""),
    "answers_over_time": Plan(_answers, ("answers",), "curves", partial(_days, "days"), opening=""),
}
# The opening where nothing is counted in some columns.
OF_NONE = {"rates": (["n"], "unsettled"), "bounds": (["open", "no_reply"], "closed")}
# What stands in an opening beyond the sums of the columns.
FIGURES: dict[str, Callable[[pd.DataFrame], dict[str, Any]]] = {
    "silence": lambda t: {"days": t["days"].iloc[0], "n": t["silent"].iloc[0]},
    "asked_again": lambda t: {"n": t.loc[t["nudged"] == Nudged.YES, "silent"].sum()},
    "stages": lambda t: {"n": t["reached"].max()},
    "adjusted": _findings,
    "randomised": lambda t: {"n": t[["n", "n_against"]].head(1).to_numpy().sum()},
    "strata": lambda t: {"n": (t["information"] == Information.YES).sum()},
    "power": lambda t: {"enough": (t["more"] == 0).sum()},
}
