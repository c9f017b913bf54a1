"""What to write today: the letter that asks how things stand, for each application where asking is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape

from closing_lib.advice.follow_up import day_to_ask
from closing_lib.casework.applications import application_named
from closing_lib.casework.case import Case
from closing_lib.casework.days_off import DRAFT, days_off
from closing_lib.casework.due import due_rows
from closing_lib.content import text
from closing_lib.documents.letter import LetterKind, Person
from closing_lib.documents.markup import paragraph, shown
from closing_lib.forms.base.view import View
from closing_lib.forms.follow_up.letter_card import letter_text
from closing_lib.forms.follow_up.letter_notes import as_typed
from closing_lib.forms.follow_up.notes_form import noted
from closing_lib.models import EventKind
from closing_lib.records import OutcomeLog


class NudgesView(View):
    """The letters that ask how things stand: one for each application where that is due, none for the others (S24).

    Parameters
    ----------
    log : OutcomeLog or None
        What it shows; the person's own log where none is given.
    """

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write the letters that are due on a day, the most urgent first."""
        on = day_to_ask(day, day, days_off(log, day))  # on a day off they are ready for the next business day
        title = text("follow_up.nudges.title_on", on=shown(on)) if on > day else text("follow_up.nudges.title")
        written = "".join(_letters(log, day, on)) or paragraph(text("follow_up.nudges.none"))
        intro = paragraph(text("follow_up.nudges.intro"), "ck-muted")
        return f"<h2>{escape(title)}</h2>{intro}{written}"


def _letters(log: OutcomeLog, day: dt.date, on: dt.date) -> Iterator[str]:
    me = as_typed((log.draft(DRAFT) or {}).get("me"))
    for one, interview in due_rows(log, day):
        case = Case.read(log, interview.interview, day)
        if case is None or one.kind is not EventKind.NUDGE or one.on > on:
            continue
        people = noted(log, interview.interview).persons or (Person(),)
        letter = case.letter(LetterKind.NUDGE, me, people, people[0].name)
        if letter is not None:
            still = text("follow_up.letter.still", fields="; ".join(letter.missing)) if letter.missing else ""
            title = f"<h3>{escape(application_named(case.application))}</h3>"
            yield title + letter_text(letter) + (paragraph(still, "ck-muted") if still else "")
