"""The closing kit's library: assess an interview, choose the close, log what came of it, learn from it.

The names below are the contract that notebooks rely on. Each is loaded when it is first used, so that ``import
closing_lib`` loads neither pandas nor widgets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closing_lib import outcomes
    from closing_lib.advice.concern import reply_to_concern
    from closing_lib.advice.recommendation import Advice, Change, recommend
    from closing_lib.advice.response import Guide, respond
    from closing_lib.assessment import Assessment, Reading, assess
    from closing_lib.content import Sign, signs
    from closing_lib.forms.assessment_form import AssessmentForm
    from closing_lib.forms.change_form import ChangeForm
    from closing_lib.forms.concern_form import ConcernForm
    from closing_lib.forms.event_form import EventForm
    from closing_lib.forms.log_form import LogForm
    from closing_lib.forms.response_form import ResponseForm
    from closing_lib.forms.views import DueView, OutcomesView, ProspectsView
    from closing_lib.models import Asked, Band, EventKind, Format, Reason, Response, Round, Settled, Tactic
    from closing_lib.outcomes.tally import tally
    from closing_lib.records import LockedError, LogError, OutcomeLog, sample_log

_HOME = {
    "models": ("Asked", "Band", "EventKind", "Format", "Reason", "Response", "Round", "Settled", "Tactic"),
    "content": ("Sign", "signs"),
    "assessment": ("Assessment", "Reading", "assess"),
    "advice.recommendation": ("Advice", "Change", "recommend"),
    "advice.concern": ("reply_to_concern",),
    "advice.response": ("Guide", "respond"),
    "records": ("LockedError", "LogError", "OutcomeLog", "sample_log"),
    "outcomes.tally": ("tally",),
    "forms.assessment_form": ("AssessmentForm",),
    "forms.concern_form": ("ConcernForm",),
    "forms.change_form": ("ChangeForm",),
    "forms.event_form": ("EventForm",),
    "forms.log_form": ("LogForm",),
    "forms.response_form": ("ResponseForm",),
    "forms.views": ("DueView", "OutcomesView", "ProspectsView"),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Advice",
    "Asked",
    "Assessment",
    "AssessmentForm",
    "Band",
    "Change",
    "ChangeForm",
    "ConcernForm",
    "DueView",
    "EventForm",
    "EventKind",
    "Format",
    "Guide",
    "LockedError",
    "LogError",
    "LogForm",
    "OutcomeLog",
    "OutcomesView",
    "ProspectsView",
    "Reading",
    "Reason",
    "Response",
    "ResponseForm",
    "Round",
    "Settled",
    "Sign",
    "Tactic",
    "assess",
    "outcomes",
    "recommend",
    "reply_to_concern",
    "respond",
    "sample_log",
    "signs",
    "tally",
]


def __getattr__(name: str) -> object:
    if name == "outcomes":
        return import_module("closing_lib.outcomes")
    if name not in _WHERE:
        raise AttributeError(f"closing_lib has no {name!r}.")
    value = getattr(import_module(f"closing_lib.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
