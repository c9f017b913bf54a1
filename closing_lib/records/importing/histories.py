"""A history packed into one cell: ``date|TEXT;date|TEXT``, lines of these, or a list as programs write it."""

from __future__ import annotations

import ast
import json
import re

from closing_lib.records.importing.dates import is_blank, is_date

Step = tuple[str, str]  # the day and the status, each as written; either may be empty

_LONGEST = 20_000  # characters
_LONG_DAY = 4  # words: “Mon, 5 Jan 2024”
# Blanks are looked at from their first one alone: from each again, a thousand of them would take a million steps.
_BETWEEN = re.compile(r"[;\n]+|(?:(?<!\s)\s+)?(?:→|➔|->|=>)\s*")
_INSIDE = re.compile(r"(?:(?<!\s)\s+)?[|()]\s*|(?<!\s)\s+[-–—]\s+|:\s+|(?<!\s)\s*\t\s*")


def read_history(written: str) -> tuple[Step, ...] | None:
    """Give the steps of a history, in the order in which they are written.

    Returns
    -------
    tuple of (str, str) or None
        The day and the status of each, as written; None where a part of it cannot be taken apart.

    Examples
    --------
    >>> read_history("2026-01-05|Applied;2026-01-20|Phone screen")
    (('2026-01-05', 'Applied'), ('2026-01-20', 'Phone screen'))
    >>> read_history("[('2026-01-05', 'Applied'), {'status': 'Rejected', 'date': '2026-02-01'}]")
    (('2026-01-05', 'Applied'), ('2026-02-01', 'Rejected'))
    """
    if is_blank(written):
        return ()
    if len(written) > _LONGEST:
        return None
    text = written.strip()
    steps = _of_list(text) if text[0] in "[({" else _of_text(text)
    if steps is None or not all(step and _is_whole(step) for step in steps):
        return None
    return tuple(step for step in steps if step)


def _of_text(text: str) -> list[Step | None]:
    with_commas = map(_step, text.split(","))
    if "," in text and all(step and step[0] for step in with_commas):
        return [_step(part) for part in text.split(",")]
    return [_step(part) for part in _BETWEEN.split(text) if part.strip()]


def _of_list(text: str) -> list[Step | None] | None:
    try:
        found = _literal(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    if isinstance(found, dict) and all(is_date(str(key)) for key in found):
        found = list(found.items())
    items = [found] if isinstance(found, dict) or _is_step(found) else found
    return [_step_of(item) for item in items] if isinstance(items, (list, tuple)) else None


def _literal(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return ast.literal_eval(text)  # literals alone: nothing is run


def _is_step(found: object) -> bool:
    """Tell a single pair, as in ``('2026-01-05', 'Applied')``, from a list of statuses."""
    return isinstance(found, tuple) and len(found) == 2 and any(is_date(str(part)) for part in found)


def _step_of(item: object) -> Step | None:
    if isinstance(item, str):
        return _step(item)
    parts = [*item.values()] if isinstance(item, dict) else item
    return _paired([str(part) for part in parts if part is not None]) if isinstance(parts, (list, tuple)) else None


def _step(text: str) -> Step | None:
    """Take the day and the status of one step apart; without a day, all of it is the status."""
    whole = text.strip().strip("\"'")
    parts = [part for part in _INSIDE.split(whole) if part]
    return _paired(parts if len(parts) > 1 else _around_blank(whole)) or ("", whole)


def _around_blank(text: str) -> list[str]:
    """Take a day apart from the words before or behind it: “5 Jan 2024 Applied”."""
    words = text.split()
    for number in range(min(_LONG_DAY, len(words) - 1), 0, -1):
        for at, day in ((number, 0), (len(words) - number, 1)):
            parts = [" ".join(words[:at]), " ".join(words[at:])]
            if is_date(parts[day]):
                return parts
    return [text]


def _paired(parts: list[str]) -> Step | None:
    days = [part for part in parts if is_date(part)]
    others = [part.strip() for part in parts if part not in days and part.strip()]
    return (days[0], others[0]) if len(days) == 1 and len(others) == 1 else _lonely(days, others)


def _lonely(days: list[str], others: list[str]) -> Step | None:
    return ("", others[0]) if not days and len(others) == 1 else None


def _is_whole(step: Step) -> bool:
    """Tell whether a step can be kept: a list can name half a character, which no file can hold."""
    return all(part.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in part) for part in step)
