"""The closing kit's library: assess an interview, choose the close, log what came of it, learn from it.

The names below are the contract that notebooks rely on. Each is loaded when it is first used, so that ``import closing_lib``
loads neither pandas nor widgets.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closing_lib import outcomes
    from closing_lib.advice.recommendation import Advice, Change, recommend
    from closing_lib.advice.response import Guide, respond
    from closing_lib.assessment import Assessment, Reading, assess
    from closing_lib.content import Sign, signs
    from closing_lib.models import Asked, Band, EventKind, Format, Reason, Response, Round, Settled, Tactic

_HOME = {
    "models": ("Asked", "Band", "EventKind", "Format", "Reason", "Response", "Round", "Settled", "Tactic"),
    "content": ("Sign", "signs"),
    "assessment": ("Assessment", "Reading", "assess"),
    "advice.recommendation": ("Advice", "Change", "recommend"),
    "advice.response": ("Guide", "respond"),
    "records.log": ("OutcomeLog",),
    "outcomes.tally": ("tally",),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Advice",
    "Asked",
    "Assessment",
    "Band",
    "Change",
    "EventKind",
    "Format",
    "Guide",
    "OutcomeLog",
    "Reading",
    "Reason",
    "Response",
    "Round",
    "Settled",
    "Sign",
    "Tactic",
    "assess",
    "outcomes",
    "recommend",
    "respond",
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
