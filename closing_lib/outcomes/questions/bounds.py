"""Between what each rate lies whatever becomes of the open applications."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, COUNTS, MIN_N, Cells, check_group, grouped, rate_of
from closing_lib.outcomes.questions.people import people_count, together
from closing_lib.outcomes.questions.wording import left_out, named, shares, still
from closing_lib.outcomes.result import Result


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
    table = counted.table
    people = table[COUNTS].to_numpy().T[:, :, np.newaxis] if counted.people is None else counted.people
    n, progressed, no_reply, still_open, _ = people
    everyone, most = n + still_open, progressed + no_reply + still_open
    rows = [_ends(*group, is_room=counted.people is not None) for group in zip(progressed, most, everyone, strict=True)]
    ends = pd.DataFrame(rows, columns=[*BOUNDS, "low", "high"], dtype="float64")
    table = pd.concat([table, ends], axis="columns")
    told = [_bounds_sentence(row, by) for row in table.itertuples()]
    caveats = [*left_out(t, [by]), *together(t)]
    method = "wilson" if counted.people is None else "clustered"
    return Result.of("bounds", table, told, caveats=caveats, by=by, method=method, **people_count(t))


def _ends(k: Cells, most: Cells, n: Cells, *, is_room: bool) -> tuple[float, ...]:
    fail, low, _, *_ = rate_of(k, n, is_room=is_room)
    succeed, _, high, *_ = rate_of(most, n, is_room=is_room)
    return fail, succeed, low, high


def _bounds_sentence(row: Any, by: str) -> str:
    counts = {"who": named(row, [by]), "progressed": row.progressed, "n": row.n}
    if not row.n + row.open:
        return text("results.rate.none", who=counts["who"])
    if math.isnan(row.low):
        what = text(f"results.few.{'data' if row.n + row.open < MIN_N else 'people'}")
        return text("results.bounds.few", **counts, still=still(row), what=what)
    if not (row.open or row.no_reply):
        return text("results.bounds.closed", **counts, rate=shares(row.if_open_fail, row.low, row.high))
    ends = {"fail": row.if_open_fail, "succeed": row.if_open_succeed, "low": row.low, "high": row.high}
    return text(
        "results.bounds.shown", **counts, still=still(row), **{name: percent(share) for name, share in ends.items()}
    )
