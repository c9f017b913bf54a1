"""Export of 100,000 applications and their events in each format, and the way back, against reading the log's tables.

    .venv/bin/python benchmarks/exporting.py [APPLICATIONS]

All are timed in processor seconds, so that other work on the machine counts little; the yardstick is
`log.applications()` with `log.events()`, which reads the same rows from the same file.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import closing_lib as cl

STATUSES = ["Rejected", "Applied", "Offer", "No reply"]


def main(applications: int) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        log = cl.OutcomeLog(Path(folder, "log.sqlite"))
        cl.import_csv(tracker(applications), into=log)
        yardstick = timed(lambda: (log.applications(), log.events()))
        print(f"{applications} applications: read as tables in {yardstick:.2f} s; times of that:")
        for ending in ("csv", "parquet", "xlsx"):
            file, back = Path(folder, f"history.{ending}"), cl.OutcomeLog(Path(folder, f"{ending}.sqlite"))
            export = timed(lambda file=file: cl.export_log(log, file))
            restore = timed(lambda file=file, back=back: cl.import_csv(file, into=back))
            print(f"{ending}: export {export / yardstick:.1f}, back into a log {restore / yardstick:.1f}")
        read = timed(lambda: cl.read_history(Path(folder, "history.parquet")).events())
        print(f"parquet as tables again, without a log: {read / yardstick:.1f}")


def tracker(applications: int) -> bytes:
    """Write an invented tracker, each row different."""
    rows = (
        f"Invented Company {number},Analyst {number % 50},2026-{1 + number % 10:02}-{1 + number % 28:02},"
        f"{STATUSES[number % 4]},board {number % 9},a note of {number}; called\n"
        for number in range(applications)
    )
    return f"Company,Role,Applied,Status,Source,Notes\n{''.join(rows)}".encode()


def timed(run: Callable[[], object]) -> float:
    """Give the processor seconds that something takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
