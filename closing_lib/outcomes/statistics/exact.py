"""The exact conditional test of a common odds ratio: all tables with the same margins, each with its chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
MOST = 10_000  # possible totals beyond which the approximate test is as good, and this one slow
_FARTHEST = 60.0  # log odds ratio, either way, beyond which no count leads


def exact_p(tables: Counts) -> float:
    """Give the two-sided p: the chance of all totals that are no more likely than the one seen.

    Parameters
    ----------
    tables : numpy.ndarray
        Counts, shape (K, 2, 2), without an empty row or column.

    Returns
    -------
    float
        1 without tables; NaN where there are more than `MOST` possible totals.

    References
    ----------
    Mehta, C. R., Patel, N. R. & Gray, R. (1985). Computing an exact confidence interval for the common odds ratio in
    several 2 x 2 contingency tables. Journal of the American Statistical Association 80.
    """
    if not is_within_reach(tables):
        return float("nan")
    chance, seen = _chances(tables)
    return float(min(1.0, chance[chance <= chance[seen] * (1 + 1e-7)].sum()))


def exact_interval(tables: Counts, level: float) -> tuple[float, float]:
    """Give the exact interval of the common odds ratio: the ratios under which what was seen is in neither tail.

    Parameters and missing values are those of `exact_p`; without tables it is everything.
    """
    if not is_within_reach(tables):
        return float("nan"), float("nan")
    lean = _lean(tables)
    chance, seen = _chances(tables, lean)
    with np.errstate(divide="ignore"):
        weights = np.log(chance) - lean * np.arange(len(chance))
    tail = (1 - level) / 2
    low = 0.0 if seen == 0 else _solve(lambda log_ratio: _share(weights, log_ratio, slice(seen, None)) - tail)
    high = float("inf")
    if seen < len(chance) - 1:
        high = _solve(lambda log_ratio: _share(weights, log_ratio, slice(seen + 1)) - tail)
    return low, high


def is_within_reach(tables: Counts) -> bool:
    """Tell whether there are few enough possible totals."""
    low, high = _ends(tables)
    return int((high - low).sum()) + 1 <= MOST


def _ends(tables: Counts) -> tuple[Counts, Counts]:
    """Give the least and the most that can stand in the first cell of each table."""
    first, succeeded, failed = tables[:, 0].sum(axis=1), tables[:, :, 0].sum(axis=1), tables[:, :, 1].sum(axis=1)
    return np.maximum(0, first - failed), np.minimum(first, succeeded)


def _lean(tables: Counts) -> float:
    """Give a log odds ratio near the one seen: under it, what was seen has a chance that a number can hold."""
    up, down = tables[:, 0, 0] * tables[:, 1, 1], tables[:, 0, 1] * tables[:, 1, 0]
    return float(np.clip(np.log(up.sum() + 0.5) - np.log(down.sum() + 0.5), -30, 30))


def _chances(tables: Counts, lean: float = 0.0) -> tuple[Weights, int]:
    """Give the chance of each total of the first cells under a log odds ratio, and the place of the one seen."""
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    chance = np.ones(1)
    low, high = _ends(tables)
    for table, least, most in zip(tables, low, high, strict=True):
        cells = np.arange(least, most + 1)
        here = stats.hypergeom.logpmf(cells, table.sum(), table[:, 0].sum(), table[0].sum()) + lean * cells
        chance = np.convolve(chance, np.exp(here - here.max()))
    return chance / chance.sum(), int(tables[:, 0, 0].sum() - low.sum())


def _share(weights: Weights, log_ratio: float, part: slice) -> float:
    """Give the chance of a part of the totals under an odds ratio."""
    tilted = weights + log_ratio * np.arange(len(weights))
    chance = np.exp(tilted - tilted.max())
    return float(chance[part].sum() / chance.sum())


def _solve(gap: Callable[[float], float]) -> float:
    from scipy import optimize  # noqa: PLC0415  # as above

    return float(np.exp(optimize.brentq(gap, -_FARTHEST, _FARTHEST, xtol=1e-10)))
