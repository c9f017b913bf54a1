"""The content files: complete, faithful to the quoted questions, and professional whatever happens (S22)."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from closing_lib import content
from closing_lib.content.loading import LANGUAGES, everything
from closing_lib.models import (
    Asked,
    Band,
    Category,
    Element,
    EventKind,
    Format,
    Interviewer,
    Response,
    Settled,
    Tactic,
)

CODE = Path(content.__file__).parents[1]

# Speech acts that a professional close has no room for. The kit may name them to warn of them, never to advise them.
UNPROFESSIONAL = re.compile(
    r"\b(or else|ultimatum|i demand|i insist|you (?:must|have to|owe)|i deserve|i beg|please hire|desperate|"
    r"i have other offers|another offer on the table|promise me|guarantee|make them|force them|trick|bluff|pretend|"
    r"exaggerate|lie to|guilt|threaten|stupid|idiot|your loss|waste of (?:my )?time)\b",
    re.IGNORECASE,
)


def sentences() -> list[tuple[str, str]]:
    """Give every sentence of every language with its key."""
    found = [(sign.id, sign.text) for sign in content.signs()]
    found += [(question.id, question.text) for question in content.questions()]
    found += [(topic.id, one) for topic in content.early_topics() for one in (topic.name, topic.why)]
    found += [(exercise.id, one) for exercise in content.exercises() for one in said_in(exercise)]
    found += [
        (review.id, one) for review in content.reviews() for one in (review.question, *review.answers, review.why)
    ]
    for language in LANGUAGES:
        for key, value in everything(language).items():
            found += [(key, one) for one in (value if isinstance(value, list) else [value])]
    return found


def said_in(exercise: content.Exercise) -> list[str]:
    """Give every sentence of an exercise."""
    options = [one for option in exercise.options for one in (option.text, option.why)]
    blanks = [one for blank in exercise.blanks for one in (blank.label, blank.solution)]
    return [exercise.task, exercise.hint, exercise.done, *options, *blanks]


def test_the_three_questions_are_quoted_exactly() -> None:
    assert [content.text(f"tactics.{tactic}.words") for tactic in ("bold", "mild", "standing")] == [
        "So, is there anything stopping you from offering me the job right now?",
        "Is there anything else I can answer for you to make a hiring decision?",
        "Have I done well enough to advance to the next level of the hiring process?",
    ]


@pytest.mark.parametrize(
    "key",
    [
        *(f"tactics.{tactic}.headline" for tactic in Tactic),
        *(f"tactics.{asked}.short" for asked in Asked),
        *(f"reading.band.{band}" for band in Band),
        *(f"responses.{response}.name" for response in Response),
        *(f"forms.assessment.format_options.{how}" for how in Format),
        *(f"tactics.confirm.{what}.words" for what in Settled),
        *(f"preparation.interviewer.{one}" for one in Interviewer),
        *(f"preparation.category.{one}" for one in Category),
        *(f"preparation.pitch.element.{one}" for one in Element),
    ],
)
def test_every_word_of_the_vocabulary_has_its_text(key: str) -> None:
    assert content.text(key)


def test_s22_no_shown_sentence_is_unprofessional() -> None:
    assert [(key, one) for key, one in sentences() if UNPROFESSIONAL.search(one)] == []


@pytest.mark.parametrize(
    "planted", ["Tell them that you must know today, or else.", "I have other offers, so decide.", "Bluff a little."]
)
def test_s22_the_search_would_find_one(planted: str) -> None:
    assert UNPROFESSIONAL.search(planted)


def test_every_sentence_is_one() -> None:
    for key, one in sentences():
        assert one == one.strip(), key
        assert "'" not in one, f"{key} has a straight apostrophe; write ’"
        assert "  " not in one, key


def test_placeholders_are_named() -> None:
    for key, one in sentences():
        for _, name, _, _ in string.Formatter().parse(one):
            assert name is None or name.isidentifier(), f"{key}: {{{name}}}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_used_by_the_code(language: str) -> None:
    """A key counts as used where the code has it, or has an f-string that could become it."""
    using = (*CODE.rglob("*.py"), CODE.parent / "start.py", CODE.parent / "tests" / "refresh_notebooks.py")
    shapes = [re.compile(shape) for path in using for shape in key_shapes(path)]
    assert [key for key in everything(language) if not any(shape.fullmatch(key) for shape in shapes)] == []


COUNTED = re.compile(
    r"(?<!of )(?<!de )\{\w+\} (?:rows|lines|columns|cells|headings|characters|files|days|seconds|minutes|words|"
    r"questions|answers|applications|assessments|interviews|tries|filas|líneas|columnas|celdas|encabezados|caracteres|archivos|días|"
    r"segundos|minutos|palabras|preguntas|respuestas|candidaturas|valoraciones|entrevistas|intentos|personas)\b"
)
NEVER_ONE = {
    "activity.too_long": "a report of one line is short",
    "charts.curve.half": "whole weeks",
    "charts.curve.last_answer": "whole weeks",
    "charts.curve.last_waiting": "whole weeks",
    "charts.label.days": "whole weeks",
    "charts.opening.silence": "whole weeks",
    "charts.note.together": "a room",
    "concern.advice.long": "more than half a minute",
    "exporting.trouble.too_long": "more than a cell takes",
    "exporting.trouble.too_many_rows": "more than a sheet takes",
    "importing.trouble.too_many_events": "a limit",
    "importing.trouble.too_wide": "a limit",
    "many_files.most_files": "a limit",
    "prepare.timer.minutes": "one is prepare.timer.minute",
    "prepare.timer.seconds": "one is prepare.timer.second",
    "sharing.together.none_yet": "the invented group",
    "sharing.together.too_few": "five",
    "sharing.together.total": "five",
    "many_files.protected": "five",
    "study.check.too_long": "more than it may take",
    "study.review.count": "one is study.review.count_one",
}
ENOUGH = "results."  # whole weeks, or no fewer than a result needs


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_that_can_be_one_is_never_of_several(language: str) -> None:
    """Not "1 rows": write "rows: {rows}", or have a sentence for one, or say here why it is never one."""
    listed = {key: [said] if isinstance(said, str) else said for key, said in everything(language).items()}
    several = {key for key, said in listed.items() if any(map(COUNTED.search, said)) and not key.startswith(ENOUGH)}
    assert several - {*NEVER_ONE} == set()


def key_shapes(path: Path) -> list[str]:
    """Give the strings of a file that look like a key, each as a pattern; what an f-string fills in may be anything."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in node.values
            ]
            found.append("".join(parts))
    return [shape for shape in found if re.match(r"[a-z_]+\\\.", shape)]


def test_missing_keys_and_values_say_what_is_missing() -> None:
    with pytest.raises(content.ContentError, match=r"no 'tactics.shy.words'"):
        content.text("tactics.shy.words")
    with pytest.raises(content.ContentError, match="'value', which nothing fills in"):
        content.text("advice.because.confident", other=1)
    with pytest.raises(content.ContentError, match="not a list"):
        content.lines("tactics.mild.words")


def test_an_unknown_language_names_the_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOSING_LANG", "tlh")
    with pytest.raises(content.ContentError, match=r"does not speak 'tlh'; choose one of .*en"):
        content.signs()


def test_signs_are_as_the_domain_lists_them() -> None:
    kinds = [(sign.good, sign.weak) for sign in content.signs()]
    assert kinds.count((True, False)) == 6
    assert kinds.count((False, False)) == 6
    assert kinds.count((True, True)) == 3


def test_opposites_are_mutual() -> None:
    by_id = {sign.id: sign for sign in content.signs()}
    for sign in content.signs():
        if sign.opposite:
            assert by_id[sign.opposite].opposite == sign.id
            assert by_id[sign.opposite].good is not sign.good


def test_event_kinds_know_which_are_outcomes() -> None:
    assert [kind.value for kind in EventKind if kind.is_outcome] == [
        "advanced",
        "offer",
        "rejected",
        "withdrew",
        "no_reply",
    ]
