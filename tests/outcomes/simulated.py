"""People who do not exist, drawn from a stated model, so that the truth behind their counts is known.

Each application goes from a screening to a final, as long as every interview leads on. Whether it does depends on the
person's skill, on the round, and on how the interview truly went; and how that went depends on the first two. After a
good one the bold question is asked more often, and more often by bold people, who are the skilled ones as well. So the
bold question looks better than it is. `Model.effect` is what it does beyond that, and the question about where one
stands too: the odds of moving forward are so many times those after the mild question or none.

The draws are made from tables of chances, and the truth is the mean of these. Nothing of the kit is used but its words.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, ndtr, ndtri, softmax

from closing_lib.outcomes.vocabulary import WORDS

Draw = np.random.Generator
Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

ROUNDS = ["screen", "first", "panel", "final"]
BANDS = ["poor", "unsure", "well"]
USED = ["mild", "standing", "bold", "nothing"]
MILD, STANDING, BOLD, NOTHING = range(4)
DIRECT = np.array([STANDING, STANDING, BOLD])  # the more direct question, after each band
PANEL, FINAL = 2, 3
ALIKE = 0.5  # correlation of skill and boldness
EASE, EASIER = np.array([0.3, 0.0, -0.1, -0.2]), 0.4  # how well it goes in each round, and by a deviation of skill
ENDS_OF_BANDS = np.array([-0.45, 0.45])
START = np.array([-0.1, -0.5, -0.5, -0.8])  # log odds of moving forward in each round, if it went neither way
SLOPE, SKILL = 1.0, 0.6  # log odds from one band to the next, and by a deviation of skill
# how often each question is asked after each band, on a scale of logarithms
TASTE = np.array([[0.0, -0.2, -1.5, -0.4], [0.0, 0.0, -0.5, -0.8], [0.0, -0.2, 0.5, -1.2]])
BLOCK = np.array([False, False, True, True])
GOOD_NEWS, BAD_NEWS = 10.0, 18.0  # days in which half of the answers have come, at the middle one of paces
PACES = np.array([0.7, 1.0, 1.4])  # of people: some are answered slowly
NEVER = 0.35  # of the noes are never told
LEAVES, LEAVING = 0.05, 14  # are withdrawn before any answer, within so many days
PATIENCE = 42  # days after which silence is logged as no reply
WINDOW, BEFORE = 300, 250  # days that a log goes back, and days before it in which applications began
LATE, DAYS_LATE, FRESH = 0.1, 14, 7  # are assessed late, by up to so many days; after a week that says nothing
ONLY_EVENTS = 0.05  # of the interviews are kept as a day and nothing more
LETTERS, LETTER = np.array([0, 1, 4, 10, 999]), np.array([0.35, 0.2, 0.1, 0.1, 0.25])  # days after which, how often
LATER = 5000  # days from now: everything has come to its end
_ALL = slice(None)


class Model(NamedTuple):
    """What may differ from one history to another.

    Attributes
    ----------
    effect : float
        Odds of moving forward after the bold question or that about standing, against the others.
    right : float
        How often the band that is noted is the right one; if it isn't, any other as likely.
    reliability : float
        Of the rating behind the band: the part of its variance that is how the interview went.
    complies : float or None
        If the kit draws the question: how often it is asked as drawn, after good interviews a little more often.
    """

    effect: float = 1.0
    right: float = 1.0
    reliability: float = 1.0
    complies: float | None = None

    @property
    def as_drawn(self) -> Numbers:
        """How often what was drawn is asked, after each band."""
        complies = self.complies or 0.0
        return np.asarray(complies + min(0.1, 1 - complies) * np.array([-1.0, 0.0, 1.0]))


class People(NamedTuple):
    """Skill and boldness, how slowly each is answered, and how many applications each began before or in the window.

    About as many interviews fall into the window.
    """

    skill: Numbers
    boldness: Numbers
    pace: Numbers
    applications: Whole

    @classmethod
    def drawn(cls, draw: Draw, n: int, least: int, most: int) -> People:
        """Draw n people with from ``least`` to ``most`` applications each."""
        skill, own = draw.standard_normal((2, n))
        return cls._of(skill, own, draw.choice(PACES, n), draw.integers(least, most + 1, n))

    @classmethod
    def everybody(cls, n: int = 3000) -> People:
        """Make the people whom all others are drawn from, evenly spread, so that few have their mean."""
        mix, even = np.random.default_rng(0).permutation, ndtri((np.arange(n) + 0.5) / n)
        return cls._of(even, mix(even), mix(np.resize(PACES, n)), np.ones(n, int))

    @classmethod
    def _of(cls, skill: Numbers, own: Numbers, pace: Numbers, applications: Whole) -> People:
        return cls(skill, ALIKE * skill + np.sqrt(1 - ALIKE**2) * own, pace, applications)


class Truth:
    """The chances behind what some people's interviews come to; axes are people, rounds, bands and questions."""

    def __init__(self, who: People, model: Model) -> None:
        self.who, self.model = who, model
        self.middle: Numbers = EASIER * who.skill[:, None] + EASE  # how interviews go on the whole
        self.went: Numbers = np.diff(ndtr(ENDS_OF_BANDS - self.middle[..., None]), axis=-1, prepend=0.0, append=1.0)
        self.asks: Numbers = softmax(TASTE + who.boldness[:, None, None] * (np.arange(4) == BOLD), axis=-1)  # no rounds
        base = START[:, None, None] + SLOPE * (np.arange(3) - 1)[:, None]
        bonus = np.log(model.effect) * np.isin(np.arange(4), [STANDING, BOLD])
        self.chance: Numbers = expit(base + bonus + SKILL * who.skill[:, None, None, None])

    @cached_property
    def share(self) -> Numbers:
        """How many interviews there are of each kind, as axes of `chance`, where the question is chosen freely."""
        each = self.went[..., None] * self.asks[:, None]
        on = (1 - LEAVES) * (each * self.chance).sum(axis=(2, 3))
        first = on[:, 0]
        final = first * on[:, 1] * (1 + on[:, PANEL]) / 2
        held = np.stack([np.ones_like(first), first, first * on[:, 1] / 2, final], axis=1)
        return np.asarray(each * (held * self.who.applications[:, None])[..., None, None])

    def mean(self, values: Numbers, band: int | slice = _ALL, used: int | slice = _ALL) -> float:
        """Find the mean over all interviews, or over those of a band or a question."""
        share, of = (one[..., band, used] for one in np.broadcast_arrays(self.share, values))
        return float((share * of).sum() / share.sum())

    @property
    def brier(self) -> float:
        """The Brier score of readings of the true band, in tenths."""
        reading = (3 * np.arange(3)[:, None, None] + np.arange(1, 4)) / 10  # (bands, 1, tenths)
        good, bad = ((one**2).mean(axis=-1) for one in (1 - reading, reading))
        return self.mean(self.chance * good + (1 - self.chance) * bad)

    def waiting(self, days: float) -> float:
        """Find how many are still neither answered nor withdrawn after so many days."""
        return self.mean((1 - LEAVES) * self._unanswered(days)) + LEAVES * max(0.0, 1 - days / LEAVING)

    def heard(self, days: float, until: float) -> float:
        """Find how many of those still waiting after so many days have had an answer by a later day."""
        come = (1 - LEAVES) * (self._unanswered(days) - self._unanswered(until))
        return self.mean(come) / self.waiting(days)

    def _unanswered(self, days: float) -> Numbers:
        good, bad = (0.5 ** (days / half / self.who.pace)[:, None, None, None] for half in (GOOD_NEWS, BAD_NEWS))
        return np.asarray(self.chance * good + (1 - self.chance) * (NEVER + (1 - NEVER) * bad))

    def if_drawn(self, *, direct: bool) -> Numbers:
        """How often an interview leads on if one arm was drawn, asked or not: (people, rounds)."""
        drawn, complies = np.eye(4)[DIRECT if direct else [MILD] * 3], self.model.as_drawn[:, None]
        asks = complies * drawn + (1 - complies) * self.asks
        return np.asarray((self.went[..., None] * asks[:, None] * self.chance).sum(axis=(2, 3)))


def history(draw: Draw, truth: Truth) -> pd.DataFrame:
    """Draw all interviews of some people up to today, one a line, and what is to come of each.

    Days are whole numbers: ``held``, today being 0, and from then on ``answer``, ``written``, ``letter``. ``band`` is
    how it truly went, ``noted`` what is written down of it, ``drawn`` -1 for nothing. Words are their places in lists.
    """
    person = np.repeat(np.arange(len(truth.who.skill)), truth.who.applications)
    day = draw.integers(-WINDOW - BEFORE, 1, len(person))
    goes_on, has_panel = np.ones(len(person), bool), draw.random(len(person)) < 0.5
    parts = []
    for stage in range(len(ROUNDS)):
        here = np.flatnonzero(goes_on & (has_panel | (stage != PANEL)))
        found = _interviews(draw, truth, person[here], stage) | {"application": here, "held": day[here]}
        parts.append(found)
        goes_on[here] = found["good"] & ~found["leaves"]
        day[here] += np.where(goes_on[here], found["answer"] + draw.integers(2, 10, len(here)), 0)
    every = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    kept = np.flatnonzero((every["held"] > -WINDOW) & (every["held"] <= 0))
    return pd.DataFrame({name: values[kept] for name, values in every.items()})


def _interviews(draw: Draw, truth: Truth, person: Whole, stage: int) -> dict[str, npt.NDArray[Any]]:
    n, model = len(person), truth.model
    how = truth.middle[person, stage] + draw.standard_normal(n)
    noise = np.sqrt((1 / model.reliability - 1) * (1 + EASIER**2)) * draw.standard_normal(n)
    band, noted = np.digitize(how, ENDS_OF_BANDS), np.digitize(how + noise, ENDS_OF_BANDS)
    noted = np.where(draw.random(n) < model.right, noted, (noted + draw.integers(1, 3, n)) % 3)
    used = (draw.random(n)[:, None] > truth.asks[person, band].cumsum(axis=1)[:, :-1]).sum(axis=1)
    drawn = np.full(n, -1)
    if model.complies is not None:
        drawn = np.where(_in_blocks(draw, person), DIRECT[band], MILD)
        used = np.where(draw.random(n) < model.as_drawn[band], drawn, used)
    good, leaves = draw.random(n) < truth.chance[person, stage, band, used], draw.random(n) < LEAVES
    answer = draw.exponential(np.where(good, GOOD_NEWS, BAD_NEWS) * truth.who.pace[person] / np.log(2))
    answer = np.where(~good & (draw.random(n) < NEVER), LATER, answer)
    answer = np.where(leaves, draw.uniform(0, LEAVING, n), answer).astype(int)
    written = np.where(draw.random(n) < LATE, draw.integers(1, DAYS_LATE + 1, n), 0)
    noted = np.where(written > answer, np.clip(noted + np.where(good, 1, -1), 0, 2), noted)  # rosier, knowing it
    letter, tenth, is_event = draw.choice(LETTERS, n, p=LETTER), draw.integers(1, 4, n), draw.random(n) < ONLY_EVENTS
    given = {"person": person, "round": np.full(n, stage), "band": band, "noted": noted, "used": used, "drawn": drawn}
    given |= {"good": good, "leaves": leaves, "answer": answer, "written": written}
    return given | {"letter": letter, "tenth": tenth, "is_event": is_event}


def _in_blocks(draw: Draw, person: Whole) -> npt.NDArray[np.bool_]:
    """Draw the arms: in blocks of four, half of each, for each person; the round is the same here."""
    place = pd.Series(person).groupby(person).cumcount().to_numpy()
    block = person * (place.max(initial=0) // 4 + 1) + place // 4
    arms = draw.permuted(np.tile(BLOCK, (int(block.max(initial=0)) + 1, 1)), axis=1)
    return np.asarray(arms[block, place % 4])


def as_asks(found: pd.DataFrame, day: int = 0) -> pd.DataFrame:
    """One line an interview, typed as in a tally, as it stands on a day: today, or `LATER`, when all has ended."""
    one: dict[str, Any] = {str(name): column.to_numpy() for name, column in found.items()}
    open_for, is_kept = day - one["held"], ~one["is_event"]
    good = np.where(one["round"] == FINAL, "offer", "advanced")
    end = np.where(one["leaves"], "withdrew", np.where(one["good"], good, "rejected"))
    ended, silent = one["answer"] <= open_for, np.where(open_for >= PATIENCE, "no_reply", "open")
    outcome, waited = np.where(ended, end, silent), np.minimum(one["answer"], open_for)
    closed = np.where(outcome == "no_reply", PATIENCE, waited)  # a letter after it comes too late
    is_read = is_kept & (one["written"] <= np.minimum(waited, FRESH))
    letter = np.where(one["letter"] <= closed, one["letter"], LATER)
    thanks = np.select([letter <= 1, letter <= 6, letter < LATER], ["in_time", "late", "later"], "none")
    used, advised = np.take(USED, one["used"]), np.take(USED, one["noted"])
    columns = {
        "person": one["person"],
        "round": np.where(is_kept, np.take(ROUNDS, one["round"]), None),
        "band": np.where(is_read, np.take(BANDS, one["noted"]), None),
        "used": np.where(is_kept, used, None),
        "drawn": np.where(is_kept & (one["drawn"] >= 0), np.take(USED, one["drawn"]), None),
        "outcome": outcome,
        "weeks": waited // 7,
        "score": np.where(is_read, 3 * one["noted"] + one["tenth"], np.nan),
        "followed": np.where(is_kept, np.where(advised == used, "yes", "no"), None),
        "thanks": np.where(is_kept & ((letter < LATER) | (closed > 1)), thanks, None),
    }
    return pd.DataFrame(
        {
            name: pd.Categorical(values, WORDS[name], ordered=True) if name in WORDS else pd.array(values, "Int64")
            for name, values in columns.items()
        }
    )
