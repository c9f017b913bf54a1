"""What a field may hold, by its type: checking what is given, and reading what was stored."""

from __future__ import annotations

import datetime as dt
import json
import operator
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args

from closing_lib.content import text
from closing_lib.models import Choice

Plain = str | int | None
Hint = Any  # the type of a field: `str`, `dt.date | None`, `Band | None`, ...


@cache
def plain(hint: Hint) -> type:
    """Give the type of a field apart from whether it may be missing."""
    named = [part for part in get_args(hint) if part is not NoneType] if is_optional(hint) else [hint]
    return getattr(named[0], "__origin__", named[0])  # type: ignore[no-any-return]


@cache
def is_optional(hint: Hint) -> bool:
    """Tell whether a field may be missing."""
    return NoneType in get_args(hint)


def checked(name: str, value: object, hint: Hint) -> Plain:
    """Give the value of a field as SQLite stores it.

    Parameters
    ----------
    name : str
        The field, for the message.
    value : object
        What was given for it.
    hint : type
        What it may be.

    Raises
    ------
    ValueError
        If it may not; the message names the field and the remedy.

    Examples
    --------
    >>> checked("held_on", dt.date(2026, 11, 20), dt.date | None)
    '2026-11-20'
    >>> checked("held_on", "20.11.2026", dt.date | None)
    Traceback (most recent call last):
    ValueError: held_on is '20.11.2026'; write the date as YYYY-MM-DD.
    """
    found = None if value is None else _check(plain(hint))(name, value)
    if found is None and not is_optional(hint):
        raise ValueError(f"{name} is empty; fill it in.")
    return found


def whole(name: str, value: object) -> int:
    """Give the number of a row as SQLite stores it; a NumPy integer from a table is one too.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        found = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        found = None
    if found is None or isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}; it must be the number of one.")
    return found if found.bit_length() < 64 else 0  # what SQLite cannot hold is the number of no row


def stored(hint: Hint) -> Callable[[Any], object]:
    """Give what turns a field as SQLite stores it into what it means."""
    kind = plain(hint)
    read = kind if issubclass(kind, (Choice, bool)) else _READERS.get(kind)
    return lambda value: value if value is None or read is None else read(value)


def _check(kind: type) -> Callable[[str, object], Plain]:
    if issubclass(kind, Choice):
        return lambda _name, value: str(kind(str(value)))
    return _CHECKS[kind]


def _text(name: str, value: object) -> str | None:
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}; it must be text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(text("log_trouble.broken_character", name=name, value=ascii(value))) from None
    return value.replace("\0", "").strip() or None  # a NUL means nothing, and cuts the text off in other programs


def _day(name: str, value: object) -> str:
    if isinstance(value, dt.datetime):
        raise ValueError(f"{name} is {value!r}, with a time of day; give the date alone, such as {name}.date().")
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        day = dt.date.fromisoformat(str(value).strip())
    except ValueError:
        day = None
    if not isinstance(value, str) or day is None or day.isoformat() != value.strip():
        raise ValueError(f"{name} is {value!r}; write the date as YYYY-MM-DD.")
    return day.isoformat()


def _truth(name: str, value: object) -> int:
    if not isinstance(value, bool):
        raise ValueError(f"{name} is {value!r}; it must be True or False.")
    return int(value)


_CHECKS: Mapping[type, Callable[[str, object], Plain]] = {str: _text, dt.date: _day, int: whole, bool: _truth}
_READERS: Mapping[type, Callable[[Any], object]] = {
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    Mapping: json.loads,
}
