"""Two ways to close compared within bands of how it went, next to the naive comparison across them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.content.figures import decimal
from closing_lib.models import Asked, Band, Choice
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, count
from closing_lib.outcomes.questions.wording import left_out, name_of, of_room, ratios
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import Stratified, stratified
from closing_lib.outcomes.vocabulary import WORDS, Followed, Thanks

AGAINST = {"used": Asked.MILD, "followed": Followed.NO, "thanks": Thanks.NONE}
_NAIVE = ["naive_odds_ratio", "naive_low", "naive_high"]
_WITHIN = ["odds_ratio", "low", "high", "p_value", "p_holm"]
_LITTLE = 1.1  # odds ratios closer than this factor are about the same


class Finding(Choice):
    """What a comparison comes to."""

    NOT_ENOUGH = "not_enough"
    CANNOT_TELL = "cannot_tell"
    FEWER = "fewer"
    MORE = "more"


class Information(Choice):
    """Whether a band says anything about the difference between two ways, and if not, why."""

    YES = "yes"
    ONE_ONLY = "one_only"
    ALL_ALIKE = "all_alike"
    NO_ANSWER = "no_answer"


@validate_call
def adjusted(t: Tally, by: str = "used", against: str | None = None) -> Result:
    """Compare what moved forward within bands of how it went, and set the naive comparison beside it.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    by : {"used", "followed", "thanks"}
        What is compared: the question, whether it was the advised one, or the thank-you letter.
    against : str or None
        What the others are compared with; where nothing is given, the mild question (or the one asked most, where
        that never was), advice not followed, no letter.

    Returns
    -------
    Result
        One row for each of the others: the column ``by``, ``against``; ``n`` with an answer in an assessed band and
        ``progressed`` of them, ``n_against`` and ``progressed_against``; ``naive_odds_ratio``, ``naive_low``,
        ``naive_high``; ``bands`` that say anything, and ``n_compared`` in them; ``odds_ratio`` (Mantel-Haenszel),
        ``low`` and ``high`` (95%), ``p_value``, and ``p_holm``, corrected for the number of rows; ``test``, ``"exact"``
        where the counts are sparse, else ``"mantel_haenszel"``; ``finding`` and ``sentence``. Ratios are missing where
        either side has fewer than five that can be compared. A row is called different only where ``p_holm`` is up to
        0.05 and the interval leaves 1 out.

    Raises
    ------
    ValueError
        If the words are not known, or the tally lacks the column.

    Examples
    --------
    >>> from closing_lib.outcomes.tally import tally
    >>> from closing_lib.records import sample_log
    >>> adjusted(tally(sample_log())).table[["used", "against", "n_compared", "finding"]]
           used against  n_compared     finding
    0  standing    mild           7  not_enough
    1      bold    mild           7  not_enough
    2   nothing    mild           6  not_enough
    """
    base, pairs = _pairs(t, by, against)
    rows = [_row(found) | {by: one, "against": base} for one, _, found in pairs]
    order = [by, "against", "n", "progressed", "n_against", "progressed_against", *_NAIVE]
    order += ["bands", "n_compared", *_WITHIN, "test", "finding"]
    table = pd.DataFrame(rows, columns=order)
    table["p_holm"] = _holm(table["p_value"].to_numpy(dtype=float))
    table["finding"] = pd.Series([_finding(row) for row in table.itertuples()], index=table.index, dtype="object")
    whole = ["n", "progressed", "n_against", "progressed_against", "bands", "n_compared"]
    words: dict[str, Any] = {by: _words(WORDS[by]), "against": _words(WORDS[by])}
    words |= {"finding": _words(Finding), "test": "str"}
    table = table.astype(words | dict.fromkeys(whole, "int64") | dict.fromkeys([*_NAIVE, *_WITHIN], "float64"))
    told = [_sentence(row, by) for row in table.itertuples()]
    odds = [text("results.adjusted.odds")] if table["odds_ratio"].notna().any() else []
    alone = text("results.adjusted.alone") if t["n"].any() and not told else None
    return Result.of(
        "adjusted", table, told, alone, [*odds, *left_out(t, ["band", by]), *of_room(t)], by=by, against=base
    )


@validate_call
def strata(t: Tally, by: str = "used", against: str | None = None) -> Result:
    """Show the bands behind each row of `adjusted`, and which of them say nothing.

    Returns
    -------
    Result
        One row for each comparison and band: the column ``by``, ``against``, ``band``, ``n``, ``progressed``,
        ``n_against``, ``progressed_against``; ``information``: ``"yes"``, or why it carries none: ``"one_only"`` (only
        one of the two occurs), ``"all_alike"`` (all moved forward, or none), ``"no_answer"``; and ``sentence``.
    """
    base, pairs = _pairs(t, by, against)
    names = [by, "against", "band", "n", "progressed", "n_against", "progressed_against", "information"]
    rows = [
        (one, base, band, *table.sum(axis=1)[:1], table[0, 0], *table.sum(axis=1)[1:], table[1, 0], _information(table))
        for one, _, found in pairs
        for band, table in zip(WORDS["band"], found.tables, strict=True)
    ]
    types: dict[str, Any] = {by: _words(WORDS[by]), "against": _words(WORDS[by]), "band": _words(Band)}
    types |= dict.fromkeys(names[3:7], "int64") | {"information": _words(Information)}
    table = pd.DataFrame(rows, columns=names).astype(types)
    told = [_band_sentence(row, by) for row in table.itertuples()]
    return Result.of("strata", table, told, caveats=[*left_out(t, ["band", by]), *of_room(t)], by=by, against=base)


def tables_within(counted: pd.DataFrame, by: str, one: str, other: str) -> npt.NDArray[np.int64]:
    """Give two ways in each band, from what `count` gives by both: shape (3, 2, 2), moved forward and not."""
    found = np.zeros((len(Band), 2, 2), dtype=np.int64)
    for row in counted[["band", by, "n", "progressed"]].to_dict("records"):
        if row[by] in (one, other):
            found[Band(row["band"]).rank, int(row[by] == other)] = row["progressed"], row["n"] - row["progressed"]
    return found


def _pairs(t: pd.DataFrame, by: str, against: str | None) -> tuple[str, list[tuple[str, str, Stratified]]]:
    if by not in AGAINST:
        raise ValueError(f"There is no comparison by {shown(by)}; choose one of {', '.join(AGAINST)}.")
    if against is not None and against not in WORDS[by]:
        raise ValueError(f"{by} {shown(against)} is not known; choose one of {', '.join(WORDS[by])}.")
    counted = count(t, ["band", by])
    everyone = counted["n"] + counted["open"] + counted["withdrew"]
    asked = everyone.groupby(counted[by], observed=True).sum()
    present = {str(name) for name, n in asked.items() if n}
    base = str(against or AGAINST[by])
    if against is None and base not in present and present:
        base = str(asked.idxmax())
    return base, [
        (one, base, stratified(tables_within(counted, by, one, base))) for one in WORDS[by] if one in present - {base}
    ]


def _row(found: Stratified) -> dict[str, object]:
    (k, failed), (k_against, failed_against) = found.tables.sum(axis=0).tolist()
    n, n_against = k + failed, k_against + failed_against
    row: dict[str, object] = {"n": n, "progressed": k, "n_against": n_against, "progressed_against": k_against}
    row |= {"bands": found.informative.sum(), "n_compared": found.n}
    if min(n, n_against) >= MIN_N:
        row |= dict(zip(_NAIVE, (found.crude_odds_ratio, *found.crude_interval), strict=True))
    if found.tables[found.informative].sum(axis=(0, 2)).min(initial=found.n) < MIN_N:
        return row
    row |= dict(zip(_WITHIN, (found.odds_ratio, *found.best_interval, found.best_p), strict=False))
    return row | {"test": "exact" if found.is_sparse else "mantel_haenszel"}


def _holm(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Correct for several comparisons at once, the smallest p the most (Holm, 1979); missing stays missing."""
    found = np.full(len(p), np.nan)
    order = [place for place in np.argsort(p) if not math.isnan(p[place])]
    least = 0.0
    for done, place in enumerate(order):
        least = max(least, min(1.0, float(p[place]) * (len(order) - done)))
        found[place] = least
    return found


def _finding(row: Any) -> str:
    if math.isnan(row.p_holm):
        return Finding.NOT_ENOUGH
    if row.p_holm > 0.05 or row.low <= 1 <= row.high:
        return Finding.CANNOT_TELL
    return Finding.MORE if row.low > 1 else Finding.FEWER


def _information(table: npt.NDArray[np.int64]) -> str:
    if not table.any():
        return Information.NO_ANSWER
    if not table.sum(axis=1).all():
        return Information.ONE_ONLY
    return Information.YES if table.sum(axis=0).all() else Information.ALL_ALIKE


def _sentence(row: Any, by: str) -> str:
    return " ".join(_parts(row, by))


def _parts(row: Any, by: str) -> Iterator[str]:
    ways = _named(row, by)
    if row.finding == Finding.NOT_ENOUGH:
        yield text("results.adjusted.not_enough", **ways, n=row.n_compared, needed=MIN_N)
    else:
        figures = {"ratio": decimal(row.odds_ratio), "range": ratios(row.low, row.high), "n": row.n_compared}
        if math.isinf(row.odds_ratio):
            figures["ratio"] = text("results.without_bound")
        yield text(f"results.adjusted.{row.finding}", **ways, **figures)
    yield text(
        "results.adjusted.naive",
        progressed=row.progressed,
        n=row.n,
        progressed_against=row.progressed_against,
        m=row.n_against,
    )
    if row.finding != Finding.NOT_ENOUGH and 0 < row.odds_ratio < math.inf and 0 < row.naive_odds_ratio < math.inf:
        yield text(f"results.adjusted.difference.{_difference(row.naive_odds_ratio, row.odds_ratio)}")


def _difference(naive: float, within: float) -> str:
    little = math.log(_LITTLE)
    first, second = math.log(naive), math.log(within)
    if abs(first - second) <= little:
        return "same"
    if first * second < 0 and min(abs(first), abs(second)) > little:
        return "turned"
    return "less" if abs(second) < abs(first) else "farther"


def _band_sentence(row: Any, by: str) -> str:
    counts = {
        "n": row.n,
        "progressed": row.progressed,
        "m": row.n_against,
        "progressed_against": row.progressed_against,
    }
    band = text(f"outcomes.band.{row.band}")
    return text(f"results.strata.{row.information}", **_named(row, by), **counts, band=band)


def _named(row: Any, by: str) -> dict[str, str]:
    one = name_of(by, getattr(row, by))
    return {"one": one[:1].upper() + one[1:], "other": name_of(by, row.against)}


def _words(words: type[Choice] | list[str]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([str(word) for word in words], ordered=True)
