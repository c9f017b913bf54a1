"""What `import closing_lib` costs, against a bare interpreter that imports the same standard library modules.

    .venv/bin/python benchmarks/imports.py [RUNS]

Both are timed as whole processes, in turn, and compared pair by pair. The aim is a ratio under 1.5.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

FIRST_ADVICE = "import closing_lib as cl; cl.recommend(cl.Assessment())"


def main(runs: int) -> None:
    """Print the ratios of the import alone, and of the first advice."""
    for name, statement in (("import closing_lib", "import closing_lib"), ("the first advice", FIRST_ADVICE)):
        bare = "import " + ", ".join(standard_modules(statement))
        pairs = [(seconds(statement), seconds(bare)) for _ in range(runs)]
        ratio = statistics.median(kit / standard for kit, standard in pairs)
        print(f"{name}: {ratio:.2f} times a bare interpreter with the same standard library (median of {runs} pairs)")


def standard_modules(statement: str) -> list[str]:
    """Give the standard library modules that a statement loads, beyond those that are there at the start."""
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    return ["sys", *(name for name in sorted(loaded) if name.split(".")[0] in sys.stdlib_module_names)]


def seconds(statement: str) -> float:
    """Time a whole process that runs a statement."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
