"""A module imports only from what stands below it, and the logic loads neither pandas nor widgets."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1] / "closing_lib"

# What each part may import of the library, besides itself; read upward.
BELOW = {
    "arguments": set(),
    "models": {"arguments"},
    "clock": set(),
    "content": {"arguments", "models"},
    "files": {"content"},
    "assessment": {"arguments", "models", "content"},
    "advice": {"arguments", "models", "content", "assessment"},
    "practice": {"arguments", "models", "content", "assessment", "advice"},
    "study": {"arguments", "models", "content", "assessment", "advice"},
    "records": {"arguments", "models", "content", "files", "assessment", "clock"},
    "outcomes": {"arguments", "models", "content", "files", "clock", "records"},
    "documents": {"arguments", "models", "content", "clock", "advice", "records", "outcomes"},
    "casework": {"arguments", "models", "content", "clock", "advice", "study", "records", "documents"},
    "forms": {
        "arguments",
        "models",
        "content",
        "files",
        "assessment",
        "clock",
        "advice",
        "practice",
        "study",
        "records",
        "outcomes",
        "documents",
        "casework",
    },
    "app": {"content", "files"},
    "__init__": {"models", "content", "assessment", "advice", "practice", "records", "outcomes", "documents", "forms"},
}
WIDGETS = {"ipywidgets", "anywidget", "traitlets", "IPython"}
SLOW = {"scipy", "matplotlib"}
YARDSTICKS = {"statsmodels"}  # for the tests alone: no browser has them
DRAWING = {"matplotlib"}
HEAVY = {"pandas", "numpy", "docx", "lxml", "icalendar", "holidays", *SLOW, *WIDGETS}


def modules() -> list[Path]:
    return sorted(LIBRARY.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(LIBRARY).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def loaded_by(statement: str) -> set[str]:
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return {name.split(".")[0] for name in json.loads(printed)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_imports_point_downward(path: Path) -> None:
    own = {name.split(".")[1] for name in imports(path) if name.startswith("closing_lib.")}
    assert own <= BELOW[part(path)] | {part(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_only_forms_know_widgets(path: Path) -> None:
    if part(path) != "forms":
        assert not {name.split(".")[0] for name in imports(path)} & WIDGETS


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_the_yardsticks_of_the_tests_are_not_needed(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & YARDSTICKS


def test_every_part_has_its_place() -> None:
    assert {part(path) for path in modules()} == set(BELOW)


@pytest.mark.parametrize(
    "statement",
    [
        "import closing_lib",
        "import closing_lib as cl; cl.recommend(cl.Assessment()); cl.respond('concern'); cl.signs()",
        "import closing_lib.advice.follow_up, closing_lib.records.log",
        "import closing_lib.records.backup.restoring",
        "import closing_lib.documents.letters, closing_lib.documents.document, closing_lib.documents.mail_draft",
        "import closing_lib.documents.calendar_file, closing_lib.documents.contact_card",
        "import closing_lib.advice.public_holidays, closing_lib.practice.debrief, closing_lib.practice.record",
        "import closing_lib.study.checks, closing_lib.study.progress",
        "from closing_lib.app import installation, server_extension, serving, workspace",
    ],
)
def test_the_logic_loads_neither_pandas_nor_widgets(statement: str) -> None:
    assert not loaded_by(statement) & HEAVY


def test_the_outcomes_load_what_is_slow_only_when_they_calculate() -> None:
    assert not loaded_by("import closing_lib as cl; cl.outcomes, cl.tally") & SLOW
    assert loaded_by("import closing_lib as cl; cl.outcomes.stratified([[9, 2], [3, 8]]).interval") >= SLOW - DRAWING


def test_a_chart_loads_what_draws_only_when_it_is_drawn() -> None:
    made = "import closing_lib as cl; made = cl.outcomes.chart(cl.outcomes.by_tactic(cl.tally(cl.sample_log())))"
    assert not loaded_by(made) & DRAWING
    drawn = loaded_by(f"{made}; made.svg; made.png(); made._repr_html_()")
    assert drawn >= DRAWING
    assert not drawn & WIDGETS


def test_the_closing_card_is_written_without_widgets() -> None:
    written = loaded_by(
        "import closing_lib as cl; cl.closing_pdf(cl.closing_card()); cl.closing_page(cl.closing_card())"
    )
    assert "fpdf" in written
    assert not written & {"pandas", *WIDGETS}


def test_every_name_of_the_contract_is_there() -> None:
    import closing_lib as cl

    assert all(getattr(cl, name) is not None for name in cl.__all__)
    assert dir(cl) == sorted(cl.__all__, key=str) or set(dir(cl)) == set(cl.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    import closing_lib as cl

    with pytest.raises(AttributeError, match="closing_lib has no 'persuade'"):
        cl.persuade  # noqa: B018
