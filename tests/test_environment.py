"""One set of packages in pyproject.toml, pins.txt and environment.yml, and no file that knows of one machine only."""

from __future__ import annotations

import itertools
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from closing_lib.app.installation import NOT_WANTED, UV

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)( ; (?P<marker>.+))?")
CONDA_NAMES = {"dask": "dask-core", "duckdb": "python-duckdb"}  # where conda-forge's name is another one


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def read(requirement: str) -> tuple[str, str]:
    """Give the name and the version of an exact pin."""
    found = PIN.fullmatch(requirement)
    assert found, f"{requirement!r} is no exact pin"
    return normal(found["name"]), found["version"]


def pins() -> dict[str, set[str]]:
    """Give the versions of each package in pins.txt; more than one where it depends on the Python."""
    versions: dict[str, set[str]] = {}
    for line in (ROOT / "pins.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version = read(line)
            versions.setdefault(name, set()).add(version)
    return versions


RUNTIME = dict(map(read, PROJECT["dependencies"]))
DIRECT = RUNTIME | dict(read(pin) for extra in PROJECT["optional-dependencies"].values() for pin in extra)


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_every_direct_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    without_reason = [line for before, line in itertools.pairwise(lines) if is_bare_pin(before, line)]
    assert without_reason == []


def is_bare_pin(before: str, line: str) -> bool:
    return re.match(r'\s+"[\w.-]+==', line) is not None and not before.lstrip().startswith("# ")


@pytest.mark.parametrize("name", DIRECT)
def test_the_pins_agree_with_each_direct_dependency(name: str) -> None:
    assert pins()[name] == {DIRECT[name]}


def test_the_pins_cover_what_is_installed_here() -> None:
    """Every package behind the kit's own, as far as this Python and this system need it."""
    from importlib.metadata import PackageNotFoundError, requires, version

    from packaging.requirements import Requirement

    waiting, seen = list(DIRECT), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            assert version(name) in pins()[name]
        except PackageNotFoundError:
            continue  # of another system, or of an extra that nobody asked for
        needed = map(Requirement, requires(name) or [])
        waiting += [normal(need.name) for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})]
    assert seen <= set(pins())


def test_the_installer_is_pinned_once() -> None:
    assert {UV.partition("==")[2]} == pins()["uv"]


def test_no_start_waits_for_what_only_slows_it() -> None:
    """The set-up leaves out a package that Jupyter's checks of JSON load where it is there, which takes two seconds."""
    from importlib.util import find_spec

    assert find_spec(NOT_WANTED.replace("-", "_")) is None


def test_conda_gets_the_same_set() -> None:
    plain = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    exact = dict(re.fullmatch(r"(\S+) ==(\S+)", line).groups() for line in plain if "==" in line)  # type: ignore[union-attr]
    assert exact == {CONDA_NAMES.get(name, normal(name)): version for name, version in RUNTIME.items()}
    assert {line.split()[0] for line in plain} - set(exact) == {"python", "pip"}


def test_conda_gets_the_same_python_and_the_kit_itself() -> None:
    assert CONDA["name"] == PROJECT["name"]
    assert CONDA["channels"] == ["conda-forge"]
    assert f"python {PROJECT['requires-python']},<3.15" in CONDA["dependencies"]
    # In this very form: repo2docker has to see that it needs the whole checkout before it installs.
    assert {"pip": ["-e ."]} in CONDA["dependencies"]


def test_start_takes_the_same_pythons() -> None:
    text = (ROOT / "start.py").read_text(encoding="utf-8")
    assert PROJECT["requires-python"] == ">=3.11"
    assert "if not (3, 11) <= sys.version_info[:2] <= (3, 14):" in text


# One letter of each stands in brackets, so that this file does not find itself.
REGISTRIES = (r"py[p]i\.org", r"python[h]osted\.org", r"registry\.[n]pmjs", r"index-[u]rl", r"conda\.[a]naconda")
PLACES = (r"/roo[t]/", r"/hom[e]/\w", r"/User[s]/\w", r"[A-Z]:\\User[s]", r"/wor[k]/", r"/tm[p]/\w")


def test_no_tracked_file_names_a_registry_or_a_place_on_one_machine() -> None:
    wanted = re.compile("|".join(REGISTRIES + PLACES))
    texts = {path: path.read_bytes().decode(errors="replace") for path in tracked_files() if path.suffix != ".png"}
    assert [f"{path.relative_to(ROOT)}: {found[0]}" for path in texts for found in wanted.finditer(texts[path])] == []


@pytest.mark.parametrize("name", ["pins.txt", "pyproject.toml", "environment.yml"])
def test_no_list_of_packages_holds_an_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")
