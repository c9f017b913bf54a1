"""The randomised comparison: what came of interviews for which the kit drew the question, analysed as drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.content.trial import trial_plan
from closing_lib.models import Asked, EventKind, Pair, Round
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.compared import Finding
from closing_lib.outcomes.questions.counts import MIN_N, PROGRESSED, need
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import Stratified, stratified
from closing_lib.outcomes.vocabulary import OUTCOMES, WORDS

LOOKS, LEVEL = trial_plan().looks, trial_plan().level  # fixed before anything was drawn
ALL = "all"  # the primary comparison, beside those of the single pairs
_NO_REPLY = (EventKind.NO_REPLY,)
_ANSWERED = (*PROGRESSED, EventKind.REJECTED, *_NO_REPLY)
_DIFFERENCE = ["risk_difference", "low", "high", "p_value"]
_BOUNDS = ["if_worst", "if_best"]
Counts = npt.NDArray[np.int64]


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
    drawn, people = _drawn(t)
    parts = {ALL: drawn.sum(axis=-1)} | {str(pair): drawn[..., place] for place, pair in enumerate(Pair)}
    rows = [_row(name, _Counts(*part)) for name, part in parts.items() if part.any()]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.astype(dict.fromkeys(_WHOLE, "int64") | dict.fromkeys([*_DIFFERENCE, *_BOUNDS], "float64"))
    table = table.astype({"pair": _words([ALL, *Pair]), "finding": _words([*Finding])})
    told = [" ".join(_sentences(row)) for row in table.itertuples()]
    whole = None if told else text("results.randomised.none")
    about = {"level": LEVEL, "looks": LOOKS, "people": people, "method": "mantel_haenszel"}
    return Result.of("randomised", table, told, whole, _caveats(table, people), **about)


_COUNTS = ["n", "progressed", "n_against", "progressed_against"]
_WHOLE = [*_COUNTS, "as_drawn", "unknown", "unknown_against", "strata", "n_compared"]
_COLUMNS = ["pair", *_WHOLE, *_DIFFERENCE, *_BOUNDS, "finding"]


class _Counts(NamedTuple):
    """Counts by stratum, a person's round, and arm, the more direct question first: shape (K, 2) each."""

    n: Counts
    as_drawn: Counts
    answered: Counts
    progressed: Counts
    no_reply: Counts


def _drawn(t: pd.DataFrame) -> tuple[Counts, int]:
    """Count what was drawn, and the people: the fields of `_Counts`, then stratum, arm, and pair (none the last)."""
    rows = t[t["drawn"].notna() & (t["n"] > 0)]
    n, drawn, outcome = rows["n"].to_numpy(), _codes(rows, "drawn"), _codes(rows, "outcome")
    person, people = pd.factorize(rows["person"] if "person" in rows else np.zeros(len(rows)), use_na_sentinel=False)
    strata, found = pd.factorize(person * (len(Round) + 1) + _codes(rows, "round"))
    arm, pair = drawn == WORDS["drawn"].index(Asked.MILD), _codes(rows, "drawn_from") % (len(Pair) + 1)
    shape = (len(found), 2, len(Pair) + 1)
    is_so = [np.isin(outcome, [OUTCOMES.index(word) for word in words]) for words in (_ANSWERED, PROGRESSED, _NO_REPLY)]
    is_so = [np.ones(len(rows), dtype=bool), _codes(rows, "used") == drawn, *is_so]  # the words of both begin alike
    place = np.ravel_multi_index((strata, arm.astype(int), pair), shape) if len(rows) else strata
    counts = [np.bincount(place, weights=n * one, minlength=int(np.prod(shape))) for one in is_so]
    return np.stack(counts).reshape(len(is_so), *shape).astype(np.int64), len(people)


def _codes(rows: pd.DataFrame, name: str) -> Counts:
    """Give the places of a column's words; -1 where one is missing."""
    return np.asarray(rows[name].cat.codes if name in rows else np.full(len(rows), -1), dtype=np.int64)


def _compared(progressed: Counts, n: Counts) -> Stratified:
    """Compare the arms within each stratum that holds both: the others say nothing."""
    holds_both = n.all(axis=1)
    return stratified(np.stack([progressed, n - progressed], axis=-1)[holds_both], LEVEL)


def _row(name: str, part: _Counts) -> dict[str, object]:
    row: dict[str, object] = {"pair": name, "as_drawn": part.as_drawn.sum(), "finding": Finding.NOT_ENOUGH}
    counts = {"n": part.answered, "progressed": part.progressed, "unknown": part.n - part.answered}
    for column, each in counts.items():
        row |= dict(zip((column, f"{column}_against"), each.sum(axis=0), strict=True))
    found = _compared(part.progressed, part.answered)
    row |= {"strata": len(found.tables), "n_compared": found.tables.sum()}
    if found.tables.sum(axis=(0, 2)).min() < MIN_N:
        return row
    ends = found.risk_difference_interval
    row |= dict(zip(_DIFFERENCE, (found.risk_difference, *ends, found.risk_difference_p), strict=True))
    row |= dict(zip(_BOUNDS, _bounds(part), strict=True))
    if name == ALL and part.answered.sum() >= LOOKS[0]:
        row["finding"] = _finding(found)
    return row


def _bounds(part: _Counts) -> Iterator[float]:
    """Give the difference if all that nobody knows had turned out against the more direct question, and for it."""
    for gaining in ([0, 1], [1, 0]):
        turned = (part.n - part.answered + part.no_reply) * gaining
        yield _compared(part.progressed + turned, part.n).risk_difference


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
    yield text(f"results.randomised.counted.{row.pair}", **counts)
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
            key = "unknown" if unknown else "all_known"
            ends = {"worst": points(row.if_worst), "best": points(row.if_best)}
            yield text(f"results.randomised.{key}", n=unknown, **ends)
            yield text("results.randomised.level")
        if people == 1:
            yield text("results.randomised.one_person")


def points(difference: float) -> str:
    """Write a difference of shares in points of a hundred, with a decimal where it would read as none.

    Examples
    --------
    >>> points(0.124), points(-0.004), points(0)
    ('12', '-0.4', '0')
    """
    hundred = 100 * difference
    return number(round(hundred, 1) if abs(hundred) < 0.95 else round(hundred))


def _words(words: list[Any]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([str(word) for word in words], ordered=True)
