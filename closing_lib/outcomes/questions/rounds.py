"""How far applications come: how many reached each round, and how many of them went further."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.models import Round
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import COUNTS, count, with_rates
from closing_lib.outcomes.questions.wording import shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import WORDS


@validate_call
def funnel(t: Tally) -> Result:
    """Count how many came as far as each round, and how many of them further.

    Rounds can be left out: who had a final round has come as far as the first, too.

    Returns
    -------
    Result
        One row a round: ``round``; ``reached`` it or a later one, or an offer; ``n`` of them of which it is known
        whether they came further, ``further``, with ``rate``, ``low`` and ``high`` (95% Wilson, missing below n = 5);
        ``open``, ``withdrew`` there, counted in neither; ``if_open_fail``, ``if_open_succeed``; and ``sentence``.

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    counted = count(t, ["reached"]).astype({"reached": "object"}).set_index("reached")
    by_stage = counted.reindex(WORDS["reached"], fill_value=0).to_dict("index")
    rows = []
    for place, stage in enumerate(Round):
        so_far = [by_stage[name] for name in WORDS["reached"][place:]]
        reached = sum(here["n"] + here["open"] + here["withdrew"] for here in so_far)
        rows.append(_stage(stage, by_stage[stage], reached))
    table = with_rates(pd.DataFrame(rows, columns=["round", "reached", *COUNTS]))
    words = pd.CategoricalDtype(WORDS["reached"][:-1], ordered=True)
    table = table.rename(columns={"progressed": "further"}).astype({"round": words})
    told = [_stage_sentence(row) for row in table.itertuples()]
    return Result.of("funnel", table, told, caveats=[text("results.funnel.interviewed")])


def _stage(stage: Round, here: dict[Any, int], reached: int) -> dict[str, object]:
    stopped = here["n"] - here["progressed"]
    aside = {"open": here["open"], "withdrew": here["withdrew"]}
    n = reached - sum(aside.values())
    return {"round": str(stage), "reached": reached, "n": n, "progressed": n - stopped, **aside}


def _stage_sentence(row: Any) -> str:
    where = text(f"results.funnel.round.{row.round}")
    if not row.reached:
        return text("results.funnel.nobody", round=where)
    told = {"round": where, "reached": row.reached, "further": row.further, "n": row.n, "open": row.open}
    if math.isnan(row.rate):
        return text("results.funnel.few", **told)
    return text("results.funnel.shown", **told, rate=shares(row.rate, row.low, row.high))
