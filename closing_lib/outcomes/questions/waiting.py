"""How long an answer takes, which it is, and what becomes of silence: those without an answer go on waiting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import MIN_N, Cells, People, Which, framed, need, numbers
from closing_lib.outcomes.questions.wording import shares, still, with_withdrawn
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.clustered import FEWEST
from closing_lib.outcomes.statistics.survival import GROUPS, cumulative_incidence, ends_later, median, survival
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES, Nudged

ENDS = [EventKind.ADVANCED, EventKind.OFFER, EventKind.REJECTED, EventKind.WITHDREW]
STILL = [EventKind.NO_REPLY, OPEN]  # silence: followed as long as it was watched, and not known to be the end
WEEK = 7
_CAUSE = np.array([{str(end): place for place, end in enumerate(ENDS, 1)}.get(word, 0) for word in OUTCOMES])
_HEARD = np.array([0 if word in STILL else 2 if word == EventKind.WITHDREW else 1 for word in OUTCOMES])
_ALIKE = np.array([OUTCOMES.index(("open", "rejected", "withdrew")[cause]) for cause in _HEARD], dtype=np.int8)
_STILL_OPEN = OUTCOMES.index(OPEN)
_DENSE = 2_000_000  # places up to which counts are added up each in its own
_LONGEST = 8  # weeks of silence that are told
_SOON = 4  # weeks in which a reminder is to have helped
_COUNTED = ["days", "silent", "heard", "progressed", "no_reply", "open", "withdrew"]
_SHARES = ["until", "rate", "low", "high"]


class Followed(NamedTuple):
    """Interviews that were followed: of each line ``asked``, the weeks, the outcome's code, how many, and whose.

    The first is the week of a reminder, 0 where these are not told apart by it. The people of a large room are counted
    in `GROUPS`, as many as the error of a curve needs; they are None where they are one person's.
    """

    asked: npt.NDArray[Any]
    weeks: npt.NDArray[Any]
    outcome: npt.NDArray[Any]
    n: Cells
    people: npt.NDArray[Any] | None

    @classmethod
    def of(cls, t: pd.DataFrame, people: People, asked: Cells | None = None) -> Followed:
        """Those of a tally with a date."""
        need(t, ["weeks", "outcome"])
        weeks, outcome = numbers(t, "weeks"), t["outcome"].cat.codes.to_numpy()
        is_there = (weeks >= 0) & (outcome >= 0)
        whose = people.number % np.int32(GROUPS) if people.is_room else None
        if asked is None:
            return cls(np.zeros_like(outcome), weeks, outcome, t["n"].to_numpy(), whose).counted(is_there)
        return cls(asked, weeks, _ALIKE[outcome], t["n"].to_numpy(), whose).counted(is_there & (asked >= 0))

    def those(self, which: npt.NDArray[Any] | slice) -> Followed:
        """Some of them."""
        return Followed(*(None if one is None else one[which] for one in self))  # type: ignore[arg-type]  # as they were

    def asked_from(self, week: int, until: int) -> Followed:
        """Those who were asked again from one week on, up to another: they are in that order."""
        return self.those(slice(*np.searchsorted(self.asked, [week, until])))

    def counted(self, is_there: Which | None = None) -> Followed:
        """One line for each combination that occurs, of all or of some of them."""
        parts = {name: one for name, one in self._asdict().items() if name != "n" and one is not None}
        sizes = [max(0, int(one.max(initial=0))) + 1 for one in parts.values()]
        key = np.zeros(len(self.n), dtype=np.int64)
        for one, size in zip(parts.values(), sizes, strict=True):
            key *= size
            key += one
        if is_there is not None:
            key[~is_there] = math.prod(sizes)
        if math.prod(sizes) <= _DENSE:
            sums = np.bincount(key, weights=self.n, minlength=math.prod(sizes) + 1)[:-1]
            found = np.flatnonzero(sums)
            n = sums[found]
        else:
            found, place = np.unique(key, return_inverse=True)
            n = np.bincount(place, weights=self.n)
            found, n = (one[(n > 0) & (found < math.prod(sizes))] for one in (found, n))
        return self._replace(n=n.astype(np.int64), **dict(zip(parts, np.unravel_index(found, sizes), strict=True)))

    @property
    def many(self) -> int:
        """How many there are."""
        return int(self.n.sum())

    @property
    def is_few(self) -> bool:
        """Whether there are fewer than five people, in a room."""
        return self.people is not None and int((np.bincount(self.people) > 0).sum()) < FEWEST

    def of_outcomes(self) -> dict[str, int]:
        """How many there are of each outcome."""
        found = np.bincount(self.outcome, weights=self.n, minlength=len(OUTCOMES))
        return dict(zip(OUTCOMES, map(int, found), strict=True))

    def known_until(self, *, with_last: bool = False) -> int:
        """Find the last week of which a share can be told; -1 where there is none.

        From the first that was followed no longer on, five have to be followed: what a few come to says little of the
        others. Nor may the curve end with the last of them, unless `with_last`: it would say that all have an answer.
        """
        if self.many < MIN_N or self.is_few:
            return -1
        ends = len(OUTCOMES)
        size = (int(self.weeks.max()) + 1) * ends
        each = np.bincount(self.weeks * ends + self.outcome, weights=self.n, minlength=size).reshape(-1, ends)
        here, lost_here = each.sum(axis=1), each[:, _CAUSE == 0].sum(axis=1)
        at_risk = np.cumsum(here[::-1])[::-1]
        is_left = (at_risk - here + lost_here > 0) | with_last
        known = np.flatnonzero((here > 0) & ((np.cumsum(lost_here) == 0) | ((at_risk >= MIN_N) & is_left)))
        return int(known[-1]) if len(known) else -1

    def heard_by(self, after: int, last: int) -> dict[str, float]:
        """The share that hears back by a week, of those who were silent after another; missing if it comes before."""
        if last < after:
            return dict.fromkeys(_SHARES, math.nan)
        of: dict[str, Any] = {"counts": self.n, "grouped": True, "people": self.people}
        found = ends_later(self.weeks, _HEARD[self.outcome], after, last, of=1, **of)
        return dict(zip(_SHARES, ((last + 1) * WEEK, found.share, found.low, found.high), strict=True))


# --- How long it takes


@validate_call
def time_to_answer(t: Tally) -> Result:
    """Estimate how many are still waiting, by week; open ones count for as long as they have waited (Kaplan-Meier).

    An answer or a withdrawal ends the waiting. An application that is open, or was given up as "no reply", is taken to
    be still waiting on the day of the tally, which lies somewhere within its last week: there it counts half.
    `answers_over_time` tells which end it was.

    Returns
    -------
    Result
        One row a week that occurs: ``weeks`` (whole weeks that have gone by before the answer: 0 is within 7 days),
        ``at_risk``, ``ended`` in it, ``waiting`` after it with ``low`` and ``high`` (95%; of a room over people), and
        ``sentence``. Shares are missing where fewer than five are still followed, unless all that came before are known
        to the end, and in a room below five people.
    """
    return _waiting("time_to_answer", "waiting", t)


@validate_call
def first_answer(t: Tally) -> Result:
    """Estimate how many applications (`applications`) are still without a first answer, by week.

    An interview is an answer, on its day where nothing earlier is known. The columns are those of `time_to_answer`.
    """
    need(t, ["answer", "weeks"])
    return _waiting("first_answer", "first_answer", t.assign(outcome=t["answer"]))


def _waiting(kind: str, words: str, t: pd.DataFrame) -> Result:
    lines = Followed.of(t, people := People(t))
    found = survival(lines.weeks, _CAUSE[lines.outcome] > 0, lines.n, grouped=True, people=lines.people)
    figures = ["survival", "low", "high"]
    found.loc[found["time"] > lines.known_until(with_last=True), figures] = np.nan
    whole = _half(words, lines, found)
    found.loc[found["time"] > lines.known_until(), figures] = np.nan
    found = found.rename(columns={"time": "weeks", "events": "ended", "survival": "waiting"}).astype({"weeks": "int64"})
    told = [_week_sentence(row) for row in found.itertuples()]
    return people.result(kind, found, told, whole, caveats=_undated(t, lines), method="kaplan_meier")


@validate_call
def answers_over_time(t: Tally) -> Result:
    """Estimate how many have had each answer by each week, where one answer excludes the others (Aalen-Johansen).

    Returns
    -------
    Result
        For each end (``"advanced"``, ``"offer"``, ``"rejected"``, ``"withdrew"``) a row a week: ``outcome``,
        ``weeks``, ``n``, how many so far, ``incidence`` with ``low`` and ``high`` (95%; missing as in
        `time_to_answer`), and ``sentence``. What is missing to 100% in a week is what that calls waiting.
    """
    lines = Followed.of(t, people := People(t))
    found = cumulative_incidence(lines.weeks, _CAUSE[lines.outcome], lines.n, grouped=True, people=lines.people)
    names = [str(end) for end in ENDS]
    found["outcome"] = pd.Categorical.from_codes(found["cause"].to_numpy() - 1, pd.Index(names), ordered=True)
    found["n"] = found.groupby("cause")["events"].cumsum()
    found = found.rename(columns={"time": "weeks"}).astype({"weeks": "int64", "n": "int64"})
    is_known = found["weeks"] <= lines.known_until()
    found.loc[~is_known, ["incidence", "low", "high"]] = np.nan
    found = found[["outcome", "weeks", "n", "incidence", "low", "high"]]
    told = [_answer_sentence(row) for row in found.itertuples()]
    last = (found[is_known] if is_known.any() else found).groupby("outcome", observed=True).tail(1).index
    whole = " ".join(told[place] for place in last) or (_counted("waiting", lines) if lines.many else None)
    caveats = _undated(t, lines)
    return people.result("answers_over_time", found, told, whole, caveats=caveats, method="aalen_johansen")


def _half(words: str, lines: Followed, found: pd.DataFrame) -> str:
    """Say within how many days half had an answer."""
    n = lines.many
    if n < MIN_N:
        return text(f"results.{words}.few", n=n, needed=MIN_N)
    if lines.is_few:
        return text("results.waiting.few_people", n=n, needed=FEWEST)
    ends = [median(found.assign(survival=found[name])) for name in ("survival", "low", "high")]
    middle, early, late = (None if math.isnan(end) else (int(end) + 1) * WEEK for end in ends)
    key = "none" if not middle else "open_end" if late is None else "week_exact" if early == late else "half"
    half = text(f"results.{words}.{key}", days=middle, early=early, late=late)
    return f"{half} {_counted(words, lines)}"


def _counted(words: str, lines: Followed) -> str:
    counts = lines.of_outcomes()
    return text(f"results.{words}.counted", n=lines.many, open=counts[OPEN], no_reply=counts[EventKind.NO_REPLY])


def _undated(t: pd.DataFrame, lines: Followed, key: str = "waiting.undated") -> Iterator[str]:
    """Say how many are left out, since a date is missing."""
    if n := int(t["n"].sum()) - lines.many:
        yield text(f"results.{key}", n=n)


def _week_sentence(row: Any) -> str:
    days = (row.weeks + 1) * WEEK
    if math.isnan(row.waiting):
        return text("results.waiting.week_few", days=days, ended=row.ended, n=row.at_risk)
    return text("results.waiting.week", days=days, rate=shares(row.waiting, row.low, row.high))


def _answer_sentence(row: Any) -> str:
    said = {"outcome": text(f"outcomes.event.{row.outcome}"), "days": (row.weeks + 1) * WEEK, "n": row.n}
    if math.isnan(row.incidence):
        return text("results.answers.few", **said)
    return text("results.answers.week", **said, rate=shares(row.incidence, row.low, row.high))


# --- What becomes of silence


@validate_call
def silence(t: Tally, days: Sequence[int] | None = None) -> Result:
    """Tell what becomes of those who have been silent for so many days: how many still hear, and how many well.

    That is read off the curve of waiting from that day on, so that open ones count for as long as they were followed;
    one given up as "no reply" goes on waiting, and one that was withdrawn hears nothing any more.

    Parameters
    ----------
    days : sequence of int or None
        Full weeks in days: 7, 14, ...; up to eight weeks where none are given.

    Returns
    -------
    Result
        One row for each: ``days``, ``silent`` at least that long; of them ``heard`` afterwards, ``progressed`` of
        those, ``no_reply``, ``open`` and ``withdrew``; ``rate``, the share that hears back by day ``until`` after the
        interview, with ``low`` and ``high`` (95%), missing below five, and in a room below five people; ``sentence``.
    """
    wanted = [WEEK * week for week in range(1, _LONGEST + 1)] if days is None else [*days]
    if wrong := [day for day in wanted if day % WEEK or day < WEEK]:
        raise ValueError(f"A tally counts full weeks, so {wrong[0]} days cannot be told; choose 7, 14, 21, ...")
    lines = Followed.of(t, people := People(t))
    types = dict.fromkeys(_COUNTED, "int64") | dict.fromkeys(_SHARES, "float64")
    table = framed((_silent(lines, day) for day in wanted), types)
    told = [_silence_sentence(row) for row in table.itertuples()]
    known = [one for one, rate in zip(told, table["rate"], strict=True) if not math.isnan(rate)]
    so_far = known or [one for one, silent in zip(told, table["silent"], strict=True) if silent][:1]
    said = " ".join(so_far or told[:1]) if lines.many else text("results.nothing")
    caveats = [*_curve(table), *_undated(t, lines)]
    return people.result("silence", table, told, said, caveats=caveats, method="kaplan_meier")


def _silent(lines: Followed, day: int) -> dict[str, float]:
    there = lines.those(lines.weeks >= day // WEEK)
    ends = there.of_outcomes()
    progressed = ends[EventKind.ADVANCED] + ends[EventKind.OFFER]
    kept = {name: ends[name] for name in (EventKind.NO_REPLY, OPEN, EventKind.WITHDREW)}
    counts = (day, there.many, progressed + ends[EventKind.REJECTED], progressed, *kept.values())
    return dict(zip(_COUNTED, counts, strict=True)) | there.heard_by(day // WEEK, there.known_until())


def _silence_sentence(row: Any) -> str:
    if not row.silent:
        return text("results.silence.nobody", days=row.days)
    counts = {name: getattr(row, name) for name in ("days", "silent", "heard", "progressed")}
    said = with_withdrawn(text("results.silence.counted", **counts, still=still(row)), row)
    if math.isnan(row.rate):
        return f"{said} {text('results.silence.few')}"
    key, rate = "shown" if row.open or row.no_reply else "all", shares(row.rate, row.low, row.high)
    return f"{said} {text(f'results.silence.{key}', until=int(row.until), rate=rate)}"


def _curve(table: pd.DataFrame) -> Iterator[str]:
    """Say why these ranges are not those of a plain count, where there is any."""
    if table["rate"].notna().any():
        yield text("results.silence.curve")


@validate_call
def asked_again(t: Tally) -> Result:
    """Set those who were asked again in a week of silence beside those who were not, by then, each from that week on.

    Only who was still silent when the week was over counts, on both sides: so nobody is given time in which a reminder
    could not have come yet (immortal time). Whoever is asked again later is followed up to then. Whom people ask
    again is their choice, so a difference need not come from that.

    Returns
    -------
    Result
        Two rows for each week in which somebody was asked again: ``days`` of silence, ``nudged`` (``"yes"`` or
        ``"no"``), ``silent``, ``heard`` by day ``until`` after the interview, the same for both, at most four weeks on;
        ``rate``, ``low`` and ``high`` as in `silence`; ``sentence``.
    """
    need(t, ["weeks", "outcome", "nudged", "reminded"])
    never = np.where(t["nudged"].cat.codes == [*Nudged].index(Nudged.NO), _LONGEST + 1, -1)
    asked = np.minimum(numbers(t, "reminded"), _LONGEST + 1)
    lines = Followed.of(t, people := People(t), np.where(asked < 0, never, asked))
    is_later = lines.asked <= np.minimum(lines.weeks, _LONGEST)
    until, end = np.where(is_later, lines.asked, lines.weeks), np.where(is_later, _STILL_OPEN, lines.outcome)
    others = lines._replace(weeks=until, outcome=end).counted()
    rows: list[dict[str, object]] = []
    for week in range(1, _LONGEST + 1):
        those, rest = lines.asked_from(week, week + 1), others.asked_from(week + 1, _LONGEST + 2)
        if (those := those.those(those.weeks > week)).many:
            rows += _asked({"yes": those, "no": rest.those(rest.weeks > week)}, week + 1)
    types: dict[str, Any] = dict.fromkeys(["days", "nudged", "silent", "heard", *_SHARES], "int64")
    types |= dict.fromkeys(_SHARES[1:], "float64") | {"nudged": t["nudged"].dtype}
    table = framed(rows, types)
    told = [_asked_sentence(row) for row in table.itertuples()]
    is_told = table["days"].isin(table.loc[table["rate"].notna() & (table["nudged"] == Nudged.YES), "days"])
    sides = [one for one, is_one in zip(told, is_told, strict=True) if is_one] or told[:2]
    whole = " ".join(sides) or text("results.asked_again.nobody" if t["n"].any() else "results.nothing")
    caveats = [*_curve(table), *([text("results.asked_again.chosen")] if rows else [])]
    caveats += _undated(t, lines, "left_out.other")
    return people.result("asked_again", table, told, whole, caveats=caveats, method="kaplan_meier")


def _asked(sides: dict[str, Followed], after: int) -> Iterator[dict[str, object]]:
    """Follow both sides up to the same week, four weeks on, or as long as both can be told."""
    lasts = {word: side.known_until() for word, side in sides.items()}
    last = min([after + _SOON - 1, *(one for one in lasts.values() if one >= after)])
    for word, side in sides.items():
        heard = side.n[(_HEARD[side.outcome] == 1) & (side.weeks <= last)].sum()
        found = side.heard_by(after, min(last, lasts[word])) | {"until": (last + 1) * WEEK}
        yield {"days": after * WEEK, "nudged": word, "silent": side.many, "heard": heard, **found}


def _asked_sentence(row: Any) -> str:
    who = text(f"results.asked_again.{row.nudged}", days=row.days)
    counts = {"who": who, "silent": row.silent, "heard": row.heard, "within": int(row.until) - row.days}
    if math.isnan(row.rate):
        return text("results.asked_again.few", **counts)
    return text("results.asked_again.shown", **counts, rate=shares(row.rate, row.low, row.high))
