"""Long work says how far it has come: to a callable, or in a terminal, where it is wiped away at the end."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from many import many_files

from closing_lib.outcomes import tally

SCRIPT = """
import sys
import closing_lib as cl
from closing_lib.outcomes.counting import count

count.PATIENCE = float(sys.argv[2])
print(cl.tally(sys.argv[1], by=["used"])["n"].sum())
"""


def in_a_terminal(*arguments: str) -> str:
    """Run the script with a terminal to write to, and give what was written there."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "CLOSING_LANG": "en"}
        subprocess.run([sys.executable, "-c", SCRIPT, *arguments], stderr=theirs, check=True, env=environment)
        os.set_blocking(terminal.fileno(), False)
        written = (terminal.read(1 << 16) or b"").decode()
        os.close(theirs)
        return written


def test_a_sentence_comes_and_goes_in_a_terminal(tmp_path: Path) -> None:
    files = many_files(tmp_path / "cases", 100_000, 30)
    written = in_a_terminal(files, "0")
    assert re.search(r"\rCounting the interviews: \d+% done\. You can interrupt it", written)
    assert written.endswith("\r")
    assert not written.split("\r")[-2].strip()  # only blanks are left where it stood
    assert not in_a_terminal(files, "60")


def test_nobody_is_told_where_nobody_watches(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[tuple[int, int]] = []
    files = many_files(tmp_path / "cases", 1000, 9)
    tally(files, progress=True)
    assert capfd.readouterr() == ("", "")
    tally(files, progress=lambda *so_far: told.append(so_far))
    assert told == sorted({*told})
    assert told[-1] == (9000, 9000)


def test_what_a_callable_raises_ends_the_work(tmp_path: Path) -> None:
    def enough(_done: int, _total: int) -> None:
        raise RuntimeError("enough")

    files = many_files(tmp_path / "cases", 1000, 9)
    with pytest.raises(RuntimeError, match="enough"):
        tally(files, progress=enough)
    assert tally(files)["n"].sum() == 9000
