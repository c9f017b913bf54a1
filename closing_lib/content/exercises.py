"""The exercises of the pages: read once, checked, in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from closing_lib.content.loading import ContentError, language, read_blocks
from closing_lib.models import ExerciseKind, Tactic

CHECKS = ("question", "pitch", "reply", "advice")
SOURCE = re.compile(r"S([1-9]|1\d|2[0-4])")  # the numbers of the source article's points
_PAGE = re.compile(r"\d\d_[a-z_]+")


@dataclass(frozen=True)
class ExerciseOption:
    """Something to choose, or to put in its place.

    Attributes
    ----------
    id, text : str
        Its name in code, and how it reads.
    why : str
        Said when it was answered wrongly.
    right : bool
        Whether it is to be chosen.
    """

    id: str
    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Blank:
    """Something to fill in.

    Attributes
    ----------
    id, label : str
        Its name in code, and what is asked.
    solution : str
        A right answer.
    options : tuple of (str, str)
        Values with their labels, to choose instead of type.
    """

    id: str
    label: str
    solution: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    id, page : str
        Its name, which never changes, and the page that shows it.
    kind : ExerciseKind
        How it is answered.
    task, hint, done : str
        What to do, what helps, and what is said when it is solved.
    sources : tuple of str
        The points of the source article that it rests on, ``"S1"`` to ``"S24"``.
    options : tuple of ExerciseOption
        What to choose from; for ORDER in the right order.
    blanks : tuple of Blank
        What to fill in, for WRITE.
    check : str
        What checks it then: one of `CHECKS`.
    words : tuple of str
        For the check of a question: one of them must appear.
    seconds : int or None
        For the check of a pitch: how long it may take to say.
    wanted : Tactic or None
        The tactic that the kit advises in the case: what an exercise of the kind ONE teaches, and what the answers
        have to lead to in the check of an advice.
    case : mapping
        The answers that are given, as `Assessment` names them; a sign is ``"signs.<id>"``.
    """

    id: str
    page: str
    kind: ExerciseKind
    task: str
    hint: str
    done: str
    sources: tuple[str, ...]
    options: tuple[ExerciseOption, ...] = ()
    blanks: tuple[Blank, ...] = ()
    check: str = ""
    words: tuple[str, ...] = ()
    seconds: int | None = None
    wanted: Tactic | None = None
    case: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "case", MappingProxyType(dict(self.case)))


def exercises(page: str | None = None) -> tuple[Exercise, ...]:
    """List the exercises of a page, or of all pages, in the order in which they are shown.

    Examples
    --------
    >>> [exercise.id for exercise in exercises("00_start_here")]
    ['start_what_decides', 'start_true_of_the_kit']
    """
    return tuple(one for one in _exercises(language()) if page in (None, one.page))


@cache
def _exercises(of: str) -> tuple[Exercise, ...]:
    return tuple(_exercise(block, where) for where, block in read_blocks(of, "exercises", "exercise"))


def _exercise(block: Mapping[str, Any], where: str) -> Exercise:
    given = dict(block)
    try:
        made = Exercise(
            **given
            | {
                "kind": ExerciseKind(str(given.get("kind"))),
                "sources": tuple(given.get("sources", ())),
                "options": tuple(ExerciseOption(**option) for option in given.pop("option", ())),
                "blanks": tuple(_blank(blank) for blank in given.pop("blank", ())),
                "words": tuple(given.get("words", ())),
                "wanted": Tactic(given["wanted"]) if "wanted" in given else None,
            }
        )
    except (TypeError, ValueError) as error:
        raise ContentError(f"{where}: {error}") from None
    if wrong := _what_is_wrong(made):
        raise ContentError(f"{where}: {wrong}")
    return made


def _blank(given: Mapping[str, Any]) -> Blank:
    return Blank(**{**given, "options": tuple((value, label) for value, label in given.get("options", ()))})


def _what_is_wrong(made: Exercise) -> str:
    """Say in a sentence what is wrong and what to do about it; nothing if all is well."""
    if not _PAGE.fullmatch(made.page):
        return f"{made.page!r} is no page; write its name, such as 02_close."
    return wrong_sources(made.sources) or _same_ids(made) or _KINDS[made.kind](made)


def wrong_sources(sources: tuple[str, ...]) -> str:
    """Say what is wrong with the sources of a block; nothing if all is well."""
    if not sources:
        return "it names no source; write the points that it rests on, such as sources = ['S6']."
    unknown = [one for one in sources if not SOURCE.fullmatch(one)]
    return f"{unknown[0]!r} is no point of the source article; choose among S1 to S24." if unknown else ""


def _same_ids(made: Exercise) -> str:
    ids = [option.id for option in made.options] + [blank.id for blank in made.blanks]
    twice = [name for name in ids if ids.count(name) > 1]
    return f"the id {twice[0]!r} is there twice; give each option and blank its own." if twice else ""


def _wrong_one(made: Exercise) -> str:
    right = sum(option.right for option in made.options)
    if right != 1 or len(made.options) < 2:
        return f"{right} of {len(made.options)} options are right; write at least two, one of them with right = true."
    if bool(made.case) != bool(made.wanted):
        return "a case needs the tactic that the kit advises in it, and the other way round; write wanted and case."
    return ""


def _wrong_several(made: Exercise) -> str:
    right = sum(option.right for option in made.options)
    if right in (0, len(made.options)):
        return f"{right} of {len(made.options)} options are right; there must be right and wrong ones."
    return ""


def _wrong_order(made: Exercise) -> str:
    if len(made.options) < 3 or any(option.right for option in made.options):
        return "write at least three options in the right order, and none with right = true."
    return ""


def _wrong_write(made: Exercise) -> str:
    if not made.blanks or made.check not in CHECKS:
        return f"write at least one blank, and a check: one of {', '.join(CHECKS)}."
    needed = {"question": ("words",), "pitch": ("seconds",), "advice": ("wanted", "case")}.get(made.check, ())
    missing = [name for name in needed if not getattr(made, name)]
    return f"the check of {made.check} needs {' and '.join(missing)}; write {missing[0]} = …" if missing else ""


_KINDS = {
    ExerciseKind.ONE: _wrong_one,
    ExerciseKind.SEVERAL: _wrong_several,
    ExerciseKind.ORDER: _wrong_order,
    ExerciseKind.WRITE: _wrong_write,
}
