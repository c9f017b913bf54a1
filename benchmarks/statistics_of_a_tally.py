"""Each statistic from a tally, in milliseconds of a processor: of one person, and of very many.

    .venv/bin/python benchmarks/statistics_of_a_tally.py

The aim is 50 ms each; in processor time other work on the machine counts little. The large tallies are counted from ten
million invented applications: by what the statistics compare, as a careers service would keep it; and by every column
at once, with half a million rows, far more than anyone needs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from closing_lib import outcomes
from closing_lib.outcomes.vocabulary import KEYS, WORDS
from closing_lib.records import sample_log

AIM = 50.0  # ms
TURNS = 7
APPLICATIONS = 10_000_000
WEEKS, SCORES = 26, 11

STATISTICS: dict[str, Callable[[pd.DataFrame], object]] = {
    "by_tactic": outcomes.by_tactic,
    "by_band": outcomes.by_band,
    "by_advice": outcomes.by_advice,
    "by_thanks": outcomes.by_thanks,
    "adjusted": outcomes.adjusted,
    "adjusted by thanks": lambda t: outcomes.adjusted(t, by="thanks"),
    "strata": outcomes.strata,
    "time_to_answer": outcomes.time_to_answer,
    "answers_over_time": outcomes.answers_over_time,
    "silence": outcomes.silence,
    "calibration": outcomes.calibration,
    "calibration by score": lambda t: outcomes.calibration(t, by="score"),
    "brier": outcomes.brier,
    "funnel": outcomes.funnel,
    "discipline": outcomes.discipline,
    "bounds": outcomes.bounds,
    "shrunk": outcomes.shrunk,
    "power": outcomes.power,
    "sentence": outcomes.sentence,
}


def main() -> None:
    """Print the table."""
    tallies = {
        "one person": outcomes.tally(sample_log()),
        "10 million, a few rows": large(2_000),
        "10 million, 500,000 rows": large(500_000),
    }
    print(f"{'ms':22}" + "".join(f"{name:>28}" for name in tallies))
    for name, statistic in STATISTICS.items():
        print(f"{name:22}" + "".join(f"{shown(statistic, t):>28}" for t in tallies.values()))


def large(rows: int) -> pd.DataFrame:
    """Give a tally of many rows that stands for ten million applications."""
    draw = np.random.default_rng(1)
    columns: dict[str, object] = {
        name: pd.Categorical.from_codes(draw.integers(0, len(words), rows), words, ordered=True)
        for name, words in WORDS.items()
    }
    columns["weeks"] = pd.array(draw.integers(0, WEEKS, rows), dtype="Int64")
    columns["score"] = pd.array(draw.integers(0, SCORES, rows), dtype="Int64")
    return pd.DataFrame(columns)[KEYS].assign(n=draw.multinomial(APPLICATIONS - rows, np.full(rows, 1 / rows)) + 1)


def shown(statistic: Callable[[pd.DataFrame], object], t: pd.DataFrame) -> str:
    """Give the median time, with a mark where it is beyond the aim."""
    statistic(t)  # loads its libraries
    times = []
    for _ in range(TURNS):
        begun = time.process_time()
        statistic(t)
        times.append(1000 * (time.process_time() - begun))
    median = statistics.median(times)
    return f"{median:.1f}{' !' if median > AIM else ''}"


if __name__ == "__main__":
    main()
