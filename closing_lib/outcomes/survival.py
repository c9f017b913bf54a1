"""How long something takes while some of it is still open: Kaplan and Meier, competing causes, two groups compared.

The counting is done here, since no library does it with counts beside the durations, as a tally has them, and gives the
errors too; the tests compare it with SciPy and statsmodels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
OPEN = 0  # the cause of what has not ended yet


class LogRank(NamedTuple):
    """Two groups compared over the whole time: the statistic with one degree of freedom, and its p."""

    chi2: float
    p_value: float


def survival(
    durations: npt.ArrayLike, observed: npt.ArrayLike, counts: npt.ArrayLike | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Give the share that has not ended yet, by the estimate of Kaplan and Meier.

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
    Failure Time Data.

    Examples
    --------
    >>> survival([1, 2, 2, 4], [True, True, False, False])[["time", "at_risk", "events", "survival"]]
       time  at_risk  events  survival
    0   1.0        4       1      0.75
    1   2.0        3       1      0.50
    2   4.0        1       0      0.50
    """
    times, at_risk, ended, left, greenwood = _followed(durations, np.asarray(observed, dtype=bool), counts)
    low, high = _log_log(left, np.sqrt(greenwood) * left, at_risk, level)
    shares = {"survival": left, "low": low, "high": high}
    return pd.DataFrame({"time": times, "at_risk": at_risk, "events": ended.sum(axis=0), **shares})


def cumulative_incidence(
    durations: npt.ArrayLike, cause: npt.ArrayLike, counts: npt.ArrayLike | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Give the share that has ended by each cause, where one excludes the other (Aalen and Johansen).

    One minus the estimate of Kaplan and Meier for one cause alone would be too much, since it lets those who ended by
    another go on waiting.

    Parameters
    ----------
    durations, counts, level
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
    times, at_risk, ended, left, _ = _followed(durations, np.asarray(cause), counts)
    before = np.concatenate([[1.0], left[:-1]])
    parts = []
    for number, events in enumerate(ended, start=1):
        incidence = np.cumsum(before * events / at_risk)
        error = np.sqrt(_incidence_variance(incidence, before, at_risk, events, ended.sum(axis=0)))
        high, low = (1 - end for end in _log_log(1 - incidence, error, at_risk, level))
        shares = {"incidence": incidence, "low": low, "high": high}
        parts.append(pd.DataFrame({"time": times, "cause": number, "events": events, **shares}))
    names = ["time", "cause", "events", "incidence", "low", "high"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names, dtype=float)


def median(table: pd.DataFrame, share: float = 0.5) -> float:
    """Give the first time at which no more than a share has not ended yet; missing where it has not come to that.

    Examples
    --------
    >>> median(survival([1, 2, 3], [True, True, True]))
    2.0
    """
    reached = table.loc[table["survival"] <= share + 1e-12, "time"]
    return float(reached.iloc[0]) if len(reached) else float("nan")


def log_rank(
    durations: npt.ArrayLike, observed: npt.ArrayLike, other_durations: npt.ArrayLike, other_observed: npt.ArrayLike
) -> LogRank:
    """Compare two groups over the whole time, open cases and all.

    Examples
    --------
    >>> found = log_rank([6, 7, 9, 10], [True, True, False, True], [1, 1, 2, 3], [True, True, True, True])
    >>> f"{found.p_value:.3f}"
    '0.006'
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    groups = ((durations, observed), (other_durations, other_observed))
    found = stats.logrank(*(_censored(np.asarray(times, float), np.asarray(seen, bool)) for times, seen in groups))
    return LogRank(float(found.statistic) ** 2, float(found.pvalue))


def _censored(times: Numbers, seen: npt.NDArray[np.bool_]) -> object:
    from scipy import stats  # noqa: PLC0415  # as above

    return stats.CensoredData(uncensored=times[seen], right=times[~seen])


def _followed(
    durations: npt.ArrayLike, cause: npt.NDArray[np.generic], counts: npt.ArrayLike | None
) -> tuple[Numbers, Whole, Whole, Numbers, Numbers]:
    """Give the times, how many were at risk, how many ended by each cause, the share left, and Greenwood's sum."""
    long = np.asarray(durations, dtype=float)
    many = np.ones(len(long), dtype=np.int64) if counts is None else np.asarray(counts)
    _check(long, cause, many)
    times, place = np.unique(long, return_inverse=True)
    last = int(cause.max()) if len(cause) else 0
    ended = np.zeros((last, len(times)), dtype=np.int64)
    is_over = cause != OPEN
    np.add.at(ended, (cause[is_over].astype(int) - 1, place[is_over]), many[is_over])
    everyone = np.zeros(len(times), dtype=np.int64)
    np.add.at(everyone, place, many)
    at_risk = np.cumsum(everyone[::-1])[::-1]
    over = ended.sum(axis=0)
    rest = at_risk - over
    terms = np.where(rest > 0, over / (at_risk * np.maximum(rest, 1.0)), 0.0)  # once nobody is left there is no error
    return times, at_risk, ended, np.cumprod(rest / at_risk), np.cumsum(terms)


def _check(long: Numbers, cause: npt.NDArray[np.generic], many: npt.NDArray[np.generic]) -> None:
    if not long.ndim == cause.ndim == many.ndim == 1 or not len(long) == len(cause) == len(many):
        raise ValueError("Durations, what ended them, and counts do not fit together; give one of each for every line.")
    if not (np.isfinite(long).all() and (long >= 0).all()):
        raise ValueError("A duration is missing or below 0; leave such lines out.")
    if len(cause) and (cause.dtype.kind not in "biu" or cause.min() < 0):
        raise ValueError("A cause is no whole number from 0; write 0 for what is still open.")
    if len(many) and (many.dtype.kind not in "iu" or many.min() < 1):
        raise ValueError("A count is no whole number from 1; leave lines that nobody stands for out.")


def _log_log(share: Numbers, error: Numbers, at_risk: Whole, level: float) -> tuple[Numbers, Numbers]:
    """Give the interval of shares that is even on the scale of log(-log); it never leaves 0 to 1.

    Where all or nothing is left that scale says nothing: there it is the exact bound for so many of so many.
    """
    from scipy import stats  # noqa: PLC0415  # as above

    if not 0 < level < 1:
        raise ValueError(f"level is {level}; it must lie between 0 and 1, such as 0.95.")
    all_left, none_left = share > 1 - 1e-12, share < 1e-12
    safe = np.where(all_left | none_left, 0.5, share)
    width = stats.norm.ppf((1 + level) / 2) * np.where(all_left | none_left, 0, error) / (safe * -np.log(safe))
    edge = ((1 - level) / 2) ** (1 / at_risk)
    low = np.where(all_left, edge, np.where(none_left, 0.0, safe ** np.exp(width)))
    high = np.where(all_left, 1.0, np.where(none_left, 1 - edge, safe ** np.exp(-width)))
    if none_left.any() and not none_left[0]:
        high[none_left] = high[~none_left][-1]  # it was no more before, and only falls
    return low, high


def _incidence_variance(
    incidence: Numbers,
    before: Numbers,
    at_risk: Whole,
    events: Whole,
    over: Whole,
) -> Numbers:
    """Give the variance of a cumulative incidence by the delta method, at each time."""
    rest = np.maximum(at_risk - over, 1).astype(float)
    any_end = np.where(at_risk > over, over / (at_risk * rest), 0.0)  # after the last one nothing changes any more
    own = before**2 * events * (at_risk - events) / at_risk.astype(float) ** 3
    both = before * events / at_risk.astype(float) ** 2
    spread = incidence**2 * np.cumsum(any_end) - 2 * incidence * np.cumsum(incidence * any_end)
    spread += np.cumsum(incidence**2 * any_end) + np.cumsum(own)
    found = spread - 2 * incidence * np.cumsum(both) + 2 * np.cumsum(incidence * both)
    return np.asarray(np.maximum(found, 0.0))
