"""The server of the pages: one for a folder of data, for its owner alone, and gone with `start.py`.

Standard library only: ``start.py`` uses it before anything is installed. What of this goes on inside the server is in
`closing_lib.app.server_extension`.
"""

from __future__ import annotations

import contextlib
import html
import http.client
import json
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import webbrowser
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from closing_lib.app import workspace
from closing_lib.app.installation import Kit, Trouble, environment, say, take_at_once, warn_of_old_python
from closing_lib.app.way_back import keep, token_of, way_back
from closing_lib.content import language, text
from closing_lib.files import make_folder, write_whole

START_PAGE = "00_start_here.ipynb"
FIRST_PORT = 8888
SOCKET_PATH = 100  # bytes: macOS allows 104, Linux 108
SOCKET_NAME = len("/kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-1")
UNUSED = ("jupyter_lsp", "jupyter_server_terminals", "notebook_shim")  # extensions of the server that no page needs
USED = ("closing_lib.app.server_extension", "closing_lib.app.log_in")
PATIENCE = 120  # seconds until a server that does not answer has failed; from a cold disk it may well take 30
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP") if hasattr(signal, name)]

OWN = Path(".jupyter")  # in the folder of data: what Jupyter keeps there, and who serves the folder
LOCK, STATE = OWN / "start.sqlite", OWN / "running.json"
OPENING = "closing_kit.html"  # not in a hidden folder nor in /tmp: some browsers may look into neither
_BY_FORMS = ("analysis", "cards", "exports", "follow_up", "shared")
SAVED = (".jupyter", ".ipynb_checkpoints", "*.ipynb", "closing_log*", *_BY_FORMS)


@dataclass(frozen=True)
class Server:
    """A server that runs on this machine, and the word that opens it."""

    port: int
    token: str
    language: str = "en"

    @property
    def page(self) -> str:
        """The address of the start page."""
        return f"http://127.0.0.1:{self.port}/doc/tree/{START_PAGE}?token={self.token}"

    @property
    def answers(self) -> bool:
        """Whether it runs, and is the one that this word opens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/api/status", headers={"Authorization": f"token {self.token}"})
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


# One server a folder


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[Server | None]:
    """Let nobody else serve a folder; where somebody does already, give their server once it answers.

    Two starts at once wait for each other by SQLite's lock, which works on every platform and ends with its process. So
    what was written of a server whose start was killed is never believed.
    """
    (data / LOCK).touch(mode=0o600)
    lock = sqlite3.connect(data / LOCK, timeout=0, isolation_level=None)
    try:
        yield _running_one(lock, data)
    finally:
        lock.close()


def _running_one(lock: sqlite3.Connection, data: Path) -> Server | None:
    is_said = False
    while not _take(lock):
        running = _remembered(data)
        if running and running.answers:
            return running
        if not is_said:
            say(text("start.waiting_for_start"))
        is_said = True
        time.sleep(0.2)
    with contextlib.suppress(OSError):
        (data / STATE).unlink(missing_ok=True)  # left by a start that was killed: its port may be another's by now
    return None


def _take(lock: sqlite3.Connection) -> bool:
    try:
        return take_at_once(lock)
    except sqlite3.Error:  # a drive that knows no locks
        return True


def _remembered(data: Path) -> Server | None:
    try:
        return Server(**json.loads((data / STATE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


@contextlib.contextmanager
def _remembering(server: Server, data: Path) -> Iterator[None]:
    """Let a second start find the server, and a browser open it without its word in the list of processes."""
    target = html.escape(server.page)
    opening = (
        f'<!DOCTYPE html><meta charset="utf-8"><title>{text("start.open")}</title>'
        f'<meta http-equiv="refresh" content="0; url={target}"><p><a href="{target}">{text("start.open")}</a></p>\n'
    )
    try:
        write_whole(data / OPENING, opening.encode())
        write_whole(data / STATE, json.dumps(asdict(server)).encode())
        yield
    finally:
        for name in (OPENING, STATE):
            with contextlib.suppress(OSError):
                (data / name).unlink(missing_ok=True)


# For its owner alone


def keep_private(data: Path, home: Path) -> None:
    """Close to others what the kit keeps in a folder of data; the folder itself only where it is the kit's own.

    Raises
    ------
    Trouble
        If the folder is another person's: Jupyter would run what they put there as its settings.
    """
    make_folder(data / OWN)
    if not _is_own(data) or not _is_own(data / OWN):
        raise Trouble("folder_of_others", folder=data)
    own = home / workspace.OWN
    for path in [*([own] if data.is_relative_to(own) else []), *(path for name in SAVED for path in data.glob(name))]:
        with contextlib.suppress(OSError):  # somebody else's, or a drive that knows no rights
            if not path.is_symlink() and path.stat().st_mode & 0o077:
                path.chmod(path.stat().st_mode & 0o700)


def _is_own(folder: Path) -> bool:
    """Tell whether a folder is the person's, or the machine's administrator's."""
    return os.name != "posix" or folder.stat().st_uid in (0, os.geteuid())


def jupyter_environment(data: Path, **more: str) -> dict[str, str]:
    """Let Jupyter keep what it remembers with the person's data, apart from any other Jupyter of theirs."""
    own = data / OWN
    return environment(
        CLOSING_DATA=str(data),
        JUPYTER_CONFIG_DIR=str(own),
        JUPYTER_DATA_DIR=str(own / "data"),
        IPYTHONDIR=str(own / "ipython"),
        **more,
    )


# Serving


def choose_port(wanted: int | None, last: int | None = None) -> int:
    """Take the port that is asked for; or the last one, where tabs may wait; or the first free one from 8888 up."""
    if wanted is None:
        if last is not None and _is_free(last):
            return last
        return next(port for port in range(FIRST_PORT, 65536) if _is_free(port))
    if not _is_free(wanted):
        raise Trouble("port", port=str(wanted))
    return wanted


def _is_free(port: int) -> bool:
    """Tell whether a server could listen on a port."""
    with socket.socket() as probe:
        if os.name == "posix":  # a port that was just given up is free; on Windows this option means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class _PortLost(Exception):
    """Another program took the port before the server could."""


def serve(kit: Kit, data: Path, wanted: int | None, *, with_browser: bool) -> None:
    """Run JupyterLab until the person stops it, from here or from its menu."""
    is_served = False
    while not is_served:
        with contextlib.suppress(_PortLost):
            _serve(kit, data, choose_port(wanted, way_back(data).port), with_browser=with_browser)
            is_served = True
    say(text("start.closed"))


def _serve(kit: Kit, data: Path, port: int, *, with_browser: bool) -> None:
    kept, once = replace(way_back(data), port=port), secrets.token_hex(16)
    server = Server(port, token_of(kept.key(port), once), language())
    log = data / OWN / f"server-{port}.log"
    with _runtime_folder() as runtime, log.open("wb") as chatter:
        process = subprocess.Popen(
            server_command(kit, data, port, runtime),
            cwd=data,
            env=jupyter_environment(
                data,
                JUPYTER_TOKEN=server.token,
                JUPYTER_RUNTIME_DIR=runtime,
                CLOSING_KEY=kept.key(port),
                CLOSING_ONCE=once,
            ),
            stdin=subprocess.PIPE,  # nothing is written to it, but the server hears when its other end is gone
            stdout=chatter,
            stderr=subprocess.STDOUT,
            # Ctrl+C is for this process alone, which then stops the server in order.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        try:
            _wait_until_it_answers(kit, process, server, log, Path(runtime))
            keep(data, kept)
            with _remembering(server, data):
                welcome(server, data, with_browser=with_browser)
                while process.poll() is None:  # and not wait(): on Windows that does not hear Ctrl+C
                    time.sleep(0.3)
            if process.returncode:
                raise Trouble("lab_stopped", log=log)
        except KeyboardInterrupt:
            say("\n" + text("start.closing"))
        finally:
            _close(process)


def _runtime_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder with a short path: kernels talk through sockets in it, and a socket's path must be short."""
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None  # noqa: S108  # open to its owner only
    return tempfile.TemporaryDirectory(prefix="closing-", dir=short, ignore_cleanup_errors=True)


def server_command(kit: Kit, data: Path, port: int, runtime: str) -> list[str]:
    """Give the command that serves the pages to this machine alone, and asks nobody outside for anything."""
    has_sockets = os.name == "posix" and len(os.fsencode(runtime)) + SOCKET_NAME <= SOCKET_PATH
    lab = kit.home / "closing_lib" / "app" / "lab"
    options = {
        "ServerApp.root_dir": data,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.terminals_enabled": False,
        "ServerApp.jpserver_extensions": dict.fromkeys(UNUSED, False) | dict.fromkeys(USED, True),
        "IdentityProvider.login_handler_class": "closing_lib.app.log_in.LogIn",
        "ServerApp.kernel_websocket_connection_class": "closing_lib.app.page_connection.PageConnection",
        "KernelManager.transport": "ipc" if has_sockets else "tcp",
        # What a kernel sends through a port could be read by anyone here who connects to it.
        "KernelManager.transport_encryption": "disabled" if has_sockets else "required",
        "LabApp.default_url": f"/doc/tree/{START_PAGE}",
        "LabApp.app_settings_dir": lab / "settings",
        "LabApp.extra_labextensions_path": lab,
        "LabApp.extension_manager": "readonly",
        "LabApp.lock_all_plugins": True,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [str(kit.python), "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def _wait_until_it_answers(
    kit: Kit, process: subprocess.Popen[bytes], server: Server, log: Path, runtime: Path
) -> None:
    """Wait for the first answer of the server; where packages turn out to be missing, the next start sets up afresh.

    All can read in the list of processes which port it is about to take. Nobody else who took it first is asked: once
    the server has it, it says so in a file that only its owner can write.
    """
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if any(runtime.glob("jpserver-*.json")) and server.answers:
            return
        time.sleep(0.05)
    if process.poll() is not None and not _is_free(server.port):
        raise _PortLost
    if re.search(rb"ImportError|ModuleNotFoundError|No module named", log.read_bytes()):
        kit.stamp.unlink(missing_ok=True)
    raise Trouble("lab_did_not_start", log=log)


def welcome(server: Server, data: Path, *, with_browser: bool, is_first: bool = True) -> None:
    """Show the start page, and say where it is, where the data is, and how to stop."""
    warn_of_old_python()
    if server.language == language():
        said, more = ("open", [text("start.how_to_stop")]) if is_first else ("is_open", [])
    else:
        said, more = "is_open", [text("start.other_language", name=text(f"start.languages.{server.language}"))]
    # "Page:" is the same in all languages: other programs look for it
    say("\n".join([text(f"start.{said}"), f"Page: {server.page}", text("start.data", folder=data), *more]))
    if with_browser and not _has_opened(data):
        say(text("start.no_browser"))


def _has_opened(data: Path) -> bool:
    """Let a browser open the page, by a file that only its owner can read: all can read what it is started with."""
    # Without a screen there may still be a browser for the terminal, and that one would take the terminal over.
    has_screen = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & set(os.environ)
    return bool(has_screen) and webbrowser.open((data / OPENING).as_uri())


def _close(process: subprocess.Popen[bytes]) -> None:
    """Stop the server and with it all its kernels, as it would if this process were gone."""
    for name in SIGNALS if process.poll() is None else []:
        signal.signal(name, signal.SIG_IGN)  # the end is near, and must be in order
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
