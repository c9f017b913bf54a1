"""A tally as a file to share: counts of each kind, and nothing by which anybody could be known."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Columns, Tally
from closing_lib.outcomes.tally import tally
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records.saving import save


@validate_call
def save_tally(t: Tally, path: str | os.PathLike[str], *, by: Columns | None = None) -> str:
    """Write a tally to a file that can be shared, and say what it tells; `tally` reads it again, or many of them.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    path : path-like
        A file that ends in ``.csv`` or ``.parquet``; one that is there is replaced.
    by : sequence of str or None
        The columns to share; all of the tally where none are given. Fewer tell less.

    Returns
    -------
    str
        What is in the file, and how many of its lines stand for one single application: small counts are what somebody
        could be known by.

    Raises
    ------
    ValueError
        If there is a column that does not belong in a tally, the file ends in something else, holds a log, or cannot be
        written. Then nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> from closing_lib.records import sample_log
    >>> mine = tally(sample_log())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     told = save_tally(mine, f"{folder}/mine.csv", by=["used"])
    ...     tally(f"{folder}/mine.csv").equals(tally(mine, by=["used"]))
    True
    >>> told.partition(". The")[0]
    'Lines in mine.csv: 4. Applications counted: 22'
    """
    if others := [str(name) for name in t if name not in (*KEYS, "n")]:
        raise ValueError(
            f"{shown(others[0])} does not belong in a tally that is shared; it holds {', '.join(KEYS)} and n only."
        )
    shared, target = tally(t, by=by), Path(path)
    write = {".csv": as_csv, ".parquet": _as_parquet}.get(target.suffix.lower())
    if write is None:
        name = shown(target.name)
        raise ValueError(f"A tally cannot be written to {name}; give a name that ends in .csv or .parquet.")
    save(target, write(shared))
    return _told(shared, target.name)


def as_csv(t: pd.DataFrame) -> bytes:
    """Write a tally as CSV."""
    return t.to_csv(index=False, lineterminator="\n").encode()


def _as_parquet(t: pd.DataFrame) -> bytes:
    return t.to_parquet(None, engine="pyarrow", index=False)


def _told(t: pd.DataFrame, name: str) -> str:
    alone = int((t["n"] == 1).sum())
    told = text("many_files.saved", name=name, rows=len(t), n=int(t["n"].sum()))
    return f"{told} {text('many_files.alone', alone=alone)}" if alone else told
