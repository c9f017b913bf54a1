"""Each case as one whole number, and back: many millions of cases are counted fastest as numbers.

The number has a digit for each column: those of the numbers first, since few of the many that there could be occur, and
then those of the words. So what occurs is close together, and the same number means the same case in every file and
every process.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from closing_lib.arguments import shown
from closing_lib.outcomes.vocabulary import MOST_WEEKS, WORDS

Whole = npt.NDArray[np.int64]
Columns = Mapping[str, pa.Array]

LARGEST = {
    "weeks": MOST_WEEKS,
    "score": 10,
    "reminded": MOST_WEEKS,
    "person": 10**15,
    "month": 999_912,
    "n": 10**12,
}  # so that what is added stays a whole number
SIZES = {name: len(words) + 1 for name, words in WORDS.items()} | {
    name: LARGEST[name] + 2 for name in ("weeks", "score", "reminded")
}
_UNKNOWN = -1
_MANY = 1000  # words of a dictionary: no column has so many
_NUMBERS = ("weeks", "score", "reminded")
_TYPES = {name: pd.CategoricalDtype(words, ordered=True) for name, words in WORDS.items()}
_PLACES = {name: {word: place for place, word in enumerate(words)} for name, words in WORDS.items()}


def columns_of(found: pd.DataFrame, names: Iterable[str]) -> Columns:
    """Give columns of a DataFrame as Arrow arrays, whatever they are kept as; NaN is missing."""
    return {name: _array(found[name]) for name in names}


def coded(columns: Columns, by: Sequence[str]) -> Whole:
    """Give the number of each case.

    Raises
    ------
    ValueError
        If a column holds a word that is not known, or no whole number.
    """
    codes = np.zeros(len(columns[by[0]]), dtype=np.int64)
    for name in _NUMBERS:
        if name in by:
            codes *= SIZES[name]
            codes += _numbers(name, columns[name])
    words = [name for name in by if name in WORDS]
    codes *= math.prod(SIZES[name] for name in words)
    codes += _words(columns, words)
    return codes


def decoded(codes: Whole, by: Sequence[str]) -> tuple[Whole, dict[str, pd.api.extensions.ExtensionArray]]:
    """Give the columns of cases by their numbers, typed and sorted as in a tally, after the order that this takes.

    Words come in their own order, and what is missing comes last.
    """
    names = [*(name for name in _NUMBERS if name in by), *(name for name in by if name in WORDS)]
    digits = np.unravel_index(codes, [SIZES[name] for name in names])
    places = {
        name: (digit - 1) % SIZES[name] if name in _NUMBERS else digit
        for name, digit in zip(names, digits, strict=True)
    }
    sizes = [SIZES[name] for name in by]
    keys = np.ravel_multi_index([places[name] for name in by], sizes)
    order = np.argsort(keys)
    in_order = np.unravel_index(keys[order], sizes)
    return order, {name: _column(name, place) for name, place in zip(by, in_order, strict=True)}


def weights(column: pa.Array) -> Whole:
    """Give how many each line of a tally counts.

    Raises
    ------
    ValueError
        If one is missing, or no whole number.
    """
    found = _integers("n", column)
    if found.null_count:
        raise ValueError("n is missing in a line; write how many applications each line counts.")
    return np.asarray(found, dtype=np.int64)


def _array(column: pd.Series) -> pa.Array:
    try:
        found = pa.array(column, from_pandas=True)
    except (pa.ArrowException, OverflowError):  # several types in one column, or a number too large
        found = None
    if found is None or pa.types.is_nested(found.type):
        found = pa.array(column.map(shown, na_action="ignore"), from_pandas=True)
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _words(columns: Columns, names: Sequence[str]) -> Whole:
    """Give the digits of all words together.

    Where a file has a dictionary of words, the numbers in it are put together first, and looked up once for several
    columns: as many as make a table that is small beside the cases.
    """
    rows = len(columns[names[0]]) if names else 1
    found = np.zeros(rows, dtype=np.int64)
    codes, table, size = np.zeros(rows, dtype=np.int32), np.zeros(1, dtype=np.int64), 1
    for name in names:
        places, at = _in_dictionary(name, columns[name])
        if len(table) * len(places) > rows // 4:
            found = found * size + table.take(codes)
            codes, table, size = np.zeros(rows, dtype=np.int32), np.zeros(1, dtype=np.int64), 1
        codes = codes * np.int32(len(places)) + at
        table = (table[:, np.newaxis] * SIZES[name] + places).ravel()
        size *= SIZES[name]
    return found * size + table.take(codes)


def _in_dictionary(name: str, column: pa.Array) -> tuple[Whole, npt.NDArray[np.int32]]:
    """Give the place of each word in a column's dictionary, that of a missing one last; and which each line has."""
    column = _few_words(column)
    written = column.dictionary.to_pylist()
    places = np.array([*(_place(name, word) for word in written), SIZES[name] - 1], dtype=np.int64)
    at = np.asarray(column.indices.fill_null(len(written)) if column.indices.null_count else column.indices)
    if _UNKNOWN in places:
        unknown = (places == _UNKNOWN)[at]
        if unknown.any():
            word = written[at[unknown.argmax()]]
            raise ValueError(f"{name} {shown(word)} is not known; choose one of {', '.join(WORDS[name])}.")
    if len(places) > SIZES[name] + 1 or _UNKNOWN in places:  # a dictionary with more in it than is used
        return np.arange(SIZES[name]), places[at].astype(np.int32)
    return places, at.astype(np.int32)


def _few_words(column: pa.Array) -> pa.DictionaryArray:
    """Give a column with a dictionary; one with far more in it than is used would be looked through for each batch."""
    try:
        if not pa.types.is_dictionary(column.type):
            return column.dictionary_encode()
        if len(column.dictionary) > _MANY:
            return column.dictionary_decode().dictionary_encode()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):  # lists, for one
        return pa.array([None if one is None else str(one) for one in column.to_pylist()]).dictionary_encode()
    return column


def _place(name: str, word: object) -> int:
    if word is None or word != word:  # noqa: PLR0124  # NaN is the only value that differs from itself
        return SIZES[name] - 1
    return _PLACES[name].get(word, _UNKNOWN)  # type: ignore[call-overload, no-any-return]  # a word of any type


def whole_numbers(name: str, column: pa.Array) -> pd.arrays.IntegerArray:
    """Give a column of whole numbers as a tally has it.

    Raises
    ------
    ValueError
        If one is no whole number, or one of ``n`` is missing.
    """
    if name == "n":
        n = weights(column)
        return pd.arrays.IntegerArray(n.copy(), np.zeros(len(n), dtype=bool))
    found = _integers(name, column)
    return pd.arrays.IntegerArray(np.array(found.fill_null(0)), np.array(found.is_null()))


def _numbers(name: str, column: pa.Array) -> Whole:
    found = _integers(name, column)
    return np.asarray(found.fill_null(-1) if found.null_count else found) + 1  # 0 is missing


def _integers(name: str, column: pa.Array) -> pa.Array:
    """Give a column as whole numbers, each checked; missing stays missing."""
    try:
        found = _cast(column)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise _no_number(name, column) from None
    ends = pc.min_max(found)
    if found.null_count < len(found) and not 0 <= ends["min"].as_py() <= ends["max"].as_py() <= LARGEST[name]:
        raise _no_number(name, column)
    return found


def _cast(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_boolean(column.type):
        raise pa.ArrowInvalid("True counts nothing")
    if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type) or pa.types.is_null(column.type)):
        column = column.cast(pa.float64())  # "3.0" as well as "3"
    if pa.types.is_floating(column.type):
        column = pa.array(column.to_numpy(zero_copy_only=False), from_pandas=True)  # NaN is missing
    return column.cast(pa.int64())


def _no_number(name: str, column: pa.Array) -> ValueError:
    wrong = next((value for value in column.to_pylist() if not _is_whole(name, value)), None)
    return ValueError(f"{name} {shown(wrong)} cannot be counted; write a whole number from 0 to {LARGEST[name]}.")


def _is_whole(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return False
    try:
        number = math.nan if value is None else float(value)  # type: ignore[arg-type]  # what is no number is told so
    except (TypeError, ValueError):
        return False
    return math.isnan(number) or (0 <= number <= LARGEST[name] and number.is_integer())


def _column(name: str, place: npt.NDArray[np.intp]) -> pd.api.extensions.ExtensionArray:
    is_missing = place == SIZES[name] - 1
    if name in WORDS:
        at: npt.NDArray[np.int8] = np.where(is_missing, -1, place).astype(np.int8)
        return pd.Categorical.from_codes(at, dtype=_TYPES[name])
    return pd.arrays.IntegerArray(np.where(is_missing, 0, place).astype(np.int64), is_missing)
