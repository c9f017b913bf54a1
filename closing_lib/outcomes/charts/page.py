"""A result -> its chart, as it is shown on a page, for every eye and none, and saved as a file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from html import escape
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
from pandas.api.types import is_integer_dtype

from closing_lib import arguments
from closing_lib.arguments import Validated, instead, refused, shown, validate_call
from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.outcomes.charts.cells import Cells, cells
from closing_lib.outcomes.charts.draw import NARROW, WIDE, draw
from closing_lib.outcomes.charts.paper import MUTED, THEME, Paper, own_settings, to_png, to_svg
from closing_lib.outcomes.charts.picture import Picture
from closing_lib.outcomes.charts.plans import FIGURES, OF_NONE, PLANS, Plan
from closing_lib.outcomes.result import SENTENCE, Result, drawn_by
from closing_lib.outcomes.statistics.clustered import FEWEST
from closing_lib.outcomes.statistics.rates import METHODS
from closing_lib.records.saving import save

_DPI = "it must lie above 0 and up to 1200, such as 144"
_MOST = 1200  # dots to 72 units: 20,000 dots in all, beyond which a picture no longer fits in memory
_MARGIN = 28


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
    picture : Picture
        What is drawn: rows, or curves.
    alt : str
        What a screen reader says in place of the picture.
    note : str
        What the marks mean, and what is not counted.
    table : pandas.DataFrame
        The table of the result.
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
        """The chart as part of a page, which needs nothing from anywhere."""
        shown = f'<h3>{escape(self.title)}</h3><p class="ck-chart-said">{escape(self.opening)}</p>'
        if self.picture.parts:
            pictures = "".join(
                f'<div class="ck-chart-{name}" aria-hidden="true">{_themed(drawn(self.picture, width))}</div>'
                for name, width in (("wide", WIDE), ("narrow", NARROW))
            )
            shown += (
                f'<figure role="img" aria-label="{escape(self.alt)}">{pictures}</figure>'
                f'<p class="ck-chart-note">{escape(self.note)}</p>{self.cells.html(self.title)}'
            )
        return f'<div class="ck-chart"><style>{_style()}</style>{shown}</div>'

    @cached_property
    def svg(self) -> str:
        """The chart as SVG, with title, sentence and note: the same text each time, on every machine."""
        with own_settings():
            head, rest = to_svg(self._sheet()).split(">", maxsplit=1)
        described = self.alt if self.opening == self.sentence else f"{self.alt} {self.sentence}"
        told = f"<title>{escape(self.title)}</title><desc>{escape(described)}</desc>"
        head += ' role="img" style="max-width: 100%; height: auto; stroke-linejoin: round"'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}>{told}{rest}'

    @validate_call
    def png(self, dpi: Annotated[float, partial(arguments.number, remedy=_DPI)] = 144) -> bytes:
        """The chart as PNG, with title, sentence and note.

        Parameters
        ----------
        dpi : float
            Dots to 72 units; the chart is 756 units wide, so 144 make 1512 dots.

        Raises
        ------
        ValueError
            If dpi is not above 0, or so much that the picture would not fit in memory.
        """
        if not 0 < dpi <= _MOST:
            raise ValueError(f"dpi is {dpi}; {_DPI}.")
        with own_settings():
            return to_png(self._sheet(), dpi)

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

    def _sheet(self) -> Any:
        """The picture with title, sentence and note, as a figure."""
        paper = Paper(WIDE + 2 * _MARGIN)
        y = paper.paragraph(_MARGIN, _MARGIN, self.title, WIDE, bold=True)
        y = paper.paragraph(_MARGIN, y + 4, self.opening, WIDE) + 12
        if self.picture.parts:
            y = draw(paper.part(_MARGIN, WIDE), y, self.picture) + 12
            y = paper.paragraph(_MARGIN, y, self.note, WIDE, color=MUTED)
        return paper.cut(y + _MARGIN - 10)

    def __repr__(self) -> str:
        return f"{self.title}\n{self.sentence}"

    def _repr_html_(self) -> str:
        return self.html


@lru_cache(maxsize=128)  # a form and a report show the same pictures again, and each takes a tenth of a second
def drawn(picture: Picture, width: float) -> str:
    """Write a picture alone as SVG for a page, without ids that could be there twice."""
    with own_settings():
        paper = Paper(width)
        found = to_svg(paper.cut(draw(paper, 0, picture)))
    used = {*re.findall(r'href="#([^"]*)"', found)}
    return re.sub(r' id="([^"]*)"', lambda match: match[0] if match[1] in used else "", found)


def _themed(svg: str) -> str:
    for written, name in THEME.items():
        svg = svg.replace(written, f"var(--ck-chart-{name})")
    return svg


@cache
def _style() -> str:
    return Path(__file__).with_name("chart.css").read_text(encoding="utf-8")


def _to_draw(name: str, given: object) -> Result:
    if not isinstance(given, Result) or given.kind not in PLANS:
        raise refused(
            name, given, f"it must be a result{instead(Result, name, given) or ', such as cl.outcomes.by_tactic(t)'}"
        )
    return given


@drawn_by
@validate_call
def chart(result: Annotated[Result, _to_draw]) -> Chart:
    """Draw a result; ``result.chart()`` does the same.

    Parameters
    ----------
    result : Result
        What a function of `closing_lib.outcomes` gives of a tally: ``by_tactic``, ``adjusted``, ``time_to_answer`` ...

    Returns
    -------
    Chart
        In the language that is used now.

    Raises
    ------
    ValueError
        If it is no result.

    Examples
    --------
    >>> from closing_lib.outcomes import by_band, tally
    >>> from closing_lib.records import sample_log
    >>> found = chart(by_band(tally(sample_log())))
    >>> print(found.title)
    What moved forward, by how it went
    >>> print(found.opening.partition(".")[0])
    Of the interviews that are settled, 19 of 27 moved forward
    """
    plan, about, t = PLANS[result.kind], result.about, result.table
    counts = {str(name): number(int(t[name].sum())) for name in t if is_integer_dtype(t[name])}
    names = plan.names(result)
    picture, title = plan.picture(result), text(f"charts.title.{plan.title.format(**names)}")
    opening = _opening(result, plan, counts | {"of": number(len(t))}) if picture.parts else result.sentence
    below = [text("charts.more_below")] if opening != result.sentence else []
    how = [text(f"charts.how.{plan.how}")] if picture.parts else []
    alt = " ".join([f"{title}.", *how, opening, *below])
    keys = [key.format(**names) for key in plan.notes]
    is_summed = about.get("by") != "role"  # of which an application can stand in several rows
    if "aside" in keys and not (is_summed and t[["open", "withdrew"]].to_numpy().any()):
        keys.remove("aside")
    notes = [text(f"charts.note.{key}", **counts) for key in keys]
    people, has_interval = about.get("people", 0), "low" in t and t["low"].notna().any()
    together = [text("charts.note.together", people=people)] if people >= FEWEST and has_interval else []
    return Chart(title, result.sentence, opening, picture, alt, " ".join([*notes, *together]), t, cells(result))


def _opening(result: Result, plan: Plan, counts: Mapping[str, str]) -> str:
    """A shorter sentence where the whole one says row by row, with the caveats beyond the note's."""
    rows = result.table[SENTENCE]
    if not plan.opening or len(rows) < 3 or not any(map(result.sentence.startswith, rows)):
        return result.sentence
    more = FIGURES[result.kind](result.table) if result.kind in FIGURES else {}
    own = {name: one if isinstance(one, str) else number(int(one)) for name, one in more.items()}
    key = plan.opening.format(kind=result.kind)
    columns, of_none = OF_NONE.get(key, ([], key))
    key = key if result.table[columns].to_numpy().any() else of_none
    if key == "bounds" and result.table["low"].isna().all():  # there are no bars to speak of
        key = "bounds_few"
    begins = text(f"charts.opening.{key}", **{**counts, **own})
    brackets = [text(f"results.brackets.{method}") for method in (*METHODS, "clustered")]
    return " ".join([begins, *(one for one in result.caveats if one not in brackets)])
