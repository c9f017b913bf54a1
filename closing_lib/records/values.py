"""What a field may hold, by its type: checking what is given, and reading what was stored."""

from __future__ import annotations

import datetime as dt
import json
import operator
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args

from closing_lib import arguments
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
    is_none = value is None or (is_optional(hint) and arguments.is_missing(value))
    found = None if is_none else _stored(plain(hint), name, value)
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
        raise arguments.refused(name, value, "it must be the number of one")
    return found if found.bit_length() < 64 else 0  # what SQLite cannot hold is the number of no row


def stored(hint: Hint) -> Callable[[Any], object]:
    """Give what turns a field as SQLite stores it into what it means."""
    kind = plain(hint)
    read = kind if issubclass(kind, (Choice, bool)) else _READERS.get(kind)
    return lambda value: value if value is None or read is None else read(value)


def _stored(kind: type, name: str, value: object) -> Plain:
    return str(arguments.choice(kind, name, value)) if issubclass(kind, Choice) else _CHECKS[kind](name, value)


def _text(name: str, value: object) -> str | None:
    found = arguments.text(name, value)
    try:
        found.encode()
    except UnicodeEncodeError:
        raise ValueError(text("log_trouble.broken_character", name=name, value=ascii(value))) from None
    return found.replace("\0", "").strip() or None  # a NUL means nothing, and cuts the text off in other programs


def _day(name: str, value: object) -> str:
    return arguments.day(name, value).isoformat()


def _truth(name: str, value: object) -> int:
    return int(arguments.truth(name, value))


_CHECKS: Mapping[type, Callable[[str, object], Plain]] = {str: _text, dt.date: _day, int: whole, bool: _truth}
_READERS: Mapping[type, Callable[[Any], object]] = {
    dt.date: dt.date.fromisoformat,
    dt.datetime: dt.datetime.fromisoformat,
    Mapping: json.loads,
}
