"""Let every call to the disk fail once, and for good, in everything that a log can do, and look at what came of it.

``python benchmarks/faults.py`` prints a table: for each operation, how many faults were injected into its calls of
write, fsync, unlink, truncate, open, read and rename, and how many times something was lost that was said to be saved,
was there by half, or was told in a sentence that is not so. ``--every 7`` takes each seventh fault; the tests do.
It needs Linux and a C compiler, for the calls are made to fail beneath SQLite and Python, in ``faults.c``.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import errno
import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple

import closing_lib as cl
from closing_lib.advice.wording import one_line
from closing_lib.files import write_whole
from closing_lib.outcomes.sharing import save_tally
from closing_lib.records import ApplicationRow, LogError, OutcomeLog, upkeep
from closing_lib.records.others import OthersLog

HERE = Path(__file__).parent
FORMATS = HERE.parent / "tests" / "records" / "formats"
CALLS = ("write", "fsync", "unlink", "truncate", "open", "read", "rename")
FAULTS = ((errno.EIO, False), (errno.ENOSPC, False), (errno.EIO, True))  # the last one from then on
BAD = ("lost", "torn", "untrue", "raw", "unreadable")
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
LOG = "log.sqlite"
NOTHING = "nothing"  # to begin a log saves nothing of a person's
TRACKER = b"Company,Role,Status\nAcorn,Clerk,Rejected\nBadger,Pilot,Offer\n"
State = object


class Fault(NamedTuple):
    """The call that fails: which of its kind, with what error, and whether all after it fail too."""

    kind: int
    at: int
    error: int
    lasts: bool


_NEVER = Fault(-1, 0, 0, False)


class Operation(NamedTuple):
    """Something that a log can do: with the log in a folder, which is open already or is not."""

    do: Callable[[Path], object]
    made: str = LOG  # the file in which it shows
    begins: str = "filled"  # the files that are there before


def _log(folder: Path) -> OutcomeLog:
    return OutcomeLog(folder / LOG, clock=lambda: NOW)


def _on(do: Callable[[OutcomeLog], object]) -> Operation:
    return Operation(lambda folder: do(_log(folder)))


def _save(name: str, save: Callable[[OutcomeLog, Path], object]) -> Operation:
    return Operation(lambda folder: save(_log(folder), folder / name), name)


def _both(log: OutcomeLog) -> None:
    with log.transaction():
        log.add_event(log.add_application("Umbrella"), "applied", on="2026-11-02")
        log.save_draft("interview", {"felt": 5})


OPERATIONS: dict[str, Operation] = {
    "begin a log": Operation(_log, begins=NOTHING),
    "open": Operation(_log),
    "open an old format": Operation(_log, begins="old"),
    "open after a crash": Operation(_log, begins="half done"),
    "read": _on(lambda log: log.rows(ApplicationRow)),
    "read somebody else's": Operation(lambda folder: OthersLog(folder / LOG).interviews()),
    "add an application": _on(lambda log: log.add_application("Umbrella", note="x" * 9000)),
    "change an application": _on(lambda log: log.update_application(1, note="changed")),
    "delete an application": _on(lambda log: log.delete_application(1)),
    "add an interview": _on(lambda log: log.add_interview(2, "2026-11-20", assessment=cl.Assessment(felt=4))),
    "change an interview": _on(lambda log: log.update_interview(1, response="hesitated")),
    "add an event": _on(lambda log: log.add_event(1, "offer", on="2026-11-20")),
    "delete an event": _on(lambda log: log.delete_event(1)),
    "answer again": _on(lambda log: log.reassess(1, cl.Assessment(felt=1))),
    "keep a draft": _on(lambda log: log.save_draft("close", {"felt": 3})),
    "forget a draft": _on(lambda log: log.clear_draft("interview")),
    "add an attempt": _on(lambda log: log.add_attempt("exercise", "close_order", passed=True)),
    "import": _on(lambda log: cl.import_csv(TRACKER + b"Cactus,Baker,\n", into=log)),
    "undo an import": _on(lambda log: log.undo_import(1)),
    "several together": _on(_both),
    "export as CSV": _save("out.csv", lambda log, path: cl.export_log(log, path, overwrite=True)),
    "export as a workbook": _save("out.xlsx", lambda log, path: cl.export_log(log, path, overwrite=True)),
    "export as Parquet": _save("out.parquet", lambda log, path: cl.export_log(log, path, overwrite=True)),
    "save a tally": _save("tally.csv", lambda log, path: save_tally(cl.tally(log), path)),
    "save a letter": _save("letter.txt", lambda _log, path: write_whole(path, one_line("Thank you!").encode())),
}


# --- What is there before, and what is there after


def _templates(folder: Path) -> None:
    for name in (NOTHING, "old", "filled", "half done"):
        (folder / name).mkdir()
    (folder / "old" / "log.sqlite").write_bytes(gzip.decompress(max(FORMATS.glob("*.sqlite.gz")).read_bytes()))
    log = _log(folder / "filled")
    for company in ("Acme", "Left Sock"):
        application = log.add_application(company, applied_on="2026-11-02")
        log.add_event(application, "thank_you", on="2026-11-19")
    log.add_interview(1, "2026-11-18", assessment=cl.Assessment(felt=3))
    cl.import_csv(TRACKER, into=log)
    log.save_draft("interview", {"felt": 4})
    for name in ("out.csv", "out.xlsx", "out.parquet", "tally.csv", "letter.txt"):
        (folder / "filled" / name).write_bytes(b"before")
    with closing(sqlite3.connect(log.path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO application (company, note) SELECT company, hex(zeroblob(9000)) FROM application")
        for file in (folder / "filled").glob("log.*"):
            shutil.copy(file, folder / "half done")
        db.execute("ROLLBACK")


def _state(path: Path) -> State:
    """Give what is in a file, a log as SQLite will see it once it has undone what was left half done."""
    if not path.exists() or path.suffix != ".sqlite":
        return path.read_bytes() if path.exists() else None
    with tempfile.TemporaryDirectory() as folder:
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder, path.name))) as db:
            own = "type = 'table' AND name <> 'person'"  # that number is drawn anew for each log
            tables = db.execute(f"SELECT name FROM sqlite_schema WHERE {own} ORDER BY name").fetchall()  # noqa: S608
            rows = {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for (name,) in tables}  # noqa: S608
            return rows, db.execute("PRAGMA integrity_check").fetchall()


# --- The faults


class Bench:
    """One folder in which everything is done, again and again."""

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None)
        self._templates, self._folder = folder / "templates", folder / "work"
        self._templates.mkdir()
        _templates(self._templates)

    def inject(self, operation: Operation, every: int, turn: Iterator[int]) -> Counter[str]:
        """Let each call of an operation fail, and count what came of it."""
        found: Counter[str] = Counter()
        before = self._prepared(operation)
        self._run(operation, _NEVER)
        after = _state(self._folder / operation.made)
        calls = [self._libc.faults_counted(kind) for kind in range(len(CALLS))]
        faults = [
            Fault(kind, at, error, lasts)
            for kind, number in enumerate(calls)
            for at in range(1, number + 1)
            for error, lasts in FAULTS
        ]
        for fault in faults:
            if next(turn) % every == 0:
                self._prepared(operation)
                told = self._run(operation, fault)
                found["faults"] += 1
                for bad in self._judged(operation, told, before, after):
                    found[bad] += 1
                    print(f"    {bad}: {CALLS[fault.kind]} {fault.at} {errno.errorcode[fault.error]}, {told!r}")
        return found

    def _prepared(self, operation: Operation) -> State:
        upkeep._sound.clear()
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._templates / operation.begins, self._folder)
        return _state(self._folder / operation.made)

    def _run(self, operation: Operation, fault: Fault) -> Exception | None:
        self._libc.faults_arm(os.fsencode(self._folder), *fault)
        try:
            operation.do(self._folder)
        except Exception as told:  # it is looked at
            return told
        finally:
            self._libc.faults_disarm()
        return None

    def _judged(self, operation: Operation, told: Exception | None, before: State, after: State) -> Iterator[str]:
        now = _state(self._folder / operation.made)
        if now not in (before, after):
            yield "torn"
        if told is None and now != after:
            yield "lost"
        if told is not None and not isinstance(told, LogError if operation.made == LOG else (ValueError, OSError)):
            yield "raw"
        if told is not None and _is_untrue(str(told), is_saved=now == after != before and operation.begins != NOTHING):
            yield "untrue"
        if (self._folder / LOG).exists():
            try:
                _log(self._folder)
            except LogError:
                yield "unreadable"


def _is_untrue(told: str, is_saved: bool) -> bool:
    """Tell whether a sentence is not so: nothing is damaged, and what is there has been saved."""
    return "is damaged" in told or (is_saved and "failed just after" not in told)


# --- The table


def _inside(every: int) -> int:
    total: Counter[str] = Counter()
    turn = count()
    print(f"{'':24}{'faults':>8}" + "".join(f"{name:>12}" for name in BAD))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for name, operation in OPERATIONS.items():
            found = bench.inject(operation, every, turn)
            total += found
            print(f"{name:24}{found['faults']:>8}" + "".join(f"{found[bad]:>12}" for bad in BAD), flush=True)
    print(f"{'all':24}{total['faults']:>8}" + "".join(f"{total[bad]:>12}" for bad in BAD))
    return int(any(total[bad] for bad in BAD))


def main(arguments: list[str] | None = None) -> int:
    """Build what makes calls fail, run with it, and give 1 if anything was lost, torn or untrue."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="inject only each so many-th fault")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.inside:
        return _inside(asked.every)
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or not compiler:
        sys.exit("This needs Linux and a C compiler; install gcc.")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "faults.so")
        source = str(HERE / "faults.c")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), source, "-ldl"], check=True)
        command = [sys.executable, __file__, "--inside", "--every", str(asked.every)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LD_PRELOAD": str(library)}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
