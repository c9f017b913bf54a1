"""The words that keep coming back and that no coach would say: each with its place, its reason and what to say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_languages import prose, sentences

from closing_lib.content.loading import LANGUAGES

WORDS = tomllib.loads(Path(__file__).with_name("words_to_avoid.toml").read_text(encoding="utf-8"))


def found_in(language: str, said: dict[str, str]) -> Iterator[str]:
    """Give each word that is to be avoided, with all that it takes to change it."""
    for word in WORDS[language]:
        search = re.compile(rf"\b({word['find']})\b", re.IGNORECASE)
        for place, sentence in said.items():
            if (found := search.search(sentence)) and not place.startswith(tuple(word.get("except", ()))):
                yield f"{language}/{place}: “{found[0]}”: {word['why']}; say: {word['say']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_says_what_no_coach_would_say(language: str) -> None:
    assert [*found_in(language, sentences(language) | prose(language))] == []


@pytest.mark.parametrize(
    ("language", "planted"),
    [("en", "More of them led on."), ("en", "Whom would I meet?"), ("es", "Vacilan."), ("es", "4 de 6 con avance")],
)
def test_the_search_would_find_one(language: str, planted: str) -> None:
    assert [*found_in(language, {"planted": planted})]


def test_a_word_inside_another_is_left_alone() -> None:
    assert [*found_in("en", {"planted": "She handled one shallow question."})] == []
