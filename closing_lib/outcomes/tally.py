"""The tally: one small table of counts that every result is a function of. Tallies add.

It holds no company, no name and no date, so it is what a person can share.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from closing_lib.clock import today
from closing_lib.models import EventKind

if TYPE_CHECKING:
    from closing_lib.records.log import OutcomeLog

KEYS = ["band", "used", "response", "outcome", "weeks"]
OPEN = "open"
OUTCOMES = [kind.value for kind in EventKind if kind.is_outcome] + [OPEN]


def tally(log: OutcomeLog, as_of: dt.date | None = None) -> pd.DataFrame:
    """Count a log's applications by how it went, what was asked, and what came of it.

    The unit is the application: it counts once, by its last interview at which an ask was recorded (or its last
    interview,
    where none was), and by the first answer after that. A "no reply" gives way to an answer that came after all.

    Parameters
    ----------
    log : OutcomeLog
        The log to count.
    as_of : datetime.date or None
        The day up to which open applications have waited; today where none is given.

    Returns
    -------
    pandas.DataFrame
        One row for each combination that occurs: ``band``, ``used``, ``response`` and ``outcome`` (ordered
        categories; missing
        where not recorded; the outcome of an application without an answer is ``"open"``), ``weeks`` (whole weeks
        from the
        interview to the answer, or up to now; missing where a date is), and ``n`` (int64), how many applications.
    """
    asks = _last_asks(log.interviews())
    answers = _first_answers(asks, log.events())
    cases = asks.join(answers, on="application")
    cases["outcome"] = _outcome(cases["outcome"])
    until = cases["answered_on"].where(cases["outcome"] != OPEN, pd.Timestamp(as_of or today()))
    weeks = (until - cases["held_on"]).dt.days // 7
    cases["weeks"] = weeks.clip(lower=0).astype("Int64")  # an interview that is still to come has not waited yet
    counted = cases.groupby(KEYS, observed=True, dropna=False, sort=True).size()
    return counted.rename("n").reset_index().astype({"n": "int64"})


def _last_asks(interviews: pd.DataFrame) -> pd.DataFrame:
    in_order = interviews.assign(asked=interviews["used"].notna()).sort_values(
        ["asked", "held_on", "interview"], na_position="first", kind="stable"
    )
    last = in_order.drop_duplicates("application", keep="last")
    return last[["application", "held_on", "band", "used", "response"]].reset_index(drop=True)


def _first_answers(asks: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    outcomes = events[events["kind"].isin(OUTCOMES)].merge(asks[["application", "held_on"]], on="application")
    after = outcomes[~(outcomes["on"] < outcomes["held_on"])]  # an event without a date counts as after
    silent = after["kind"] == EventKind.NO_REPLY
    first = after.assign(silent=silent).sort_values(["silent", "on"], kind="stable").drop_duplicates("application")
    return first.set_index("application")[["kind", "on"]].set_axis(["outcome", "answered_on"], axis="columns")


def _outcome(kinds: pd.Series) -> pd.Series:
    named = kinds.astype("object").where(kinds.notna(), OPEN)
    return named.astype(pd.CategoricalDtype(OUTCOMES, ordered=True))
