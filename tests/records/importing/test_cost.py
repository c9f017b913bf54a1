"""Any file of less than 1 MB takes at most 5 s and 500 MB, or is refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from hostile import FILES

import closing_lib as cl
from closing_lib.records.importing.delimited import take_apart

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the most it took")

SECONDS, MEGABYTES = 5, 500
SCRIPT = Path(__file__).with_name("hostile.py")


@pytest.fixture(scope="module")
def measuring() -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(SCRIPT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.mark.parametrize("name", FILES)
def test_what_a_small_file_costs(name: str, measuring: subprocess.Popen[str]) -> None:
    assert measuring.stdin
    assert measuring.stdout
    measuring.stdin.write(f"{name}\n")
    measuring.stdin.flush()
    told = [*takewhile("done\n".__ne__, measuring.stdout)]
    assert told, "it was given up"
    seconds, megabytes, said = told[0].split("\t", 2)
    assert float(seconds) <= SECONDS, told
    assert int(megabytes) <= MEGABYTES, told
    assert "file" in said


def test_blank_lines_take_no_room() -> None:
    tracemalloc.start()
    records, _ = take_apart("Company\nAcorn\n" + "\n" * 100_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (list(records.lines), records.broken) == ([1, 2], ())
    assert most < 3_000_000  # an empty list for each would take 6 MB


def test_a_tracker_takes_at_most_ten_times_its_room(log: cl.OutcomeLog) -> None:
    rows = (
        f"Invented Company {at % 1500},Analyst {at},2026-01-{at % 28 + 1:02},Board,https://a.example/{at},Rejected,"
        "Met somebody of theirs at a fair.\n"
        for at in range(4000)
    )
    file = "".join(["Company,Role,Applied on,Source,Link,Status,Notes\n", *rows]).encode()
    cl.import_csv(file, into=log, dry_run=True)  # what is kept for good is there before
    tracemalloc.start()
    imported = cl.import_csv(file, into=log).imported
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (imported, most <= 10 * len(file)) == (4000, True), most / len(file)
