"""From a tally to rates of what moved forward: by tactic, by how it went, by whether the advice was followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally, as_tally
from closing_lib.outcomes.questions.counts import count, grouped, summed, total, with_rates
from closing_lib.outcomes.questions.people import result_of
from closing_lib.outcomes.questions.wording import intervals, left_out, named, no_reply, rate_sentence
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import check_method


@validate_call
def by_tactic(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by what was asked; within bands of how it went, since bold asks follow good interviews.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    within_bands : bool
        Whether each band has rows of its own. The comparison across bands is the naive one.
    method : {"wilson", "jeffreys"}
        The interval, as for `rate_interval`.

    Returns
    -------
    Result
        One row for each tactic that was asked (in each band): ``n`` interviews that are over, ``progressed`` of them;
        ``rate``, ``low`` and ``high`` (95%), missing below n = 5; ``no_reply``, those of n that were given up; ``open``
        and ``withdrew``, counted in neither; ``if_open_fail``, the rate if all open ones come to nothing, and
        ``if_open_succeed``, the rate if they and those given up all move forward; and ``sentence``.

        The intervals of a room know that one person's interviews go together (Rao and Scott), and are missing below
        five people; it has also ``people``, ``design_effect`` and ``effective_n``.

    Raises
    ------
    ValueError
        If the method is not known, or the tally lacks a column.
    """
    return rates_by(t, "by_tactic", "used", within_bands=within_bands, method=method)


@validate_call
def by_band(t: Tally, *, method: str = "wilson") -> Result:
    """Count what moved forward, by how it went. Columns as in `by_tactic`."""
    return rates_by(t, "by_band", "band", within_bands=False, method=method)


@validate_call
def by_advice(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether the question was the one that the kit advised. Columns as in `by_tactic`."""
    return rates_by(t, "by_advice", "followed", within_bands=within_bands, method=method)


def rates_by(
    t: pd.DataFrame, kind: str, by: str, *, within_bands: bool, method: str, caveats: Iterable[str] = ()
) -> Result:
    """Count what moved forward in each group of a column, within bands of how it went or across them."""
    check_method(method)
    groups = ["band", by] if within_bands else [by]
    counted = grouped(t, groups)
    table, used = with_rates(counted, method), counted.method if counted.is_room else method
    told = [rate_sentence(row, named(row, groups)) for row in table.itertuples()]
    beside = [*intervals(table, used), *no_reply(table), *left_out(t, groups), *caveats]
    if "round" in t and len(summed(t, ["round"])) > 1:
        beside.append(text("results.rounds_together"))
    if "band" not in groups and (table["n"] > 0).sum() > 1:
        beside.append(text("outcomes.beware"))
    return result_of(t, kind, table, told, caveats=beside, by=by, within_bands=within_bands, method=used)


def _tally_or_result(name: str, given: object) -> pd.DataFrame | Result:
    return given if isinstance(given, Result) else as_tally(name, given)


@validate_call
def sentence(t: Annotated[pd.DataFrame | Result, _tally_or_result]) -> str:
    """Say in plain words what a tally, or a result from one, shows, and what it does not.

    Examples
    --------
    >>> t = pd.DataFrame({"band": "well", "used": ["bold", "mild"], "outcome": ["offer", "rejected"], "n": [2, 3]})
    >>> sentence(by_tactic(t.iloc[:1]))
    'The bold question, after interviews that went well: 2 of 2 moved forward; not enough data for a percentage.'
    """
    if isinstance(t, Result):
        return t.sentence
    if t.empty:
        return text("outcomes.nothing_yet")
    counted = count(t, ["used"])
    rows: list[Any] = [row for row in counted.itertuples() if row.n]
    asked = [
        text("outcomes.asked", tactic=text(f"outcomes.tactic.{row.used}"), n=row.n, progressed=row.progressed)
        for row in rows
    ]
    told = [text("outcomes.counted", parts="; ".join(asked)), text("outcomes.progressed_means")]
    if not rows:  # what was answered without a record of the question is left out below
        told = [text("results.nothing" if total(t)["n"] else "outcomes.no_answer_yet")]
    if given_up := int(counted["no_reply"].sum()):
        told.append(text("outcomes.no_reply", n=given_up))
    if unknown := int(t.loc[t["used"].isna(), "n"].sum()):
        told.append(text("outcomes.not_recorded", n=unknown))
    if len(rows) > 1:
        told.append(text("outcomes.beware"))
    return " ".join(told)
