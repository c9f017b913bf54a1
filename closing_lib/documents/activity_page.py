"""The report of activity as HTML: a page of its own, to read, to send on and to print. No widget is needed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.plain_text import short
from closing_lib.documents.printed_page import printed_page
from closing_lib.records.activity import ActivityReport, Deed

COLUMNS = ("on", "company", "role", "kind", "result")
_LONG = 120  # letters of a name


@validate_call
def activity_page(report: ActivityReport) -> str:
    """Write the report as a page that needs nothing else; all that was typed is escaped.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> from closing_lib.records.activity import activity_report
    >>> activity_page(activity_report(sample_log(), name="Alex <b>Tan")).count("<b>")
    0
    """
    parts = [*(f"<p>{_isolated(line)}</p>" for line in head(report)), _counts(report), _table(report)]
    parts += [f"<p>{escape(line)}</p>" for line in notes(report)]
    parts.append(f'<p class="ck-sign">{escape(text("activity.signature"))}</p>')
    return printed_page(text("activity.title"), "\n".join(parts))


def head(report: ActivityReport) -> list[str]:
    """Give the lines at the head: whose report it is, and of which period."""
    period = text("activity.period", start=day(report.start), end=day(report.end))
    return [*([text("activity.of", name=short(report.name, _LONG))] if short(report.name) else []), period]


def counts(report: ActivityReport) -> list[tuple[str, str]]:
    """Give each count with its name."""
    return [(text(f"activity.counts.{name}"), str(n)) for name, n in report.counts.items()]


def cells(deed: Deed) -> tuple[str, ...]:
    """Give the cells of a line: day, company, role, what was done, result."""
    what = text(f"activity.kind.{deed.kind}")
    if deed.round:
        what = text("activity.round", kind=what, round=text(f"log_forms.interview.round_options.{deed.round}"))
    return day(deed.on), short(deed.company, _LONG), short(deed.role, _LONG), what, _result(deed)


def notes(report: ActivityReport) -> list[str]:
    """Give the sentences below the table."""
    undated = [text("activity.undated", n=report.undated)] if report.undated else []
    return [*undated, text("activity.private")]


def _result(deed: Deed) -> str:
    if deed.result and deed.result_on:
        return text("activity.result", kind=text(f"activity.answer.{deed.result}"), on=day(deed.result_on))
    if deed.kind.is_outcome:
        return text(f"activity.answer.{deed.kind}")
    return text("activity.open") if deed.awaits_answer else text("activity.nothing")


def _counts(report: ActivityReport) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{n}</td></tr>' for name, n in counts(report))
    return f'<h2>{escape(text("activity.counts.title"))}</h2><table class="ck-counts"><tbody>{rows}</tbody></table>'


def _table(report: ActivityReport) -> str:
    title = f"<h2>{escape(text('activity.caption'))}</h2>"
    if not report.deeds:
        return f"{title}<p>{escape(text('activity.none'))}</p>"
    named = "".join(f'<th scope="col">{escape(text(f"activity.column.{name}"))}</th>' for name in COLUMNS)
    return (
        f'{title}<table class="ck-days"><thead><tr>{named}</tr></thead><tbody>{"".join(_rows(report))}</tbody></table>'
    )


def _rows(report: ActivityReport) -> Iterator[str]:
    for deed in report.deeds:
        yield f"<tr>{''.join(f'<td>{_isolated(cell)}</td>' for cell in cells(deed))}</tr>"


def _isolated(line: str) -> str:
    # <bdi>: a name in Hebrew or Arabic does not turn its neighbour round.
    return f"<bdi>{escape(line)}</bdi>"
