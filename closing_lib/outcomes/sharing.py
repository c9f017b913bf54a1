"""A tally as a file to share: counts of each kind, and nothing by which anybody could be known."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.files import replacing
from closing_lib.outcomes.cases import KEYS
from closing_lib.outcomes.given import Columns, Tally
from closing_lib.outcomes.tally import tally


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
        If there is a column that does not belong in a tally, or the file ends in something else. Then nothing is
        written.

    Examples
    --------
    >>> import tempfile
    >>> from closing_lib.records import sample_log
    >>> mine = tally(sample_log())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     told = save_tally(mine, f"{folder}/mine.csv", by=["used"])
    ...     tally(f"{folder}/mine.csv").equals(tally(mine, by=["used"]))
    True
    >>> told.partition(":")[0]
    'mine.csv holds 4 lines for 22 applications'
    """
    if others := [str(name) for name in t if name not in (*KEYS, "n")]:
        raise ValueError(
            f"{shown(others[0])} does not belong in a tally that is shared; it holds {', '.join(KEYS)} and n only."
        )
    shared, target = tally(t, by=by), Path(path).expanduser()
    write = {".csv": _write_csv, ".parquet": _write_parquet}.get(target.suffix.lower())
    if write is None:
        raise ValueError(f"A tally cannot be written to {target.name}; give a name that ends in .csv or .parquet.")
    with replacing(target) as beside:
        write(shared, beside)
    return _told(shared, target.name)


def _write_csv(t: pd.DataFrame, path: Path) -> None:
    t.to_csv(path, index=False, lineterminator="\n")


def _write_parquet(t: pd.DataFrame, path: Path) -> None:
    t.to_parquet(path, engine="pyarrow", index=False)


def _told(t: pd.DataFrame, name: str) -> str:
    alone = int((t["n"] == 1).sum())
    told = text("many_files.saved", name=name, rows=len(t), n=int(t["n"].sum()))
    return f"{told} {text('many_files.alone', alone=alone)}" if alone else told
