"""How many get past each round: of the interviews of each, how many led further."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import grouped, with_rates
from closing_lib.outcomes.questions.people import result_of
from closing_lib.outcomes.questions.wording import few_of, left_out, no_reply, shares, still, with_withdrawn
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import WORDS


@validate_call
def funnel(t: Tally) -> Result:
    """Count the interviews of each round, and how many of them led further, each by its own answer.

    A round that nobody had is not passed by anybody; an interview without a recorded question counts like any other.

    Returns
    -------
    Result
        One row a round: ``round``; ``held``, its interviews; ``n`` of them that are over, ``further``, with ``rate``,
        and the other columns of `by_tactic`; and ``sentence``.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    counted = grouped(t, ["round"])
    found = with_rates(counted).set_index("round")
    types = found.dtypes[found.dtypes == "int64"]
    table = found.reindex(pd.CategoricalIndex(WORDS["round"], WORDS["round"], ordered=True, name="round"))
    table = table.fillna(dict.fromkeys(types.index, 0)).astype(types).reset_index()
    table = table.rename(columns={"progressed": "further"})
    table.insert(1, "held", table["n"] + table["open"] + table["withdrew"])
    told = [_round_sentence(row) for row in table.itertuples()]
    caveats = [text("results.funnel.interviewed"), *no_reply(table), *left_out(t, ["round"])]
    return result_of(t, "funnel", table, told, caveats=caveats, by="round", method=counted.method)


def _round_sentence(row: Any) -> str:
    where = text(f"results.funnel.round.{row.round}")
    if not row.held:
        return text("results.funnel.nobody", round=where)
    told = {"round": where, "held": row.held, "further": row.further, "n": row.n, "still": still(row)}
    if not row.n:
        said = text("results.funnel.none", **told)
    elif math.isnan(row.rate):
        said = text("results.funnel.few", **told, what=few_of(row))
    else:
        said = text("results.funnel.shown", **told, rate=shares(row.rate, row.low, row.high))
    return with_withdrawn(said, row)
