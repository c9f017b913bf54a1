"""Two-by-two tables of strata: the crude comparison, the one within strata, and the exact one for few counts."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import Validated, refused
from closing_lib.outcomes.given import Level, as_array
from closing_lib.outcomes.statistics import scipy
from closing_lib.outcomes.statistics.clustered import places
from closing_lib.outcomes.statistics.exact import exact_interval, exact_p, is_within_reach, moments, tail_p
from closing_lib.outcomes.statistics.rates import reach

_MOST = 10**12
_FEW = 5.0  # expected in a cell, below which it is no more as if normal
_OF_ANY_LEVEL = {  # kept for other levels
    "informative", "crude", "many", "_whole", "_often", "_parts", "_sides", "_expected", "_difference",
}  # fmt: skip
_LEAST_SCALE = 0.25  # of a statistic: strata of one with each question leave it next to no play
Counts = npt.NDArray[np.int64]
Parts = npt.NDArray[np.float64]


def as_tables(name: str, given: object) -> Counts:
    """Counts as tables, one a stratum."""
    found = as_array(name, given, remedy="it must be (K, 2, 2), one table a stratum")
    found = found[None] if found.shape == (2, 2) else found
    if found.ndim != 3 or found.shape[1:] != (2, 2):
        raise ValueError(f"The {name} have the shape {found.shape}; it must be (K, 2, 2), one table a stratum.")
    if found.size and (found.dtype.kind not in "iu" or found.min() < 0 or found.max() > _MOST):
        raise refused(name, given, f"give whole numbers from 0, up to {_MOST:,}")
    return np.asarray(found, dtype=np.int64)


def _as_many(name: str, given: object) -> Counts | None:
    """How many strata have each table."""
    if given is None:
        return None
    remedy = f"give a whole number from 1, up to {_MOST:,}, for each table"
    found = as_array(name, given, remedy=remedy)
    if found.ndim != 1 or found.dtype.kind not in "iu" or (found.size and not 1 <= found.min() <= found.max() <= _MOST):
        raise refused(name, given, remedy)
    return np.asarray(found, dtype=np.int64)


class Homogeneity(NamedTuple):
    """Whether strata agree about a difference: the statistic, its degrees of freedom, and its p."""

    statistic: float
    freedom: int
    p_value: float


@dataclass(frozen=True, eq=False)
class Stratified(Validated):
    """Two groups compared within strata, by `stratified`; each result is worked out when it is first asked for.

    Two families of a p-value and an interval agree at every level (p is up to 1 - level exactly where the interval
    leaves "no difference" out): ``risk_difference_p`` with ``risk_difference_interval``, and ``best_p`` with
    ``best_interval``. What is said in points of a hundred is decided by the first. ``p_value`` (Cochran, Mantel and
    Haenszel, corrected) and ``p_exact`` are the published tests, and may disagree with the intervals beside them.

    Strata that are alike are one table, and ``counts`` says how many there are of each: a room has thousands of small
    strata, and hardly a hundred that differ.
    """

    tables: Annotated[Counts, as_tables]
    level: Level = 0.95
    counts: Annotated[Counts | None, _as_many] = None

    @cached_property
    def many(self) -> Counts:
        """How many strata have each table."""
        return np.ones(len(self.tables), dtype=np.int64) if self.counts is None else self.counts

    def __post_init__(self) -> None:
        """Refuse counts that are not as many as the tables."""
        super().__post_init__()
        if self.counts is not None and len(self.counts) != len(self.tables):
            raise ValueError(f"{len(self.counts)} counts and {len(self.tables)} tables do not fit; give one for each.")

    def at(self, level: float) -> Stratified:
        """The same comparison with intervals of another level, such as one of several comparisons needs."""
        found = replace(self, level=level)
        found.__dict__.update({name: self.__dict__[name] for name in _OF_ANY_LEVEL & self.__dict__.keys()})
        return found

    @cached_property
    def informative(self) -> npt.NDArray[np.bool_]:
        """Which strata say anything about the odds ratio: both groups are there, and not all ended alike."""
        rows, columns = margins(self.tables)
        return both(rows) & both(columns)

    @cached_property
    def crude(self) -> Counts:
        """All strata thrown together."""
        return np.asarray(np.tensordot(self.many, self.tables, 1))

    @cached_property
    def _whole(self) -> Counts:
        return self.tables[self.informative]

    @cached_property
    def _often(self) -> Counts:
        return self.many[self.informative]

    @cached_property
    def _parts(self) -> Parts:
        return self._whole.astype(float)

    @property
    def n(self) -> int:
        """How many were counted in the strata that say anything."""
        return int(self._whole.sum(axis=(1, 2)) @ self._often)

    @property
    def crude_odds_ratio(self) -> float:
        """The odds ratio with all strata thrown together: the naive one."""
        (a, b), (c, d) = self.crude.tolist()
        return _ratio(a * d, b * c)

    @property
    def crude_chi2(self) -> float:
        """Pearson's statistic of the crude table, not corrected; missing where it has an empty side."""
        whole = self.crude.astype(float)
        expected = np.outer(whole.sum(axis=1), whole.sum(axis=0)) / max(whole.sum(), 1)
        return float(((whole - expected) ** 2 / expected).sum()) if expected.all() else float("nan")

    @property
    def odds_ratio(self) -> float:
        """The common odds ratio of Mantel and Haenszel; missing where no stratum says anything."""
        return _ratio(*(_total(one, self._often) for one in _crossed(self._parts)[:2]))

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Its interval by Robins, Breslow and Greenland; the exact one where an odds ratio is 0 or without bound.

        Where that is out of reach, a half is added to each count, and the end that the counts do not bound stays open.
        """
        if self._is_unbounded and self._has_exact:
            return self.exact_interval
        middle, error = self._log_ratio
        low, high = np.exp(middle + reach(self.level) * error * np.array([-1, 1]))
        return (0.0 if self.odds_ratio == 0 else float(low)), (math.inf if math.isinf(self.odds_ratio) else float(high))

    @property
    def _is_unbounded(self) -> bool:
        return not 0 < self.odds_ratio < math.inf

    @property
    def _log_ratio(self) -> tuple[float, float]:
        (ratio,), (error,) = _log_ratios(self._parts, np.zeros(len(self._parts), dtype=np.int64), self._often)
        return float(ratio), float(error)

    @property
    def chi2(self) -> float:
        """The statistic of Cochran, Mantel and Haenszel, corrected for continuity; missing where nothing is said."""
        if not self.informative.any():
            return float("nan")
        (a, b), (c, d), size = (each.T for each in self._sides)
        variance = _total(a * b * c * d / (size**2 * (size - 1)), self._often)
        away = abs(_total(self._parts[:, 0, 0], self._often) - self._expected[0])
        return max(0.0, away - 0.5) ** 2 / variance  # the correction never goes on past zero

    @property
    def p_value(self) -> float:
        """Its p; 1 where no stratum says anything."""
        return float(scipy.special.chdtrc(1, self.chi2)) if self.informative.any() else 1.0

    @cached_property
    def p_exact(self) -> float:
        """The p of the exact conditional test, two-sided by likelihood as in R; missing where there are too many."""
        return exact_p(self._whole, self._often)

    @cached_property
    def exact_interval(self) -> tuple[float, float]:
        """The exact conditional interval of the common odds ratio: never too narrow, whatever the counts."""
        return exact_interval(self._whole, self._often, self.level)

    @property
    def is_sparse(self) -> bool:
        """Whether the counts ask for the exact test: fewer than 40, or too few expected (Mantel and Fleiss).

        Counts for which it is out of reach never do.
        """
        expected, least, most = self._expected
        is_few = self.n < 40 or min(expected - least, most - expected) < 5 or self._is_unbounded
        return is_few and self._has_exact

    @cached_property
    def _has_exact(self) -> bool:
        return is_within_reach(self._whole, self._often)

    @cached_property
    def _sides(self) -> tuple[Parts, Parts, Parts]:
        rows, columns = margins(self._parts)
        return rows, columns, rows[:, 0] + rows[:, 1]

    @cached_property
    def _expected(self) -> tuple[float, float, float]:
        """How many of the first group should have succeeded without a difference, and the least and the most."""
        rows, columns, size = self._sides
        least = _total(np.maximum(0, rows[:, 0] - columns[:, 1]), self._often)
        most = _total(np.minimum(rows[:, 0], columns[:, 0]), self._often)
        return _total(rows[:, 0] * columns[:, 0] / size, self._often), least, most

    @cached_property
    def best_interval(self) -> tuple[float, float]:
        """The exact interval where the counts are sparse, else the other one."""
        return self.exact_interval if self.is_sparse else self.interval

    @cached_property
    def best_p(self) -> float:
        """The p that agrees with `best_interval`; 1 where no stratum says anything."""
        if self.is_sparse:
            return tail_p(self._whole, self._often)
        middle, error = self._log_ratio
        return _two_sided(middle / error)

    @cached_property
    def _difference(self) -> tuple[float, float, float]:
        """The difference, and the variance that it would have if it were d: the second times d, plus the third.

        Missing where the two groups never meet in a stratum.
        """
        sizes, _ = margins(self.tables)
        there = both(sizes)
        first, second = sizes[there].T.astype(float)
        (up, down), many = self.tables[there, :, 0].T.astype(float), self.many[there]
        weight = _total(first * second / (size := first + second), many)
        if not weight:
            return math.nan, math.nan, math.nan
        lean = (first**2 * down - second**2 * up + first * second * (second - first) / 2) / size**2
        apart = (second * up + first * down - 2 * up * down) / (2 * size)
        difference = _total((up * second - down * first) / size, many) / weight
        return difference, _total(lean, many) / weight**2, _total(apart, many) / weight**2

    @property
    def risk_difference(self) -> float:
        """The common difference of the two rates of success (Mantel and Haenszel); missing where none share a stratum.

        Strata in which all ended alike count here: there the difference is 0.
        """
        return self._difference[0]

    @property
    def risk_difference_error(self) -> float:
        """Its standard error (Sato)."""
        difference, lean, apart = self._difference
        return math.nan if math.isnan(difference) else math.sqrt(max(0.0, difference * lean + apart))

    @cached_property
    def risk_difference_interval(self) -> tuple[float, float]:
        """The differences that a test with Sato's variance does not refuse (Klingenberg): right for few counts too.

        Where all within each stratum ended alike, the bound of Wilson's interval for none of so many.
        """
        difference, lean, apart = self._difference
        squared = reach(self.level) ** 2
        if math.isnan(difference):
            return -1.0, 1.0
        if apart == 0:
            return self._of_none(squared)
        middle = difference + squared * lean / 2
        width = math.sqrt(max(0.0, middle**2 - difference**2 + squared * apart))
        return max(-1.0, middle - width), min(1.0, middle + width)

    def _of_none(self, squared: float) -> tuple[float, float]:
        """The differences that are left where nothing differed in any stratum: as in Newcombe's, of Wilson's ends."""
        is_there = both(rows := margins(self.tables)[0])
        sizes, many = rows[is_there].astype(float), self.many[is_there]
        weight = sizes.prod(axis=1) / sizes.sum(axis=1)
        counted = _total(weight, many) ** 2 / (weight[:, None] ** 2 / sizes * many[:, None]).sum(axis=0)
        first, second = squared / (counted + squared)
        return -float(second), float(first)

    @property
    def risk_difference_p(self) -> float:
        """The p that agrees with `risk_difference_interval`; 1 where nothing can be told apart."""
        difference, _, apart = self._difference
        return _two_sided(difference / math.sqrt(apart)) if apart > 0 else 1.0

    @cached_property
    def homogeneity(self) -> Homogeneity:
        """Whether the strata have one odds ratio in common: Breslow and Day's test with Tarone's correction.

        Where fewer than 5 are expected in a cell, that stratum's mean and variance are those of the exact distribution,
        and the statistic is judged by the variance that it has then: the plain test refuses nearly every room of
        thousands of strata of three. Where fewer than two strata say anything, or all speak without bound for the same
        group, nothing speaks against it: 0, and p 1.
        """
        freedom = max(0, int(self._often.sum()) - 1)
        if not freedom or self._is_unbounded:
            return Homogeneity(0.0, freedom, 1.0)
        mean, variance, excess = self._fitted
        away, often = self._parts[:, 0, 0] - mean, self._often
        statistic = max(0.0, _total(away**2 / variance, often) - _total(away, often) ** 2 / _total(variance, often))
        scale = max(_LEAST_SCALE, 1 + _total(excess, often) / int(often.sum()) / 2)
        return Homogeneity(statistic, freedom, float(scipy.special.chdtrc(freedom / scale, statistic / scale)))

    @property
    def _fitted(self) -> tuple[Parts, Parts, Parts]:
        """Mean, variance and excess of kurtosis of each first cell under the common odds ratio."""
        rows, columns, _ = self._sides
        (first, second), (succeeded, _) = rows.T, columns.T
        ratio = self.odds_ratio
        slope = second - succeeded + ratio * (first + succeeded)
        root = np.sqrt(slope**2 + 4 * (1 - ratio) * ratio * first * succeeded)
        mean = 2 * ratio * first * succeeded / (slope + root)  # this form of the root holds for a ratio of 1 too
        cells = np.array([mean, first - mean, succeeded - mean, second - succeeded + mean])
        variance, excess = 1 / (1 / cells).sum(axis=0), np.zeros(len(mean))
        if (few := cells.min(axis=0) < _FEW).any():
            exact = moments(self._whole[few], ratio, mean[few])
            mean[few], variance[few], excess[few] = *exact[:2], exact[2] / exact[1] ** 2 - 3
        return mean, variance, excess


def stratified(tables: npt.ArrayLike, level: float = 0.95, counts: npt.ArrayLike | None = None) -> Stratified:
    """Compare two groups within strata.

    A stratum in which only one of the groups occurs, or in which all ended alike, says nothing about the difference and
    changes no result but the crude ones.

    The tables are whole counts, shape (K, 2, 2), or (2, 2) for one stratum: the groups as rows, succeeded and not as
    columns; ``counts``, how many strata have each table, one where nothing is said. The level of the intervals lies
    between 0 and 1. ValueError if they cannot be.

    Sources: Mantel and Haenszel (1959), Journal of the National Cancer Institute 22; Robins, Breslow and Greenland
    (1986), Biometrics 42; Breslow and Day (1980), Statistical Methods in Cancer Research I; Tarone (1985), Biometrika
    72; Sato (1989), Biometrics 45; Klingenberg (2014), Statistics in Medicine 33.
    """
    return Stratified(tables, level, counts)  # type: ignore[arg-type]  # it is read as what it has to be


def agree(tables: Counts, groups: Counts, many: Counts) -> Homogeneity:
    """Test whether several comparisons have one odds ratio in common, such as those of the three bands of a room.

    Each may have thousands of small strata, as ``many`` of each table as there are, and ``groups`` is the comparison
    that each belongs to. The logarithms of their odds ratios are set against their weighted mean (Cochran's Q); those
    that say nothing are left out.

    Source: Cochran (1954), Biometrics 10.
    """
    rows, columns = margins(tables)
    is_informative = both(rows) & both(columns)
    there, number = places(groups[is_informative])
    freedom = max(0, len(there) - 1)
    if not freedom:
        return Homogeneity(0.0, 0, 1.0)
    ratio, error = _log_ratios(tables[is_informative].astype(float), number, many[is_informative])
    weight = error**-2.0
    statistic = float((weight * (ratio - (weight * ratio).sum() / weight.sum()) ** 2).sum())
    return Homogeneity(statistic, freedom, float(scipy.special.chdtrc(freedom, statistic)))


def _log_ratios(parts: Parts, groups: Counts, many: Counts) -> tuple[Parts, Parts]:
    """The logarithm of the odds ratio of each group of strata, and its error (Robins, Breslow and Greenland).

    To the counts of those that are 0 or without bound a half is added.
    """

    def sums(each: Parts) -> Parts:
        return np.asarray(np.bincount(groups, weights=each * many), dtype=float)

    up, down, size = _crossed(parts)
    if (is_unbounded := (sums(up) == 0) | (sums(down) == 0)).any():
        up, down, size = _crossed(parts := parts + 0.5 * is_unbounded[groups, None, None])
    same, cross = (parts[:, 0, 0] + parts[:, 1, 1]) / size, (parts[:, 0, 1] + parts[:, 1, 0]) / size
    ups, downs = sums(up), sums(down)
    mixed = sums(same * down + cross * up) / (ups * downs)
    variance = sums(same * up) / ups**2 + mixed + sums(cross * down) / downs**2
    return np.log(ups / downs), np.sqrt(variance / 2)


def risk_difference(succeeded: Counts, sizes: Counts, many: Counts) -> float:
    """The difference of Mantel and Haenszel, of strata in which both groups occur; missing where there are none."""
    (up, down), (first, second) = succeeded.T, sizes.T
    size = first + second
    weight = _total(first * second / size, many)
    return _total((up * second - down * first) / size, many) / weight if weight else math.nan


def margins(tables: Any) -> Any:
    """The sizes of both groups, and how many succeeded and not, of each table: quicker than sums over so short axes."""
    return tables[..., 0] + tables[..., 1], tables[..., 0, :] + tables[..., 1, :]


def both(sizes: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where both of two sizes are above 0."""
    return np.asarray((sizes[..., 0] > 0) & (sizes[..., 1] > 0))


def _crossed(parts: Parts) -> tuple[Parts, Parts, Parts]:
    """Both products of which the odds ratio of Mantel and Haenszel is made, by stratum, and the sizes of these."""
    rows, _ = margins(parts)
    size = rows[:, 0] + rows[:, 1]
    return parts[:, 0, 0] * parts[:, 1, 1] / size, parts[:, 0, 1] * parts[:, 1, 0] / size, size


def _total(each: Parts, many: Counts) -> float:
    """The sum over strata that are alike as many times; not by ``@``, for which threads are started."""
    return float((each * many).sum())


def _ratio(up: float, down: float) -> float:
    if down:
        return up / down
    return float("inf") if up else float("nan")


def _two_sided(away: float) -> float:
    return float(2 * scipy.special.ndtr(-abs(away)))
