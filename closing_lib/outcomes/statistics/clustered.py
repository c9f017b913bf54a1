"""Several people: one person's applications go together, so that they say less than as many people's would.

Intervals rest on how far each person is from all, and on Student's t, whose degrees of freedom are those of people with
unequal numbers (Satterthwaite).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers
from closing_lib.outcomes.statistics import scipy
from closing_lib.outcomes.statistics.rates import wilson

FEWEST = 5  # people, below whom how far they differ cannot be told, and no interval is given
FEWEST_VALUES = 20  # below which an interval of their mean covers less than it says (90% of 8, for 95%)
_ALIKE = 0.1  # the correlation of one person's that Student's degrees of freedom suppose
_LEAST = 0.3  # design effect, below which people would be more alike than chance allows
_SMALLEST = 0.5  # applications that a prior stands for, where people differ as much as they can
Values = npt.NDArray[np.float64]


class ClusteredRate(NamedTuple):
    """A rate counted over people, with what their differing leaves of its certainty.

    ``design_effect`` is how many times as large the variance is as if each application were another person's (Rao and
    Scott), below 1 by chance; ``effective_n``, how many applications of as many people would say as much. Both are
    missing with one person, and where all succeeded or none. The interval is missing with fewer than `FEWEST` people.
    """

    rate: float
    design_effect: float
    effective_n: float
    low: float
    high: float


@validate_call
def clustered_rate(k: Numbers, n: Numbers, level: Level = 0.95) -> ClusteredRate:
    """Estimate a rate from counts by person (k of n, each whole), and its interval.

    Wilson's interval of as many applications as all of them are worth: their number over the design effect, in which
    each person's distance has the correction of least bias (Bell and McCaffrey). Of 12 people or more it covers 94 to
    98%, whether they are all alike or differ greatly (intraclass correlation .3); of fewer people, or where a few have
    most of what was counted, more.

    Sources: Rao and Scott (1992), Biometrics 48; Bell and McCaffrey (2002), Survey Methodology 28; Korn and Graubard
    (1998), Survey Methodology 24.
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
        robust = max(_LEAST, float((away**2 / (1 - counted / total)).sum() / alone))
    varied = np.sqrt(counted * (1 + _ALIKE * (counted - 1)))  # how far people's counts would be off
    ends = (math.nan, math.nan) if people < FEWEST else wilson(rate, total / robust, students(level, varied))
    return ClusteredRate(rate, effect, total / effect if effect else math.inf, *ends)


def students(level: float, sizes: npt.NDArray[np.generic]) -> float:
    """How many standard errors an interval over people reaches, who have so much each."""
    squared = sizes**2
    freedom = max(1.0, float(squared.sum() ** 2 / (squared**2).sum()) - 1)
    return float(scipy.special.stdtrit(freedom, (1 + level) / 2))


def places(values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[np.int64]]:
    """The distinct values in their order, and the place of each: by counting, where they are small whole numbers."""
    plain = values.astype(np.int64) if values.ndim == 1 and np.isfinite(values).all() else np.full(1, -1)
    if plain.min(initial=0) >= 0 and plain.max(initial=0) <= values.size and (plain == values).all():
        occurs = np.bincount(plain) > 0
        return np.flatnonzero(occurs).astype(values.dtype), (np.cumsum(occurs) - 1)[plain]
    return np.unique(values, return_inverse=True)


class Mean(NamedTuple):
    """A mean and its interval; this is missing where there are too few values or people, or all are the same."""

    mean: float
    low: float
    high: float


@validate_call
def mean_interval(
    values: Numbers,
    counts: Numbers | None = None,
    people: Numbers | None = None,
    level: Level = 0.95,
    *,
    positive: bool = False,
) -> Mean:
    """Estimate a mean and its interval by Student's t; of each value, how many it stands for, and whose it is.

    With ``positive``, the mean must be above 0, as a Brier score must. The interval is then even on the scale of
    logarithms, where such means are: of 20 to 60 Brier scores it covers 94 to 96%, and one on the plain scale 93.

    Source: Bradley, Schwartz and Hashino (2008), Weather and Forecasting 23.
    """
    every = np.asarray(values, dtype=float)
    many = np.ones(every.shape) if counts is None else np.asarray(counts, dtype=float)
    whose = None if people is None else places(np.asarray(people))[1]
    if every.ndim != 1 or any(len(every) != len(one) for one in (many, whose) if one is not None) or (many <= 0).any():
        raise ValueError("Values, counts and people do not fit together; give one of each a line, counts from 1.")
    n = float(many.sum())
    if not n:
        return Mean(math.nan, math.nan, math.nan)
    mean = float((every * many).sum() / n)
    if whose is None:
        error = math.sqrt(float((many * (every - mean) ** 2).sum()) / n / max(1.0, n - 1))
        wide = float(scipy.special.stdtrit(max(1.0, n - 1), (1 + level) / 2))
    else:
        sums, sizes = np.bincount(whose, weights=many * (every - mean)), np.bincount(whose, weights=many).astype(float)
        error = math.nan if len(sizes) < FEWEST else math.sqrt(float(((sums / (1 - sizes / n)) ** 2).sum())) / n
        wide = students(level, sizes)
    if n < FEWEST_VALUES or not error > 0:
        return Mean(mean, math.nan, math.nan)
    if positive:
        return Mean(mean, mean * math.exp(-wide * error / mean), mean * math.exp(wide * error / mean))
    return Mean(mean, mean - wide * error, mean + wide * error)


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

    Source: Griffiths (1973), Biometrics 29.
    """
    succeeded, counted = _of_people(k, n)
    total = float(counted.sum())
    if not total:
        raise ValueError("Nobody in this room counted anything, so it is no prior; give counts of at least one person.")
    most = counted.max() + 1
    pairs, place = places(succeeded * most + counted)
    edge = math.log(2 * total + 1)  # a rate is taken for none below half an application in all
    start = math.log((succeeded.sum() + 0.5) / ((counted - succeeded).sum() + 0.5))
    bounds = [(-edge, edge), (math.log(_SMALLEST), math.log(max(total, 2.0)))]
    # SLSQP, of few unknowns: the usual one starts threads for them, and takes ten times as long
    how: dict[str, Any] = {"method": "SLSQP", "jac": True, "bounds": bounds, "tol": 1e-10}
    how["args"] = (pairs // most, pairs % most, np.bincount(place))
    ends = [  # flat where people are alike: from both sides
        scipy.optimize.minimize(_unlikely, (min(edge, max(-edge, start)), begun), **how)
        for begun in (bounds[1][1], math.log(2.0))
    ]
    odds, size = min(ends, key=lambda end: round(float(end.fun), 7)).x  # where it cannot be told, the first
    weight = math.exp(size)
    return Prior(weight / (1 + math.exp(-odds)), weight)


def _unlikely(at: Values, k: Values, n: Values, people: npt.NDArray[np.int64]) -> tuple[float, Values]:
    """Minus the logarithm of how likely counts are, and its slopes by the logarithms of odds and size of a prior."""
    special = scipy.special
    size, share = math.exp(at[1]), 1 / (1 + math.exp(-at[0]))
    ups, downs = size * share, size * (1 - share)
    likely = special.betaln(ups + k, downs + n - k) - special.betaln(ups, downs)
    both = special.psi(size) - special.psi(size + n)
    by_up = float((people * (special.psi(ups + k) - special.psi(ups) + both)).sum())
    by_down = float((people * (special.psi(downs + n - k) - special.psi(downs) + both)).sum())
    slopes = [ups * (1 - share) * (by_up - by_down), ups * by_up + downs * by_down]
    return -float((people * likely).sum()), -np.array(slopes)


def _of_people(k: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Values, Values]:
    """Counts of those of whom any was counted."""
    succeeded, counted = np.asarray(k), np.asarray(n)
    fit = succeeded.ndim == 1 and succeeded.shape == counted.shape
    whole = not succeeded.size or {succeeded.dtype.kind, counted.dtype.kind} <= {*"iu"}
    if not (fit and whole and ((succeeded >= 0) & (succeeded <= counted)).all()):
        raise ValueError("The counts of people cannot be rates; give k and n of each, whole, k between 0 and n.")
    is_there = np.flatnonzero(counted)
    return succeeded[is_there].astype(float), counted[is_there].astype(float)
