"""A long import tells how far it has come, and can be stopped at any moment without harm."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import closing_lib as cl

ROWS = 20_000
IMPORT = """
import sys
import closing_lib as cl
def tell(done, total):
    print(done, flush=True)
log = cl.OutcomeLog(sys.argv[1])
try:
    print("ready", flush=True)
    cl.import_csv(sys.argv[2], into=log, progress=tell)
except KeyboardInterrupt:
    print("stopped", len(log.applications()), len(log.imports()), flush=True)
"""


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    rows = (f"Company {number},Analyst,2026-10-{1 + number % 28:02},Rejected\n" for number in range(ROWS))
    file = tmp_path / "tracker.csv"
    file.write_text("".join(["Company,Role,Applied,Status\n", *rows]))
    return file


def interrupt(done: int, total: int) -> None:
    if done > total / 2:
        signal.raise_signal(signal.SIGINT)


def test_tells_how_far_it_has_come(tracker: Path, log: cl.OutcomeLog) -> None:
    heard: list[tuple[int, int]] = []
    cl.import_csv(tracker, into=log, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(done, 2 * ROWS) for done in range(5_000, 2 * ROWS + 1, 5_000)]


def test_an_interrupt_leaves_the_log_as_it_was(tracker: Path, log: cl.OutcomeLog) -> None:
    log.add_application("Mine")
    before, schema = log.path.read_bytes(), _schema(log)

    with pytest.raises(KeyboardInterrupt):
        cl.import_csv(tracker, into=log, progress=interrupt)
    assert (log.path.read_bytes(), _schema(log)) == (before, schema)
    assert cl.import_csv(tracker, into=log).imported == ROWS
    assert _schema(log) == schema


def test_an_interrupt_within_a_transaction_undoes_only_the_import(tracker: Path, log: cl.OutcomeLog) -> None:
    schema = _schema(log)
    with log.transaction():
        log.add_application("Mine")
        with pytest.raises(KeyboardInterrupt):
            cl.import_csv(tracker, into=log, progress=interrupt)
    assert log.applications()["company"].tolist() == ["Mine"]
    assert _schema(log) == schema


@pytest.mark.parametrize("after", ["ready", "30000"])
def test_an_interrupt_from_outside_does_too(
    after: str, tracker: Path, log: cl.OutcomeLog, start: Callable[..., subprocess.Popen[str]]
) -> None:
    with start(IMPORT, log.path, tracker) as other:
        for line in other.stdout:
            if line.strip() == after:
                os.kill(other.pid, signal.SIGINT)
            last = line.strip()
    assert last == "stopped 0 0"
    assert cl.import_csv(tracker, into=log).imported == ROWS


def _schema(log: cl.OutcomeLog) -> set[str]:
    with log._file.reading() as db:
        return {sql for (sql,) in db.run("SELECT sql FROM sqlite_schema")}
