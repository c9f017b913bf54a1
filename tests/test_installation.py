"""Setting up: once, whole or not at all, and with one sentence when it cannot be."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from closing_lib.app import installation
from closing_lib.app.installation import (
    Kit,
    Trouble,
    check_writable,
    environment,
    explained,
    is_ready,
    set_up,
    write_stamp,
)

ROOT = Path(__file__).resolve().parents[1]
NO_SPACE, NO_VENV, NO_NETWORK = (str(Trouble(key)) for key in ("no_space", "no_venv", "no_network"))

# A project that pip and uv install for real, as the kit is installed, but with nothing to fetch.
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "closing-kit"
version = "0.1.0"
"""
BACKEND = """
import os, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name, info = "closing_kit-0.1.0-py3-none-any.whl", "closing_kit-0.1.0.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("closing_kit.pth", os.getcwd())
        needs = "".join(f"Requires-Dist: {need}\\n" for need in NEEDS)
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: closing-kit\\nVersion: 0.1.0\\n{needs}")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
NEEDS = []
"""


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    """Give a small kit in a folder with a name that programs trip over, not yet set up."""
    home = tmp_path / "the person's kit, für später"
    shutil.copytree(ROOT / "closing_lib", home / "closing_lib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "start.py", home)
    for name, text in {"pyproject.toml": PROJECT, "backend.py": BACKEND, "pins.txt": ""}.items():
        (home / name).write_text(text, encoding="utf-8")
    return Kit(home)


def pretend_it_is_set_up(kit: Kit, extra: str = "") -> None:
    kit.python.parent.mkdir(parents=True, exist_ok=True)
    kit.python.touch()
    write_stamp(kit, extra)


def imports_the_library(kit: Kit) -> bool:
    command = [str(kit.python), "-c", "import closing_lib; print(closing_lib.__file__)"]
    elsewhere = kit.home.parent  # Python also looks in the folder that it is started in
    done = subprocess.run(command, cwd=elsewhere, env=environment(), capture_output=True, encoding="utf-8", check=False)
    return Path(done.stdout.strip()) == kit.home / "closing_lib" / "__init__.py"


def kill_while_it_sets_up(kit: Kit) -> None:
    command = [sys.executable, str(kit.home / "start.py"), "setup"]
    begun = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while not kit.python.exists():
        time.sleep(0.01)
    for process in [*psutil.Process(begun.pid).children(recursive=True), begun]:
        process.kill()
    begun.wait()


class TestForReal:
    def test_what_was_killed_and_what_had_no_network_is_done_again(
        self, kit: Kit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name, value in {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",  # nothing listens there
            "PIP_EXTRA_INDEX_URL": "",
            "PIP_FIND_LINKS": "",
            "PIP_RETRIES": "0",
            "PIP_USER": "1",  # the rest would each make pip do something else than it is asked for
            "PIP_TARGET": str(kit.home / "elsewhere"),
            "PIP_NO_COMPILE": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }.items():
            monkeypatch.setenv(name, value)
        kill_while_it_sets_up(kit)
        assert not is_ready(kit, "")

        monkeypatch.setattr(installation.shutil, "which", lambda _: None)  # no uv
        (kit.home / "backend.py").write_text(BACKEND.replace("NEEDS = []", "NEEDS = ['jupyterlab']"), encoding="utf-8")
        with pytest.raises(Trouble) as raised:
            set_up(kit)
        assert str(raised.value) == NO_NETWORK
        assert not is_ready(kit, "")

        (kit.home / "backend.py").write_text(BACKEND, encoding="utf-8")
        set_up(kit)
        assert is_ready(kit, "")
        assert imports_the_library(kit)
        assert not (kit.home / "elsewhere").exists()

        capsys.readouterr()
        monkeypatch.setattr(installation.subprocess, "run", lambda *_, **__: pytest.fail("something was run again"))
        set_up(kit)
        assert capsys.readouterr().out == ""

    def test_uv_does_the_same_where_there_is_one(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        assert shutil.which("uv"), "uv comes with the test extra: set up with `python3 start.py test`"
        monkeypatch.setenv("UV_SYSTEM_PYTHON", "1")
        set_up(kit)
        assert imports_the_library(kit)


class TestReady:
    def test_when_the_stamp_fits(self, kit: Kit) -> None:
        assert not is_ready(kit, "")
        pretend_it_is_set_up(kit)
        assert is_ready(kit, "")
        assert not is_ready(kit, "test")

    def test_with_an_extra_also_without_it(self, kit: Kit) -> None:
        pretend_it_is_set_up(kit, "test")
        assert is_ready(kit, "test")
        assert is_ready(kit, "")

    def test_not_when_the_pins_changed(self, kit: Kit) -> None:
        pretend_it_is_set_up(kit)
        (kit.home / "pins.txt").write_text("pandas==3.1.2\n", encoding="utf-8")
        assert not is_ready(kit, "")

    def test_not_when_the_folder_moved(self, kit: Kit) -> None:
        pretend_it_is_set_up(kit)
        moved = Kit(kit.home.with_name("moved"))
        kit.home.rename(moved.home)
        assert not is_ready(moved, "")

    def test_not_with_another_python(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        pretend_it_is_set_up(kit)
        monkeypatch.setattr(installation.sys, "version", "3.14.9")
        assert not is_ready(kit, "")

    def test_not_when_the_python_is_gone(self, kit: Kit) -> None:
        pretend_it_is_set_up(kit)
        kit.python.unlink()
        assert not is_ready(kit, "")

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"place": 1}'])
    def test_not_with_a_damaged_stamp(self, kit: Kit, text: str) -> None:
        pretend_it_is_set_up(kit)
        kit.stamp.write_text(text, encoding="utf-8")
        assert not is_ready(kit, "")


class TestSteps:
    @pytest.fixture
    def steps(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Give the names of the steps that were taken; none of them does anything."""
        taken: list[str] = []

        def make(kit: Kit, uv: str | None) -> None:
            taken.append("make")
            kit.python.parent.mkdir(parents=True, exist_ok=True)
            kit.python.touch()

        def install(kit: Kit, uv: str | None, extra: str) -> None:
            time.sleep(0.1)
            taken.append(f"install {extra}".strip())

        monkeypatch.setattr(installation, "make_environment", make)
        monkeypatch.setattr(installation, "install", install)
        return taken

    def test_an_extra_and_new_pins_go_into_the_environment_that_is_there(self, kit: Kit, steps: list[str]) -> None:
        set_up(kit)
        set_up(kit, "test")
        (kit.home / "pins.txt").write_text("pandas==3.1.2\n", encoding="utf-8")
        set_up(kit)
        assert steps == ["make", "install", "install test", "install"]

    def test_one_that_did_not_come_to_its_end_is_made_afresh(
        self, kit: Kit, steps: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_up(kit)
        with monkeypatch.context() as patched:
            patched.setattr(installation, "install", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                set_up(kit, "test")
        set_up(kit)
        assert steps == ["make", "install", "make", "install"]

    def test_two_starts_at_once_set_up_once(
        self, kit: Kit, steps: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        starts = [threading.Thread(target=set_up, args=(kit,)) for _ in range(3)]
        for start in starts:
            start.start()
        for start in starts:
            start.join()
        assert steps == ["make", "install"]
        assert (
            capsys.readouterr().out.count(
                "The kit is already being set up in another window. Waiting for that to finish."
            )
            == 2
        )


class TestTrouble:
    def test_a_small_disk(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        usage = shutil.disk_usage(kit.home)._replace(free=100_000_000)
        monkeypatch.setattr(installation.shutil, "disk_usage", lambda _: usage)
        with pytest.raises(Trouble) as raised:
            set_up(kit)
        assert str(raised.value) == NO_SPACE

    @pytest.mark.parametrize(
        ("output", "sentence"),
        [
            ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", NO_SPACE),
            ("error: Failed to extract archive\n  Caused by: No space left on device (os error 28)", NO_SPACE),
            ("There is not enough space on the disk. (os error 112)", NO_SPACE),
            ("The virtual environment was not created successfully because ensurepip is not available.", NO_VENV),
            ("/usr/bin/python3: No module named venv", NO_VENV),
            ("Failed to establish a new connection: [Errno 111] Connection refused", NO_NETWORK),
            ("<pip._vendor...>: Failed to resolve: [Errno -3] Temporary failure in name resolution", NO_NETWORK),
            ("error: Failed to fetch\n  Caused by: dns error: failed to lookup address information", NO_NETWORK),
            ("Caused by: client error (Connect)\n  Caused by: tcp connect error: Connection refused", NO_NETWORK),
            (
                "hint: Packages were unavailable because the network was disabled. Network connectivity is disabled",
                NO_NETWORK,
            ),
        ],
    )
    def test_what_the_tools_say_becomes_a_sentence(self, tmp_path: Path, output: str, sentence: str) -> None:
        assert str(explained(output, tmp_path / "setup.log")) == sentence

    def test_what_nobody_foresaw_is_kept_in_a_file(self, tmp_path: Path) -> None:
        log = tmp_path / ".venv" / "setup.log"
        assert (
            str(explained("ERROR: the moon is full", log))
            == f"The kit couldn’t be set up. See the end of {log} for the reason, then start again."
        )
        assert log.read_text(encoding="utf-8") == "ERROR: the moon is full"

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(Trouble, match=r"^Nothing can be saved in .*: choose another folder with --data DIR\.$"):
            check_writable(tmp_path / "file" / "folder", "other_data")

    def test_a_full_disk_is_called_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(**_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(installation.tempfile, "TemporaryFile", full)
        with pytest.raises(Trouble) as raised:
            check_writable(tmp_path, "other_data")
        assert str(raised.value) == NO_SPACE

    def test_an_environment_that_cannot_be_removed(self, kit: Kit) -> None:
        kit.venv.touch()
        with pytest.raises(Trouble, match=r"\.venv couldn’t be replaced\. Close any program that’s using it"):
            set_up(kit)


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("PATH", True),
        ("PIP_INDEX_URL", True),
        ("PIP_CERT", True),
        ("UV_EXTRA_INDEX_URL", True),
        ("UV_CACHE_DIR", True),
        ("HTTPS_PROXY", True),
        ("PYTHONUNBUFFERED", True),
        ("PIP_USER", False),
        ("PIP_REQUIRE_VIRTUALENV", False),
        ("PIP_CONSTRAINT", False),
        ("UV_SYSTEM_PYTHON", False),
        ("PYTHONDONTWRITEBYTECODE", False),
        ("PYTHONPATH", False),
        ("PYTHONHOME", False),
        ("JUPYTER_CONFIG_DIR", False),
        ("JUPYTERLAB_SETTINGS_DIR", False),
        ("IPYTHONDIR", False),
        ("VIRTUAL_ENV", False),
    ],
)
def test_of_the_persons_variables_those_stay_that_do_not_change_the_kit(
    monkeypatch: pytest.MonkeyPatch, name: str, is_kept: bool
) -> None:
    monkeypatch.setenv(name, "x")
    assert (name in environment()) is is_kept
    assert environment(**{name: "own"})[name] == "own"
