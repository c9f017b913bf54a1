"""People who do not exist, drawn from a stated model, so that the truth behind their counts is known.

How an interview went decides both what is asked and what becomes of it: after a good one the bold question is asked
more often, and more of them lead on, whatever is asked. So the bold question looks better than it is. `EFFECT` is what
it does beyond that: the odds of leading on are so many times those after the mild question, in each band alike.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from closing_lib import outcomes
from closing_lib.models import Asked, Band

EFFECT = 2.0
BANDS = [str(Band.WELL), str(Band.UNSURE), str(Band.POOR)]
SHARES = np.array([0.35, 0.35, 0.30])  # of the interviews that went well, either way, badly
BOLD = np.array([0.75, 0.45, 0.15])  # how often the bold question is asked after them; else the mild one
LEADS_ON = np.array([0.55, 0.30, 0.12])  # after the mild question
HALF_LIFE = 21.0  # days in which half of those that are still waiting have their answer
WATCHED = 90  # days: each is followed for a time up to this long
WEEKS = (1, 2, 4, 8)  # at the end of which waiting is looked at
OFFERED = 0.3  # of the answers
SCORES = np.arange(1, 10)  # readings in tenths, each as often
BRIER = float((SCORES / 10 * (1 - SCORES / 10)).mean())  # the true score of readings that are right


def seeds(runs: int, seed: int) -> Iterator[np.random.Generator]:
    """Give a generator for each run, each with a seed of its own."""
    return (np.random.default_rng([seed, run]) for run in range(runs))


def comparison(draw: np.random.Generator, n: int, effect: float = EFFECT) -> pd.DataFrame:
    """Give the tally of n applications, all answered: band, bold or mild, and whether they led on."""
    band = draw.choice(3, size=n, p=SHARES)
    bold = draw.random(n) < BOLD[band]
    odds = LEADS_ON[band] / (1 - LEADS_ON[band]) * np.where(bold, effect, 1.0)
    return tallied(draw, band, np.where(bold, str(Asked.BOLD), str(Asked.MILD)), odds / (1 + odds))


def no_difference(draw: np.random.Generator, n: int) -> pd.DataFrame:
    """Give the tally of n applications in which three questions are asked and none of them changes anything."""
    band = draw.choice(3, size=n, p=SHARES)
    bold, mild = draw.random(n) < BOLD[band], draw.random(n) < 0.6
    used = np.where(bold, str(Asked.BOLD), np.where(mild, str(Asked.MILD), str(Asked.STANDING)))
    return tallied(draw, band, used, LEADS_ON[band])


def readings_that_mean_nothing(draw: np.random.Generator, n: int) -> pd.DataFrame:
    """Give the tally of n applications whose interviews lead on as often, however they went."""
    band = draw.choice(3, size=n, p=SHARES)
    return tallied(draw, band, np.full(n, str(Asked.MILD)), np.full(n, 0.35))


def tallied(draw: np.random.Generator, band: np.ndarray, used: np.ndarray, chance: np.ndarray) -> pd.DataFrame:
    """Count what became of them."""
    outcome = np.where(draw.random(len(band)) < chance, "advanced", "rejected")
    return outcomes.tally(pd.DataFrame({"band": np.take(BANDS, band), "used": used, "outcome": outcome}))


def waiting(draw: np.random.Generator, n: int) -> pd.DataFrame:
    """Give the tally of n applications of which `OFFERED` of the answers are offers, and the others a no."""
    t = draw.exponential(HALF_LIFE / np.log(2), size=n)
    watched = draw.uniform(0, WATCHED, size=n)
    answer = np.where(draw.random(n) < OFFERED, "offer", "rejected")
    outcome = np.where(t < watched, answer, "open")
    return outcomes.tally(pd.DataFrame({"outcome": outcome, "weeks": (np.minimum(t, watched) // 7).astype(int)}))


def readings(draw: np.random.Generator, n: int) -> pd.DataFrame:
    """Give the tally of n applications whose reading is how likely they are to lead on: the best there can be."""
    score = draw.choice(SCORES, size=n)
    outcome = np.where(draw.random(n) < score / 10, "advanced", "rejected")
    return outcomes.tally(pd.DataFrame({"score": score, "outcome": outcome}))


def still_waiting(week: int) -> float:
    """Give the true share that is still waiting when so many weeks have passed."""
    return float(0.5 ** (7 * week / HALF_LIFE))
