"""What was followed for how long: who was at risk at each time, what ended then, and what is left."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_MOST, _MOST_CAUSES = 10**12, 1_000  # so that what is added stays a whole number, and fits in memory
GROUPS = 400  # of people, which are left out at once where there are more
FEWEST_PEOPLE = 5
OPEN = 0  # the cause of what has not ended yet


class Followed(NamedTuple):
    """What happened at each time that occurs, in their order.

    Attributes
    ----------
    times : numpy.ndarray
        The times, shape (T,).
    at_risk : numpy.ndarray of int
        How many were followed at least that long, shape (T,).
    exposed : numpy.ndarray
        For how many of them something could have been seen to end, shape (T,).
    ended : numpy.ndarray of int
        How many ended then by each cause, shape (C, T).
    left : numpy.ndarray
        The share that has not ended yet, shape (T,).
    greenwood : numpy.ndarray
        Greenwood's sum: the squared error of `left`, as a share of it, shape (T,).
    """

    times: Numbers
    at_risk: Whole
    exposed: Numbers
    ended: Whole
    left: Numbers
    greenwood: Numbers


def followed(
    durations: npt.ArrayLike, cause: npt.NDArray[np.generic], counts: npt.ArrayLike | None, *, grouped: bool
) -> Followed:
    """Sort by time what was followed; with `grouped`, the open ones of a period count half in it.

    Raises
    ------
    ValueError
        If the lines do not fit together, or hold what is no duration, cause or count.
    """
    long = lengths(durations)
    many = np.ones(long.shape, dtype=np.int64) if counts is None else np.asarray(counts)
    check(long, cause, many)
    times, place = np.unique(long, return_inverse=True)
    last = int(cause.max()) if len(cause) else 0
    ended = np.zeros((last, len(times)), dtype=np.int64)
    is_over = cause != OPEN
    np.add.at(ended, (cause[is_over].astype(int) - 1, place[is_over]), many[is_over])
    everyone = np.zeros(len(times), dtype=np.int64)
    np.add.at(everyone, place, many)
    at_risk = np.cumsum(everyone[::-1])[::-1]
    over = ended.sum(axis=0)
    exposed = at_risk - (everyone - over) / 2 if grouped else at_risk.astype(float)
    rest = exposed - over
    terms = np.where(rest > 0, over / (exposed * np.where(rest > 0, rest, 1.0)), 0.0)  # no error once nobody is left
    return Followed(times, at_risk, exposed, ended, np.cumprod(rest / exposed), np.cumsum(terms))


class Spread(NamedTuple):
    """The errors of curves over people, and how many people each rests on; missing where there are too few.

    Attributes
    ----------
    left : numpy.ndarray
        Of `Followed.left`, shape (T,).
    incidence : numpy.ndarray
        Of the share that has ended by each cause, shape (C, T).
    at_risk : numpy.ndarray of int
        People of whom something was followed at least that long, shape (T,).
    """

    left: Numbers
    incidence: Numbers
    at_risk: Whole


def spread(
    durations: npt.ArrayLike,
    cause: npt.NDArray[np.generic],
    counts: npt.ArrayLike | None,
    people: npt.ArrayLike,
    level: float,
    *,
    grouped: bool,
) -> Spread:
    """Estimate the errors of curves by leaving out one person after the other (the jackknife).

    Of more than `GROUPS` people, so many groups of them are left out. The errors are multiplied by the quantile of
    Student's t over that of the normal distribution, so that an interval made of them is as wide as few people ask for.
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    long = lengths(durations)
    many = np.ones(long.shape, dtype=np.int64) if counts is None else np.asarray(counts)
    number = np.unique(np.asarray(people), return_inverse=True)[1]
    if len(number) != len(long):
        raise ValueError("Durations and people do not fit together; give one of each for every line.")
    who = number % GROUPS
    times, place = np.unique(long, return_inverse=True)
    causes, size = int(cause.max(initial=0)) + 1, int(who.max(initial=-1)) + 1
    cell = (cause.astype(int) * size + who) * len(times) + place
    each = np.bincount(cell, weights=many, minlength=causes * size * len(times)).reshape(causes, size, len(times))
    everyone, ended = each.sum(axis=0), each[1:]
    at_risk = np.cumsum(everyone[:, ::-1], axis=1)[:, ::-1]
    exposed = at_risk - each[OPEN] / 2 if grouped else at_risk
    rest = np.maximum(exposed.sum(axis=0) - exposed, 0.5)
    less = ended.sum(axis=1, keepdims=True) - ended
    left = np.cumprod(1 - less.sum(axis=0) / rest, axis=1)
    before = np.concatenate([np.ones((size, 1)), left[:, :-1]], axis=1)
    shares = np.cumsum(before * less / rest, axis=2)
    widen = np.nan
    if size >= FEWEST_PEOPLE:
        tail = (1 + level) / 2
        widen = float(stats.t.ppf(tail, size - 1) / stats.norm.ppf(tail)) * np.sqrt(size - 1)
    return Spread(widen * left.std(axis=0), widen * shares.std(axis=1), (at_risk > 0).sum(axis=0))


def log_log(share: Numbers, error: Numbers, at_risk: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Interval of shares that is even on the scale of log(-log); it never leaves 0 to 1.

    Where all or nothing is left that scale says nothing: there it is the exact bound for so many of so many.
    """
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    all_left, none_left = share > 1 - 1e-12, share < 1e-12
    safe = np.where(all_left | none_left, 0.5, share)
    width = stats.norm.ppf((1 + level) / 2) * np.where(all_left | none_left, 0, error) / (safe * -np.log(safe))
    edge = ((1 - level) / 2) ** (1 / at_risk)
    low = np.where(all_left, edge, np.where(none_left, 0.0, safe ** np.exp(width)))
    high = np.where(all_left, 1.0, np.where(none_left, 1 - edge, safe ** np.exp(-width)))
    if none_left.any() and not none_left[0]:
        high[none_left] = high[~none_left][-1]  # it was no more before, and only falls
    unknown = np.isnan(error)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def lengths(durations: npt.ArrayLike) -> Numbers:
    """Durations as numbers."""
    return np.asarray(durations, dtype=float)


def check(long: Numbers, cause: npt.NDArray[np.generic], many: npt.NDArray[np.generic]) -> None:
    """Refuse lines that do not fit together, or hold what is no duration, cause or count."""
    if not long.ndim == cause.ndim == many.ndim == 1 or not len(long) == len(cause) == len(many):
        raise ValueError("Durations, what ended them, and counts do not fit together; give one of each for every line.")
    if not (np.isfinite(long).all() and (long >= 0).all()):
        raise ValueError("A duration is missing or below 0; leave such lines out.")
    if len(cause) and (cause.dtype.kind not in "biu" or not 0 <= cause.min() <= cause.max() <= _MOST_CAUSES):
        raise ValueError("A cause is no whole number from 0; write 0 for what is still open.")
    if len(many) and (many.dtype.kind not in "iu" or not 1 <= many.min() <= many.max() <= _MOST):
        raise ValueError("A count is no whole number from 1; leave lines that nobody stands for out.")
