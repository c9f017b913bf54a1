"""The questions of the follow-up form, and what its lists offer."""

from __future__ import annotations

from collections.abc import Iterable

from closing_lib.advice.public_holidays import countries
from closing_lib.casework.applications import application_named
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.letter import LetterKind
from closing_lib.documents.letters import DAYS
from closing_lib.forms.base.fields import Field, Option
from closing_lib.forms.follow_up.letter_notes import CARD, LINES, SENTENCES, WHO
from closing_lib.forms.outcomes.log_fields import unchosen
from closing_lib.records import ApplicationRow, InterviewRow, OutcomeLog


def follow_up_fields() -> tuple[Field, ...]:
    """Ask for the interview, the people, and what each letter needs."""
    return (
        Field("interview", _label("interview"), "pick", (unchosen(),)),
        Field("me", _label("me"), "text"),
        Field("people", _label("people"), "text"),
        Field("person", _label("person"), "pick", (unchosen(),)),
        Field("kind", _label("kind"), "pick", _kinds(), default=LetterKind.THANK_YOU),
        Field(WHO, _label(WHO), "text"),
        *(Field(name, _label(name), "notes") for name in SENTENCES),
        *(Field(name, _label(name), "date") for name in DAYS),
        *(Field(name, _label(name), "text") for name in LINES),
        *(Field(name, text(f"follow_up.card.{name}"), "text") for name in CARD),
        Field("country", text("follow_up.dates.country"), "pick", tuple(_countries())),
        Field("thanks", text("follow_up.dates.thanks"), "choice", _thanks(), default="yes"),
    )


def interview_options(log: OutcomeLog) -> tuple[Option, ...]:
    """Offer the interviews of a log, the newest first."""
    named = {row.application: application_named(row) for row in log.rows(ApplicationRow)}
    newest = sorted(log.rows(InterviewRow), key=lambda row: (str(row.held_on or ""), row.interview), reverse=True)
    return tuple(Option(row.interview, f"{named[row.application]}{_when(row)}", row.interview) for row in newest)


def person_options(names: Iterable[str]) -> tuple[Option, ...]:
    """Offer the people of an interview."""
    return tuple(Option(name, name, name) for name in names)


def _label(name: str) -> str:
    return text(f"follow_up.letter.{name}")


def _kinds() -> tuple[Option, ...]:
    return tuple(Option(kind, text(f"follow_up.letter.kind_options.{kind}"), kind) for kind in LetterKind)


def _thanks() -> tuple[Option, ...]:
    return tuple(Option(key, text(f"follow_up.dates.thanks_options.{key}"), key) for key in ("yes", "no"))


def _countries() -> Iterable[Option]:
    yield Option("", text("follow_up.dates.no_country"), None)
    yield from (Option(country.code, country.name, country.code) for country in countries())


def _when(row: InterviewRow) -> str:
    held = f" · {day(row.held_on)}" if row.held_on else ""
    return f" · {text(f'log_forms.interview.round_options.{row.round}')}{held}"
