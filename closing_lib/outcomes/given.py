"""What the outcomes are given, read before anything is counted: tallies, and arrays of what was followed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import InvalidAnswer, between, instead, refused, share, validated, whole
from closing_lib.content import text
from closing_lib.outcomes.counting.frames import whole_numbers
from closing_lib.outcomes.vocabulary import KINDS, NUMBERS, WORDS, unknown_word

_MOST = 10**7  # lines that are not in an array already
_LIKE_ARRAYS = (np.ndarray, pd.Series, pd.Index, pd.api.extensions.ExtensionArray)


def as_tally(name: str, given: object) -> pd.DataFrame:
    """A tally with its columns typed, whatever they were kept as; ValueError if one holds what cannot be counted."""
    if not isinstance(given, pd.DataFrame):
        raise refused(
            name, given, f"it must be a tally{instead('tally', name, given) or ', such as cl.tally(log) gives'}"
        )
    columns = [*given.columns]
    if "n" not in columns:
        raise ValueError("This is no tally, since it has no column n; make one of it with tally(...) first.")
    if twice := [one for one in ("n", *WORDS, *NUMBERS) if columns.count(one) > 1]:
        raise InvalidAnswer(text("many_files.twice", column=twice[0]))
    there = [given[one] for one in ("n", *WORDS, *NUMBERS) if one in columns]
    typed = {str(one.name): (one, in_words(one) if one.name in WORDS else whole_numbers(one)) for one in there}
    changed = {name: found for name, (column, found) in typed.items() if found is not column}
    return given.assign(**changed) if changed else given


def in_words(column: pd.Series) -> pd.Series:
    """A column of words with all its words in their order; ValueError if one of them is not known."""
    words, kind = WORDS[str(column.name)], KINDS[str(column.name)]
    if column.dtype is kind or column.dtype == kind:
        return column
    found = column.astype("object")
    try:
        distinct = [*found.dropna().unique()]
    except TypeError:  # a list in a cell
        distinct = found.dropna().tolist()
    for word in distinct:
        if not isinstance(word, str) or word not in words:
            raise unknown_word(str(column.name), word)
    return found.astype(kind)


def as_columns(name: str, given: object) -> tuple[str, ...]:
    """Names of columns; one may be given alone."""
    found: tuple[str, ...] = (given,) if isinstance(given, str) else tuple(validated(name, given, Sequence[str]))
    return found


def as_array(name: str, given: object, *, remedy: str = "give a list of numbers") -> npt.NDArray[Any]:
    """Numbers, or True and False, as an array; ValueError if they are none, or not in rows of the same length."""
    if not isinstance(given, (list, tuple, range, int, float, *_LIKE_ARRAYS)):
        raise refused(name, given, remedy)
    if isinstance(given, range) and len(given) > _MOST:
        raise refused(name, given, f"give at most {_MOST:,} at once")
    try:
        found = np.asarray(given)
    except (TypeError, ValueError, RecursionError):
        raise refused(name, given, remedy) from None
    if found.dtype.kind not in "biuf":
        raise refused(name, given, remedy)
    return found


def as_truths(name: str, given: object) -> npt.NDArray[np.bool_]:
    """An array of True and False."""
    found = as_array(name, given, remedy="give True or False for each line")
    if not np.isin(found, (0, 1)).all():
        raise refused(name, given, "give True or False for each line")
    return found.astype(bool)


Columns = Annotated[Sequence[str], as_columns]
Tally = Annotated[pd.DataFrame, as_tally]
Numbers = Annotated[npt.ArrayLike, as_array]
Truths = Annotated[npt.ArrayLike, as_truths]
Whole = Annotated[int, partial(whole, least=-(10**15), most=10**15, remedy="give whole numbers, up to 10**15")]
Rate = Annotated[float, partial(share, remedy="each must lie between 0 and 1")]
Level = Annotated[float, partial(between, low=0, high=1, remedy="it must lie between 0 and 1, such as 0.95")]
