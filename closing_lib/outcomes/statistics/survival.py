"""How long something takes while some of it is still open: Kaplan and Meier, competing causes, two groups compared.

The counting is done here, since no library does it with counts beside the durations, as a tally has them, and gives the
errors too; the tests compare it with SciPy and statsmodels. All raise ValueError if lines do not fit together, or hold
what is no duration, cause or count.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers, Rate, Truths
from closing_lib.outcomes.statistics import scipy
from closing_lib.outcomes.statistics.clustered import FEWEST, places, students
from closing_lib.outcomes.statistics.rates import reach

Values = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_MOST, _MOST_CAUSES = 10**12, 1_000  # so that what is added stays a whole number, and fits in memory
GROUPS = 400  # of people, which are left out at once where there are more
OPEN = 0  # the cause of what has not ended yet


@validate_call
def survival(
    durations: Numbers,
    observed: Truths,
    counts: Numbers | None = None,
    level: Level = 0.95,
    *,
    grouped: bool = False,
    people: Numbers | None = None,
) -> pd.DataFrame:
    """Estimate the share that has not ended yet (Kaplan and Meier).

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

    Sources: Kalbfleisch and Prentice (1980), The Statistical Analysis of Failure Time Data; Cutler and Ederer (1958),
    Journal of Chronic Diseases 8.
    """
    lines = _Lines.of(durations, np.asarray(observed, dtype=bool), counts, people)
    found = _Followed.of(lines, level, grouped=grouped)
    low, high = found.ends(found.left, found.left_error, level)
    shares = {"survival": found.left, "low": low, "high": high}
    return pd.DataFrame({"time": found.times, "at_risk": found.at_risk, "events": found.ended.sum(axis=0), **shares})


@validate_call
def cumulative_incidence(
    durations: Numbers,
    cause: Numbers,
    counts: Numbers | None = None,
    level: Level = 0.95,
    *,
    grouped: bool = False,
    people: Numbers | None = None,
) -> pd.DataFrame:
    """Estimate the share that has ended by each cause, where one excludes the other (Aalen and Johansen).

    One minus the estimate of Kaplan and Meier for one cause alone would be too much, since it lets those who ended by
    another go on waiting. ``cause`` is what ended each, from 1; 0: still open. The others are as for `survival`.

    Returns
    -------
    pandas.DataFrame
        For each cause, a row for each duration that occurs: ``time``, ``cause``, ``events``, ``incidence``, ``low`` and
        ``high`` (log-log interval).

    Source: Marubini and Valsecchi (1995), Analysing Survival Data from Clinical Trials and Observational Studies.
    """
    found = _Followed.of(_Lines.of(durations, np.asarray(cause), counts, people), level, grouped=grouped)
    high, low = (1 - end for end in found.ends(1 - found.incidence, found.incidence_error, level))
    causes, times = found.ended.shape
    shares = {"incidence": found.incidence.ravel(), "low": low.ravel(), "high": high.ravel()}
    which = np.repeat(np.arange(1, causes + 1), times)
    return pd.DataFrame({"time": np.tile(found.times, causes), "cause": which, "events": found.ended.ravel(), **shares})


@validate_call
def median(table: pd.DataFrame, share: Rate = 0.5) -> float:
    """Find the first time at which no more than a share of a table of `survival` is left; missing if there is none."""
    if not {"survival", "time"} <= {*table.columns}:
        raise ValueError(
            "This is no table of survival, since it lacks time or survival; give what survival(...) gives."
        )
    reached = table.loc[table["survival"] <= share + 1e-12, "time"]
    return float(reached.iloc[0]) if len(reached) else float("nan")


class LogRank(NamedTuple):
    """Two groups compared over the whole time: the statistic with one degree of freedom, and its p."""

    chi2: float
    p_value: float


@validate_call
def log_rank(durations: Numbers, observed: Truths, other_durations: Numbers, other_observed: Truths) -> LogRank:
    """Compare two groups over the whole time, open cases and all."""
    groups = [
        _Lines.of(times, np.asarray(seen, bool), None, None)[:2]
        for times, seen in ((durations, observed), (other_durations, other_observed))
    ]
    if not any(seen.any() for _, seen in groups) or not all(len(times) for times, _ in groups):
        raise ValueError("Nothing has ended yet, or a group is empty; give two groups in which something ended.")
    censored = scipy.stats.CensoredData
    found = scipy.stats.logrank(
        *(censored(uncensored=times[seen > 0], right=times[seen == 0]) for times, seen in groups)
    )
    return LogRank(float(found.statistic) ** 2, float(found.pvalue))


class Later(NamedTuple):
    """The share of those for whom nothing had come by a day that ends by a later one, and its interval."""

    share: float
    low: float
    high: float


@validate_call
def ends_later(
    durations: Numbers,
    cause: Numbers,
    after: float,
    until: float = float("inf"),
    *,
    of: int | None = None,
    counts: Numbers | None = None,
    level: Level = 0.95,
    grouped: bool = False,
    people: Numbers | None = None,
) -> Later:
    """Estimate how many of those still open at a time come to an end later, by a cause or by any, open cases and all.

    That is 1 - S(until) / S(after) of the estimate of Kaplan and Meier, or the conditional cumulative incidence of the
    cause. Only those still open at the time say anything about it, so that the interval (log-log) has Greenwood's sum
    over what ended after it. With ``grouped``, what ends within the third week has 2, and was open after two weeks.
    Missing where nobody is open.
    """
    lines = _Lines.of(durations, np.asarray(cause), counts, people)
    there = lines.long >= after
    if not there.any():
        return Later(float("nan"), float("nan"), float("nan"))
    if not there.all():
        lines = _Lines(*(None if one is None else one[there] for one in lines))  # type: ignore[arg-type]  # as they were
    if of is None:
        lines = lines._replace(ends=(lines.ends != OPEN).astype(np.int64))
    found = _Followed.of(lines, level, grouped=grouped)
    which, last = (of or 1) - 1, int((found.times <= until).sum()) - 1
    if last < 0 or which >= len(found.ended):  # nothing ended so, or all are followed longer
        resting = lines.many.sum() if lines.whose is None else len(np.unique(lines.whose))
        return Later(0.0, 0.0, float(1 - ((1 - level) / 2) ** (1 / resting)))
    share = found.incidence[which]
    high, low = (1 - end for end in found.ends(1 - share, found.incidence_error[which], level))
    return Later(float(share[last]), float(low[last]), float(high[last]))


class _Lines(NamedTuple):
    """Durations, what ended them, counts, and whose each line is, as far as these are told apart."""

    long: Values
    ends: Whole
    many: Whole
    whose: npt.NDArray[np.generic] | None

    @classmethod
    def of(
        cls,
        durations: npt.ArrayLike,
        cause: npt.NDArray[np.generic],
        counts: npt.ArrayLike | None,
        people: npt.ArrayLike | None,
    ) -> _Lines:
        long = np.asarray(durations, dtype=float)
        many = np.ones(long.shape, dtype=np.int64) if counts is None else np.asarray(counts)
        whose = None if people is None else np.asarray(people)
        if not long.ndim == cause.ndim == many.ndim == 1 or not len(long) == len(cause) == len(many):
            raise ValueError(
                "Durations, what ended them, and counts do not fit together; give one of each for every line."
            )
        if whose is not None and len(whose) != len(long):
            raise ValueError("Durations and people do not fit together; give one of each for every line.")
        _check(long, cause, many)
        return cls(long, cause.astype(np.int64), many.astype(np.int64), whose)


def _check(long: Values, cause: npt.NDArray[Any], many: npt.NDArray[Any]) -> None:
    if not (np.isfinite(long).all() and (long >= 0).all()):
        raise ValueError("A duration is missing or below 0; leave such lines out.")
    if len(cause) and (cause.dtype.kind not in "biu" or not 0 <= cause.min() <= cause.max() <= _MOST_CAUSES):
        raise ValueError("A cause is no whole number from 0; write 0 for what is still open.")
    if len(many) and (many.dtype.kind not in "iu" or not 1 <= many.min() <= many.max() <= _MOST):
        raise ValueError("A count is no whole number from 1; leave lines that nobody stands for out.")


class _Curves(NamedTuple):
    """At each time: how many were at risk, for how many an end could be seen, and the shares; the last axis is time."""

    at_risk: Values
    exposed: Values
    before: Values
    left: Values
    incidence: Values

    @classmethod
    def of(cls, counts: Values, *, grouped: bool) -> _Curves:
        """Work them out from counts by cause, the open ones first; the open ones of a period count half in it."""
        at_risk = np.cumsum(counts.sum(axis=0)[..., ::-1], axis=-1)[..., ::-1]
        exposed = np.maximum(at_risk - counts[OPEN] / 2 if grouped else at_risk, 0.5)
        left = np.cumprod(1 - counts[1:].sum(axis=0) / exposed, axis=-1)
        before = np.concatenate([np.ones_like(left[..., :1]), left[..., :-1]], axis=-1)
        return cls(at_risk, exposed, before, left, np.cumsum(before * counts[1:] / exposed, axis=-1))


class _Followed(NamedTuple):
    """What happened at each time that occurs, in their order: shape (T,), or by cause (C, T).

    ``resting`` is how many, or how many people, an error rests on; errors are missing of too few people.
    """

    times: Values
    at_risk: Whole
    ended: Whole
    left: Values
    incidence: Values
    left_error: Values
    incidence_error: Values
    resting: Values

    @classmethod
    def of(cls, lines: _Lines, level: float, *, grouped: bool) -> _Followed:
        long, ends, many, people = lines
        whose = np.zeros(len(long), int) if people is None else places(people)[1]
        times, place = places(long)
        shape = int(ends.max(initial=0)) + 1, min(int(whose.max(initial=-1)) + 1, GROUPS), len(times)
        cell = (ends * shape[1] + whose % GROUPS) * shape[2] + place
        each = np.bincount(cell, weights=many, minlength=int(np.prod(shape))).reshape(shape)
        whole = each.sum(axis=1)
        found = _Curves.of(whole, grouped=grouped)
        if people is None:
            errors, resting = _greenwood(found, whole[1:]), found.exposed
        else:
            errors = _jackknife(_Curves.of(whole[:, None] - each, grouped=grouped), each.sum(axis=(0, 2)), level)
            resting = (np.cumsum(each.sum(axis=0)[:, ::-1], axis=1) > 0)[:, ::-1].sum(axis=0).astype(float)
        at_risk, ended = found.at_risk.astype(np.int64), whole[1:].astype(np.int64)
        return cls(times, at_risk, ended, found.left, found.incidence, *errors, resting)

    def ends(self, share: Values, error: Values, level: float) -> tuple[Values, Values]:
        """Interval of shares, from the first time on, that is even on the scale of log(-log); it stays within 0 to 1.

        Where all or nothing is left that scale says nothing: there it is the exact bound for so many of so many.
        """
        all_left, none_left = share > 1 - 1e-12, share < 1e-12
        safe = np.where(all_left | none_left, 0.5, share)
        width = reach(level) * np.where(all_left | none_left, 0, error) / (safe * -np.log(safe))
        edge = ((1 - level) / 2) ** (1 / self.resting)
        low = np.where(all_left, edge, np.where(none_left, 0.0, safe ** np.exp(width)))
        high = np.where(all_left, 1.0, np.where(none_left, 1 - edge, safe ** np.exp(-width)))
        if none_left.any():  # it was no more before, and only falls
            last = (~none_left).sum(axis=-1, keepdims=True) - 1
            high = np.where(none_left & (last >= 0), np.take_along_axis(high, np.maximum(last, 0), axis=-1), high)
        return np.where(np.isnan(error), np.nan, low), np.where(np.isnan(error), np.nan, high)


def _greenwood(found: _Curves, ended: Values) -> tuple[Values, Values]:
    """Errors of the share that is left (Greenwood), and of each cumulative incidence (the delta method)."""
    exposed, before, shares, over = found.exposed, found.before, found.incidence, ended.sum(axis=0)
    rest = np.where(exposed > over, exposed - over, np.inf)  # no error any more once nobody is left
    gone = over / (exposed * rest)
    both = before * ended / exposed**2
    spread = shares**2 * np.cumsum(gone) - 2 * shares * np.cumsum(shares * gone, axis=-1)
    spread += np.cumsum(shares**2 * gone + before**2 * ended * (exposed - ended) / exposed**3, axis=-1)
    spread += 2 * np.cumsum(shares * both, axis=-1) - 2 * shares * np.cumsum(both, axis=-1)
    return np.sqrt(np.cumsum(gone)) * found.left, np.sqrt(np.maximum(spread, 0.0))


def _jackknife(without: _Curves, sizes: Values, level: float) -> tuple[Values, Values]:
    """Errors of curves by leaving out one person, or group of people, after the other.

    They are multiplied by the quantile of Student's t over that of the normal distribution, so that an interval made of
    them is as wide as few people ask for.
    """
    widen = students(level, sizes) / reach(level) * np.sqrt(len(sizes) - 1) if len(sizes) >= FEWEST else np.nan
    return widen * without.left.std(axis=0), widen * without.incidence.std(axis=1)
