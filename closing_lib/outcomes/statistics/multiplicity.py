"""Several comparisons at once: p-values corrected for their number, and intervals that never contradict them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers

Values = npt.NDArray[np.float64]


@validate_call
def holm(p: Numbers) -> Values:
    """Correct the p-values of several comparisons, the smallest the most; missing ones stay missing and do not count.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    given, order = np.asarray(p, dtype=float), _order(p)
    found = np.full(len(given), np.nan)
    found[order] = np.minimum(1.0, np.maximum.accumulate(given[order] * np.arange(len(order), 0, -1)))
    return found


@validate_call
def levels_by_holm(p: Numbers, level: Level = 0.95) -> Values:
    """Find the level of each comparison's interval at which it says the same as `holm`.

    The corrected p is up to 1 - level exactly where the interval of that level leaves "no difference" out, given that
    p and interval are of one family (``risk_difference_p`` and ``risk_difference_interval``, for instance). Each
    interval holds its truth at least as often as ``level`` says, and in at most 1 - level of all families any of them
    wrongly leaves "no difference" out. (All at once they hold the truth that often only where each has the level of
    Bonferroni, 1 - (1 - level) / number; those would contradict Holm's p at times.)

    Parameters
    ----------
    p : array-like
        The p-values before correction; where one is missing, so is its level.
    level : float
        The level of the whole family, between 0 and 1.

    Examples
    --------
    >>> levels_by_holm([0.01, 0.04, 0.03]).round(4).tolist()
    [0.9833, 0.975, 0.975]
    """
    given, order = np.asarray(p, dtype=float), _order(p)
    each = (1 - level) / np.arange(len(order), 0, -1)
    holds = given[order] > each
    if holds.any():
        each[holds.argmax() :] = each[holds.argmax()]  # the first that is not told apart is the end of it
    found = np.full(len(given), np.nan)
    found[order] = 1 - each
    return found


def _order(p: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Places of the p-values that are there, from the smallest."""
    given = np.asarray(p, dtype=float)
    order = np.argsort(given, kind="stable")
    return order[: np.isfinite(given).sum()]
