"""Each point of the source article has its page, its function and its test; each promise of safety has its test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import closing_lib as cl
from closing_lib.content.pages import pages

ROOT = Path(__file__).resolve().parents[1]
POINTS = [f"S{number}" for number in range(1, 25)]
ROW = re.compile(r"^\| (S\d+) \| [^|]+ \| `(\w+)` \| `(\w+)` \| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE)
PROMISE = re.compile(r"^\| [^|]+ \| [^|]+ \| `(tests/[\w/]+\.py)::(\w+)` \|$", re.MULTILINE)
PROMISES = PROMISE.findall(ROOT.joinpath("SECURITY.md").read_text(encoding="utf-8"))
TABLE = ROW.findall(ROOT.joinpath("CONTRIBUTING.md").read_text(encoding="utf-8"))


def names_in(file: Path) -> set[str]:
    """Give the names of a file's tests, from its syntax tree."""
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {node.name for node in found if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_point_has_one_row() -> None:
    assert [row[0] for row in TABLE] == POINTS


@pytest.mark.parametrize(("point", "page", "function", "file", "test"), TABLE, ids=POINTS)
def test_what_a_row_names_is_there(point: str, page: str, function: str, file: str, test: str) -> None:
    assert page in {one.name for one in pages()}
    assert callable(getattr(cl, function))
    assert test in names_in(ROOT / file)
    assert point.lower() in test.split("_"), "the test's name says which point it is about"


def test_promises_are_made() -> None:
    lines = ROOT.joinpath("SECURITY.md").read_text(encoding="utf-8").splitlines()
    assert len(PROMISES) == sum(line.startswith("| ") for line in lines) - 1  # the heading


@pytest.mark.parametrize(("file", "test"), PROMISES)
def test_what_shows_a_promise_is_there(file: str, test: str) -> None:
    assert test in names_in(ROOT / file)
