"""How long something takes while some of it is still open: Kaplan and Meier, competing causes, two groups compared.

The counting is done here, since no library does it with counts beside the durations, as a tally has them, and gives the
errors too; the tests compare it with SciPy and statsmodels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Rate, Truths
from closing_lib.outcomes.given import Numbers as Given
from closing_lib.outcomes.statistics.followed import (
    Followed,
    Numbers,
    Spread,
    Whole,
    check,
    followed,
    lengths,
    log_log,
    spread,
)


class LogRank(NamedTuple):
    """Two groups compared over the whole time: the statistic with one degree of freedom, and its p."""

    chi2: float
    p_value: float


@validate_call
def survival(
    durations: Given,
    observed: Truths,
    counts: Given | None = None,
    level: Level = 0.95,
    *,
    grouped: bool = False,
    people: Given | None = None,
) -> pd.DataFrame:
    """Estimate the share that has not ended yet, by the estimate of Kaplan and Meier.

    Parameters
    ----------
    durations : array-like
        How long each was followed; 0 or more.
    observed : array-like
        Whether it ended then (True), or was still open (False).
    counts : array-like or None
        How many each line stands for; one each where none are given.
    level : float
        The confidence level, between 0 and 1.
    grouped : bool
        Whether the durations are whole periods that have gone by, such as weeks. What is open was then lost sight of
        somewhere within its period, and counts half in it (the actuarial estimate of Cutler and Ederer); as if it had
        been watched to the end of it, too many would seem to be left.
    people : array-like or None
        Whose each line is. The intervals are then over people, each left out in turn (the jackknife); missing below
        five of them.

    Returns
    -------
    pandas.DataFrame
        One row for each duration that occurs: ``time``, ``at_risk`` (followed at least that long), ``events``,
        ``survival`` after it, and ``low`` and ``high`` (log-log interval with Greenwood's error; before the first end,
        the exact bound for none of so many).

    Raises
    ------
    ValueError
        If the lines do not fit together, or hold what is no duration, cause or count.

    References
    ----------
    Freireich, E. J. et al. (1963). Blood 21. Kalbfleisch, J. D. & Prentice, R. L. (1980). The Statistical Analysis of
    Failure Time Data. Cutler, S. J. & Ederer, F. (1958). Maximum utilization of the life table method in analyzing
    survival. Journal of Chronic Diseases 8.

    Examples
    --------
    >>> survival([1, 2, 2, 4], [True, True, False, False])[["time", "at_risk", "events", "survival"]]
       time  at_risk  events  survival
    0   1.0        4       1      0.75
    1   2.0        3       1      0.50
    2   4.0        1       0      0.50
    """
    seen = np.asarray(observed, dtype=bool)
    found = followed(durations, seen, counts, grouped=grouped)
    error, at_risk = np.sqrt(found.greenwood) * found.left, found.exposed
    if people is not None:
        over = spread(durations, seen, counts, people, level, grouped=grouped)
        error, at_risk = over.left, over.at_risk.astype(float)
    low, high = log_log(found.left, error, at_risk, level)
    shares = {"survival": found.left, "low": low, "high": high}
    return pd.DataFrame({"time": found.times, "at_risk": found.at_risk, "events": found.ended.sum(axis=0), **shares})


@validate_call
def cumulative_incidence(
    durations: Given,
    cause: Given,
    counts: Given | None = None,
    level: Level = 0.95,
    *,
    grouped: bool = False,
    people: Given | None = None,
) -> pd.DataFrame:
    """Estimate the share that has ended by each cause, where one excludes the other (Aalen and Johansen).

    One minus the estimate of Kaplan and Meier for one cause alone would be too much, since it lets those who ended by
    another go on waiting.

    Parameters
    ----------
    durations, counts, level, grouped, people
        As for `survival`.
    cause : array-like of int
        What ended it, from 1; 0: still open.

    Returns
    -------
    pandas.DataFrame
        For each cause, a row for each duration that occurs: ``time``, ``cause``, ``events``, ``incidence``, ``low`` and
        ``high`` (log-log interval).

    Raises
    ------
    ValueError
        As for `survival`.

    References
    ----------
    Marubini, E. & Valsecchi, M. G. (1995). Analysing Survival Data from Clinical Trials and Observational Studies.

    Examples
    --------
    >>> cumulative_incidence([1, 2, 3, 4], [1, 2, 1, 0])[["time", "cause", "incidence"]].tail(4)
       time  cause  incidence
    4   1.0      2       0.00
    5   2.0      2       0.25
    6   3.0      2       0.25
    7   4.0      2       0.25
    """
    ends = np.asarray(cause)
    found = followed(durations, ends, counts, grouped=grouped)
    over = None if people is None else spread(durations, ends, counts, people, level, grouped=grouped)
    parts = []
    for number, events in enumerate(found.ended, start=1):
        shares = dict(zip(("incidence", "low", "high"), incidence(found, number, level, over), strict=True))
        parts.append(pd.DataFrame({"time": found.times, "cause": number, "events": events, **shares}))
    names = ["time", "cause", "events", "incidence", "low", "high"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names, dtype=float)


@validate_call
def median(table: pd.DataFrame, share: Rate = 0.5) -> float:
    """Find the first time at which no more than a share has not ended yet; missing where it has not come to that.

    Examples
    --------
    >>> median(survival([1, 2, 3], [True, True, True]))
    2.0
    """
    if not {"survival", "time"} <= {*table.columns}:
        raise ValueError(
            "This is no table of survival, since it lacks time or survival; give what survival(...) gives."
        )
    reached = table.loc[table["survival"] <= share + 1e-12, "time"]
    return float(reached.iloc[0]) if len(reached) else float("nan")


@validate_call
def log_rank(durations: Given, observed: Truths, other_durations: Given, other_observed: Truths) -> LogRank:
    """Compare two groups over the whole time, open cases and all.

    Examples
    --------
    >>> found = log_rank([6, 7, 9, 10], [True, True, False, True], [1, 1, 2, 3], [True, True, True, True])
    >>> f"{found.p_value:.3f}"
    '0.006'
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    groups = [
        (lengths(times), np.asarray(seen, bool))
        for times, seen in ((durations, observed), (other_durations, other_observed))
    ]
    for times, seen in groups:
        check(times, seen, np.ones(times.shape, dtype=int))
    if not any(seen.any() for _, seen in groups) or not all(len(times) for times, _ in groups):
        raise ValueError("Nothing has ended yet, or a group is empty; give two groups in which something ended.")
    found = stats.logrank(*(_censored(times, seen) for times, seen in groups))
    return LogRank(float(found.statistic) ** 2, float(found.pvalue))


def _censored(times: Numbers, seen: npt.NDArray[np.bool_]) -> object:
    from scipy import stats  # noqa: PLC0415  # as above

    return stats.CensoredData(uncensored=times[seen], right=times[~seen])


def incidence(
    found: Followed, number: int, level: float, over_people: Spread | None = None
) -> tuple[Numbers, Numbers, Numbers]:
    """Estimate the share that has ended by one cause at each time, and its interval (log-log)."""
    events = found.ended[number - 1]
    before, over = np.concatenate([[1.0], found.left[:-1]]), found.ended.sum(axis=0)
    shares = np.cumsum(before * events / found.exposed)
    if over_people is None:
        error, at_risk = np.sqrt(_incidence_variance(shares, before, found.exposed, events, over)), found.exposed
    else:
        error, at_risk = over_people.incidence[number - 1], over_people.at_risk.astype(float)
    high, low = (1 - end for end in log_log(1 - shares, error, at_risk, level))
    return shares, low, high


def _incidence_variance(incidence: Numbers, before: Numbers, exposed: Numbers, events: Whole, over: Whole) -> Numbers:
    """Variance of a cumulative incidence by the delta method, at each time."""
    rest = np.where(exposed > over, exposed - over, 1.0)
    any_end = np.where(exposed > over, over / (exposed * rest), 0.0)  # after the last one nothing changes any more
    own = before**2 * events * (exposed - events) / exposed**3
    both = before * events / exposed**2
    spread = incidence**2 * np.cumsum(any_end) - 2 * incidence * np.cumsum(incidence * any_end)
    spread += np.cumsum(incidence**2 * any_end) + np.cumsum(own)
    found = spread - 2 * incidence * np.cumsum(both) + 2 * np.cumsum(incidence * both)
    return np.asarray(np.maximum(found, 0.0))
