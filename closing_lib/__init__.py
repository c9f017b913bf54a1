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
    from closing_lib.advice.pitch import Pitch, Review, check_pitch
    from closing_lib.advice.preparation import ClosingCard, closing_card
    from closing_lib.advice.questions import Remark, check_question, questions_for
    from closing_lib.advice.recommendation import Advice, Change, recommend
    from closing_lib.advice.response import Guide, respond
    from closing_lib.assessment import Assessment, Reading, assess
    from closing_lib.content import Question, Sign, questions, signs, use_language
    from closing_lib.forms.assessment_form import AssessmentForm
    from closing_lib.forms.change_form import ChangeForm
    from closing_lib.forms.closing_page import closing_page
    from closing_lib.forms.closing_pdf import closing_pdf
    from closing_lib.forms.concern_form import ConcernForm
    from closing_lib.forms.event_form import EventForm
    from closing_lib.forms.log_form import LogForm
    from closing_lib.forms.prepare_form import PrepareForm
    from closing_lib.forms.response_form import ResponseForm
    from closing_lib.forms.views import DueView, OutcomesView, ProspectsView
    from closing_lib.models import (
        Asked,
        Band,
        Category,
        Element,
        EventKind,
        Format,
        Interviewer,
        Reason,
        Response,
        Round,
        Settled,
        Tactic,
    )
    from closing_lib.outcomes.tally import tally
    from closing_lib.records import LockedError, LogError, OutcomeLog, sample_log

_HOME = {
    "models": (
        "Asked",
        "Band",
        "Category",
        "Element",
        "EventKind",
        "Format",
        "Interviewer",
        "Reason",
        "Response",
        "Round",
        "Settled",
        "Tactic",
    ),
    "content": ("Question", "Sign", "questions", "signs", "use_language"),
    "assessment": ("Assessment", "Reading", "assess"),
    "advice.concern": ("reply_to_concern",),
    "advice.pitch": ("Pitch", "Review", "check_pitch"),
    "advice.preparation": ("ClosingCard", "closing_card"),
    "advice.questions": ("Remark", "check_question", "questions_for"),
    "advice.recommendation": ("Advice", "Change", "recommend"),
    "advice.response": ("Guide", "respond"),
    "records": ("LockedError", "LogError", "OutcomeLog", "sample_log"),
    "outcomes.tally": ("tally",),
    "forms.assessment_form": ("AssessmentForm",),
    "forms.change_form": ("ChangeForm",),
    "forms.closing_page": ("closing_page",),
    "forms.closing_pdf": ("closing_pdf",),
    "forms.concern_form": ("ConcernForm",),
    "forms.event_form": ("EventForm",),
    "forms.log_form": ("LogForm",),
    "forms.prepare_form": ("PrepareForm",),
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
    "Category",
    "Change",
    "ChangeForm",
    "ClosingCard",
    "ConcernForm",
    "DueView",
    "Element",
    "EventForm",
    "EventKind",
    "Format",
    "Guide",
    "Interviewer",
    "LockedError",
    "LogError",
    "LogForm",
    "OutcomeLog",
    "OutcomesView",
    "Pitch",
    "PrepareForm",
    "ProspectsView",
    "Question",
    "Reading",
    "Reason",
    "Remark",
    "Response",
    "ResponseForm",
    "Review",
    "Round",
    "Settled",
    "Sign",
    "Tactic",
    "assess",
    "check_pitch",
    "check_question",
    "closing_card",
    "closing_page",
    "closing_pdf",
    "outcomes",
    "questions",
    "questions_for",
    "recommend",
    "reply_to_concern",
    "respond",
    "sample_log",
    "signs",
    "tally",
    "use_language",
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
