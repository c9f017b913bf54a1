"""How likely a difference that is worth knowing would show itself by now, and how many more answers that takes."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import pandas as pd

from closing_lib.arguments import between, not_known, validate_call
from closing_lib.content import text
from closing_lib.content.figures import percent, points
from closing_lib.models import Asked
from closing_lib.outcomes.given import Rate, Tally
from closing_lib.outcomes.questions.counts import MIN_N, People, count, framed
from closing_lib.outcomes.questions.strata import WAYS, named, words
from closing_lib.outcomes.questions.wording import left_out, name_of
from closing_lib.outcomes.result import Result
from closing_lib.outcomes.statistics.power import fisher_power, needed
from closing_lib.outcomes.vocabulary import WORDS

USUAL = 0.2  # rate to begin with, until the one that others are compared with has five answers
WORTH = 0.2  # difference that would be worth knowing: one more of five
ENOUGH = 0.8  # how often a difference should be seen that is there
_TYPES: dict[str, Any] = dict.fromkeys(["used", "against"], words(WORDS["used"]))
_TYPES |= dict.fromkeys(["n", "n_against"], "int64") | dict.fromkeys(["rate", "rate_against", "chance"], "float64")
_TYPES |= dict.fromkeys(["needed", "more"], "int64")
Worth = Annotated[float, partial(between, low=0, high=1, remedy="it must lie between 0 and 1, such as 0.2")]


@validate_call
def power(
    t: Tally, against: Asked | str = Asked.MILD, rates: tuple[Rate, Rate] | None = None, difference: Worth = WORTH
) -> Result:
    """Tell whether so many interviews would show a difference that is worth knowing, and how many more it takes.

    It does not start from the difference that was seen: that says nothing that its interval does not.

    Parameters
    ----------
    against : str
        The question that the others are compared with.
    rates : (float, float) or None
        The true rates to suppose, of the other question and of this one. Where none are given: of this one as seen so
        far (20% where it has fewer than five answers), and of the other so much more.
    difference : float
        What would be worth knowing, as a share; less instead of more where more cannot be.

    Returns
    -------
    Result
        One row for each other question of which any is over: ``used``, ``against``, ``n``, ``n_against`` that are over;
        ``rate`` and ``rate_against``, as supposed; ``chance`` that they would be told apart (Fisher's two-sided test);
        ``needed`` answers with each question to do so four times in five; ``more``, how many are lacking to that, both
        together, none where the chance is there already; and ``sentence``. Within strata it takes more still.
    """
    base = str(Asked(against))
    if base not in WAYS["used"]:
        raise ValueError(not_known(f"{base} is not compared", base, WAYS["used"]))
    asked = count(t, ["used"])
    asked = asked[asked["used"].isin(WAYS["used"])]
    counted = dict(zip(map(str, asked["used"]), asked[["n", "progressed"]].to_numpy().tolist(), strict=True))
    m, progressed = counted.get(base, (0, 0))
    supposed, origin = rates, "given"
    if supposed is None:
        usual, origin = (progressed / m, "seen") if m >= MIN_N else (USUAL, "usual")
        supposed = usual + difference if usual + difference <= 1 else max(0.0, usual - difference), usual
    enough = needed(*supposed, power=ENOUGH)
    rows = []
    for one in WAYS["used"]:
        if one != base and (n := counted.get(one, (0, 0))[0]):
            chance = fisher_power(*supposed, n, m) if m else 0.0
            more = 0 if chance >= ENOUGH else max(0, enough - n) + max(0, enough - m)
            rows.append((one, base, n, m, *supposed, chance, enough, more))
    table = framed((dict(zip(_TYPES, row, strict=True)) for row in rows), _TYPES)
    said = [_sentence(row) for row in table.itertuples()]
    caveats = [*left_out(t, ["used"]), *People(t).together()]
    if said and origin != "given":
        figures = {"other": name_of("used", base), "rate": percent(supposed[1]), "difference": points(difference)}
        caveats.insert(0, text(f"results.power.{origin}", **figures))
    return Result.of("power", table, said, None if said else _nothing(asked), caveats, by="used", against=base)


def _nothing(asked: pd.DataFrame) -> str | None:
    """Say why there is nothing to tell apart."""
    if asked["n"].any():
        return text("results.adjusted.alone")
    return text("outcomes.no_answer_yet") if len(asked) else None


def _sentence(row: Any) -> str:
    figures = {"p": percent(row.rate), "q": percent(row.rate_against), "chance": percent(row.chance)}
    counts = {"n": row.n, "m": row.n_against, "needed": row.needed, "more": row.more}
    return text(f"results.power.{'enough' if row.more == 0 else 'lacking'}", **named(row, "used"), **figures, **counts)
