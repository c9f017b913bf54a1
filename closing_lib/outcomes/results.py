"""From a tally to results: counts beside every rate, its interval, and the bounds that the open applications leave."""

from __future__ import annotations

from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.rates import rate_interval
from closing_lib.outcomes.tally import OPEN

MIN_N = 5  # a cell with fewer answers has its count and no percentage
LED_ON = (EventKind.ADVANCED, EventKind.OFFER)
SET_ASIDE = (EventKind.WITHDREW, OPEN)  # neither led on nor not: the person left, or no answer yet


def by_tactic(t: pd.DataFrame, *, within_bands: bool = True) -> pd.DataFrame:
    """Count what led on, by what was asked; within bands of how it went, since bold asks follow good interviews.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    within_bands : bool
        Whether each band has rows of its own. The comparison across bands is the naive one.

    Returns
    -------
    pandas.DataFrame
        One row for each tactic that was asked (in each band): ``n`` applications with an answer, ``led_on`` of them;
        ``rate``,
        ``low`` and ``high`` (95% Wilson), missing below n = 5; ``open`` and ``withdrew``, counted in neither; and
        ``if_open_fail``, ``if_open_succeed``, the rate if every open application ended so, missing where the rate is.
    """
    return _rates(t, ["band", "used"] if within_bands else ["used"])


def by_band(t: pd.DataFrame) -> pd.DataFrame:
    """Count what led on, by how it went. Columns as in `by_tactic`."""
    return _rates(t, ["band"])


def sentence(t: pd.DataFrame) -> str:
    """Say in plain words what a tally shows, and what it does not."""
    if t.empty:
        return text("outcomes.nothing_yet")
    rows = [row for row in by_tactic(t, within_bands=False).itertuples() if row.n]
    said = [_counted(rows), text("outcomes.led_on_means")] if rows else [text("outcomes.no_answer_yet")]
    unknown = int(t.loc[t["used"].isna(), "n"].sum())
    if unknown:
        said.append(text("outcomes.not_recorded", n=unknown))
    if len(rows) > 1:
        said.append(text("outcomes.beware"))
    return " ".join(said)


def _counted(rows: list[Any]) -> str:
    parts = [
        text("outcomes.asked", tactic=text(f"outcomes.tactic.{row.used}"), n=row.n, led_on=row.led_on) for row in rows
    ]
    return text("outcomes.counted", parts="; ".join(parts))


def _rates(t: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = t.dropna(subset=by).groupby(by, observed=True)
    rows = [_rate(dict(zip(by, key, strict=True)), part) for key, part in groups]
    counts = ["n", "led_on"]
    shares = ["rate", "low", "high"]
    rest = ["open", "withdrew", "if_open_fail", "if_open_succeed"]
    table = pd.DataFrame(rows, columns=[*by, *counts, *shares, *rest])
    types = {name: t[name].dtype for name in by} | dict.fromkeys([*counts, "open", "withdrew"], "int64")
    return table.astype(types | dict.fromkeys([*shares, *rest[2:]], "float64"))


def _rate(group: dict[str, object], part: pd.DataFrame) -> dict[str, object]:
    led_on = int(part.loc[part["outcome"].isin(LED_ON), "n"].sum())
    n = int(part.loc[~part["outcome"].isin(SET_ASIDE), "n"].sum())
    still_open = int(part.loc[part["outcome"] == OPEN, "n"].sum())
    withdrew = int(part.loc[part["outcome"] == EventKind.WITHDREW, "n"].sum())
    row = {**group, "n": n, "led_on": led_on, "open": still_open, "withdrew": withdrew}
    if n < MIN_N:
        return row
    low, high = rate_interval(led_on, n)
    everyone = n + still_open
    bounds = {"if_open_fail": led_on / everyone, "if_open_succeed": (led_on + still_open) / everyone}
    return {**row, "rate": led_on / n, "low": low, "high": high, **bounds}
