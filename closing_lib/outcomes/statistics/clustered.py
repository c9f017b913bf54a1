"""Rates of several people: one person's applications go together, so that they say less than as many people would."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers

FEWEST = 5  # people, below whom how far they differ cannot be told, and no interval is given
_LEAST = 0.3  # design effect, below which people would be more alike than chance allows
_SOLVER = "SLSQP"  # of few unknowns; the usual one starts threads for them, and takes ten times as long
_SMALLEST = 0.5  # applications that a prior stands for, where people differ as much as they can
Counts = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]


class ClusteredRate(NamedTuple):
    """A rate counted over people, with what their differing leaves of its certainty.

    Attributes
    ----------
    rate : float
        All that succeeded of all; missing where nothing was counted.
    design_effect : float
        How many times as large the variance is as if each application were another person's (Rao and Scott); below 1
        by chance. Missing with one person, and where all succeeded or none.
    effective_n : float
        How many applications of as many people would say as much; missing as the design effect.
    low, high : float
        The interval; missing with fewer than `FEWEST` people.
    """

    rate: float
    design_effect: float
    effective_n: float
    low: float
    high: float


@validate_call
def clustered_rate(k: Numbers, n: Numbers, level: Level = 0.95) -> ClusteredRate:
    """Estimate a rate from counts by person, and its interval.

    Wilson's interval of as many applications as all of them are worth: their number over the design effect, with a
    quantile of Student's t. For few people of unequal numbers, each one's distance is taken as if the rate were of the
    others (the jackknife), and Student's degrees of freedom are those of the unequal numbers. From 10 people on it
    covers 93 to 98%, whether they are all alike or differ greatly (intraclass correlation .3); of 5 to 9 people, more.

    Parameters
    ----------
    k, n : array-like of int
        How many succeeded, of how many, of each person; those of whom none was counted are left out.
    level : float
        The confidence level, between 0 and 1.

    Raises
    ------
    ValueError
        If the counts cannot be.

    References
    ----------
    Rao, J. N. K. & Scott, A. J. (1992). A simple method for the analysis of clustered binary data. Biometrics 48.
    Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data. Survey Methodology 24.

    Examples
    --------
    >>> found = clustered_rate([0, 1, 4, 2, 5, 0, 3, 1, 2, 6], [4, 5, 6, 8, 6, 3, 9, 5, 4, 7])
    >>> f"{found.rate:.2f} {found.design_effect:.2f} {found.low:.2f} {found.high:.2f}"
    '0.42 2.17 0.22 0.66'
    """
    succeeded, counted = _of_people(k, n)
    total, people = float(counted.sum()), len(counted)
    if not people:
        return ClusteredRate(*(math.nan,) * 5)
    rate = float(succeeded.sum() / total)
    away, alone = succeeded - rate * counted, rate * (1 - rate) * total
    if people == 1 or not 0 < rate < 1:
        effect, robust = math.nan, float((counted**2).sum() / total)  # as if all of a person's were one
    else:
        effect = float(people / (people - 1) * (away**2).sum() / alone)
        robust = max(_LEAST, float(((away / (1 - counted / total)) ** 2).sum() / alone))
    if people < FEWEST:
        return ClusteredRate(rate, effect, total / effect if effect else math.inf, math.nan, math.nan)
    freedom = max(1.0, float((counted**2).sum() ** 2 / (counted**4).sum()) - 1)
    low, high = _wilson(rate, total / robust, freedom, level)
    return ClusteredRate(rate, effect, total / effect if effect else math.inf, low, high)


def _wilson(rate: float, n: float, freedom: float, level: float) -> tuple[float, float]:
    """Wilson's interval, n not necessarily whole, with a quantile of Student's t."""
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    squared = float(stats.t.ppf((1 + level) / 2, freedom)) ** 2 / n
    middle = (rate + squared / 2) / (1 + squared)
    width = math.sqrt(squared * rate * (1 - rate) + squared**2 / 4) / (1 + squared)
    return max(0.0, middle - width), min(1.0, middle + width)


class Prior(NamedTuple):
    """What a room says of a person of whom nothing is known: as if ``prior_k`` of ``prior_n`` had been seen."""

    prior_k: float
    prior_n: float


@validate_call
def pooled_prior(k: Numbers, n: Numbers) -> Prior:
    """Estimate from a room how alike people are: the prior that `shrink` pulls one person's rate toward.

    The Beta distribution of people's rates under which what was counted of them is likeliest (beta-binomial). The more
    alike they are, the more the prior stands for; where they do not differ by more than chance, or cannot be told to,
    it stands for all that was counted in the room, and where each had all or nothing, for half an application. A person
    whose own rate is pulled toward it does not belong in it.

    Parameters
    ----------
    k, n : array-like of int
        How many succeeded, of how many, of each person; those of whom none was counted are left out.

    Raises
    ------
    ValueError
        If the counts cannot be, or nothing was counted.

    References
    ----------
    Griffiths, D. A. (1973). Maximum likelihood estimation for the beta-binomial distribution and an application to the
    household distribution of the total number of cases of a disease. Biometrics 29.

    Examples
    --------
    >>> found = pooled_prior([0, 1, 4, 2, 5, 0, 3, 1, 2, 6], [4, 5, 6, 8, 6, 3, 9, 5, 4, 7])
    >>> f"{found.prior_k:.1f} of {found.prior_n:.1f}"
    '1.7 of 4.2'
    """
    from scipy import optimize  # noqa: PLC0415  # as above

    succeeded, counted = _of_people(k, n)
    total = float(counted.sum())
    if not total:
        raise ValueError("Nobody in this room counted anything, so it is no prior; give counts of at least one person.")
    pairs, people = np.unique(np.column_stack([succeeded, counted]), axis=0, return_counts=True)
    edge = math.log(2 * total + 1)  # a rate is taken for none below half an application in all
    start = float(np.clip(math.log((succeeded.sum() + 0.5) / ((counted - succeeded).sum() + 0.5)), -edge, edge))
    bounds = [(-edge, edge), (math.log(_SMALLEST), math.log(max(total, 2.0)))]
    ends = [
        optimize.minimize(_unlikely, (start, begun), (*pairs.T, people), _SOLVER, jac=True, bounds=bounds, tol=1e-10)
        for begun in (bounds[1][1], math.log(2.0))  # flat where people are alike: from both sides
    ]
    odds, size = min(ends, key=lambda end: round(float(end.fun), 7)).x  # where it cannot be told, the first
    weight = math.exp(size)
    return Prior(weight / (1 + math.exp(-odds)), weight)


def _unlikely(at: Values, k: Values, n: Values, people: Counts) -> tuple[float, Values]:
    """Minus the logarithm of how likely counts are, and its slopes by the logarithms of odds and size of a prior."""
    from scipy import special  # noqa: PLC0415  # as above

    size, share = math.exp(at[1]), 1 / (1 + math.exp(-at[0]))
    ups, downs = size * share, size * (1 - share)
    likely = special.betaln(ups + k, downs + n - k) - special.betaln(ups, downs)
    both = special.psi(size) - special.psi(size + n)
    by_up = float((people * (special.psi(ups + k) - special.psi(ups) + both)).sum())
    by_down = float((people * (special.psi(downs + n - k) - special.psi(downs) + both)).sum())
    slopes = [ups * (1 - share) * (by_up - by_down), ups * by_up + downs * by_down]
    return -float((people * likely).sum()), -np.array(slopes)


def _of_people(k: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Values, Values]:
    succeeded, counted = np.asarray(k), np.asarray(n)
    if succeeded.ndim != 1 or succeeded.shape != counted.shape:
        raise ValueError("The counts of people do not fit together; give k and n of each person.")
    if succeeded.size and ({succeeded.dtype.kind, counted.dtype.kind} - {*"iu"} or not _can_be(succeeded, counted)):
        raise ValueError("The counts of people cannot be rates; k and n must be whole, and k lie between 0 and n.")
    is_there = counted > 0
    return succeeded[is_there].astype(float), counted[is_there].astype(float)


def _can_be(k: Counts, n: Counts) -> bool:
    return bool(((k >= 0) & (k <= n)).all())
