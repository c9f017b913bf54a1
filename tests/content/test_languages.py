"""Every language says the same as the English one: the same keys, the same gaps to fill in, nothing left in English."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from closing_lib import content
from closing_lib.content.loading import LANGUAGES

CONTENT = Path(content.__file__).parent
CODE = CONTENT.parent
OTHERS = [language for language in LANGUAGES if language != "en"]

# What is written alike in two languages (yes is the key of an answer), apart from what has no letters of its own.
ALIKE = {"es": {"No", "Normal", "Final", "final", "yes", "Tallow Street Software", "Hotel Meridian Quay"}}

# The same speech acts as in test_content.py, as they are said in each language (S22).
UNPROFESSIONAL = {
    "es": re.compile(
        r"\b(o si no|ultimátum|exij\w+|exig\w+|insisto|me deben?|(?:tiene|tienen|tienes) que (?:contratarme|decidir\w*|"
        r"decirme|darme|responderme)|está[ns]? obligad\w+|merezco|suplic\w+|les? ruego|por favor,? contrát\w+|"
        r"desesperad\w+|tengo otras ofertas|otra oferta (?:sobre|encima de) la mesa|prométa\w+|garantíce\w+|"
        r"garantiza\w*|oblíga\w+|fuérza\w+|presióna\w+|truco|farol|fing\w+|exager\w+|mient(?:[aeo]|[ae]n|[ae]s)|"
        r"mentir\w*|engañ\w+|chantaj\w+|culpabil\w+|amenaz\w+|estúpid\w+|idiota\w*|imbécil\w*|"
        r"ustedes se lo pierden|se lo van a perder|"
        r"(?:pérdida de|perder el|perder mi|perdiendo el|perdiendo mi) tiempo)\b",
        re.IGNORECASE,
    ),
}
PLANTED = {
    "es": [
        "Dígales que necesita saberlo hoy, o si no se irá.",
        "Tengo otras ofertas, así que decidan ya.",
        "Exagera un poco tus logros.",
        "Tienen que darme una respuesta ahora.",
        "Les suplico que me contraten.",
        "Esto ha sido una pérdida de tiempo.",
    ]
}

_FOR_CODE = re.compile(r"S\d+(, S\d+)*|[a-z0-9][a-z0-9_.]*")


@cache
def leaves(of: str) -> dict[str, object]:
    """Give every value of a language's files by its place, such as ``signs.sign[2].text``."""
    found: dict[str, object] = {}
    for path in sorted((CONTENT / of).glob("*.toml")):
        found |= dict(_walk(tomllib.loads(path.read_text(encoding="utf-8")), path.stem))
    return found


def _walk(value: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, f"{place}.{name}")
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for number, inner in enumerate(value, start=1):
            yield from _walk(inner, f"{place}[{number}]")
    elif isinstance(value, list) and any(isinstance(inner, list) for inner in value):
        for number, (key, label) in enumerate(value, start=1):  # what can be chosen: a name for the code, and a label
            yield f"{place}[{number}].key", key
            yield f"{place}[{number}].label", label
    else:
        yield place, value


@cache
def for_code() -> set[str]:
    """Give the places whose values the code reads: in blocks, those fields that never hold more than a bare word."""
    fields: dict[str, list[object]] = {}
    for place, value in leaves("en").items():
        fields.setdefault(re.sub(r"\[\d+\]", "[]", place), []).append(value)
    bare = {name for name, values in fields.items() if "[]" in name and all(_is_bare(value) for value in values)}
    bare.discard("exercises.exercise[].words")  # they are searched for in what a person writes
    return {place for place in leaves("en") if re.sub(r"\[\d+\]", "[]", place) in bare}


def _is_bare(value: object) -> bool:
    if isinstance(value, list):
        return all(_is_bare(one) for one in value)
    return not isinstance(value, str) or _FOR_CODE.fullmatch(value) is not None


def shown(of: str) -> dict[str, object]:
    """Give what is shown or searched for in a language."""
    return {place: value for place, value in leaves(of).items() if place not in for_code()}


def sentences(of: str) -> dict[str, str]:
    """Give each sentence of a language; a list of words to search for holds none."""
    found: dict[str, str] = {}
    for place, value in shown(of).items():
        if isinstance(value, str):
            found[place] = value
        elif isinstance(value, list) and not is_word_list(place):
            found |= {f"{place}[{number}]": one for number, one in enumerate(value, start=1)}
    return found


def is_word_list(place: str) -> bool:
    """Tell whether a place holds words to search for, which a language has as many of as it needs."""
    english = leaves("en").get(place)
    is_list = isinstance(english, list) and all(isinstance(one, str) for one in english)
    return is_list and all(one[0].islower() for one in english)


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def pairs(of: str) -> list[tuple[str, str, str]]:
    """Give each sentence's place, the English one, and the other."""
    other = sentences(of)
    return [(place, english, other[place]) for place, english in sentences("en").items() if place in other]


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest) -> str:
    named: str = request.param
    return named


def test_there_is_another_language() -> None:
    assert "es" in OTHERS


def test_has_the_same_files(other: str) -> None:
    def files(of: str) -> list[str]:
        return sorted(str(path.relative_to(CONTENT / of)) for path in (CONTENT / of).rglob("*.*"))

    assert files(other) == files("en")


def test_has_the_same_keys_in_the_same_order(other: str) -> None:
    english, others = list(leaves("en")), list(leaves(other))
    assert set(english) - set(others) == set(), "missing"
    assert set(others) - set(english) == set(), "too many"
    assert [place.split("[")[0] for place in others] == [place.split("[")[0] for place in english]


def test_each_is_of_the_same_kind(other: str) -> None:
    others = leaves(other)
    for place, english in leaves("en").items():
        assert type(others[place]) is type(english), place
        if isinstance(english, list) and not is_word_list(place):
            assert len(others[place]) == len(english), place  # type: ignore[arg-type]


def test_what_the_code_reads_is_the_same(other: str) -> None:
    english, others = leaves("en"), leaves(other)
    assert [place for place in for_code() if english[place] != others[place]] == []


def test_what_the_code_reads_is_told_from_what_is_shown() -> None:
    fields = {re.sub(r"\[\d+\]", "[]", place) for place in for_code()}
    assert {"signs.sign[].id", "signs.sign[].good", "questions.question[].interviewers"} <= fields
    assert not {"signs.sign[].text", "questions.early[].name", "questions.early[].words"} & fields


def test_fills_in_the_same(other: str) -> None:
    assert [place for place, english, one in pairs(other) if gaps(english) != gaps(one)] == []


def test_says_the_same_numbers(other: str) -> None:
    def numbers(said: str) -> list[str]:
        return sorted(re.findall(r"\d+", said))

    assert [place for place, english, one in pairs(other) if numbers(english) != numbers(one)] == []


def test_nothing_is_left_in_english(other: str) -> None:
    left = {one for _, english, one in pairs(other) if one == english and re.search(r"[^\W\d_]", _words_of(one))}
    assert left == ALIKE[other]


def _words_of(sentence: str) -> str:
    return re.sub(r"\{\w*\}", "", sentence)


def test_marks_and_blanks_are_typographic(other: str) -> None:
    for place, one in sentences(other).items():
        assert one == one.strip(), place
        assert not re.search(r"""['"]|\s\s|\.\.\.|\s[,.;:?!]""", one), f"{place}: {one}"
        assert one.count("“") == one.count("”"), place


def test_a_word_to_search_for_is_written_as_it_is_searched(other: str) -> None:
    for place, words in leaves(other).items():
        if is_word_list(place) and place not in for_code():
            assert len(words) == len(set(words)), place  # type: ignore[arg-type]
            assert [one for one in words if one != one.lower().strip() or "'" in one] == [], place  # type: ignore[attr-defined]


def test_s22_no_sentence_is_unprofessional(other: str) -> None:
    assert [(place, one) for place, one in sentences(other).items() if UNPROFESSIONAL[other].search(one)] == []


def test_s22_the_search_would_find_one(other: str) -> None:
    assert [planted for planted in PLANTED[other] if not UNPROFESSIONAL[other].search(planted)] == []


def prose(of: str) -> dict[str, str]:
    """Give the paragraphs of the pages of a language by their place, without the code."""
    found: dict[str, str] = {}
    for path in sorted((CONTENT / of / "pages").glob("*.md")):
        text = re.sub(r"^```python\n.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        paragraphs = enumerate(re.split(r"\n{2,}|\n(?=[|-])", text.strip()), start=1)
        found |= {f"pages/{path.name}, paragraph {number}": re.sub(r"\n *", " ", one) for number, one in paragraphs}
    return found


def test_no_paragraph_of_a_page_is_left_in_english(other: str) -> None:
    english = set(prose("en").values())
    assert [one for one in prose(other).values() if one in english and re.search(r"[^\W\d_]", one)] == []


def test_pages_are_typographic_and_professional(other: str) -> None:
    for place, one in prose(other).items():
        assert not re.search(r"""['"]|\S {2}|\.\.\.|\s[,.;:?!]""", one), f"{place}: {one}"
        assert one.count("“") == one.count("”"), place
        assert not UNPROFESSIONAL[other].search(one), f"{place}: {one}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_quotes_the_three_questions_as_they_are(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", language)
    page = (CONTENT / language / "pages" / "02_close.md").read_text(encoding="utf-8")
    assert [
        one for one in ("bold", "mild", "standing") if f"“{content.text(f'tactics.{one}.words')}”" not in page
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_code_asks_for_is_there(language: str) -> None:
    known = set(content.loading.everything(language))
    asked = {shape for path in CODE.rglob("*.py") for shape in asked_for(path)}
    assert len(asked) > 150
    assert [shape for shape in asked if not any(re.fullmatch(shape, key) for key in known)] == []


def asked_for(path: Path) -> Iterator[str]:
    """Give the keys that a file asks for, each as a pattern; what an f-string fills in may be anything."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("text", "lines"):
            key = node.args[0]
            if isinstance(key, ast.Constant):
                yield re.escape(str(key.value))
            elif isinstance(key, ast.JoinedStr):
                parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"[\w.]+" for p in key.values)
                yield "".join(parts)
