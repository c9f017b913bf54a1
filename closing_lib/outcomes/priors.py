"""Rates pulled toward a prior that is shown: the person's own guess, or what a room of others counted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from closing_lib.content import text
from closing_lib.content.figures import decimal
from closing_lib.outcomes.counts import MIN_N, count
from closing_lib.outcomes.rates import shrink
from closing_lib.outcomes.wording import named, said, shares

PRIOR = (2.0, 4.0)  # as if two of four had led on: hardly an opinion, and it keeps 1 of 1 from reading 100%
WEIGHT = 10.0  # how many applications the prior from a room stands for, however many the room counted


def shrunk(
    t: pd.DataFrame,
    prior: tuple[float, float] | pd.DataFrame = PRIOR,
    *,
    by: str = "used",
    weight: float = WEIGHT,
) -> pd.DataFrame:
    """Give rates pulled toward a prior, the more so the less was counted; so they can be shown below five as well.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    prior : (float, float) or pandas.DataFrame
        "As if so many had led on, of so many": the same for every group. Or another tally, such as that of a room: each
        group is then pulled toward the room's rate for it.
    by : str
        The column whose groups are counted.
    weight : float
        How many applications the prior from another tally stands for.

    Returns
    -------
    pandas.DataFrame
        One row a group: its counts, ``prior_k`` and ``prior_n``, ``rate`` (the mean of the posterior), ``low`` and
        ``high`` (95%), and ``sentence``, which names the prior.

    Raises
    ------
    ValueError
        If the prior cannot be, or a tally lacks a column.
    """
    counted = count(t, [by])
    priors = [_prior(prior, by, name, weight) for name in counted[by]]
    lines = zip(counted["led_on"].tolist(), counted["n"].tolist(), priors, strict=True)
    rows = [(*own, *shrink(k, n, *own)) for k, n, own in lines]
    found = pd.DataFrame(rows, columns=["prior_k", "prior_n", "rate", "low", "high"], dtype="float64")
    table = pd.concat([counted, found], axis="columns")
    return said(table, [_sentence(row, by) for row in table.itertuples()])


def _prior(prior: tuple[float, float] | pd.DataFrame, by: str, name: object, weight: float) -> tuple[float, float]:
    if not isinstance(prior, pd.DataFrame):
        return float(prior[0]), float(prior[1])
    room = count(prior, [by])
    same = room[room[by] == name]
    k, n = int(same["led_on"].sum()), int(same["n"].sum())
    return weight * (k + 1) / (n + 2), weight  # a room that counted nothing leaves it even


def _sentence(row: Any, by: str) -> str:
    figures = {"prior_k": decimal(row.prior_k), "prior_n": decimal(row.prior_n)}
    key = "few" if row.n < MIN_N else "shown"
    rate = shares(row.rate, row.low, row.high)
    return text(f"results.shrunk.{key}", who=named(row, [by]), led_on=row.led_on, n=row.n, rate=rate, **figures)
