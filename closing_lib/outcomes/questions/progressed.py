"""From a tally to results: counts beside every rate, its interval, and the bounds that the open applications leave."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally, as_tally
from closing_lib.outcomes.questions.counts import count
from closing_lib.outcomes.questions.rates import rates_by
from closing_lib.outcomes.result import Result


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


def _tally_or_result(name: str, given: object) -> pd.DataFrame | Result:
    return given if isinstance(given, Result) else as_tally(name, given)


@validate_call
def sentence(t: Annotated[pd.DataFrame | Result, _tally_or_result]) -> str:
    """Say in plain words what a tally, or a result from one, shows, and what it does not.

    Examples
    --------
    >>> t = pd.DataFrame({"band": "well", "used": ["bold", "mild"], "outcome": ["offer", "rejected"], "n": [2, 3]})
    >>> sentence(by_tactic(t.iloc[:1]))
    'It went well, the bold question: 2 of 2 moved forward; not enough data for a percentage.'
    """
    if isinstance(t, Result):
        return t.sentence
    if t.empty:
        return text("outcomes.nothing_yet")
    counted = count(t, ["used"])
    rows = [row for row in counted.itertuples() if row.n]
    told = [_counted(rows), text("outcomes.progressed_means")] if rows else [text("outcomes.no_answer_yet")]
    if given_up := int(counted["no_reply"].sum()):
        told.append(text("outcomes.no_reply", n=given_up))
    unknown = int(t.loc[t["used"].isna(), "n"].sum())
    if unknown:
        told.append(text("outcomes.not_recorded", n=unknown))
    if len(rows) > 1:
        told.append(text("outcomes.beware"))
    return " ".join(told)


def _counted(rows: list[Any]) -> str:
    parts = [
        text("outcomes.asked", tactic=text(f"outcomes.tactic.{row.used}"), n=row.n, progressed=row.progressed)
        for row in rows
    ]
    return text("outcomes.counted", parts="; ".join(parts))
