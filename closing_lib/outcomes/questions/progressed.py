"""From a tally to results: counts beside every rate, its interval, and the bounds that the open applications leave."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Tally, as_tally
from closing_lib.outcomes.questions.counts import count, with_rates
from closing_lib.outcomes.questions.wording import intervals, left_out, named, rate_sentence, whole_sentence
from closing_lib.outcomes.questions.wording import said as in_words
from closing_lib.outcomes.statistics.rates import check_method

__all__ = ["by_advice", "by_band", "by_tactic", "by_thanks", "sentence"]


@validate_call
def by_tactic(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> pd.DataFrame:
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
    pandas.DataFrame
        One row for each tactic that was asked (in each band): ``n`` applications with an answer, ``progressed`` of
        them; ``rate``, ``low`` and ``high`` (95%), missing below n = 5; ``open`` and ``withdrew``, counted in neither;
        ``if_open_fail``, ``if_open_succeed``, the rate if every open application ended so, missing where the rate is;
        and ``sentence``, the row in plain words. The sentence for the whole says what is not counted, too.

    Raises
    ------
    ValueError
        If the method is not known, or the tally lacks a column.
    """
    return _rates(t, ["band", "used"] if within_bands else ["used"], method)


@validate_call
def by_band(t: Tally, *, method: str = "wilson") -> pd.DataFrame:
    """Count what moved forward, by how it went. Columns as in `by_tactic`."""
    return _rates(t, ["band"], method)


@validate_call
def by_advice(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> pd.DataFrame:
    """Count what moved forward, by whether the question was the one that the kit advised. Columns as in `by_tactic`."""
    return _rates(t, ["band", "followed"] if within_bands else ["followed"], method)


@validate_call
def by_thanks(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> pd.DataFrame:
    """Count what moved forward, by whether a thank-you letter followed in a day (S23). Columns as in `by_tactic`."""
    return _rates(t, ["band", "thanks"] if within_bands else ["thanks"], method)


def _tally_or_result(name: str, given: object) -> pd.DataFrame:
    return given if isinstance(given, pd.DataFrame) and whole_sentence(given) else as_tally(name, given)


@validate_call
def sentence(t: Annotated[pd.DataFrame, _tally_or_result]) -> str:
    """Say in plain words what a tally, or a result from one, shows, and what it does not.

    Examples
    --------
    >>> t = pd.DataFrame({"band": "well", "used": ["bold", "mild"], "outcome": ["offer", "rejected"], "n": [2, 3]})
    >>> sentence(by_tactic(t.iloc[:1]))
    'It went well, the bold question: 2 of 2 moved forward; not enough data for a percentage.'
    """
    if whole := whole_sentence(t):
        return whole
    if t.empty:
        return text("outcomes.nothing_yet")
    rows = [row for row in count(t, ["used"]).itertuples() if row.n]
    told = [_counted(rows), text("outcomes.progressed_means")] if rows else [text("outcomes.no_answer_yet")]
    unknown = int(t.loc[t["used"].isna(), "n"].sum())
    if unknown:
        told.append(text("outcomes.not_recorded", n=unknown))
    if len(rows) > 1:
        told.append(text("outcomes.beware"))
    return " ".join(told)


def _rates(t: pd.DataFrame, by: list[str], method: str) -> pd.DataFrame:
    check_method(method)
    table = with_rates(count(t, by), method)
    told = [rate_sentence(row, named(row, by)) for row in table.itertuples()]
    naive = "band" not in by and (table["n"] > 0).sum() > 1
    beware = [text("outcomes.beware")] if naive else []
    found = in_words(table, told, notes=[*intervals(table, method), *left_out(t, by), *beware])
    found.attrs["method"] = method
    return found


def _counted(rows: list[Any]) -> str:
    parts = [
        text("outcomes.asked", tactic=text(f"outcomes.tactic.{row.used}"), n=row.n, progressed=row.progressed)
        for row in rows
    ]
    return text("outcomes.counted", parts="; ".join(parts))
