"""The letters of all kinds as the people who get them read them: whole, natural, and nothing typed is mangled."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from content.test_content import UNPROFESSIONAL as IN_ENGLISH
from content.test_languages import UNPROFESSIONAL
from six_people import Applicant, applicants, written

from closing_lib.advice.wording import has_end
from closing_lib.content import LANGUAGES, text
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import DAYS, SHAPES, thank_you_letters
from closing_lib.documents.names import name_of

THANKS = {"en": r"\b(?:thank you|thanks)\b", "es": r"\b(?:gracias|agradezco)\b"}
ARTICLE = {"en": "(?:an?|the)", "es": "(?:el|la|los|las|una?)"}
SHORTEST, LONGEST = 15, 300  # words of a letter as far as it is the kit's


@pytest.fixture(params=[(language, at) for language in LANGUAGES for at in range(6)], ids=str)
def applicant(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Applicant:
    language, at = request.param
    monkeypatch.setenv("CLOSING_LANG", language)
    return applicants(language)[at]


@pytest.fixture
def language(applicant: Applicant) -> str:
    return next(one for one in LANGUAGES if applicant in applicants(one))


def own(letter: Letter) -> dict[str, str]:
    """Give what the person wrote for this letter, by field, as far as it is a sentence in it."""
    shape = SHAPES[letter.kind]
    said = {name: getattr(letter.to, name) for name in (*shape.needs, *shape.may) if name not in (*DAYS, "written_to")}
    return {name: " ".join(typed.split()) for name, typed in said.items() if typed.split()}


def without_own(letter: Letter) -> Iterator[str]:
    """Give the subject and the paragraphs without what the person wrote."""
    for paragraph in (letter.subject, *letter.paragraphs):
        kept = paragraph
        for typed in own(letter).values():
            kept = re.sub(re.escape(typed.rstrip(" .,;:-")) + r"[.…]?", "…", kept, flags=re.IGNORECASE)
        yield kept


def test_there_are_six_and_letters_of_every_kind(applicant: Applicant, language: str) -> None:
    assert len(applicants(language)) == 6
    assert {letter.kind for letter in written(applicant)} == set(LetterKind)


def test_every_word_that_was_typed_is_there_in_its_order(applicant: Applicant) -> None:
    for letter in written(applicant):
        for name, typed in own(letter).items():
            words = re.findall(r"\w+", typed.casefold())
            whole = re.findall(r"\w+", letter.text.casefold())
            assert any(whole[at : at + len(words)] == words for at in range(len(whole))), (letter.kind, name)


def test_what_was_typed_begins_and_ends_as_sentences_do(applicant: Applicant) -> None:
    """So nothing of the kit's stands around it: no word goes on before it, and none after."""
    for letter in written(applicant):
        for typed in own(letter).values():
            bare = re.escape(typed.rstrip(" .,;:-…"))
            found = next(re.finditer(bare, letter.text, re.IGNORECASE))
            before, after = letter.text[: found.start()].rstrip(" "), letter.text[found.end() :].lstrip(" ")
            assert before.endswith(("\n", ".", "?", "!", ": ", "[" + text("letters.gap.note", words="")[1:-1].rstrip()))
            assert re.match(r"[\W_]*(?:\n|$|[¿¡“]?[^\W\d_])", after), after[:40]
            assert found[0][0] in '“"¿¡i0123456789' or not found[0][0].islower() or "[" in before[-60:]


def test_sentences_begin_with_a_capital_and_end(applicant: Applicant) -> None:
    for letter in written(applicant):
        _, *body, _, _ = letter.paragraphs
        for paragraph in body:
            first = paragraph.lstrip("“\"'¿¡([")[0]
            assert not first.islower() or paragraph.startswith("["), paragraph
            is_seen = has_end(paragraph) or paragraph.endswith("]") or not paragraph[-1].isalnum()
            assert is_seen, paragraph
        assert not letter.subject.lstrip("¿¡“[")[0].islower()


def test_nothing_is_doubled(applicant: Applicant, language: str) -> None:
    for letter in written(applicant):
        for said in without_own(letter):
            assert not re.search(r"\b(\w+)\s+\1\b", said, re.IGNORECASE), said
            assert not re.search(rf"\b{ARTICLE[language]}\s+{ARTICLE[language]}\b", said, re.IGNORECASE), said
            assert not re.search(r"\.\.|,,|;;|::|\?\?|[,;:][.?!]|\s[.,;:?!]|  ", said), said


def test_thanks_are_not_said_twice_in_a_row(applicant: Applicant, language: str) -> None:
    for letter in written(applicant):
        _, *body, _, _ = letter.paragraphs
        sentences = [one for paragraph in body for one in re.split(r"(?<=[.?!])\s", paragraph)]
        says = [re.search(THANKS[language], one, re.IGNORECASE) is not None for one in sentences]
        assert not any(one and other for one, other in itertools.pairwise(says)), letter.text


def test_a_gap_is_marked_in_its_sentence_and_asked_for(applicant: Applicant) -> None:
    for letter in written(applicant):
        shown = [gap for gap in letter.gaps if gap in f"{letter.subject}\n{letter.text}"]
        assert shown == [*letter.gaps]
        assert all(gap[0] == "[" and gap[-1] == "]" for gap in letter.gaps) or letter.kind is LetterKind.THANK_YOU
        assert bool(letter.gaps) == bool(letter.missing)
        assert (letter.text.count("[") > 0) <= bool(letter.missing)


def test_it_ends_with_a_sign_off_and_the_name(applicant: Applicant) -> None:
    for letter in written(applicant):
        assert letter.paragraphs[-2:] == (text("letters.sign_off"), name_of(applicant.occasion.me))


def test_it_is_short_and_professional(applicant: Applicant, language: str) -> None:
    unprofessional = {"en": IN_ENGLISH, **UNPROFESSIONAL}[language]
    for letter in written(applicant):
        said = " ".join(without_own(letter))
        assert SHORTEST <= len(said.split()) <= LONGEST
        assert not unprofessional.search(said)


def test_a_note_for_a_network_is_short(applicant: Applicant) -> None:
    notes = [letter.paragraphs[1] for letter in written(applicant) if letter.kind is LetterKind.CONNECT]
    assert all(len(note) <= 200 for note in notes)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("I need stable hours", "I’d love to do this job. I need stable hours.\n"),
        ("i don't have a degree", "the concern you raised. I don't have a degree.\n"),
        ("You're overqualified, you said.", "the concern you raised. You're overqualified, you said.\n"),
    ],
)
def test_natural_words_stay_as_they_are(typed: str, said: str) -> None:
    person = Person("Mr Lid", topic="I liked the depot.", strength="I plan well.", interest=typed, doubt=typed)
    assert said in thank_you_letters(Occasion("Acme", "Clerk"), [person])[0].text
