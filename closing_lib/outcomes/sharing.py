"""A tally as a file to share: counts of each kind, and nothing by which anybody could be known."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from closing_lib.arguments import shown, validate_call
from closing_lib.content import text
from closing_lib.outcomes.given import Columns, Tally
from closing_lib.outcomes.questions.counts import is_room
from closing_lib.outcomes.tally import tally
from closing_lib.outcomes.vocabulary import KEYS
from closing_lib.records.saving import save

FEWEST = 5  # people behind each count of a room that is shared
People = dict[int, frozenset[int]]  # who stands behind each cell
ROOM_KEYS = ["round", "band", "used", "outcome"]  # of a room: what the comparisons need, in cells that many share


@validate_call
def save_tally(t: Tally, path: str | os.PathLike[str], *, by: Columns | None = None) -> str:
    """Write a tally to a file that can be shared, and say what it tells; `tally` reads it again, or many of them.

    A tally of several people is written without their numbers: its ``person`` is empty, which says that it is a total.
    It is without each count behind which fewer than five of them stand (`protected`).

    Parameters
    ----------
    t : pandas.DataFrame
        A tally.
    path : path-like
        A file that ends in ``.csv`` or ``.parquet``; one that is there is replaced.
    by : sequence of str or None
        The columns to share; all of the tally where none are given, of several people's `ROOM_KEYS`. Fewer tell less.

    Returns
    -------
    str
        What is in the file, and how many of its lines stand for one single interview: small counts are what somebody
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
    'Lines in mine.csv: 5. Interviews counted: 33'
    """
    if others := [str(name) for name in t if name not in (*KEYS, "n")]:
        raise ValueError(
            f"{shown(others[0])} does not belong in a tally that is shared; it holds {', '.join(KEYS)} and n only."
        )
    is_shared, target = is_room(t), Path(path)
    shared = protected(t, by) if is_shared else tally(t, by=by)
    write = {".csv": as_csv, ".parquet": _as_parquet}.get(target.suffix.lower())
    if write is None:
        name = shown(target.name)
        raise ValueError(f"A tally cannot be written to {name}; give a name that ends in .csv or .parquet.")
    save(target, write(shared))
    told = text("many_files.saved", name=target.name, rows=len(shared), n=int(shared["n"].sum()))
    alone = int((shared["n"] == 1).sum())
    if is_shared or alone:
        told += " " + text(f"many_files.{'protected' if is_shared else 'alone'}", fewest=FEWEST, alone=alone)
    return told


def protected(t: pd.DataFrame, by: Sequence[str] | None = None) -> pd.DataFrame:
    """Count several people's tally without their numbers, and without what few of them stand behind.

    A cell with fewer than `FEWEST` contributors is left out (primary suppression). Where the cells that are left out
    along one column have fewer than `FEWEST` contributors together, somebody who knows the sum of that column could
    work them out; so the smallest cell beside them goes too, until that is so nowhere (complementary suppression).

    References
    ----------
    Willenborg, L. & de Waal, T. (2001). Elements of Statistical Disclosure Control. Springer.
    """
    usual = [name for name in ROOM_KEYS if name in t] or [name for name in KEYS if name in t]
    wanted = [name for name in (usual if by is None else by) if name != "person"]
    cells = tally(t, by=wanted).drop(columns="n")
    of_people = tally(t, by=["person", *wanted]).merge(cells.reset_index(names="cell"), on=wanted)
    people: People = {cell: frozenset() for cell in range(len(cells))}
    for cell, person in zip(of_people["cell"].tolist(), of_people["person"].tolist(), strict=True):
        people[cell] |= {person}
    kept = {cell for cell, who in people.items() if len(who) >= FEWEST}
    slices = [{*rows} for name in wanted for rows in cells.groupby(name, dropna=False, observed=True).groups.values()]
    while given_away := next((rows & kept for rows in [*slices, {*cells.index}] if _tells(rows, kept, people)), None):
        kept.remove(min(given_away, key=lambda cell: (len(people[cell]), cell)))
    shared = tally(t, by=wanted).loc[sorted(kept)].reset_index(drop=True)
    shared.insert(0, "person", pd.Series(pd.NA, index=shared.index, dtype="Int64"))  # so that it says whose it is not
    return shared


def _tells(rows: set[int], kept: set[int], people: People) -> bool:
    """Whether what is left out of some cells could be worked out from the others: few stand behind it together."""
    hidden = [people[cell] for cell in rows - kept]
    return bool(hidden and rows & kept) and len(frozenset().union(*hidden)) < FEWEST


def as_csv(t: pd.DataFrame) -> bytes:
    """Write a tally as CSV."""
    return t.to_csv(index=False, lineterminator="\n").encode()


def _as_parquet(t: pd.DataFrame) -> bytes:
    return t.to_parquet(None, engine="pyarrow", index=False)
