"""Open the closing kit: set it up at the first start, then show its start page in the browser.

    python3 start.py [--no-browser] [--port N] [--data DIR] [--lang en|es]
    python3 start.py setup                 only set up
    python3 start.py test [ARGUMENT ...]   set up and run every test, or pytest with these arguments

A double-click does the first. Standard library only, no shell. The line on standard output that begins with "Page:"
holds the address of the start page, and comes when the page can be had.
"""

# A Python too old to read on shows the next line, the first that it does not understand.
NEEDED: str = "The closing kit needs Python 3.11 to 3.14: get it from https://www.python.org, then start again."

import sys
from typing import NoReturn


def stop(sentence: str, press_enter: str = "Press Enter to close this window.") -> NoReturn:
    """End with one sentence that says what to do; a window opened by a double-click stays until it is read."""
    sys.stderr.write(sentence + "\n")
    if sys.platform in ("win32", "darwin") and len(sys.argv) == 1 and sys.stdin is not None and sys.stdin.isatty():
        input(press_enter)
    sys.exit(1)


if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    stop(NEEDED)

import argparse
import errno
import http.client
import io
import os
import re
import secrets
import signal
import socket
import subprocess
import tempfile
import time
import webbrowser
from pathlib import Path

HOME = Path(__file__).resolve().parent
sys.path.insert(0, str(HOME))  # a Python may be told not to look beside a script by itself

from closing_lib import workspace
from closing_lib.content import LANGUAGES, ContentError, language, text, use_language
from closing_lib.installation import Kit, Trouble, check_writable, environment, say, set_up
from closing_lib.lab_settings import remember_language, remembered_language

START_PAGE = "00_start_here.ipynb"
FIRST_PORT = 8888
SOCKET_PATH = 100  # bytes: macOS allows 104, Linux 108
SOCKET_NAME = len("/kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-1")
UNUSED = ("jupyter_lsp", "jupyter_server_terminals", "notebook_shim")  # extensions of the server that no page needs
PATIENCE = 120  # seconds until a server that does not answer has failed; from a cold disk it may well take 30
TODAY = "2026-11-22"  # the day on which the kept outputs of the notebooks were made


# Opening


def open_kit(kit: Kit, asked: argparse.Namespace) -> None:
    """Bring everything up to date, serve the pages, and show the first until the person stops."""
    port = choose_port(asked.port)
    data = choose_data(kit, asked.data)
    choose_language(data, asked.lang)
    set_up(kit)
    deliver(kit, data)
    serve(kit, data, port, with_browser=not asked.no_browser)


def choose_port(wanted: int | None) -> int:
    """Take the port that is asked for, or the first free one from 8888 up."""
    if wanted is None:
        return next(port for port in range(FIRST_PORT, 65536) if is_free(port))
    if not is_free(wanted):
        raise Trouble("port", port=str(wanted))
    return wanted


def is_free(port: int) -> bool:
    """Tell whether a server could listen on a port."""
    with socket.socket() as probe:
        if os.name == "posix":  # a port that was just given up is free; on Windows this option means something else
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_data(kit: Kit, wanted: str | None) -> Path:
    """Take the folder that is asked for, or CLOSING_DATA, or the one that git ignores; never one of the kit's own."""
    data = Path(wanted or os.environ.get("CLOSING_DATA") or kit.home / workspace.OWN).expanduser().absolute()
    if workspace.is_of_the_kit(data, kit.home):
        raise Trouble("folder_of_the_kit", folder=data, kit=kit.home, own=workspace.OWN)
    check_writable(data, "other_data")
    return data


def choose_language(data: Path, wanted: str | None) -> None:
    """Speak the language that is asked for, or the one that was last time."""
    if wanted is None and not os.environ.get("CLOSING_LANG"):
        use_language(remembered_language(data) or language())
    elif language() != (remembered_language(data) or "en"):
        remember_language(data)


def deliver(kit: Kit, data: Path) -> None:
    """Refresh the person's copy of the pages, and say which ones of the kit's were put beside theirs."""

    def trust(pages: list[Path]) -> None:
        command = [str(kit.python), "-m", "nbformat.sign", *map(str, pages)]
        subprocess.run(command, env=jupyter_environment(data), capture_output=True, check=False)

    source = kit.home.joinpath("notebooks", *([] if language() == "en" else [language()]))
    for page, second in workspace.refresh(source, data, sign=trust).beside:
        say(text("start.beside", page=page, second=second))


def jupyter_environment(data: Path, **more: str) -> dict[str, str]:
    """Let Jupyter keep what it remembers with the person's data, apart from any other Jupyter of theirs."""
    own = data / ".jupyter"
    return environment(
        CLOSING_DATA=str(data),
        JUPYTER_CONFIG_DIR=str(own),
        JUPYTER_DATA_DIR=str(own / "data"),
        IPYTHONDIR=str(own / "ipython"),
        **more,
    )


def serve(kit: Kit, data: Path, port: int, *, with_browser: bool) -> None:
    """Run JupyterLab until the person stops it, from here or from its menu."""
    token = secrets.token_hex(24)
    log = data / ".jupyter" / f"server-{port}.log"
    log.parent.mkdir(exist_ok=True)
    with runtime_folder() as runtime, log.open("wb") as chatter:
        server = subprocess.Popen(
            server_command(kit, data, port, runtime),
            cwd=data,
            env=jupyter_environment(data, JUPYTER_TOKEN=token, JUPYTER_RUNTIME_DIR=runtime),
            stdin=subprocess.DEVNULL,
            stdout=chatter,
            stderr=subprocess.STDOUT,
            # Ctrl+C is for this process alone, which then stops the server in order.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        try:
            wait_until_it_answers(kit, server, port, token, log)
            welcome(f"http://127.0.0.1:{port}/doc/tree/{START_PAGE}?token={token}", data, with_browser=with_browser)
            while server.poll() is None:  # and not wait(): on Windows that does not hear Ctrl+C
                time.sleep(0.3)
            if server.returncode:
                raise Trouble("lab_stopped", log=log)
        except KeyboardInterrupt:
            say("\n" + text("start.closing"))
        finally:
            close(server, port, token)
    say(text("start.closed"))


def runtime_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder with a short path: kernels talk through sockets in it, and a socket's path must be short."""
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None  # noqa: S108  # open to its owner only
    return tempfile.TemporaryDirectory(prefix="closing-", dir=short, ignore_cleanup_errors=True)


def server_command(kit: Kit, data: Path, port: int, runtime: str) -> list[str]:
    """Give the command that serves the pages to this machine alone, and asks nobody outside for anything."""
    has_sockets = os.name == "posix" and len(os.fsencode(runtime)) + SOCKET_NAME <= SOCKET_PATH
    lab = kit.home / "closing_lib" / "lab"
    options = {
        "ServerApp.root_dir": data,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "ServerApp.terminals_enabled": False,
        "ServerApp.jpserver_extensions": dict.fromkeys(UNUSED, False),
        "KernelManager.transport": "ipc" if has_sockets else "tcp",
        "LabApp.default_url": f"/doc/tree/{START_PAGE}",
        "LabApp.app_settings_dir": lab / "settings",
        "LabApp.extra_labextensions_path": lab,
        "LabApp.extension_manager": "readonly",
        "LabApp.lock_all_plugins": True,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [str(kit.python), "-m", "jupyterlab", *(f"--{name}={value}" for name, value in options.items())]


def wait_until_it_answers(kit: Kit, server: subprocess.Popen[bytes], port: int, token: str, log: Path) -> None:
    """Wait for the first answer of the server; where packages turn out to be missing, the next start sets up afresh."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if ask("GET", "/api/status", port, token) == 200:
            return
        time.sleep(0.05)
    if re.search(rb"ImportError|ModuleNotFoundError|No module named", log.read_bytes()):
        kit.stamp.unlink(missing_ok=True)
    raise Trouble("lab_did_not_start", log=log)


def ask(method: str, path: str, port: int, token: str) -> int:
    """Ask the server something; the status of its answer, 0 for none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, headers={"Authorization": f"token {token}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def welcome(page: str, data: Path, *, with_browser: bool) -> None:
    """Show the start page, and say where it is, where the data is, and how to stop."""
    # "Page:" is the same in all languages: other programs look for it
    say("\n".join([text("start.open"), f"Page: {page}", text("start.data", folder=data), text("start.how_to_stop")]))
    # Without a screen there may still be a browser for the terminal, and that one would take the terminal over.
    has_screen = sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} & set(os.environ)
    if with_browser and not (has_screen and webbrowser.open(page)):
        say(text("start.no_browser"))


def close(server: subprocess.Popen[bytes], port: int, token: str) -> None:
    """Stop the server and with it all its kernels; on Windows, too, it can be asked for that in no other way."""
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)  # the end is near, and must be in order
    if server.poll() is None and ask("POST", "/api/shutdown", port, token) != 200:
        server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


# Testing


def run_tests(kit: Kit, arguments: list[str]) -> bool:
    """Run every test, or pytest with the arguments; never with the person's own data. True if all passed."""
    set_up(kit, "test")
    with tempfile.TemporaryDirectory(prefix="closing-test-", ignore_cleanup_errors=True) as data:
        variables = jupyter_environment(Path(data), CLOSING_TODAY=TODAY, CLOSING_LANG="en")
        command = [str(kit.python), "tests/run.py", *arguments]
        return subprocess.call(command, cwd=kit.home, env=variables, stdin=subprocess.DEVNULL) == 0


# What the person asks for


class Parser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where the choices are."""
        raise Trouble("asked", what=message[:1].upper() + message[1:])


def port_number(given: str) -> int:
    """Read a port."""
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise argparse.ArgumentTypeError(text("start.trouble.no_port", given=repr(given)))
    return int(given)


def parser() -> Parser:
    """Describe what can be asked for."""
    made = Parser(description=text("start.help.description"), allow_abbrev=False)
    made.add_argument("verb", nargs="?", choices=("setup", "test"), help=text("start.help.verb"))
    made.add_argument("--no-browser", action="store_true", help=text("start.help.no_browser"))
    made.add_argument("--port", type=port_number, metavar="N", help=text("start.help.port"))
    made.add_argument("--data", metavar="DIR", help=text("start.help.data"))
    made.add_argument("--lang", choices=LANGUAGES, help=text("start.help.language"))
    return made


def main(arguments: list[str]) -> bool:
    """Do what is asked for. True if it went well."""
    if arguments[:1] == ["test"]:
        return run_tests(Kit(HOME), arguments[1:])
    asked = parser().parse_args(arguments)
    if asked.lang:
        use_language(asked.lang)
    if asked.verb == "setup":
        set_up(Kit(HOME))
        say(text("start.is_set_up"))
    else:
        open_kit(Kit(HOME), asked)
    return True


def interrupt(*_: object) -> None:
    """Let every way of being stopped end like Ctrl+C."""
    raise KeyboardInterrupt


SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP") if hasattr(signal, name)]

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the window cannot show must not stop the kit
    for name in SIGNALS:
        if name.name != "SIGHUP" or signal.getsignal(name) != signal.SIG_IGN:  # nohup asks to go on without a window
            signal.signal(name, interrupt)
    try:
        sys.exit(not main(sys.argv[1:]))
    except ContentError as trouble:  # the kit's own sentences cannot be had
        stop(str(trouble))
    except Trouble as trouble:
        said = str(trouble)
    except OSError as error:
        said = str(Trouble("no_space") if error.errno == errno.ENOSPC else Trouble("file", error=error))
    except KeyboardInterrupt:
        said = text("start.stopped")
    stop(said, text("start.press_enter"))
