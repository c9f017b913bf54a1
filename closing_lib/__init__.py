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
    from closing_lib.advice.follow_up import due, plan
    from closing_lib.advice.pitch import Pitch, Review, check_pitch
    from closing_lib.advice.preparation import ClosingCard, closing_card
    from closing_lib.advice.public_holidays import countries, public_holidays
    from closing_lib.advice.questions import Remark, check_question, questions_for
    from closing_lib.advice.recommendation import Advice, Change, recommend
    from closing_lib.advice.response import Guide, respond
    from closing_lib.assessment import Assessment, Reading, assess
    from closing_lib.content import (
        Question,
        Reply,
        Scenario,
        Sign,
        questions,
        replies,
        scenario,
        scenarios,
        signs,
        use_language,
    )
    from closing_lib.documents.activity_page import activity_page
    from closing_lib.documents.activity_pdf import activity_pdf
    from closing_lib.documents.analysis_page import analysis_page
    from closing_lib.documents.calendar_file import calendar_file
    from closing_lib.documents.closing_page import closing_page
    from closing_lib.documents.closing_pdf import closing_pdf
    from closing_lib.documents.contact_card import Contact, contact_card
    from closing_lib.documents.document import document
    from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
    from closing_lib.documents.letters import letter, nudge, reply_to_no, thank_you_letters
    from closing_lib.documents.mail_draft import mail_draft
    from closing_lib.forms.close.assessment_form import AssessmentForm
    from closing_lib.forms.follow_up.due_view import DueView
    from closing_lib.forms.follow_up.follow_up_form import FollowUpForm
    from closing_lib.forms.follow_up.nudges_view import NudgesView
    from closing_lib.forms.outcomes.analysis_form import AnalysisForm
    from closing_lib.forms.outcomes.change_form import ChangeForm
    from closing_lib.forms.outcomes.event_form import EventForm
    from closing_lib.forms.outcomes.log_form import LogForm
    from closing_lib.forms.outcomes.views import OutcomesView
    from closing_lib.forms.practise.practise_form import PractiseForm
    from closing_lib.forms.prepare.prepare_form import PrepareForm
    from closing_lib.forms.respond.concern_form import ConcernForm
    from closing_lib.forms.respond.prospects_view import ProspectsView
    from closing_lib.forms.respond.response_form import ResponseForm
    from closing_lib.forms.room.room_form import RoomForm
    from closing_lib.forms.room.share_form import ShareForm
    from closing_lib.forms.start.start_view import StartView
    from closing_lib.forms.study.exercise_form import ExerciseForm
    from closing_lib.forms.study.progress_view import ProgressView
    from closing_lib.forms.study.review_form import ReviewForm
    from closing_lib.forms.transfer.export_form import ExportForm
    from closing_lib.forms.transfer.import_form import ImportForm
    from closing_lib.models import (
        Asked,
        AttemptKind,
        Band,
        Category,
        Directness,
        Element,
        EventKind,
        Format,
        Interviewer,
        Leaning,
        Level,
        Move,
        Reason,
        Response,
        Round,
        Settled,
        Side,
        Tactic,
        Verdict,
    )
    from closing_lib.outcomes.room import sample_room
    from closing_lib.outcomes.tally import tally
    from closing_lib.practice.debrief import Debrief, Placed, debrief
    from closing_lib.practice.interviewer import Answer, answer_chances, decision_chances, draw_answer
    from closing_lib.practice.record import PracticeRecord, practice_record
    from closing_lib.practice.tries import Try
    from closing_lib.records import LockedError, LogError, OutcomeLog, sample_log
    from closing_lib.records.activity import ActivityReport, activity_report
    from closing_lib.records.backup import export_bytes, export_log, read_history
    from closing_lib.records.importing import ImportReport
    from closing_lib.records.importing.taking_in import import_csv

_HOME = {
    "models": (
        "Asked",
        "AttemptKind",
        "Band",
        "Category",
        "Directness",
        "Element",
        "EventKind",
        "Format",
        "Interviewer",
        "Leaning",
        "Level",
        "Move",
        "Reason",
        "Response",
        "Round",
        "Settled",
        "Side",
        "Tactic",
        "Verdict",
    ),
    "content": (
        "Question",
        "Reply",
        "Scenario",
        "Sign",
        "questions",
        "replies",
        "scenario",
        "scenarios",
        "signs",
        "use_language",
    ),
    "assessment": ("Assessment", "Reading", "assess"),
    "documents.calendar_file": ("calendar_file",),
    "advice.concern": ("reply_to_concern",),
    "documents.contact_card": ("Contact", "contact_card"),
    "practice.debrief": ("Debrief", "Placed", "debrief"),
    "documents.document": ("document",),
    "advice.follow_up": ("due", "plan"),
    "practice.interviewer": ("Answer", "answer_chances", "decision_chances", "draw_answer"),
    "documents.letter": ("Letter", "LetterKind", "Occasion", "Person"),
    "documents.letters": ("letter", "nudge", "reply_to_no", "thank_you_letters"),
    "documents.mail_draft": ("mail_draft",),
    "advice.pitch": ("Pitch", "Review", "check_pitch"),
    "practice.tries": ("Try",),
    "practice.record": ("PracticeRecord", "practice_record"),
    "advice.preparation": ("ClosingCard", "closing_card"),
    "advice.public_holidays": ("countries", "public_holidays"),
    "advice.questions": ("Remark", "check_question", "questions_for"),
    "advice.recommendation": ("Advice", "Change", "recommend"),
    "advice.response": ("Guide", "respond"),
    "records": ("LockedError", "LogError", "OutcomeLog", "sample_log"),
    "records.activity": ("ActivityReport", "activity_report"),
    "records.backup": ("export_bytes", "export_log", "read_history"),
    "records.importing": ("ImportReport",),
    "records.importing.taking_in": ("import_csv",),
    "outcomes.room": ("sample_room",),
    "outcomes.tally": ("tally",),
    "documents.activity_page": ("activity_page",),
    "documents.activity_pdf": ("activity_pdf",),
    "forms.outcomes.analysis_form": ("AnalysisForm",),
    "documents.analysis_page": ("analysis_page",),
    "forms.close.assessment_form": ("AssessmentForm",),
    "forms.outcomes.change_form": ("ChangeForm",),
    "documents.closing_page": ("closing_page",),
    "documents.closing_pdf": ("closing_pdf",),
    "forms.respond.concern_form": ("ConcernForm",),
    "forms.outcomes.event_form": ("EventForm",),
    "forms.transfer.export_form": ("ExportForm",),
    "forms.study.exercise_form": ("ExerciseForm",),
    "forms.follow_up.follow_up_form": ("FollowUpForm",),
    "forms.transfer.import_form": ("ImportForm",),
    "forms.outcomes.log_form": ("LogForm",),
    "forms.follow_up.nudges_view": ("NudgesView",),
    "forms.practise.practise_form": ("PractiseForm",),
    "forms.prepare.prepare_form": ("PrepareForm",),
    "forms.study.progress_view": ("ProgressView",),
    "forms.respond.response_form": ("ResponseForm",),
    "forms.study.review_form": ("ReviewForm",),
    "forms.room.room_form": ("RoomForm",),
    "forms.room.share_form": ("ShareForm",),
    "forms.outcomes.views": ("OutcomesView",),
    "forms.follow_up.due_view": ("DueView",),
    "forms.respond.prospects_view": ("ProspectsView",),
    "forms.start.start_view": ("StartView",),
}
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "ActivityReport",
    "Advice",
    "AnalysisForm",
    "Answer",
    "Asked",
    "Assessment",
    "AssessmentForm",
    "AttemptKind",
    "Band",
    "Category",
    "Change",
    "ChangeForm",
    "ClosingCard",
    "ConcernForm",
    "Contact",
    "Debrief",
    "Directness",
    "DueView",
    "Element",
    "EventForm",
    "EventKind",
    "ExerciseForm",
    "ExportForm",
    "FollowUpForm",
    "Format",
    "Guide",
    "ImportForm",
    "ImportReport",
    "Interviewer",
    "Leaning",
    "Letter",
    "LetterKind",
    "Level",
    "LockedError",
    "LogError",
    "LogForm",
    "Move",
    "NudgesView",
    "Occasion",
    "OutcomeLog",
    "OutcomesView",
    "Person",
    "Pitch",
    "Placed",
    "PracticeRecord",
    "PractiseForm",
    "PrepareForm",
    "ProgressView",
    "ProspectsView",
    "Question",
    "Reading",
    "Reason",
    "Remark",
    "Reply",
    "Response",
    "ResponseForm",
    "Review",
    "ReviewForm",
    "RoomForm",
    "Round",
    "Scenario",
    "Settled",
    "ShareForm",
    "Side",
    "Sign",
    "StartView",
    "Tactic",
    "Try",
    "Verdict",
    "activity_page",
    "activity_pdf",
    "activity_report",
    "analysis_page",
    "answer_chances",
    "assess",
    "calendar_file",
    "check_pitch",
    "check_question",
    "closing_card",
    "closing_page",
    "closing_pdf",
    "contact_card",
    "countries",
    "debrief",
    "decision_chances",
    "document",
    "draw_answer",
    "due",
    "export_bytes",
    "export_log",
    "import_csv",
    "letter",
    "mail_draft",
    "nudge",
    "outcomes",
    "plan",
    "practice_record",
    "public_holidays",
    "questions",
    "questions_for",
    "read_history",
    "recommend",
    "replies",
    "reply_to_concern",
    "reply_to_no",
    "respond",
    "sample_log",
    "sample_room",
    "scenario",
    "scenarios",
    "signs",
    "tally",
    "thank_you_letters",
    "use_language",
]


def __getattr__(name: str) -> object:
    if name == "outcomes":
        return import_module("closing_lib.outcomes")
    if name not in _WHERE:
        not_known = import_module("closing_lib.arguments").not_known
        raise AttributeError(not_known(f"closing_lib has no {name!r}", name, __all__))
    value = getattr(import_module(f"closing_lib.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
