"""What a question of the analysis comes to: its table, its sentence, and what to know beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from closing_lib.arguments import Validated
from closing_lib.content import text

SENTENCE = "sentence"  # the last column of every table

Draw = TypeVar("Draw", bound=Callable[..., Any])
_draws: list[Callable[..., Any]] = []


@dataclass(frozen=True, eq=False)
class Result(Validated):
    """The answer to one question.

    A notebook shows it by its bare name in the last line of a cell: as its chart.

    ``kind`` is the name of the function that makes it; ``table`` has the figures, one row a group, each said in plain
    words in its last column, ``sentence``; ``sentence`` is the whole, the ``caveats`` at its end: what is not counted,
    what the intervals mean, and what else the figures do not say. ``about`` tells a chart or a reader what the table
    does not: ``by``, the column that is counted by; ``method``, the interval; ...
    """

    kind: str
    table: pd.DataFrame
    sentence: str
    caveats: tuple[str, ...]
    about: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        kind: str,
        table: pd.DataFrame,
        sentences: Sequence[str],
        whole: str | None = None,
        caveats: Iterable[str] = (),
        **about: Any,
    ) -> Result:
        """Make a result of a table and what each row says; the rows say the whole where no sentence is given for it."""
        said = table.assign(**{SENTENCE: pd.Series([*sentences], index=table.index, dtype="str")})
        beside = tuple(caveats)
        told = whole or " ".join(sentences) or text("results.nothing")
        return cls(kind, said, " ".join([told, *beside]), beside, about)

    def chart(self) -> Any:
        """Draw it: a `closing_lib.outcomes.Chart`, in the language that is used now."""
        return _draws[-1](self)

    def __repr__(self) -> str:
        return f"{self.kind}: {self.sentence}"

    def _repr_html_(self) -> str:
        html: str = self.chart().html
        return html


def drawn_by(draw: Draw) -> Draw:
    """Register what draws results: the charts import this file, so it cannot import them."""
    _draws.append(draw)
    return draw
