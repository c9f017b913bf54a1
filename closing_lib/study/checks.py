"""Whether an exercise is solved, and if not, what is wrong with the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from closing_lib.content import Exercise, ExerciseOption, text
from closing_lib.models import ExerciseKind
from closing_lib.study.written import WRITTEN

CHOSEN = "chosen"  # the name of the answer when one option is chosen
Answer = Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and why.

    Attributes
    ----------
    passed : bool
        Whether it is right.
    said : tuple of str
        Why it is, or what is wrong, in sentences.
    """

    passed: bool
    said: tuple[str, ...]


def check_exercise(exercise: Exercise, answer: Answer) -> Verdict:
    """Check the answer to an exercise.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    answer : mapping
        For ONE: ``{"chosen": id}``. For SEVERAL: option id -> True or False. For ORDER: ``"1"``, ``"2"``, … -> option
        id. For WRITE: blank id -> text. What is missing or None is not answered yet.

    Examples
    --------
    >>> from closing_lib.content import exercises
    >>> first = exercises("00_start_here")[0]
    >>> check_exercise(first, {"chosen": "how_it_went"}).passed
    True
    >>> check_exercise(first, {"chosen": "liked_them"}).said[0].split(".")[0]
    '“How much I liked the interviewer”: When we like someone, we tend to be too hopeful'
    """
    wrong = _CHECKS[exercise.kind](exercise, answer)
    return Verdict(not wrong, tuple(wrong) or (exercise.done,))


def slots(exercise: Exercise) -> tuple[str, ...]:
    """List the names of the answers that an exercise asks for."""
    if exercise.kind is ExerciseKind.ONE:
        return (CHOSEN,)
    if exercise.kind is ExerciseKind.ORDER:
        return tuple(str(place) for place, _ in enumerate(exercise.options, start=1))
    return (*(option.id for option in exercise.options), *(blank.id for blank in exercise.blanks))


def solution(exercise: Exercise) -> Answer:
    """Find an answer that is right.

    Examples
    --------
    >>> from closing_lib.content import exercises
    >>> solution(exercises("00_start_here")[0])
    {'chosen': 'how_it_went'}
    """
    match exercise.kind:
        case ExerciseKind.ONE:
            return {CHOSEN: next(option.id for option in exercise.options if option.right)}
        case ExerciseKind.SEVERAL:
            return {option.id: option.right for option in exercise.options}
        case ExerciseKind.ORDER:
            return {slot: option.id for slot, option in zip(slots(exercise), exercise.options, strict=True)}
    return {blank.id: blank.solution for blank in exercise.blanks}


def _one(exercise: Exercise, answer: Answer) -> list[str]:
    chosen = next((option for option in exercise.options if option.id == answer.get(CHOSEN)), None)
    if chosen is None:
        return [text("study.check.choose")]
    return [] if chosen.right else [_about(chosen)]


def _several(exercise: Exercise, answer: Answer) -> list[str]:
    if unanswered := [option for option in exercise.options if answer.get(option.id) is None]:
        return [text("study.check.unanswered", options="; ".join(_quoted(option) for option in unanswered))]
    return [_about(option) for option in exercise.options if answer[option.id] is not option.right]


def _order(exercise: Exercise, answer: Answer) -> list[str]:
    options = {option.id: option for option in exercise.options}
    places = [options.get(str(answer.get(slot))) for slot in slots(exercise)]
    if empty := [str(place) for place, option in enumerate(places, start=1) if option is None]:
        return [text("study.check.empty_places", places=", ".join(empty))]
    placed = [option for option in places if option is not None]
    if twice := [option for option, number in Counter(placed).items() if number > 1]:
        return [text("study.check.twice", option=_quoted(option)) for option in twice]
    for place, (found, right) in enumerate(zip(placed, exercise.options, strict=True), start=1):
        if found != right:
            return [text("study.check.too_early", option=_quoted(found), place=place, why=found.why)]
    return []


def _write(exercise: Exercise, answer: Answer) -> list[str]:
    written = {blank.id: str(answer.get(blank.id) or "").strip() for blank in exercise.blanks}
    if empty := [blank.label for blank in exercise.blanks if not written[blank.id]]:
        return [text("study.check.unanswered", options="; ".join(empty))]
    return WRITTEN[exercise.check](exercise, written)


def _about(option: ExerciseOption) -> str:
    return text("study.check.about", option=_quoted(option), why=option.why)


def _quoted(option: ExerciseOption) -> str:
    return option.text if option.text.startswith("“") else f"“{option.text}”"


_CHECKS: Mapping[ExerciseKind, Callable[[Exercise, Answer], list[str]]] = {
    ExerciseKind.ONE: _one,
    ExerciseKind.SEVERAL: _several,
    ExerciseKind.ORDER: _order,
    ExerciseKind.WRITE: _write,
}
