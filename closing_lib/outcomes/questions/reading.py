"""Whether one's own reading of an interview means anything: what moved forward by reading, and the Brier score."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.content.figures import hundredths, percent
from closing_lib.models import Band
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.compared import Finding
from closing_lib.outcomes.questions.counts import MIN_N, count, with_rates
from closing_lib.outcomes.questions.wording import left_out, named, of_room, rate_sentence
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.stratified import stratified

_TENTHS = 10
_BRIER = ["base_rate", "brier", "low", "high", "always_base", "skill", "saved", "saved_low", "saved_high"]


@validate_call
def calibration(t: Tally, by: str = "band") -> Result:
    """Set what moved forward beside how the interview was read before anybody knew.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    by : {"band", "score"}
        Whether by band, or by the reading in tenths.

    Returns
    -------
    Result
        One row a reading: ``expected``, the mean reading as a share (missing where the tally has no score), and the
        columns of `by_band`. The sentence for the whole says whether "it went well" tells anything: Fisher's exact
        test of the interviews that went well against all others (the corrected chi-squared test where there are many).
        Readings that were first entered in hindsight are in none of these; it says how many were left out.

    Raises
    ------
    ValueError
        If it is counted by something else, or the tally lacks a column.
    """
    if by not in ("band", "score"):
        raise ValueError(f"There is no calibration by {shown(by)}; choose band or score.")
    counted = count(t, [by])
    table = with_rates(counted)
    table.insert(1, "expected", table[by].map(_expected(t, by, counted)).astype("float64"))
    told = [rate_sentence(row, _who(row, by)) for row in table.itertuples()]
    bands = counted if by == "band" else count(t, ["band"]) if "band" in t else None
    whole = None if bands is None else _whole(bands)
    return Result.of("calibration", table, told, whole, [*left_out(t, [by]), *of_room(t)], by=by, method="wilson")


@validate_call
def brier(t: Tally) -> Result:
    """Give the Brier score of the readings: the mean squared distance from what came of it, 0 the best.

    The reading says how well it went, not how likely it is to move forward, so a poor score may only mean that few do.

    Returns
    -------
    Result
        One row: ``n`` with an answer and a reading, ``progressed`` of them; ``base_rate``; ``brier`` with ``low`` and
        ``high`` (95%, Student's t); ``always_base``, the score of always saying the base rate; ``skill``, how much
        of that the readings save (below 0: they are worse); ``saved``, the difference of the two, with ``saved_low``
        and ``saved_high`` (95%, Student's t over the cases), by which they are called better or worse; and
        ``sentence``. All are missing below n = 5, and where all moved forward or none: then there is nothing to tell
        apart.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78.
    """
    counted = count(t, ["score"])
    n, progressed = int(counted["n"].sum()), int(counted["progressed"].sum())
    is_enough = n >= MIN_N and 0 < progressed < n
    shown = _brier(counted, n, progressed) if is_enough else dict.fromkeys(_BRIER, float("nan"))
    table = pd.DataFrame([{"n": n, "progressed": progressed, **shown}])
    told = [_brier_sentence(row) for row in table.itertuples()]
    return Result.of("brier", table, told, caveats=[*left_out(t, ["score"]), *of_room(t)], method="student_t")


def _expected(t: pd.DataFrame, by: str, counted: pd.DataFrame) -> dict[object, float]:
    if "score" not in t:
        return {}
    parts = counted if by == "score" else count(t, [by, "score"])
    everyone = parts["n"] + parts["open"] + parts["withdrew"]
    points = parts["score"].astype("int64") * everyone
    sums = points.groupby(parts[by], observed=True).sum() / everyone.groupby(parts[by], observed=True).sum()
    return dict((sums / _TENTHS).items())


def _who(row: Any, by: str) -> str:
    if by == "band":
        return named(row, [by])
    return text("results.calibration.score", share=percent(row.score / _TENTHS))


def _whole(bands: pd.DataFrame) -> str:
    is_well = (bands["band"] == Band.WELL).to_numpy()
    progressed, n = bands["progressed"].to_numpy(), bands["n"].to_numpy()
    sides = [[int(progressed[side].sum()), int((n - progressed)[side].sum())] for side in (is_well, ~is_well)]
    found = stratified(np.array(sides, dtype=np.int64))
    (well, not_well), (other, not_other) = sides
    counts = {"well": well, "n_well": well + not_well, "other": other, "n_other": other + not_other}
    if min(well + not_well, other + not_other) < MIN_N:
        finding = Finding.NOT_ENOUGH
    elif found.best_p > 0.05:
        finding = Finding.CANNOT_TELL
    else:
        finding = Finding.MORE if found.crude_odds_ratio > 1 else Finding.FEWER
    return text(f"results.calibration.{finding}", **counts)


def _brier(counted: pd.DataFrame, n: int, progressed: int) -> dict[str, float]:
    share = counted["score"].to_numpy(dtype=float) / _TENTHS
    missed = np.concatenate([(1 - share) ** 2, share**2])
    many = np.concatenate([counted["progressed"], counted["n"] - counted["progressed"]])
    score, low, high = _mean(missed, many)
    base = progressed / n
    always = base * (1 - base)
    usual = np.repeat([(1 - base) ** 2, base**2], len(share))
    saved = _mean(usual - missed, many)  # case by case: both miss the same ones
    shown = (base, score, max(0.0, low), min(1.0, high), always, 1 - score / always, *saved)
    return dict(zip(_BRIER, shown, strict=True))


def _mean(values: npt.NDArray[np.float64], many: npt.NDArray[np.int64]) -> tuple[float, float, float]:
    """Give the mean of values that stand for so many, with its interval by Student's t."""
    from scipy import stats  # noqa: PLC0415  # takes most of a second to load

    n = many.sum()
    mean = float((values * many).sum() / n)
    error = math.sqrt(float(((values - mean) ** 2 * many).sum()) / n / (n - 1))
    reach = float(stats.t.ppf(0.975, n - 1)) * error
    return mean, mean - reach, mean + reach


def _brier_sentence(row: Any) -> str:
    if math.isnan(row.brier):
        return text(f"results.brier.{'few' if row.n < MIN_N else 'alike'}", n=row.n, needed=MIN_N)
    score = {"score": row.brier, "low": row.low, "high": row.high, "always": row.always_base}
    key = "better" if row.saved_low > 0 else "worse" if row.saved_high < 0 else "same"
    return text(f"results.brier.{key}", n=row.n, **{name: hundredths(value) for name, value in score.items()})
