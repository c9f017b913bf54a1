"""The proof by simulation, in full: how often intervals hold what is true, and how often something is claimed wrongly.

    .venv/bin/python benchmarks/simulation.py [RUNS] [FILE]

The people and their interviews are drawn as tests/outcomes/simulated.py says, the aims are in tests/outcomes/proof.py.
Each figure is printed with its Monte Carlo error, and all are written into benchmarks/simulation.md. It ends with 1 if
an aim is missed by more than three of these errors. The tests run the same with few histories.

1,000 histories of a person, and half as many of a room, take two free processors about a quarter of an hour: some 1.1
seconds each. The Monte Carlo error of a share of 5% is then .7% for a person, and 1% for a room.
"""

from __future__ import annotations

import datetime as dt
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "outcomes"))

import proof  # where it stands is only known now

FILE = Path(__file__).with_suffix(".md")
RUNS, AT_ONCE, PROCESSES = 1000, 25, 2


def main(runs: int = RUNS, file: Path = FILE) -> int:
    """Work out all figures, print and write them, and tell how many aims are missed."""
    begun, missed, written = time.monotonic(), 0, []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for setting in proof.SETTINGS:
            many = runs if setting.people == 1 else runs // 2
            found = figures(pool, setting, many)
            missed += sum(not figure.is_met(proof.SURE) for figure in found)
            written += ["", f"## {setting.name[:1].upper()}{setting.name[1:]}: {many:,} histories", "", *lines(found)]
            print("\n".join(written[-len(found) - 4 :]), flush=True)
    minutes = (time.monotonic() - begun) / 60
    file.write_text("\n".join([*opening(minutes, missed), *written]) + "\n", encoding="utf-8")
    return missed


def figures(pool: ProcessPoolExecutor, setting: proof.Setting, runs: int) -> list[proof.Figure]:
    """Work out the figures of one setting on all processors."""
    every: proof.Counts = defaultdict(list)
    parts = [range(start, min(start + AT_ONCE, runs)) for start in range(0, runs, AT_ONCE)]
    for part in pool.map(partial(proof.counts, setting), parts):
        for key, counts in part.items():
            every[key] += counts
    return proof.together(every)


def lines(found: list[proof.Figure]) -> Iterator[str]:
    """Write the figures as a table."""
    yield "| what | share | Monte Carlo error | of | aim | |"
    yield "|---|---:|---:|---:|---|---|"
    for one in found:
        met = (
            ""
            if one.aim == proof.SHOWN
            else "met"
            if one.is_met()
            else "met within its error"
            if one.is_met(2)
            else "**missed**"
        )
        yield f"| {one.what} | {one.share:.1%} | {one.error:.1%} | {one.given:,} | {one.aim.words} | {met} |"


def opening(minutes: float, missed: int) -> Iterator[str]:
    """Say what was drawn, with what, and when."""
    yield "# What the results come to on simulated people, whose truth is known"
    yield ""
    yield f"Made by `benchmarks/simulation.py` on {dt.date.today().isoformat()} in {minutes:.0f} minutes, with"
    used = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas"))
    yield f"Python {platform.python_version()}, {used}. Aims missed by more than three errors: {missed}."
    yield ""
    yield from ABOUT.splitlines()


ABOUT = """\
Every person has skill and boldness (correlation .5), and applications that go from a screening over a first interview,
in half of them a panel, to a final, as long as each leads on. That depends on skill (log odds .6 a standard deviation),
on the round, and on how the interview went (log odds 1 a band), which itself depends on skill and round. The bold
question is asked more often after good interviews and by bold people. Answers take weeks, a no longer than good news;
35% of the noes are never told; some interviews are still open today, 5% were withdrawn, 5% are only events, and 10% are
assessed up to two weeks late: what was written after the answer, or after a week, counts as not read. "Drawn": the kit
draws the question in blocks of four for each person and round; how the interviews went is then only a rating of
reliability .6.

The Monte Carlo error is one standard error; the histories are its sample. "Met within its error": missed by less than
two of them. Rates, Brier scores and differences are seen when all interviews have ended; bounds, waiting, silence and
what is claimed, as they stand today. Corrected for a rating that is right in 70 of 100, a room of hundreds still claims
more than 5%: the correction is worked out from all people together, who differ in skill too. Only a draw cures that."""


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:3]))))
