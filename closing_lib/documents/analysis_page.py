"""The analysis as HTML: one answer of it for a form, or all as a page of its own, to print or to show a coach."""

from __future__ import annotations

from html import escape

import pandas as pd

from closing_lib.arguments import InvalidAnswer, validate_call
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.content.figures import day
from closing_lib.documents.markup import paragraph
from closing_lib.documents.printed_page import printed_page
from closing_lib.outcomes import ANALYSES, APPLICATION_ANALYSES, Analysis, chart
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.result import Result


@validate_call
def analysis_page(t: Tally, note: str = "", applications: Tally | None = None) -> str:
    """Write the whole analysis of a tally as a page that needs nothing else.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    note : str
        What to know of whom it is about, as HTML, before all else.
    applications : pandas.DataFrame or None
        What `closing_lib.outcomes.applications` gives of the log, for the questions that it answers.

    Examples
    --------
    >>> from closing_lib.outcomes import tally
    >>> from closing_lib.records import sample_log
    >>> analysis_page(tally(sample_log())).count("<h2>")
    12
    """
    about = [text("analysis.page.made_on", day=day(today())), text("analysis.counted", n=int(t["n"].sum()))]
    care = [text("analysis.page.care"), text("analysis.page.again")]
    asked = [(one, t) for one in ANALYSES]
    if applications is not None:
        asked += [(one, applications) for one in APPLICATION_ANALYSES]
    sections = (f"<section><h2>{escape(question(one))}</h2>{answer(one, of)}</section>" for one, of in asked)
    inner = "\n".join([note, paragraph(" ".join(about)), *map(paragraph, care), *sections])
    return printed_page(text("analysis.page.title"), inner)


def question(asked: Analysis) -> str:
    """Give what is asked as a question."""
    return text(f"analysis.{asked.name}.question")


def answer(asked: Analysis, t: pd.DataFrame) -> str:
    """Write why one asks, and the results with their charts; or what is lacking for them."""
    why = paragraph(text(f"analysis.{asked.name}.why"), "ck-muted")
    try:
        return why + "".join(chart(found).html for found in answers(asked, t))
    except InvalidAnswer as error:
        return why + paragraph(text("analysis.lacks", error=error))


def answers(asked: Analysis, t: pd.DataFrame) -> list[Result]:
    """Give the results that answer what is asked.

    Raises
    ------
    ValueError
        If the tally lacks what it needs.
    """
    if reason := asked.lacking(t):
        raise InvalidAnswer(reason)
    return [make(t) for make in asked.results]
