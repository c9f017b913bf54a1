"""How far the person has come: exercises and review questions, page by page."""

from __future__ import annotations

import datetime as dt
from html import escape

from closing_lib.content import text
from closing_lib.forms.sheet import paragraph
from closing_lib.forms.study_log import tried
from closing_lib.forms.tables import shown, table
from closing_lib.forms.views import View
from closing_lib.records import OutcomeLog
from closing_lib.study.progress import PageProgress, progress, rounds_played


class ProgressView(View):
    """The exercises done and the review questions due on each page, in words."""

    has_sample = False

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write how far the person has come."""
        made = tried(log)
        pages = progress(made, day)
        totals = {name: sum(getattr(page, name) for page in pages) for name in ("done", "of", "due")}
        summary = text("study.progress.summary", rounds=rounds_played(made), **totals)
        columns = [text(f"study.progress.column.{name}") for name in ("page", "exercises", "review")]
        rows = [(_linked(page.page), escape(_exercises(page)), escape(_reviews(page))) for page in pages]
        title = text("study.progress.title")
        return f"<h2>{escape(title)}</h2>{paragraph(summary)}{table(columns, rows, title)}"


def _linked(page: str) -> str:
    return f'<a href="{escape(page)}.ipynb">{escape(text(f"study.page.{page}"))}</a>'


def _exercises(page: PageProgress) -> str:
    key = "all" if page.done == page.of else "some" if page.done else "none"
    return text(f"study.progress.exercises_{key}", done=page.done, of=page.of)


def _reviews(page: PageProgress) -> str:
    if page.due:
        return text("study.progress.review_due", n=page.due)
    if page.next_on:
        return text("study.progress.review_next", day=shown(page.next_on))
    return text(f"study.progress.review_{'done' if page.has_begun else 'not_begun'}")
