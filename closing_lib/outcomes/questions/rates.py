"""Rates of groups, as several questions show them: counts, intervals, bounds, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import grouped, summed, with_rates
from closing_lib.outcomes.questions.people import people_count, together
from closing_lib.outcomes.questions.wording import intervals, left_out, named, no_reply, rate_sentence
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import check_method


def rates_by(t: Tally, kind: str, by: str, *, within_bands: bool, method: str, caveats: Iterable[str] = ()) -> Result:
    """Count what moved forward in each group of a column, within bands of how it went or across them."""
    check_method(method)
    groups = ["band", by] if within_bands else [by]
    counted = grouped(t, groups)
    table, used = with_rates(counted, method), method if counted.people is None else "clustered"
    told = [rate_sentence(row, named(row, groups)) for row in table.itertuples()]
    is_naive = "band" not in groups and (table["n"] > 0).sum() > 1
    beside = [*intervals(table, used), *no_reply(table), *left_out(t, groups), *caveats, *_rounds(t)]
    beware = [text("outcomes.beware")] if is_naive else []
    about: dict[str, Any] = {"by": by, "within_bands": within_bands, "method": used, **people_count(t)}
    return Result.of(kind, table, told, caveats=[*beside, *beware, *together(t)], **about)


def _rounds(t: pd.DataFrame) -> Iterable[str]:
    """Say that rounds are counted together, where there are several."""
    if "round" in t and len(summed(t, ["round"])) > 1:
        yield text("results.rounds_together")
