"""Cases of many applications, invented and drawn with a seed, and files of them."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd

from closing_lib.outcomes.vocabulary import KEYS, WORDS

MISSING = 0.1


def many_cases(rows: int, seed: int = 1) -> pd.DataFrame:
    """Give cases in which anything can go with anything, a tenth of it missing."""
    draw = np.random.default_rng(seed)
    columns = {name: _words(draw, WORDS[name], rows) if name in WORDS else _numbers(draw, rows) for name in KEYS}
    return pd.DataFrame(columns)


def many_files(folder: Path, rows: int, files: int) -> str:
    """Write so many files with the same cases, and give the pattern that matches them."""
    folder.mkdir()
    first = folder / "0.parquet"
    many_cases(rows).to_parquet(first)
    for number in range(1, files):
        os.link(first, folder / f"{number}.parquet")
    return str(folder / "*.parquet")


def by_pandas(cases: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Count a second time, by pandas alone."""
    types = {name: pd.CategoricalDtype(WORDS[name], ordered=True) if name in WORDS else "Int64" for name in by}
    typed = cases.astype(types).assign(n=cases.get("n", 1))
    found = typed.groupby(by, observed=True, dropna=False, sort=True)["n"].sum().reset_index()
    return found[found["n"] > 0].reset_index(drop=True).astype({"n": "int64"})


def _words(draw: np.random.Generator, words: list[str], rows: int) -> pd.Categorical:
    codes = np.where(draw.random(rows) < MISSING, -1, draw.integers(0, len(words), rows))
    return pd.Categorical.from_codes(codes, words)


def _numbers(draw: np.random.Generator, rows: int) -> pd.Series:
    return pd.Series(draw.integers(0, 11, rows)).astype("Int64").mask(draw.random(rows) < MISSING)
