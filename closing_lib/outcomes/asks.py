"""From a log to cases: one line an application that had an interview, in the words that a tally counts."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, runtime_checkable

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.clock import today
from closing_lib.models import EventKind
from closing_lib.outcomes.vocabulary import KEYS, MOST_WEEKS, OPEN, OUTCOMES, Followed, Nudged, Thanks, typed

IN_TIME = 1  # days within which a thank-you letter is sent "at once" (S23)


@runtime_checkable
class History(Protocol):
    """What happened, as tables: a log, or what else gives the same two."""

    def interviews(self) -> pd.DataFrame:
        """Give the interviews, each with its application, and what was read and advised."""

    def events(self) -> pd.DataFrame:
        """Give what happened to each application, and when."""


@validate_call
def cases(log: History, as_of: dt.date | None = None) -> pd.DataFrame:
    """Give one line an application that had an interview: each key of the tally for it.

    Parameters
    ----------
    log : OutcomeLog
        The log, or anything else that gives its interviews and events.
    as_of : datetime.date or None
        The day as of which it is told, today where none is given: what is dated later has not happened yet.

    Returns
    -------
    pandas.DataFrame
        The columns `KEYS`, typed as in a tally, one row an application; no number, name or date of any. An interview
        that was first read when its outcome was known (`hindsight`) counts as not read. An application whose interview
        is only an event, as from an imported list, has nothing but its outcome and its weeks.
    """
    return cases_from(log.interviews(), log.events(), as_of)


def cases_from(interviews: pd.DataFrame, events: pd.DataFrame, as_of: dt.date | None = None) -> pd.DataFrame:
    """Give the same from the tables of a log: its interviews, with what was read and advised, and its events."""
    day = pd.Timestamp(as_of or today())
    interviews, events = interviews[~(interviews["held_on"] > day)], events[~(events["on"] > day)]
    told = _told_of(interviews, events)
    interviews = pd.concat([interviews, told]) if len(told) else interviews
    asks = _last_asks(interviews)
    found = asks.join(_first_answers(asks, events), on="application")
    found["outcome"] = found["outcome"].astype("object").where(found["outcome"].notna(), OPEN)
    # A late answer takes the place of "no reply", so the others that were given up have been watched until now as well;
    # if they ended when they were given up, only those with a late answer would be left to wait that long.
    until = found["answered_on"].mask(found["outcome"].isin([OPEN, EventKind.NO_REPLY]), day)
    weeks = (until - found["held_on"]).dt.days // 7
    found["weeks"] = weeks.mask(weeks > MOST_WEEKS)  # nobody waits for two hundred years: a year is mistyped
    found["score"] = (found["score"] * 10).round()
    found["reached"] = found["application"].map(_reached(interviews, events, asks))
    found["followed"] = _followed(found)
    found["thanks"] = _thanks(found, events, day)
    found["nudged"] = _nudged(found, events)
    # A list that only tells of interviews seldom tells of letters and reminders: that none stands in it means nothing.
    is_told = found["application"].isin(told["application"])
    found["thanks"] = found["thanks"].mask(is_told & (found["thanks"] == Thanks.NONE))
    found["nudged"] = found["nudged"].mask(is_told & (found["nudged"] == Nudged.NO))
    return typed(found[KEYS])


def _told_of(interviews: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give the interviews that are only events, as from a list that was imported: nobody knows how they went."""
    of_others = ~events["application"].isin(interviews["application"])
    held = events.loc[(events["kind"] == EventKind.INTERVIEW) & of_others, ["application", "on"]]
    known = {"interview": 0, "hindsight": False, "corrected": False}  # what may not be missing
    rows = held.rename(columns={"on": "held_on"}).assign(**known).reindex(columns=interviews.columns)
    return rows.astype(interviews.dtypes.to_dict())


def _last_asks(interviews: pd.DataFrame) -> pd.DataFrame:
    in_order = interviews.assign(asked=interviews["used"].notna()).sort_values(
        ["asked", "held_on", "interview"], na_position="first", kind="stable"
    )
    last = in_order.drop_duplicates("application", keep="last")
    columns = ["application", "held_on", "band", "score", "used", "advised", "response"]
    read_late = {"band": last["band"].mask(last["hindsight"]), "score": last["score"].mask(last["hindsight"])}
    return last.assign(**read_late)[columns].reset_index(drop=True)


def _first_answers(asks: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    outcomes = _after(asks, events[events["kind"].isin(OUTCOMES)])  # an event without a date counts as after
    silent = outcomes["kind"] == EventKind.NO_REPLY
    first = outcomes.assign(silent=silent).sort_values(["silent", "on"], kind="stable").drop_duplicates("application")
    return first.set_index("application")[["kind", "on"]].set_axis(["outcome", "answered_on"], axis="columns")


def _after(asks: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give the events that are not known to have come before the interview."""
    both = events[["application", "kind", "on"]].merge(asks, on="application")
    return both[~(both["on"] < both["held_on"])]


def _reached(interviews: pd.DataFrame, events: pd.DataFrame, asks: pd.DataFrame) -> pd.Series:
    """Give the furthest round of each application, or the offer, by application.

    A round after the interview that counts is left out: the outcome is the answer before it, and not what became of it.
    """
    both = interviews.merge(asks[["application", "held_on"]], on="application", suffixes=("", "_counted"))
    interviews = both[~(both["held_on"] > both["held_on_counted"])]
    offers = events.loc[events["kind"] == EventKind.OFFER, ["application"]].assign(reached=EventKind.OFFER.value)
    rounds = interviews[["application"]].assign(reached=interviews["round"].astype("object"))
    both = typed(pd.concat([rounds, offers], ignore_index=True))
    return (
        both.sort_values("reached", na_position="first", kind="stable")
        .drop_duplicates("application", keep="last")
        .set_index("application")["reached"]
    )


def _followed(found: pd.DataFrame) -> pd.Series:
    advised, used = found["advised"].astype("object"), found["used"].astype("object")
    said = (advised == used).map({True: str(Followed.YES), False: str(Followed.NO)})
    return said.where(advised.notna() & used.notna())


def _thanks(found: pd.DataFrame, events: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Tell of each case whether it was thanked for before it was answered.

    Missing where a day is, where there is still time for it, and where an answer came before it was due: counted as no
    letter, the quickest answers would all be among those without one.
    """
    sent = _after(found, events[events["kind"] == EventKind.THANK_YOU])
    sent = sent[~(sent["on"] > sent["answered_on"])]
    days = found["application"].map((sent["on"] - sent["held_on"]).dt.days.groupby(sent["application"]).min())
    until = found["answered_on"].fillna(day)
    unknown = found["application"].isin(sent["application"]) | ((until - found["held_on"]).dt.days <= IN_TIME)
    said = pd.Series(str(Thanks.NONE), index=found.index, dtype="object").mask(unknown | found["held_on"].isna())
    return said.mask(days > IN_TIME, str(Thanks.LATE)).mask(days <= IN_TIME, str(Thanks.IN_TIME))


def _nudged(found: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Tell of each case whether they were asked again before they answered; missing where its day is."""
    sent = _after(found, events[events["kind"] == EventKind.NUDGE])
    in_time = sent.loc[~(sent["on"] > sent["answered_on"]), "application"]
    said = found["application"].isin(in_time).map({True: str(Nudged.YES), False: str(Nudged.NO)})
    return said.where(found["held_on"].notna())
