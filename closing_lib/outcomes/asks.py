"""From a log to one line an interview, or an application, with what came of it, in the words that a tally counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, runtime_checkable

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.clock import day_of, today
from closing_lib.models import EventKind
from closing_lib.outcomes.vocabulary import KEYS, MOST_WEEKS, OPEN, OUTCOMES, Followed, Nudged, Thanks, typed

IN_TIME = 1  # days within which a thank-you letter is sent "at once" (S23)
FRESH = 7  # days within which an assessment is written; later, it knows of the silence
LATE = 6  # days within which it is sent in the first week; what comes later is compared with nothing
STAGES = ["applied", "interview", "offer"]
_FORWARD = [EventKind.INTERVIEW, EventKind.ADVANCED]
_ANSWERS = [*_FORWARD, EventKind.OFFER, EventKind.REJECTED]
_TOLD = [*_ANSWERS, EventKind.WITHDREW, EventKind.NO_REPLY]
_WRITTEN = ["round", "band", "score", "used", "advised", "response", "drawn", "drawn_from", "hindsight", "answered_at"]


@runtime_checkable
class History(Protocol):
    """A log, or what else gives the same two tables."""

    def interviews(self) -> pd.DataFrame:
        """Interviews, each with its application, and what was read, advised and asked."""

    def events(self) -> pd.DataFrame:
        """What happened to each application, and when."""


@runtime_checkable
class Listed(Protocol):
    """A log, or what else gives the same two tables."""

    def applications(self) -> pd.DataFrame:
        """Applications, each with its role, its source and its day."""

    def events(self) -> pd.DataFrame:
        """What happened to each application, and when."""


@validate_call
def asks(log: History, as_of: dt.date | None = None) -> pd.DataFrame:
    """One line an interview, with its own answer: each key of the tally for it.

    An interview's answer is the first that came after it and before the next interview of the same application. A next
    interview that was held is an answer as well: whoever is asked to come again has moved forward, also where nobody
    wrote that down; it is dated by that interview, by which they knew. Interviews on one day are one visit, and have
    the same answer. A "no reply" gives way to an answer that came after all; what has no day is the answer to the last
    interview.

    It is told as of a day, today where none is given: what is dated later has not happened yet.

    Returns
    -------
    pandas.DataFrame
        The columns `KEYS` but ``person``, typed as in a tally; no name or day of any. An interview that was read when
        its answer was known (`hindsight`), after the day of that answer, or after a week of silence counts as not read.
        Of an interview that is only an event, as in an imported list, no more is known than its answer and its weeks.
    """
    return asks_from(log.interviews(), log.events(), as_of or today())


def asks_from(interviews: pd.DataFrame, events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """One line an interview, from the tables of a log: its interviews, with what was read and advised, and events."""
    happened = _happened(events, as_of)
    held = _held(interviews, happened, as_of)
    lines = (
        _line(one, visit, happened[application], as_of)
        for application in sorted(held)
        for visit in _visits(held[application], happened[application])
        for one in visit.interviews
    )
    return typed(pd.DataFrame(lines, columns=[name for name in KEYS if name != "person"]))


class _Event(NamedTuple):
    kind: str
    on: dt.date | None


class _Interview(NamedTuple):
    """One that was kept, or one that is only an event, as from an imported list: nobody knows how that went."""

    held_on: dt.date | None
    number: int = 0
    written: Mapping[str, Any] = MappingProxyType({})

    @property
    def is_event(self) -> bool:
        return not self.number


_OPEN = _Event(OPEN, None)


class _Visit(NamedTuple):
    """The interviews of one application on one day, and the answer to them."""

    interviews: Sequence[_Interview]
    held_on: dt.date | None
    next_on: dt.date | None
    answer: _Event


def _happened(events: pd.DataFrame, as_of: dt.date) -> Mapping[int, Sequence[_Event]]:
    """Tell what happened to each application until a day."""
    found: dict[int, list[_Event]] = defaultdict(list)
    for application, *event in zip(events["application"], _plain(events["kind"]), _days(events["on"]), strict=True):
        one = _Event(*event)
        if not _is_before(as_of, one.on):
            found[application].append(one)
    return found


def _held(
    interviews: pd.DataFrame, happened: Mapping[int, Sequence[_Event]], as_of: dt.date
) -> Mapping[int, Sequence[_Interview]]:
    """Give the interviews of each application until a day, those that are only events among them.

    One on the day of an interview that is kept, or on the day beside it, is that interview.
    """
    found: dict[int, list[_Interview]] = defaultdict(list)
    names = [name for name in _WRITTEN if name in interviews]
    columns = (interviews["application"], interviews["interview"], _days(interviews["held_on"]))
    for application, number, on, *written in zip(*columns, *(_plain(interviews[name]) for name in names), strict=True):
        if not _is_before(as_of, on):
            found[application].append(_Interview(on, number, dict(zip(names, written, strict=True))))
    for application, events in happened.items():
        kept = [one.held_on for one in found.get(application, ())]
        for on in dict.fromkeys(event.on for event in events if event.kind == EventKind.INTERVIEW):
            if not any(on is None or day is None or abs((on - day).days) <= 1 for day in kept):
                found[application].append(_Interview(on))
    return found


def _visits(interviews: Sequence[_Interview], events: Sequence[_Event]) -> Iterator[_Visit]:
    """Give the visits of one application in the order of their days, one without a day first, each with its answer."""
    outcomes = [event for event in events if event.kind in OUTCOMES]
    days = sorted({one.held_on for one in interviews}, key=_order)
    for held_on, next_on in zip(days, [*days[1:], None], strict=True):
        told = [
            event
            for event in outcomes
            if not _is_before(event.on, held_on) and (next_on is None or _is_before(event.on, next_on))
        ]
        answer = min(told, key=_as_answer, default=_OPEN)
        if next_on and answer.kind in (OPEN, EventKind.NO_REPLY):
            answer = _Event(EventKind.ADVANCED, next_on)
            # Invited on the very day of the next interview: that is the answer to this one, and none to the next.
            outcomes = [event for event in outcomes if event != answer]
        same = sorted((one for one in interviews if one.held_on == held_on), key=attrgetter("number"))
        yield _Visit(same, held_on, next_on, answer)


def _line(one: _Interview, visit: _Visit, events: Sequence[_Event], as_of: dt.date) -> tuple[object, ...]:
    """Tell what is known of an interview, in the order of `KEYS`."""
    written, on = one.written, visit.held_on
    known = {name: written.get(name) for name in KEYS if name in _WRITTEN}
    score = known["score"]
    known["score"] = None if score is None else round(10 * score)
    if _is_read_late(one, visit.answer.on):
        known["band"] = known["score"] = None
    # A late answer takes the place of "no reply", so the others that were given up have been watched until now as well;
    # if they ended when they were given up, only those with a late answer would be left to wait that long.
    until = as_of if visit.answer.kind in (OPEN, EventKind.NO_REPLY) else visit.answer.on
    reminders = _after(visit, events, EventKind.NUDGE)
    weeks = [week for week in (_whole_weeks(on, event.on) for event in reminders) if week is not None]
    known |= {
        "outcome": str(visit.answer.kind),
        "weeks": _whole_weeks(on, until),
        "month": on.year * 100 + on.month if on else None,
        "followed": _followed(written),
        "thanks": _thanks(one, visit, events, as_of),
        "nudged": _nudged(one, is_nudged=bool(reminders)),
        "reminded": min(weeks, default=None),
    }
    return tuple(known[name] for name in KEYS if name != "person")


def _is_read_late(one: _Interview, answered_on: dt.date | None) -> bool:
    """Whether it was read in hindsight: after the day of the answer, or so late that the silence was known.

    If only those with an answer by then were left out, those with quick good news would be missing among the late ones.
    """
    stamp = one.written.get("answered_at")
    on = day_of(stamp.to_pydatetime()) if stamp is not None else None
    days = _days_between(one.held_on, on)
    return bool(one.written.get("hindsight")) or _is_before(answered_on, on) or (days is not None and days > FRESH)


def _after(visit: _Visit, events: Sequence[_Event], kind: EventKind) -> list[_Event]:
    """Give the events of a kind that may belong to a visit: from its day on, before the next, and until its answer."""
    return [
        event
        for event in events
        if event.kind == kind
        and not _is_before(event.on, visit.held_on)
        and (None in (event.on, visit.next_on) or _is_before(event.on, visit.next_on))
        and not _is_before(visit.answer.on, event.on)
    ]


def _followed(written: Mapping[str, Any]) -> str | None:
    advised, used = written.get("advised"), written.get("used")
    return None if None in (advised, used) else str(Followed.YES if advised == used else Followed.NO)


def _thanks(one: _Interview, visit: _Visit, events: Sequence[_Event], as_of: dt.date) -> str | None:
    """Tell whether a letter followed before the answer.

    Missing where a day is, where there is still time for it, and where an answer came before it was due: counted as no
    letter, the quickest answers would all be among those without one. A list that only tells of interviews seldom tells
    of letters: that none stands in it means nothing.
    """
    sent = _after(visit, events, EventKind.THANK_YOU)
    days = [days for days in (_days_between(visit.held_on, event.on) for event in sent) if days is not None]
    if days:
        first, limits = min(days), ((IN_TIME, Thanks.IN_TIME), (LATE, Thanks.LATE), (MOST_WEEKS * 7, Thanks.LATER))
        return next((str(word) for most, word in limits if first <= most), None)
    watched = _days_between(visit.held_on, visit.answer.on or as_of)
    is_known = not sent and not one.is_event and watched is not None and watched > IN_TIME
    return str(Thanks.NONE) if is_known else None


def _nudged(one: _Interview, *, is_nudged: bool) -> str | None:
    """Tell whether they were asked again before they answered; that no reminder stands in a list means nothing."""
    if one.held_on is None or (one.is_event and not is_nudged):
        return None
    return str(Nudged.YES if is_nudged else Nudged.NO)


def _is_before(one: dt.date | None, other: dt.date | None) -> bool:
    """Whether two days are known, and in this order."""
    return one is not None and other is not None and one < other


def _order(on: dt.date | None) -> dt.date:
    return on or dt.date.min


def _as_answer(event: _Event) -> tuple[bool, dt.date]:
    """Order answers: the first that was said, and "no reply" gives way to any; what has no day came last."""
    return event.kind == EventKind.NO_REPLY, event.on or dt.date.max


def _days_between(one: dt.date | None, other: dt.date | None) -> int | None:
    return None if one is None or other is None else (other - one).days


def _whole_weeks(since: dt.date | None, until: dt.date | None) -> int | None:
    days = _days_between(since, until)
    weeks = -1 if days is None else days // 7
    return weeks if 0 <= weeks <= MOST_WEEKS else None  # nobody waits for two hundred years: a year is mistyped


def _plain(column: pd.Series) -> list[Any]:
    return column.astype("object").where(column.notna(), None).tolist()


def _days(column: pd.Series) -> list[dt.date | None]:
    return column.to_numpy(dtype="datetime64[s]").astype("datetime64[D]").astype("object").tolist()


# --- Applications, as also an imported list tells them


@validate_call
def applications(log: Listed, as_of: dt.date | None = None) -> pd.DataFrame:
    """One line an application: what a list tells that knows of no question asked at an interview.

    It is told as of a day, as `asks` is.

    Returns
    -------
    pandas.DataFrame
        ``role``, ``source`` (str), as they were written; ``month`` in which it was sent, such as 202611; ``stage``, how
        far it came: ``"applied"``, ``"interview"`` (or another next step), ``"offer"``; ``outcome`` as it stands:
        ``"offer"``, ``"rejected"``, ``"withdrew"``, ``"no_reply"``, ``"open"``; ``answer``, the first from the employer
        (an interview counts as ``"advanced"``), and ``weeks`` from the application to it, or up to ``as_of`` without
        one; and ``n``, 1.
    """
    sent, events, day = log.applications(), log.events(), pd.Timestamp(as_of or today())
    sent = sent[~(sent["applied_on"] > day)].set_index("application")
    told = events[events["kind"].isin(_TOLD) & ~(events["on"] > day) & events["application"].isin(sent.index)]
    told = told.astype({"kind": "object"}).sort_values(["application", "on"], na_position="last", kind="stable")
    last = told.drop_duplicates("application", keep="last").set_index("application")["kind"].reindex(sent.index)
    is_offered = sent.index.isin(told.loc[told["kind"] == EventKind.OFFER, "application"])
    came = sent.index.isin(told.loc[told["kind"].isin(_FORWARD), "application"])
    found = sent[["role", "source"]].reset_index(drop=True)
    found["month"] = (sent["applied_on"].dt.year * 100 + sent["applied_on"].dt.month).to_numpy()
    stage = pd.Series(STAGES[0], index=sent.index, dtype="object").mask(came, STAGES[1]).mask(is_offered, STAGES[2])
    outcome = last.where(~last.isin(_FORWARD)).fillna(OPEN).mask(is_offered, str(EventKind.OFFER))
    found["stage"], found["outcome"] = stage.to_numpy(), outcome.map(str).to_numpy()
    answer, on = _first_answers(told, sent.index)
    until = on.mask(answer.isin([OPEN, EventKind.NO_REPLY]), day)
    weeks = (until - sent["applied_on"]).dt.days // 7
    found["answer"] = answer.to_numpy()
    found["weeks"] = weeks.where((weeks >= 0) & (weeks <= MOST_WEEKS)).to_numpy()
    kinds = {"stage": pd.CategoricalDtype(STAGES, ordered=True), "answer": pd.CategoricalDtype(OUTCOMES, ordered=True)}
    return typed(found).astype(kinds).assign(n=1)


def _first_answers(told: pd.DataFrame, index: pd.Index) -> tuple[pd.Series, pd.Series]:
    """The first answer to each application and its day; a withdrawal or "no reply" where there is none."""
    ranked = told.assign(rank=told["kind"].map(lambda kind: 0 if kind in _ANSWERS else 1 if kind != "no_reply" else 2))
    first = ranked.sort_values(["application", "rank"], kind="stable").drop_duplicates("application")
    first = first.set_index("application").reindex(index)
    kind = first["kind"].mask(first["kind"].isin(_FORWARD), str(EventKind.ADVANCED))
    return kind.fillna(OPEN).map(str), first["on"]
