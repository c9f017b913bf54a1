"""Two-by-two tables, one a stratum: the crude comparison, the one within strata, and the exact one for few counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from closing_lib.arguments import Validated, refused
from closing_lib.outcomes.given import Level, as_array
from closing_lib.outcomes.statistics.exact import exact_interval, exact_p, is_within_reach

_MOST = 10**12
Counts = npt.NDArray[np.int64]


def as_tables(name: str, given: object) -> Counts:
    """Give counts as tables, one a stratum."""
    found = as_array(name, given, remedy="it must be (K, 2, 2), one table a stratum")
    found = found[None] if found.shape == (2, 2) else found
    if found.ndim != 3 or found.shape[1:] != (2, 2):
        raise ValueError(f"The {name} have the shape {found.shape}; it must be (K, 2, 2), one table a stratum.")
    if found.size and (found.dtype.kind not in "iu" or found.min() < 0 or found.max() > _MOST):
        raise refused(name, given, f"give whole numbers from 0, up to {_MOST:,}")
    tables: Counts = found.astype(np.int64)
    return tables


@dataclass(frozen=True, eq=False)
class Stratified(Validated):
    """Two groups compared within strata; each result is worked out when it is first asked for.

    Attributes
    ----------
    tables : numpy.ndarray
        Counts, shape (K, 2, 2): in each stratum the two groups as rows, succeeded and not as columns.
    level : float
        The confidence level of the intervals.
    """

    tables: Annotated[Counts, as_tables]
    level: Level = 0.95

    @property
    def informative(self) -> npt.NDArray[np.bool_]:
        """Which strata say anything about the difference: both groups are there, and not all ended alike."""
        sides = np.concatenate([self.tables.sum(axis=1), self.tables.sum(axis=2)], axis=1)
        return np.asarray((sides > 0).all(axis=1))

    @property
    def n(self) -> int:
        """How many were counted in the strata that say anything."""
        return int(self.tables[self.informative].sum())

    @property
    def crude_odds_ratio(self) -> float:
        """The odds ratio with all strata thrown together: the naive one."""
        (a, b), (c, d) = self.tables.sum(axis=0).tolist()
        return _ratio(a * d, b * c)

    @cached_property
    def crude_interval(self) -> tuple[float, float]:
        """The exact interval of the crude odds ratio."""
        return Stratified(self.tables.sum(axis=0)[None], self.level).best_interval

    @property
    def crude_chi2(self) -> float:
        """Pearson's statistic of the crude table, not corrected; missing where it has an empty side."""
        whole = self.tables.sum(axis=0).astype(float)
        expected = np.outer(whole.sum(axis=1), whole.sum(axis=0)) / max(whole.sum(), 1)
        return float(((whole - expected) ** 2 / expected).sum()) if expected.all() else float("nan")

    @property
    def odds_ratio(self) -> float:
        """The common odds ratio of Mantel and Haenszel; missing where no stratum says anything."""
        parts = self.tables[self.informative].astype(float)
        size = parts.sum(axis=(1, 2))
        both, neither = parts[:, 0, 0] * parts[:, 1, 1] / size, parts[:, 0, 1] * parts[:, 1, 0] / size
        return _ratio(float(both.sum()), float(neither.sum()))

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Its interval by Robins, Breslow and Greenland; the exact one where an odds ratio is 0 or without bound.

        Where that is out of reach, a half is added to each count, and the end that the counts do not bound stays open.
        """
        ratio = self.odds_ratio
        if 0 < ratio < float("inf"):
            return self._pooled(self.tables[self.informative].astype(float))
        if math.isnan(ratio) or self._has_exact:
            return self.exact_interval
        low, high = self._pooled(self.tables[self.informative] + 0.5)
        return (low, float("inf")) if ratio else (0.0, high)

    def _pooled(self, parts: npt.NDArray[np.floating[Any]]) -> tuple[float, float]:
        from statsmodels.stats.contingency_tables import StratifiedTable  # noqa: PLC0415  # as below

        low, high = StratifiedTable(list(parts)).oddsratio_pooled_confint(alpha=1 - self.level)
        return float(low), float(high)

    @cached_property
    def _test(self) -> tuple[float, float]:
        if not self.informative.any():
            return float("nan"), 1.0
        if abs(self._expected[0] - self.tables[self.informative, 0, 0].sum()) <= 0.5:
            return 0.0, 1.0  # the correction is as large as the difference; the library would go on past zero
        found = self._library.test_null_odds(correction=True)
        return float(found.statistic), float(found.pvalue)

    @property
    def chi2(self) -> float:
        """The statistic of Cochran, Mantel and Haenszel, corrected for continuity; missing where nothing is said."""
        return self._test[0]

    @property
    def p_value(self) -> float:
        """Its p; 1 where no stratum says anything."""
        return self._test[1]

    @cached_property
    def p_exact(self) -> float:
        """The p of the exact conditional test, two-sided; missing where there are too many possible tables."""
        return exact_p(self.tables[self.informative])

    @cached_property
    def exact_interval(self) -> tuple[float, float]:
        """The exact conditional interval of the common odds ratio: never too narrow, whatever the counts."""
        return exact_interval(self.tables[self.informative], self.level)

    @property
    def is_sparse(self) -> bool:
        """Whether the counts ask for the exact test: fewer than 40, or too few expected (Mantel and Fleiss).

        Counts for which it is out of reach never do.
        """
        expected, least, most = self._expected
        return self._has_exact and (self.n < 40 or min(expected - least, most - expected) < 5)

    @cached_property
    def _has_exact(self) -> bool:
        return is_within_reach(self.tables[self.informative])

    @cached_property
    def _expected(self) -> tuple[float, float, float]:
        """Give how many of the first group should have succeeded without a difference, and the least and the most."""
        parts = self.tables[self.informative].astype(float)
        rows, columns = parts.sum(axis=2), parts.sum(axis=1)
        least = np.maximum(0, rows[:, 0] - columns[:, 1]).sum()
        most = np.minimum(rows[:, 0], columns[:, 0]).sum()
        return float((rows[:, 0] * columns[:, 0] / parts.sum(axis=(1, 2))).sum()), float(least), float(most)

    @property
    def best_interval(self) -> tuple[float, float]:
        """The exact interval where the counts are sparse, else the other one."""
        return self.exact_interval if self.is_sparse else self.interval

    @property
    def best_p(self) -> float:
        """The exact p where the counts are sparse, else the other one."""
        return self.p_exact if self.is_sparse else self.p_value

    @cached_property
    def _library(self) -> Any:
        from statsmodels.stats.contingency_tables import StratifiedTable  # noqa: PLC0415  # takes half a second to load

        return StratifiedTable(list(self.tables[self.informative].astype(float)))


def stratified(tables: npt.ArrayLike, level: float = 0.95) -> Stratified:
    """Compare two groups within strata.

    A stratum in which only one of the groups occurs, or in which all ended alike, says nothing about the difference and
    changes no result but the crude ones.

    Parameters
    ----------
    tables : array-like
        Whole counts, shape (K, 2, 2), or (2, 2) for one stratum: the groups as rows, succeeded and not as columns.
    level : float
        The confidence level of the intervals, between 0 and 1.

    Returns
    -------
    Stratified
        With ``crude_odds_ratio``, ``odds_ratio``, ``interval``, ``chi2``, ``p_value``, ``p_exact``, ``exact_interval``.

    Raises
    ------
    ValueError
        If the tables are none, or the level cannot be.

    References
    ----------
    Mantel, N. & Haenszel, W. (1959). Journal of the National Cancer Institute 22.
    Robins, J., Breslow, N. & Greenland, S. (1986). Biometrics 42.
    Bickel, P. J., Hammel, E. A. & O'Connell, J. W. (1975). Sex bias in graduate admissions. Science 187.

    Examples
    --------
    Two of the departments of Berkeley, 1973: admitted and rejected, men and women.

    >>> found = stratified([[[512, 89], [313, 19]], [[353, 17], [207, 8]]])
    >>> f"{found.crude_odds_ratio:.2f} {found.odds_ratio:.2f} {found.p_value:.4f}"
    '0.42 0.43 0.0001'
    """
    return Stratified(tables, level)  # type: ignore[arg-type]  # it is read as what it has to be


def _ratio(up: float, down: float) -> float:
    if down:
        return up / down
    return float("inf") if up else float("nan")
