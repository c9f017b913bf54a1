"""Whether following the advice went with more moving forward."""

from __future__ import annotations

from closing_lib.arguments import validate_call
from closing_lib.outcomes.given import Tally
from closing_lib.outcomes.questions.rates import rates_by
from closing_lib.outcomes.result import Result


@validate_call
def by_advice(t: Tally, *, within_bands: bool = True, method: str = "wilson") -> Result:
    """Count what moved forward, by whether the question was the one that the kit advised. Columns as in `by_tactic`."""
    return rates_by(t, "by_advice", "followed", within_bands=within_bands, method=method)
