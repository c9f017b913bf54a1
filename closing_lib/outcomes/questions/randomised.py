"""The randomised comparison: what came of interviews for which the kit drew the question, analysed as drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.content.trial import trial_plan
from closing_lib.models import Asked
from closing_lib.models import Pair as Duel
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.compared import Finding, is_enough
from closing_lib.outcomes.questions.counts import MIN_N, STILL_OPEN, WITHDRAWAL, ends_of, framed, need
from closing_lib.outcomes.questions.strata import Pair, in_strata, words
from closing_lib.outcomes.questions.wording import capitalised
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import Stratified
from closing_lib.outcomes.vocabulary import WORDS

LOOKS, LEVEL = trial_plan().looks, trial_plan().level  # fixed before anything was drawn
ALL = "all"  # the primary comparison, beside those of the single pairs
_DIFFERENCE = ["risk_difference", "low", "high", "p_value"]
_BOUNDS = ["if_worst", "if_best"]
_KINDS = len(Duel) + 1  # of which two was drawn; the last: not recorded


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
        First the primary comparison (``pair`` is ``"all"``), then each pair by itself. ``n`` with an answer where the
        more direct question was drawn, ``progressed`` of them; ``n_against``, ``progressed_against`` of the mild one; a
        "no reply" is an answer that did not move forward. ``as_drawn``: how many were asked what was drawn.
        ``unknown``, ``unknown_against``: open, withdrawn, or never logged. ``strata`` that hold both, and
        ``n_compared`` in them; ``risk_difference`` (Mantel-Haenszel), ``low``, ``high`` (97.5%, for two looks),
        ``p_value``; ``if_worst``, ``if_best``: the difference if all that are unknown or had no reply had turned out
        against the more direct question, or for it; ``finding`` of the first row, once the protocol looks: before, not
        enough. Differences are missing where either side has fewer than five that can be compared.

    Raises
    ------
    ValueError
        If the tally lacks ``drawn`` or ``outcome``.

    Examples
    --------
    >>> from closing_lib.outcomes.tally import tally
    >>> from closing_lib.records import sample_log
    >>> randomised(tally(sample_log())).sentence
    'Nothing has been drawn yet. In the trial, the kit draws the question before the interview.'
    """
    need(t, ["drawn", "outcome"])
    drawn = t["drawn"].cat.codes.to_numpy()
    kept = np.flatnonzero((drawn >= 0) & (t["n"].to_numpy() > 0))
    rows, drawn = t.iloc[kept], drawn[kept].astype(np.int64)
    end = ends_of(rows)
    end[(end < 0) | (end == WITHDRAWAL)] = STILL_OPEN  # nobody knows
    kind = (rows["drawn_from"].cat.codes.to_numpy() if "drawn_from" in rows else np.full(len(rows), -1)) % _KINDS
    is_mild = drawn == WORDS["drawn"].index(Asked.MILD)
    cells, place, person = in_strata(rows, 2 * kind + is_mild, 2 * _KINDS, 0, end)
    cells = cells.reshape(len(cells), _KINDS, 2, STILL_OPEN + 1)
    used = rows["used"].cat.codes.to_numpy() if "used" in rows else np.full(len(rows), -1)  # its words begin as drawn's
    asked = np.bincount(kind, weights=rows["n"].to_numpy() * (used == drawn), minlength=_KINDS)
    parts = {ALL: (cells.sum(axis=1), asked.sum())} | {
        str(one): (cells[:, at], asked[at]) for at, one in enumerate(Duel)
    }
    people = len(np.unique(person))
    table = framed(
        (
            {"pair": name, "as_drawn": int(many)}
            | _row(Pair(name, Asked.MILD, part, place, person), is_all=name == ALL)
            for name, (part, many) in parts.items()
            if part.any()
        ),
        _TYPES,
    )
    told = [" ".join(_sentences(row)) for row in table.itertuples()]
    whole = None if told else text("results.randomised.none")
    about = {"level": LEVEL, "looks": LOOKS, "people": people, "method": "mantel_haenszel"}
    return Result.of("randomised", table, told, whole, _caveats(table, people), **about)


_WHOLE = ["n", "progressed", "n_against", "progressed_against", "as_drawn", "unknown", "unknown_against", "strata"]
_TYPES: dict[str, Any] = {
    "pair": words([ALL, *map(str, Duel)]),
    **dict.fromkeys([*_WHOLE, "n_compared"], "int64"),
    **dict.fromkeys([*_DIFFERENCE, *_BOUNDS], "float64"),
    "finding": words(Finding),
}


def _row(part: Pair, *, is_all: bool) -> dict[str, Any]:
    found, sizes = part.compared.at(LEVEL), part.sizes()
    row: dict[str, Any] = sizes | {"unknown": sizes["open"], "unknown_against": sizes["open_against"]}
    row |= {"strata": len(found.tables), "finding": str(Finding.NOT_ENOUGH)}
    if not is_enough(found.tables):
        return row
    ends = found.risk_difference_interval
    row |= dict(zip(_DIFFERENCE, (found.risk_difference, *ends, found.risk_difference_p), strict=True))
    row |= dict(zip(_BOUNDS, part.bounds(), strict=True))
    if is_all and sizes["n"] + sizes["n_against"] >= LOOKS[0]:
        row["finding"] = str(_finding(found))
    return row


def _finding(found: Stratified) -> str:
    low, high = found.risk_difference_interval
    if found.risk_difference_p > 1 - LEVEL or low <= 0 <= high:
        return Finding.CANNOT_TELL
    return Finding.MORE if low > 0 else Finding.FEWER


def _sentences(row: Any) -> Iterator[str]:
    counts = {
        "n": row.n,
        "progressed": row.progressed,
        "m": row.n_against,
        "progressed_against": row.progressed_against,
    }
    if row.n + row.n_against:
        yield text(f"results.randomised.counted.{row.pair}", **counts)
    else:
        yield text("results.rate.none", who=capitalised(text(f"charts.pair.{row.pair}")))
    if math.isnan(row.risk_difference):
        yield text("results.randomised.few", needed=MIN_N)
        return
    figures = {"points": points(row.risk_difference), "low": points(row.low), "high": points(row.high)}
    key = "each" if row.pair != ALL else "early" if row.finding == Finding.NOT_ENOUGH else row.finding
    answers = row.n + row.n_against
    yield text(f"results.randomised.{key}", **figures, n=answers, first=LOOKS[0], last=LOOKS[-1])


def _caveats(table: pd.DataFrame, people: int) -> Iterator[str]:
    first: list[Any] = [*table.head(1).itertuples()]
    for row in first:
        unknown = row.unknown + row.unknown_against
        everyone = row.n + row.n_against + unknown
        yield text("results.randomised.as_drawn", asked=row.as_drawn, n=everyone)
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


def points(difference: float) -> str:
    """Write a difference of shares in points of a hundred, with a decimal where it would read as none.

    Examples
    --------
    >>> points(0.124), points(-0.004), points(0)
    ('12', '-0.4', '0')
    """
    hundred = 100 * difference
    return number(round(hundred, 1) if abs(hundred) < 0.95 else round(hundred))
