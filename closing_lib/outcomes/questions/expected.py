"""Rates pulled toward a prior that is shown: the person's own guess, or what a room of others counted."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd

from closing_lib.arguments import between, validate_call, validated
from closing_lib.content import text
from closing_lib.content.figures import decimal
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import check_group, count
from closing_lib.outcomes.questions.wording import left_out, named, of_room, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.rates import shrink

PRIOR = (2.0, 4.0)  # as if two of four had moved forward: hardly an opinion, and it keeps 1 of 1 from reading 100%
WEIGHT = 10.0  # how many applications the prior from a room stands for at most, however many the room counted
EVEN = (1.0, 2.0)  # of a room that counted nothing: any rate as likely as any other


def _prior(name: str, given: object) -> object:
    return validated(name, given, Tally if isinstance(given, pd.DataFrame) else tuple[float, float])


def _weight(name: str, given: object) -> float:
    return between(name, given, 0, float("inf"), "it must be above 0, such as 10")


@validate_call
def shrunk(
    t: Tally,
    prior: Annotated[tuple[float, float] | pd.DataFrame, _prior] = PRIOR,
    *,
    by: str = "used",
    weight: Annotated[float, _weight] = WEIGHT,
    room_counts_these: bool = False,
) -> Result:
    """Give rates pulled toward a prior, the more so the less was counted; so they can be shown below five as well.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    prior : (float, float) or pandas.DataFrame
        "As if so many had moved forward, of so many": the same for every group. Or another tally, such as that of a
        room: each group is then pulled toward the room's rate for it.
    by : str
        The column whose groups are counted.
    weight : float
        How many applications the prior from another tally stands for at most; no more than were counted there, and two.
    room_counts_these : bool
        Whether that other tally counts the applications of this one, too. They are then taken out of it, so that none
        says twice what it has to say.

    Returns
    -------
    Result
        One row a group: its counts, ``prior_k`` and ``prior_n``, ``rate`` (the mean of the posterior), ``low`` and
        ``high`` (95%), and ``sentence``, which names the prior.

    Raises
    ------
    ValueError
        If the prior or the column cannot be, a tally lacks a column, or the other tally is said to count these and
        counts fewer.
    """
    check_group(by)
    counted = count(t, [by])
    lines = [*zip(counted[by], counted["progressed"].tolist(), counted["n"].tolist(), strict=True)]
    if isinstance(prior, pd.DataFrame):
        room = _others(count(prior, [by]), by, lines if room_counts_these else [])
        priors = [_from_room(*room.get(name, (0, 0)), weight) for name, _, _ in lines]
    else:
        priors = [(float(prior[0]), float(prior[1]))] * len(lines)
    rows = [(*own, *shrink(k, n, *own)) for (_, k, n), own in zip(lines, priors, strict=True)]
    found = pd.DataFrame(rows, columns=["prior_k", "prior_n", "rate", "low", "high"], dtype="float64")
    table = pd.concat([counted, found], axis="columns")
    told = [_sentence(row, by) for row in table.itertuples()]
    return Result.of("shrunk", table, told, caveats=[*left_out(t, [by]), *of_room(t)], by=by, method="beta")


def _others(room: pd.DataFrame, by: str, own: list[tuple[object, int, int]]) -> dict[object, tuple[int, int]]:
    """Give how many moved forward, of how many, in each group of a room, without a person's own."""
    found = {name: (k, n) for name, k, n in zip(room[by], room["progressed"].tolist(), room["n"].tolist(), strict=True)}
    for name, k, n in own:
        k_room, n_room = found.get(name, (0, 0))
        if not 0 <= k_room - k <= n_room - n:
            raise ValueError(
                f"The other tally cannot count these applications too: for {name} it has {k_room} of {n_room}, and "
                f"these are {k} of {n}; leave room_counts_these out."
            )
        found[name] = k_room - k, n_room - n
    return found


def _from_room(k: int, n: int, weight: float) -> tuple[float, float]:
    stands_for = min(weight, n + EVEN[1])  # a small room is no stronger an opinion than it has reason to be
    return stands_for * (k + EVEN[0]) / (n + EVEN[1]), stands_for


def _sentence(row: Any, by: str) -> str:
    figures = {"prior_k": decimal(row.prior_k), "prior_n": decimal(row.prior_n)}
    key = "few" if row.n < row.prior_n else "shown"
    rate = shares(row.rate, row.low, row.high)
    return text(f"results.shrunk.{key}", who=named(row, [by]), progressed=row.progressed, n=row.n, rate=rate, **figures)
