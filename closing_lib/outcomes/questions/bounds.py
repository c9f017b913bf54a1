"""Between what each rate lies whatever becomes of the open applications."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, MIN_N, check_group, count
from closing_lib.outcomes.questions.wording import left_out, named, of_room, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import rate_interval


@validate_call
def bounds(t: Tally, by: str = "used") -> Result:
    """Say between what the rate of each group lies whatever becomes of the open ones, chance included.

    Returns
    -------
    Result
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
    told = [_bounds_sentence(row, by) for row in table.itertuples()]
    return Result.of("bounds", table, told, caveats=[*left_out(t, [by]), *of_room(t)], by=by, method="wilson")


def _bounds_sentence(row: Any, by: str) -> str:
    counts = {"who": named(row, [by]), "progressed": row.progressed, "n": row.n, "open": row.open}
    if math.isnan(row.low):
        return text("results.bounds.few", **counts)
    if not row.open:
        return text("results.bounds.closed", **counts, rate=shares(row.if_open_fail, row.low, row.high))
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    return text("results.bounds.shown", **counts, **{name: percent(share) for name, share in ends.items()})
