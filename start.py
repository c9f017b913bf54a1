"""Open the closing kit: set it up at the first start, then show its start page in the browser.

    python3 start.py [--no-browser] [--port N] [--data DIR] [--lang en|es]
    python3 start.py setup                 only set up
    python3 start.py test [ARGUMENT ...]   set up and run every test, or pytest with these arguments

A double-click does the first. Standard library only, no shell. The line on standard output that begins with "Page:"
holds the address of the start page, and comes when the page can be had.
"""

# A Python too old to read on shows the next line, the first that it does not understand.
NEEDED: str = "The closing kit needs Python 3.11 to 3.14. Get it from https://www.python.org, then start again."

import sys
from typing import NoReturn


def stop(sentence: str, press_enter: str = "Press Enter to close this window.") -> NoReturn:
    """End with one sentence that says what to do; a window opened by a double-click stays until it is read."""
    try:
        sys.stderr.write(sentence + "\n")
    except (AttributeError, OSError):  # there is no window, or no longer
        sys.exit(1)
    if sys.platform in ("win32", "darwin") and len(sys.argv) == 1 and sys.stdin is not None and sys.stdin.isatty():
        input(press_enter)
    sys.exit(1)


if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    stop(NEEDED)

import argparse
import errno
import io
import os
import signal
import subprocess
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parent
sys.path.insert(0, str(HOME))  # a Python may be told not to look beside a script by itself

from closing_lib.app import workspace
from closing_lib.app.installation import Kit, Trouble, check_writable, say, set_up
from closing_lib.app.lab_settings import remember_language, remembered_language
from closing_lib.app.serving import SIGNALS, choose_port, jupyter_environment, keep_private, only_one, serve, welcome
from closing_lib.content import LANGUAGES, ContentError, language, text, use_language

IS_TRUSTED = "import nbformat.sign as s, sys; sys.exit(not s.NotebookNotary().check_signature(s.read(sys.argv[1], 4)))"
TODAY = "2026-11-22"  # the day on which the kept outputs of the notebooks were made


# Opening


def open_kit(kit: Kit, asked: argparse.Namespace) -> None:
    """Bring everything up to date, serve the pages, and show the first until the person stops; or show what runs."""
    data = choose_data(kit, asked.data)
    choose_language(data, asked.lang)
    keep_private(data, kit.home)
    with only_one(data) as running:
        if running:
            welcome(running, data, with_browser=not asked.no_browser, is_first=False)
            return
        choose_port(asked.port)  # which complains of one that is taken before anything takes long
        set_up(kit)
        os.umask(0o077)  # what is kept from here on, by whichever program, is nobody else's business
        deliver(kit, data)
        serve(kit, data, asked.port, with_browser=not asked.no_browser)


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


def deliver(kit: Kit, data: Path) -> None:
    """Refresh the person's copy of the pages, and say which ones of the kit's were put beside theirs."""

    def run(*command: object) -> bool:
        called = [str(kit.python), *map(str, command)]
        return not subprocess.run(called, env=jupyter_environment(data), capture_output=True, check=False).returncode

    if language() != (remembered_language(data) or "en"):
        remember_language(data)
    source = kit.home.joinpath("notebooks", *([] if language() == "en" else [language()]))
    refreshed = workspace.refresh(
        source,
        data,
        sign=lambda pages: run("-m", "nbformat.sign", *pages),
        is_trusted=lambda page: run("-c", IS_TRUSTED, page),
    )
    for page, second in refreshed.beside:
        say(text("start.beside", page=page, second=second))


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
    except BrokenPipeError:
        os._exit(1)  # nobody reads what is said, and all is closed
    except OSError as error:
        said = str(Trouble("no_space") if error.errno == errno.ENOSPC else Trouble("file", error=error))
    except KeyboardInterrupt:
        said = text("start.stopped")
    stop(said, text("start.press_enter"))
