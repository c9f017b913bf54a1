"""Strata that are only a rating: how a comparison within them moves if the rating is right only in x of 100."""

from __future__ import annotations

import math
from functools import partial
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import share, validate_call
from closing_lib.outcomes.given import Level, Numbers, as_array
from closing_lib.outcomes.statistics.stratified import as_tables, stratified

Values = npt.NDArray[np.float64]
_ROUNDS = 60  # of the correction, from a start that is it already where no count comes out below none
_NONE = 1e-9
_MOVED = 0.5  # an application more, by which it is seen how far each moves the result

Right = Annotated[float, partial(share, remedy="it must lie between 0 and 1, such as 0.8")]


class Misrated(NamedTuple):
    """A comparison as it would be within the true strata: odds ratio, and difference with its interval.

    The more is wrong, the less the counts say, and the wider it is. Missing where no stratum says anything.
    """

    odds_ratio: float
    risk_difference: float
    low: float
    high: float


@validate_call
def if_misrated(tables: Numbers, right: Right, level: Level = 0.95) -> Misrated:
    """Correct a comparison for strata that were rated wrong at times.

    Supposed is that a rating is right with the same chance whatever was asked and came of it (non-differential), and
    if wrong, any of the others as likely. Each of the four cells is then a known mixture of those of the true strata;
    the likeliest of these is found, none of them below none. The interval has the shape that it has without an error,
    and is wider as the standard error grows (delta method). Of some hundred in three strata it covers 93 to 96%; where
    there are few in each, a part of the error stays (a third of it with 200 in twelve strata, with 86%).

    Whole counts as rated have the shape (K, 2, 2) for K strata, such as three bands, or (R, K, 2, 2) where these are
    rated within R others that are known for certain, such as rounds. The rating must be right more often than a guess.

    Sources: Greenland (1980), American Journal of Epidemiology 112; Barron (1977), Biometrics 33.
    """
    given = as_array("tables", tables)
    if given.ndim not in (3, 4) or given.shape[-3] < 2:
        raise ValueError(f"The tables have the shape {given.shape}; it must be (K, 2, 2) or (R, K, 2, 2), K from 2.")
    rated = given.shape[-3]
    plain = as_tables("tables", given.reshape(-1, *given.shape[-2:]) if given.ndim == 4 else given)
    if right * rated <= 1:
        raise ValueError(f"Of {rated} strata a rating that is right in {right} is a guess; give more than 1 / {rated}.")
    cells = plain.reshape(-1, rated, 4).astype(float)
    mixed = np.full((rated, rated), (1 - right) / (rated - 1))
    np.fill_diagonal(mixed, right)
    ratio, middle = _within(_unmixed(cells, mixed))
    as_it_is = stratified(plain, level)
    low, high = as_it_is.risk_difference_interval
    plainly = _error(cells, np.eye(rated))
    wider = _error(cells, mixed) / plainly if plainly else 1.0
    down, up = as_it_is.risk_difference - low, high - as_it_is.risk_difference
    return Misrated(ratio, middle, max(-1.0, middle - down * wider), min(1.0, middle + up * wider))


def _unmixed(cells: Values, mixed: Values) -> Values:
    """The likeliest counts in the true strata, behind counts as rated of shape (..., K, 4); none below 0 (EM)."""
    by_stratum = np.moveaxis(cells, -2, 0)
    rated = by_stratum.reshape(len(mixed), -1)  # one product of matrices is quicker than very many small ones
    found: Values = np.asarray(np.linalg.solve(mixed.T, rated), dtype=float)
    if not (found >= 0).all():  # else it is the likeliest already
        found = np.maximum(found, _NONE)
        for _ in range(_ROUNDS):
            found *= mixed @ (rated / np.maximum(mixed.T @ found, _NONE**2))
    return np.moveaxis(found.reshape(by_stratum.shape), 0, -2)


def _within(cells: Values) -> tuple[float, float]:
    """The odds ratio and the difference of Mantel and Haenszel, of counts that need not be whole."""
    a, b, c, d = cells.reshape(-1, 4).T
    size = np.maximum(a + b + c + d, _NONE)
    up, down = float((a * d / size).sum()), float((b * c / size).sum())
    return (up / down if down > _NONE else math.inf if up > _NONE else math.nan), float(_differences(cells))


def _differences(cells: Values) -> Values:
    a, b, c, d = np.moveaxis(cells.reshape(*cells.shape[:-3], -1, 4), -1, 0)
    size = np.maximum(a + b + c + d, _NONE)
    weight = ((a + b) * (c + d) / size).sum(axis=-1)
    return np.asarray(((a * d - b * c) / size).sum(axis=-1) / np.where(weight > _NONE, weight, np.nan))


def _error(cells: Values, mixed: Values) -> float:
    """The standard error of the difference, by what one more in each cell as rated would change."""
    one = np.eye(cells.size).reshape(cells.size, *cells.shape)
    moved = _differences(_unmixed(cells + _MOVED * one, mixed)) - _differences(_unmixed(cells, mixed))
    return float(np.sqrt(np.nansum((moved / _MOVED) ** 2 * cells.ravel())))
