"""How long an answer takes, and which answer it is; open applications go on waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, Cells, need, summed
from closing_lib.outcomes.questions.people import is_room, numbered, result_of
from closing_lib.outcomes.questions.wording import shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST
from closing_lib.outcomes.statistics.survival import GROUPS, cumulative_incidence, median, survival
from closing_lib.outcomes.vocabulary import OPEN

ENDS = [EventKind.ADVANCED, EventKind.OFFER, EventKind.REJECTED, EventKind.WITHDREW]
STILL = (EventKind.NO_REPLY, OPEN)  # silence: followed as long as it was watched, and not known to be the end
WEEK = 7


@validate_call
def time_to_answer(t: Tally) -> Result:
    """Estimate how many are still waiting, by week; open ones count for as long as they have waited (Kaplan-Meier).

    An answer or a withdrawal ends the waiting. An application that is open, or was given up as "no reply", is taken to
    be still waiting on the day of the tally, which lies somewhere within its last week: there it counts half.
    `answers_over_time` tells which end it was.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.

    Returns
    -------
    Result
        One row a week that occurs: ``weeks`` (whole weeks that have gone by before the answer: 0 is within 7 days),
        ``at_risk``, ``ended`` in it, ``waiting`` after it with ``low`` and ``high`` (95%; of a room over people), and
        ``sentence``. Shares are missing where fewer than five are still followed, unless all that came before are known
        to the end, and in a room below five people.

    Raises
    ------
    ValueError
        If the tally lacks the weeks or the outcome.
    """
    return _waiting("time_to_answer", "waiting", t)


@validate_call
def first_answer(t: Tally) -> Result:
    """Estimate how many applications are still without a first answer, by week, as `time_to_answer` does interviews.

    An interview is an answer, on its day where nothing earlier is known.

    Parameters
    ----------
    t : pandas.DataFrame
        Applications, such as `closing_lib.outcomes.applications` gives of a log.

    Returns
    -------
    Result
        The columns of `time_to_answer`.
    """
    need(t, ["answer", "weeks"])
    return _waiting("first_answer", "first_answer", t.assign(outcome=t["answer"]))


def _waiting(kind: str, words: str, t: pd.DataFrame) -> Result:
    dated = dated_part(t)
    ended = dated["outcome"].isin(ENDS).to_numpy()
    found = survival(dated["weeks"].to_numpy(), ended, dated["n"].to_numpy(), grouped=True, people=people_of(dated))
    shares = ["survival", "low", "high"]
    found.loc[~_known(dated, found["time"], with_last=True), shares] = np.nan
    whole = _waiting_sentence(words, dated, found)
    found.loc[~_known(dated, found["time"]), shares] = np.nan
    found = found.rename(columns={"time": "weeks", "events": "ended", "survival": "waiting"}).astype({"weeks": "int64"})
    told = [_week_sentence(row) for row in found.itertuples()]
    return result_of(t, kind, found, told, whole, caveats=undated(t, dated), method="kaplan_meier")


@validate_call
def answers_over_time(t: Tally) -> Result:
    """Estimate how many have had each answer by each week, where one answer excludes the others (Aalen-Johansen).

    Returns
    -------
    Result
        For each end (``"advanced"``, ``"offer"``, ``"rejected"``, ``"withdrew"``) a row a week: ``outcome``,
        ``weeks``, ``n``, how many so far, ``incidence`` with ``low`` and ``high`` (95%; missing as in
        `time_to_answer`), and ``sentence``. What is missing to 100% in a week is what that calls waiting.
    """
    dated = dated_part(t)
    numbers = {str(end): place for place, end in enumerate(ENDS, start=1)}
    cause = dated["outcome"].astype("object").map(numbers).fillna(0).to_numpy(dtype=int)
    weeks, n = dated["weeks"].to_numpy(), dated["n"].to_numpy()
    found = cumulative_incidence(weeks, cause, n, grouped=True, people=people_of(dated))
    found["n"] = found.groupby("cause")["events"].cumsum()
    kinds = pd.CategoricalDtype([*numbers], ordered=True)
    found["outcome"] = found["cause"].map({place: end for end, place in numbers.items()}).astype(kinds)
    found = found.rename(columns={"time": "weeks"}).astype({"weeks": "int64", "n": "int64"})
    is_known = _known(dated, found["weeks"])
    found.loc[~is_known, ["incidence", "low", "high"]] = np.nan
    found = found[["outcome", "weeks", "n", "incidence", "low", "high"]]
    told = [_answer_sentence(row) for row in found.itertuples()]
    last = (found[is_known] if is_known.any() else found).groupby("outcome", observed=True).tail(1).index
    whole = " ".join(told[place] for place in last) or (_counted("waiting", dated) if len(dated) else None)
    return result_of(t, "answers_over_time", found, told, whole, caveats=undated(t, dated), method="aalen_johansen")


def dated_part(t: pd.DataFrame, *others: str) -> pd.DataFrame:
    """Count the part of a tally of which the weeks are known, by week and outcome, in a room by person too.

    The people of a large room are counted in `GROUPS`, which is as many as the error of a curve needs.
    """
    by = ["weeks", "outcome", *others]
    if not is_room(t):
        return summed(t, by)
    return summed(t.assign(person=numbered(t) % GROUPS), [*by, "person"])


def people_of(dated: pd.DataFrame) -> Cells | None:
    """Whose each line is; None where they are one person's."""
    return dated["person"].to_numpy() if "person" in dated else None


def known_until(
    weeks: Cells, is_still: npt.NDArray[np.bool_], n: Cells, people: Cells | None = None, *, with_last: bool = False
) -> int:
    """Find the last week of which a share can be told; -1 where there is none.

    From the first that was followed no longer on, five have to be followed: what a few come to says little of the
    others. Nor may the curve end with the last of them, unless `with_last`: it would say that all have an answer.
    """
    if n.sum() < MIN_N or (people is not None and (np.bincount(people) > 0).sum() < FEWEST):
        return -1
    here, lost_here = np.bincount(weeks, weights=n), np.bincount(weeks, weights=n * is_still)
    at_risk = np.cumsum(here[::-1])[::-1]
    left = at_risk - here + lost_here
    known = np.flatnonzero((here > 0) & ((np.cumsum(lost_here) == 0) | ((at_risk >= MIN_N) & ((left > 0) | with_last))))
    return int(known[-1]) if len(known) else -1


def _known(dated: pd.DataFrame, weeks: pd.Series, *, with_last: bool = False) -> pd.Series:
    n, is_still = dated["n"].to_numpy(), dated["outcome"].isin(STILL).to_numpy()
    return weeks <= known_until(
        dated["weeks"].to_numpy(dtype=np.int64), is_still, n, people_of(dated), with_last=with_last
    )


def _waiting_sentence(words: str, dated: pd.DataFrame, found: pd.DataFrame) -> str:
    n = int(dated["n"].sum())
    if n < MIN_N:
        return text(f"results.{words}.few", n=n, needed=MIN_N)
    if "person" in dated and dated["person"].nunique() < FEWEST:
        return text("results.waiting.few_people", n=n, needed=FEWEST)
    ends = [median(found.assign(survival=found[name])) for name in ("survival", "low", "high")]
    middle, early, late = (None if math.isnan(end) else (int(end) + 1) * WEEK for end in ends)
    key = "open_end" if late is None else "week_exact" if early == late else "half"
    half = (
        text(f"results.{words}.{key}", days=middle, early=early, late=late) if middle else text(f"results.{words}.none")
    )
    return f"{half} {_counted(words, dated)}"


def _counted(words: str, dated: pd.DataFrame) -> str:
    still = {str(kind): int(dated.loc[dated["outcome"] == kind, "n"].sum()) for kind in STILL}
    n = int(dated["n"].sum())
    return text(f"results.{words}.counted", n=n, open=still[OPEN], no_reply=still[EventKind.NO_REPLY])


def undated(t: pd.DataFrame, dated: pd.DataFrame) -> Iterator[str]:
    """Say how many are left out, since a date is missing."""
    if n := int(t["n"].sum() - dated["n"].sum()):
        yield text("results.waiting.undated", n=n)


def _week_sentence(row: Any) -> str:
    days = (row.weeks + 1) * WEEK
    if math.isnan(row.waiting):
        return text("results.waiting.week_few", days=days, ended=row.ended, n=row.at_risk)
    return text("results.waiting.week", days=days, rate=shares(row.waiting, row.low, row.high))


def _answer_sentence(row: Any) -> str:
    named = text(f"outcomes.event.{row.outcome}")
    days = (row.weeks + 1) * WEEK
    if math.isnan(row.incidence):
        return text("results.answers.few", days=days, outcome=named, n=row.n)
    return text(
        "results.answers.week", days=days, outcome=named, n=row.n, rate=shares(row.incidence, row.low, row.high)
    )
