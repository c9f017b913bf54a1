"""Each statistic from a tally, in milliseconds of a processor: of one person, and of very many.

    .venv/bin/python benchmarks/statistics_of_a_tally.py

The aim is 20 ms each for one person, and 50 ms of half a million rows: the median of five turns. Other work on the
machine slows down even processor time, so it says much only on a quiet one. How fast that is says the first line, which
is no statistic: pandas counting the same rows by two columns.

A tally of so many rows is that of 20,000 people, counted by every column at once, as a careers service would have it;
or of ten million interviews of which nobody knows whose they are. Something was drawn in every line of it, which is far
more than a trial would have.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import numpy as np
import pandas as pd

from closing_lib import outcomes
from closing_lib.outcomes.vocabulary import KEYS, WORDS
from closing_lib.records import sample_log

TURNS, ROWS, PEOPLE, INTERVIEWS = 5, 500_000, 20_000, 10_000_000

STATISTICS: dict[str, Callable[[pd.DataFrame], object]] = {
    "(pandas, by two columns)": lambda t: t.groupby(["band", "used"], observed=True)["n"].sum(),
    "by_tactic": outcomes.by_tactic,
    "by_band": outcomes.by_band,
    "by_advice": outcomes.by_advice,
    "by_thanks": outcomes.by_thanks,
    "adjusted": outcomes.adjusted,
    "adjusted by followed": partial(outcomes.adjusted, by="followed"),
    "adjusted by thanks": partial(outcomes.adjusted, by="thanks"),
    "adjusted, rated right .8": partial(outcomes.adjusted, rating_right=0.8),
    "strata": outcomes.strata,
    "randomised": outcomes.randomised,
    "time_to_answer": outcomes.time_to_answer,
    "answers_over_time": outcomes.answers_over_time,
    "silence": outcomes.silence,
    "asked_again": outcomes.asked_again,
    "calibration": outcomes.calibration,
    "calibration by score": partial(outcomes.calibration, by="score"),
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
    draw = np.random.default_rng(1)
    tallies = {
        "sample": (outcomes.tally(sample_log()), 20.0),
        "200 interviews": (outcomes.tally(drawn(draw, 200)), 20.0),
        "20,000 people": (
            drawn(draw, ROWS).assign(person=pd.array(np.sort(draw.integers(0, PEOPLE, ROWS)), "Int64")),
            50.0,
        ),
        "10 million": (drawn(draw, ROWS).assign(n=draw.multinomial(INTERVIEWS, np.full(ROWS, 1 / ROWS)) + 1), 50.0),
    }
    print(f"{'ms':26}" + "".join(f"{name:>16}" for name in tallies))
    for name, statistic in STATISTICS.items():
        print(f"{name:26}" + "".join(f"{shown(statistic, *of):>16}" for of in tallies.values()), flush=True)


def drawn(draw: np.random.Generator, rows: int) -> pd.DataFrame:
    """A tally of many rows, with every column that a person's own tally has."""
    columns: dict[str, object] = {
        name: pd.Categorical.from_codes(draw.integers(0, len(words), rows), words, ordered=True)
        for name, words in WORDS.items()
    }
    columns["weeks"], columns["score"] = (pd.array(draw.integers(0, most, rows), "Int64") for most in (26, 11))
    reminded = pd.Series(draw.integers(0, 8, rows), dtype="Int64")
    columns["reminded"] = reminded.where(np.asarray(columns["nudged"]) == "yes")
    return pd.DataFrame(columns).reindex(columns=[name for name in KEYS if name in columns]).assign(n=1)


def shown(statistic: Callable[[pd.DataFrame], object], t: pd.DataFrame, aim: float) -> str:
    """The median time, with a mark where it is beyond the aim."""
    statistic(t)  # loads its libraries
    times = []
    for _ in range(TURNS):
        begun = time.process_time()
        statistic(t)
        times.append(1000 * (time.process_time() - begun))
    middle = median(times)
    return f"{middle:.1f}{' !' if middle > aim else ''}"


if __name__ == "__main__":
    main()
