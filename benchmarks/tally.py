"""A tally of many millions of interviews: against the equal query of DuckDB, and in how much memory.

    .venv/bin/python benchmarks/tally.py [MILLIONS] [MORE]

Of ten million invented interviews (or so many millions) in one Parquet file, by five columns and by all: as times of
what DuckDB takes for ``SELECT ..., count(*) ... GROUP BY ...`` over the same file, which checks nothing and gives plain
words, in turn. The aim is 1.2 at most. Then fifty million (or so many), drawn again and again from a million, with the
peak of memory of a process that counts them: under 2 GiB. The interviews are drawn with a seed, and removed again.

In the ten million, nearly each interview differs from all others in one of all columns: the worst that there can be,
and of fifty million such the tally alone, 46 million lines, takes 1.9 GiB.

Measured on two busy cores, medians of five pairs: 10 million, 5 columns: 1.02 times DuckDB; 13 columns: 0.86 times.
50 million: 0.40 GiB at most, by 5 columns and by 13.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import parquet

import closing_lib as cl
from closing_lib.outcomes.vocabulary import OWN_KEYS, WORDS

FIVE = ["band", "used", "response", "outcome", "weeks"]
PIECE = 1_000_000  # interviews that are drawn and written at once
DISTINCT = 1_000_000  # interviews of which the larger file holds each about fifty times
TURNS = 5


def main(millions: int, more: int) -> None:
    """Print each line."""
    with tempfile.TemporaryDirectory() as folder:
        file, larger = Path(folder, "some.parquet"), Path(folder, "more.parquet")
        write(file, millions)
        for by in (FIVE, OWN_KEYS):
            against_duckdb(f"{millions} million, {len(by)} columns", file, by)
        write(larger, more, DISTINCT)
        for by in (FIVE, OWN_KEYS):
            run = [sys.executable, __file__, str(larger), *by]
            found = subprocess.run(run, capture_output=True, text=True, check=True).stdout
            print(f"{more} million, {len(by)} columns: {found}", end="", flush=True)


def write(file: Path, millions: int, distinct: int = 0) -> None:
    """Write invented interviews, in pieces; where a number is given, by drawing again from so many."""
    draw = np.random.default_rng(1)
    some = pa.table(drawn(draw, max(1, distinct)))
    with parquet.ParquetWriter(file, some.schema) as to:
        for _ in range(millions):
            again = draw.integers(0, distinct, PIECE) if distinct else None
            to.write_table(pa.table(drawn(draw, PIECE)) if again is None else some.take(pa.array(again)))


def drawn(draw: np.random.Generator, rows: int) -> dict[str, pa.Array]:
    """Draw interviews in which some words are more frequent than others, and some are missing."""
    columns: dict[str, pa.Array] = {}
    for name in OWN_KEYS:
        if name in WORDS:
            share = np.append(0.8 ** np.arange(len(WORDS[name])), 0.2)
            code = draw.choice(len(share), size=rows, p=share / share.sum()).astype(np.int8)
            words = pa.DictionaryArray.from_arrays(pa.array(code, mask=code == len(WORDS[name])), pa.array(WORDS[name]))
            columns[name] = words.cast(pa.string())
        else:
            number = draw.binomial(10, 0.55, size=rows) if name == "score" else draw.exponential(4, size=rows)
            columns[name] = pa.array(number.astype(np.int64), mask=draw.random(rows) < 0.1)
    return columns


def against_duckdb(what: str, file: Path, by: list[str]) -> None:
    """Print how many times DuckDB's time our own is."""
    names = ", ".join(f'"{name}"' for name in by)
    query = f"SELECT {names}, count(*) AS n FROM '{file}' GROUP BY {names}"  # noqa: S608  # of our own words
    ours = lambda: len(cl.tally(file, by=by, progress=False))  # noqa: E731
    theirs = lambda: duckdb.connect().sql(query).to_arrow_table().num_rows  # noqa: E731
    if ours() != theirs():
        raise SystemExit("The two do not count the same.")
    pairs = [(timed(ours), timed(theirs)) for _ in range(TURNS)]
    ratio = statistics.median(own / other for own, other in pairs)
    own, other = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"{what}: {ratio:.2f} times DuckDB ({own:.1f} s and {other:.1f} s)", flush=True)


def timed(run: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def count(file: str, by: list[str]) -> None:
    """Count, and print the seconds and the peak of memory of this process."""
    seconds = timed(lambda: cl.tally(file, by=by, progress=False))
    print(f"{seconds:.1f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB at most")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].endswith(".parquet"):
        count(sys.argv[1], sys.argv[2:])
    else:
        main(*([int(argument) for argument in sys.argv[1:3]] + [10, 50][len(sys.argv) - 1 :]))
