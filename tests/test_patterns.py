"""Every regular expression of the tree takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]  # nothing public tells what a pattern repeats
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from closing_lib.advice.questions import complete
from closing_lib.advice.wording import find_words
from closing_lib.app import installation
from closing_lib.documents.names import people_named
from closing_lib.records.importing import dates, statuses

ROOT = Path(__file__).parents[1]
FILES = [*sorted((ROOT / "closing_lib").rglob("*.py")), ROOT / "start.py"]
USES = ("compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
LENGTHS = (12, 18, 24, 30, 100, 400, 6_000)  # short ones first: what doubles with each is found before it hangs
PATIENCE = 0.3  # seconds of the processor, for any of these
QUICK = 0.004  # the square of 6,000 takes longer
WORSE = 9  # times the time for four times the text: in proportion it is four, with the square sixteen
COMMON = (" ", "\n", "\t ", "a", "1", "1/", "é", "-", ", ", ";", '"', "[", "<", "_", ".", "\u4e2d", "a@")
ENDS = ("", "\0", "!a")

# What is put together where it is used, by its file and its function: how it comes to be.
BUILT: dict[tuple[str, str], Callable[[], object]] = {
    ("questions.py", "complete"): lambda: complete("", {}),
    ("wording.py", "find_words"): lambda: find_words("", ["a b c*", "d*", "e"]),
    ("names.py", "people_named"): lambda: people_named(""),
    ("installation.py", "explained"): lambda: installation.explained("", Path(__file__, "log")),
    ("dates.py", "_joiners"): dates._joiners.__wrapped__,
    ("statuses.py", "_together"): lambda: statuses._together(["?"]),
}


@dataclass(frozen=True)
class Pattern:
    """A regular expression, and the methods that it is used with."""

    written: str | bytes
    flags: int
    ways: frozenset[str]


def patterns() -> dict[str, Pattern]:
    """Find all of them; one that cannot be told from its file has to be in `BUILT`."""
    found: dict[str, Pattern] = {}
    for file in FILES:
        source = file.read_text(encoding="utf-8")
        if "import re" not in source:
            continue
        tree = ast.parse(source)
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if _is_use(node):
                for number, one in enumerate(_of(node, file, tree, parents)):
                    found[f"{file.name}:{node.lineno}.{number}"] = one
    return found


def _is_use(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in USES
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


def _of(node: Any, file: Path, tree: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[Pattern]:
    outer, ways = parents[node], {node.func.attr}
    if node.func.attr == "compile":
        names = {target.id for target in getattr(outer, "targets", ()) if isinstance(target, ast.Name)}
        ways = {
            one.attr
            for one in ast.walk(tree)
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in names
        } or {"search"}
    try:
        space = vars(importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts)))
        written = eval(ast.unparse(node.args[0]), dict(space))  # noqa: S307  # our own code
        given = [*node.args[1:], *(word.value for word in node.keywords if word.arg == "flags")]
        flags = [eval(ast.unparse(one), dict(space)) for one in given if "re." in ast.unparse(one)]  # noqa: S307
        yield Pattern(written, sum(map(int, flags)), frozenset(ways))
    except NameError:
        while not isinstance(outer, ast.FunctionDef):
            outer = parents[outer]
        yield from _built(BUILT[file.name, outer.name], outer.name, frozenset(ways))


def _built(make: Callable[[], object], function: str, ways: frozenset[str]) -> Iterator[Pattern]:
    """Let a function put its patterns together, and see which these are."""
    seen: list[Pattern] = []
    original = re._compile  # type: ignore[attr-defined]  # through which all of them go

    def spy(pattern: Any, flags: int) -> Any:
        if sys._getframe(2).f_code.co_name == function:
            seen.append(Pattern(pattern, int(flags), ways))
        return original(pattern, flags)

    re._compile = spy  # type: ignore[attr-defined]
    try:
        make()
    finally:
        re._compile = original  # type: ignore[attr-defined]
    assert seen, function
    yield from seen


# --- Texts that make a pattern try again and again


def pumps(pattern: Pattern) -> Iterator[tuple[str, str]]:
    """Give texts to put first, with texts to repeat after them: what the pattern repeats, and what is common."""
    written = pattern.written if isinstance(pattern.written, str) else pattern.written.decode("latin-1")
    parsed = parser.parse(written, pattern.flags & ~re.DEBUG)
    repeated = {pump: None for turn in range(4) for pump in _repeated(parsed, turn)}
    literals = {chr(value): None for kind, value in _all(parsed) if kind is op.LITERAL}
    alone = {(pump, one): None for pump in repeated for one in ("", *literals)}
    starts = {before: None for turn in range(2) for before, _ in _places(parsed, turn)}
    for one in [*repeated, *literals, *COMMON, *starts, *(pump + one for pump, one in alone)]:
        yield "", one
    yield from product(starts, [*repeated, " ", "a", "1"])


def _all(parsed: Any) -> Iterator[tuple[Any, Any]]:
    for kind, value in parsed:
        yield kind, value
        for inside in _inside(kind, value):
            yield from _all(inside)


def _inside(kind: Any, value: Any) -> list[Any]:
    """Give the parts of a part."""
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.IN:
        return [value]
    return [value] if kind is op.ATOMIC_GROUP else [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def _repeated(parsed: Any, turn: int) -> Iterator[str]:
    for kind, value in _all(parsed):
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[1] > 1:
            yield _example(value[2], turn)


def _places(parsed: Any, turn: int) -> Iterator[tuple[str, None]]:
    """Give what can stand before each part of a pattern."""
    before = ""
    for part in parsed:
        yield before, None
        before += _example([part], turn)


def _example(parsed: Any, turn: int) -> str:
    """Give a text that a part of a pattern takes."""
    return "".join(_piece(kind, value, turn) for kind, value in parsed)


def _piece(kind: Any, value: Any, turn: int) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind in (op.IN, op.ANY, op.NOT_LITERAL):
        return _letter(kind, value, turn)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _example(value[2], turn) * max(value[0], turn % 2)
    if kind is op.BRANCH:
        return _example(value[1][turn % len(value[1])], turn)
    return _example(_inside(kind, value)[0], turn) if kind in (op.SUBPATTERN, op.ATOMIC_GROUP) else ""


def _letter(kind: Any, value: Any, turn: int) -> str:
    one = parser.SubPattern(parser.State(), [(kind, value)])
    taken = [letter for letter in " a1_\t\n.-x/:AŁ中é'\"<>[]{}" if _takes(one, letter)]
    taken += [chr(low) for kind, low in (value if kind is op.IN else []) if kind is op.LITERAL]
    return taken[turn % len(taken)] if taken else ""


def _takes(part: Any, letter: str) -> bool:
    (kind, value) = part[0]
    if kind is op.ANY:
        return True
    if kind is op.NOT_LITERAL:
        return chr(value) != letter
    is_out = value[0][0] is op.NEGATE
    return is_out != any(_is_one(*one, letter) for one in value)


def _is_one(kind: Any, value: Any, letter: str) -> bool:
    if kind is op.LITERAL:
        return chr(value) == letter
    if kind is op.RANGE:
        return value[0] <= ord(letter) <= value[1]
    if kind is op.CATEGORY:
        name = str(value).lower().rsplit("_", 1)[-1]
        is_not = "NOT" in str(value)
        found = {"space": letter.isspace(), "digit": letter.isdecimal(), "word": letter.isalnum() or letter == "_"}
        return found[name] != is_not
    return False


def slowest(pattern: Pattern) -> str:
    """Try a pattern on longer and longer texts; give the text that takes too long, or nothing."""
    compiled = re.compile(pattern.written, pattern.flags)
    way = "fullmatch" if pattern.ways == {"fullmatch"} else "match" if pattern.ways <= {"fullmatch", "match"} else "sub"
    run: Callable[[Any], object] = getattr(compiled, way)
    if way == "sub":
        nothing = b"" if isinstance(pattern.written, bytes) else ""
        run = lambda text: compiled.sub(nothing, text)  # noqa: E731
    for (start, pump), end in product(dict.fromkeys(pumps(pattern)), ENDS):
        for length in LENGTHS if pump else ():
            texts = [start + pump * (length // often // len(pump)) + end for often in (1, 4)]
            if _is_slow(
                run,
                *(
                    text if isinstance(pattern.written, str) else text.encode("latin-1", errors="replace")
                    for text in texts
                ),
            ):
                return repr(texts[0])[:200]
    return ""


def _is_slow(run: Callable[[Any], object], whole: str | bytes, quarter: str | bytes) -> bool:
    taken = _seconds(run, whole)
    if taken < QUICK or _seconds(run, quarter) * WORSE > taken:
        return taken > PATIENCE
    return min(_seconds(run, whole) for _ in range(3)) > WORSE * min(_seconds(run, quarter) for _ in range(3))


def _seconds(run: Callable[[Any], object], text: Any) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began


FOUND = patterns()


@pytest.mark.parametrize("place", FOUND)
def test_a_regular_expression_takes_time_in_proportion_to_the_text(place: str) -> None:
    assert slowest(FOUND[place]) == "", FOUND[place].written


@pytest.mark.parametrize("written", [r"\s*x", r"(a+)+$", r"\s+$", r"(?:a|a)*b", r"-+>", r"[\w.]+@x", r"(\d+)-?\d+x"])
def test_what_takes_longer_is_found(written: str) -> None:
    assert slowest(Pattern(written, 0, frozenset({"search"})))
