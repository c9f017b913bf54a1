"""The mean of values such as squared distances, and its interval; of several people's, each person's go together."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers

FEWEST = 20  # values, below which an interval of their mean covers less than it says (90% of 8, for 95%)
FEWEST_PEOPLE = 5
Values = npt.NDArray[np.float64]


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
    """Estimate a mean and its interval by Student's t.

    Parameters
    ----------
    values : array-like
        The values.
    counts : array-like of int or None
        How many each value stands for; one each where none are given.
    people : array-like of int or None
        Whose each value is; where none are given, each is by itself. People are taken as the sample then: the error is
        the jackknife's over them.
    level : float
        The confidence level, between 0 and 1.
    positive : bool
        Whether the mean must be above 0, as a Brier score must. The interval is then even on the scale of logarithms,
        where such means are: of 20 to 60 Brier scores it covers 94 to 96%, and one on the plain scale 93 to 96%.

    Raises
    ------
    ValueError
        If the lines do not fit together, or one stands for nothing.

    References
    ----------
    Bradley, A. A., Schwartz, S. S. & Hashino, T. (2008). Sampling uncertainty and confidence intervals for the Brier
    score and Brier skill score. Weather and Forecasting 23.

    Examples
    --------
    >>> found = mean_interval([0.01, 0.09, 0.25, 0.36], [9, 8, 6, 4], positive=True)
    >>> f"{found.mean:.2f} {found.low:.2f} {found.high:.2f}"
    '0.14 0.10 0.20'
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    every = np.asarray(values, dtype=float)
    many = np.ones(every.shape) if counts is None else np.asarray(counts, dtype=float)
    if not every.ndim == many.ndim == 1 or len(every) != len(many) or (many <= 0).any():
        raise ValueError("Values and counts do not fit together; give one of each for every line, counts from 1.")
    n = float(many.sum())
    if not n:
        return Mean(math.nan, math.nan, math.nan)
    mean = float((every * many).sum() / n)
    error, freedom = _error((every - mean) * many, every - mean, many, people)
    if n < FEWEST or not error > 0:
        return Mean(mean, math.nan, math.nan)
    reach = float(stats.t.ppf((1 + level) / 2, freedom)) * error
    if positive:
        return Mean(mean, mean * math.exp(-reach / mean), mean * math.exp(reach / mean))
    return Mean(mean, mean - reach, mean + reach)


def _error(sums: Values, away: Values, many: Values, people: npt.ArrayLike | None) -> tuple[float, float]:
    """Find the standard error of a mean and its degrees of freedom; of too few people the error is missing."""
    n = many.sum()
    if people is None:
        return math.sqrt(float((sums * away).sum()) / n / max(1.0, n - 1)), max(1.0, float(n) - 1)
    if len(np.asarray(people)) != len(sums):
        raise ValueError("Values and people do not fit together; give one of each for every line.")
    place = np.unique(np.asarray(people), return_inverse=True)[1]
    totals, sizes = np.bincount(place, weights=sums), np.bincount(place, weights=many)
    if len(sizes) < FEWEST_PEOPLE:
        return math.nan, 1.0
    freedom = max(1.0, float((sizes**2).sum() ** 2 / (sizes**4).sum()) - 1)
    return math.sqrt(float(((totals / (1 - sizes / n)) ** 2).sum())) / float(n), freedom
