"""Another user of this machine, who tries what they can: a process of its own, under another user id.

It is begun as root, since only root can become somebody else, loads what it needs, and gives up every right before it
tries anything. It is told all names and ports, so nothing is safe by being hard to guess.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

NOBODY = 65534
ASKED = (
    "/api/contents",
    "/api/kernels",
    "/api/sessions",
    "/files/00_start_here.ipynb",
    "/lab",
    "/doc",
    "/api/terminals",
)


def as_another_user(attempt: str, given: Iterable[Any]) -> Any:
    """Let them try something (a function below), and give what they got."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("becoming another user takes root: run this test as root, as in a container")
    command = [sys.executable, str(Path(__file__)), attempt]
    # without the group and the folder of whoever runs this
    done = subprocess.run(command, input=json.dumps([*given]), capture_output=True, text=True, check=True, cwd="/")
    return json.loads(done.stdout)


def read(paths: list[str]) -> list[str]:
    """Read files, list folders, write into both, connect to sockets; the paths that this could be done to."""
    return [path for path in paths if any(map(_works, (_read, _list, _write, _make, _connect), [path] * 5))]


def reach(ports: list[int]) -> list[str]:
    """Ask a server for everything without its word, and have it run something; what it gave."""
    given = []
    for port in ports:
        for method, path in [*(("GET", path) for path in ASKED), ("POST", "/api/kernels"), ("POST", "/api/shutdown")]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with closing(connection), suppress(OSError, http.client.HTTPException):
                connection.request(method, path)
                if connection.getresponse().status < 300:
                    given.append(f"{method} {port} {path}")
    return given


def run_by_dask(ports: list[int]) -> list[int]:
    """Have the processes of Dask run something; the ids of the users as whom it ran."""
    users: list[int] = []
    for port in ports:
        with suppress(Exception), distributed.Client(f"127.0.0.1:{port}", timeout=5) as client:
            users += [client.run_on_scheduler(os.getuid), *client.run(os.getuid).values()]
    return users


def see(pids: list[int]) -> list[str]:
    """Look at the list of processes, and into those named; all that can be seen."""
    everyone = [Path("/proc", name, "cmdline") for name in os.listdir("/proc") if name.isdecimal()]  # noqa: PTH208
    inside = [Path("/proc", str(pid), name) for pid in pids for name in ("environ", "mem", "fd", "cwd/.")]
    seen = []
    for path in [*everyone, *inside]:
        with suppress(OSError):
            seen.append(str(os.listdir(path)) if path.is_dir() else path.read_bytes().decode(errors="replace"))  # noqa: PTH208
    return seen


def _works(attempt: Any, path: str) -> bool:
    try:
        attempt(path)
    except OSError:
        return False
    return True


def _read(path: str) -> None:
    with Path(path).open("rb") as file:
        file.read(1)


def _list(path: str) -> None:
    next(os.scandir(path), None)


def _write(path: str) -> None:
    with Path(path).open("ab"):
        pass


def _make(path: str) -> None:
    Path(path, "planted.py").touch()


def _connect(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.connect(path)


if __name__ == "__main__":
    attempt, given = globals()[sys.argv[1]], json.load(sys.stdin)
    if attempt is run_by_dask:
        import distributed
    "".encode("idna")  # loads it, as the names of machines need it
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    assert os.getresuid() == (NOBODY,) * 3
    print(json.dumps(attempt(given)))
