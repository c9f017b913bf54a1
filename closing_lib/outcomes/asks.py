"""From a log to one line an interview, or an application, with what came of it, in the words that a tally counts."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, runtime_checkable

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.clock import day_of, today
from closing_lib.models import EventKind
from closing_lib.outcomes.vocabulary import KEYS, MOST_WEEKS, OPEN, OUTCOMES, Followed, Nudged, Thanks, typed

IN_TIME = 1  # days within which a thank-you letter is sent "at once" (S23)
FRESH = 7  # days within which an assessment is written; later, it knows of the silence
LATE = 6  # days within which it is sent in the first week; what comes later is compared with nothing
_DAY = pd.Timedelta(days=1)
STAGES = ["applied", "interview", "offer"]
_FORWARD = [EventKind.INTERVIEW, EventKind.ADVANCED]
_ANSWERS = [*_FORWARD, EventKind.OFFER, EventKind.REJECTED]
_TOLD = [*_ANSWERS, EventKind.WITHDREW, EventKind.NO_REPLY]
_WRITTEN = ["round", "band", "score", "used", "advised", "response", "drawn", "drawn_from"]


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
    day = pd.Timestamp(as_of)
    interviews, events = interviews[~(interviews["held_on"] > day)], events[~(events["on"] > day)]
    columns = [*dict.fromkeys([*interviews.columns, "is_event", *_WRITTEN])]
    every = pd.concat([interviews, _only_events(interviews, events)]).reindex(columns=columns)
    found = _answered(_in_order(every.astype({"held_on": interviews["held_on"].dtype})), events)
    is_late = found["hindsight"].astype("boolean").fillna(value=False) | _read_late(found)
    found["band"], found["score"] = found["band"].mask(is_late), (found["score"].mask(is_late) * 10).round()
    # A late answer takes the place of "no reply", so the others that were given up have been watched until now as well;
    # if they ended when they were given up, only those with a late answer would be left to wait that long.
    until = found["answered_on"].mask(found["outcome"].isin([OPEN, EventKind.NO_REPLY]), day)
    found["weeks"] = _whole_weeks(until - found["held_on"])
    found["month"] = found["held_on"].dt.year * 100 + found["held_on"].dt.month
    found["followed"] = _followed(found)
    found["thanks"] = _thanks(found, events, day)
    found["nudged"], found["reminded"] = _reminders(found, events)
    return typed(found[[name for name in KEYS if name != "person"]])


def _only_events(interviews: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Interviews that are only events, as from an imported list: nobody knows how they went.

    One on the day of an interview that is kept, or on the day beside it, is that interview.
    """
    held = events.loc[events["kind"] == EventKind.INTERVIEW, ["application", "on"]].drop_duplicates()
    both = held.reset_index().merge(interviews[["application", "held_on"]], on="application")
    is_kept = both["on"].isna() | both["held_on"].isna() | ((both["on"] - both["held_on"]).abs() <= _DAY)
    only = held.drop(both.loc[is_kept, "index"].unique()).rename(columns={"on": "held_on"})
    return only.assign(interview=0, is_event=True)


def _in_order(interviews: pd.DataFrame) -> pd.DataFrame:
    """Order interviews by application and day, one without a day first, and number the visits: the days of each."""
    found = interviews.sort_values(["application", "held_on", "interview"], na_position="first", kind="stable")
    visits = found[["application", "held_on"]].drop_duplicates()
    visits["next_on"] = visits.groupby("application")["held_on"].shift(-1)
    return found.merge(visits.assign(visit=range(len(visits))), on=["application", "held_on"])


def _answered(found: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Put the answer of its visit, and the day of that, beside each interview."""
    visits = found.drop_duplicates("visit").set_index("visit")[["application", "held_on", "next_on"]]
    outcomes = events.loc[events["kind"].isin(OUTCOMES), ["application", "kind", "on"]]
    both = visits.reset_index().merge(outcomes, on="application")
    is_before_next = both["next_on"].isna() | (both["on"] < both["next_on"])
    both = both[~(both["on"] < both["held_on"]) & is_before_next]
    both["silent"] = both["kind"] == EventKind.NO_REPLY
    both = both.sort_values(["silent", "on"], kind="stable")
    spoken = both[~both["silent"]]
    # Invited on the very day of the next interview: that is the answer to the one before, and none to the next.
    came_again = visits["next_on"].notna() & ~visits.index.isin(spoken["visit"])
    invited = visits[came_again].rename(columns={"next_on": "on"})[["application", "on"]].assign(kind="advanced")
    both = both.merge(invited, how="left", on=["application", "on", "kind"], indicator="seen")
    first = both[both["seen"] == "left_only"].drop_duplicates("visit").set_index("visit")
    answer = first["kind"].astype("object").reindex(visits.index).mask(came_again, str(EventKind.ADVANCED))
    on = first["on"].reindex(visits.index).mask(came_again, visits["next_on"])
    answers = pd.DataFrame({"outcome": answer.fillna(OPEN), "answered_on": on})
    return found.join(answers, on="visit")


def _read_late(found: pd.DataFrame) -> pd.Series:
    """Which assessments were written after the day of the answer, or so late that the silence was known.

    If only those with an answer by then were left out, those with quick good news would be missing among the late ones.
    """
    if "answered_at" not in found:
        return pd.Series(data=False, index=found.index)
    written = [None if pd.isna(stamp) else day_of(stamp.to_pydatetime()) for stamp in found["answered_at"]]
    on = pd.Series(written, index=found.index, dtype=found["answered_on"].dtype)
    return (on > found["answered_on"]) | ((on - found["held_on"]).dt.days > FRESH)


def _whole_weeks(waited: pd.Series) -> pd.Series:
    weeks = waited.dt.days // 7
    is_one = (weeks >= 0) & (weeks <= MOST_WEEKS)
    return pd.Series(weeks.where(is_one))  # nobody waits for two hundred years: a year is mistyped


def _after(found: pd.DataFrame, events: pd.DataFrame, kind: EventKind) -> pd.DataFrame:
    """Events of a kind beside the interviews that they may belong to: after its day, before the next and its answer."""
    held = found[["application", "held_on", "next_on", "answered_on"]].reset_index()
    both = held.merge(events.loc[events["kind"] == kind, ["application", "on"]], on="application")
    is_before_next = both["next_on"].isna() | ~(both["on"] >= both["next_on"])
    return both[~(both["on"] < both["held_on"]) & is_before_next & ~(both["on"] > both["answered_on"])]


def _followed(found: pd.DataFrame) -> pd.Series:
    advised, used = found["advised"].astype("object"), found["used"].astype("object")
    said = (advised == used).map({True: str(Followed.YES), False: str(Followed.NO)})
    return said.where(advised.notna() & used.notna())


def _thanks(found: pd.DataFrame, events: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Tell of each interview whether a letter followed before it was answered.

    Missing where a day is, where there is still time for it, and where an answer came before it was due: counted as no
    letter, the quickest answers would all be among those without one. A list that only tells of interviews seldom tells
    of letters: that none stands in it means nothing.
    """
    sent = _after(found, events, EventKind.THANK_YOU)
    days = (sent["on"] - sent["held_on"]).dt.days.groupby(sent["index"]).min().reindex(found.index)
    until = found["answered_on"].fillna(day)
    unknown = found.index.isin(sent["index"]) | ((until - found["held_on"]).dt.days <= IN_TIME)
    unknown |= found["held_on"].isna() | found["is_event"].notna()
    said = pd.Series(str(Thanks.NONE), index=found.index, dtype="object").mask(unknown)
    for most, word in ((MOST_WEEKS * 7, Thanks.LATER), (LATE, Thanks.LATE), (IN_TIME, Thanks.IN_TIME)):
        said = said.mask(days <= most, str(word))
    return said


def _reminders(found: pd.DataFrame, events: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Tell of each interview whether they were asked again before they answered, and in which week first.

    Missing where a day is; of an interview in an imported list also where no reminder stands in that.
    """
    sent = _after(found, events, EventKind.NUDGE)
    said = pd.Series(found.index.isin(sent["index"]), index=found.index)
    words = said.map({True: str(Nudged.YES), False: str(Nudged.NO)})
    words = words.mask(found["held_on"].isna() | (found["is_event"].notna() & ~said))
    weeks = _whole_weeks(sent["on"] - sent["held_on"]).groupby(sent["index"]).min()
    return words, weeks.reindex(found.index)


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
