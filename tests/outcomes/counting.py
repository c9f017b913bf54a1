"""Tallies written down by hand, as a log would give them."""

from __future__ import annotations

import pandas as pd

from closing_lib.models import Asked, Band, Response
from closing_lib.outcomes.tally import OUTCOMES

WORDS = {"band": list(Band), "used": list(Asked), "response": list(Response), "outcome": OUTCOMES}


def counted(*rows: tuple[str | None, str | None, str, int]) -> pd.DataFrame:
    """Give the tally of rows of band, what was asked, outcome and n."""
    t = pd.DataFrame(rows, columns=["band", "used", "outcome", "n"])
    t = t.assign(response=None, weeks=1)[["band", "used", "response", "outcome", "weeks", "n"]]
    words = {name: pd.CategoricalDtype([str(word) for word in known], ordered=True) for name, known in WORDS.items()}
    return t.astype({**words, "weeks": "Int64", "n": "int64"})
