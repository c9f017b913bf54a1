"""The analysis as HTML: one answer of it for a form, or all as a page of its own, to print or to show a coach."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

import pandas as pd

from closing_lib.clock import today
from closing_lib.content import language, text
from closing_lib.content.figures import day
from closing_lib.forms.sheet import paragraph
from closing_lib.outcomes import ANALYSES, Analysis, chart


def analysis_page(t: pd.DataFrame) -> str:
    """Write the whole analysis of a tally as a page that needs nothing else.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.

    Examples
    --------
    >>> from closing_lib.outcomes import tally
    >>> from closing_lib.records import sample_log
    >>> analysis_page(tally(sample_log())).count("<h2>")
    11
    """
    title = escape(text("analysis.page.title"))
    about = [text("analysis.page.made_on", day=day(today())), text("analysis.counted", n=int(t["n"].sum()))]
    care = [text("analysis.page.care"), text("analysis.page.again")]
    sections = (f"<section><h2>{_question(one)}</h2>{answer(one, t)}</section>" for one in ANALYSES)
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        + "\n".join([paragraph(" ".join(about)), *map(paragraph, care), *sections])
        + "\n</main>\n</body>\n</html>\n"
    )


def answer(asked: Analysis, t: pd.DataFrame) -> str:
    """Write why one asks, and the results with their charts; or what is lacking for them."""
    why = paragraph(text(f"analysis.{asked.name}.why"), "ck-muted")
    try:
        return why + "".join(chart(found).html for found in answers(asked, t))
    except ValueError as error:
        return why + paragraph(text("analysis.lacks", error=error))


def answers(asked: Analysis, t: pd.DataFrame) -> list[pd.DataFrame]:
    """Give the results that answer what is asked.

    Raises
    ------
    ValueError
        If the tally lacks a column for one.
    """
    return [make(t) for make in asked.results]


def _question(asked: Analysis) -> str:
    return escape(text(f"analysis.{asked.name}.question"))


@cache
def _style() -> str:
    return (Path(__file__).parent / "analysis_page.css").read_text(encoding="utf-8")
