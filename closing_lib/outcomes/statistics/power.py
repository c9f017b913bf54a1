"""How likely a difference of a given size would show itself, and how many applications that takes."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import between, validate_call
from closing_lib.outcomes.given import Level, Rate, Whole

Power = Annotated[float, partial(between, low=0, high=1, remedy="it must lie between 0 and 1, such as 0.8")]
NEAREST = 1e-6  # difference of two rates, below which not even all applications of the world would show it
MOST = 60  # applications with each question, up to which every possible result is gone through


@validate_call
def fisher_power(p1: Rate, p2: Rate, n1: Whole, n2: Whole | None = None, level: Level = 0.95) -> float:
    """Give the chance that Fisher's two-sided test tells two true rates apart.

    Parameters
    ----------
    p1, p2 : float
        The true rates, as shares.
    n1, n2 : int
        How many are counted of each; of the second as many as of the first where nothing is said.
    level : float
        The confidence level: 0.95 calls p up to 0.05 a difference.

    Returns
    -------
    float
        Exact up to `MOST` of each, beyond that the usual approximation.

    Raises
    ------
    ValueError
        If a rate, a number or the level cannot be.

    Examples
    --------
    >>> [round(fisher_power(0.2, 0.4, n), 2) for n in (10, 20, 30)]
    [0.06, 0.19, 0.3]
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    second = n1 if n2 is None else n2
    if min(n1, second) < 1:
        raise ValueError(f"{n1} and {second} applications cannot be compared; there must be at least one of each.")
    if max(n1, second) > MOST:
        return _approximate(p1, p2, n1, second, level)
    chance = np.outer(stats.binom.pmf(np.arange(n1 + 1), n1, p1), stats.binom.pmf(np.arange(second + 1), second, p2))
    return float(chance[_told_apart(n1, second, 1 - level)].sum())


@validate_call
def needed(p1: Rate, p2: Rate, power: Power = 0.8, level: Level = 0.95) -> int:
    """Give how many of each are needed to tell two true rates apart, most of the time.

    Parameters
    ----------
    p1, p2 : float
        The true rates, as shares; not the same.
    power : float
        How often they should be told apart, between 0 and 1.
    level : float
        As for `fisher_power`.

    Returns
    -------
    int
        The number with each question, by the approximation that comes closest to Fisher's test.

    Raises
    ------
    ValueError
        If a rate, the power or the level cannot be, or the rates are the same.

    References
    ----------
    Casagrande, J. T., Pike, M. C. & Smith, P. G. (1978). An improved approximate formula for calculating sample sizes
    for comparing two binomial distributions. Biometrics 34.

    Examples
    --------
    >>> needed(0.2, 0.4)
    91
    """
    if p1 == p2:
        raise ValueError(f"Both rates are {p1}; no number of applications tells the same rate apart.")
    if abs(p1 - p2) < NEAREST:
        raise ValueError(f"{p1} and {p2} are too close; rates that differ by less than {NEAREST} are not told apart.")
    plain = (_reach(p1, p2, level, power) / abs(p1 - p2)) ** 2
    return int(np.ceil(plain / 4 * (1 + np.sqrt(1 + 4 / (plain * abs(p1 - p2)))) ** 2))


def _reach(p1: float, p2: float, level: float, power: float) -> float:
    from scipy import stats  # noqa: PLC0415  # as above

    middle = (p1 + p2) / 2
    none, some = 2 * middle * (1 - middle), p1 * (1 - p1) + p2 * (1 - p2)
    return float(stats.norm.ppf((1 + level) / 2) * np.sqrt(none) + stats.norm.ppf(power) * np.sqrt(some))


def _approximate(p1: float, p2: float, n1: int, n2: int, level: float) -> float:
    """Give the power of the test of two shares, corrected for continuity as Fisher's test is by nature."""
    from scipy import stats  # noqa: PLC0415  # as above

    middle = (n1 * p1 + n2 * p2) / (n1 + n2)
    none = np.sqrt(middle * (1 - middle) * (1 / n1 + 1 / n2))
    some = np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    gap = abs(p1 - p2) - (1 / n1 + 1 / n2) / 2
    limit = stats.norm.ppf((1 + level) / 2) * none
    return float(stats.norm.sf((limit - gap) / some)) if some else float(gap > limit)


def _told_apart(n1: int, n2: int, most: float) -> npt.NDArray[np.bool_]:
    """Tell for each result (k1 of n1, k2 of n2) whether its two-sided p is small enough."""
    from scipy import stats  # noqa: PLC0415  # as above

    found = np.zeros((n1 + 1, n2 + 1), dtype=bool)
    chances = stats.hypergeom.pmf(np.arange(n1 + 1), n1 + n2, np.arange(n1 + n2 + 1)[:, None], n1)
    for total, every in enumerate(chances):
        first = np.arange(max(0, total - n2), min(n1, total) + 1)
        chance = every[first]
        in_order = np.sort(chance)
        # all that are no more likely; those as likely but for rounding are with them
        upto = np.searchsorted(in_order, chance * (1 + 1e-7), side="right") - 1
        found[first, total - first] = np.cumsum(in_order)[upto] <= most
    return found
