"""A letter, what it needs and the dates after it, in words and HTML; everything that a person typed is escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from closing_lib.advice.follow_up import later
from closing_lib.casework.case import Case
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.letter import Letter, LetterKind
from closing_lib.documents.letters import SHAPES
from closing_lib.documents.markup import paragraph, shown, table
from closing_lib.documents.plain_text import address
from closing_lib.forms.follow_up.letter_notes import LetterNotes
from closing_lib.models import EventKind

PREPARED = ("strength", "interest")  # what is offered from the preparation


def letter_card(letter: Letter | None, *, is_any: bool) -> str:
    """Write a letter as it reads now, with its subject above; without one, what comes first.

    Parameters
    ----------
    letter : Letter or None
        The letter.
    is_any : bool
        Whether there is an interview to write about.
    """
    title = f"<h2>{escape(text('follow_up.letter.reads'))}</h2>"
    if letter is None:
        begin = "follow_up.letter.nobody" if is_any else "follow_up.letter.no_interview"
        return title + paragraph(text(begin, page=text("pages.short.02_close")), "ck-muted")
    return title + letter_text(letter)


def letter_text(letter: Letter) -> str:
    """Write a letter with its subject above, and each gap marked in its sentence."""
    subject = paragraph(text("follow_up.letter.subject", subject=letter.subject), "ck-muted")
    *body, sign_off, me = (_marked(one, letter.gaps) for one in letter.paragraphs)
    inner = "".join(f'<p dir="auto">{one}</p>' for one in [*body, f"{sign_off}<br>{me}"])
    # Not in the style sheet, which would change every page that holds it: only here can a word be 10,000 letters long.
    return f'<div style="overflow-wrap: anywhere">{subject}{inner}</div>'


def origin(notes: LetterNotes, letter: Letter | None) -> str:
    """Say what stands in a letter as it was prepared, so that it is worded for this one; nothing where all is new."""
    prepared = ((one, notes.offered.get(one)) for one in PREPARED)
    used = (*SHAPES[letter.kind].needs, *SHAPES[letter.kind].may) if letter else ()
    same = [one for one, said in prepared if letter and one in used and said and getattr(letter.to, one) == said]
    if not same:
        return ""
    named = ", ".join(text(f"follow_up.letter.offered.{one}") for one in same)
    return paragraph(text("follow_up.letter.from_preparation", fields=named), "ck-muted")


def hint(case: Case | None, letter: Letter | None) -> str:
    """Say what a letter still needs, or that it is whole, or that it was sent."""
    if case is None or letter is None:
        return ""
    if sent := case.noted(letter):
        return noted("noted_before", sent.kind, letter.to.name, sent.on)
    if letter.missing:
        return text("follow_up.letter.still", fields="; ".join(letter.missing))
    nowhere = "" if address(letter.to.email) else f" {text('follow_up.letter.no_address')}"
    return text("follow_up.letter.whole") + _in_time(case, letter) + nowhere


def noted(key: str, kind: EventKind, name: str, on: dt.date | None) -> str:
    """Say that the log has it."""
    what = text(f"log_forms.event.kind_options.{kind}")
    return text(f"follow_up.letter.{key}", kind=what, person=name, on=day(on) if on else "–")


def dates_card(case: Case | None) -> str:
    """Write the steps that lie ahead, or why there are none."""
    if case is None:
        return ""
    if not case.planned:
        why = "follow_up.dates.closed" if case.is_answered else "follow_up.dates.no_day"
        return paragraph(text(why, page=text("pages.short.05_outcomes")), "ck-muted")
    columns = [text(f"follow_up.dates.{name}") for name in ("when", "what")]
    cells = [(shown(one.due.on), escape(text(f"outcomes.due.{one.due.kind}"))) for one in case.planned]
    return table(columns, cells, text("follow_up.dates.caption"))


def _marked(said: str, gaps: Iterable[str]) -> str:
    marked = escape(said)
    for gap in gaps:
        marked = marked.replace(escape(gap), f"<mark>{escape(gap)}</mark>")
    return marked


def _in_time(case: Case, letter: Letter) -> str:
    held_on = case.interview.held_on
    if letter.kind is not LetterKind.THANK_YOU or held_on is None:
        return ""
    last = later(held_on, 1)
    return f" {text('follow_up.letter.send_late' if last < case.today else 'follow_up.letter.send_by', on=shown(last))}"
