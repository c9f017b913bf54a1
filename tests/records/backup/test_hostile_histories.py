"""Histories as Parquet that somebody made to do harm: one sentence, and neither minutes nor gigabytes."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import closing_lib as cl
from closing_lib.records import LogError, OutcomeLog
from closing_lib.records.backup import read_history

HEADINGS = ("record", "application", "company", "role", "day", "kind")
ROW = dict(zip(HEADINGS, ("application", 1, "Acme", "Analyst", dt.date(2026, 11, 2), None), strict=True))
UNFOLDS = r"^\S+ holds far more than a log could, once it’s unpacked; export the log again, and choose that file\.$"


def packed(columns: dict[str, pa.Array], **how: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd", **how)
    return file.getvalue()


def nulls() -> bytes:
    some = pa.nulls(2_000_000, pa.string())
    return packed(dict.fromkeys(HEADINGS, some), row_group_size=len(some))


def one_long_text() -> bytes:
    long = {name: pa.array(["x" * 30_000_000 if name == "role" else "x"]) for name in HEADINGS}
    return packed(long, use_dictionary=False)


def a_text_that_is_said_often() -> bytes:
    said = pa.DictionaryArray.from_arrays(np.zeros(9_000, dtype="int32"), pa.array(["x" * 1_000_000]))
    return packed(dict.fromkeys(HEADINGS, said))


def bytes_that_are_said_often() -> bytes:
    said = pa.array([b"x" * 1_000_000] * 50, pa.binary(1_000_000))
    return packed(dict.fromkeys(HEADINGS, said))


def many_columns() -> bytes:
    return packed(dict.fromkeys([*HEADINGS, *map(str, range(501))], pa.nulls(1)))


def lists() -> bytes:
    return packed({name: pa.array([[1]]) for name in HEADINGS})


def days(*of_year: int, row: dict[str, object] = ROW) -> bytes:
    found = pa.array([dt.date(2026, 11, 2), *[None] * len(of_year)])
    beyond = pa.array([None, *((year - 1970) * 365 for year in of_year)], pa.int32()).cast(pa.date32())
    held = pa.chunked_array([found.slice(0, 1), beyond.slice(1)])
    numbers = pa.array(range(1, 2 + len(of_year)))
    rows = {name: pa.array([row[name]] * len(numbers)) for name in HEADINGS}
    return packed(rows | {"application": numbers, "day": held})


def into_a_log(path: Path) -> object:
    return cl.import_csv(path, OutcomeLog(path.with_suffix(".sqlite")))


BOMBS = [nulls, one_long_text, a_text_that_is_said_often, bytes_that_are_said_often, many_columns, lists]


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("read", [into_a_log, read_history, cl.tally])
def test_a_small_file_that_unfolds_is_refused(
    bomb: Callable[[], bytes], read: Callable[[Path], object], tmp_path: Path
) -> None:
    (path := tmp_path / "history.parquet").write_bytes(bomb())
    assert path.stat().st_size < 1_000_000
    before = pa.total_allocated_bytes()
    with pytest.raises(LogError, match=UNFOLDS):
        read(path)
    assert pa.total_allocated_bytes() - before < 50_000_000


@pytest.mark.parametrize("year", [12_000, -500])
def test_a_day_beyond_the_calendar_is_told(year: int, log: OutcomeLog, tmp_path: Path) -> None:
    report = cl.import_csv(days(year), log, name="history.parquet")
    assert report.imported == 1
    assert [row.line for row in report.skipped] == [3]
    assert "doesn’t belong under day" in report.skipped[0].reason
    (path := tmp_path / "history.parquet").write_bytes(days(year))
    for read in (read_history, cl.tally):
        with pytest.raises(LogError, match=r"^Under day, history.parquet has a date that isn’t between the years"):
            read(path)


def test_a_time_beyond_the_calendar_is_told(log: OutcomeLog) -> None:
    at = pa.array([2**62], pa.int64()).cast(pa.timestamp("us", "UTC"))
    report = cl.import_csv(packed({name: pa.array([ROW[name]]) for name in HEADINGS} | {"day": at}), log)
    assert (report.imported, len(report.skipped)) == (0, 1)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("kind", "offr", "has “offr”, which isn’t one of the kit’s words"),
        ("application", "one", "isn’t a history from this kit"),
        ("application", None, "isn’t a history from this kit"),
        ("day", "2026-13-01", "isn’t a history from this kit"),
        ("day", "99999-01-01", "isn’t a history from this kit"),
        ("event", 1.5, "isn’t a history from this kit"),
    ],
)
def test_what_was_changed_by_hand_is_told(column: str, value: object, told: str, tmp_path: Path) -> None:
    exported = cl.export_log(cl.sample_log(), tmp_path / "history.csv")
    table = pd.read_csv(exported, dtype="object")
    table.loc[table["record"] == "event", column] = value
    table.to_csv(exported, index=False)
    with pytest.raises(LogError, match=rf"^(Under kind, )?history\.csv {told}"):
        cl.tally(exported)
    with pytest.raises(LogError, match=told):
        cl.tally(read_history(exported))


@pytest.mark.parametrize("line", ["event,1,A,R,{},rejected,x", "event,{},A,R,2026-11-02,rejected,x"])
def test_a_day_or_a_number_of_very_many_digits_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"{','.join(HEADINGS)},note\n{line.format('9' * 900_000)}\n", encoding="utf-8")
    with pytest.raises(LogError, match="isn’t a history from this kit"):
        read_history(path)


def test_what_a_line_has_beyond_the_headings_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(f"{','.join(HEADINGS)},note\nevent,1,A,R,2026-11-02,rejected,x{',' * 100_000}\n", encoding="utf-8")
    assert read_history(path).events()["kind"].tolist() == ["rejected"]  # it took 20 s


READING = """
import sys
import closing_lib as cl
for read in (lambda path: cl.import_csv(path, into=cl.sample_log()), cl.read_history, cl.tally):
    try:
        read(sys.argv[1])
        print("read")
    except ValueError as error:
        print(error)
"""


def test_a_damaged_column_does_not_end_the_process() -> None:
    damaged = Path(__file__).with_name(
        "damaged_histogram.parquet"
    )  # an invented log, with one byte of its footer changed
    read = subprocess.run([sys.executable, "-c", READING, damaged], capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
    assert len(read.stdout.splitlines()) == 3


@pytest.mark.skipif(not Path("/proc/self/pagemap").exists(), reason="only Linux shows such files")
def test_what_goes_on_without_end_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "history.csv").symlink_to("/proc/self/pagemap")
    with pytest.raises(LogError, match="isn’t a history from this kit"):
        read_history(tmp_path / "history.csv")
