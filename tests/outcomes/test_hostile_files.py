"""Files that somebody made to do harm, and what is no file, given to be counted: one sentence, at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closing_lib.outcomes import add, tally

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and no limit on the memory of a process")
MEMORY = 500  # MB
SECONDS = 5
UNFOLDS = "Unpacked, the file is far bigger than it looks, so nothing was counted"
NO_FILE = "it’s a pipe or a device, not a file"
# Counts each file of a folder by itself, in a process with a limit, and says what came of it and what it cost.
COUNTING = """
import json, resource, sys, time
from pathlib import Path
from closing_lib.outcomes import tally
from closing_lib.records import sample_log
tally(sample_log())
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before, told = peak(), {}
for path in sorted(Path(sys.argv[1]).glob("*.*")):
    began = time.process_time()
    try:
        said = str(int(tally(path, progress=False)["n"].sum()))
    except ValueError as error:
        said = str(error)
    told[path.name] = said, time.process_time() - began, peak() - before
print(json.dumps(told))
"""


def same(value: object, rows: int, kind: pa.DataType | None = None) -> pa.Array:
    """Give one value over and over, which takes nearly no place in a file."""
    return pa.DictionaryArray.from_arrays(np.zeros(rows, dtype="int32"), pa.array([value], kind))


FEW, MANY = 1_000, 2_000_000
PARQUET: dict[str, tuple[dict[str, pa.Array], dict[str, object], str]] = {
    "nulls": ({"band": pa.nulls(MANY, pa.string()), "weeks": pa.nulls(MANY, pa.int64())}, {}, str(MANY)),
    "one_word": ({"band": same("well", MANY)}, {}, str(MANY)),
    "many_cells": (
        {name: pa.nulls(12 * MANY) for name in ("band", "used", "response", "outcome", "weeks")},
        {},
        UNFOLDS,
    ),
    "long_text": ({"band": pa.array(["x" * 60_000_000])}, {"use_dictionary": False}, UNFOLDS),
    "long_word": ({"band": pa.array(["x" * 60_000_000, "well"])}, {}, UNFOLDS),
    "long_texts": ({"band": pa.array(["x" * 60_000] * FEW)}, {"use_dictionary": False}, UNFOLDS),
    "packed": ({"weeks": pa.array(np.zeros(10_000_000, dtype="int64"))}, {"use_dictionary": False}, UNFOLDS),
    "words": ({"band": pa.array([f"w{n}" for n in range(200_000)])}, {}, "band 'w0' is not known"),
    "sum": ({"band": same("well", FEW), "n": same(10**9, FEW)}, {}, str(10**12)),
    "overflow": ({"band": same("well", MANY), "n": same(10**12, MANY)}, {}, "The counts under n add up to more than"),
    "overflow_once": ({"band": pa.array(["well"]), "n": pa.array([2**62])}, {}, "cannot be counted; write a whole"),
    "huge": ({"band": pa.array(["well"]), "n": pa.array([1e300])}, {}, "n 1e+300 cannot be counted; write a whole"),
    "endless": ({"band": pa.array(["well"]), "n": pa.array([float("inf")])}, {}, "n inf cannot be counted"),
    "times": ({"weeks": pa.array([0], pa.timestamp("us"))}, {}, "cannot be counted; write a whole number"),
    "bytes": ({"band": pa.array([b"\xff"])}, {}, "is not known"),
}
CSV: dict[str, tuple[bytes, str]] = {
    "line": (b"band\n" + b"x" * 900_000, "xxx...xxx"),
    "columns": (
        b"band," + b"a," * 300_000 + b"\nwell,",
        "The first line, with the names of the columns, is far",
    ),
    "quote": (b'band\n"' + b"well\n" * 180_000, "A quotation mark is opened and never closed"),
    "last_quote": (b'band\nwell\n"well\nwell\n', "A quotation mark is opened and never closed"),
    "words": (b"band\n" + b"".join(b"w%d\n" % n for n in range(120_000)), "band 'w0' is not known"),
    "blank": (b"band\n" + b"\n" * 900_000, "0"),
    "nothing": (b"band,used\n" + b",\n" * 400_000, "400000"),
    "fraction": (b"band,n\nwell,0.5\n", "n 0.5 cannot be counted; write a whole number"),
    "negative": (b"band,n\nwell,-1\n", "n -1 cannot be counted; write a whole number"),
    "history": (b"record,application,company,role,day,kind\n" + b",\n" * 400_000, "0"),
}
NO_FILES = dict.fromkeys(["pipe.csv", "zero.csv", "zero.parquet", "zero.sqlite", "null.tsv"], NO_FILE)
NO_FILES["folder.csv"] = "is a folder; say which of its files you mean"
SAID = (
    {f"{name}.parquet": said for name, (_, _, said) in PARQUET.items()}
    | {f"{name}.csv": said for name, (_, said) in CSV.items()}
    | NO_FILES
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, float, int]]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (columns, how, _) in PARQUET.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet", compression="zstd", row_group_size=1 << 30, **how)
    for name, (content, _) in CSV.items():
        (folder / f"{name}.csv").write_bytes(content)
    assert all(path.stat().st_size < 1_100_000 for path in folder.iterdir())
    os.mkfifo(folder / "pipe.csv")
    for name in NO_FILES:
        if name.startswith(("zero", "null")):
            (folder / name).symlink_to(f"/dev/{name.partition('.')[0]}")
    (folder / "folder.csv").mkdir()
    run = [sys.executable, "-c", COUNTING, str(folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=100)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@POSIX
@pytest.mark.parametrize("name", SAID)
def test_is_counted_or_refused_at_once_and_in_little_memory(told: dict[str, tuple[str, float, int]], name: str) -> None:
    said, seconds, memory = told[name]
    assert SAID[name] in said
    assert "\n" not in said
    assert len(said) < 600
    assert seconds < SECONDS
    assert memory < MEMORY


@POSIX
def test_no_tree_is_walked_without_end(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("band\nwell\n")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    for what in ("**/*.csv", "*/*/*/*.csv", "*.csv"):
        assert int(tally(tmp_path / what)["n"].sum()) == 1
    for name in ("round.csv", "broken.csv"):
        with pytest.raises(ValueError, match=rf"^No file matches \S*{name}; check the folder"):
            tally(tmp_path / name)


def test_tallies_that_add_up_to_too_many_are_refused() -> None:
    most = pd.DataFrame({"band": ["well"] * 1_000, "n": [10**9] * 1_000})
    assert int(add([most])["n"].sum()) == 10**12
    with pytest.raises(ValueError, match="add up to more than 1,000,000,000,000, and nobody has"):
        add([most, pd.DataFrame({"band": ["well"], "n": [1]})])


@pytest.mark.parametrize("value", [[1], {"a": 1}, pd.Timestamp("2026-11-02"), b"\xff", "x" * 1_000_000, 2**70])
@pytest.mark.parametrize("column", ["band", "weeks", "n"])
def test_what_is_no_word_and_no_number_is_told(value: object, column: str) -> None:
    frame = pd.DataFrame({"used": ["bold"], column: pd.Series([value], dtype="object")})
    with pytest.raises(ValueError, match=r"is not known; choose|cannot be counted; write") as refused:
        tally(frame)
    assert len(str(refused.value)) < 600
