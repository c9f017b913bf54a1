"""Rates pulled toward a prior that is shown: the person's own guess, or what a room of others counted."""

from __future__ import annotations

import math
from typing import Annotated, Any

import numpy as np
import pandas as pd

from closing_lib.arguments import validate_call, validated
from closing_lib.content import text
from closing_lib.content.figures import decimal
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import INTERVAL, Cells, Groups, check_group, grouped
from closing_lib.outcomes.questions.wording import left_out, named, no_reply, rate_sentence, shares
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST, pooled_prior
from closing_lib.outcomes.statistics.rates import shrink

PRIOR = (2.0, 4.0)  # as if two of four had moved forward: hardly an opinion, and it keeps 1 of 1 from reading 100%
MOST = 10.0  # interviews that a room stands for at most, where it cannot tell how alike its people are
EVEN = (1.0, 2.0)  # of a room that counted nothing: any rate as likely as any other
_NOBODY = np.zeros(1, dtype=np.int64)


def _prior(name: str, given: object) -> object:
    if given is None:
        return None
    return validated(name, given, Tally if isinstance(given, pd.DataFrame) else tuple[float, float])


@validate_call
def shrunk(
    t: Tally,
    prior: Annotated[tuple[float, float] | pd.DataFrame | None, _prior] = None,
    *,
    by: str = "used",
    room_counts_these: bool = False,
) -> Result:
    """Give rates pulled toward a prior, the more so the less was counted; so they can be shown below five as well.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally; of a room, the rates are those of one more person of it, of whom nothing was counted.
    prior : (float, float), pandas.DataFrame or None
        "As if so many had moved forward, of so many": the same for every group; two of four where none is given. Or the
        tally of a room: each group is then pulled toward what its people say, the more so the more alike they are
        (beta-binomial). Where that cannot be told, below five people or where the room has no ``person``, it stands for
        what it counted, and two, up to ten interviews.
    by : str
        The column whose groups are counted.
    room_counts_these : bool
        Whether the room counts the interviews of this tally, too. They are then taken out of it, so that none says
        twice what it has to say; ValueError if nobody of it has these counts.

    Returns
    -------
    Result
        One row a group: its counts, ``prior_k`` and ``prior_n``, ``rate`` (the mean of the posterior), ``low`` and
        ``high`` (95%), and ``sentence``, which names the prior.
    """
    check_group(by)
    counted = grouped(t, [by])
    groups, is_room = counted.table, counted.of.is_room and prior is None
    lines = [*zip(groups[by], groups["progressed"].tolist(), groups["n"].tolist(), strict=True)]
    if isinstance(prior, pd.DataFrame) or is_room:
        room = grouped(prior, [by]) if isinstance(prior, pd.DataFrame) else counted
        people = _people(room, by, lines if room_counts_these else [])
        priors = [_from_room(*people.get(name, (_NOBODY, _NOBODY)), is_all=is_room) for name, _, _ in lines]
    else:
        priors = [(float(k), float(n)) for k, n in [prior or PRIOR] * len(lines)]
    rows = [
        (*own, *((math.nan,) * 3 if math.isnan(own[0]) else shrink(k * (not is_room), n * (not is_room), *own)))
        for (_, k, n), own in zip(lines, priors, strict=True)
    ]
    names = ["prior_k", "prior_n", *INTERVAL]
    table = groups.assign(**dict(zip(names, np.array(rows, dtype=float).reshape(-1, 5).T, strict=True)))
    told = [_sentence(row, by, is_room=is_room) for row in table.itertuples()]
    caveats = [*no_reply(groups), *left_out(t, [by])]
    return counted.of.result("shrunk", table, told, caveats=caveats, by=by, method="beta", is_room=is_room)


def _people(room: Groups, by: str, own: list[tuple[object, int, int]]) -> dict[object, tuple[Cells, Cells]]:
    """How many moved forward, of how many, of each person of a room in each group; without one of these counts.

    Where the room does not know who is who, it counts as one person.
    """
    counts = np.stack(room.rated[::-1])  # of two kinds, groups and people
    places = {name: place for place, name in enumerate(room.table[by])}
    mine = np.zeros((2, len(places), 1), dtype=np.int64)
    for name, k, n in own:
        if n and name in places:
            mine[:, places[name], 0] = n, k
    is_lost = any(n and name not in places for name, _, n in own)
    if mine.any() and room.of.is_room:
        is_me = (counts == mine).all(axis=(0, 1))
        is_lost |= not is_me.any()
        counts = np.delete(counts, is_me.argmax(), axis=2)
    else:
        counts = counts - mine
    if is_lost or (counts < 0).any() or (counts[1] > counts[0]).any():
        why = "nobody in it has these counts; leave room_counts_these out"
        raise ValueError(f"The room does not count these interviews too: {why}.")
    return {name: (counts[1, place], counts[0, place]) for name, place in places.items()}


def _from_room(k: Cells, n: Cells, *, is_all: bool) -> tuple[float, float]:
    """Prior from the counts of people; where it is all there is, none from fewer than five."""
    if (n > 0).sum() >= FEWEST:
        return pooled_prior(k, n)
    if is_all:
        return math.nan, math.nan
    stands_for = min(MOST, n.sum() + EVEN[1])  # a small room is no stronger an opinion than it has reason to be
    return stands_for * (k.sum() + EVEN[0]) / (n.sum() + EVEN[1]), stands_for


def _sentence(row: Any, by: str, *, is_room: bool) -> str:
    who = named(row, [by])
    if math.isnan(row.rate):
        return rate_sentence(row, who)
    figures = {"prior_k": decimal(row.prior_k), "prior_n": decimal(row.prior_n)}
    key = "room" if is_room else "none" if not row.n else "few" if row.n < row.prior_n else "shown"
    rate = shares(row.rate, row.low, row.high)
    return text(f"results.shrunk.{key}", who=who, progressed=row.progressed, n=row.n, rate=rate, **figures)
