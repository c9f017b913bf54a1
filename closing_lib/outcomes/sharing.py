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
    shared, target = protected(t, by) if is_room(t) else tally(t, by=by), Path(path)
    write = {".csv": as_csv, ".parquet": _as_parquet}.get(target.suffix.lower())
    if write is None:
        name = shown(target.name)
        raise ValueError(f"A tally cannot be written to {name}; give a name that ends in .csv or .parquet.")
    save(target, write(shared))
    return _described(t, shared, target.name)


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
    shown_cells = {cell for cell, who in people.items() if len(who) >= FEWEST}
    slices = [[*rows] for name in wanted for rows in cells.groupby(name, dropna=False, observed=True).groups.values()]
    slices.append([*cells.index])
    while one := next(filter(None, (_to_hide(rows, shown_cells, people) for rows in slices)), None):
        shown_cells.discard(one[0])
    shared = tally(t, by=wanted).loc[sorted(shown_cells)].reset_index(drop=True)
    shared.insert(0, "person", pd.Series(pd.NA, index=shared.index, dtype="Int64"))  # so that it says whose it is not
    return shared


def _to_hide(rows: Sequence[int], shown_cells: set[int], people: People) -> tuple[int] | None:
    """Find the smallest cell that has to be left out beside the others of its row; None where none has to."""
    hidden = [cell for cell in rows if cell not in shown_cells]
    left = [cell for cell in rows if cell in shown_cells]
    if not hidden or not left or len(frozenset().union(*map(people.__getitem__, hidden))) >= FEWEST:
        return None
    return (min(left, key=lambda cell: len(people[cell])),)


def as_csv(t: pd.DataFrame) -> bytes:
    """Write a tally as CSV."""
    return t.to_csv(index=False, lineterminator="\n").encode()


def _as_parquet(t: pd.DataFrame) -> bytes:
    return t.to_parquet(None, engine="pyarrow", index=False)


def _described(t: pd.DataFrame, shared: pd.DataFrame, name: str) -> str:
    """Say what the file tells, and what was left out of it."""
    parts = [text("many_files.saved", name=name, rows=len(shared), n=int(shared["n"].sum()))]
    if is_room(t):
        parts.append(text("many_files.protected", fewest=FEWEST))
    elif alone := int((shared["n"] == 1).sum()):
        parts.append(text("many_files.alone", alone=alone))
    return " ".join(parts)
