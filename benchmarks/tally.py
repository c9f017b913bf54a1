"""A tally of many millions of applications: against the equal query of DuckDB, in how much memory, and by Dask.

    .venv/bin/python benchmarks/tally.py [MILLIONS] [MORE]

Of ten million invented applications (or so many millions) in one Parquet file, once with words and once with a
dictionary: by five columns and by all ten, as times of what DuckDB takes for ``SELECT ..., count(*) ... GROUP BY ...``
over the same file, each with its own number of threads, in turn. The aim is 2 at most. Then twice the rows, which
should take no more than twice as long; and fifty million (or so many) in one file, with the peak of memory of this
process, and of all processes of Dask's cluster together: under 4 GiB. The applications are drawn with a seed, and
removed again.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import psutil
import pyarrow as pa
from pyarrow import parquet

import closing_lib as cl
from closing_lib.outcomes.vocabulary import KEYS, WORDS

FIVE = KEYS[:5]
PIECE = 1_000_000  # applications that are drawn and written at once
TURNS = 5
GIB = 2**30


def main(millions: int, more: int) -> None:
    """Print each line."""
    with tempfile.TemporaryDirectory() as folder:
        files = {kind: Path(folder, f"{kind}.parquet") for kind in ("words", "dictionary", "twice", "many")}
        write(files["words"], millions, as_words=True)
        for kind in ("words", "dictionary"):
            if kind == "dictionary":
                write(files[kind], millions)
            for by in (FIVE, KEYS):
                against_duckdb(f"{millions} million, {kind}, {len(by)} columns", files[kind], by)
        write(files["twice"], 2 * millions)
        against(files["dictionary"], files["twice"], f"{2 * millions} million against {millions}")
        write(files["many"], more)
        for by in (FIVE, KEYS):
            for engine in ("pandas", "dask"):
                seconds, peak = apart(files["many"], by, engine)
                told = f"{more} million, {len(by)} columns, {engine}"
                print(f"{told:42} {seconds:6.1f} s, {peak / GIB:.2f} GiB at most", flush=True)


def write(file: Path, millions: int, *, as_words: bool = False) -> None:
    """Write invented cases, in pieces."""
    draw = np.random.default_rng(1)
    with parquet.ParquetWriter(file, pa.table(cases(draw, 1, as_words=as_words)).schema) as to:
        for _ in range(millions):
            to.write_table(pa.table(cases(draw, PIECE, as_words=as_words)))


def cases(draw: np.random.Generator, rows: int, *, as_words: bool) -> dict[str, pa.Array]:
    """Draw cases in which some words are more frequent than others, and some are missing."""
    columns: dict[str, pa.Array] = {}
    for name, words in WORDS.items():
        share = np.append(0.8 ** np.arange(len(words)), 0.2)
        code = draw.choice(len(words) + 1, size=rows, p=share / share.sum()).astype(np.int8)
        column = pa.DictionaryArray.from_arrays(pa.array(code, mask=code == len(words)), pa.array(words))
        columns[name] = column.cast(pa.string()) if as_words else column
    weeks, score = draw.exponential(4, size=rows).astype(np.int64), draw.binomial(10, 0.55, size=rows)
    columns |= {"weeks": pa.array(weeks, mask=draw.random(rows) < 0.05)}
    columns |= {"score": pa.array(score, mask=draw.random(rows) < 0.1)}
    return {name: columns[name] for name in KEYS}


def against_duckdb(what: str, file: Path, by: list[str]) -> None:
    """Print how many times DuckDB's time our own is."""
    names = ", ".join(by)
    query = f"SELECT {names}, count(*) AS n FROM '{file}' GROUP BY {names}"  # noqa: S608  # of our own words
    ours = lambda: len(cl.tally(file, by=by, progress=False))  # noqa: E731
    theirs = lambda: duckdb.connect().sql(query).to_arrow_table().num_rows  # noqa: E731
    if ours() != theirs():
        raise SystemExit("The two do not count the same.")
    pairs = [(timed(ours), timed(theirs)) for _ in range(TURNS)]
    ratio = statistics.median(own / other for own, other in pairs)
    own, other = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"{what:42} {ratio:6.2f} times DuckDB ({own:.1f} s and {other:.1f} s)", flush=True)


def against(one: Path, twice: Path, what: str) -> None:
    """Print how much longer twice the rows take."""
    once, more = (lambda file=file: cl.tally(file, by=FIVE, progress=False) for file in (one, twice))
    pairs = [(timed(once), timed(more)) for _ in range(TURNS)]
    print(f"{what:42} {statistics.median(long / short for short, long in pairs):6.2f} times as long", flush=True)


def apart(file: Path, by: list[str], engine: str) -> tuple[float, int]:
    """Give the seconds and the peak of memory of a process of its own and all that it starts."""
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=count, args=(str(file), by, engine, send))
    process.start()
    peak = 0
    while process.is_alive():
        peak = max(peak, sum(memory(psutil.Process(process.pid))))
        time.sleep(0.05)
    return receive.recv(), peak


def memory(process: psutil.Process) -> Iterator[int]:
    """Give the memory of a process and of each that it started."""
    for one in [process, *process.children(recursive=True)]:
        try:
            yield one.memory_info().rss
        except psutil.NoSuchProcess:
            continue


def count(file: str, by: list[str], engine: str, send: object) -> None:
    """Count, and send the seconds back."""
    send.send(timed(lambda: cl.tally(file, by=by, engine=engine, progress=False)))


def timed(run: Callable[[], object]) -> float:
    """Give the seconds that something takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*([int(argument) for argument in sys.argv[1:3]] + [10, 50][len(sys.argv) - 1 :]))
