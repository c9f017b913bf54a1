"""A result -> its chart: the sentence, the picture, the note and the table, to be shown or saved."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import pandas as pd

from closing_lib.arguments import Validated, number, shown, validate_call
from closing_lib.content import text
from closing_lib.outcomes.charts.cells import Cells, cells
from closing_lib.outcomes.charts.comparisons import adjusted, power, strata
from closing_lib.outcomes.charts.estimates import bounds, brier, shrunk
from closing_lib.outcomes.charts.page import page
from closing_lib.outcomes.charts.picture import Picture, Plan
from closing_lib.outcomes.charts.poster import png, svg
from closing_lib.outcomes.charts.rates import by_group, calibration, discipline, funnel, silence
from closing_lib.outcomes.charts.times import answers_over_time, time_to_answer
from closing_lib.outcomes.questions.wording import SENTENCE, whole_sentence
from closing_lib.outcomes.statistics.rates import METHODS
from closing_lib.records.saving import save

# A result is known by a column that only it has, in this order.
_PLANS: Mapping[str, Callable[[pd.DataFrame], Plan]] = MappingProxyType(
    {
        "odds_ratio": adjusted,
        "information": strata,
        "waiting": time_to_answer,
        "incidence": answers_over_time,
        "silent": silence,
        "expected": calibration,
        "skill": brier,
        "further": funnel,
        "habit": discipline,
        "prior_k": shrunk,
        "chance": power,
        "rate": by_group,
        "if_open_fail": bounds,
    }
)


_DPI = "it must lie above 0 and up to 1200, such as 144"


@dataclass(frozen=True, eq=False)
class Chart(Validated):
    """A result as a picture, with its sentence and its table.

    A notebook shows it by its bare name in the last line of a cell.

    Attributes
    ----------
    title : str
        What it shows.
    sentence : str
        The whole result in plain words.
    opening : str
        What the chart begins with: the sentence, or a shorter one where it says many rows.
    picture : Rows or Curves
        What is drawn.
    alt : str
        What a screen reader says in place of the picture.
    note : str
        What the marks mean, and what is not counted.
    table : pandas.DataFrame
        The result.
    cells : Cells
        The result as it is written in the table below the picture.
    """

    title: str
    sentence: str
    opening: str
    picture: Picture
    alt: str
    note: str
    table: pd.DataFrame
    cells: Cells

    @property
    def html(self) -> str:
        """The chart as part of a page: sentence, picture, note, and the table behind it."""
        return page(self)

    @cached_property
    def svg(self) -> str:
        """The chart as SVG, with title, sentence and note: the same text each time, on every machine."""
        return svg(self)

    @validate_call
    def png(self, dpi: Annotated[float, partial(number, remedy=_DPI)] = 144) -> bytes:
        """Give the chart as PNG, with title, sentence and note.

        Parameters
        ----------
        dpi : float
            Dots to 72 units; the chart is 756 units wide, so 144 make 1512 dots.

        Raises
        ------
        ValueError
            If dpi is not above 0, or so much that the picture would not fit in memory.
        """
        return png(self, dpi)

    @validate_call
    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the chart to a file, in place of another one, and give its path; ``~`` is the person's home.

        Raises
        ------
        ValueError
            If the name ends neither in ``.svg`` nor in ``.png``, or the file holds a log, or cannot be written.
        """
        to = Path(path)
        kind = to.suffix.lower()
        if kind not in (".svg", ".png"):
            raise ValueError(f"A chart is saved as .svg or .png, and {shown(to.name)} is neither; choose one of them.")
        return save(to, self.png() if kind == ".png" else self.svg.encode())

    def __repr__(self) -> str:
        return f"{self.title}\n{self.sentence}"

    def _repr_html_(self) -> str:
        return self.html


@validate_call
def chart(result: pd.DataFrame) -> Chart:
    """Draw a result.

    Parameters
    ----------
    result : pandas.DataFrame
        What a function of `closing_lib.outcomes` gives of a tally: ``by_tactic``, ``adjusted``, ``time_to_answer`` ...

    Returns
    -------
    Chart
        In the language that is used now.

    Raises
    ------
    ValueError
        If it is no result, or columns of it are gone.

    Examples
    --------
    >>> from closing_lib.outcomes import by_band, tally
    >>> from closing_lib.records import sample_log
    >>> found = chart(by_band(tally(sample_log())))
    >>> print(found.title)
    What moved forward, by how it went
    >>> print(found.opening)
    Of the applications with an answer, 8 of 16 moved forward. Still open: 5.
    """
    sign = next((name for name in _PLANS if name in result), None)
    if sign is None:
        raise ValueError("There is no chart of this table; give a result such as cl.outcomes.by_tactic(t).")
    plan = _plan(result.reset_index(drop=True), sign)
    said = [*result.get(SENTENCE, [])]
    whole = whole_sentence(result) or text("results.nothing")
    opening = _opening(plan, whole, said)
    title, how = text(f"charts.title.{plan.kind}"), text(f"charts.how.{plan.how}")
    alt = " ".join([f"{title}.", how, opening, *([text("charts.more_below")] if opening != whole else [])])
    return Chart(title, whole, opening, plan.picture, alt, " ".join(plan.notes), result, cells(result))


def _plan(result: pd.DataFrame, sign: str) -> Plan:
    try:
        return _PLANS[sign](result)
    except (AttributeError, KeyError) as missing:
        raise ValueError(
            f"The result has lost a column that its chart needs ({missing}); give it as cl.outcomes gave it."
        ) from missing


def _opening(plan: Plan, whole: str, said: list[str]) -> str:
    """Give a shorter sentence where the whole one says row by row, with what it says beyond the rows."""
    rest = whole
    brackets = (text(f"results.brackets.{method}") for method in METHODS)  # the note says that too
    for one in (*said, *brackets):
        rest = rest.removeprefix(one).lstrip()
    if not plan.opening or plan.picture.is_empty or len(said) < 3 or rest == whole:
        return whole
    return f"{plan.opening} {rest}".strip()
