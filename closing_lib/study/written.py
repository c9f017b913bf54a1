"""The checks of what a person writes, the same as on the pages: the question, the pitch, the reply, the advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from closing_lib.advice.concern import reply_to_concern
from closing_lib.advice.pitch import Pitch, check_pitch
from closing_lib.advice.questions import check_question
from closing_lib.advice.recommendation import recommend
from closing_lib.advice.wording import find_words
from closing_lib.assessment import Assessment
from closing_lib.content import Exercise, text

Written = Mapping[str, str]
_CHOSEN = {"yes": True, "no": False, "unknown": None}


def _question(exercise: Exercise, written: Written) -> list[str]:
    """Check a question (S4, S5): it is ready to ask, and about what was found out."""
    wrong = []
    for said in written.values():
        if not said.endswith("?"):
            wrong.append(text("study.check.no_question"))
        if not find_words(said, exercise.words):
            wrong.append(text("study.check.not_about_them"))
        wrong += [str(remark) for remark in check_question(said)]
    return wrong


def _pitch(exercise: Exercise, written: Written) -> list[str]:
    """Check a pitch (S10): no hedge, no apology, not too long."""
    review = check_pitch(Pitch(**written))
    wrong = [str(weakness) for weakness in review.weaknesses]
    if exercise.seconds is not None and review.seconds > exercise.seconds:
        wrong.append(text("study.check.too_long", seconds=review.seconds, most=exercise.seconds))
    return wrong


def _reply(_exercise: Exercise, written: Written) -> list[str]:
    """Check a reply to a concern (S16): every move in the person's own words, none an apology, none too long."""
    reply = reply_to_concern(**written)
    missing = [text("study.check.move_missing", move=text(f"concern.{move}.name")) for move in reply.missing]
    return missing + [remark.text for remark in reply.remarks]


def _advice(exercise: Exercise, written: Written) -> list[str]:
    """Check whether the answers lead to the wanted advice; if not, say what they lead to, and why."""
    advice = recommend(assessment_of({**exercise.case, **written}))
    if advice.tactic is exercise.wanted:
        return []
    named = text(f"tactics.{advice.tactic}.name")
    return [text("study.check.other_advice", tactic=named), *(reason.text for reason in advice.reasons[:-1])]


def assessment_of(answers: Mapping[str, Any]) -> Assessment:
    """Make an assessment of an exercise's answers: its case, and what was chosen.

    Examples
    --------
    >>> made = assessment_of({"signs.overran": "yes", "confidence": "4", "round": "final"})
    >>> made.signs["overran"], made.confidence, str(made.round)
    (True, 4, 'final')
    """
    meant = {name: _meant(value) for name, value in answers.items()}
    signs = {name.removeprefix("signs."): value for name, value in meant.items() if name.startswith("signs.")}
    return Assessment(signs=signs, **{name: value for name, value in meant.items() if not name.startswith("signs.")})


def _meant(value: Any) -> Any:
    """Read a chosen word: yes, no, can't tell or a rating; anything else is itself, such as a round."""
    if not isinstance(value, str):
        return value
    return int(value) if value.isdecimal() else _CHOSEN.get(value, value)


WRITTEN: Mapping[str, Callable[[Exercise, Written], list[str]]] = {
    "question": _question,
    "pitch": _pitch,
    "reply": _reply,
    "advice": _advice,
}
