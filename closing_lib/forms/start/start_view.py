"""Where a person is, in three large choices; and beside them what is due today, each row a link to the form for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from html import escape

from closing_lib.casework.applications import application_named
from closing_lib.casework.due import LETTER_PAGE, by_application, due_rows, form_for, to_do, when_due
from closing_lib.casework.study_log import tried
from closing_lib.content import text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.view import View
from closing_lib.records import ApplicationRow, EventRow, InterviewRow, OutcomeLog
from closing_lib.study.schedule import reviews_due

_PREPARE, _CLOSE = "01_prepare.ipynb", "02_close.ipynb"
_REVIEW = "00_start_here.ipynb#review"
_SHOWN = 4  # rows of each list: a page that is read at a glance


class StartView(View):
    """The start page: one is coming up, I just had one, I'm waiting; and what is due today."""

    has_sample = False

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write the choices, and what is due."""
        ways = {"coming": _PREPARE, "had": _CLOSE, "waiting": _follow_up(log, day)}
        choices = "".join(_choice(name, way) for name, way in ways.items())
        where = f"<h2>{escape(text('start_page.question'))}</h2><ul>{choices}</ul>"
        return (
            f'<div class="ck-start"><div class="ck-ways">{where}</div><div class="ck-due">{_due(log, day)}</div></div>'
        )


def _follow_up(log: OutcomeLog, day: dt.date) -> str:
    """Address what a person who waits can do: the most urgent, else any letter; before all, save the interview."""
    due = due_rows(log, day)
    if due and due[0][0].on <= day:
        return form_for(due[0][0].kind, due[0][1])
    return f"{LETTER_PAGE}.ipynb" if log.rows(InterviewRow) else _CLOSE


def _choice(name: str, way: str) -> str:
    title, what = (escape(text(f"start_page.choice.{name}.{part}")) for part in ("title", "what"))
    return f'<li><a href="{way}"><strong>{title}</strong> <span>{what}</span></a></li>'


def _due(log: OutcomeLog, day: dt.date) -> str:
    """Write what is due today or over, and what comes next."""
    named = {row.application: application_named(row) for row in log.rows(ApplicationRow)}
    events, today = by_application(log.rows(EventRow)), [*_reviews(log, day)]
    later: list[str] = []
    for one, after in due_rows(log, day):
        about = f"{escape(named[after.application])} · {when_due(one.on, day)}"
        row = _row(form_for(one.kind, after), to_do(one, after, events[after.application]), about)
        (later if one.on > day else today).append(row)
    none = "nothing" if named else "nothing_yet"
    said = _list(today) if today else paragraph(text(f"start_page.due.{none}"), "ck-muted")
    below = f"<h3>{escape(text('start_page.due.next'))}</h3>{_list(later)}" if later else ""
    return f"<h2>{escape(text('start_page.due.title'))}</h2>{said}{below}"


def _reviews(log: OutcomeLog, day: dt.date) -> Iterable[str]:
    n = len(reviews_due(tried(log), day))
    if n:
        yield _row(_REVIEW, text("start_page.due.review", n=n))


def _row(way: str, what: str, about: str = "") -> str:
    below = f" <small>{about}</small>" if about else ""
    return f'<li><a href="{escape(way)}">{escape(what)}{below}</a></li>'


def _list(rows: list[str]) -> str:
    left = len(rows) - _SHOWN
    more = text("start_page.and_more", n=left, page=text(f"pages.short.{LETTER_PAGE}"))
    return f"<ul>{''.join(rows[:_SHOWN])}{_row(f'{LETTER_PAGE}.ipynb', more) if left > 0 else ''}</ul>"
