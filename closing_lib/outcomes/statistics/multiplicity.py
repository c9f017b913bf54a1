"""Several comparisons at once, or one again and again: p-values corrected for that, and intervals that agree."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call, whole
from closing_lib.outcomes.given import Level, Numbers
from closing_lib.outcomes.statistics import scipy

Values = npt.NDArray[np.float64]
MOST = 50  # looks
_STEP = 0.01  # of the grid of the statistic
_FAR = 8.0  # where the statistic without a difference is as good as never
Looks = Annotated[int, partial(whole, least=1, most=MOST, remedy=f"give a whole number of looks, up to {MOST}")]


@validate_call
def holm(p: Numbers) -> Values:
    """Correct the p-values of several comparisons, the smallest the most; missing ones stay missing and do not count.

    Source: Holm (1979), Scandinavian Journal of Statistics 6.
    """
    given, order = _in_order(p)
    found = np.full(len(given), np.nan)
    found[order] = np.minimum(1.0, np.maximum.accumulate(given[order] * np.arange(len(order), 0, -1)))
    return found


@validate_call
def levels_by_holm(p: Numbers, level: Level = 0.95) -> Values:
    """Find the level of each comparison's interval at which it says the same as `holm`.

    The corrected p is up to 1 - level exactly where the interval of that level leaves "no difference" out, given that
    p and interval are of one family. Each interval holds its truth at least as often as ``level`` says, and in at most
    1 - level of all families any of them wrongly leaves "no difference" out. (All at once they hold the truth that
    often only where each has the level of Bonferroni; those would contradict Holm's p at times.)
    """
    given, order = _in_order(p)
    each = (1 - level) / np.arange(len(order), 0, -1)
    holds = given[order] > each
    if holds.any():
        each[holds.argmax() :] = each[holds.argmax()]  # the first that is not told apart is the end of it
    found = np.full(len(given), np.nan)
    found[order] = 1 - each
    return found


def _in_order(p: npt.ArrayLike) -> tuple[Values, npt.NDArray[np.int64]]:
    """The p-values, and the places of those that are there, from the smallest."""
    given = np.asarray(p, dtype=float)
    return given, np.argsort(given, kind="stable")[: np.isfinite(given).sum()]


@validate_call
def claimed_by_chance(looks: Looks, p: Level = 0.05) -> float:
    """Work out how often so many looks, each at the same p as if it were the only one, find what is not there.

    Of looks each time when as much has been added; few applications, which come in steps, find it somewhat less often.
    The sum up to a look that has not been beyond its limit has a density on a grid; the next sum's is that of a normal
    step away from it.

    Source: Armitage, McPherson and Rowe (1969), Journal of the Royal Statistical Society A 132.
    """
    if looks == 1:
        return p
    limit, far = -float(scipy.special.ndtri(p / 2)), _FAR * np.sqrt(looks)
    grid, step = (np.arange(-end, end + _STEP / 2, _STEP) for end in (far, _FAR))
    density, step = (np.exp(-(one**2) / 2) / np.sqrt(2 * np.pi) for one in (grid, step))
    for look in range(1, looks + 1):
        if look > 1:
            density = scipy.signal.fftconvolve(density, step * _STEP, mode="same")
        # a cell that the limit cuts counts by the part of it that is inside
        density = density * np.clip((limit * np.sqrt(look) - np.abs(grid)) / _STEP + 0.5, 0, 1)
    return float(1 - density.sum() * _STEP)
