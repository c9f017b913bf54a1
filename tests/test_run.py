"""The browser tests are run with a browser that works, or they fail with the remedy; they are never left out."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for browsers are scripts of a POSIX shell")


def browser(path: Path, code: int = 0) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="ascii")
    path.chmod(0o700)
    return str(path)


@pytest.fixture(autouse=True)
def an_empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("CLOSING_BROWSER", raising=False)
    monkeypatch.setattr(run, "MAC_APPLICATIONS", ())


def test_the_persons_choice_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser(tmp_path / "bin" / "chromium")
    monkeypatch.setenv("CLOSING_BROWSER", browser(tmp_path / "own"))
    assert run.find_browser() == str(tmp_path / "own")


def test_one_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_BROWSER", str(tmp_path / "nowhere"))
    browser(tmp_path / "bin" / "chromium", code=1)
    edge = browser(tmp_path / "bin" / "microsoft-edge")
    assert run.find_browser() == edge


@pytest.mark.parametrize(
    ("user", "manager", "expected"), [(0, "apt-get", 2), (0, "dnf", 1), (1000, "apt-get", 0), (0, "", 0)]
)
def test_only_root_installs_from_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, manager: str, expected: int
) -> None:
    if manager:
        browser(tmp_path / "bin" / manager)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    commands = list(run.system_commands())
    assert len(commands) == expected
    assert all(command[0] == manager for command in commands)


def test_one_that_the_system_installed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    apt = Path(browser(tmp_path / "bin" / "apt-get"))
    chromium = tmp_path / "bin" / "chromium"
    apt.write_text(
        f'#!/bin/sh\n[ "$1" = update ] || {{ echo "#!/bin/sh" > "{chromium}"; /bin/chmod 700 "{chromium}"; }}\n'
    )
    assert run.get_browser() == str(chromium)


def test_without_any_the_stage_fails_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "get_browser", lambda _: None)
    monkeypatch.setattr(run, "run", lambda *_: True)
    assert run.main([]) is False
    said = capsys.readouterr().out
    assert run.NO_BROWSER in said
    assert "FAILED: browser tests (playwright)" in said
    assert "passed: notebooks (nbval)" in said


def test_each_stage_runs_once_also_after_one_that_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[list[str]] = []
    monkeypatch.setenv("CLOSING_BROWSER", browser(tmp_path / "own"))
    monkeypatch.setattr(run, "run", lambda command, _: ran.append(command))  # which gives None: not passed
    assert run.main([]) is False
    assert sorted(ran) == sorted(run.STAGES.values())
    assert sorted(name for lane in run.LANES for name in lane) == sorted(run.STAGES)


@pytest.mark.parametrize("failing", run.STAGES)
def test_one_stage_that_fails_in_either_lane_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    monkeypatch.setenv("CLOSING_BROWSER", browser(tmp_path / "own"))
    monkeypatch.setattr(run, "run", lambda command, _: command != run.STAGES[failing])
    assert run.main([]) is False
    said = capsys.readouterr().out.partition("== summary\n")[2].splitlines()
    assert said == [f"{'FAILED' if name == failing else 'passed'}: {name}" for name in run.STAGES]


def test_what_a_stage_says_is_printed_in_one_piece_and_all_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = (
        "for n in range(200): print({0!r}, n, flush=True)\nimport sys; sys.exit(print('end, naïve', file=sys.stderr))"
    )
    for module in ("one", "two"):
        (tmp_path / f"{module}.py").write_text(lines.format(module), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setattr(run, "STAGES", {"first": ["one"], "second": ["two"]})
    monkeypatch.setattr(run, "LANES", (["first"], ["second"]))
    assert run.main([]) is True
    said = capfd.readouterr().out
    for stage, module in (("first", "one"), ("second", "two")):
        whole = "".join(f"{module} {number}\n" for number in range(200))
        assert f"\n== {stage}\n{whole}end, naïve\n" in said


def test_arguments_go_to_one_run_of_pytest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[list[str]] = []
    monkeypatch.setenv("CLOSING_BROWSER", browser(tmp_path / "own"))
    monkeypatch.setattr(run, "run", lambda command, _: ran.append(command))
    run.main(["tests/test_start.py", "-k", "port"])
    assert ran == [["pytest", "tests/test_start.py", "-k", "port"]]


@pytest.mark.parametrize(
    ("flag", "free", "expected"),
    [("", 3_000_000, True), ("", 16_000, False), ("ST_NOEXEC", 3_000_000, False), ("ST_RDONLY", 3_000_000, False)],
)
def test_folders_are_in_memory_where_there_is_room_and_programs_may_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flag: str, free: int, expected: bool
) -> None:
    monkeypatch.delenv(run.ROOT_OF_FOLDERS, raising=False)
    monkeypatch.setattr(run, "MEMORY", tmp_path)
    found = SimpleNamespace(f_flag=getattr(os, flag, 0), f_bavail=free, f_frsize=1024)
    monkeypatch.setattr(os, "statvfs", lambda _: found)
    with run.quick_folder():
        assert [str(one) for one in tmp_path.glob("closing-kit-tests-*")] == [
            os.environ[run.ROOT_OF_FOLDERS] for _ in range(expected)
        ]
    assert run.ROOT_OF_FOLDERS not in os.environ
    assert [*tmp_path.glob("closing-kit-tests-*")] == []
