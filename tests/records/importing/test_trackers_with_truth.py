"""Some of the trackers whose truth is known, which the benchmark imports by the thousand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "trackers.py"


def test_what_is_read_is_what_is_true_or_is_asked() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "CLOSING_TODAY": "2026-11-22"}
    command = [sys.executable, str(BENCHMARK), "200", "--seed", "7"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| rows lost | 0 | 0 |" in done.stdout
