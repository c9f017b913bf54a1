"""The exact conditional distribution of a common odds ratio: all tables with the same margins, each with its chance.

All functions take counts of shape (K, 2, 2) without an empty row or column, and ``many``, how many strata have each of
these tables. Where there are more than `MOST` possible totals, what they give is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np
import numpy.typing as npt

from closing_lib.outcomes.statistics import scipy

Counts = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
MOST = 10_000  # possible totals beyond which the approximate test is as good, and this one slow
_FARTHEST = 60.0  # log odds ratio, either way, beyond which no count leads


def exact_p(tables: Counts, many: Counts) -> float:
    """Two-sided p: the chance of all totals that are no more likely than the one seen.

    Source: Mehta, Patel and Gray (1985), Journal of the American Statistical Association 80.
    """
    if not is_within_reach(tables, many):
        return float("nan")
    chance, seen = _chances(tables, many)
    return float(min(1.0, chance[chance <= chance[seen] * (1 + 1e-7)].sum()))


def tail_p(tables: Counts, many: Counts) -> float:
    """Two-sided p: twice the smaller tail. It is up to 1 - level exactly where `exact_interval` leaves 1 out.

    `exact_p` may be smaller, but its interval would have gaps.

    Source: Fay (2010), Biostatistics 11.
    """
    if not is_within_reach(tables, many):
        return float("nan")
    return float(min(1.0, 2 * min(_tails(*_chances(tables, many)))))


def exact_interval(tables: Counts, many: Counts, level: float) -> tuple[float, float]:
    """Interval of the common odds ratio: the ratios under which what was seen is in neither tail."""
    if not is_within_reach(tables, many):
        return float("nan"), float("nan")
    lean = _lean(tables, many)
    chance, seen = _chances(tables, many, lean)
    with np.errstate(divide="ignore"):
        weights = np.log(chance) - lean * np.arange(len(chance))

    def beyond(log_ratio: float, side: int) -> float:
        tilted = weights + log_ratio * np.arange(len(weights))
        chance = np.exp(tilted - tilted.max())
        return _tails(chance / chance.sum(), seen)[side] - (1 - level) / 2

    low = 0.0 if seen == 0 else _solve(lambda log_ratio: beyond(log_ratio, 1))
    return low, float("inf") if seen == len(chance) - 1 else _solve(lambda log_ratio: beyond(log_ratio, 0))


def moments(tables: Counts, ratio: float, near: Weights) -> tuple[Weights, Weights, Weights]:
    """Mean, variance and fourth central moment of each first cell, given its margins and an odds ratio.

    ``near`` is about where the means lie; what is more than 60 away from there is left out as next to impossible, which
    it is where a cell of the table is expected to be small.
    """
    low, high = _ends(tables)
    low, high = np.maximum(low, np.floor(near) - 60), np.minimum(high, np.ceil(near) + 60)
    cells = low[:, None] + np.arange(int((high - low).max()) + 1)
    can_be = cells <= high[:, None]
    cells = np.minimum(cells, high[:, None])
    first, second = tables.sum(axis=2).T[:, :, None]
    weights = np.log(ratio) * cells + _log_ways(cells, first, second, tables[:, :, 0].sum(axis=1)[:, None])
    chance = np.where(can_be, np.exp(weights - weights.max(axis=1, keepdims=True)), 0.0)
    chance /= chance.sum(axis=1, keepdims=True)
    mean = (chance * cells).sum(axis=1)
    squared = (cells - mean[:, None]) ** 2
    return mean, (chance * squared).sum(axis=1), (chance * squared**2).sum(axis=1)


def is_within_reach(tables: Counts, many: Counts) -> bool:
    """Whether there are few enough possible totals."""
    low, high = _ends(tables)
    return int((high - low) @ many) + 1 <= MOST


def _ends(tables: Counts) -> tuple[Counts, Counts]:
    """Least and most that can stand in the first cell of each table."""
    (first, _), (succeeded, failed) = (tables[..., 0] + tables[..., 1]).T, (tables[:, 0] + tables[:, 1]).T
    return np.maximum(0, first - failed), np.minimum(first, succeeded)


def _log_ways(cells: npt.ArrayLike, first: npt.ArrayLike, second: npt.ArrayLike, succeeded: npt.ArrayLike) -> Weights:
    """Logarithm of how many ways there are to have so many in the first cell, but for a constant."""
    a, b, c, d = np.broadcast_arrays(cells, first, second, succeeded)
    return np.asarray(-sum(scipy.special.gammaln(one + 1.0) for one in (a, b - a, d - a, c - d + a)))


def _lean(tables: Counts, many: Counts) -> float:
    """Log odds ratio near the one seen: under it, what was seen has a chance that a number can hold."""
    up, down = tables[:, 0, 0] * tables[:, 1, 1], tables[:, 0, 1] * tables[:, 1, 0]
    return float(np.clip(np.log(up @ many + 0.5) - np.log(down @ many + 0.5), -30, 30))


def _chances(tables: Counts, many: Counts, lean: float = 0.0) -> tuple[Weights, int]:
    """Chance of each total of the first cells under a log odds ratio, and the place of the one seen.

    A room has thousands of small strata, most of which have the margins of another: each set of margins is worked out
    once, and taken to the power of how often it occurs.
    """
    low, high = _ends(tables)
    seen = int((tables[:, 0, 0] - low) @ many)
    margins = np.column_stack([low, high, tables.sum(axis=2), tables[:, :, 0].sum(axis=1)])
    distinct, place = np.unique(margins, axis=0, return_inverse=True)
    found = np.ones(1)
    for (least, most, *sides), often in zip(distinct, np.bincount(place, weights=many).astype(int), strict=True):
        cells = np.arange(least, most + 1)
        here = lean * cells + _log_ways(cells, *sides)
        found = _times(found, _power(np.exp(here - here.max()), int(often)))
    return found / found.sum(), seen


def _times(one: Weights, other: Weights) -> Weights:
    both = np.convolve(one, other)
    return np.asarray(both / both.max())  # the product of thousands would be too large for a number


def _power(chance: Weights, many: int) -> Weights:
    """So many of the same distribution added up."""
    squares = [chance]
    while many >> len(squares):
        squares.append(_times(squares[-1], squares[-1]))
    return reduce(_times, [square for place, square in enumerate(squares) if many >> place & 1])


def _tails(chance: Weights, seen: int) -> tuple[float, float]:
    """Chance of so few or fewer, and of so many or more."""
    return float(chance[: seen + 1].sum()), float(chance[seen:].sum())


def _solve(gap: Callable[[float], float]) -> float:
    return float(np.exp(scipy.optimize.brentq(gap, -_FARTHEST, _FARTHEST, xtol=1e-10)))
