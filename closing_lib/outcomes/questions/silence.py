"""What becomes of silence: of those silent for so many days, how many still hear, and how many once asked again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.models import EventKind
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import PROGRESSED, Cells, need
from closing_lib.outcomes.questions.people import result_of
from closing_lib.outcomes.questions.waiting import STILL, WEEK, dated_part, known_until, people_of, undated
from closing_lib.outcomes.questions.wording import shares, still, with_withdrawn
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.survival import ends_later
from closing_lib.outcomes.vocabulary import OPEN, OUTCOMES, Nudged

_HEARD, _WITHDREW = 1, 2  # causes: what hearing back competes with
_LONGEST = 8  # weeks
_SOON = 4  # weeks in which a reminder is to have helped


@validate_call
def silence(t: Tally, days: Sequence[int] | None = None) -> Result:
    """Tell what becomes of those who have been silent for so many days: how many still hear, and how many well.

    That is read off the curve of waiting from that day on, so that open ones count for as long as they were followed;
    one given up as "no reply" goes on waiting, and one that was withdrawn hears nothing any more.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    days : sequence of int or None
        Full weeks in days: 7, 14, ...; up to eight weeks where none are given.

    Returns
    -------
    Result
        One row for each: ``days``, ``silent`` at least that long; of them ``heard`` afterwards, ``progressed`` of
        those, ``no_reply``, ``open`` and ``withdrew``; ``rate``, the share that hears back by day ``until`` after the
        interview, with ``low`` and ``high`` (95%), missing below five, and in a room below five people; ``sentence``.

    Raises
    ------
    ValueError
        If the days are no full weeks, or the tally lacks a column.
    """
    wanted = [WEEK * week for week in range(1, _LONGEST + 1)] if days is None else [*days]
    if wrong := [day for day in wanted if day % WEEK or day < WEEK]:
        raise ValueError(f"A tally counts full weeks, so {wrong[0]} days cannot be told; choose 7, 14, 21, ...")
    dated = dated_part(t)
    rows = [_silent(dated, day) for day in wanted]
    whole = ["days", "silent", "heard", "progressed", "no_reply", "open", "withdrew"]
    table = pd.DataFrame(rows, columns=[*whole, "until", "rate", "low", "high"]).astype(
        dict.fromkeys(whole, "int64") | dict.fromkeys(["until", "rate", "low", "high"], "float64")
    )
    told = [_silence_sentence(row) for row in table.itertuples()]
    known = [one for one, rate in zip(told, table["rate"], strict=True) if not math.isnan(rate)]
    so_far = known or [one for one, silent in zip(told, table["silent"], strict=True) if silent][:1]
    said = " ".join(so_far or told[:1]) if len(dated) else text("results.nothing")
    return result_of(t, "silence", table, told, said, caveats=undated(t, dated), method="kaplan_meier")


def _silent(dated: pd.DataFrame, day: int) -> dict[str, float]:
    is_there = dated["weeks"].to_numpy(dtype=np.int64) >= day // WEEK
    n, outcome = dated["n"].to_numpy()[is_there], dated["outcome"].cat.codes.to_numpy()[is_there]
    of = dict(zip(OUTCOMES, np.bincount(outcome, weights=n, minlength=len(OUTCOMES)).astype(int).tolist(), strict=True))
    progressed = sum(of[name] for name in PROGRESSED)
    counts = {
        "days": day,
        "silent": int(n.sum()),
        "heard": progressed + of[EventKind.REJECTED],
        "progressed": progressed,
    }
    counts |= {name: of[name] for name in (EventKind.NO_REPLY, OPEN, EventKind.WITHDREW)}
    side = _side(dated, is_there, dated["weeks"].to_numpy(dtype=np.int64), _causes(dated["outcome"]))
    return counts | side.heard_by(day // WEEK, side.last)


def _causes(outcome: pd.Series) -> Cells:
    """What ended each line: hearing back, or a withdrawal; 0 where nothing has."""
    of = {EventKind.WITHDREW: _WITHDREW} | dict.fromkeys(STILL, 0)
    return np.array([of.get(name, _HEARD) for name in OUTCOMES])[outcome.cat.codes.to_numpy()]


class _Side(NamedTuple):
    """Some who were silent: for how long each line was followed, what ended it, how many it stands for, and whose."""

    weeks: Cells
    cause: Cells
    n: Cells
    people: Cells | None

    @property
    def last(self) -> int:
        """The last week of which a share can be told."""
        return known_until(self.weeks, self.cause == 0, self.n, self.people)

    def heard_by(self, after: int, last: int) -> dict[str, float]:
        """Estimate how many hear back by a week; missing if it comes before."""
        if last < after:
            return {"until": math.nan, "rate": math.nan, "low": math.nan, "high": math.nan}
        found = ends_later(
            self.weeks, self.cause, after, last, of=_HEARD, counts=self.n, grouped=True, people=self.people
        )
        return {"until": (last + 1) * WEEK, "rate": found.share, "low": found.low, "high": found.high}


def _side(dated: pd.DataFrame, is_there: npt.NDArray[np.bool_], weeks: Cells, cause: Cells) -> _Side:
    """Put together the lines of the same weeks, end and person."""
    people = people_of(dated)
    who = np.zeros(len(dated), dtype=np.int64) if people is None else people.astype(np.int64)
    n, size = dated["n"].to_numpy()[is_there], int(who.max(initial=0)) + 1
    cells = np.bincount(((weeks * (_WITHDREW + 1) + cause) * size + who)[is_there], weights=n).astype(np.int64)
    here = np.flatnonzero(cells)
    line = here // size
    return _Side(line // (_WITHDREW + 1), line % (_WITHDREW + 1), cells[here], None if people is None else here % size)


def _silence_sentence(row: Any) -> str:
    if not row.silent:
        return text("results.silence.nobody", days=row.days)
    counts = {name: getattr(row, name) for name in ("days", "silent", "heard", "progressed")}
    told = [with_withdrawn(text("results.silence.counted", **counts, still=still(row)), row)]
    if math.isnan(row.rate):
        return " ".join([*told, text("results.silence.few")])
    key = "shown" if row.open or row.no_reply else "all"
    rate = shares(row.rate, row.low, row.high)
    return " ".join([*told, text(f"results.silence.{key}", until=int(row.until), rate=rate)])


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

    Raises
    ------
    ValueError
        If the tally lacks a column.
    """
    need(t, ["weeks", "outcome", "nudged", "reminded"])
    is_known = (t["nudged"] == Nudged.NO) | t["reminded"].notna()
    known = t.assign(reminded=t["reminded"].fillna(_LONGEST + 1).clip(upper=_LONGEST + 1))[is_known]
    dated = dated_part(known, "reminded")
    weeks, asked = (dated[name].to_numpy(dtype=np.int64) for name in ("weeks", "reminded"))
    rows: list[dict[str, object]] = []
    for week in range(1, _LONGEST + 1):
        is_asked = (asked == week) & (weeks > week)
        if is_asked.any():
            rows += _asked(dated, {"yes": is_asked, "no": (asked > week) & (weeks > week)}, week + 1)
    columns = ["days", "nudged", "silent", "heard", "until", "rate", "low", "high"]
    kinds = {"nudged": t["nudged"].dtype} | dict.fromkeys(["days", "silent", "heard", "until"], "int64")
    table = pd.DataFrame(rows, columns=columns).astype(kinds | dict.fromkeys(columns[5:], "float64"))
    told = [_asked_sentence(row) for row in table.itertuples()]
    caveats = [text("results.asked_again.chosen")] if rows else []
    none = text("results.asked_again.nobody") if t["n"].any() else text("results.nothing")
    is_told = table["days"].isin(table.loc[table["rate"].notna() & (table["nudged"] == Nudged.YES), "days"])
    pairs = [one for one, is_one in zip(told, is_told, strict=True) if is_one] or told[:2]
    whole = " ".join(pairs) or none
    left = int(t["n"].sum() - dated["n"].sum())
    caveats += [text("results.left_out.other", n=left)] if left else []
    return result_of(t, "asked_again", table, told, whole, caveats=caveats, method="kaplan_meier")


def _asked(dated: pd.DataFrame, are: Mapping[str, npt.NDArray[np.bool_]], after: int) -> Iterator[dict[str, object]]:
    """Follow both sides up to the same week, four weeks on, or as long as both can be told.

    Whoever is asked later is followed up to then.
    """
    weeks, asked = (dated[name].to_numpy(dtype=np.int64) for name in ("weeks", "reminded"))
    is_later = (asked >= after) & (asked <= np.minimum(weeks, _LONGEST))
    long, cause = np.where(is_later, asked, weeks), np.where(is_later, 0, _causes(dated["outcome"]))
    sides = {word: _side(dated, is_there, long, cause) for word, is_there in are.items()}
    last = min([after + _SOON - 1, *(side.last for side in sides.values() if side.last >= after)])
    for word, side in sides.items():
        is_heard = (side.cause == _HEARD) & (side.weeks <= last)
        found = side.heard_by(after, min(last, side.last)) | {"until": (last + 1) * WEEK}
        counts = {"silent": int(side.n.sum()), "heard": int(side.n[is_heard].sum())}
        yield {"days": after * WEEK, "nudged": word, **counts, **found}


def _asked_sentence(row: Any) -> str:
    who = text(f"results.asked_again.{row.nudged}", days=row.days)
    counts = {"who": who, "silent": row.silent, "heard": row.heard, "within": int(row.until) - row.days}
    if math.isnan(row.rate):
        return text("results.asked_again.few", **counts)
    return text("results.asked_again.shown", **counts, rate=shares(row.rate, row.low, row.high))
