"""A column by its distinct cells: what is the same in many rows is read once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from closing_lib.records.importing.regular import Unusual

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, np.dtype[Any]]

_MOST = 2**62  # combinations that a whole number can count


@dataclass(frozen=True)
class Coded:
    """A column by its distinct cells.

    Attributes
    ----------
    codes : array of int, of the length of the column
        Which of the cells stands in each row.
    cells : list
        The distinct cells, in the order in which they come first.

    Examples
    --------
    >>> column = Coded(np.array([0, 1, 0, 2]), ["Acme", "Octo", "ACME"])
    >>> folded = column.read_as([cell.casefold() for cell in column.cells])
    >>> folded.cells, folded.spread().tolist()
    (['acme', 'octo'], ['acme', 'octo', 'acme', 'acme'])
    """

    codes: Array
    cells: list[Any]

    def spread(self) -> Array:
        """Give the cell of each row."""
        return objects(self.cells)[self.codes]

    def read_as(self, read: list[Any]) -> Coded:
        """Give the column with what each distinct cell is read as; those that are read alike become one."""
        if read == self.cells:  # quick where nothing was to do, since the cells are the same objects
            return self
        places = dict.fromkeys(read)
        if len(places) == len(read):
            return Coded(self.codes, read)
        numbers = dict(zip(places, range(len(places)), strict=True))
        return Coded(np.array([numbers[cell] for cell in read])[self.codes], [*places])


def coded(column: pa.ChunkedArray) -> Coded:
    """Give a column of text by its distinct cells, blanks around them left out."""
    (found,) = column.dictionary_encode().chunks
    cells = found.dictionary.to_numpy(zero_copy_only=False).tolist()
    return Coded(found.indices.to_numpy(), cells).read_as([*map(str.strip, cells)])


def combined(columns: Sequence[Coded]) -> Array:
    """Give one number for each row: the same where the cells of all columns are the same.

    Raises
    ------
    Unusual
        If there can be more combinations than numbers.
    """
    sizes = [len(column.cells) for column in columns]
    if math.prod(sizes) > _MOST:
        raise Unusual
    return np.ravel_multi_index([column.codes for column in columns], sizes)


def combinations(columns: Sequence[Coded]) -> Coded:
    """Give the columns as one, of the tuples of their cells."""
    codes, numbers = pd.factorize(combined(columns))
    places = np.unravel_index(numbers, [len(column.cells) for column in columns])
    cells = zip(*(objects(column.cells)[at] for column, at in zip(columns, places, strict=True)), strict=True)
    return Coded(codes, [*cells])


def objects(cells: Sequence[Any]) -> Array:
    """Give cells as an array that holds them as they are."""
    found = np.empty(len(cells), dtype=object)
    found[:] = cells
    return found
