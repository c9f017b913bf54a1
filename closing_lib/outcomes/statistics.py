"""Arrays in, intervals out: thin over SciPy."""

from __future__ import annotations

from numbers import Integral

METHODS = ("wilson", "jeffreys")


def rate_interval(k: int, n: int, method: str = "wilson", level: float = 0.95) -> tuple[float, float]:
    """Give the interval of a rate.

    Parameters
    ----------
    k, n : int
        How many succeeded, of how many; ``0 <= k <= n``.
    method : {"wilson", "jeffreys"}
        Wilson's score interval, or Jeffreys' equal-tailed interval with the ends at 0 and 1 where k is 0 or n.
    level : float
        The confidence level, between 0 and 1.

    Returns
    -------
    (float, float)
        The lower and the upper end, as shares; ``(0.0, 1.0)`` where nothing was counted.

    Raises
    ------
    ValueError
        If the counts, the method or the level cannot be.

    References
    ----------
    Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion. Statistics in Medicine 17.
    Brown, L. D., Cai, T. T. & DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science 16.

    Examples
    --------
    >>> low, high = rate_interval(81, 263)
    >>> f"{low:.4f} {high:.4f}"
    '0.2553 0.3662'
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load, and forms are shown before that

    if method not in METHODS:
        raise ValueError(f"Method {method!r} is not known; choose one of {', '.join(METHODS)}.")
    if not all(isinstance(count, Integral) for count in (k, n)):
        raise ValueError(f"{k} of {n} are no counts; give whole numbers.")
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} cannot be a rate; k must lie between 0 and n.")
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; it must lie between 0 and 1, such as 0.95.")
    if n == 0:
        return 0.0, 1.0
    if method == "wilson":
        found = stats.binomtest(int(k), int(n)).proportion_ci(level, method="wilson")
        return float(found.low), float(found.high)
    tail = (1 - level) / 2
    posterior = stats.beta(k + 0.5, n - k + 0.5)
    return (0.0 if k == 0 else float(posterior.ppf(tail))), (1.0 if k == n else float(posterior.ppf(1 - tail)))
