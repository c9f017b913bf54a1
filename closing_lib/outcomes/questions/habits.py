"""How far applications come, and how well the letters and reminders of the plan are kept."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, MIN_N, SHARES, check_group, count, need, with_rates
from closing_lib.outcomes.questions.wording import left_out, named, said, shares
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import WORDS, Nudged, Thanks

_TWO_WEEKS = 2  # by then a reminder was due, whether a day was promised or not (S24)


@validate_call
def funnel(t: Tally) -> pd.DataFrame:
    """Count the interviews of each round, and how many of them led further, each by its own answer.

    A round that nobody had is not passed by anybody; an interview without a recorded question counts like any other.

    Returns
    -------
    pandas.DataFrame
        One row a round: ``round``; ``held``, its interviews; ``n`` of them with an answer, ``further``, with ``rate``,
        ``low`` and ``high`` (95% Wilson, missing below n = 5); ``open``, ``withdrew`` there, counted in neither;
        ``if_open_fail``, ``if_open_succeed``; and ``sentence``.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    counted = count(t, ["round"]).set_index("round").reindex(WORDS["round"], fill_value=0).reset_index()
    held = counted["n"] + counted["open"] + counted["withdrew"]
    table = with_rates(counted).rename(columns={"progressed": "further"})
    table.insert(1, "held", held)
    table["round"] = table["round"].astype(pd.CategoricalDtype(WORDS["round"], ordered=True))
    told = [_stage_sentence(row) for row in table.itertuples()]
    return said(table, told, notes=[text("results.funnel.interviewed"), *left_out(t, ["round"])])


@validate_call
def discipline(t: Tally) -> pd.DataFrame:
    """Count how often the plan was kept: a thank-you letter at once (S23), a reminder after two weeks (S24).

    Returns
    -------
    pandas.DataFrame
        One row a habit: ``habit`` (``"thanks_in_time"``, ``"thanks_at_all"``, ``"nudge"``), ``n`` applications for
        which it was due, ``kept``, ``rate``, ``low`` and ``high`` (95% Wilson, missing below n = 5), and ``sentence``.
        The reminder was due where nothing was heard for two weeks.
    """
    need(t, ["thanks", "nudged", "weeks"])
    thanks = t.dropna(subset=["thanks"])
    silent = t[t["nudged"].notna() & (t["weeks"] >= _TWO_WEEKS).fillna(value=False)]
    kept = {
        "thanks_in_time": (thanks, thanks["thanks"] == Thanks.IN_TIME),
        "thanks_at_all": (thanks, thanks["thanks"] != Thanks.NONE),
        "nudge": (silent, silent["nudged"] == Nudged.YES),
    }
    rows = [
        _habit(name, int(due["n"].sum()), int(due.loc[is_kept, "n"].sum())) for name, (due, is_kept) in kept.items()
    ]
    table = pd.DataFrame(rows)
    return said(table, [_habit_sentence(row) for row in table.itertuples()])


@validate_call
def bounds(t: Tally, by: str = "used") -> pd.DataFrame:
    """Say between what the rate of each group lies whatever becomes of the open ones, chance included.

    Returns
    -------
    pandas.DataFrame
        One row a group: its counts; ``if_open_fail`` with ``low``, the lower end of its Wilson interval, and
        ``if_open_succeed`` with ``high``, the upper end of its; missing below five applications; and ``sentence``.
    """
    check_group(by)
    counted = count(t, [by])
    rows = []
    for n, progressed, still_open in zip(
        *(counted[name].tolist() for name in ("n", "progressed", "open")), strict=True
    ):
        everyone, most = n + still_open, progressed + still_open
        if everyone < MIN_N:
            rows.append((float("nan"),) * 4)
            continue
        low, high = rate_interval(progressed, everyone)[0], rate_interval(most, everyone)[1]
        rows.append((progressed / everyone, most / everyone, low, high))
    table = pd.concat([counted, pd.DataFrame(rows, columns=[*BOUNDS, "low", "high"], dtype="float64")], axis="columns")
    return said(table, [_bounds_sentence(row, by) for row in table.itertuples()], notes=left_out(t, [by]))


def _stage_sentence(row: Any) -> str:
    where = text(f"results.funnel.round.{row.round}")
    if not row.held:
        return text("results.funnel.nobody", round=where)
    told = {"round": where, "held": row.held, "further": row.further, "n": row.n, "open": row.open}
    if math.isnan(row.rate):
        return text("results.funnel.few", **told)
    return text("results.funnel.shown", **told, rate=shares(row.rate, row.low, row.high))


def _habit(name: str, n: int, kept: int) -> dict[str, object]:
    rate = (kept / n, *rate_interval(kept, n)) if n >= MIN_N else (float("nan"),) * 3
    return {"habit": name, "n": n, "kept": kept, **dict(zip(SHARES[:3], rate, strict=True))}


def _habit_sentence(row: Any) -> str:
    what = text(f"results.habit.{row.habit}", kept=row.kept, n=row.n)
    if math.isnan(row.rate):
        return text("results.habit.few", what=what)
    return text("results.habit.shown", what=what, rate=shares(row.rate, row.low, row.high))


def _bounds_sentence(row: Any, by: str) -> str:
    counts = {"who": named(row, [by]), "progressed": row.progressed, "n": row.n, "open": row.open}
    if math.isnan(row.low):
        return text("results.bounds.few", **counts)
    if not row.open:
        return text("results.bounds.closed", **counts, rate=shares(row.if_open_fail, row.low, row.high))
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    return text("results.bounds.shown", **counts, **{name: percent(share) for name, share in ends.items()})
