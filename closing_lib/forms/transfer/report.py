"""What an import would do, or has done, as HTML: the first rows as they are read, and each row that is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape

from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.markup import paragraph, table
from closing_lib.records.importing import ImportReport

_SHOWN = 100  # rows of a table; all of them are in the report in code


def report_tables(report: ImportReport) -> str:
    """Write what is not asked about: each part under its own title, and no part that is empty."""
    first = [
        (str(row.line), escape(row.company), escape(row.role or "–"), _day(row.applied_on), _events(row.events))
        for row in report.first
    ]
    skipped = [(str(row.line), escape(row.reason)) for row in report.skipped]
    remarks = [(str(one.line or _form("whole_file")), escape(one.said)) for one in report.remarks]
    return (
        (_part("first", ("line", "company", "role", "applied_on", "events"), first) if report.dry_run else "")
        + _part("skipped", ("line", "reason"), skipped)
        + _part("remarks", ("line", "remark"), remarks)
    )


def _part(name: str, columns: Iterable[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    title = _form(f"{name}.title")
    shown = table([_form(f"heading.{column}") for column in columns], rows[:_SHOWN], title)
    left = len(rows) - _SHOWN
    more = paragraph(_form("more", n=left), "ck-muted") if left > 0 else ""
    return f"<h3>{escape(title)}</h3>{shown}{more}"


def _events(events: Iterable[tuple[str, str | None]]) -> str:
    """Write events in the order in which the log tells them: by their days, and those without one last."""
    in_order = sorted(events, key=lambda event: (event[1] is None, event[1] or ""))
    written = [
        escape(text(f"outcomes.event.{kind}")) + (f" <small>{_day(on)}</small>" if on else "") for kind, on in in_order
    ]
    return ", ".join(written) or "–"


def _day(on: str | None) -> str:
    return escape(day(dt.date.fromisoformat(on))) if on else "–"


def _form(name: str, **figures: object) -> str:
    return text(f"importing.form.{name}", **figures)
