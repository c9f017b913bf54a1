"""The kit opens as a person opens it: by `start.py`, in a process of its own."""

from __future__ import annotations

import ast
import contextlib
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from other_user import as_another_user

import start
from closing_lib.app import installation, serving, way_back
from closing_lib.app.installation import Kit, write_stamp
from closing_lib.app.lab_settings import remembered_language

ROOT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and rights are another thing on Windows")
PRETEND = "import runpy, sys; sys.version_info = {}; runpy.run_path('start.py', run_name='__main__')"


def run(*arguments: str, home: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(home / "start.py"), *arguments]
    return subprocess.run(
        command,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Give the one sentence of a start that could not be, after checking that it is one."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(r"[^\n]+\n", done.stderr), done.stderr
    return done.stderr.strip()


def copy_of_start(home: Path) -> Kit:
    """Give a kit that calls itself set up, with a Python that cannot run JupyterLab."""
    home.mkdir(parents=True)
    shutil.copytree(ROOT / "closing_lib", home / "closing_lib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("start.py", "pyproject.toml", "pins.txt"):
        shutil.copy(ROOT / name, home)
    return Kit(home)


@dataclass(frozen=True)
class Open:
    """A kit that is open."""

    process: subprocess.Popen[str]
    page: str
    data: Path
    said: str  # before the page

    @property
    def port(self) -> int:
        return urlsplit(self.page).port or 0

    @property
    def token(self) -> str:
        return self.page.partition("token=")[2]

    def ask(
        self, path: str, method: str = "GET", *, token: str | None = None, body: str | None = None
    ) -> tuple[int, bytes]:
        headers = {"Authorization": f"token {self.token if token is None else token}"}
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def settings_of_lab(self) -> dict[str, Any]:
        page = self.ask(f"/doc/tree/{serving.START_PAGE}")[1].decode()
        found = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
        assert found
        settings: dict[str, Any] = json.loads(found[1])
        return settings

    def processes(self) -> list[psutil.Process]:
        started = psutil.Process(self.process.pid)
        return [started, *started.children(recursive=True)]


def until(lines: Iterable[str], beginning: str) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith(beginning):
            return


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


@contextlib.contextmanager
def opened(data: Path, *arguments: str, **variables: str) -> Iterator[Open]:
    """Open the kit as a person does, and see to it that it is closed at the end."""
    command = [sys.executable, str(ROOT / "start.py"), "--data", str(data), *arguments]
    with subprocess.Popen(
        command, env=os.environ | variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout is not None
            said = [*until(process.stdout, "Page: ")]
            assert said[-1].startswith("Page: "), "the kit did not open"
            yield Open(process, said[-1].split()[1], data, "".join(said))
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of a person whose own Jupyter and IPython are set up so that the kit could not work with them."""
    home = tmp_path_factory.mktemp("home")
    for name in (".jupyter/jupyter_server_config.py", ".ipython/profile_default/startup/first.py"):
        path = home / name
        path.parent.mkdir(parents=True)
        path.write_text("raise SystemExit('this must not be read')", encoding="utf-8")
    node = home / "bin" / "node"
    node.parent.mkdir()
    node.write_text(f'#!/bin/sh\necho "$@" >> "{home / "node-was-run"}"\nexit 1\n', encoding="utf-8")
    node.chmod(0o700)
    return home


@pytest.fixture(scope="module", name="kit")
def kit_of_a_person(tmp_path_factory: pytest.TempPathFactory, person: Path) -> Iterator[Open]:
    data = tmp_path_factory.mktemp("mine") / "für später"
    path = os.pathsep.join([str(person / "bin"), os.environ["PATH"]])
    with opened(data, "--no-browser", HOME=str(person), JUPYTER_CONFIG_DIR=str(person / ".jupyter"), PATH=path) as kit:
        yield kit


@pytest.fixture
def data(kit: Open, tmp_path: Path) -> Path:
    """Give a folder of data that was opened before: to deliver the pages takes as long as all else of a start."""
    of_the_open_one = shutil.ignore_patterns(serving.STATE.name, serving.LOCK.name, serving.OPENING, "server-*.log")
    return shutil.copytree(kit.data, tmp_path / "data", ignore=of_the_open_one)


class TestPython:
    def test_can_be_read_by_the_old_ones(self) -> None:
        ast.parse((ROOT / "start.py").read_text(encoding="ascii"), feature_version=(3, 6))

    @pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13), (3, 15, 0)])
    def test_one_that_does_not_fit_is_told_so(self, version: tuple[int, ...]) -> None:
        command = [sys.executable, "-c", PRETEND.format(version)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert complaint(done) == start.NEEDED

    @pytest.mark.parametrize("minor", ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10"])
    def test_so_says_a_really_old_one(self, minor: str) -> None:
        pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
        found = [*pyenv.glob(f"versions/{minor}.*/bin/python"), shutil.which(f"python{minor}")]
        old = next((path for path in map(str, filter(None, found)) if works(path)), None)
        if old is None:
            pytest.skip(f"Python {minor} is not installed here")
        done = subprocess.run([old, "start.py"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 1
        assert start.NEEDED in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        ("version", "is_warned"),
        [
            ((3, 11, 0), True),
            ((3, 11, 9), True),
            ((3, 11, 10), False),
            ((3, 12, 0), True),
            ((3, 12, 4), True),
            ((3, 12, 5), False),
            ((3, 13, 0), False),
        ],
    )
    def test_one_that_writes_mail_unsafely_is_warned_of(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        version: tuple[int, ...],
        is_warned: bool,
    ) -> None:
        monkeypatch.setattr(installation.sys, "version_info", version)
        installation.warn_of_old_python()
        said = f"This Python ({'.'.join(map(str, version))}) has a known security hole in the way it writes e-mail."
        assert capsys.readouterr().out.startswith(said) is is_warned

    def test_so_at_each_start_once_and_it_goes_on(self, kit: Open) -> None:
        is_old = sys.version_info[:3] < (3, 11, 10) or (3, 12) <= sys.version_info[:3] < (3, 12, 5)
        assert kit.said.count("has a known security hole in the way it writes e-mail") == is_old


def works(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


class TestLanguage:
    def test_the_one_that_is_asked_for_is_remembered_until_another_is(self, tmp_path: Path) -> None:
        for arguments, page, menus in (
            (["--lang", "es"], "Los últimos cinco minutos", "es_ES"),
            ([], "Los últimos cinco minutos", "es_ES"),
            (["--lang", "en"], "The last five minutes", "en"),
        ):
            with opened(tmp_path, "--no-browser", *arguments, CLOSING_LANG="") as kit:
                assert f"# {page}" in (tmp_path / serving.START_PAGE).read_text(encoding="utf-8")
                setting = json.loads(kit.ask("/lab/api/settings/@jupyterlab/translation-extension:plugin")[1])
                assert setting["settings"].get("locale", "en") == menus

    def test_start_itself_speaks_it_too(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        said = complaint(run("--lang", "es", "--data", str(tmp_path / "file" / "data")))
        assert "elige otra carpeta con --data" in said

    def test_one_that_the_kit_does_not_speak(self) -> None:
        assert "invalid choice: 'tlh'" in complaint(run("--lang", "tlh"))
        assert "does not speak 'tlh'; choose one of en, es" in complaint(run(CLOSING_LANG="tlh"))


class TestTrouble:
    def test_a_port_that_is_taken(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            said = complaint(run("--port", str(port)))
        assert said == f"Port {port} is in use or isn’t allowed. Choose another one, or leave out --port."

    def test_without_a_port_the_first_free_one_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = other.getsockname()[1]
            monkeypatch.setattr(serving, "FIRST_PORT", taken)
            assert serving.choose_port(None) > taken

    def test_one_that_is_lost_to_another_program_meanwhile_gives_way_to_the_next(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kit = copy_of_start(tmp_path / "kit")
        kit.python.parent.mkdir(parents=True)
        kit.python.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
        kit.python.chmod(0o700)
        serving.keep_private(tmp_path, kit.home)
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            ports = iter([other.getsockname()[1], None])
            monkeypatch.setattr(serving, "choose_port", lambda *_: next(ports) or free_port())
            with pytest.raises(installation.Trouble, match="JupyterLab didn’t start"):  # of the next one
                serving.serve(kit, tmp_path, None, with_browser=False)
        assert next(ports, "both were tried") == "both were tried"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--prot=1"], "Unrecognized arguments: --prot=1"),
            (["--no"], "Unrecognized arguments: --no"),
            (["close"], "invalid choice: 'close'"),
            (["--port", "many"], "'many' isn’t a port; choose a number from 1024 to 65535"),
            (["--port", "70000"], "'70000' isn’t a port; choose a number from 1024 to 65535"),
            (["--port"], "expected one argument"),
        ],
    )
    def test_what_cannot_be_asked_for(self, arguments: list[str], said: str) -> None:
        sentence = complaint(run(*arguments))
        assert said in sentence
        assert sentence.endswith("To see your options, run `python3 start.py --help`.")

    @pytest.mark.parametrize("folder", ["notebooks", "data", "tests/browser"])
    def test_a_folder_of_the_kit_for_the_data(self, folder: str) -> None:
        assert "is one of the kit’s own folders. Choose a folder" in complaint(run("--data", str(ROOT / folder)))

    def test_so_for_one_from_the_surroundings(self) -> None:
        assert "is one of the kit’s own folders. Choose a folder" in complaint(
            run(CLOSING_DATA=str(ROOT / "notebooks"))
        )

    def test_a_file_in_the_place_of_the_data(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        said = complaint(run("--data", str(tmp_path / "file" / "data")))
        assert said.startswith("Nothing can be saved in")
        assert said.endswith("choose another folder with --data DIR.")

    @POSIX
    def test_a_kit_in_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        home = copy_of_start(tmp_path / "kit").home
        home.chmod(0o500)
        without_rights = []
        if os.geteuid() == 0:  # for whom no folder is closed, unless that right is given up
            if shutil.which("setpriv") is None:
                pytest.skip("as root this needs setpriv")
            without_rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        command = [*without_rights, sys.executable, str(home / "start.py"), "setup"]
        said = complaint(subprocess.run(command, capture_output=True, encoding="utf-8", check=False))
        home.chmod(0o700)
        assert said.startswith(f"Nothing can be saved in {home} (Permission denied)")
        assert said.endswith("move the kit to a folder of your own, then start again.")

    @POSIX
    def test_a_jupyter_that_does_not_start_names_its_log_and_is_set_up_afresh_next_time(self, tmp_path: Path) -> None:
        kit = copy_of_start(tmp_path / "kit")
        kit.python.parent.mkdir(parents=True)
        kit.python.write_text("#!/bin/sh\necho No module named jupyterlab\nexit 1\n", encoding="ascii")
        kit.python.chmod(0o700)
        write_stamp(kit, "")
        said = complaint(run("--no-browser", "--data", str(tmp_path / "data"), home=kit.home))
        log = Path(said.rpartition(" ")[2])
        assert said.startswith("JupyterLab didn’t start. Try again")
        assert log.read_text(encoding="ascii") == "No module named jupyterlab\n"
        assert not kit.stamp.exists()


class TestSecondStart:
    @POSIX
    @pytest.mark.usefixtures("kit")  # so this is the second start
    def test_repeats_no_installation(self, tmp_path: Path) -> None:
        tool = tmp_path / "uv"
        tool.write_text("#!/bin/sh\nexit 7\n", encoding="ascii")
        tool.chmod(0o700)
        begun = time.monotonic()
        done = run("setup", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}", PIP_INDEX_URL="http://127.0.0.1:9/")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "The kit is ready. To open it, run the same command without `setup`.\n"
        assert time.monotonic() - begun < 5  # it takes a tenth of a second; an installation, many


class TestOpen:
    def test_serves_the_start_page(self, kit: Open) -> None:
        status, page = kit.ask(f"/doc/tree/{serving.START_PAGE}?token={kit.token}", token="")
        assert status == 200
        assert b"JupyterLab" in page

    def test_to_nobody_without_the_token(self, kit: Open) -> None:
        assert kit.ask("/api/contents", token="guessed")[0] == 403
        assert kit.ask(f"/doc/tree/{serving.START_PAGE}", token="guessed")[0] in (302, 403)

    def test_gives_each_page_and_trusts_it(self, kit: Open) -> None:
        names = [path.name for path in (ROOT / "notebooks").glob("*.ipynb")]
        assert serving.START_PAGE in names
        for name in names:
            status, answer = kit.ask(f"/api/contents/{name}")
            assert status == 200
            cells = json.loads(answer)["content"]["cells"]
            assert all(cell["metadata"]["trusted"] for cell in cells if cell["cell_type"] == "code")

    def test_keeps_what_it_needs_with_the_data(self, kit: Open, person: Path) -> None:
        assert {path.name for path in kit.data.iterdir()} >= {".jupyter", serving.START_PAGE}
        touched = [
            path for folder in (".jupyter", ".ipython", ".local") for path in person.joinpath(folder).rglob("*.*")
        ]
        assert sorted(path.name for path in touched) == ["first.py", "jupyter_server_config.py"]

    def test_asks_nobody_outside(self, kit: Open) -> None:
        settings = kit.settings_of_lab()
        assert settings["news"] == {"disabled": True}
        assert settings["extensionManager"]["name"] == "read-only"
        assert settings["terminalsAvailable"] is False
        assert "@jupyterlab/apputils-extension:announcements" in settings["disabledExtensions"]

    def test_runs_node_once_at_most_which_takes_a_while_each_time(self, kit: Open, person: Path) -> None:
        assert kit.ask(f"/doc/tree/{serving.START_PAGE}")[0] == 200
        runs = person / "node-was-run"
        assert not runs.exists() or len(runs.read_text(encoding="utf-8").splitlines()) == 1

    def test_lab_has_the_settings_of_the_kit(self, kit: Open) -> None:
        answer = json.loads(kit.ask("/lab/api/settings/@jupyterlab/apputils-extension:notification")[1])
        assert answer["schema"]["properties"]["fetchNews"]["default"] == "false"

    def test_knows_the_extension_of_the_kit(self, kit: Open) -> None:
        known = {extension["name"] for extension in kit.settings_of_lab()["federated_extensions"]}
        assert {path.parent.name for path in (ROOT / "closing_lib" / "app" / "lab").glob("*/package.json")} <= known


@POSIX
class TestStop:
    @pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_leaves_no_process_and_no_rest(self, data: Path, by: signal.Signals) -> None:
        with opened(data, "--no-browser") as kit:
            assert kit.ask("/api/kernels", "POST", body='{"name": "python3"}')[0] == 201
            running = kit.processes()
            assert len(running) == 3, "start.py, its server and one kernel"
            runtime = Path(running[-1].cmdline()[-1]).parent
            assert runtime.exists()
            os.kill(kit.process.pid, by)
            assert kit.process.wait(timeout=60) == 0
            assert psutil.wait_procs(running, timeout=10)[1] == []
            assert not runtime.exists()
            assert kit.process.stdout is not None
            assert kit.process.stdout.read().endswith("The kit is closed. Everything you saved is still there.\n")

    def test_from_the_menu_of_lab_too(self, data: Path) -> None:
        with opened(data, "--no-browser") as kit:
            assert kit.ask("/api/shutdown", "POST")[0] == 200
            assert kit.process.wait(timeout=60) == 0

    def test_when_start_is_killed_the_server_and_its_kernels_end_too_and_leave_no_rest(self, data: Path) -> None:
        with opened(data, "--no-browser") as kit:
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            assert browser.open(kit.page).status == 200
            for _ in range(2):
                assert kit.ask("/api/kernels", "POST", body='{"name": "python3"}')[0] == 201
            running = kit.processes()
            runtime = Path(running[-1].cmdline()[-1]).parent
            assert runtime.exists()
            kit.process.kill()
            assert psutil.wait_procs(running, timeout=10)[1] == []
            assert not runtime.exists()
            assert (kit.data / serving.STATE).exists()  # nobody was there to remove it
        with opened(data, "--no-browser") as again:  # and it is not believed
            assert (again.port, again.token == kit.token) == (kit.port, False)
            with pytest.raises(urllib.error.HTTPError, match="403"):  # what others may have caught opens nothing
                browser.open(f"http://127.0.0.1:{again.port}/api/me")

    def test_so_do_the_kernels_of_a_server_that_is_killed_which_is_no_quiet_end(self, data: Path) -> None:
        with opened(data, "--no-browser") as kit:
            assert kit.ask("/api/kernels", "POST", body='{"name": "python3"}')[0] == 201
            running = kit.processes()
            running[1].kill()
            assert kit.process.wait(timeout=60) == 1
            assert psutil.wait_procs(running, timeout=10)[1] == []

    def test_and_the_server_of_a_start_whose_output_nobody_reads(self, data: Path) -> None:
        command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--data", str(data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.close()
            said = process.communicate(timeout=60)[1]
        assert (process.returncode, said) == (1, "")
        assert not [one for one in psutil.process_iter(["cmdline"]) if f"--ServerApp.root_dir={data}" in str(one.info)]


class TestOpenTwice:
    def test_a_second_start_opens_what_runs(self, kit: Open, tmp_path: Path) -> None:
        asked, browser = tmp_path / "asked", tmp_path / "browser"
        browser.write_text(f'#!/bin/sh\necho "$1" > "{asked}"\n', encoding="utf-8")
        browser.chmod(0o700)
        again = run("--data", str(kit.data), "--port", str(kit.port), BROWSER=str(browser))
        assert (again.returncode, again.stderr) == (0, "")
        assert "The closing kit is already open for this folder, so here it is again." in again.stdout
        assert f"\nPage: {kit.page}\n" in again.stdout
        wait_for(asked)
        assert asked.read_text(encoding="utf-8").strip() == (kit.data / serving.OPENING).as_uri()
        assert len(kit.processes()) == len(psutil.Process(kit.process.pid).children(recursive=True)) + 1

    def test_so_in_the_other_language_which_leaves_the_open_kit_as_it_is(self, kit: Open) -> None:
        again = run("--data", str(kit.data), "--no-browser", "--lang", "es")
        assert "El kit de cierre ya estaba abierto para esta carpeta" in again.stdout
        assert "Está abierto en inglés. Para cambiar de idioma, reinícialo.\n" in again.stdout
        assert remembered_language(kit.data) is None

    def test_of_two_starts_at_once_one_serves(self, tmp_path: Path) -> None:
        command = [sys.executable, str(ROOT / "start.py"), "--no-browser", "--data", str(tmp_path)]
        starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        try:
            pages = [[*until(one.stdout or [], "Page: ")][-1] for one in starts]
            assert pages[0] == pages[1]
            second = next(one for one in starts if one.poll() is not None or not psutil.Process(one.pid).children())
            assert second.wait(timeout=10) == 0
        finally:
            for one in starts:
                one.terminate()
                one.communicate()

    def test_what_a_killed_start_wrote_is_gone_before_another_is_told_of_it(self, tmp_path: Path) -> None:
        serving.keep_private(tmp_path, ROOT)
        (tmp_path / serving.STATE).write_text('{"port": 8888, "token": "old"}', encoding="utf-8")
        with serving.only_one(tmp_path) as running:
            assert running is None
            assert not (tmp_path / serving.STATE).exists()

    def test_whoever_took_the_port_first_is_neither_asked_nor_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        class Stranger(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

        monkeypatch.setattr(serving, "PATIENCE", 0.5)
        log = tmp_path / "log"
        log.touch()
        waiting = [sys.executable, "-c", "input()"]
        with (
            http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as stranger,
            subprocess.Popen(waiting, stdin=subprocess.PIPE) as process,
        ):
            threading.Thread(target=stranger.serve_forever, daemon=True).start()
            server = serving.Server(stranger.server_port, "word")
            assert server.answers
            asked.clear()
            with pytest.raises(installation.Trouble):
                serving._wait_until_it_answers(Kit(tmp_path), process, server, log, tmp_path)
            process.communicate(b"\n")
            stranger.shutdown()
        assert asked == []


class TestWayBack:
    """A browser that was in before gets into the next start, and what it says on the way is of use to nobody else."""

    def test_a_start_opens_by_the_key_of_its_folder_and_port_and_what_it_tells_anyone(self, kit: Open) -> None:
        status, once = kit.ask("/closing-kit/once", token="")
        kept = way_back.way_back(kit.data)
        assert (status, kept.port) == (200, kit.port)
        assert way_back.token_of(kept.key(kit.port), once.decode()) == kit.token

    def test_neither_by_that_of_another_start_nor_by_the_key_of_another_port(self, kit: Open) -> None:
        kept, once = way_back.way_back(kit.data), kit.ask("/closing-kit/once", token="")[1].decode()
        caught = way_back.token_of(kept.key(kit.port), "what another account made the page sign")
        elsewhere = way_back.token_of(kept.key(kit.port + 1), once)
        assert [kit.ask("/api/me", token=one)[0] for one in (caught, elsewhere)] == [403, 403]

    def test_only_a_page_for_those_who_are_in_holds_the_key_and_no_page_the_secret(self, kit: Open) -> None:
        kept = way_back.way_back(kit.data)
        page = kit.ask(f"/doc/tree/{serving.START_PAGE}")[1].decode()
        outside = kit.ask("/login", token="")[1].decode()
        assert (kept.key(kit.port) in page, kept.key(kit.port) in outside) == (True, False)
        assert kept.secret not in page
        assert (kit.data / way_back.KEPT).stat().st_mode & 0o777 == 0o600

    def test_the_port_of_the_last_start_is_taken_again_if_it_is_free(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            last = other.getsockname()[1]
            assert serving.choose_port(None, last) != last
        assert serving.choose_port(None, last) == last

    @pytest.mark.parametrize("kept", ["", "[]", "{}", '{"secret": 1}', '{"secret": "short"}', '{"port": 8888}'])
    def test_a_damaged_one_is_made_anew(self, tmp_path: Path, kept: str) -> None:
        path = tmp_path / way_back.KEPT
        path.parent.mkdir()
        path.write_text(kept, encoding="utf-8")
        way_back.keep(tmp_path, new := way_back.way_back(tmp_path))
        assert len(new.secret) == 64
        assert way_back.way_back(tmp_path) == new


class TestBrowser:
    @POSIX
    def test_is_shown_the_start_page_by_a_file_that_holds_the_word_which_no_list_of_processes_does(
        self, data: Path, tmp_path: Path
    ) -> None:
        asked, browser = tmp_path / "asked", tmp_path / "browser"
        browser.write_text(
            f'#!/bin/sh\necho "$1" > "{asked}.part"; mv "{asked}.part" "{asked}"; exec sleep 30\n', encoding="utf-8"
        )
        browser.chmod(0o700)
        with opened(data, BROWSER=f"{browser} %s &") as kit:
            wait_for(asked)
            opening = Path(urlsplit(asked.read_text(encoding="utf-8").strip()).path)
            assert opening.stat().st_mode & 0o777 == 0o600
            assert f"url={kit.page}" in opening.read_text(encoding="utf-8")
            seen = as_another_user("see", [one.pid for one in kit.processes()])
            assert any(str(opening) in one or "start.py" in one for one in seen)  # they do see what is started
            assert not [one for one in seen if kit.token in one]

    def test_where_there_is_none_the_address_is_enough(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        monkeypatch.setattr(serving.webbrowser, "open", lambda _: False)
        serving.welcome(serving.Server(8888, "x"), tmp_path, with_browser=True)
        said = capsys.readouterr().out
        assert "\nPage: http://127.0.0.1:8888/doc/tree/00_start_here.ipynb?token=x\n" in said
        assert said.endswith("Your browser couldn’t be opened from here. Copy the address after “Page:” into it.\n")


def test_kernels_talk_through_sockets_where_their_path_is_short_enough_else_encrypted(tmp_path: Path) -> None:
    def options(runtime: str) -> set[str]:
        return {*serving.server_command(Kit(ROOT), tmp_path, 8888, runtime)}

    sockets = {"--KernelManager.transport=ipc", "--KernelManager.transport_encryption=disabled"}
    ports = {"--KernelManager.transport=tcp", "--KernelManager.transport_encryption=required"}
    assert options("/short/closing-abcdefgh") >= (sockets if os.name == "posix" else ports)
    assert options("/" + "long" * 20) >= ports
    with serving._runtime_folder() as runtime:
        assert Path(runtime).parent in (Path("/tmp"), Path(tempfile.gettempdir()))
