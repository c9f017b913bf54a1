"""The stages of the tests, in two lanes side by side, and the browser that one of them needs.

`python3 start.py test` runs it. What drives a browser waits much, and what computes fills the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO

HOME = Path(__file__).resolve().parents[1]
PYTEST = ["pytest", "--verbose"]
# To load what compares notebooks takes each process some seconds.
NO_NOTEBOOKS = ["-p", "no:nbval"]
UNIT = [*PYTEST, *NO_NOTEBOOKS, "--doctest-modules", "--ignore=tests/browser"]
# A process for each processor; a file's tests stay together, since they share fixtures, or a kernel.
SIDE_BY_SIDE = ["--numprocesses=auto", "--dist=loadfile"]
# Two browsers, each with a server and a log.
TWO_BROWSERS = ["--numprocesses=2", "--dist=loadfile"]
# The files that take longest come first, as tests/conftest.py says, and not those with the most tests.
LONGEST_FIRST = ["--no-loadscope-reorder"]
NBVAL = ["--nbval", "--nbval-current-env"]
SANITIZE = HOME / "tests" / "nbval_sanitize.cfg"  # only where an output cannot be made the same each time
BROWSER_STAGE, UNIT_STAGE = "browser tests (playwright)", "unit tests (pytest)"
STAGES = {
    "style (ruff check)": ["ruff", "check", "."],
    "layout (ruff format)": ["ruff", "format", "--check", "."],
    "types (mypy)": ["mypy"],
    UNIT_STAGE: [*UNIT, *SIDE_BY_SIDE, *LONGEST_FIRST, "tests", "closing_lib"],
    "notebooks (nbval)": [
        *PYTEST,
        *SIDE_BY_SIDE,
        *NBVAL,
        *([f"--nbval-sanitize-with={SANITIZE}"] if SANITIZE.exists() else []),
        "notebooks",
    ],
    BROWSER_STAGE: [*PYTEST, *NO_NOTEBOOKS, *TWO_BROWSERS, *LONGEST_FIRST, "tests/browser"],
}
# Side by side, each lane's stages one after the other.
LANES = ([BROWSER_STAGE, *(name for name in STAGES if name not in (UNIT_STAGE, BROWSER_STAGE))], [UNIT_STAGE])
_PRINTING = Lock()  # so that what a stage says is read in one piece
MEMORY = Path("/dev/shm")  # a disk in memory, on Linux
ROOT_OF_FOLDERS = "PYTEST_DEBUG_TEMPROOT"  # pytest's alone: kills and whatever else is about a disk stay on one
ENOUGH = 2_000_000_000  # bytes, of which the tests take about a tenth to an eighth

NO_BROWSER = "The browser tests need Chrome, Chromium or Edge: install one, or set CLOSING_BROWSER to its path."
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
)
MAC_APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PACKAGE_MANAGERS = {
    "apt-get": (["update"], ["install", "--yes", "chromium"]),
    "dnf": (["install", "--assumeyes", "chromium"],),
    "apk": (["add", "chromium"],),
    "zypper": (["--non-interactive", "install", "chromium"],),
    "pacman": (["-Sy", "--noconfirm", "chromium"],),
}
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def main(arguments: list[str]) -> bool:
    """Run every stage, also after one that failed, or pytest alone with the arguments. True if all passed."""
    if arguments:
        provide_browser(None)
        return run(["pytest", *arguments], None)
    with quick_folder(), ThreadPoolExecutor(len(LANES)) as side_by_side:
        passed = {name: is_well for lane in side_by_side.map(run_lane, LANES) for name, is_well in lane.items()}
    print("\n== summary")
    for name in STAGES:
        print(f"{'passed' if passed[name] else 'FAILED'}: {name}", flush=True)
    return all(passed.values())


def run_lane(names: list[str]) -> dict[str, bool]:
    """Run the stages of a lane, and say which passed."""
    return {name: run_stage(name, STAGES[name]) for name in names}


@contextmanager
def quick_folder() -> Iterator[None]:
    """Let pytest keep its folders in memory: on a disk, a log waits for it at each of thousands of rows."""
    if ROOT_OF_FOLDERS in os.environ or not has_memory_disk():
        yield
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="closing-kit-tests-") as folder:
        os.environ[ROOT_OF_FOLDERS] = folder
        try:
            yield
        finally:
            del os.environ[ROOT_OF_FOLDERS]


def has_memory_disk() -> bool:
    """Tell whether there is one with room enough, on which programs may be run."""
    try:
        found = os.statvfs(MEMORY)
    except (AttributeError, OSError):
        return False
    is_open = not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY) and os.access(MEMORY, os.W_OK)
    return is_open and found.f_bavail * found.f_frsize > ENOUGH


def run_stage(name: str, command: list[str]) -> bool:
    """Run one stage, and print what it said when it ends. Without a browser its stage fails; it is never left out."""
    with _PRINTING:
        print(f"Begun: {name}", flush=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        is_well = is_provided(name, output) and run(command, output)
        output.seek(0)
        with _PRINTING:
            print(f"\n== {name}", flush=True)
            shutil.copyfileobj(output, sys.stdout)
            sys.stdout.flush()
    return is_well


def is_provided(name: str, output: IO[str]) -> bool:
    """Tell whether a stage has what it needs; a browser is got where there is none."""
    if name != BROWSER_STAGE or provide_browser(output):
        return True
    print(NO_BROWSER, file=output, flush=True)
    return False


def provide_browser(output: IO[str] | None) -> bool:
    """Find or get a browser and name it to the tests. True if there is one."""
    browser = find_browser() or get_browser(output)
    if browser:
        os.environ["CLOSING_BROWSER"] = browser
    return browser is not None


def run(command: list[str], output: IO[str] | None) -> bool:
    """Run a Python module with its arguments, and let it say what it says there."""
    return call([sys.executable, "-m", *command], output) == 0


def call(command: list[str], output: IO[str] | None, **variables: str) -> int:
    """Run a program of which nothing is asked, and let it say what it says there."""
    return subprocess.call(
        command,
        cwd=HOME,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
    )


def find_browser() -> str | None:
    """Find an installed browser of the Chromium family that runs."""
    return next((path for path in browser_paths() if works(path)), None)


def browser_paths() -> Iterator[str]:
    """Give the places where one may be, the person's own choice first."""
    yield os.environ.get("CLOSING_BROWSER", "")
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_APPLICATIONS)
    for folder in filter(None, map(os.environ.get, WINDOWS_FOLDERS)):
        yield from (str(Path(folder, program)) for program in WINDOWS_PROGRAMS)


def works(path: str) -> bool:
    """Tell whether a browser is there and runs: on some systems the command only says how to install one."""
    if os.name == "nt" or not Path(path).is_file():
        return Path(path).is_file()  # on Windows, asking for the version would open a window
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def get_browser(output: IO[str] | None = None) -> str | None:
    """Install Chromium: as root from the system's packages, else as Playwright's own download."""
    print("Getting Chromium for the browser tests.", file=output, flush=True)
    for command in system_commands():
        call(command, output, DEBIAN_FRONTEND="noninteractive")
    return find_browser() or get_from_playwright(output)


def system_commands() -> Iterator[list[str]]:
    """Give what installs Chromium from the system's packages; nothing to one who may not do that."""
    manager = next(filter(shutil.which, PACKAGE_MANAGERS), None)
    if manager and hasattr(os, "geteuid") and os.geteuid() == 0:
        yield from ([manager, *arguments] for arguments in PACKAGE_MANAGERS[manager])


def get_from_playwright(output: IO[str] | None) -> str | None:
    """Download Playwright's own Chromium."""
    run(["playwright", "install", "chromium"], output)
    asked = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = asked.stdout.strip()
    return path if works(path) else None


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
