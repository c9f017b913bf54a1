"""Cases of many applications, invented and drawn with a seed, and files of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from closing_lib.outcomes.vocabulary import OWN_KEYS, WORDS

MISSING = 0.1


def many_cases(rows: int, seed: int = 1) -> pd.DataFrame:
    """Give cases in which anything can go with anything, a tenth of it missing."""
    draw = np.random.default_rng(seed)
    columns = {name: _words(draw, WORDS[name], rows) if name in WORDS else _numbers(draw, rows) for name in OWN_KEYS}
    return pd.DataFrame(columns)


def many_files(folder: Path, rows: int, files: int) -> str:
    """Write so many files with the same cases, of which no two have the same bytes, and give the pattern for them."""
    folder.mkdir()
    mark = b"the number of this file: %09d"
    table = pa.Table.from_pandas(many_cases(rows), preserve_index=False).replace_schema_metadata({"mark": mark % 0})
    parquet.write_table(table, folder / "0.parquet")
    whole = (folder / "0.parquet").read_bytes()
    for number in range(1, files):
        (folder / f"{number}.parquet").write_bytes(whole.replace(mark % 0, mark % number))
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
