"""Tables counted by pandas alone, and whose counts are whose: a person's own log and a browser have nothing else."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import pandas as pd

from closing_lib.arguments import InvalidAnswer, shown
from closing_lib.content import text
from closing_lib.outcomes.vocabulary import KEYS, MOST_WEEKS, typed

FILE = "file"  # the number of a file, or of a tally, among those that are counted together
# A person may carry a mark, drawn from so many that no two people have the same, and it is the same in each of their
# files. Smaller numbers only tell the people of one file apart.
FIRST_MARK = 2**32
MOST = 10**12  # what is added up can be counted again; far above it, a sum would become a negative count
_LARGEST = {"weeks": MOST_WEEKS, "reminded": MOST_WEEKS, "score": 10, "month": 999_912, "n": MOST}
_ANY = 2**53 - 1  # whole numbers up to this are the same in a float


def largest(name: str) -> int:
    """The largest whole number that a column may hold."""
    return _LARGEST.get(name, _ANY)


def count_frame(t: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count a typed tally by some of its columns: one row for each combination, in their order, missing last.

    Raises
    ------
    ValueError
        If it counts more than `MOST`.
    """
    within_limit(t)
    found = t.groupby([*by], observed=True, dropna=False, sort=True)["n"].sum().reset_index()
    return typed(found[found["n"] > 0].reset_index(drop=True))


def within_limit(t: pd.DataFrame) -> pd.DataFrame:
    """A tally, if it counts no more than `MOST`."""
    if t["n"].astype("float64").sum() > MOST:  # a float does not run over
        raise InvalidAnswer(text("many_files.too_many", most=MOST))
    return t


def settled(t: pd.DataFrame, names: Sequence[str] = ()) -> pd.DataFrame:
    """Number the people of several files, whose numbers are in `FILE`, from 0, in the order of the files.

    A file without numbers is one person. A mark in several files is one person, who is counted from the file that has
    the most of them; a warning says so, with the name of the file.
    """
    lines = t if "person" in t else t.assign(person=pd.Series(pd.NA, index=t.index, dtype="Int64"))
    people = lines.groupby([FILE, "person"], dropna=False, sort=True)["n"].sum().reset_index()
    marks = people[(people["person"] >= FIRST_MARK).fillna(value=False)]
    marks = marks.sort_values("n", ascending=False, kind="stable")
    again = marks[marks.duplicated("person")].sort_index()
    if len(again):
        number = int(again[FILE].iloc[0])
        name = names[number] if names else number + 1
        warnings.warn(text("many_files.again", name=name, count=len(again)), stacklevel=5)
        people = people.drop(again.index)
    numbers = people[[FILE, "person"]].assign(number=pd.array(range(len(people)), dtype="Int64"))
    found = lines.merge(numbers, on=[FILE, "person"])
    return found.assign(person=found["number"]).drop(columns="number")


def checked(names: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table that are counted, ``n`` last.

    Raises
    ------
    ValueError
        If one is there twice, or is written in another way: a tally whose "n" were passed over would count each of its
        lines as one interview.
    """
    known = known_names(names)
    for name in names:
        meant = name.strip().casefold()
        if meant in (*KEYS, "n") and meant not in known:
            raise InvalidAnswer(text("many_files.misnamed", column=name, meant=meant))
    if twice := [name for name in known if [*names].count(name) > 1]:
        raise InvalidAnswer(text("many_files.twice", column=twice[0]))
    return known


def known_names(names: Sequence[str]) -> tuple[str, ...]:
    """The names that are columns of a tally, in its order."""
    return tuple(name for name in [*KEYS, "n"] if name in names)


def whole_numbers(column: pd.Series) -> pd.Series:
    """A column of whole numbers as a tally has it: Int64, or int64 without a missing one for ``n``.

    Raises
    ------
    ValueError
        If one is no whole number from 0 to `largest`, or one of ``n`` is missing.
    """
    name = str(column.name)
    kind = "int64" if name == "n" else "Int64"
    if column.dtype == kind:  # as a tally has it already: the usual case, so it must cost next to nothing
        known = column.to_numpy(dtype="int64", na_value=0)
        if known.min(initial=0) >= 0 and known.max(initial=0) <= largest(name):
            return column
    numbers = _numbers(column)
    is_wrong = numbers.notna() & ~(numbers.between(0, largest(name)) & (numbers % 1 == 0))
    is_wrong |= numbers.isna() & column.notna()
    if is_wrong.any():
        raise not_countable(name, column[is_wrong].iloc[0])
    if name == "n" and numbers.isna().any():
        raise missing_n()
    return column if column.dtype == kind else pd.Series(numbers, dtype=kind)


def _numbers(column: pd.Series) -> pd.Series:
    """A column as numbers; what is none is missing."""
    if pd.api.types.is_bool_dtype(column.dtype):
        return pd.Series(pd.NA, index=column.index, dtype="Float64")
    if pd.api.types.is_integer_dtype(column.dtype):
        return column
    if pd.api.types.is_float_dtype(column.dtype):
        return pd.Series(column.to_numpy("float64", na_value=math.nan), index=column.index, name=column.name)
    return pd.Series([as_number(value) for value in column], index=column.index, name=column.name, dtype="float64")


def as_number(value: object) -> float:
    """A number, or what is written as one; what is neither is NaN."""
    if isinstance(value, bool) or value is None or value is pd.NA:
        return math.nan
    try:
        return float(value)  # type: ignore[arg-type]  # what is no number is NaN
    except (OverflowError, TypeError, ValueError):
        return math.nan


def not_countable(name: str, value: object) -> InvalidAnswer:
    """The error that names what is no whole number, and what would be."""
    value = value.item() if hasattr(value, "item") else value
    return InvalidAnswer(f"{name} {shown(value)} cannot be counted; write a whole number from 0 to {largest(name)}.")


def missing_n() -> InvalidAnswer:
    """The error of a line that does not say how many it counts."""
    return InvalidAnswer("n is missing in a line; write how many interviews each line counts.")
