"""Between what each rate lies whatever becomes of the open applications."""

from __future__ import annotations

import math
from typing import Any

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import BOUNDS, MIN_N, check_group, grouped, rate_of
from closing_lib.outcomes.questions.people import result_of
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
    n, progressed, no_reply, still_open, _ = counted.people
    fails, succeeds = (
        [rate_of(*each, is_room=counted.is_room) for each in zip(k, n + still_open, strict=True)]
        for k in (progressed, progressed + no_reply + still_open)
    )
    ends = {BOUNDS[0]: fails, BOUNDS[1]: succeeds, "low": fails, "high": succeeds}
    places = (0, 0, 1, 2)
    table = counted.table.assign(
        **{name: [float(each[at]) for each in of] for at, (name, of) in zip(places, ends.items(), strict=True)}
    ).astype(dict.fromkeys(ends, "float64"))
    told = [_bounds_sentence(row, by) for row in table.itertuples()]
    return result_of(t, "bounds", table, told, caveats=left_out(t, [by]), by=by, method=counted.method)


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
    return text(
        "results.bounds.shown", **counts, still=still(row), **{name: percent(share) for name, share in ends.items()}
    )
