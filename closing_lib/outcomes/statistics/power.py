"""How likely a difference of a given size would show itself, and how many applications that takes."""

from __future__ import annotations

import math
from functools import partial
from typing import Annotated

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import between, validate_call
from closing_lib.outcomes.given import Level, Rate, Whole
from closing_lib.outcomes.statistics import scipy
from closing_lib.outcomes.statistics.rates import reach

Power = Annotated[float, partial(between, low=0, high=1, remedy="it must lie between 0 and 1, such as 0.8")]
NEAREST = 1e-6  # difference of two rates, below which not even all applications of the world would show it
MOST = 200_000  # results gone through: some 500 of each, or few of one and very many of the other
_SELDOM = 1e-13  # what is left out of either tail of what may be counted of each


@validate_call
def fisher_power(p1: Rate, p2: Rate, n1: Whole, n2: Whole | None = None, level: Level = 0.95) -> float:
    """Work out the chance that Fisher's two-sided test tells two true rates apart.

    Exact for several hundred of each, over all results but those of less than 1e-12; the usual approximation (off by up
    to 0.03) only where both are larger.

    ``p1`` and ``p2`` are the true rates, as shares; ``n1`` and ``n2`` how many are counted of each, of the second as
    many as of the first where nothing is said. A ``level`` of 0.95 calls p up to 0.05 a difference.
    """
    second = n1 if n2 is None else n2
    if min(n1, second) < 1:
        raise ValueError(f"{n1} and {second} applications cannot be compared; there must be at least one of each.")
    binom = scipy.stats.binom
    (few, p), (many, q) = sorted([(n1, p1), (second, p2)])
    first, other = (
        np.arange(binom.ppf(_SELDOM, n, rate), binom.isf(_SELDOM, n, rate) + 1, dtype=np.int64)
        for n, rate in ((few, p), (many, q))
    )
    if (len(first) + len(other)) * (few + 1) > MOST:
        return _approximate(p1, p2, n1, second, level)
    totals = np.arange(first[0] + other[0], first[-1] + other[-1] + 1)
    of_other = (totals[:, None] - np.arange(few + 1)) - other[0]
    is_there = (of_other >= 0) & (of_other < len(other))
    chance = np.where(is_there, binom.pmf(other, many, q)[np.where(is_there, of_other, 0)], 0.0)
    chance *= binom.pmf(np.arange(few + 1), few, p)
    return float(chance[_told_apart(few, many, 1 - level, totals)].sum())


@validate_call
def needed(p1: Rate, p2: Rate, power: Power = 0.8, level: Level = 0.95) -> int:
    """Estimate how many of each are needed to tell two true rates apart, most of the time.

    ``power`` is how often they should be told apart, between 0 and 1; the others are as for `fisher_power`, to which
    this is the closest approximation. ValueError if the rates are the same.

    Source: Casagrande, Pike and Smith (1978), Biometrics 34.
    """
    if p1 == p2:
        raise ValueError(f"Both rates are {p1}; no number of applications tells the same rate apart.")
    if abs(p1 - p2) < NEAREST:
        raise ValueError(f"{p1} and {p2} are too close; rates that differ by less than {NEAREST} are not told apart.")
    middle = (p1 + p2) / 2
    none, some = 2 * middle * (1 - middle), p1 * (1 - p1) + p2 * (1 - p2)
    errors = reach(level) * math.sqrt(none) + float(scipy.special.ndtri(power)) * math.sqrt(some)
    plain = (errors / abs(p1 - p2)) ** 2
    return math.ceil(plain / 4 * (1 + math.sqrt(1 + 4 / (plain * abs(p1 - p2)))) ** 2)


def _approximate(p1: float, p2: float, n1: int, n2: int, level: float) -> float:
    """Power of the test of two shares, corrected for continuity as Fisher's test is by nature."""
    middle = (n1 * p1 + n2 * p2) / (n1 + n2)
    none = math.sqrt(middle * (1 - middle) * (1 / n1 + 1 / n2))
    some = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    beyond = abs(p1 - p2) - (1 / n1 + 1 / n2) / 2 - reach(level) * none
    return float(scipy.special.ndtr(beyond / some)) if some else float(beyond > 0)


def _told_apart(n1: int, n2: int, most: float, totals: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether the two-sided p of each result is small enough: a row for each total, a column for each k of n1."""
    first = np.arange(n1 + 1)
    second = np.arange(totals[0] - n1, totals[-1] + 1)
    ways = [
        np.where((k >= 0) & (k <= n), -scipy.special.betaln(np.clip(k, 0, n) + 1, n - np.clip(k, 0, n) + 1), -np.inf)
        for k, n in ((first, n1), (second, n2))
    ]
    each = ways[0] + ways[1][totals[:, None] - first - second[0]]
    chance = np.exp(each - each.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    order = np.argsort(chance, axis=1)
    in_order = np.take_along_axis(chance, order, axis=1)
    # all that are no more likely; those as likely but for rounding are with them
    is_last = np.ones(chance.shape, dtype=bool)
    is_last[:, :-1] = in_order[:, 1:] > in_order[:, :-1] * (1 + 1e-7)
    upto = np.where(is_last, np.cumsum(in_order, axis=1), np.inf)
    p = np.minimum.accumulate(upto[:, ::-1], axis=1)[:, ::-1]
    found = np.empty(chance.shape, dtype=bool)
    np.put_along_axis(found, order, p <= most, axis=1)
    return found
