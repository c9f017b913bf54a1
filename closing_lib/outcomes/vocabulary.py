"""The words of a tally: its columns, what can stand in each, and their types. All that is counted speaks them."""

from __future__ import annotations

import pandas as pd

from closing_lib.arguments import InvalidAnswer, not_known, shown
from closing_lib.models import Asked, Band, Choice, EventKind, Pair, Response, Round

OPEN = "open"
OUTCOMES = [kind.value for kind in EventKind if kind.is_outcome] + [OPEN]
MOST_WEEKS = 9_999


class Followed(Choice):
    """Whether what was asked is what the kit advised."""

    NO = "no"
    YES = "yes"


class Thanks(Choice):
    """Whether a thank-you letter followed the interview (S23), and how soon: within a day, a week, or later."""

    NONE = "none"
    LATER = "later"
    LATE = "late"
    IN_TIME = "in_time"


class Nudged(Choice):
    """Whether the employer was asked again before there was an answer (S24)."""

    NO = "no"
    YES = "yes"


WORDS: dict[str, list[str]] = {
    "round": [*map(str, Round)],
    "band": [*map(str, Band)],
    "used": [*map(str, Asked)],
    "drawn": [str(Asked.MILD), str(Asked.STANDING), str(Asked.BOLD)],
    "drawn_from": [*map(str, Pair)],
    "response": [*map(str, Response)],
    "outcome": OUTCOMES,
    "followed": [*map(str, Followed)],
    "thanks": [*map(str, Thanks)],
    "nudged": [*map(str, Nudged)],
}
KINDS = {name: pd.CategoricalDtype(words, ordered=True) for name, words in WORDS.items()}
NUMBERS = ["person", "weeks", "score", "reminded", "month"]
KEYS = [
    "person", "round", "band", "used", "drawn", "drawn_from", "response", "outcome", "weeks", "score", "followed",
    "thanks", "nudged", "reminded", "month",
]  # fmt: skip
# A person's own tally: who they are is given to it by others, and the month is shared only where they say so.
OWN_KEYS = [name for name in KEYS if name not in ("person", "month")]


def typed(found: pd.DataFrame) -> pd.DataFrame:
    """Give columns the types that they have in a tally: ordered words, whole numbers.

    Raises
    ------
    ValueError
        If a column holds a word that is not known.
    """
    types = {name: kind for name, kind in (KINDS | dict.fromkeys(NUMBERS, "Int64")).items() if name in found}
    for name in (one for one, kind in types.items() if one in WORDS and found[one].dtype != kind):
        if unknown := {*found[name].dropna().unique()} - {*WORDS[name]}:
            raise unknown_word(name, unknown.pop())
    return found.astype(types)


def unknown_word(name: str, value: object) -> InvalidAnswer:
    """The error that names what is no word of a column, and those that are."""
    return InvalidAnswer(not_known(f"{name} {shown(value)} is not known", value, WORDS[name]))
