"""The proof by simulation, in full: people with a known effect, and bold questions that follow good interviews.

    .venv/bin/python benchmarks/simulation.py [RUNS]

For each statistic: how often its 95% interval holds the truth, and how far its estimate lies from it in the mean, with
600 applications and with 40. The aims: 93% to 97% at 600, at least 93% at 40 (an exact interval may hold it more
often), where the naive comparison fails; and false claims of at most 5% where nothing differs. The tests run the same,
reduced.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "outcomes"))

import proof  # where it stands is only known now


def main(runs: int) -> None:
    """Print the table."""
    for n in (600, 40):
        adjusted, naive = proof.compared(n, runs)
        show(adjusted)
        show(naive)
        for one in (proof.rates, proof.calibrated, proof.brier, proof.waiting, proof.offered):
            show(one(n, runs))
        claimed, read = proof.false_claims(n, runs), proof.false_calibration(n, runs)
        print(
            f"{n:4} applications, false claims: {claimed:.1%} of a question, {read:.1%} of one’s own reading",
            flush=True,
        )


def show(found: proof.Found) -> None:
    """Print one line."""
    told = f"holds the truth in {found.coverage:6.1%} of {found.runs:6}; bias {found.bias:+.4f}"
    print(f"{found.n:4} applications, {found.what:38} {told}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
