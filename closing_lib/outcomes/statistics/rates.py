"""A rate by itself: its interval, and what is left of it once a prior is put beside it."""

from __future__ import annotations

import math
from functools import partial
from typing import Annotated, NamedTuple

from closing_lib.arguments import not_known, number, shown, validate_call
from closing_lib.outcomes.given import Level, Whole
from closing_lib.outcomes.statistics import scipy

_MOST = 10**15  # applications; beyond them an interval is lost in rounding
Prior = Annotated[float, partial(number, remedy="prior_k must lie between 0 and prior_n")]
METHODS = ("wilson", "jeffreys")


@validate_call
def rate_interval(k: Whole, n: Whole, method: str = "wilson", level: Level = 0.95) -> tuple[float, float]:
    """Work out the interval of a rate: ``(0.0, 1.0)`` where nothing was counted.

    Of ``n``, ``k`` succeeded. The method is ``"wilson"``, the score interval, or ``"jeffreys"``, the equal-tailed one
    with the ends at 0 and 1 where k is 0 or n; the level lies between 0 and 1. ValueError if one of these cannot be.

    Sources: Newcombe (1998), Statistics in Medicine 17; Brown, Cai and DasGupta (2001), Statistical Science 16.
    """
    check_method(method)
    _check_counts(k, n)
    if n == 0:
        return 0.0, 1.0
    low, high = wilson(k / n, n, reach(level)) if method == "wilson" else _beta(k + 0.5, n - k + 0.5, level)
    return (0.0 if k == 0 else low), (1.0 if k == n else high)


class Shrunk(NamedTuple):
    """A rate after a prior was put beside it: the mean of the posterior, and its equal-tailed interval."""

    mean: float
    low: float
    high: float


@validate_call
def shrink(k: Whole, n: Whole, prior_k: Prior, prior_n: Prior, level: Level = 0.95) -> Shrunk:
    """Pull a rate toward a prior, the more so the less was counted.

    The prior reads like counts: "as if ``prior_n`` applications had been seen before, and ``prior_k`` of them had moved
    forward". That is a Beta distribution with ``prior_k`` and ``prior_n - prior_k``.
    Counts are whole, ``0 <= k <= n``; the prior need not be, ``0 < prior_k < prior_n``. ``level`` is how likely the
    interval holds the rate.
    """
    _check_counts(k, n)
    if not 0 < prior_k < prior_n <= _MOST:
        raise ValueError(f"The prior {prior_k} of {prior_n} cannot be; prior_k must lie between 0 and prior_n.")
    return Shrunk((prior_k + k) / (prior_n + n), *_beta(prior_k + k, prior_n - prior_k + n - k, level))


def reach(level: float) -> float:
    """How many standard errors an interval reaches to each side."""
    return float(scipy.special.ndtri((1 + level) / 2))


def wilson(rate: float, n: float, errors: float) -> tuple[float, float]:
    """Wilson's interval that reaches so many standard errors; n is not necessarily whole."""
    squared = errors**2 / n
    middle = (rate + squared / 2) / (1 + squared)
    width = math.sqrt(squared * rate * (1 - rate) + squared**2 / 4) / (1 + squared)
    return max(0.0, middle - width), min(1.0, middle + width)


def _beta(ups: float, downs: float, level: float) -> tuple[float, float]:
    low, high = (float(scipy.special.betaincinv(ups, downs, (1 + side * level) / 2)) for side in (-1, 1))
    return low, high


def check_method(method: str) -> None:
    """Refuse a method that is not known, and name the choices."""
    if method not in METHODS:
        raise ValueError(not_known(f"Method {shown(method)} is not known", method, METHODS))


def _check_counts(k: int, n: int) -> None:
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} cannot be a rate; k must lie between 0 and n.")
