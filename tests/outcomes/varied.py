"""Sixty tallies as different as tallies can be, by name: of nobody, one person, few people and many, lost columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd
from counting import counted, tallied

from closing_lib.outcomes import tally
from closing_lib.outcomes.room import person_asks
from closing_lib.outcomes.vocabulary import OUTCOMES, WORDS, typed
from closing_lib.records import sample_log

SHORT = ["outcome", "weeks", "n"]
LOST = ("round", "band", "used", "followed", "thanks", "nudged", "weeks", "score")


@cache
def varied() -> dict[str, pd.DataFrame]:
    return dict(_all())


@cache
def room(people: int) -> pd.DataFrame:
    """Give the tally of a room of invented people."""
    each = [person_asks(np.random.default_rng([7, one])).assign(person=one) for one in range(people)]
    return tally(pd.concat(each, ignore_index=True))


def _all() -> Iterator[tuple[str, pd.DataFrame]]:
    own = tally(sample_log())
    yield "the sample", own
    yield "nobody", own.iloc[:0]
    for outcome in OUTCOMES:
        yield f"one, {outcome}", _alike(outcome, 1)
        yield f"five, {outcome}", _alike(outcome, 5)
        yield f"forty, {outcome}", _alike(outcome, 40)
    for n in (3, 8, 20, 33, 60, 200):
        yield f"{n} of anything", _anything(n)
    for name in LOST:
        yield f"never recorded: {name}", typed(own.assign(**{name: None}))
    yield "few of many", _of_many(4, 10_000)
    yield "nearly all of many", _of_many(9_999, 10_000)
    yield "huge", own.assign(n=own["n"] * 10**6)
    yield "from one company each week", tallied(SHORT, *(("rejected", week, 1) for week in range(40)))
    yield "one of two hundred open", tallied(SHORT, ("rejected", 1, 199), ("open", 9, 1))
    yield "another question only", own.assign(used=own["used"].where(own["used"].isna(), "other"))
    yield "finals only", own[own["round"] == "final"]
    yield "answered at once", own.assign(weeks=own["weeks"] * 0)
    yield "answered late, once many were open", tallied(SHORT, ("advanced", 1, 4), ("open", 3, 15), ("offer", 30, 1))
    yield "six heard after week 2, twenty open", tallied(SHORT, ("rejected", 2, 6), ("open", 15, 20))
    yield "reminded", _reminded()
    yield "sure readings", _read(30, 10, 0)
    yield "readings that say nothing", _read(20, 5, 5)
    yield "readings that mislead", _read(30, 1, 9)
    yield "opposing bands", counted(
        ("well", "bold", "advanced", 18), ("well", "bold", "rejected", 2), ("well", "mild", "advanced", 6),
        ("well", "mild", "rejected", 14), ("poor", "bold", "advanced", 2), ("poor", "bold", "rejected", 18),
        ("poor", "mild", "advanced", 14), ("poor", "mild", "rejected", 6),
    )  # fmt: skip
    yield "many open on one side", counted(
        ("well", "bold", "advanced", 10), ("well", "bold", "rejected", 20), ("well", "bold", "open", 2),
        ("well", "mild", "advanced", 12), ("well", "mild", "rejected", 2), ("well", "mild", "open", 40),
    )  # fmt: skip
    for people in (2, 3, 5, 12, 40, 300):
        yield f"a room of {people}", room(people)
    yield "a room that lost its people", room(40).drop(columns="person")
    yield "a room that knows no one", typed(room(40).assign(person=None))
    yield "a room of people with one each", _one_each()
    yield "a room without answers", typed(room(12).assign(outcome="open"))


def _alike(outcome: str, n: int) -> pd.DataFrame:
    words = {"round": "first", "band": "well", "used": "bold", "followed": "yes", "thanks": "in_time", "nudged": "no"}
    return tallied(SHORT, (outcome, 3, n), score=8, **words)


def _anything(n: int) -> pd.DataFrame:
    draw = np.random.default_rng(n)
    columns: dict[str, object] = {name: draw.choice(words, n) for name, words in WORDS.items()}
    columns["outcome"] = draw.choice(OUTCOMES, n, p=[0.2, 0.1, 0.3, 0.05, 0.15, 0.2])
    weeks = draw.geometric(0.25, n) - 1
    is_asked = columns["nudged"] == "yes"
    reminded = pd.Series(draw.integers(0, weeks + 1)).astype("Int64").where(is_asked)
    return tally(pd.DataFrame(columns | {"weeks": weeks, "score": draw.binomial(10, 0.6, n), "reminded": reminded}))


def _of_many(k: int, n: int) -> pd.DataFrame:
    return counted(("well", "bold", "advanced", k), ("well", "bold", "rejected", n - k))


def _reminded() -> pd.DataFrame:
    columns = ["nudged", "reminded", "outcome", "weeks", "n"]
    return tallied(
        columns, ("yes", 2, "advanced", 3, 4), ("yes", 2, "rejected", 2, 3), ("yes", 2, "open", 9, 4),
        ("yes", 5, "rejected", 6, 2), ("no", None, "rejected", 4, 6), ("no", None, "open", 12, 9),
        ("no", None, "advanced", 0, 5), ("yes", None, "rejected", 4, 1),
    )  # fmt: skip


def _read(n: int, well: int, poor: int) -> pd.DataFrame:
    rows = [("well", well, "advanced", n // 2), ("poor", poor, "rejected", n - n // 2)]
    return tallied(["band", "score", "outcome", "n"], *rows, weeks=1, used="mild")


def _one_each() -> pd.DataFrame:
    rows = [("well" if one % 2 else "poor", "mild", "advanced" if one % 3 else "rejected", one, 1) for one in range(30)]
    return tallied(["band", "used", "outcome", "person", "n"], *rows, weeks=2, score=6)
