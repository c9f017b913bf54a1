"""A few of the damaged files that the benchmark imports by the thousand, and the large ones on a smaller scale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "fuzz_import.py"


def test_no_damaged_file_breaks_a_rule() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(BENCHMARK), "--files", "40", "--scale", "400"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("68 damaged files: 0 broken rules.\n")
