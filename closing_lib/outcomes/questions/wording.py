"""How a result says itself in plain words: the parts of sentences that several results share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import percent, points, ratio
from closing_lib.outcomes.questions.counts import MIN_N, total

_UNKNOWN = {("used",): "used", ("band",): "band", ("score",): "band", ("band", "used"): "band_used"}
_NEAR_ZERO = 0.01  # the upper end of an interval is never written as 0: it would say that nothing else can be
_MOST_DIGITS = 4


def left_out(t: pd.DataFrame, by: Sequence[str]) -> Iterator[str]:
    """Say how many a result leaves out, since one of the columns that it counts by is not recorded."""
    if n := total(t, reduce(np.logical_or, (t[name].isna().to_numpy() for name in by))):
        yield text(f"results.left_out.{_UNKNOWN.get(tuple(by), 'other')}", n=n)


def intervals(table: pd.DataFrame, method: str = "wilson") -> Iterator[str]:
    """Say what stands in brackets behind a rate, where there is any."""
    if table["rate"].notna().any():
        yield text(f"results.brackets.{method}")


def no_reply(table: pd.DataFrame) -> Iterator[str]:
    """Say how "no reply" is counted, where there is any."""
    if n := int(table["no_reply"].sum()):
        yield text("outcomes.no_reply", n=n)


def named(row: Any, by: Sequence[str]) -> str:
    """Name the group of a row: ``"The bold question, after interviews that went well"``; alone ``"It went well"``."""
    words = [name_of(column, getattr(row, column)) for column in by if column != "band" or len(by) == 1]
    if len(words) < len(by):
        words.append(text(f"results.after.{row.band}"))
    return capitalised(", ".join(words))


def capitalised(words: str) -> str:
    """Words as a sentence begins: the first letter a capital, the others as they are."""
    return words[:1].upper() + words[1:]


def name_of(column: str, value: object) -> str:
    """Name one value of a column."""
    where = {"used": "outcomes.tactic", "band": "outcomes.band"}.get(column, f"results.name.{column}")
    return text(f"{where}.{value}")


def rate_sentence(row: Any, who: str) -> str:
    """Say a rate with its count, its interval, and what the open ones leave of it."""
    if not row.n:
        return text("results.rate.none", who=who)
    if math.isnan(row.rate):
        return text("results.rate.few", who=who, progressed=row.progressed, n=row.n, what=few_of(row))
    rate = shares(row.rate, row.low, row.high)
    shown = text("results.rate.shown", who=who, progressed=row.progressed, n=row.n, rate=rate)
    if not (row.open or row.no_reply):
        return shown
    fail, succeed = percent(row.if_open_fail), percent(row.if_open_succeed)
    return f"{shown} {text('results.rate.open', still=still(row), fail=fail, succeed=succeed)}"


def few_of(row: Any) -> str:
    """Say what there is not enough of for a percentage: data, or people."""
    return text(f"results.few.{'data' if row.n < MIN_N else 'people'}")


def still(row: Any) -> str:
    """Say how many have had no answer: still open, given up, or both."""
    key = "both" if row.open and row.no_reply else "no_reply" if row.no_reply else "open"
    return text(f"results.still.{key}", open=row.open, no_reply=row.no_reply)


def with_withdrawn(said: str, row: Any) -> str:
    """Add how many were withdrawn, where all of a group are to add up."""
    return f"{said} {text('results.silence.withdrew', withdrew=row.withdrew)}" if row.withdrew else said


def shares(rate: float, low: float, high: float) -> str:
    """Write a rate with its interval: ``"67% (30% to 90%)"``."""
    rates, digits = {"rate": rate, "low": low, "high": high}, digits_of(low, high)
    return text("results.shares", **{name: percent(share, digits) for name, share in rates.items()})


def signed(difference: float, digits: int = 0) -> str:
    """Say a difference in words: ``"12 more"``, ``"3 fewer"``, ``"as many"``."""
    shown = points(abs(difference), digits)
    key = "as_many" if shown == points(0) else "more" if difference > 0 else "fewer"
    return text(f"results.points.{key}", points=shown)


def digits_of(low: float, high: float) -> int:
    """Find how many decimals it takes until the ends of an interval of shares, in hundredths, do not look the same."""
    return _digits_between(100 * low, 100 * high)


def _digits_between(low: float, high: float) -> int:
    return next((digits for digits in range(_MOST_DIGITS) if round(low, digits) != round(high, digits)), 0)


def ratios(low: float, high: float) -> str:
    """Write the interval of an odds ratio: ``"from 0.5 to 12"``; of a narrow one with more decimals."""
    if math.isinf(high):
        return text("results.at_least", low=ratio(low))
    ends = {"low": low, "high": max(high, _NEAR_ZERO)}
    digits = _digits_between(*ends.values())
    return text("results.from_to", **{name: ratio(end, digits) for name, end in ends.items()})
