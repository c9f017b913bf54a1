"""A few of the faults that the benchmark injects by the thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "faults.py"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there can calls be made to fail")
def test_no_fault_loses_or_tears_anything_or_is_told_in_an_untrue_sentence() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(BENCHMARK), "--every", "61"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    faults, *bad = map(int, done.stdout.splitlines()[-1].split()[1:])
    assert faults > 40
    assert bad == [0] * 5
