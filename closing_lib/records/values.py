"""What a field may hold, by its type: checking what is given, and reading what was stored."""

from __future__ import annotations

import datetime as dt
import json
import operator
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar, get_args

from closing_lib import arguments
from closing_lib.content import text
from closing_lib.models import Choice

Plain = str | int | None
F = TypeVar("F")
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
    InvalidAnswer
        If it may not; the message names the field and the remedy.

    Examples
    --------
    >>> checked("held_on", dt.date(2026, 11, 20), dt.date | None)
    '2026-11-20'
    >>> checked("held_on", "20.11.2026", dt.date | None)
    Traceback (most recent call last):
    closing_lib.arguments.InvalidAnswer: held_on is '20.11.2026'; write the date as YYYY-MM-DD.
    """
    is_none = value is None or (is_optional(hint) and arguments.is_missing(value))
    try:
        found = None if is_none else _stored(plain(hint), name, value)
    except ValueError as error:
        raise arguments.InvalidAnswer(str(error)) from error
    if found is None and not is_optional(hint):
        raise arguments.InvalidAnswer(f"{name} is empty; fill it in.")
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


class Unfit(ValueError):
    """A field holds what nobody could have put there with the kit."""


class UnknownWord(ValueError):
    """A field holds a word that this kit does not know: a newer one may."""


def stored(hint: Hint) -> Callable[[Any], object]:
    """Give what turns a field as SQLite stores it into what it means.

    Whoever made the file was free to write anything: it raises `Unfit`, or `UnknownWord`.
    """
    kind, may_be_missing = plain(hint), is_optional(hint)
    read = partial(_read_word, kind) if issubclass(kind, Choice) else _READERS.get(kind)
    types = _STORED.get(kind, (str,))

    def read_field(value: object) -> object:
        if type(value) not in types:
            if value is None and may_be_missing:
                return None
            raise Unfit(repr(value))
        return read(value) if read else value

    return read_field


def _stored(kind: type, name: str, value: object) -> Plain:
    return str(arguments.choice(kind, name, value)) if issubclass(kind, Choice) else _CHECKS[kind](name, value)


def _text(name: str, value: object) -> str | None:
    found = arguments.text(name, value)
    try:
        found.encode()
    except UnicodeEncodeError:
        raise arguments.InvalidAnswer(text("log_trouble.broken_character", name=name, value=ascii(value))) from None
    return found.replace("\0", "").strip() or None  # a NUL means nothing, and cuts the text off in other programs


def _day(name: str, value: object) -> str:
    return arguments.day(name, value).isoformat()


def _truth(name: str, value: object) -> int:
    return int(arguments.truth(name, value))


_CHECKS: Mapping[type, Callable[[str, object], Plain]] = {str: _text, dt.date: _day, int: whole, bool: _truth}


def _read_stamp(value: str) -> dt.datetime:
    stamp = _fit(dt.datetime.fromisoformat, value)
    if not dt.MINYEAR < stamp.year < dt.MAXYEAR:  # it has a day wherever the person is
        raise Unfit(repr(value))
    return stamp if stamp.tzinfo else stamp.replace(tzinfo=dt.UTC)


def _read_word(kind: type[Choice], value: str) -> Choice:
    try:
        return kind(value)
    except ValueError as error:
        raise UnknownWord(str(error)) from error


def _read_truth(value: int) -> bool:
    if value not in (0, 1):
        raise Unfit(repr(value))
    return bool(value)


def _read_mapping(value: str) -> dict[str, Any]:
    found = _fit(json.loads, value)
    if not isinstance(found, dict):
        raise Unfit(repr(value))
    return found


def _fit(read: Callable[[str], F], value: str) -> F:
    try:
        return read(value)
    except (ValueError, RecursionError) as error:
        raise Unfit(repr(value)) from error


_STORED: Mapping[type, tuple[type, ...]] = {int: (int,), bool: (int,), float: (float, int), bytes: (bytes,)}
_READERS: Mapping[type, Callable[[Any], object]] = {
    float: float,
    bool: _read_truth,
    dt.date: lambda value: _fit(dt.date.fromisoformat, value),
    dt.datetime: _read_stamp,
    Mapping: _read_mapping,
}
