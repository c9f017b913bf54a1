"""Import of 100,000 clean rows, against pandas.read_csv of the same file with date parsing.

    .venv/bin/python benchmarks/importing.py [ROWS]

Both are timed in turn, in processor seconds, so that other work on the machine counts little. Where the import goes:
into a new log on disk, dates and statuses read, each row compared with the log, all written in one transaction. Also
printed: the same without writing, and the same with twice the rows, which should take twice as long.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import closing_lib as cl

HEADINGS = ["Company", "Role", "Location", "Applied on", "Source", "Salary", "Link", "Status", "Status date", "Notes"]
STATUSES = ["Applied", "Rejected", "Phone screen", "Offer", "No reply", "Withdrawn"]
TURNS = 5


def main(rows: int) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        file, twice = Path(folder, "tracker.csv"), Path(folder, "twice.csv")
        write(file, rows)
        write(twice, 2 * rows)
        fresh = (Path(folder, f"{number}.sqlite") for number in itertools.count())
        empty = cl.OutcomeLog(next(fresh))
        take = {
            "pandas": lambda: pd.read_csv(file, parse_dates=["Applied on", "Status date"]),
            "dry run": lambda: cl.import_csv(file, into=empty, dry_run=True),
            "import": lambda: cl.import_csv(file, into=cl.OutcomeLog(next(fresh))),
            "twice": lambda: cl.import_csv(twice, into=cl.OutcomeLog(next(fresh))),
        }
        times = {name: [] for name in take}
        for _ in range(TURNS):
            for name, run in take.items():
                times[name].append(timed(run))
    median = {name: statistics.median(found) for name, found in times.items()}
    ratios = ", ".join(f"{name} {median[name] / median['pandas']:.1f}" for name in ("dry run", "import"))
    print(f"{rows} rows: pandas {median['pandas']:.2f} s; times of that: {ratios}")
    print(f"Twice the rows: {median['twice'] / median['import']:.1f} times as long")


def write(file: Path, rows: int) -> None:
    """Write an invented tracker, each row different."""
    with file.open("w", encoding="utf-8", newline="") as out:
        to = csv.writer(out)
        to.writerow(HEADINGS)
        for number in range(rows):
            day = dt.date(2024, 1, 1) + dt.timedelta(days=number % 700)
            to.writerow(
                [
                    f"Invented Company {number % 40_000}",
                    f"Analyst {number}",
                    ("Hereville", "Thereburg", "Remote")[number % 3],
                    day,
                    ("Job board", "Referral", "Company site")[number % 3],
                    40_000 + number % 900,
                    f"https://example.org/jobs/{number}",
                    STATUSES[number % len(STATUSES)],
                    day + dt.timedelta(days=number % 50),
                    "Met somebody of theirs at a fair." if number % 4 == 0 else "",
                ]
            )


def timed(run: Callable[[], object]) -> float:
    """Give the processor seconds that something takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
