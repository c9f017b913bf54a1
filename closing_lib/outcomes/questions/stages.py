"""How far applications come, and which led to an interview: what an imported list can answer."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from closing_lib.arguments import not_known, shown, validate_call
from closing_lib.content import text
from closing_lib.content.figures import month
from closing_lib.models import EventKind
from closing_lib.outcomes.asks import STAGES
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import complete, grouped, need, with_rates
from closing_lib.outcomes.questions.wording import intervals, rate_sentence, shares, with_withdrawn
from closing_lib.outcomes.result import Result

FEWEST = 5  # applications of a group of its own; smaller ones are put together
OTHER = "other"
GROUPS = ("role", "source", "month")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = ["and", "the", "for", "with", "und", "der", "die", "für", "mit", "del", "los", "las", "con", "para", "por"]


@validate_call
def stages(t: Tally) -> Result:
    """Count how many applications led to an interview or next step, and how many of those to an offer.

    Both results of this file ask for a table as `closing_lib.outcomes.applications` gives it of a log.

    Returns
    -------
    Result
        One row a stage: ``stage``; ``reached`` it; ``n`` of them of which it is known, ``further``, with ``rate``,
        ``low`` and ``high`` (95% Wilson, missing below n = 5); ``open``, ``withdrew`` there, counted in neither;
        ``if_open_fail``, ``if_open_succeed``; and ``sentence``. Beyond an offer there is no further.
    """
    need(t, ["stage", "outcome"])
    reached = [t[t["stage"].isin(STAGES[place:])] for place in range(len(STAGES))]
    of_each = [_forward(one, STAGES[place + 1 :]).assign(stage=STAGES[place]) for place, one in enumerate(reached[:-1])]
    table = complete(with_rates(grouped(pd.concat(of_each), ["stage"])), "stage", STAGES)
    table = table.rename(columns={"progressed": "further"})
    table.insert(1, "reached", [int(one["n"].sum()) for one in reached])
    told = [_stage_sentence(row) for row in table.itertuples()]
    caveats = [*intervals(table), text("results.stages.means")]
    return Result.of("stages", table, told, caveats=caveats, by="stage", method="wilson")


@validate_call
def invited(t: Tally, by: str = "source") -> Result:
    """Count which applications led to an interview or next step, by source, by month, or by the words of the role.

    Parameters
    ----------
    t : pandas.DataFrame
        Applications, as for `stages`.
    by : {"source", "month", "role"}
        A role counts with each of its words. Groups of fewer than five are put together as ``"other"``.

    Returns
    -------
    Result
        One row a group, the column ``by`` (str), and the columns of `by_tactic`.
    """
    if by not in GROUPS:
        raise ValueError(not_known(f"There are no groups of applications by {shown(by)}", by, GROUPS))
    need(t, [by, "stage", "outcome"])
    known = _forward(t.dropna(subset=[by]), STAGES[1:])
    known = known[known["n"] > 0]
    named = {"role": _by_words, "source": _by_spelling, "month": _by_month}[by](known)
    table = with_rates(grouped(named, [by])).astype({by: "str"})
    table = table.iloc[(table[by] == OTHER).argsort(kind="stable")].reset_index(drop=True)
    told = [rate_sentence(row, group_name(by, getattr(row, by))) for row in table.itertuples()]
    unknown = int(t.loc[t[by].isna(), "n"].sum())
    caveats = [*intervals(table), *([text("results.left_out.other", n=unknown)] if unknown else [])]
    caveats += [text("results.invited.means"), *([text("results.invited.several")] if by == "role" else [])]
    if OTHER in {*table[by]}:
        caveats.append(text("results.invited.least", least=FEWEST))
    if len(table) > 1:
        caveats.append(text("results.invited.many"))
    return Result.of("invited", table, told, caveats=caveats, by=by, method="wilson")


def _forward(t: pd.DataFrame, beyond: list[str]) -> pd.DataFrame:
    """Take applications that came to a later stage for such as moved forward, whatever came of them then."""
    return t.assign(outcome=t["outcome"].mask(t["stage"].isin(beyond), str(EventKind.ADVANCED)))


def _together(t: pd.DataFrame, by: str) -> pd.DataFrame:
    """Put groups of fewer than five applications together."""
    n = t.groupby(by)["n"].transform("sum")
    return t.assign(**{by: t[by].where(n >= FEWEST, OTHER)})


def _by_spelling(t: pd.DataFrame) -> pd.DataFrame:
    """Take one source for one however it is written: by its first spelling."""
    plain = t["source"].str.strip()
    return _together(t.assign(source=plain.groupby(plain.str.casefold()).transform("first").astype("object")), "source")


def _by_month(t: pd.DataFrame) -> pd.DataFrame:
    digits = t["month"].astype("int64").astype("str")
    written = digits.str[:-2] + "-" + digits.str[-2:]
    return _together(t.assign(month=written.astype("object")), "month")


def _by_words(t: pd.DataFrame) -> pd.DataFrame:
    """A line for each word of a role that enough roles have; for a role that has none of them, one of the others."""
    words = t["role"].map(lambda role: sorted({*_WORD.findall(role.casefold())} - {*_SMALL, OTHER}))
    every = t.assign(role=words).explode("role")
    often = every.groupby("role")["n"].sum()
    kept = every[every["role"].isin(often.index[often >= FEWEST])]
    return pd.concat([kept, t.drop(index=kept.index).assign(role=OTHER)]).astype({"role": "object"})


def group_name(by: str, value: str) -> str:
    """Name a group of applications, as a person wrote it."""
    if value == OTHER:
        return text(f"results.invited.{by}_other")
    return text(f"results.invited.{by}", value=month(value) if by == "month" else value)


def _stage_sentence(row: Any) -> str:
    told = {"what": text(f"results.stages.stage.{row.stage}"), "reached": row.reached}
    if row.stage == STAGES[-1]:
        return text("results.stages.last", **told)
    told |= {"went": text(f"results.stages.went.{row.stage}"), "further": row.further, "n": row.n, "open": row.open}
    if math.isnan(row.rate):
        return with_withdrawn(text("results.stages.few", **told), row)
    return with_withdrawn(text("results.stages.shown", **told, rate=shares(row.rate, row.low, row.high)), row)
