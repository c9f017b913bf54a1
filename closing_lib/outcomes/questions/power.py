"""How likely a difference of the size seen would show itself by now, and how many more applications it would take."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from closing_lib.arguments import validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent
from closing_lib.models import Asked
from closing_lib.outcomes.given import Rate, Tally
from closing_lib.outcomes.questions.counts import MIN_N, count
from closing_lib.outcomes.questions.wording import left_out, name_of, of_room
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.power import NEAREST, fisher_power, needed
from closing_lib.outcomes.vocabulary import WORDS

EXAMPLE = (0.2, 0.4)  # a large difference, to show what few applications can tell
ENOUGH = 0.8  # how often a difference should be seen that is there


@validate_call
def power(t: Tally, against: Asked | str = Asked.MILD, rates: tuple[Rate, Rate] | None = None) -> Result:
    """Tell whether so many applications could show a difference, and how many more it takes.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    against : str
        The question that the others are compared with.
    rates : (float, float) or None
        The true rates to suppose; where none are given, those seen, and 20% against 40% where either side has fewer
        than five answers, or both the same rate.

    Returns
    -------
    Result
        One row for each other question: ``used``, ``against``, ``n``, ``progressed``, ``n_against``,
        ``progressed_against``; ``rate`` and ``rate_against``, as supposed, and ``seen``, whether they are those seen;
        ``chance`` to tell them apart now (Fisher's two-sided test); ``needed`` answers with each question to do so four
        times in five; ``more``, how many are lacking to that, both together, none where the chance is there already;
        and ``sentence``. Within bands it takes more still.

    Raises
    ------
    ValueError
        If the question is not known, or the rates cannot be.
    """
    base = str(Asked(against))
    asked = count(t, ["used"])
    columns = (asked[name].tolist() for name in ("used", "n", "progressed"))
    counted = {str(used): (n, progressed) for used, n, progressed in zip(*columns, strict=True)}
    m, progressed_against = counted.pop(base, (0, 0))
    rows = []
    for one, (n, progressed) in counted.items():
        if not n:
            continue
        supposed, seen = _rates((n, progressed), (m, progressed_against), rates)
        enough = needed(*supposed, power=ENOUGH)
        chance = fisher_power(*supposed, n, m) if m else 0.0
        counts = {"n": n, "progressed": progressed, "n_against": m, "progressed_against": progressed_against}
        more = 0 if chance >= ENOUGH else max(0, enough - n) + max(0, enough - m)
        shown = {"rate": supposed[0], "rate_against": supposed[1], "seen": seen, "chance": chance}
        rows.append({"used": one, "against": base, **counts, **shown, "needed": enough, "more": more})
    whole = ["n", "progressed", "n_against", "progressed_against"]
    order = ["used", "against", *whole, "rate", "rate_against", "seen", "chance", "needed", "more"]
    words = pd.CategoricalDtype(WORDS["used"], ordered=True)
    types: dict[str, Any] = {"used": words, "against": words, "seen": "bool"}
    types |= dict.fromkeys([*whole, "needed", "more"], "int64")
    table = pd.DataFrame(rows, columns=order).astype(
        types | dict.fromkeys(["rate", "rate_against", "chance"], "float64")
    )
    told = [_sentence(row) for row in table.itertuples()]
    alone = text("results.adjusted.alone") if t["n"].any() and not told else None
    lucky = [text("results.power.lucky")] if (table["seen"] & (table["more"] > 0)).any() else []
    return Result.of(
        "power", table, told, alone, [*lucky, *left_out(t, ["used"]), *of_room(t)], by="used", against=base
    )


def _rates(
    one: tuple[int, int], other: tuple[int, int], given: tuple[float, float] | None
) -> tuple[tuple[float, float], bool]:
    """Give the rates to suppose, and whether they are those seen."""
    if given is not None:
        return given, False
    (n, progressed), (m, progressed_against) = one, other
    if min(n, m) < MIN_N or math.isclose(progressed / n, progressed_against / m, abs_tol=NEAREST):
        return EXAMPLE, False
    return (progressed / n, progressed_against / m), True


def _sentence(row: Any) -> str:
    one, other = name_of("used", row.used), name_of("used", row.against)
    figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
    key = "enough" if row.more == 0 else "seen" if row.seen else "supposed"
    counts = {"n": row.n, "m": row.n_against, "needed": row.needed, "more": row.more}
    return text(f"results.power.{key}", one=one[:1].upper() + one[1:], other=other, **figures, **counts)
