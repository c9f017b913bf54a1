"""The proof by simulation, in full: people with a known effect, and bold questions that follow good interviews.

    .venv/bin/python benchmarks/simulation.py [RUNS]

For each statistic: how often its 95% interval holds the truth, how far its estimate lies from it in the mean, with the
Monte Carlo error of that, and how many of the estimates lie above it; then how often something is claimed where there
is nothing. The aims stand in tests/outcomes/proof.py; it ends with 1 where one is missed. The tests run the same,
reduced.

2,000 runs take about ten minutes on a core of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "outcomes"))

import proof  # where it stands is only known now

WHO = {
    (600, 1): "600 applications of 600 people, all of them different",
    (600, 20): "600 applications of 30 people, the truth being theirs",
    (40, 40): "40 applications of one person, another in each run",
}


def main(runs: int) -> int:
    """Print the table, and give how many aims are missed."""
    missed = 0
    for (n, each), who in WHO.items():
        print(f"\n{who}\n{'':46}{'holds the truth':>18}{'bias':>20}{'SD':>8}{'above':>7}", flush=True)
        for found in proof.found(n, runs, each).values():
            missed += not found.is_as_it_should_be()
            print(line(found), flush=True)
    print(f"\nClaims where there is nothing (aim: at most {proof.FALSE:.0%})")
    for n in proof.MOST:
        for what, share in proof.false_claims(n, runs).items():
            missed += share > proof.FALSE
            print(f"{n:4} applications: {what:48}{share:8.1%}  {verdict(is_met=share <= proof.FALSE)}", flush=True)
    again = proof.looked_at_again(runs // 10)
    print(f"  60 applications, looked at after every five: a question is said to differ {again:8.1%}  (no aim)")
    print(f"\n{missed} of the aims are missed." if missed else "\nAll aims are met.")
    return missed


def line(found: proof.Found) -> str:
    """Write one line."""
    held = f"{found.coverage:.1%} of {found.given:,}"
    bias = f"{found.bias:+.4f} ± {found.error:.4f}"
    met = verdict(is_met=found.is_as_it_should_be(), naive=found.what.startswith(proof.NAIVE))
    return f"{found.what:46}{held:>18}{bias:>20}{found.spread:8.3f}{found.above:7.1%}  {met}"


def verdict(*, is_met: bool, naive: bool = False) -> str:
    """Say whether an aim is met; that of the naive comparison is to fail."""
    if naive:
        return "fails, as it must" if is_met else "MISSED: it does not fail"
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)))
