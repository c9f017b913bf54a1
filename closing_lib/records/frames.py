"""Rows as pandas tables, with the types that the fields have. Imported when needed: pandas is slow to load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_type_hints

import pandas as pd

from closing_lib.assessment import Assessment
from closing_lib.content import signs
from closing_lib.models import AttemptKind, Choice, Format, Pair, RegistrationKind
from closing_lib.records.rows import Row, hints
from closing_lib.records.values import Hint, is_optional, plain

_DTYPES: Mapping[type, tuple[str, str]] = {  # type -> dtype where it is always there, dtype where it may be missing
    str: ("str", "str"),
    int: ("int64", "Int64"),
    float: ("float64", "float64"),
    bool: ("bool", "boolean"),
    dt.date: ("datetime64[us]", "datetime64[us]"),
    dt.datetime: ("datetime64[us, UTC]", "datetime64[us, UTC]"),
}
_UNORDERED = (Format, AttemptKind, Pair, RegistrationKind)  # none of these words is more or less than another


def frame(kind: type[Row], rows: Sequence[Row]) -> pd.DataFrame:
    """Give rows as a table; without rows, a table of the same columns and types.

    Parameters
    ----------
    kind : type of Row
        Whose fields are the columns, those that are mappings left out.
    rows : sequence of Row
        The rows, in order.
    """
    shown = {name: hint for name, hint in hints(kind).items() if plain(hint) is not Mapping}
    return pd.DataFrame({name: column([getattr(row, name) for row in rows], hint) for name, hint in shown.items()})


def column(values: Iterable[object], hint: Hint) -> pd.Series:
    """Give values as a column of the type of their field; words become categories in the order of their definition."""
    if issubclass(plain(hint), Choice):
        values = [None if value is None else str(value) for value in values]
    return pd.Series([*values], dtype=dtype(hint))


def dtype(hint: Hint) -> str | pd.CategoricalDtype:
    """Give the type of the column of a field."""
    kind = plain(hint)
    return _words(kind) if issubclass(kind, Choice) else _DTYPES[kind][is_optional(hint)]


def _words(kind: type[Choice]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([str(word) for word in kind], ordered=kind not in _UNORDERED)


def answers_frame(answers: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Give the answers of assessments as columns, a sign as ``signs.<id>``; what was not asked is missing."""
    types = get_type_hints(Assessment)
    asked = [field.name for field in fields(Assessment) if field.name != "signs"]
    seen = dict.fromkeys([*(sign.id for sign in signs()), *(name for given in answers for name in given["signs"])])
    columns = {name: column([given.get(name) for given in answers], types[name] | None) for name in asked}
    return pd.DataFrame(
        columns
        | {f"signs.{name}": column([given["signs"].get(name) for given in answers], bool | None) for name in seen}
    )
