"""What comes from a day on, to those for whom nothing had come by then: to how many, and two groups compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Level, Numbers, Truths
from closing_lib.outcomes.statistics.difference import difference
from closing_lib.outcomes.statistics.followed import OPEN, check, followed, lengths, spread
from closing_lib.outcomes.statistics.survival import incidence

Values = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Later(NamedTuple):
    """How many of those for whom nothing had come by a day come to an end by a later one.

    Attributes
    ----------
    n : int
        For how many nothing had come by the first day.
    ended : int
        How many of them are known to have come to that end by the later day.
    share, low, high : float
        The share, open cases and all, and its interval; missing where n is 0.
    until : float
        The later day: the one asked for, or the last on which anyone was followed, if that comes before.
    """

    n: int
    ended: int
    share: float
    low: float
    high: float
    until: float


@validate_call
def ends_later(
    durations: Numbers,
    cause: Numbers,
    after: float,
    until: float = float("inf"),
    *,
    of: int | None = None,
    counts: Numbers | None = None,
    level: Level = 0.95,
    grouped: bool = False,
    people: Numbers | None = None,
) -> Later:
    """Estimate how many of those still open at a time come to an end later, open cases and all.

    That is 1 - S(until) / S(after) of the estimate of Kaplan and Meier, or with ``of`` the conditional cumulative
    incidence of that cause. Only those still open at the time say anything about it, so that the interval (log-log) has
    Greenwood's sum over what ended after it.

    Parameters
    ----------
    durations, cause, counts, level, grouped, people
        As for `cumulative_incidence`.
    after, until : float
        From when, and up to which duration, itself among them. With ``grouped``, durations are whole periods that have
        gone by: what ends within the third week has 2, and was open after two weeks.
    of : int or None
        Which cause counts; any where none is given.

    Examples
    --------
    Six were answered after week 2, and twenty are open at week 15:

    >>> found = ends_later([2] * 6 + [15] * 20, [1] * 6 + [0] * 20, after=2)
    >>> f"{found.ended} of {found.n}: {found.share:.2f}"
    '6 of 26: 0.23'
    """
    long, ends, many = _lines(durations, cause, counts)
    ends = (ends != OPEN).astype(int) if of is None else ends
    there = long >= after
    n = int(many[there].sum())
    if not n:
        return Later(0, 0, float("nan"), float("nan"), float("nan"), until)
    found = followed(long[there], ends[there], many[there], grouped=grouped)
    which = of or 1
    last = int((found.times <= until).sum()) - 1
    if last < 0 or which > len(found.ended):  # nothing ended so, or all are followed longer
        day = min(until, float(found.times[-1]))
        return Later(n, 0, 0.0, 0.0, float(1 - ((1 - level) / 2) ** (1 / _counted(there, many, people))), day)
    over = None
    if people is not None:
        over = spread(long[there], ends[there], many[there], np.asarray(people)[there], level, grouped=grouped)
    share, low, high = (float(one[last]) for one in incidence(found, which, level, over))
    ended = int(found.ended[which - 1, : last + 1].sum())
    return Later(n, ended, share, low, high, min(until, float(found.times[-1])))


def _counted(there: npt.NDArray[np.bool_], many: Whole, people: npt.ArrayLike | None) -> int:
    """How many the bound for none of so many rests on."""
    return int(many[there].sum()) if people is None else len(np.unique(np.asarray(people)[there]))


class IncidenceDifference(NamedTuple):
    """How many more of one group than of another come to an end by a day, in shares.

    Attributes
    ----------
    n, n_other : int
        How many of each were still open at the landmark, in strata that have both.
    difference, low, high : float
        The difference of the cumulative incidences, and its interval; missing where no stratum has both.
    p_value : float
        The p that agrees with the interval; 1 where nothing can be told apart.
    until : float
        The day: the one asked for, or the last on which both were followed, if that comes before.
    """

    n: int
    n_other: int
    difference: float
    low: float
    high: float
    p_value: float
    until: float


@validate_call
def incidence_difference(
    durations: Numbers,
    cause: Numbers,
    is_first: Truths,
    until: float,
    *,
    after: float = 0.0,
    of: int = 1,
    strata: Numbers | None = None,
    counts: Numbers | None = None,
    level: Level = 0.95,
    grouped: bool = False,
) -> IncidenceDifference:
    """Compare by a day how many of two groups have come to an end of one kind, open cases and all, within strata.

    With ``after``, only those count who were still open then (a landmark): a letter that is sent on day 10 cannot have
    helped, or failed to help, those who were answered before. Each case stands for what it adds to the cumulative
    incidence of its group (a pseudo-value); these are compared within strata as Mantel and Haenszel do. Where nobody
    is still open, that is the difference of `stratified`, to the last digit.

    Parameters
    ----------
    durations, cause, counts, level, grouped
        As for `cumulative_incidence`.
    is_first : array-like of bool
        Whether a line is of the first group.
    until, after : float
        The day, itself included, and the landmark: as for `ends_later`.
    of : int
        Which cause counts; the others compete with it.
    strata : array-like of int or None
        The stratum of each line; one for all where none are given.

    References
    ----------
    Andersen, P. K., Klein, J. P. & Rosthoej, S. (2003). Generalised linear models for correlated pseudo-observations,
    with applications to multi-state models. Biometrika 90. Anderson, J. R., Cain, K. C. & Gelber, R. D. (1983).
    Analysis of survival by tumor response. Journal of Clinical Oncology 1.

    Examples
    --------
    >>> found = incidence_difference([1, 2, 3, 4, 1, 3, 4, 4], [1, 1, 1, 0, 1, 2, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0], 3)
    >>> f"{found.difference:.2f}"
    '0.50'
    """
    long, ends, many = _lines(durations, cause, counts)
    first = np.asarray(is_first, dtype=bool)
    place = np.unique(np.zeros(len(long)) if strata is None else np.asarray(strata), return_inverse=True)[1]
    if not len(first) == len(place) == len(long):
        raise ValueError("Durations, groups and strata do not fit together; give one of each for every line.")
    there = long >= after
    long, ends, many, first, place = long[there], ends[there], many[there], first[there], place[there]
    day = min(until, *(_followed_to(long[side], ends[side]) for side in (first, ~first)))
    values = np.zeros(len(long))
    for side in (first, ~first):
        values[side] = _pseudo_values(
            long[side], ends[side] == of, ends[side] != OPEN, many[side], day, grouped=grouped
        )
    sums = np.zeros((3, place.max(initial=-1) + 1, 2))
    for row, each in zip(sums, (np.ones(len(long)), values, values**2), strict=True):
        np.add.at(row, (place, (~first).astype(int)), each * many)
    found = difference(*sums)
    sizes = sums[0][(sums[0] > 0).all(axis=1)].sum(axis=0).astype(int)
    return IncidenceDifference(int(sizes[0]), int(sizes[1]), found.estimate, *found.interval(level), found.p_value, day)


def _followed_to(long: Values, ends: Whole) -> float:
    """Until when a group was followed: without end where all have ended."""
    is_open = ends == OPEN
    return float(long.max()) if is_open.any() and long[is_open].max() >= long.max() else float("inf")


def _pseudo_values(
    long: Values,
    is_it: npt.NDArray[np.bool_],
    is_over: npt.NDArray[np.bool_],
    many: Whole,
    day: float,
    *,
    grouped: bool,
) -> Values:
    """Find what each line adds to the cumulative incidence at a day: with it, less without it.

    Lines of the same time and end add the same, so that each such pair is left out once.
    """
    kinds, place = np.unique(np.column_stack([long, is_it, is_over]), axis=0, return_inverse=True)
    if not len(kinds):
        return np.zeros(0)
    times, which = np.unique(kinds[:, 0], return_inverse=True)
    it, over = kinds[:, 1] > 0, kinds[:, 2] > 0
    n = np.bincount(place, weights=many)
    one = np.eye(len(times))[which]  # the time of each kind
    out = np.concatenate([np.zeros((1, len(times))), one])  # nobody, and then one of each kind
    none = np.zeros((len(kinds) + 1, len(times)))
    less_it, less_over = none.copy(), none.copy()
    less_it[1:], less_over[1:] = one * it[:, None], one * over[:, None]
    everyone = n @ one - out
    ended, ended_so = (n * over) @ one - less_over, (n * it) @ one - less_it
    at_risk = np.cumsum(everyone[:, ::-1], axis=1)[:, ::-1]
    exposed = at_risk - (everyone - ended) / 2 if grouped else at_risk
    safe = np.where(exposed > 0, exposed, 1.0)
    left = np.cumprod(1 - ended / safe, axis=1)
    before = np.concatenate([np.ones((len(left), 1)), left[:, :-1]], axis=1)
    shares = (before * ended_so / safe)[:, times <= day].sum(axis=1)
    total = n.sum()
    return np.asarray((total * shares[0] - (total - 1) * shares[1:])[place])


def _lines(durations: npt.ArrayLike, cause: npt.ArrayLike, counts: npt.ArrayLike | None) -> tuple[Values, Whole, Whole]:
    long, ends = lengths(durations), np.asarray(cause)
    many = np.ones(long.shape, dtype=np.int64) if counts is None else np.asarray(counts)
    check(long, ends, many)
    return long, ends.astype(int), many
