"""Whose counts are whose: people of several files numbered together, and each counted once."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pandas as pd

from closing_lib.content import text

FILE = "file"  # the number of a file, or of a tally, among those that are counted together
# A person may carry a mark, drawn from so many that no two people have the same, and it is the same in each of their
# files. Smaller numbers only tell the people of one file apart.
FIRST_MARK = 2**32


def settled(t: pd.DataFrame, names: Sequence[str] = ()) -> pd.DataFrame:
    """Number the people of several files from 0, in the order of the files.

    A file without numbers is one person. A mark in several files is one person, who is counted from the file that has
    the most of them; a warning says so.

    Parameters
    ----------
    t : pandas.DataFrame
        A tally by `FILE` too, and perhaps by ``person``.
    names : sequence of str
        What each file is called.

    Returns
    -------
    pandas.DataFrame
        The same with ``person`` (Int64, none missing), and without the lines that are left out.
    """
    lines = t if "person" in t else t.assign(person=pd.Series(pd.NA, index=t.index, dtype="Int64"))
    people = lines.groupby([FILE, "person"], dropna=False, sort=True)["n"].sum().reset_index()
    marks = people[(people["person"] >= FIRST_MARK).fillna(value=False)]
    marks = marks.sort_values("n", ascending=False, kind="stable")
    again = marks[marks.duplicated("person")].sort_index()
    if len(again):
        number = int(again[FILE].iloc[0])
        name = names[number] if names else number + 1
        warnings.warn(text("many_files.again", name=name, count=len(again)), stacklevel=5)
        people = people.drop(again.index)
    numbers = people[[FILE, "person"]].assign(number=pd.array(range(len(people)), dtype="Int64"))
    found = lines.merge(numbers, on=[FILE, "person"])
    return found.assign(person=found["number"]).drop(columns="number")
