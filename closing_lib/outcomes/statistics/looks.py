"""Looking again and again at what grows: the level that each look has, so that all of them together hold 5%."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Annotated

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import between, shown, validate_call, whole

Values = npt.NDArray[np.float64]
MOST = 50  # looks
PLANS = ("obrien_fleming", "pocock", "bonferroni")
_STEP = 0.01  # of the grid of the statistic
_FAR = 8.0  # where the statistic without a difference is as good as never

Looks = Annotated[int, partial(whole, least=1, most=MOST, remedy=f"give a whole number of looks, up to {MOST}")]
Chance = Annotated[float, partial(between, low=0, high=0.5, remedy="it must lie between 0 and 0.5, such as 0.05")]


@validate_call
def levels_of_looks(looks: Looks, plan: str = "obrien_fleming", chance: Chance = 0.05) -> tuple[float, ...]:
    """Find how small the two-sided p must be at each look, for a comparison fixed beforehand.

    If there is no difference, at most ``chance`` of all who look so many times, each time when about as much has been
    added, find one at any look. An interval at a look has the level 1 - its p.

    Parameters
    ----------
    looks : int
        How many, fixed beforehand; the last is the end.
    plan : {"obrien_fleming", "pocock", "bonferroni"}
        The first is strict early, and at the end hardly stricter than one look (each look's statistic must exceed the
        last's by the root of looks over looks so far). The second is as strict at each. The third shares the chance out
        evenly, and holds however unevenly the looks come.
    chance : float
        The chance of a false claim in all.

    Raises
    ------
    ValueError
        If the looks, the plan or the chance cannot be.

    References
    ----------
    O'Brien, P. C. & Fleming, T. R. (1979). A multiple testing procedure for clinical trials. Biometrics 35. Pocock, S.
    J. (1977). Group sequential methods in the design and analysis of clinical trials. Biometrika 64. Armitage, P.,
    McPherson, C. K. & Rowe, B. C. (1969). Repeated significance tests on accumulating data. Journal of the Royal
    Statistical Society A 132.

    Examples
    --------
    >>> [round(p, 4) for p in levels_of_looks(3)], [round(p, 4) for p in levels_of_looks(3, "pocock")]
    ([0.0005, 0.0141, 0.0451], [0.0221, 0.0221, 0.0221])
    """
    if plan not in PLANS:
        raise ValueError(f"Plan {shown(plan)} is not known; choose one of {', '.join(PLANS)}.")
    return (chance / looks,) * looks if plan == "bonferroni" or looks == 1 else _levels(looks, plan, chance)


@validate_call
def claimed_by_chance(looks: Looks, p: Chance = 0.05) -> float:
    """Work out how often so many looks, each at the same p as if it were the only one, find what is not there.

    Of looks each time when as much has been added; few applications, which come in steps, find it somewhat less often.

    Examples
    --------
    >>> [round(claimed_by_chance(looks), 3) for looks in (1, 2, 5, 10)]
    [0.05, 0.083, 0.142, 0.193]
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    return p if looks == 1 else _ever_beyond(np.full(looks, stats.norm.isf(p / 2)))


@cache
def _levels(looks: int, plan: str, chance: float) -> tuple[float, ...]:
    from scipy import optimize, stats  # noqa: PLC0415  # as above

    so_far = np.arange(1, looks + 1) / looks
    shape = 1 / np.sqrt(so_far) if plan == "obrien_fleming" else np.ones(looks)
    gap: Callable[[float], float] = lambda limit: _ever_beyond(limit * shape) - chance  # noqa: E731  # of one number
    least, most = (
        stats.norm.isf(chance / 2),
        stats.norm.isf(chance / 2 / looks),
    )  # as if it were one look, and Bonferroni
    limit = optimize.brentq(gap, least - _STEP, most + _STEP, xtol=1e-6)
    return tuple(map(float, 2 * stats.norm.sf(limit * shape)))


def _ever_beyond(limits: Values) -> float:
    """Work out the chance that the statistic of a comparison without a difference is beyond its limit at any look.

    What is added between two looks is as much each time. The sum up to a look that has not been beyond has a density
    on a grid; the next sum's is that of a normal step away from it.
    """
    from scipy import signal, stats  # noqa: PLC0415  # as above

    grid = np.arange(-_FAR * np.sqrt(len(limits)), _FAR * np.sqrt(len(limits)) + _STEP / 2, _STEP)
    step = stats.norm.pdf(np.arange(-_FAR, _FAR + _STEP / 2, _STEP)) * _STEP
    density = stats.norm.pdf(grid)
    for look, limit in enumerate(limits, start=1):
        if look > 1:
            density = signal.fftconvolve(density, step, mode="same")
        # a cell that the limit cuts counts by the part of it that is inside
        density = density * np.clip((limit * np.sqrt(look) - np.abs(grid)) / _STEP + 0.5, 0, 1)
    return float(1 - density.sum() * _STEP)
