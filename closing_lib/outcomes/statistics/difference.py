"""The common difference of two means within strata (Mantel and Haenszel), with Sato's variance."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


class Difference(NamedTuple):
    """A difference, and the variance that it would have if another one were true: ``lean`` times that, plus ``apart``.

    Attributes
    ----------
    estimate, lean, apart : float
        Missing where the two groups never meet in a stratum.
    """

    estimate: float
    lean: float
    apart: float

    @property
    def error(self) -> float:
        """The standard error at the estimate (Sato, 1989)."""
        variance = self.estimate * self.lean + self.apart
        return variance if math.isnan(variance) else math.sqrt(max(0.0, variance))

    def interval(self, level: float) -> tuple[float, float]:
        """Find the differences that a test with the variance under each of them does not refuse (Klingenberg, 2014)."""
        if math.isnan(self.estimate):
            return -1.0, 1.0
        squared = reach(level) ** 2
        middle = self.estimate + squared * self.lean / 2
        width = math.sqrt(max(0.0, middle**2 - self.estimate**2 + squared * self.apart))
        return max(-1.0, middle - width), min(1.0, middle + width)

    @property
    def p_value(self) -> float:
        """The p that agrees with the interval; 1 where nothing can be told apart."""
        from scipy import stats  # noqa: PLC0415  # takes most of a second to load

        return float(2 * stats.norm.sf(abs(self.estimate) / math.sqrt(self.apart))) if self.apart > 0 else 1.0


def difference(sizes: Values, sums: Values, squares: Values) -> Difference:
    """Estimate the difference of two groups within strata.

    Parameters
    ----------
    sizes, sums, squares : numpy.ndarray
        How many there are of each group in each stratum, and the sums of their values, which lie between 0 and 1 or
        nearly so, and of the squares of these, shape (K, 2). Strata that lack a group say nothing.
    """
    both = (sizes > 0).all(axis=1)
    (first, second), (up, down), (ups, downs) = sizes[both].T, sums[both].T, squares[both].T
    size = first + second
    weight = float((first * second / size).sum())
    if not weight:
        return Difference(math.nan, math.nan, math.nan)
    estimate = ((up * second - down * first) / size).sum() / weight
    lean = (first**2 * down - second**2 * up + first * second * (second - first) / 2) / size**2
    apart = (second * ups + first * downs - 2 * up * down) / (2 * size)  # half the squared distances of all pairs
    return Difference(float(estimate), float(lean.sum()) / weight**2, float(apart.sum()) / weight**2)


def reach(level: float) -> float:
    """Find how many standard errors an interval reaches to each side."""
    from scipy import stats  # noqa: PLC0415  # as above

    return float(stats.norm.ppf((1 + level) / 2))
