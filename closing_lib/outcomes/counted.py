"""Cases counted by their numbers: a tally while it is being made, small to send and quick to add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.content import text
from closing_lib.outcomes.coding import LARGEST, Columns, Whole, coded, decoded, weights

MOST = LARGEST["n"]  # what is added up can be counted again; far above it, a sum would become a negative count
_DENSE = 4  # times as many cells as cases: then a table of all of them is counted sooner than the cases are sorted


@dataclass(frozen=True, eq=False)
class Counted:
    """How many cases there are of each kind that occurs.

    Attributes
    ----------
    by : tuple of str
        The columns that are counted by.
    codes : numpy.ndarray of int
        The number of each kind of case, each once, in order.
    n : numpy.ndarray of int
        How many of each.
    """

    by: tuple[str, ...]
    codes: Whole
    n: Whole

    def frame(self) -> pd.DataFrame:
        """Give the tally."""
        order, columns = decoded(self.codes, self.by)
        return pd.DataFrame({**columns, "n": self.n[order]})


def counted(columns: Columns, by: tuple[str, ...]) -> Counted:
    """Count cases; where there is a column ``n``, each line counts so many.

    Raises
    ------
    ValueError
        If a column holds what is not known, or the counts add up to more than `MOST`.
    """
    codes = coded(columns, by)
    if "n" in columns:
        return _summed(by, codes, weights(columns["n"]))
    top = int(codes.max(initial=0))
    if top <= _DENSE * len(codes):
        n = np.bincount(codes)
        occurs = np.flatnonzero(n)
        return Counted(by, occurs, n[occurs])
    short: npt.NDArray[np.integer[Any]] = np.sort(
        codes.astype(np.int32) if top <= np.iinfo(np.int32).max else codes
    )  # half as long, sorted sooner
    first = _firsts(short)
    return Counted(by, short[first].astype(np.int64), np.diff(first, append=len(short)))


def added(parts: Iterable[Counted]) -> Counted:
    """Give what several count together; at least one, all by the same columns.

    Raises
    ------
    ValueError
        If that is more than `MOST`.
    """
    found = [*parts]
    if len(found) == 1:
        return found[0]
    return _summed(
        found[0].by, np.concatenate([part.codes for part in found]), np.concatenate([part.n for part in found])
    )


class Pile:
    """Adds what comes, so that each is added only a few times and little waits to be.

    Parameters
    ----------
    by : tuple of str
        The columns that are counted by.
    """

    def __init__(self, by: tuple[str, ...]) -> None:
        none = np.empty(0, dtype=np.int64)
        self._parts = [Counted(by, none, none)]

    def put(self, part: Counted) -> None:
        """Take one more, and add those that are no larger than what lies upon them."""
        self._parts.append(part)
        while len(self._parts) > 1 and len(self._parts[-2].codes) <= 2 * len(self._parts[-1].codes):
            top = self._parts.pop()
            self._parts[-1] = added([self._parts[-1], top])

    def sum(self) -> Counted:
        """Give all of it."""
        return added(self._parts)


def _summed(by: tuple[str, ...], codes: Whole, n: Whole) -> Counted:
    if n.sum(dtype=np.float64) > MOST:
        raise ValueError(text("many_files.too_many", most=MOST))
    order = np.argsort(codes, kind="stable")  # which makes one run of several that are in order already
    codes, n = codes[order], n[order]
    first = _firsts(codes)
    sums = np.add.reduceat(n, first) if len(first) else n
    some = sums > 0
    return Counted(by, codes[first][some], sums[some])


def _firsts(codes: npt.NDArray[np.integer[Any]]) -> Whole:
    """Give where each number begins, among numbers in order."""
    return np.flatnonzero(np.diff(codes, prepend=-1))
