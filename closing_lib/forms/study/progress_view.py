"""How far the person has come: exercises and review questions, page by page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape

from closing_lib.casework.study_log import tried
from closing_lib.content import text
from closing_lib.content.figures import day as written_day
from closing_lib.content.pages import pages
from closing_lib.documents.markup import paragraph, table
from closing_lib.forms.base.view import View
from closing_lib.records import OutcomeLog
from closing_lib.study.progress import PageProgress, progress, rounds_played


class ProgressView(View):
    """The exercises done and the review questions due on each page, in words."""

    has_sample = False

    def write(self, log: OutcomeLog, day: dt.date) -> str:
        """Write how far the person has come, on the pages that there are."""
        made = tried(log)
        titles = {page.name: page.title for page in pages()}
        come = [page for page in progress(made, day) if page.page in titles]
        totals = {name: sum(getattr(page, name) for page in come) for name in ("done", "of", "due")}
        summary = text("study.progress.summary", rounds=rounds_played(made), **totals)
        columns = [text(f"study.progress.column.{name}") for name in ("page", "exercises", "review")]
        rows = [(_linked(page.page, titles), escape(_exercises(page)), escape(_reviews(page))) for page in come]
        title = text("study.progress.title")
        return f"<h2>{escape(title)}</h2>{paragraph(summary)}{table(columns, rows, title)}"


def _linked(page: str, titles: Mapping[str, str]) -> str:
    return f'<a href="{escape(page)}.ipynb">{escape(titles[page])}</a>'


def _exercises(page: PageProgress) -> str:
    key = "all" if page.done == page.of else "some" if page.done else "none"
    return text(f"study.progress.exercises_{key}", done=page.done, of=page.of)


def _reviews(page: PageProgress) -> str:
    if page.due:
        return text("study.progress.review_due", n=page.due)
    if page.next_on:
        return text("study.progress.review_next", day=written_day(page.next_on))
    return text(f"study.progress.review_{'done' if page.has_begun else 'not_begun'}")
