"""How a test uses the exercises and the review questions without a browser."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from driving import html_below, text_of

import closing_lib as cl
from closing_lib.content import exercises
from closing_lib.records import AttemptRow, OutcomeLog
from closing_lib.study.checks import solution

BY_ID = {exercise.id: exercise for exercise in exercises()}


def enter(form: cl.ExerciseForm, name: str, answer: Mapping[str, object]) -> None:
    """Answer an exercise as its check takes it: True and False are Yes and No."""
    words = {True: "yes", False: "no"}
    for slot, value in answer.items():
        form.controls[f"{name}.{slot}"].value = words[value] if isinstance(value, bool) else value


def solve(form: cl.ExerciseForm, name: str) -> None:
    """Enter the solution of an exercise, and check it."""
    enter(form, name, solution(BY_ID[name]))
    form.parts[name].check_button.click()


def part_text(form: cl.ExerciseForm, name: str) -> str:
    """Give all text of one exercise."""
    return text_of(html_below(form.parts[name].view))


def attempts(log: OutcomeLog) -> list[tuple[str, str, bool]]:
    """Give what the log holds of attempts."""
    return [(row.kind.value, row.item, row.passed) for row in log.rows(AttemptRow)]


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Let it be another day."""
    monkeypatch.setenv("CLOSING_TODAY", day)
