"""What becomes of silence: of those silent for so many days, how many still heard."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.models import EventKind
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, COUNTS, SHARES, with_rates
from closing_lib.outcomes.questions.waiting import WEEK, dated_part, undated
from closing_lib.outcomes.questions.wording import of_room, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES


@validate_call
def silence(t: Tally, days: Sequence[int] | None = None) -> Result:
    """Tell what became of those who had been silent for so many days: how many still heard, and how many well.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    days : sequence of int or None
        Full weeks in days: 7, 14, ...; up to eight weeks where none are given.

    Returns
    -------
    Result
        One row for each: ``days``, ``silent`` at least that long, ``n`` of them of which it is known, ``heard``
        afterwards, ``progressed`` of those; ``rate`` of those who heard, with ``low`` and ``high`` (95% Wilson, missing
        below n = 5); ``open``, ``withdrew``, counted in neither; ``if_open_fail``, ``if_open_succeed``; ``sentence``.
        "No reply" counts as not heard.

    Raises
    ------
    ValueError
        If the days are no full weeks, or the tally lacks a column.
    """
    wanted = [WEEK * week for week in range(1, 9)] if days is None else [*days]
    if wrong := [day for day in wanted if day % WEEK or day < WEEK]:
        raise ValueError(f"A tally counts full weeks, so {wrong[0]} days cannot be told; choose 7, 14, 21, ...")
    dated = dated_part(t)
    rows = [_silent(dated[dated["weeks"] >= day // WEEK], day) for day in wanted]
    counted = pd.DataFrame(rows, columns=["days", "silent", "well", *COUNTS]).astype("int64")
    table = with_rates(counted[["days", "silent", "well", *COUNTS]]).rename(
        columns={"progressed": "heard", "well": "progressed"}
    )
    order = ["days", "silent", "n", "heard", "progressed", *SHARES[:3], "open", "withdrew", *BOUNDS]
    told = [_silence_sentence(row) for row in table.itertuples()]
    so_far = [one for one, silent in zip(told, table["silent"], strict=True) if silent]
    whole = " ".join(so_far) or text("results.nothing")
    return Result.of("silence", table[order], told, whole, [*undated(t, dated), *of_room(t)], method="wilson")


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
