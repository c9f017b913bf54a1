"""From a log to applications: one line each, with how far it came, as also an imported list tells it."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, runtime_checkable

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.clock import today
from closing_lib.models import EventKind
from closing_lib.outcomes.vocabulary import MOST_WEEKS, OPEN, OUTCOMES, typed

STAGES = ["applied", "interview", "offer"]
_FORWARD = [EventKind.INTERVIEW, EventKind.ADVANCED]
_ANSWERS = [*_FORWARD, EventKind.OFFER, EventKind.REJECTED]
_TOLD = [*_ANSWERS, EventKind.WITHDREW, EventKind.NO_REPLY]


@runtime_checkable
class Listed(Protocol):
    """Applications and what happened to each, as tables: a log, or what else gives the same two."""

    def applications(self) -> pd.DataFrame:
        """Applications, each with its role, its source and its day."""

    def events(self) -> pd.DataFrame:
        """What happened to each application, and when."""


@validate_call
def applications(log: Listed, as_of: dt.date | None = None) -> pd.DataFrame:
    """One line an application: what a list tells that knows of no question asked at an interview.

    Parameters
    ----------
    log : OutcomeLog
        The log, or anything else that gives its applications and events.
    as_of : datetime.date or None
        The day as of which it is told, today where none is given: what is dated later has not happened yet.

    Returns
    -------
    pandas.DataFrame
        ``role``, ``source`` (str), as they were written; ``month`` in which it was sent, such as 202611; ``stage``, how
        far it came: ``"applied"``, ``"interview"`` (or another next step), ``"offer"``; ``outcome`` as it stands:
        ``"offer"``, ``"rejected"``, ``"withdrew"``, ``"no_reply"``, ``"open"``; ``answer``, the first from the employer
        (an interview counts as ``"advanced"``), and ``weeks`` from the application to it, or up to ``as_of`` without
        one; and ``n``, 1.
    """
    return _from(log.applications(), log.events(), pd.Timestamp(as_of or today()))


def _from(sent: pd.DataFrame, events: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
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
    answer, on = _first(told, sent.index)
    until = on.mask(answer.isin([OPEN, EventKind.NO_REPLY]), day)
    weeks = (until - sent["applied_on"]).dt.days // 7
    found["answer"] = answer.to_numpy()
    found["weeks"] = weeks.where((weeks >= 0) & (weeks <= MOST_WEEKS)).to_numpy()
    kinds = {"stage": pd.CategoricalDtype(STAGES, ordered=True), "answer": pd.CategoricalDtype(OUTCOMES, ordered=True)}
    return typed(found).astype(kinds).assign(n=1)


def _first(told: pd.DataFrame, index: pd.Index) -> tuple[pd.Series, pd.Series]:
    """The first answer to each application and its day; a withdrawal or "no reply" where there is none."""
    ranked = told.assign(rank=told["kind"].map(lambda kind: 0 if kind in _ANSWERS else 1 if kind != "no_reply" else 2))
    first = ranked.sort_values(["application", "rank"], kind="stable").drop_duplicates("application")
    first = first.set_index("application").reindex(index)
    kind = first["kind"].mask(first["kind"].isin(_FORWARD), str(EventKind.ADVANCED))
    return kind.fillna(OPEN).map(str), first["on"]
