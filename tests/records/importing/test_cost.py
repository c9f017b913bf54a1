"""Any file of less than 1 MB takes at most 5 s and 500 MB, or is refused in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the most it took")

SECONDS, MEGABYTES = 5, 500
SCRIPT = Path(__file__).with_name("hostile.py")
NAMES = [
    line.split('"')[1] for line in SCRIPT.read_text(encoding="utf-8").splitlines() if line.startswith('    "')
]  # without importing it, since it needs a system with fork


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


@pytest.mark.parametrize("name", NAMES)
def test_what_a_small_file_costs(name: str, measuring: subprocess.Popen[str]) -> None:
    assert measuring.stdin
    assert measuring.stdout
    measuring.stdin.write(f"{name}\n")
    measuring.stdin.flush()
    told = list(iter(lambda: measuring.stdout.readline().strip(), "done"))  # type: ignore[union-attr]
    assert told, "it was given up"
    seconds, megabytes, said = told[0].split("\t")
    assert float(seconds) <= SECONDS, told
    assert int(megabytes) <= MEGABYTES, told
    assert said.startswith("file")
