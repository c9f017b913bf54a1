"""The tables of fields of the log's forms: what is asked about an application, an interview and an event."""

from __future__ import annotations

import datetime as dt

from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.forms.base.fields import Field, Option
from closing_lib.models import Asked, Choice, EventKind, Format, Response, Round
from closing_lib.records.interviews import days_contradict


def application_fields() -> tuple[Field, ...]:
    """Ask for an application."""
    return tuple(Field(name, _label("interview", name), "suggest", required=True) for name in ("company", "role"))


def applied_on_field() -> Field:
    """Ask for the day of applying, where an application is corrected."""
    return Field("applied_on", _label("change", "applied_on"), "date")


def interview_fields() -> tuple[Field, ...]:
    """Ask for an interview: when, how, what was asked and answered."""
    return (
        Field("held_on", _label("interview", "held_on"), "date", required=True, default=today),
        Field("round", _label("interview", "round"), "choice", _options(Round, "interview.round"), default=Round.FIRST),
        _format_field(),
        Field("used", _label("interview", "used"), "choice", _options(Asked, "interview.used")),
        Field("response", _label("interview", "response"), "choice", _response_options(), default=_NOT_YET),
        Field("promised_on", _label("interview", "promised_on"), "date"),
        Field("interviewers", _label("interview", "interviewers"), "text"),
        Field("note", _label("interview", "note"), "notes"),
    )


def event_fields() -> tuple[Field, ...]:
    """Ask for an event: what happened, and when."""
    return (
        Field("kind", _label("event", "kind"), "pick", (unchosen(), *_options(EventKind, "event.kind")), required=True),
        Field("on", _label("event", "on"), "date", required=True, default=today),
        Field("note", _label("event", "note"), "text"),
    )


def interview_objection(held_on: dt.date | None, promised_on: dt.date | None) -> str:
    """Say which day of an interview cannot be; nothing where both can."""
    if held_on and held_on > today():
        return text("log_forms.common.in_future", field=_label("interview", "held_on"))
    return text("log_trouble.promised_before") if days_contradict(held_on, promised_on) else ""


def event_objection(on: dt.date | None, asked: str = "event.on") -> str:
    """Say that nothing can have happened yet that is still to come."""
    return text("log_forms.common.in_future", field=text(f"log_forms.{asked}")) if on and on > today() else ""


def unchosen() -> Option:
    """Give what a list shows before anything is picked."""
    return Option("", text("log_forms.event.choose"), None)


_NOT_YET = "not_yet"


def _label(form: str, name: str) -> str:
    return text(f"log_forms.{form}.{name}")


def _options(choices: type[Choice], key: str) -> tuple[Option, ...]:
    return tuple(Option(choice, text(f"log_forms.{key}_options.{choice}"), choice) for choice in choices)


def _format_field() -> Field:
    options = tuple(Option(how, text(f"forms.assessment.format_options.{how}"), how) for how in Format)
    return Field("format", _label("interview", "format"), "choice", options)


def _response_options() -> tuple[Option, ...]:
    return (Option(_NOT_YET, _label("interview", "not_yet"), None), *_options(Response, "interview.response"))
