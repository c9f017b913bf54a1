"""How well the letters and reminders of the plan are kept, and what moved forward with a letter and without."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import framed, need, rate_of
from closing_lib.outcomes.questions.people import is_room, numbered, result_of
from closing_lib.outcomes.questions.progressed import rates_by
from closing_lib.outcomes.questions.wording import few_of, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import Nudged, Thanks

_TWO_WEEKS = 2  # by then a reminder was due, whether a day was promised or not (S24)
_USED = ["person", "round", "band", "thanks", "outcome", "n"]
_LANDMARK = 1  # week by which a letter was sent or was not; only interviews without an answer then are compared
_TYPES = {"habit": "str", "n": "int64", "kept": "int64", "rate": "float64", "low": "float64", "high": "float64"}


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
    thanks, nudged, n = t["thanks"], t["nudged"], t["n"].to_numpy()
    is_silent = t["weeks"].to_numpy(dtype=np.int64, na_value=-1) >= _TWO_WEEKS
    habits = {
        "thanks_in_time": (thanks.notna(), thanks == Thanks.IN_TIME),
        "thanks_at_all": (thanks.notna(), thanks != Thanks.NONE),
        "nudge": (nudged.notna() & is_silent, nudged == Nudged.YES),
    }
    who = numbered(t) if (several := is_room(t)) else np.zeros(len(t), dtype=np.int64)
    rows = []
    for name, (is_due, is_kept) in habits.items():
        due, kept = (np.bincount(who, weights=n * (is_due & also)).astype(np.int64) for also in (True, is_kept))
        rate = dict(zip(("rate", "low", "high"), rate_of(kept, due, is_room=several), strict=False))
        rows.append({"habit": name, "n": due.sum(), "kept": kept.sum(), **rate})
    table = framed(rows, _TYPES)
    told = [_habit_sentence(row) for row in table.itertuples()]
    return result_of(t, "discipline", table, told, method="clustered" if several else "wilson")


def _habit_sentence(row: Any) -> str:
    what = text(f"results.habit.{row.habit}", kept=row.kept, n=row.n)
    if math.isnan(row.rate):
        return text("results.habit.few", habit=what, what=few_of(row))
    return text("results.habit.shown", habit=what, rate=shares(row.rate, row.low, row.high))


@validate_call
def by_thanks(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether a thank-you letter followed (S23). Columns as in `by_tactic`.

    Only interviews that had no answer for a week count, by whether a letter had been sent by then: those who were
    answered sooner had no time for one, so that letters would seem to help or to harm (immortal time).
    """
    need(t, ["thanks", "weeks"])
    waited = t["weeks"].to_numpy(dtype=np.int64, na_value=-1) >= _LANDMARK
    is_dated = t["weeks"].notna().to_numpy()
    n = int(t["n"].to_numpy()[~waited & is_dated & t["thanks"].notna().to_numpy()].sum())
    there = t[[name for name in _USED if name in t]][waited]
    thanks = there["thanks"].where(there["thanks"] != Thanks.LATER, str(Thanks.NONE))
    caveats = [text("results.landmark", n=n)] if n else []
    caveats += [text("results.waiting.undated", n=int(t["n"].to_numpy()[~is_dated].sum()))] * (not is_dated.all())
    there = there.assign(thanks=thanks)
    return rates_by(there, "by_thanks", "thanks", within_bands=within_bands, method=method, caveats=caveats)
