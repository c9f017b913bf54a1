"""How well the letters and reminders of the plan are kept, and what moved forward with a letter and without."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, SHARES, need
from closing_lib.outcomes.questions.rates import rates_by
from closing_lib.outcomes.questions.wording import of_room, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import rate_interval
from closing_lib.outcomes.vocabulary import Nudged, Thanks

_TWO_WEEKS = 2  # by then a reminder was due, whether a day was promised or not (S24)


@validate_call
def discipline(t: Tally) -> Result:
    """Count how often the plan was kept: a thank-you letter at once (S23), a reminder after two weeks (S24).

    Returns
    -------
    Result
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
    told = [_habit_sentence(row) for row in table.itertuples()]
    return Result.of("discipline", table, told, caveats=of_room(t), method="wilson")


def _habit(name: str, n: int, kept: int) -> dict[str, object]:
    rate = (kept / n, *rate_interval(kept, n)) if n >= MIN_N else (float("nan"),) * 3
    return {"habit": name, "n": n, "kept": kept, **dict(zip(SHARES[:3], rate, strict=True))}


def _habit_sentence(row: Any) -> str:
    what = text(f"results.habit.{row.habit}", kept=row.kept, n=row.n)
    if math.isnan(row.rate):
        return text("results.habit.few", what=what)
    return text("results.habit.shown", what=what, rate=shares(row.rate, row.low, row.high))


@validate_call
def by_thanks(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether a thank-you letter followed in a day (S23). Columns as in `by_tactic`."""
    return rates_by(t, "by_thanks", "thanks", within_bands=within_bands, method=method)
