"""Kill processes in the middle of writing to a log, and look for what was lost.

``python benchmarks/kills.py --kills 1000`` starts writers in pairs, as two notebooks would share a log. Each tells of
every write that was acknowledged to it, and is killed at a random moment: while the file is begun, while it is written
to, while the other one writes. Then every acknowledged write must be there and the file whole. The tests run a few.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from closing_lib.assessment import Assessment
from closing_lib.records import ApplicationRow, AssessmentRow, InterviewRow, LogError, OutcomeLog

ROUNDS_A_FILE = 3  # after so many rounds a new file is begun, so that its beginning is killed often too
LIVES = (0.01, 0.08)  # seconds that a writer lives at most once it is ready: about to open the log

Told = dict[str, Any]  # one acknowledged write


# --- The writer


def write(path: Path, name: str, seed: int) -> None:
    """Write until killed, and tell of each write once it is acknowledged."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    _tell({"ready": True})
    log = OutcomeLog(path)
    mine: list[int] = []
    for turn in count():
        do = dice.choice([_apply, _interview, _change, _draft, _delete]) if mine else _apply
        _tell(do(log, name, turn, mine))


def _apply(log: OutcomeLog, name: str, turn: int, mine: list[int]) -> Told:
    mine.append(log.add_application(name, "alone", note=str(turn)))
    return {"application": mine[-1], "note": turn}


def _interview(log: OutcomeLog, name: str, turn: int, mine: list[int]) -> Told:
    with log.transaction():
        application = log.add_application(name, "pair", note=str(turn))
        log.add_interview(application, "2026-11-20", assessment=Assessment(felt=4))
        log.add_event(application, "rejected", on="2026-11-21")
    mine.append(application)
    return {"application": application, "note": turn}


def _change(log: OutcomeLog, _name: str, turn: int, mine: list[int]) -> Told:
    log.update_application(mine[-1], note=str(turn))
    return {"application": mine[-1], "note": turn}


def _draft(log: OutcomeLog, name: str, turn: int, _mine: list[int]) -> Told:
    log.save_draft(name, {"turn": turn})
    return {"draft": turn}


def _delete(log: OutcomeLog, _name: str, _turn: int, mine: list[int]) -> Told:
    log.delete_application(mine[-1])
    return {"gone": mine.pop()}


def _tell(told: Told) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")  # at once, and in one piece


# --- The killer


def kill_writers(kills: int, seed: int) -> Counter[str]:
    """Start and kill writers in pairs, and count what was found."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(-(-kills // 2)):
            path = Path(folder, f"log {number // ROUNDS_A_FILE}.sqlite")
            names = [f"writer {number}{letter}" for letter in "ab"][: kills - found["kills"]]
            told = dict(zip(names, _round(path, names, dice, found), strict=True))
            found["acknowledged"] += sum(map(len, told.values()))
            found["early"] += sum(not writes for writes in told.values())
            if _is_whole(path):
                found["lost"] += sum(_lost(path, name, told[name]) for name in names)
                found["torn"] += _torn(path)
            else:
                found["unreadable"] += 1
                path.unlink()
    return found


def _round(path: Path, names: list[str], dice: random.Random, found: Counter[str]) -> list[list[Told]]:
    writers = [_start(path, name, dice.randrange(2**32)) for name in names]
    for writer in writers:
        assert writer.stdout is not None  # noqa: S101  # it was asked for
        writer.stdout.readline()
    for writer in dice.sample(writers, len(writers)):
        time.sleep(dice.uniform(0, dice.choice(LIVES)))
        found["failed"] += writer.poll() is not None  # it ended by itself
        writer.kill()
        writer.wait()
        found["kills"] += 1
        found["half done"] += _journal(path).exists()
    return [[json.loads(line) for line in writer.communicate()[0].splitlines()] for writer in writers]


def _start(path: Path, name: str, seed: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, __file__, "--write", str(path), name, str(seed)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _is_whole(path: Path) -> bool:
    try:
        OutcomeLog(path)  # as the next notebook would
    except LogError:
        return False
    with closing(sqlite3.connect(path)) as db:
        is_sound = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return is_sound and not db.execute("PRAGMA foreign_key_check").fetchall()


def _lost(path: Path, name: str, told: list[Told]) -> int:
    """Count the acknowledged writes that are not there; the one write after them may be there without a word."""
    expected, gone, drafted = _replayed(told)
    log = OutcomeLog(path)
    there = {row.application: int(row.note or -1) for row in log.rows(ApplicationRow, company=name)}
    draft = (log.draft(name) or {"turn": -1})["turn"]
    missing = expected.keys() - there.keys()
    ahead = [number for number in there.keys() - gone if there[number] > expected.get(number, -1)]
    behind = [number for number in there.keys() & expected.keys() if there[number] < expected[number]]
    untold = len(missing) + len(ahead) + (draft > drafted)
    not_last = missing - {next(reversed(expected), None)}  # only the last one can be deleted without a word
    return len(behind) + (draft < drafted) + len(gone & there.keys()) + len(not_last) + max(untold - 1, 0)


def _replayed(told: list[Told]) -> tuple[dict[int, int], set[int], int]:
    expected: dict[int, int] = {}
    gone = {one["gone"] for one in told if "gone" in one}
    for one in told:
        if "application" in one:
            expected[one["application"]] = one["note"]
        expected.pop(one.get("gone"), None)
    return expected, gone, max((one["draft"] for one in told if "draft" in one), default=-1)


def _torn(path: Path) -> int:
    """Count the transactions of which only a part is there."""
    log = OutcomeLog(path)
    rated = {row.interview for row in log.rows(AssessmentRow) if row.locked_at}
    whole = {row.application for row in log.rows(InterviewRow) if row.interview in rated}
    return sum(row.application not in whole for row in log.rows(ApplicationRow, role="pair"))


def main(arguments: list[str] | None = None) -> int:
    """Run, and end with one line that tells what was found; give 1 if anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", nargs=3, metavar=("PATH", "NAME", "SEED"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.write:
        path, name, seed = asked.write
        write(Path(path), name, int(seed))
    began = time.monotonic()
    found = kill_writers(asked.kills, asked.seed)
    print(
        f"{found['kills']} kills: {found['early']} before the first write was done, {found['half done']} in the middle "
        f"of one. Of {found['acknowledged']} acknowledged writes {found['lost']} were lost; {found['unreadable']} "
        f"unreadable files, {found['torn']} torn transactions, {found['failed']} failed writers. "
        f"{time.monotonic() - began:.0f} s"
    )
    return int(any(found[fault] for fault in ("lost", "unreadable", "torn", "failed")))


if __name__ == "__main__":
    sys.exit(main())
