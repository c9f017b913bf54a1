"""How many get past each round: of the interviews of each, how many led further."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import count, with_rates
from closing_lib.outcomes.questions.wording import left_out, of_room, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import WORDS


@validate_call
def funnel(t: Tally) -> Result:
    """Count the interviews of each round, and how many of them led further, each by its own answer.

    A round that nobody had is not passed by anybody; an interview without a recorded question counts like any other.

    Returns
    -------
    Result
        One row a round: ``round``; ``held``, its interviews; ``n`` of them with an answer, ``further``, with ``rate``,
        ``low`` and ``high`` (95% Wilson, missing below n = 5); ``open``, ``withdrew`` there, counted in neither;
        ``if_open_fail``, ``if_open_succeed``; and ``sentence``.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    words = pd.CategoricalDtype(WORDS["round"], ordered=True)
    counted = count(t, ["round"]).set_index("round").reindex(WORDS["round"], fill_value=0).reset_index()
    table = with_rates(counted).rename(columns={"progressed": "further"}).astype({"round": words})
    table.insert(1, "held", counted["n"] + counted["open"] + counted["withdrew"])
    told = [_round_sentence(row) for row in table.itertuples()]
    caveats = [text("results.funnel.interviewed"), *left_out(t, ["round"]), *of_room(t)]
    return Result.of("funnel", table, told, caveats=caveats, by="round", method="wilson")


def _round_sentence(row: Any) -> str:
    where = text(f"results.funnel.round.{row.round}")
    if not row.held:
        return text("results.funnel.nobody", round=where)
    told = {"round": where, "held": row.held, "further": row.further, "n": row.n, "open": row.open}
    if math.isnan(row.rate):
        return text("results.funnel.few", **told)
    return text("results.funnel.shown", **told, rate=shares(row.rate, row.low, row.high))
