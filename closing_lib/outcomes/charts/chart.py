"""A chart: the sentence, the picture, the note and the table of a result, to be shown or saved."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

import pandas as pd

from closing_lib.arguments import Validated, number, shown, validate_call
from closing_lib.outcomes.charts.cells import Cells
from closing_lib.outcomes.charts.drawn import png, svg
from closing_lib.outcomes.charts.page import page
from closing_lib.outcomes.charts.picture import Picture
from closing_lib.records.saving import save

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
        """The chart as part of a page: sentence, picture, note, and the table behind it."""
        return page(self.title, self.opening, picture=self.picture, alt=self.alt, note=self.note, cells=self.cells)

    @cached_property
    def svg(self) -> str:
        """The chart as SVG, with title, sentence and note: the same text each time, on every machine."""
        described = self.alt if self.opening == self.sentence else f"{self.alt} {self.sentence}"
        return svg(self.title, self.opening, picture=self.picture, note=self.note, described=described)

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
        return png(self.title, self.opening, picture=self.picture, note=self.note, dpi=dpi)

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
