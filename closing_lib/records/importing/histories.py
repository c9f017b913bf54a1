"""Statuses with their days in one cell: one in a few words, or a history in lines or as programs write it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence

from closing_lib.content.words import index, plain
from closing_lib.records.importing.dates import is_blank, is_date, read_day

Step = tuple[str, str]  # the day and the status, each as written; either may be empty

_LONGEST = 20_000  # characters
_WORDS = 30  # of one step; what has more is no step
_LONG_DAY = 8  # words: “Sun, 12 Jan 2025 00:23:29 +0000 (UTC)”, or signs in Chinese
# Blanks are looked at from their first one alone: from each again, a thousand of them would take a million steps.
_BETWEEN = re.compile(r"[;\n]+|(?:(?<!\s)\s+)?(?:→|➔|->|=>)\s*")
_WORD = re.compile(r"[^\s|()\u4e00-\u9fff]+|[\u4e00-\u9fff]")
_MARKS = " \t|-–—:,;"


def dated_steps(written: str) -> tuple[Step, ...]:
    """Give the steps of a status with days in it; none where no day is certain: “Round 2/3” is no second of March.

    Examples
    --------
    >>> dated_steps("Absage am 10.11.2026"), dated_steps("Interview 2/3")
    ((('10.11.2026', 'Absage'),), ())
    """
    if len(written) > _LONGEST or not any(letter.isdigit() for letter in written):
        return ()
    told = read_history(written) or ()
    return told if any(map(_is_certain, told)) and all(map(_is_certain_or_none, told)) else ()


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
    steps: Sequence[Step | None] | None = _of_list(text) if text[0] in "[({" else _of_text(text)
    if steps is None or not all(step and _is_whole(step) for step in steps):
        return None
    return tuple(step for step in steps if step)


def _of_text(text: str) -> list[Step]:
    if "," in text and all(_step(part)[0] for part in text.split(",")):
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


def _step(text: str) -> Step:
    """Take the day and the status of one step apart; without a day, all of it is the status."""
    whole = text.strip().strip("\"'")
    return _taken_apart(whole) or ("", whole)


def _taken_apart(text: str) -> Step | None:
    """Find the one day among the words: “5 Jan 2024 Applied”, “Absage am 10.11.2026”, “9.2挂”."""
    found = _place_of_day(text)
    if not found:
        return None
    words = text[: found[0]].rstrip(_MARKS + "(").split()
    if words and plain(words[-1]) in index("values", "other_day"):
        return None
    while len(words) > 1 and _says_nothing(plain(words[-1])):
        words.pop()
    said = " ".join([" ".join(words).rstrip(_MARKS), text[found[1] :].strip(_MARKS + ").")]).strip()
    return (text[slice(*found)].rstrip(_MARKS), said) if said and not _place_of_day(said) else None


def _place_of_day(text: str) -> tuple[int, int] | None:
    """Give where the longest day among the words of a text begins and ends."""
    words = [*_WORD.finditer(text)] if any(letter.isdigit() for letter in text) else []
    starts = [at for at, word in enumerate(words[:_WORDS]) if _begins_day(word[0])]
    for length in range(_LONG_DAY, 0, -1):
        for at in starts:
            run = words[at : at + length]
            first, end = run[0].start(), run[-1].end()
            if len(run) == length and not _says_status(run[-1][0]) and is_date(text[first:end].rstrip(_MARKS)):
                return first, end
    return None


def _begins_day(word: str) -> bool:
    group = index("calendar").get(plain(word))
    return any(letter.isdigit() for letter in word) or group not in (None, "filler")


def _says_status(word: str) -> bool:
    return plain(word) in index("statuses")


def _says_nothing(word: str) -> bool:
    return word in index("calendar", "filler") and word not in index("statuses")


def _paired(parts: list[str]) -> Step | None:
    days = [part for part in parts if is_date(part)]
    others = [part.strip() for part in parts if part not in days and part.strip()]
    return ("".join(days), others[0]) if len(days) < 2 and len(others) == 1 else None


def _is_certain(step: Step) -> bool:
    """Tell whether a day names its year or its month, and is not a mark such as 2/3 or 7.5."""
    found = read_day(step[0])
    return found is not None and (found.year is not None or any(letter.isalpha() for letter in step[0]))


def _is_certain_or_none(step: Step) -> bool:
    return not step[0] or _is_certain(step)


def _is_whole(step: Step) -> bool:
    """Tell whether a step can be kept: a list can name half a character, which no file can hold."""
    return all(part.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in part) for part in step)
