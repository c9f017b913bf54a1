"""The environment of the kit: making it, repairing it, and telling whether it is whole. Standard library only.

This is for ``start.py``, which uses it before anything is installed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from closing_lib.content import text
from closing_lib.files import make_folder

PIP = "pip==26.3"  # the one that comes with an older Python takes three times as long to find what is pinned
UV = "uv==0.13.9"  # fetches many packages at once
# Jupyter's checks of JSON do without it, and each start would take two seconds longer to read its grammar of addresses.
NOT_WANTED = "rfc3987-syntax"
NOT_COMPILED = r"[\\/](tests|pip)[\\/]"  # the packages' own tests are a quarter of all files, and nobody runs them
SPACE = 1_500_000_000  # bytes: up to 750 MB when installed, and nearly as much while unpacking
KNOWN_TROUBLES = {
    "no_space": r"No space left|not enough space|os error (28|112)\b",
    "no_venv": r"ensurepip|No module named '?venv",
    "no_network": r"NewConnectionError|Failed to establish|ConnectTimeout|ReadTimeout|ProxyError|getaddrinfo"
    r"|name resolution|dns error|error sending request|tcp connect error|Network (is unreachable|connectivity)"
    r"|\(from versions: none\)|SSLError|CERTIFICATE_VERIFY_FAILED|invalid peer certificate",
}

# Where packages come from and how they are reached is the person's to say; the rest is the kit's.
FOREIGN = re.compile(
    r"(PIP|UV)_(?!.*(INDEX|LINK|CERT|HOST|PROXY|TIMEOUT|RETRIES|CACHE|CONFIG|KEYRING|TLS|OFFLINE))"
    r"|JUPYTER|IPYTHON|PYTHON(HOME|PATH|STARTUP|DONTWRITEBYTECODE|OPTIMIZE|SAFEPATH|WARNINGS)|VIRTUAL_ENV|__PYVENV"
)


class Trouble(Exception):
    """Something foreseeable went wrong; the message is one sentence that says what to do.

    Parameters
    ----------
    key
        Which sentence of ``start.trouble`` it is.
    values
        What fills its placeholders.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(text(f"start.trouble.{key}", **values))


@dataclass(frozen=True)
class Kit:
    """A checkout of the kit, and what setting up puts into it."""

    home: Path

    @property
    def venv(self) -> Path:
        """The environment of the kit, beside this file."""
        return self.home / ".venv"

    @property
    def python(self) -> Path:
        """The Python of that environment."""
        return self.venv.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))

    @property
    def stamp(self) -> Path:
        """The file that is written when the environment is whole."""
        return self.venv / "closing_kit.json"


def say(sentence: str) -> None:
    """Tell the person something, at once also where the output goes to a file."""
    print(sentence, flush=True)


def warn_of_old_python() -> None:
    """Warn of a Python whose mail library takes line breaks in a name for the end of a header (CVE-2024-6923)."""
    version = sys.version_info[:3]
    if (3, 11) <= version < (3, 11, 10) or (3, 12) <= version < (3, 12, 5):
        say(text("start.old_python", version=".".join(map(str, version))))


def set_up(kit: Kit, extra: str = "") -> None:
    """Make the environment and install the pinned packages, or nothing where that has been done.

    Parameters
    ----------
    kit
        The checkout.
    extra
        The extra of pyproject.toml that is needed too, ``""`` for none.

    Raises
    ------
    Trouble
        With what to do.
    """
    if is_ready(kit, extra):
        return
    check_writable(kit.home, "move_the_kit")
    with one_at_a_time(kit):
        if is_ready(kit, extra):
            return
        if shutil.disk_usage(kit.home).free < SPACE:
            raise Trouble("no_space")
        say(text("start.setting_up"))
        uv = shutil.which("uv")
        if read_stamp(kit).get("place") != place_of(kit):
            make_environment(kit, uv)
        kit.stamp.unlink(missing_ok=True)
        install(kit, uv, extra)
        write_stamp(kit, extra)


def is_ready(kit: Kit, extra: str) -> bool:
    """Tell whether the environment is whole, and is the one that this Python and these pins would make here."""
    stamp = read_stamp(kit)
    wanted = {"place": place_of(kit), "packages": packages_of(kit)}
    return kit.python.exists() and wanted.items() <= stamp.items() and extra in stamp.get("extras", [])


def read_stamp(kit: Kit) -> dict[str, Any]:
    """Read what the last set-up said of itself; empty where there is none that came to its end."""
    try:
        stamp = json.loads(kit.stamp.read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and kit.python.exists() else {}


def write_stamp(kit: Kit, extra: str) -> None:
    """Say that the environment is whole, in one step that cannot be half done."""
    stamp = {"place": place_of(kit), "packages": packages_of(kit), "extras": sorted({"", extra})}
    half = kit.stamp.with_suffix(".part")
    half.write_text(json.dumps(stamp), encoding="utf-8")
    half.replace(kit.stamp)


def place_of(kit: Kit) -> str:
    """Fingerprint of what an environment cannot outlive: its Python and its folder."""
    return hashlib.sha256(f"{sys.version}\n{sys.base_prefix}\n{kit.home}".encode()).hexdigest()


def packages_of(kit: Kit) -> str:
    """Fingerprint of what is to be installed."""
    contents = [(kit.home / name).read_bytes() for name in ("pyproject.toml", "pins.txt")]
    return hashlib.sha256(b"".join(contents)).hexdigest()


@contextlib.contextmanager
def one_at_a_time(kit: Kit) -> Iterator[None]:
    """Let no two starts set up at once. SQLite's lock works on every platform, and ends with its process."""
    lock = sqlite3.connect(kit.home / ".venv.sqlite", timeout=0, isolation_level=None)
    try:
        take(lock)
        yield
    finally:
        lock.close()


def take(lock: sqlite3.Connection) -> None:
    """Wait until the lock is free; in steps, so that Ctrl+C is heard."""
    if take_at_once(lock):
        return
    say(text("start.waiting"))
    while not take_at_once(lock):
        time.sleep(0.2)


def take_at_once(lock: sqlite3.Connection) -> bool:
    """Take the lock if it is free."""
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
    return True


def make_environment(kit: Kit, uv: str | None) -> None:
    """Make a fresh environment, whatever was there before."""
    try:
        shutil.rmtree(kit.venv)
    except FileNotFoundError:
        pass
    except OSError:
        raise Trouble("no_replacing", folder=kit.venv) from None
    python = getattr(sys, "_base_executable", sys.executable)  # this one may be in the very folder that was removed
    run(kit, [uv, "venv", "--seed", "--python", python, ".venv"] if uv else [python, "-m", "venv", ".venv"])


def install(kit: Kit, uv: str | None, extra: str) -> None:
    """Install the kit, editable, and its packages at their pins; compile them once, or every start would be slower."""
    python = str(kit.python)
    what = ["--constraint", "pins.txt", "--editable", f".[{extra}]" if extra else "."]
    pip = [python, "-m", "pip", "install", "--no-user", "--no-compile", "--no-input", "--progress-bar=off"]
    with_uv = ["pip", "install", "--python", python, "--compile-bytecode", *what]
    if uv:
        run(kit, [uv, *with_uv])
    elif not (is_free_to_choose(kit) and is_done(kit, [*pip, "--retries=0", UV], [python, "-m", "uv", *with_uv])):
        install_by_pip(kit, pip, what)
    attempt(kit, [python, "-m", "pip", "uninstall", "--yes", NOT_WANTED])


def is_free_to_choose(kit: Kit) -> bool:
    """Tell whether nobody told pip where packages come from, which uv would not know: it takes half of pip's time."""
    told = attempt(kit, [str(kit.python), "-m", "pip", "config", "list"])
    return told.returncode == 0 and not re.search(r"(?<!extra-)index-|no-index|proxy", told.stdout)


def is_done(kit: Kit, *commands: list[str]) -> bool:
    """Do one step after the other, up to one that fails; tell whether all went well."""
    return all(attempt(kit, command).returncode == 0 for command in commands)


def install_by_pip(kit: Kit, pip: list[str], what: list[str]) -> None:
    """Install the same with pip alone."""
    python = str(kit.python)
    attempt(kit, [*pip, "--retries=0", PIP])  # where it cannot be had, the one that is there does it too
    run(kit, [*pip, *what])
    # On all processors, as pip does not; a template among the packages that is no Python yet is no trouble.
    attempt(kit, [python, "-m", "compileall", "-qq", "-j0", "-x", NOT_COMPILED, str(kit.venv)])


def run(kit: Kit, command: list[str]) -> None:
    """Run one step of setting up, silently where it goes well."""
    done = attempt(kit, command)
    if done.returncode:
        raise explained(done.stdout, kit.venv / "setup.log")


def attempt(kit: Kit, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a step that may fail, and keep what it says."""
    return subprocess.run(
        command,
        cwd=kit.home,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def explained(output: str, log: Path) -> Trouble:
    """Turn what pip, uv or venv said into the sentence for the person; what is not foreseen is kept in a file."""
    for key, pattern in KNOWN_TROUBLES.items():
        if re.search(pattern, output):
            return Trouble(key)
    with contextlib.suppress(OSError):
        log.parent.mkdir(exist_ok=True)
        log.write_text(output, encoding="utf-8")
    return Trouble("set_up_stopped", log=log)


def environment(**more: str) -> dict[str, str]:
    """Give the variables for a program of the kit: the person's, without those that would change what the kit is."""
    # PYTHONUTF8: before 3.13 the path of an editable install was read in the encoding of the place, and not found.
    return {key: value for key, value in os.environ.items() if not FOREIGN.match(key)} | {"PYTHONUTF8": "1"} | more


def check_writable(folder: Path, remedy: str) -> None:
    """Make a folder where there is none and try to write into it; the remedy is named by the key of its sentence."""
    try:
        make_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Trouble("no_space") from None
        said = text(f"start.trouble.{remedy}")
        raise Trouble("not_writable", folder=folder, reason=error.strerror, remedy=said) from None
