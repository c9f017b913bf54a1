"""Rates in groups: what moved forward by tactic, how it went, advice, letter and round; and how the plan was kept."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated, Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes.given import Tally, as_tally
from closing_lib.outcomes.questions.counts import (
    BOUNDS,
    INTERVAL,
    MIN_N,
    PROGRESS,
    REFUSAL,
    SILENCE,
    STILL_OPEN,
    People,
    check_group,
    complete,
    count,
    framed,
    grouped,
    need,
    numbers,
    rate_of,
    total,
    with_rates,
)
from closing_lib.outcomes.questions.wording import (
    capitalised,
    digits_of,
    few_of,
    intervals,
    left_out,
    named,
    no_reply,
    rate_sentence,
    shares,
    still,
    with_withdrawn,
)
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import check_method
from closing_lib.outcomes.vocabulary import KINDS, WORDS, Nudged, Thanks

_LANDMARK = 1  # week by which a letter was sent or was not; only interviews without an answer then are compared
_TWO_WEEKS = 2  # by then a reminder was due, whether a day was promised or not (S24)


@validate_call
def by_tactic(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by what was asked; within bands of how it went, since bold asks follow good interviews.

    Parameters
    ----------
    within_bands : bool
        Whether each band has rows of its own. The comparison across bands is the naive one.
    method : {"wilson", "jeffreys"}
        The interval, as for `rate_interval`.

    Returns
    -------
    Result
        One row for each tactic that was asked (in each band): ``n`` interviews that are over, ``progressed`` of them;
        ``rate``, ``low`` and ``high`` (95%), missing below n = 5; ``no_reply``, those of n that were given up; ``open``
        and ``withdrew``, counted in neither; ``if_open_fail``, the rate if all open ones come to nothing, and
        ``if_open_succeed``, the rate if they and those given up all move forward; and ``sentence``.

        The intervals of a room know that one person's interviews go together (Rao and Scott), and are missing below
        five people; it has also ``people``, ``design_effect`` and ``effective_n``.

    """
    return _rates(t, "by_tactic", "used", within_bands=within_bands, method=method)


@validate_call
def by_band(t: Tally, *, method: str = "wilson") -> Result:
    """Count what moved forward, by how it went. Columns as in `by_tactic`."""
    return _rates(t, "by_band", "band", within_bands=False, method=method)


@validate_call
def by_advice(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether the question was the one that the kit advised. Columns as in `by_tactic`."""
    return _rates(t, "by_advice", "followed", within_bands=within_bands, method=method)


@validate_call
def by_thanks(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether a thank-you letter followed (S23). Columns as in `by_tactic`.

    Only interviews that had no answer for a week count, by whether a letter had been sent by then: those who were
    answered sooner had no time for one, so that letters would seem to help or to harm (immortal time).
    """
    need(t, ["thanks", "weeks"])
    waited = numbers(t, "weeks") >= _LANDMARK
    is_dated = t["weeks"].notna().to_numpy()
    n = total(t, ~waited & is_dated & t["thanks"].notna().to_numpy())
    there = t[[name for name in ("person", "round", "band", "thanks", "outcome", "n") if name in t]]
    there = there.iloc[np.flatnonzero(waited)]
    places = np.array([*range(len(Thanks)), -1])  # by the code of a letter; the last: missing
    places[WORDS["thanks"].index(Thanks.LATER)] = WORDS["thanks"].index(Thanks.NONE)
    letters = places[there["thanks"].cat.codes.to_numpy()].astype(np.int8)
    there = there.assign(thanks=pd.Categorical.from_codes(letters, dtype=KINDS["thanks"]))
    caveats = [text("results.landmark", n=n)] if n else []
    caveats += [text("results.waiting.undated", n=undated)] if (undated := total(t, ~is_dated)) else []
    return _rates(there, "by_thanks", "thanks", within_bands=within_bands, method=method, caveats=caveats)


def _rates(
    t: pd.DataFrame, kind: str, by: str, *, within_bands: bool, method: str, caveats: Iterable[str] = ()
) -> Result:
    """Count what moved forward in each group of a column, within bands of how it went or across them."""
    check_method(method)
    groups = ["band", by] if within_bands else [by]
    counted = grouped(t, groups)
    table, used = with_rates(counted, method), counted.method if counted.of.is_room else method
    told = [rate_sentence(row, named(row, groups)) for row in table.itertuples()]
    beside = [*intervals(table, used), *no_reply(table), *left_out(t, groups), *caveats]
    if len(table) and "round" in t and _several_rounds(t):
        beside.append(text("results.rounds_together"))
    if "band" not in groups and (table["n"] > 0).sum() > 1:
        beside.append(text("outcomes.beware"))
    return counted.of.result(kind, table, told, caveats=beside, by=by, within_bands=within_bands, method=used)


def _several_rounds(t: pd.DataFrame) -> bool:
    held = np.bincount(t["round"].cat.codes.to_numpy() + 1, weights=t["n"].to_numpy())
    return bool(np.count_nonzero(held[1:]) > 1)


def _tally_or_result(name: str, given: object) -> pd.DataFrame | Result:
    return given if isinstance(given, Result) else as_tally(name, given)


@validate_call
def sentence(t: Annotated[pd.DataFrame | Result, _tally_or_result]) -> str:
    """Say in plain words what a tally, or a result from one, shows, and what it does not."""
    if isinstance(t, Result):
        return t.sentence
    if t.empty:
        return text("outcomes.nothing_yet")
    counted = count(t, ["used"])
    rows: list[Any] = [row for row in counted.itertuples() if row.n]
    asked = [
        text("outcomes.asked", tactic=text(f"outcomes.tactic.{row.used}"), n=row.n, progressed=row.progressed)
        for row in rows
    ]
    told = [text("outcomes.counted", parts="; ".join(asked)), text("outcomes.progressed_means")]
    if not rows:  # what was answered without a record of the question is left out below
        is_answered = count(t.assign(all=0), ["all"])["n"].any()
        told = [text("results.nothing" if is_answered else "outcomes.no_answer_yet")]
    told += no_reply(counted)
    if unknown := total(t, t["used"].isna().to_numpy()):
        told.append(text("outcomes.not_recorded", n=unknown))
    if len(rows) > 1:
        told.append(text("outcomes.beware"))
    return " ".join(told)


@validate_call
def funnel(t: Tally) -> Result:
    """Count the interviews of each round, and how many of them led further, each by its own answer.

    A round that nobody had is not passed by anybody; an interview without a recorded question counts like any other.

    Returns
    -------
    Result
        One row a round: ``round``; ``held``, its interviews; ``n`` of them that are over, ``further``, with ``rate``,
        and the other columns of `by_tactic`; and ``sentence``.
    """
    counted = grouped(t, ["round"])
    table = complete(with_rates(counted), "round", WORDS["round"]).rename(columns={"progressed": "further"})
    table.insert(1, "held", table["n"] + table["open"] + table["withdrew"])
    told = [_round_sentence(row) for row in table.itertuples()]
    caveats = [text("results.funnel.interviewed"), *no_reply(table), *left_out(t, ["round"])]
    return counted.of.result("funnel", table, told, caveats=caveats, by="round", method=counted.method)


def _round_sentence(row: Any) -> str:
    where = text(f"results.funnel.round.{row.round}")
    if not row.held:
        return text("results.funnel.nobody", round=where)
    told = {"round": where, "held": row.held, "further": row.further, "n": row.n, "still": still(row)}
    if not row.n:
        said = text("results.funnel.none", **told)
    elif math.isnan(row.rate):
        said = text("results.funnel.few", **told, what=few_of(row))
    else:
        said = text("results.funnel.shown", **told, rate=shares(row.rate, row.low, row.high))
    return with_withdrawn(said, row)


@validate_call
def bounds(t: Tally, by: str = "used") -> Result:
    """Say between what the rate of each group lies whatever becomes of those without an answer, chance included.

    "No reply" is a no at the lower end, and still open at the upper one.

    Returns
    -------
    Result
        One row a group: its counts; ``if_open_fail`` with ``low``, the lower end of its 95% interval, and
        ``if_open_succeed`` with ``high``, the upper end of its; and ``sentence``. Shares are missing below five
        interviews, and in a room below five people.
    """
    check_group(by)
    counted = grouped(t, [by])
    everyone = counted.by_person(PROGRESS, REFUSAL, SILENCE, STILL_OPEN)
    fails, succeeds = (
        np.array([rate_of(*each, is_room=counted.of.is_room) for each in zip(k, everyone, strict=True)])
        for k in (counted.by_person(PROGRESS), counted.by_person(PROGRESS, SILENCE, STILL_OPEN))
    )
    ends = (fails[:, 0], succeeds[:, 0], fails[:, 1], succeeds[:, 2]) if len(fails) else (fails,) * 4
    table = counted.table.assign(**dict(zip([*BOUNDS, *INTERVAL[1:]], ends, strict=True)))
    told = [_bounds_sentence(row, by) for row in table.itertuples()]
    return counted.of.result("bounds", table, told, caveats=left_out(t, [by]), by=by, method=counted.method)


def _bounds_sentence(row: Any, by: str) -> str:
    counts = {"who": named(row, [by]), "progressed": row.progressed, "n": row.n}
    if not row.n:
        none = text("results.rate.none", who=counts["who"])
        return f"{none} {still(row)}." if row.open else none
    if math.isnan(row.low):
        what = text(f"results.few.{'data' if row.n + row.open < MIN_N else 'people'}")
        return text("results.bounds.few", **counts, still=still(row), what=what)
    if not (row.open or row.no_reply):
        return text("results.bounds.closed", **counts, rate=shares(row.if_open_fail, row.low, row.high))
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    digits = digits_of(row.low, row.high)
    written = {name: percent(share, digits) for name, share in ends.items()}
    return text("results.bounds.shown", **counts, still=still(row), **written)


@validate_call
def discipline(t: Tally) -> Result:
    """Count how often the plan was kept: a thank-you letter at once (S23), a reminder after two weeks (S24).

    Returns
    -------
    Result
        One row a habit: ``habit`` (``"thanks_in_time"``, ``"thanks_at_all"``, ``"nudge"``), ``n`` interviews after
        which it was due, ``kept``, ``rate``, ``low`` and ``high`` (95%; missing below n = 5, and in a room below five
        people), and ``sentence``. The reminder was due where nothing was heard for two weeks.
    """
    need(t, ["thanks", "nudged", "weeks"])
    thanks, nudged = (t[name].cat.codes.to_numpy() for name in ("thanks", "nudged"))
    is_silent = numbers(t, "weeks") >= _TWO_WEEKS
    in_time, none, asked = WORDS["thanks"].index(Thanks.IN_TIME), WORDS["thanks"].index(Thanks.NONE), Nudged.YES
    habits = {
        "thanks_in_time": (thanks >= 0, thanks == in_time),
        "thanks_at_all": (thanks >= 0, thanks != none),
        "nudge": ((nudged >= 0) & is_silent, nudged == WORDS["nudged"].index(asked)),
    }
    people = People(t)
    who, n = people.number if people.is_room else np.zeros(len(t), dtype=np.int64), t["n"].to_numpy()
    rows = []
    for name, (is_due, is_kept) in habits.items():
        due, kept = (np.bincount(who, weights=n * (is_due & also)).astype(np.int64) for also in (True, is_kept))
        rate = dict(zip(INTERVAL, rate_of(kept, due, is_room=people.is_room), strict=False))
        rows.append({"habit": name, "n": due.sum(), "kept": kept.sum(), **rate})
    types = {"habit": "str", "n": "int64", "kept": "int64"} | dict.fromkeys(INTERVAL, "float64")
    table = framed(rows, types)
    told = [_habit_sentence(row) for row in table.itertuples()]
    return people.result("discipline", table, told, method="clustered" if people.is_room else "wilson")


def _habit_sentence(row: Any) -> str:
    if not row.n:
        return text("results.habit.none", habit=capitalised(text(f"charts.habit.{row.habit}")))
    what = text(f"results.habit.{row.habit}", kept=row.kept, n=row.n)
    if math.isnan(row.rate):
        return text("results.habit.few", habit=what, what=few_of(row))
    return text("results.habit.shown", habit=what, rate=shares(row.rate, row.low, row.high))
