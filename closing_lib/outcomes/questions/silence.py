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
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.counts import (
    PROGRESS,
    REFUSAL,
    SILENCE,
    STILL_OPEN,
    WITHDRAWAL,
    Cells,
    ends_of,
    framed,
    need,
)
from closing_lib.outcomes.questions.people import result_of
from closing_lib.outcomes.questions.waiting import WEEK, dated_part, known_until, people_of, undated
from closing_lib.outcomes.questions.wording import shares, still, with_withdrawn
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.survival import ends_later
from closing_lib.outcomes.vocabulary import Nudged

_HEARD = 1
_CAUSES = np.array([_HEARD, _HEARD, 0, 0, 2])  # by what came of it: hearing back, nothing so far, a withdrawal
_SHARES = dict.fromkeys(["until", "rate", "low", "high"], "float64")
_COUNTED = ["days", "silent", "heard", "progressed", "no_reply", "open", "withdrew"]
_SILENT: dict[str, Any] = dict.fromkeys(_COUNTED, "int64") | _SHARES
_ASKED: dict[str, Any] = (
    {"days": "int64", "nudged": "str", "silent": "int64", "heard": "int64"} | _SHARES | {"until": "int64"}
)
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
    lines = _Lines.of(dated)
    table = framed((_silent(lines, day) for day in wanted), _SILENT)
    told = [_silence_sentence(row) for row in table.itertuples()]
    known = [one for one, rate in zip(told, table["rate"], strict=True) if not math.isnan(rate)]
    so_far = known or [one for one, silent in zip(told, table["silent"], strict=True) if silent][:1]
    said = " ".join(so_far or told[:1]) if len(dated) else text("results.nothing")
    return result_of(t, "silence", table, told, said, caveats=undated(t, dated), method="kaplan_meier")


class _Lines(NamedTuple):
    """Some who were silent: for how long each line was followed, what ended it, how many it stands for, and whose."""

    weeks: Cells
    end: Cells
    n: Cells
    people: Cells | None

    @classmethod
    def of(cls, dated: pd.DataFrame) -> _Lines:
        return cls(dated["weeks"].to_numpy(dtype=np.int64), ends_of(dated), dated["n"].to_numpy(), people_of(dated))

    def those(self, which: npt.NDArray[np.bool_]) -> _Lines:
        return _Lines(*(None if one is None else one[which] for one in self))  # type: ignore[arg-type]  # as they were

    @property
    def last(self) -> int:
        """The last week of which a share can be told."""
        return known_until(self.weeks, _CAUSES[self.end] == 0, self.n, self.people)

    def heard_by(self, after: int, last: int) -> dict[str, float]:
        """How many hear back by a week; missing if it comes before."""
        if last < after:
            return dict.fromkeys(["until", "rate", "low", "high"], math.nan)
        of: dict[str, Any] = {"counts": self.n, "grouped": True, "people": self.people}
        found = ends_later(self.weeks, _CAUSES[self.end], after, last, of=_HEARD, **of)
        return {"until": (last + 1) * WEEK, "rate": found.share, "low": found.low, "high": found.high}


def _silent(lines: _Lines, day: int) -> dict[str, float]:
    there = lines.those(lines.weeks >= day // WEEK)
    ends = np.bincount(there.end, weights=there.n, minlength=len(_CAUSES)).astype(np.int64)
    counts = {"days": day, "silent": ends.sum(), "heard": ends[PROGRESS] + ends[REFUSAL], "progressed": ends[PROGRESS]}
    counts |= {"no_reply": ends[SILENCE], "open": ends[STILL_OPEN], "withdrew": ends[WITHDRAWAL]}
    return counts | there.heard_by(day // WEEK, there.last)


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
    lines = _Lines.of(dated)
    rows: list[dict[str, object]] = []
    for week in range(1, _LONGEST + 1):
        is_asked = (asked == week) & (weeks > week)
        if is_asked.any():
            rows += _asked(lines, asked, {"yes": is_asked, "no": (asked > week) & (weeks > week)}, week + 1)
    table = framed(rows, _ASKED | {"nudged": t["nudged"].dtype})
    told = [_asked_sentence(row) for row in table.itertuples()]
    caveats = [text("results.asked_again.chosen")] if rows else []
    none = text("results.asked_again.nobody") if t["n"].any() else text("results.nothing")
    is_told = table["days"].isin(table.loc[table["rate"].notna() & (table["nudged"] == Nudged.YES), "days"])
    pairs = [one for one, is_one in zip(told, is_told, strict=True) if is_one] or told[:2]
    whole = " ".join(pairs) or none
    left = int(t["n"].sum() - dated["n"].sum())
    caveats += [text("results.left_out.other", n=left)] if left else []
    return result_of(t, "asked_again", table, told, whole, caveats=caveats, method="kaplan_meier")


def _asked(
    lines: _Lines, asked: Cells, are: Mapping[str, npt.NDArray[np.bool_]], after: int
) -> Iterator[dict[str, object]]:
    """Follow both sides up to the same week, four weeks on, or as long as both can be told.

    Whoever is asked later is followed up to then.
    """
    is_later = (asked >= after) & (asked <= np.minimum(lines.weeks, _LONGEST))
    ends = np.where(is_later, asked, lines.weeks), np.where(is_later, STILL_OPEN, lines.end)
    sides = {word: lines._replace(weeks=ends[0], end=ends[1]).those(which) for word, which in are.items()}
    lasts = {word: side.last for word, side in sides.items()}
    last = min([after + _SOON - 1, *(one for one in lasts.values() if one >= after)])
    for word, side in sides.items():
        heard = side.n[(_CAUSES[side.end] == _HEARD) & (side.weeks <= last)]
        found = side.heard_by(after, min(last, lasts[word])) | {"until": (last + 1) * WEEK}
        yield {"days": after * WEEK, "nudged": word, "silent": side.n.sum(), "heard": heard.sum(), **found}


def _asked_sentence(row: Any) -> str:
    who = text(f"results.asked_again.{row.nudged}", days=row.days)
    counts = {"who": who, "silent": row.silent, "heard": row.heard, "within": int(row.until) - row.days}
    if math.isnan(row.rate):
        return text("results.asked_again.few", **counts)
    return text("results.asked_again.shown", **counts, rate=shares(row.rate, row.low, row.high))
