"""The words of a tally: its columns, what can stand in each, and their types. All that is counted speaks them."""

from __future__ import annotations

import pandas as pd

from closing_lib.arguments import shown
from closing_lib.models import Asked, Band, Choice, EventKind, Response, Round

OPEN = "open"
OUTCOMES = [kind.value for kind in EventKind if kind.is_outcome] + [OPEN]
MOST_WEEKS = 9_999


class Followed(Choice):
    """Whether what was asked is what the kit advised."""

    NO = "no"
    YES = "yes"


class Thanks(Choice):
    """Whether a thank-you letter followed the interview (S23), and how soon."""

    NONE = "none"
    LATE = "late"
    IN_TIME = "in_time"


class Nudged(Choice):
    """Whether the employer was asked again before there was an answer (S24)."""

    NO = "no"
    YES = "yes"


WORDS: dict[str, list[str]] = {
    "band": [*map(str, Band)],
    "used": [*map(str, Asked)],
    "response": [*map(str, Response)],
    "outcome": OUTCOMES,
    "reached": [*map(str, Round), EventKind.OFFER.value],
    "followed": [*map(str, Followed)],
    "thanks": [*map(str, Thanks)],
    "nudged": [*map(str, Nudged)],
}
NUMBERS = ["weeks", "score"]
KEYS = ["band", "used", "response", "outcome", "weeks", "score", "reached", "followed", "thanks", "nudged"]


def typed(found: pd.DataFrame) -> pd.DataFrame:
    """Give columns the types that they have in a tally: ordered words, whole numbers.

    Raises
    ------
    ValueError
        If a column holds a word that is not known.
    """
    for name in WORDS.keys() & {*found.columns}:
        if unknown := {*found[name].dropna().unique()} - {*WORDS[name]}:
            known = ", ".join(WORDS[name])
            raise ValueError(f"{name} {shown(unknown.pop())} is not known; choose one of {known}.")
    types: dict[str, object] = {
        name: pd.CategoricalDtype(words, ordered=True) for name, words in WORDS.items() if name in found
    }
    types |= {name: "Int64" for name in NUMBERS if name in found}
    return found.astype(types)  # type: ignore[arg-type]  # the stubs know no table of types for part of the columns
