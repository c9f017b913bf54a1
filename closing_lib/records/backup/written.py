"""How the cells of the history are written as text: days and times as ISO, yes and no as words, nothing as nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any


def stamp(at: dt.datetime) -> str:
    """Write a time as the log keeps it.

    Examples
    --------
    >>> stamp(dt.datetime(2026, 11, 20, 18, 0, 0, 250_000, dt.UTC))
    '2026-11-20T18:00:00.250Z'
    """
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_text(value: object) -> str:
    """Write a cell, whatever it holds.

    Examples
    --------
    >>> [as_text(value) for value in (None, dt.date(2026, 11, 20), True, 0.25, 7, "Acme")]
    ['', '2026-11-20', 'yes', '0.25', '7', 'Acme']
    """
    return "" if value is None else WRITERS.get(type(value), str)(value)


WRITERS: Mapping[type, Callable[[Any], str]] = {
    bool: lambda value: "yes" if value else "no",  # TRUE and FALSE are written anew in each language of a spreadsheet
    dt.date: dt.date.isoformat,
    dt.datetime: stamp,
    float: repr,
}
