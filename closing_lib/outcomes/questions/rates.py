"""Rates of groups, as several questions show them: counts, intervals, bounds, and what is left out."""

from __future__ import annotations

from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import count, with_rates
from closing_lib.outcomes.questions.wording import intervals, left_out, named, of_room, rate_sentence
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import check_method


def rates_by(t: Tally, kind: str, by: str, *, within_bands: bool, method: str) -> Result:
    """Count what moved forward in each group of a column, within bands of how it went or across them."""
    check_method(method)
    groups = ["band", by] if within_bands else [by]
    table = with_rates(count(t, groups), method)
    told = [rate_sentence(row, named(row, groups)) for row in table.itertuples()]
    is_naive = "band" not in groups and (table["n"] > 0).sum() > 1
    beware = [text("outcomes.beware")] if is_naive else []
    caveats = [*intervals(table, method), *left_out(t, groups), *beware, *of_room(t)]
    return Result.of(kind, table, told, caveats=caveats, by=by, within_bands=within_bands, method=method)
