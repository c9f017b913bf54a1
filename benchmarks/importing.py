"""Import of 100,000 clean rows, against pandas.read_csv of the same file with date parsing.

    .venv/bin/python benchmarks/importing.py [ROWS]

All are timed in turn, by the clock and in processor seconds, of which other work on the machine takes less. Where the
import goes: into a new log on disk, dates and statuses read, each row compared with the log, all written in one
transaction. Beside it:

- the floor: the same rows, read already, put into a new SQLite file without checks, references, triggers, indexes,
  stamps or digests, many in each statement: an import into such tables cannot be quicker than this;
- the same import without writing;
- pandas as it was without pyarrow, whose strings it has read several times as fast since pandas 3;
- the same in a process of its own for each, as where a person imports one file: the first read of a process is slower;
- twice the rows, which should take twice as long;
- the room that the import takes, as many times the file (on Linux).
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import closing_lib as cl
from closing_lib.records.connection import connected, transaction
from closing_lib.records.rows import insert_columns

HEADINGS = ["Company", "Role", "Location", "Applied on", "Source", "Salary", "Link", "Status", "Status date", "Notes"]
STATUSES = ["Applied", "Rejected", "Phone screen", "Offer", "No reply", "Withdrawn"]
DATES = ["Applied on", "Status date"]
TURNS = 5

Taken = tuple[float, float]  # seconds: of the processor, by the clock


def main(rows: int) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        file, twice = Path(folder, "tracker.csv"), Path(folder, "twice.csv")
        write(file, rows)
        write(twice, 2 * rows)
        fresh = (Path(folder, f"{number}.sqlite") for number in itertools.count())
        kept = cl.OutcomeLog(next(fresh))
        cl.import_csv(file, into=kept)
        tables, empty = what_is_written(kept), cl.OutcomeLog(next(fresh))
        take = {
            "pandas": lambda: timed(lambda: pd.read_csv(file, parse_dates=DATES)),
            "without pyarrow": lambda: timed(lambda: read_without_pyarrow(file)),
            "floor": lambda: timed(lambda: insert(tables, next(fresh))),
            "dry run": lambda: timed(lambda: cl.import_csv(file, into=empty, dry_run=True)),
            "import": lambda: timed(lambda: cl.import_csv(file, into=cl.OutcomeLog(next(fresh)))),
            "twice": lambda: timed(lambda: cl.import_csv(twice, into=cl.OutcomeLog(next(fresh)))),
            "pandas, alone": lambda: alone("pandas", file, next(fresh)),
            "import, alone": lambda: alone("import", file, next(fresh)),
        }
        times: dict[str, list[Taken]] = {name: [] for name in take}
        for _ in range(TURNS):
            for name, run in take.items():
                times[name].append(run())
        room = int(
            subprocess.run([sys.executable, "-c", ROOM, file, next(fresh)], capture_output=True, check=True).stdout
        )
        print(f"{rows} rows, room: {room / file.stat().st_size:.1f} times the file")
    for at, kind in enumerate(("processor", "clock")):
        median = {name: statistics.median(one[at] for one in found) for name, found in times.items()}
        show(kind, rows, median)


def show(kind: str, rows: int, median: dict[str, float]) -> None:
    """Print one line of ratios for each yardstick."""

    def against(yardstick: str, *names: str) -> str:
        ratios = ", ".join(f"{name} {median[name] / median[yardstick]:.1f}" for name in names)
        return f"times of {yardstick} ({median[yardstick]:.2f} s): {ratios}"

    print(f"{rows} rows, {kind}:")
    print(f"  {against('pandas', 'floor', 'dry run', 'import')}")
    print(f"  {against('without pyarrow', 'floor', 'dry run', 'import')}")
    print(f"  {against('floor', 'import')}")
    print(f"  {against('pandas, alone', 'import, alone')}")
    print(f"  {against('import', 'twice')}")


def read_without_pyarrow(file: Path) -> None:
    """Read as pandas did before it read text into pyarrow's strings."""
    numbers = {"Salary", *DATES}
    texts = dict.fromkeys([name for name in HEADINGS if name not in numbers], object)
    pd.read_csv(file, parse_dates=DATES, dtype=texts)


def what_is_written(log: cl.OutcomeLog) -> dict[str, dict[str, list[object]]]:
    """Give the columns that an import brought into the tables of a log."""
    with log._file.reading() as db:
        applications = db.run("SELECT application, company, role, applied_on, source, note FROM application")
        events = db.run('SELECT application, kind, "on", note FROM event')
    return {
        "application": dict(zip("abcdef", map(list, zip(*applications, strict=True)), strict=True)),
        "event": dict(zip("abcd", map(list, zip(*events, strict=True)), strict=True)),
    }


def insert(tables: dict[str, dict[str, list[object]]], path: Path) -> None:
    """Put rows into a new file of bare tables, as safely and as many at a time as the log does."""
    path.touch()
    with connected(path) as db, transaction(db):
        for table, columns in tables.items():
            db.run(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(columns)})")
            for _ in insert_columns(db, table, columns, {}):
                pass


ALONE = """
import sys, time
import pandas as pd
import closing_lib as cl
what, file, path = sys.argv[1:]
cl.import_csv, cl.OutcomeLog  # loaded when they are named
def run():
    if what == "pandas":
        pd.read_csv(file, parse_dates=["Applied on", "Status date"])
    else:
        cl.import_csv(file, into=cl.OutcomeLog(path))
processor, clock = time.process_time(), time.perf_counter()
run()
print(time.process_time() - processor, time.perf_counter() - clock)
"""


ROOM = """
import sys
from pathlib import Path
import closing_lib as cl
cl.import_csv, cl.OutcomeLog
def most():
    told = Path("/proc/self/status").read_text().split()
    return int(told[told.index("VmHWM:") + 1]) * 1024
file, path = sys.argv[1:]
cl.import_csv("\\n".join(Path(file).read_text().splitlines()[:20]).encode(), into=cl.OutcomeLog(path), dry_run=True)
Path("/proc/self/clear_refs").write_text("5")
before = most()
cl.import_csv(file, into=cl.OutcomeLog(path))
print(most() - before)
"""


def alone(what: str, file: Path, path: Path) -> Taken:
    """Time the first read of a process, once its modules are loaded."""
    command = [sys.executable, "-c", ALONE, what, str(file), str(path)]
    processor, clock = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(processor), float(clock)


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


def timed(run: Callable[[], object]) -> Taken:
    """Give the seconds that something takes."""
    processor, clock = time.process_time(), time.perf_counter()
    run()
    return time.process_time() - processor, time.perf_counter() - clock


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
