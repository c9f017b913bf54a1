"""An exercise as fields of a form: how it is asked, what was answered, and its solution in words."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from closing_lib.content import Blank, Exercise, text
from closing_lib.forms.base.fields import Field, Option
from closing_lib.models import ExerciseKind
from closing_lib.study.checks import CHOSEN, Answer, slots, solution


def fields_of(exercise: Exercise) -> list[Field]:
    """List the fields of an exercise, each named by the exercise and what it asks for: ``close_in_order.1``."""
    return _FIELDS[exercise.kind](exercise)


def named(exercise: Exercise, slot: str) -> str:
    """Name a field."""
    return f"{exercise.id}.{slot}"


def answer_to(exercise: Exercise, answers: Mapping[str, Any]) -> Answer:
    """Collect what was answered to an exercise, as its check takes it."""
    return {slot: answers[named(exercise, slot)] for slot in slots(exercise)}


def task_of(exercise: Exercise) -> str:
    """Find the task as a sentence of its own; if one option is chosen, the task is the label of the control."""
    return "" if exercise.kind is ExerciseKind.ONE else exercise.task


def solution_of(exercise: Exercise) -> str:
    """Write a solution as an HTML list."""
    found = solution(exercise)
    texts = {option.id: option.text for option in exercise.options}
    match exercise.kind:
        case ExerciseKind.ONE:
            return _list("ul", [texts[str(found[CHOSEN])]])
        case ExerciseKind.ORDER:
            return _list("ol", [texts[str(option)] for option in found.values()])
        case ExerciseKind.SEVERAL:
            return _list("ul", [_chosen(texts[option], bool(is_right)) for option, is_right in found.items()])
    return _list("ul", [_filled(blank) for blank in exercise.blanks])


def _one(exercise: Exercise) -> list[Field]:
    options = tuple(Option(option.id, option.text, option.id) for option in exercise.options)
    return [Field(named(exercise, CHOSEN), exercise.task, "column", options)]


def _several(exercise: Exercise) -> list[Field]:
    yes_no = (Option("yes", text("study.yes"), True), Option("no", text("study.no"), False))
    return [Field(named(exercise, option.id), option.text, "choice", yes_no) for option in exercise.options]


def _order(exercise: Exercise) -> list[Field]:
    # In the order of the alphabet, which gives nothing away.
    offered = sorted((Option(option.id, option.text, option.id) for option in exercise.options), key=_label)
    options = (Option("", text("study.choose"), None), *offered)
    return [Field(named(exercise, slot), text("study.place", number=slot), "pick", options) for slot in slots(exercise)]


def _write(exercise: Exercise) -> list[Field]:
    return [_blank(exercise, blank) for blank in exercise.blanks]


def _blank(exercise: Exercise, blank: Blank) -> Field:
    options = tuple(Option(value, label, value) for value, label in blank.options)
    return Field(named(exercise, blank.id), blank.label, "choice" if options else "notes", options)


def _label(option: Option) -> str:
    return option.label.casefold()


def _chosen(label: str, is_right: bool) -> str:
    return text("study.solution_chosen", label=label, solution=text("study.yes" if is_right else "study.no"))


def _filled(blank: Blank) -> str:
    said = dict(blank.options).get(blank.solution, blank.solution)
    return text("study.solution_filled", label=blank.label, solution=said)


def _list(tag: str, sentences: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{escape(sentence)}</li>' for sentence in sentences)}</{tag}>"


_FIELDS = {
    ExerciseKind.ONE: _one,
    ExerciseKind.SEVERAL: _several,
    ExerciseKind.ORDER: _order,
    ExerciseKind.WRITE: _write,
}
