"""A result -> its chart, by the plan of its kind: title, sentence to begin with, picture, note and table."""

from __future__ import annotations

from typing import Annotated

from pandas.api.types import is_integer_dtype

from closing_lib.arguments import refused, validate_call
from closing_lib.content import text
from closing_lib.content.figures import number
from closing_lib.outcomes.charts.cells import cells
from closing_lib.outcomes.charts.page import Chart
from closing_lib.outcomes.charts.plans import PLANS
from closing_lib.outcomes.result import SENTENCE, Result, drawn_by
from closing_lib.outcomes.statistics.rates import METHODS


def _to_draw(name: str, given: object) -> Result:
    if not isinstance(given, Result) or given.kind not in PLANS:
        raise refused(name, given, "give a result, such as cl.outcomes.by_tactic(t)")
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
    across = "" if about.get("within_bands", True) or about["by"] == "band" else "_across"
    names = {"kind": result.kind, "across": across, "room": "_room" * about.get("is_room", False), "method": "wilson"}
    names |= {name: value for name, value in about.items() if name in ("by", "method")}
    picture, title = plan.picture(result), text(f"charts.title.{plan.title.format(**names)}")
    figures = {str(name): t[name].sum() for name in t if is_integer_dtype(t[name])} | {"of": len(t)}
    said = {name: number(int(n)) for name, n in figures.items()}
    opening = result.sentence
    # A shorter one where the sentence says row by row, and are many, with the caveats beyond the note's.
    if plan.opening and picture.parts and len(t) >= 3 and any(map(result.sentence.startswith, t[SENTENCE])):
        special = {
            name: value if isinstance(value, str) else number(int(value)) for name, value in plan.figures(t).items()
        }
        begins = text(f"charts.opening.{plan.opening.format(**names)}", **said | special)
        brackets = [text(f"results.brackets.{method}") for method in (*METHODS, "clustered")]
        opening = " ".join([begins, *(one for one in result.caveats if one not in brackets)])
    below = [text("charts.more_below")] if opening != result.sentence else []
    alt = " ".join([f"{title}.", text(f"charts.how.{plan.how}"), opening, *below])
    keys = [key.format(**names) for key in plan.notes]
    notes = [
        text(f"charts.note.{key}", **said) for key in keys if key != "aside" or figures["open"] + figures["withdrew"]
    ]
    together = [text("charts.note.together", people=about["people"])] if "people" in about else []
    return Chart(title, result.sentence, opening, picture, alt, " ".join([*notes, *together]), t, cells(result))
