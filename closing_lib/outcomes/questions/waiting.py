"""How long an answer takes, which answer it is, and what becomes of silence; open applications go on waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.models import EventKind
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, COUNTS, MIN_N, SHARES, summed, with_rates
from closing_lib.outcomes.questions.wording import said, shares
from closing_lib.outcomes.statistics.survival import cumulative_incidence, median, survival
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES

ENDS = [EventKind.ADVANCED, EventKind.OFFER, EventKind.REJECTED, EventKind.WITHDREW]
STILL = (EventKind.NO_REPLY, OPEN)  # silence: followed as long as it was watched, and not known to be the end
_WEEK = 7


@validate_call
def time_to_answer(t: Tally) -> pd.DataFrame:
    """Estimate how many are still waiting, by week; open ones count for as long as they have waited (Kaplan-Meier).

    An answer or a withdrawal ends the waiting. An application that is open, or was given up as "no reply", is taken to
    be still waiting on the day of the tally, which lies somewhere within its last week: there it counts half.
    `answers_over_time` tells which end it was.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.

    Returns
    -------
    pandas.DataFrame
        One row a week that occurs: ``weeks`` (whole weeks that have gone by before the answer: 0 is within 7 days),
        ``at_risk``, ``ended`` in it, ``waiting`` after it with ``low`` and ``high`` (95%; missing where fewer than five
        are counted), and ``sentence``.

    Raises
    ------
    ValueError
        If the tally lacks the weeks or the outcome.
    """
    dated = _dated(t)
    ended = dated["outcome"].isin(ENDS).to_numpy()
    found = survival(dated["weeks"].to_numpy(), ended, dated["n"].to_numpy(), grouped=True)
    whole = _waiting_sentence(dated, found)
    found = found.rename(columns={"time": "weeks", "events": "ended", "survival": "waiting"}).astype({"weeks": "int64"})
    enough = dated["n"].sum() >= MIN_N
    if not enough:
        found[["waiting", "low", "high"]] = np.nan
    told = [_week_sentence(row, enough=enough) for row in found.itertuples()]
    return said(found, told, whole, _undated(t, dated))


@validate_call
def answers_over_time(t: Tally) -> pd.DataFrame:
    """Estimate how many have had each answer by each week, where one answer excludes the others (Aalen-Johansen).

    Returns
    -------
    pandas.DataFrame
        For each end (``"advanced"``, ``"offer"``, ``"rejected"``, ``"withdrew"``) a row a week: ``outcome``,
        ``weeks``, ``n``, how many so far, ``incidence`` with ``low`` and ``high`` (95%; missing where fewer than five
        are counted), and ``sentence``. What is missing to 100% in a week is what `time_to_answer` calls waiting.
    """
    dated = _dated(t)
    numbers = {str(end): place for place, end in enumerate(ENDS, start=1)}
    cause = dated["outcome"].astype("object").map(numbers).fillna(0).to_numpy(dtype=int)
    found = cumulative_incidence(dated["weeks"].to_numpy(), cause, dated["n"].to_numpy(), grouped=True)
    found["n"] = found.groupby("cause")["events"].cumsum()
    kinds = pd.CategoricalDtype([*numbers], ordered=True)
    found["outcome"] = found["cause"].map({place: end for end, place in numbers.items()}).astype(kinds)
    found = found.rename(columns={"time": "weeks"}).astype({"weeks": "int64", "n": "int64"})
    if dated["n"].sum() < MIN_N:
        found[["incidence", "low", "high"]] = np.nan
    found = found[["outcome", "weeks", "n", "incidence", "low", "high"]]
    told = [_answer_sentence(row) for row in found.itertuples()]
    last = found.groupby("outcome", observed=True).tail(1).index
    return said(found, told, " ".join(told[place] for place in last), _undated(t, dated))


@validate_call
def silence(t: Tally, days: Sequence[int] | None = None) -> pd.DataFrame:
    """Tell what became of those who had been silent for so many days: how many still heard, and how many well.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    days : sequence of int or None
        Full weeks in days: 7, 14, ...; up to eight weeks where none are given.

    Returns
    -------
    pandas.DataFrame
        One row for each: ``days``, ``silent`` at least that long, ``n`` of them of which it is known, ``heard``
        afterwards, ``progressed`` of those; ``rate`` of those who heard, with ``low`` and ``high`` (95% Wilson, missing
        below n = 5); ``open``, ``withdrew``, counted in neither; ``if_open_fail``, ``if_open_succeed``; ``sentence``.
        "No reply" counts as not heard.

    Raises
    ------
    ValueError
        If the days are no full weeks, or the tally lacks a column.
    """
    wanted = [_WEEK * week for week in range(1, 9)] if days is None else [*days]
    if wrong := [day for day in wanted if day % _WEEK or day < _WEEK]:
        raise ValueError(f"A tally counts full weeks, so {wrong[0]} days cannot be told; choose 7, 14, 21, ...")
    dated = _dated(t)
    rows = [_silent(dated[dated["weeks"] >= day // _WEEK], day) for day in wanted]
    counted = pd.DataFrame(rows, columns=["days", "silent", "well", *COUNTS]).astype("int64")
    table = with_rates(counted[["days", "silent", "well", *COUNTS]]).rename(
        columns={"progressed": "heard", "well": "progressed"}
    )
    order = ["days", "silent", "n", "heard", "progressed", *SHARES[:3], "open", "withdrew", *BOUNDS]
    told = [_silence_sentence(row) for row in table.itertuples()]
    so_far = [one for one, silent in zip(told, table["silent"], strict=True) if silent]
    return said(table[order], told, " ".join(so_far) or text("results.nothing"), _undated(t, dated))


def _dated(t: pd.DataFrame) -> pd.DataFrame:
    return summed(t, ["weeks", "outcome"])


def _silent(part: pd.DataFrame, day: int) -> dict[str, int]:
    n = dict.fromkeys(OUTCOMES, 0)
    for outcome, many in zip(part["outcome"].tolist(), part["n"].tolist(), strict=True):
        n[outcome] += many
    well = n[EventKind.ADVANCED] + n[EventKind.OFFER]
    heard = well + n[EventKind.REJECTED]
    counts = {
        "n": heard + n[EventKind.NO_REPLY],
        "progressed": heard,
        "open": n[OPEN],
        "withdrew": n[EventKind.WITHDREW],
    }
    return {"days": day, "silent": sum(n.values()), "well": well, **counts}


def _waiting_sentence(dated: pd.DataFrame, found: pd.DataFrame) -> str:
    n = int(dated["n"].sum())
    if n < MIN_N:
        return text("results.waiting.few", n=n, needed=MIN_N)
    ends = [median(found.assign(survival=found[name])) for name in ("survival", "low", "high")]
    middle, early, late = (None if math.isnan(end) else (int(end) + 1) * _WEEK for end in ends)
    key = "open_end" if late is None else "week_exact" if early == late else "half"
    half = (
        text(f"results.waiting.{key}", days=middle, early=early, late=late) if middle else text("results.waiting.none")
    )
    still = {str(kind): int(dated.loc[dated["outcome"] == kind, "n"].sum()) for kind in STILL}
    counted = text("results.waiting.counted", n=n, open=still[OPEN], no_reply=still[EventKind.NO_REPLY])
    return f"{half} {counted}"


def _undated(t: pd.DataFrame, dated: pd.DataFrame) -> Iterator[str]:
    if n := int(t["n"].sum() - dated["n"].sum()):
        yield text("results.waiting.undated", n=n)


def _week_sentence(row: Any, *, enough: bool) -> str:
    days = (row.weeks + 1) * _WEEK
    if not enough:
        return text("results.waiting.week_few", days=days, ended=row.ended, n=row.at_risk)
    return text("results.waiting.week", days=days, rate=shares(row.waiting, row.low, row.high))


def _answer_sentence(row: Any) -> str:
    named = text(f"outcomes.event.{row.outcome}")
    days = (row.weeks + 1) * _WEEK
    if math.isnan(row.incidence):
        return text("results.answers.few", days=days, outcome=named, n=row.n)
    return text(
        "results.answers.week", days=days, outcome=named, n=row.n, rate=shares(row.incidence, row.low, row.high)
    )


def _silence_sentence(row: Any) -> str:
    counts = {"days": row.days, "silent": row.silent, "heard": row.heard, "n": row.n, "progressed": row.progressed}
    if not row.silent:
        return text("results.silence.nobody", days=row.days)
    if math.isnan(row.rate):
        return text("results.silence.few", **counts, open=row.open)
    told = text("results.silence.shown", **counts, rate=shares(row.rate, row.low, row.high))
    if not row.open:
        return told
    bounds = {"fail": percent(row.if_open_fail), "succeed": percent(row.if_open_succeed)}
    return f"{told} {text('results.silence.open', open=row.open, **bounds)}"
