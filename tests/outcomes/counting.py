"""Tallies written down by hand, as a log would give them."""

from __future__ import annotations

import pandas as pd

from closing_lib.outcomes.vocabulary import KEYS, typed


def counted(*rows: tuple[str | None, str | None, str, int]) -> pd.DataFrame:
    """Give the tally of rows of band, what was asked, outcome and n."""
    return tallied(["band", "used", "outcome", "n"], *rows, weeks=1)


def tallied(columns: list[str], *rows: tuple[object, ...], **same: object) -> pd.DataFrame:
    """Give the tally of rows of some columns, the last of them n; the others are the same for all, or missing.

    It has a person where one is given: a tally whose person is missing throughout is the total of a room.
    """
    t = pd.DataFrame([*rows], columns=columns)
    keys = [name for name in KEYS if name != "person" or name in columns or name in same]
    others = {name: same.get(name) for name in keys if name not in columns}
    return typed(t.assign(**others)[[*keys, "n"]]).astype({"n": "int64"})
