"""The randomised comparison: what came of interviews for which the kit drew the question, analysed as drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import points as hundredths
from closing_lib.content.trial import trial_plan
from closing_lib.models import Asked
from closing_lib.models import Pair as Duel
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.compared import Finding, is_enough
from closing_lib.outcomes.questions.counts import MIN_N, STILL_OPEN, WITHDRAWAL, People, ends_of, framed, need
from closing_lib.outcomes.questions.strata import Lines, Pair, words
from closing_lib.outcomes.questions.wording import capitalised, digits_of
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.vocabulary import WORDS

LOOKS, LEVEL = trial_plan().looks, trial_plan().level  # fixed before anything was drawn
ALL = "all"  # the primary comparison, beside those of the single pairs
_DIFFERENCE = ["risk_difference", "low", "high", "p_value", "if_worst", "if_best"]
_COUNTED = [
    "n", "progressed", "n_against", "progressed_against", "as_drawn", "unknown", "unknown_against", "strata",
    "n_compared",
]  # fmt: skip
_TYPES: dict[str, Any] = {"pair": words([ALL, *map(str, Duel)]), **dict.fromkeys(_COUNTED, "int64")}
_TYPES |= dict.fromkeys(_DIFFERENCE, "float64") | {"finding": words(Finding)}


@validate_call
def randomised(t: Tally) -> Result:
    """Compare the more direct question with the mild one among interviews for which the kit drew between them.

    All that were drawn count as drawn, whether or not the question was asked: how an interview went, and what is still
    defensible at its end, can depend on what was drawn. Within each person and round, since a draw is balanced there.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally with ``drawn``; with ``person``, ``round``, ``drawn_from``, ``used`` as far as they are known.

    Returns
    -------
    Result
        First the primary comparison (``pair`` is ``"all"``), then each pair by itself. ``n`` that are over where the
        more direct question was drawn, ``progressed`` of them; ``n_against``, ``progressed_against`` of the mild one; a
        "no reply" is over, and did not move forward. ``as_drawn``: how many were asked what was drawn.
        ``unknown``, ``unknown_against``: open, withdrawn, or never logged. ``strata`` that hold both, and
        ``n_compared`` in them; ``risk_difference`` (Mantel-Haenszel), ``low``, ``high`` (97.5%, for two looks),
        ``p_value``; ``if_worst``, ``if_best``: the difference if all that are unknown or had no reply had turned out
        against the more direct question, or for it; ``finding`` of the first row, once the protocol looks: before, not
        enough. Differences are missing where either side has fewer than five that can be compared.
    """
    need(t, ["drawn", "outcome"])
    drawn, end = t["drawn"].cat.codes.to_numpy(), ends_of(t)
    end[(end < 0) | (end == WITHDRAWAL)] = STILL_OPEN  # nobody knows
    none = np.full(len(t), -1, dtype=np.int8)
    used, kind = (t[name].cat.codes.to_numpy() if name in t else none for name in ("used", "drawn_from"))
    is_asked = (used == drawn) & (drawn >= 0)  # the words of the one begin as those of the other
    asked = np.bincount(kind + 1, weights=t["n"].to_numpy() * is_asked, minlength=len(Duel) + 1)
    way = np.where(drawn < 0, np.int8(-1), 2 * (kind + 1) + (drawn == WORDS["drawn"].index(Asked.MILD)))
    lines = Lines.of(t, People(t), way, 2 * (len(Duel) + 1), end=end)
    parts = {ALL: (asked.sum(), [*range(0, len(lines.asked), 2)])}
    parts |= {str(one): (asked[at + 1], [2 * (at + 1)]) for at, one in enumerate(Duel)}
    table = framed(
        (
            {"pair": name, "as_drawn": int(many)}
            | _row(lines.pair(name, Asked.MILD, direct, [one + 1 for one in direct]), is_all=name == ALL)
            for name, (many, direct) in parts.items()
            if lines.asked[[*direct, *(one + 1 for one in direct)]].any()
        ),
        _TYPES,
    )
    told = [" ".join(_sentences(row)) for row in table.itertuples()]
    whole = None if told else text("results.randomised.none")
    about = {"level": LEVEL, "looks": LOOKS, "people": lines.people, "method": "mantel_haenszel"}
    return Result.of("randomised", table, told, whole, _caveats(table, lines.people), **about)


def _row(part: Pair, *, is_all: bool) -> dict[str, Any]:
    found, sizes = part.compared.at(LEVEL), part.sizes()
    row: dict[str, Any] = sizes | {"unknown": sizes["open"], "unknown_against": sizes["open_against"]}
    row |= {"strata": int(found.many.sum()), "finding": str(Finding.NOT_ENOUGH)}
    if not is_enough(found):
        return row
    low, high = found.risk_difference_interval
    figures = found.risk_difference, low, high, found.risk_difference_p, *part.bounds()
    if is_all and sizes["n"] + sizes["n_against"] >= LOOKS[0]:
        is_apart = found.risk_difference_p <= 1 - LEVEL and not low <= 0 <= high
        row["finding"] = str((Finding.MORE if low > 0 else Finding.FEWER) if is_apart else Finding.CANNOT_TELL)
    return row | dict(zip(_DIFFERENCE, figures, strict=True))


def _sentences(row: Any) -> Iterator[str]:
    counts, where = {"n": row.n, "progressed": row.progressed}, capitalised(text(f"charts.pair.{row.pair}"))
    other = {"m": row.n_against, "progressed_against": row.progressed_against}
    if row.n and row.n_against:
        yield text(f"results.randomised.counted.{row.pair}", **counts, **other)
    elif row.n:
        yield text("results.randomised.only.more_direct", where=where, **counts)
    elif row.n_against:
        yield text("results.randomised.only.mild", where=where, progressed=row.progressed_against, n=row.n_against)
    else:
        yield text("results.rate.none", who=where)
    if math.isnan(row.risk_difference):
        yield text("results.randomised.few", needed=MIN_N)
        return
    digits = digits_of(row.low, row.high)
    figures = {"points": row.risk_difference, "low": row.low, "high": row.high}
    written = {name: points(figure, digits) for name, figure in figures.items()}
    key = "each" if row.pair != ALL else "early" if row.finding == Finding.NOT_ENOUGH else row.finding
    answers = row.n + row.n_against
    yield text(f"results.randomised.{key}", **written, n=answers, first=LOOKS[0], last=LOOKS[-1])


def _caveats(table: pd.DataFrame, people: int) -> Iterator[str]:
    first: list[Any] = [*table.head(1).itertuples()]
    for row in first:
        unknown = row.unknown + row.unknown_against
        yield text("results.randomised.as_drawn", asked=row.as_drawn, n=row.n + row.n_against + unknown)
        if not math.isnan(row.if_worst):
            yield from _ends(unknown, points(row.if_worst), points(row.if_best))
            yield text("results.randomised.level")
        if people == 1:
            yield text("results.randomised.one_person")


def _ends(unknown: int, worst: str, best: str) -> Iterator[str]:
    """Say how far the difference could move, where there is anything that could move it."""
    if unknown or worst != best:
        key = "unknown_apart" if worst == best else "unknown" if unknown else "all_known"
        yield text(f"results.randomised.{key}", n=unknown, worst=worst, best=best)


def points(difference: float, digits: int = 0) -> str:
    """Write a difference of shares in points of a hundred, with a decimal below one: no sentence says "1 points"."""
    return hundredths(difference, max(digits, int(abs(difference) < 0.0095)))
