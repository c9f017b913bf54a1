"""The files of following up: what is in each, and what its name tells. Nothing is sent from here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from closing_lib.casework.applications import application_named
from closing_lib.casework.case import Case
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.calendar_file import calendar_file
from closing_lib.documents.contact_card import Contact, contact_card
from closing_lib.documents.document import document
from closing_lib.documents.letter import Letter
from closing_lib.documents.mail_draft import mail_draft
from closing_lib.forms.base.saved_files import MadeFile

FOLDER = "follow_up"
_LETTERS: Mapping[str, Callable[[Letter, dt.date], bytes]] = {
    "docx": document,
    "eml": lambda letter, _day: mail_draft(letter),
}


def letter_file(case: Case, letter: Letter, ending: str) -> MadeFile:
    """Make a letter as ``"docx"`` or ``"eml"``."""
    named = text(f"follow_up.file.{letter.kind}")
    return MadeFile((named, *_about(case), letter.to.name), ending, _LETTERS[ending](letter, case.today))


def dates_file(case: Case) -> MadeFile:
    """Make the steps that lie ahead as a calendar; a changed day of the interview makes another one."""
    key = f"{case.key}-{case.interview.held_on}"
    content = calendar_file(case.planned, case.occasion(""), key, dt.datetime.now(dt.UTC))
    return MadeFile((text("follow_up.file.dates"), *_about(case)), "ics", content)


def dates_text(case: Case) -> str:
    """Write the steps that lie ahead as a text, a line a step."""
    dated = (f"{day(one.due.on)}: {text(f'outcomes.due.{one.due.kind}')}" for one in case.planned)
    return "\n".join([application_named(case.application), *dated]) + "\n"


def card_file(case: Case, letter: Letter, phone: str, title: str) -> MadeFile:
    """Make the business card of the person to whom a letter goes."""
    to = letter.to
    met = text(
        "follow_up.card.note",
        role=case.application.role or "",
        held_on=day(case.interview.held_on) if case.interview.held_on else "",
    )
    content = contact_card(Contact(to.name, case.application.company, title, to.email, phone, met))
    return MadeFile((text("follow_up.file.card"), *_about(case), to.name), "vcf", content)


def _about(case: Case) -> tuple[str, str]:
    return case.key, case.application.company
