"""People who do not exist, drawn from a stated model, so that the truth behind their counts is known.

How an interview went decides both what is asked and what becomes of it: after a good one the bold question is asked
more often, and more of them move forward, whatever is asked. So the bold question looks better than it is. `EFFECT` is
what it does beyond that: the odds of moving forward are so many times those after the mild question, for each person
and in each band alike.

People differ: in how often their interviews go well and move forward (the same ones do both), in how bold they are, in
how fast they are answered and how often they are never answered at all. An answer takes longer where it is a no; many
are still open today, others were given up, and some withdrew. Each of `KINDS` is a kind of person, all as frequent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib import outcomes
from closing_lib.models import Asked, Band

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Draw = np.random.Generator

EFFECT = 2.0
BANDS = [str(Band.POOR), str(Band.UNSURE), str(Band.WELL)]
ASKED = [str(Asked.MILD), str(Asked.BOLD)]
WENT = np.array([[0.45, 0.35, 0.20], [0.30, 0.35, 0.35], [0.15, 0.35, 0.50]])  # a row for each skill, a column a band
PROGRESSES = np.array([0.12, 0.30, 0.55])  # after the mild question, at the middle skill
BOLD = np.array([0.15, 0.45, 0.75])  # how often a middling person asks the bold question; else the mild one
STEP = 0.6  # log odds between one skill and the next
BOLDER = 1.0  # log odds between one boldness and the next
PACE = np.array([0.6, 1.0, 1.6])
NEVER = np.array([0.25, 0.55])  # how many of those that do not move forward are never told so
GOOD_NEWS, BAD_NEWS = 10.0, 21.0  # days in which half of the answers have come, at the middle pace
WITHDRAW = 0.002  # a day
OFFER = 0.3  # of what moves forward
WATCHED = 120  # days: each interview was some time ago, up to this long
PATIENCE = 42  # days without an answer, after which it is given up
WEEKS = (1, 2, 4, 8)  # at the end of which waiting is looked at
KINDS = np.array(list(np.ndindex(3, 3, 3, 2)))  # skill, boldness, pace, silence


class People(NamedTuple):
    """Who the applications are from: the kind of each person, and how many applications each has."""

    kinds: Whole
    each: int


def seeds(runs: int, seed: int) -> Iterator[Draw]:
    """Give a generator for each run, each with a seed of its own."""
    return (np.random.default_rng([seed, run]) for run in range(runs))


def people(draw: Draw, n: int, each: int) -> People:
    """Draw the people whose n applications they are, so many of each person."""
    return People(draw.integers(len(KINDS), size=n // each), each)


class Lives(NamedTuple):
    """Applications one by one: kind, band, whether the bold question was asked, and whether it moves forward."""

    kind: Whole
    band: Whole
    bold: npt.NDArray[np.bool_]
    progresses: npt.NDArray[np.bool_]


def lives(draw: Draw, who: People, effect: float = EFFECT) -> Lives:
    """Let the people have their interviews."""
    kind = np.repeat(who.kinds, who.each)
    band = (draw.random(len(kind))[:, None] > went(kind).cumsum(axis=1)[:, :2]).sum(axis=1)
    bold = draw.random(len(kind)) < asks_boldly(kind)[np.arange(len(kind)), band]
    chance = chances(kind, effect)[np.arange(len(kind)), band, bold.astype(int)]
    return Lives(kind, band, bold, draw.random(len(kind)) < chance)


def in_the_end(draw: Draw, found: Lives) -> pd.DataFrame:
    """Give the applications, one a line, when all of them have come to their end."""
    never = draw.random(len(found.kind)) < NEVER[KINDS[found.kind, 3]]
    outcome = np.where(found.progresses, "advanced", np.where(never, "no_reply", "rejected"))
    reading = 3 * found.band + draw.integers(1, 4, size=len(outcome))  # 1 to 9 tenths, by how it went
    return pd.DataFrame(asked(found) | {"outcome": outcome, "score": reading})


def today(draw: Draw, found: Lives) -> pd.DataFrame:
    """Give the applications, one a line, as they stand today: some open, some given up, some withdrawn."""
    n = len(found.kind)
    half = np.where(found.progresses, GOOD_NEWS, BAD_NEWS) * PACE[KINDS[found.kind, 2]]
    never = ~found.progresses & (draw.random(n) < NEVER[KINDS[found.kind, 3]])
    answered = np.where(never, np.inf, draw.exponential(half / np.log(2)))
    left, watched = draw.exponential(1 / WITHDRAW, size=n), draw.uniform(0, WATCHED, size=n)
    good = np.where(draw.random(n) < OFFER, "offer", "advanced")
    silent = np.where(watched > PATIENCE, "no_reply", "open")
    ends = np.where(answered < left, np.where(found.progresses, good, "rejected"), "withdrew")
    first = np.minimum(answered, left)
    outcome = np.where(first < watched, ends, silent)
    weeks = (np.minimum(first, watched) // 7).astype(int)
    return pd.DataFrame(asked(found) | {"outcome": outcome, "weeks": weeks})


def asked(found: Lives) -> dict[str, npt.NDArray[np.object_]]:
    """Give the words for how it went and what was asked."""
    return {"band": np.take(BANDS, found.band), "used": np.take(ASKED, found.bold.astype(int))}


# --- The truth, for a person of one kind, or for all kinds together


def went(kind: Whole) -> Numbers:
    """Give how often interviews go badly, either way, and well: shape (kinds, 3)."""
    return WENT[KINDS[kind, 0]]


def asks_boldly(kind: Whole) -> Numbers:
    """Give how often the bold question is asked in each band: shape (kinds, 3)."""
    return shifted(BOLD[None], (KINDS[kind, 1] - 1)[:, None] * BOLDER)


def chances(kind: Whole, effect: float = EFFECT) -> Numbers:
    """Give how many move forward in each band, after the mild question and the bold one: shape (kinds, 3, 2)."""
    skill = (KINDS[kind, 0] - 1)[:, None, None] * STEP
    return shifted(PROGRESSES[None, :, None], skill + np.log([1.0, effect]))


def shifted(share: Numbers, by: Numbers) -> Numbers:
    """Move shares by log odds."""
    return np.asarray(1 / (1 + (1 / share - 1) * np.exp(-by)))


def cells(kind: Whole) -> tuple[Numbers, Numbers]:
    """Give the share of all applications in each band with each question, and how many of them progress: (3, 2)."""
    bold = asks_boldly(kind)
    share = went(kind)[:, :, None] * np.stack([1 - bold, bold], axis=2) / len(kind)
    return share.sum(axis=0), (share * chances(kind)).sum(axis=0) / share.sum(axis=0)


def odds_ratio(kind: Whole) -> float:
    """Give the effect within bands: `EFFECT` for one person, a little less for people who differ, thrown together."""
    share, rate = cells(kind)
    size = share.prod(axis=1) / share.sum(axis=1)
    return float((size * rate[:, 1] * (1 - rate[:, 0])).sum() / (size * rate[:, 0] * (1 - rate[:, 1])).sum())


def brier(kind: Whole) -> float:
    """Give the true Brier score of the readings."""
    share, rate = cells(kind)
    score = (3 * np.arange(3)[:, None] + np.arange(1, 4)) / 10  # of each band
    progressed = (share * rate).sum(axis=1)
    missed = progressed[:, None] * (1 - score) ** 2 + (share.sum(axis=1) - progressed)[:, None] * score**2
    return float(missed.mean(axis=1).sum())


def still_waiting(kind: Whole, week: int) -> float:
    """Give the true share that has neither an answer nor withdrawn when so many weeks have passed."""
    day = 7 * week
    well, never = progressed(kind), NEVER[KINDS[kind, 3]]
    good, bad = (0.5 ** (day / (half * PACE[KINDS[kind, 2]])) for half in (GOOD_NEWS, BAD_NEWS))
    unanswered = well * good + (1 - well) * (never + (1 - never) * bad)
    return float((unanswered * np.exp(-WITHDRAW * day)).mean())


def offered(kind: Whole, week: int) -> float:
    """Give the true share that has had an offer by then, where whoever withdrew has none."""
    rate = np.log(2) / (GOOD_NEWS * PACE[KINDS[kind, 2]])
    come = rate / (rate + WITHDRAW) * -np.expm1(-(rate + WITHDRAW) * 7 * week)
    return float((OFFER * progressed(kind) * come).mean())


def progressed(kind: Whole) -> Numbers:
    """Give how many of each kind's applications move forward in the end."""
    bold = asks_boldly(kind)
    rate = chances(kind)
    return np.asarray((went(kind) * ((1 - bold) * rate[:, :, 0] + bold * rate[:, :, 1])).sum(axis=1))


# --- People for whom nothing makes a difference


def no_difference(draw: Draw, n: int) -> pd.DataFrame:
    """Give the tally of n applications in which three questions are asked and none of them changes anything."""
    found = lives(draw, people(draw, n, n if n < 100 else 1), effect=1.0)
    used = np.where(found.bold, str(Asked.BOLD), np.where(draw.random(n) < 0.6, str(Asked.MILD), str(Asked.STANDING)))
    return tallied(found.band, used, found.progresses)


def readings_that_mean_nothing(draw: Draw, n: int) -> pd.DataFrame:
    """Give the tally of n applications whose interviews move forward as often, however they went."""
    band, reading = draw.integers(3, size=n), draw.integers(1, 4, size=n)
    return tallied(band, np.full(n, str(Asked.MILD)), draw.random(n) < 0.35, 3 * band + reading)


def readings_of_the_usual(draw: Draw, n: int) -> pd.DataFrame:
    """Give the tally of n applications, all read as 30%, as many as move forward: no worse, no better than that."""
    return tallied(np.ones(n, int), np.full(n, str(Asked.MILD)), draw.random(n) < 0.3, np.full(n, 3))


def tallied(
    band: Whole, used: npt.NDArray[np.str_], progresses: npt.NDArray[np.bool_], score: int | Whole = 5
) -> pd.DataFrame:
    """Count what became of them."""
    outcome = np.where(progresses, "advanced", "rejected")
    found = {"band": np.take(BANDS, band), "used": used, "outcome": outcome, "score": score}
    return outcomes.tally(pd.DataFrame(found))
