"""Whether one's own reading of an interview means anything: what moved forward by reading, and the Brier score."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.content.figures import hundredths, percent
from closing_lib.models import Band
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, Groups, count, framed, grouped, with_rates
from closing_lib.outcomes.questions.wording import digits_of, left_out, named, no_reply, rate_sentence
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST, FEWEST_VALUES, mean_interval
from closing_lib.outcomes.statistics.stratified import both, stratified

_TENTHS = 10
_BRIER = ["base_rate", "brier", "low", "high", "always_base", "skill", "saved", "saved_low", "saved_high"]


@validate_call
def calibration(t: Tally, by: str = "band") -> Result:
    """Set what moved forward beside how the interview was read before anybody knew.

    Parameters
    ----------
    by : {"band", "score"}
        Whether by band, or by the reading in tenths.

    Returns
    -------
    Result
        One row a reading: ``expected``, the mean reading as a share (missing where the tally has no score), and the
        columns of `by_band`. The sentence for the whole says whether "it went well" tells anything: Fisher's exact
        test of the interviews that went well against all others (the corrected chi-squared test where there are many),
        in a room within each person's.
        Readings that were first entered in hindsight are in none of these; it says how many were left out.
    """
    if by not in ("band", "score"):
        raise ValueError(f"There is no calibration by {shown(by)}; choose band or score.")
    counted = grouped(t, [by])
    table = with_rates(counted)
    table.insert(1, "expected", table[by].map(_expected(t, by, counted.table)).astype("float64"))
    told = [rate_sentence(row, _who(row, by)) for row in table.itertuples()]
    bands = counted if by == "band" else grouped(t, ["band"]) if "band" in t else None
    whole = None if bands is None or bands.table.empty else _whole(bands)
    caveats = [*no_reply(table), *left_out(t, [by])]
    return counted.of.result("calibration", table, told, whole, caveats=caveats, by=by, method=counted.method)


def _expected(t: pd.DataFrame, by: str, counted: pd.DataFrame) -> dict[object, float]:
    if "score" not in t:
        return {}
    parts = counted if by == "score" else count(t, [by, "score"])
    everyone = parts["n"] + parts["open"] + parts["withdrew"]
    sums = pd.DataFrame({"points": parts["score"].astype("int64") * everyone, "n": everyone})
    sums = sums.groupby(parts[by], observed=True).sum()
    return dict((sums["points"] / sums["n"] / _TENTHS).items())


def _who(row: Any, by: str) -> str:
    return named(row, [by]) if by == "band" else text("results.calibration.score", share=percent(row.score / _TENTHS))


def _whole(bands: Groups) -> str:
    """Say whether more moved forward after interviews that went well; in a room, of the same person's."""
    is_well = (bands.table["band"] == Band.WELL).to_numpy()
    progressed, n = bands.rated
    sides = np.array([[k[side].sum(axis=0) for k in (progressed, n - progressed)] for side in (is_well, ~is_well)])
    tables = np.moveaxis(sides, 2, 0)
    found = stratified(tables[both(tables.sum(axis=2))])
    (well, not_well), (other, not_other) = tables.sum(axis=0).tolist()
    counts = {"well": well, "n_well": well + not_well, "other": other, "n_other": other + not_other}
    if not (counts["n_well"] and counts["n_other"]):
        finding = "no_others" if counts["n_well"] else "no_well" if counts["n_other"] else "no_answer"
    elif found.tables.sum(axis=(0, 2)).min(initial=MIN_N) < MIN_N or not found.tables.any():
        finding = "not_enough"
    elif found.best_p > 0.05:
        finding = "cannot_tell"
    else:
        finding = "more" if found.odds_ratio > 1 else "fewer"
    told = text(f"results.calibration.{finding}", **counts)
    return f"{told} {text('results.calibration.within')}" if bands.of.is_room else told


@validate_call
def brier(t: Tally) -> Result:
    """Give the Brier score of the readings: the mean squared distance from what came of it, 0 the best.

    The reading says how well it went, not how likely it is to move forward, so a poor score may only mean that few do.

    Returns
    -------
    Result
        One row: ``n`` that are over and were read, ``progressed`` of them; ``base_rate``; ``brier`` with ``low`` and
        ``high`` (95%, Student's t on the scale of logarithms); ``always_base``, the score of always saying the base
        rate; ``skill``, how much of that the readings save (below 0: they are worse); ``saved``, the difference of the
        two, with ``saved_low`` and ``saved_high`` (95%, Student's t over the cases), by which they are called better or
        worse; and ``sentence``. All are missing below n = 20, where all moved forward or none, and in a room below five
        people; its intervals are over people.

    Source: Brier (1950), Monthly Weather Review 78.
    """
    counted = grouped(t, ["score"])
    n, progressed = int(counted.table["n"].sum()), int(counted.table["progressed"].sum())
    people = int(counted.rated[1].any(axis=0).sum()) if counted.of.is_room else FEWEST
    is_enough = n >= FEWEST_VALUES and 0 < progressed < n and people >= FEWEST
    row = {"n": n, "progressed": progressed, **(_brier(counted, n, progressed) if is_enough else {})}
    table = framed([row], dict.fromkeys(["n", "progressed"], "int64") | dict.fromkeys(_BRIER, "float64"))
    told = [_brier_sentence(row, people) for row in table.itertuples()]
    caveats = [*no_reply(counted.table), *left_out(t, ["score"])]
    return counted.of.result("brier", table, told, caveats=caveats, method="student_t")


def _brier(counted: Groups, n: int, progressed: int) -> dict[str, float]:
    share = counted.table["score"].to_numpy(dtype=float) / _TENTHS
    k_each, n_each = counted.rated
    many = np.concatenate([k_each, n_each - k_each])
    line, person = np.nonzero(many)
    missed = np.concatenate([(1 - share) ** 2, share**2])[line]
    base = progressed / n
    usual = np.repeat([(1 - base) ** 2, base**2], len(share))[line]
    of: dict[str, Any] = {"counts": many[line, person], "people": person if counted.of.is_room else None}
    score = mean_interval(missed, **of, positive=True)
    if math.isnan(score.low):  # all missed by the same: the bound for none of so many that miss by more, or by less
        unseen = 1 - 0.025 ** (1 / n)
        score = score._replace(low=score.mean * (1 - unseen), high=score.mean * (1 - unseen) + unseen)
    always = base * (1 - base)
    saved = mean_interval(usual - missed, **of)  # case by case: both miss the same ones
    if math.isnan(saved.low):
        saved = saved._replace(low=always - score.high, high=always - score.low)
    shown = (base, score.mean, score.low, min(1.0, score.high), always, 1 - score.mean / always, *saved)
    return dict(zip(_BRIER, shown, strict=True))


def _brier_sentence(row: Any, people: int) -> str:
    if math.isnan(row.brier):
        key = "few" if row.n < FEWEST_VALUES else "few_people" if people < FEWEST else "alike"
        return text(f"results.brier.{key}", n=row.n, needed=FEWEST_VALUES, people=people)
    score = {"score": row.brier, "low": row.low, "high": row.high, "always": row.always_base}
    key = "better" if row.saved_low > 0 else "worse" if row.saved_high < 0 else "same"
    if key == "same":
        score |= {"closer": row.saved_high, "further": -row.saved_low}
    else:
        least, most = sorted(map(abs, (row.saved_low, row.saved_high)))
        score |= {"by": abs(row.saved), "least": least, "most": most}
    digits = digits_of(row.low, row.high)
    return text(f"results.brier.{key}", n=row.n, **{name: hundredths(value, digits) for name, value in score.items()})
