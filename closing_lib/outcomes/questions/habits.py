"""How well the letters and reminders of the plan are kept, and what moved forward with a letter and without."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import OF_PEOPLE, SHARES, need, rate_of
from closing_lib.outcomes.questions.people import is_room, numbered, people_count, together
from closing_lib.outcomes.questions.rates import rates_by
from closing_lib.outcomes.questions.wording import few_of, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import Nudged, Thanks

_TWO_WEEKS = 2  # by then a reminder was due, whether a day was promised or not (S24)
_USED = ["person", "round", "band", "thanks", "outcome", "n"]
_LANDMARK = 1  # week by which a letter was sent or was not; only interviews without an answer then are compared


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
    thanks, nudged = t["thanks"], t["nudged"]
    is_silent = nudged.notna() & (t["weeks"] >= _TWO_WEEKS).fillna(value=False)
    rows = [
        _habit(t, "thanks_in_time", thanks.notna(), thanks == Thanks.IN_TIME),
        _habit(t, "thanks_at_all", thanks.notna(), thanks != Thanks.NONE),
        _habit(t, "nudge", is_silent, nudged == Nudged.YES),
    ]
    table = pd.DataFrame(rows)
    told = [_habit_sentence(row) for row in table.itertuples()]
    method = "clustered" if is_room(t) else "wilson"
    return Result.of("discipline", table, told, caveats=together(t), method=method, **people_count(t))


def _habit(t: pd.DataFrame, name: str, is_due: pd.Series, is_kept: pd.Series) -> dict[str, object]:
    is_of_people, due = is_room(t), is_due.to_numpy(dtype=bool) * t["n"].to_numpy()
    who = numbered(t) if is_of_people else np.zeros(len(t), dtype=np.int64)
    n, kept = (np.bincount(who, weights=due * part).astype(np.int64) for part in (1, is_kept.to_numpy(dtype=bool)))
    rate = dict(zip([*SHARES[:3], *OF_PEOPLE], rate_of(kept, n, is_room=is_of_people), strict=True))
    return {"habit": name, "n": int(n.sum()), "kept": int(kept.sum()), **{end: rate[end] for end in SHARES[:3]}}


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
    waited = (t["weeks"] >= _LANDMARK).fillna(value=False).to_numpy(dtype=bool)
    there = t[[name for name in _USED if name in t]][waited]
    there = there.assign(thanks=there["thanks"].where(there["thanks"] != Thanks.LATER, str(Thanks.NONE)))
    n = int(t["n"].to_numpy()[~waited & t["thanks"].notna().to_numpy()].sum())
    caveats = [text("results.landmark", n=n)] if n else []
    return rates_by(there, "by_thanks", "thanks", within_bands=within_bands, method=method, caveats=caveats)
