"""One exercise on its form: its controls, its three buttons, and what was said of it last."""

from __future__ import annotations

from html import escape

import ipywidgets

from closing_lib.content import Exercise, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, button, html
from closing_lib.forms.study.exercise_fields import solution_of, task_of
from closing_lib.study.checks import Verdict


class ExercisePart:
    """What the form shows of one exercise.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    number, of : int
        Its place on the page, and how many there are.

    Attributes
    ----------
    check_button : SaveButton
        Checks the answer, once every answer given before has reached the kernel.
    hint_button, solution_button : ipywidgets.Button
        Show the hint; and a solution, once the hint was shown or a check has failed.
    is_hinted, is_solution_shown : bool
        What was shown since the page was opened.
    view : ipywidgets.Box
        All of it.
    """

    def __init__(self, exercise: Exercise, number: int, of: int) -> None:
        self.exercise = exercise
        self.is_hinted = self.is_solution_shown = False
        self.view = box([], "ck-exercise")
        self._title = text("study.number", number=number, of=of)
        self._head, self._said = html(), html('<div role="status"></div>', "ck-status", "ck-said")
        self._hint, self._solution = html("", "ck-said"), html("", "ck-said")
        self.check_button = SaveButton(description=text("study.check_button", number=number))
        self.hint_button = button(text("study.hint_button", number=number))
        self.solution_button = button(text("study.solution_button", number=number))
        self.hint_button.on_click(lambda _button: self.show_hint())
        self.solution_button.on_click(lambda _button: self.show_solution())

    def lay_out(self, controls: list[ipywidgets.Widget]) -> None:
        """Lay it out around its controls."""
        task = task_of(self.exercise)
        buttons = box([self.check_button, self.hint_button, self.solution_button], "ck-buttons")
        below = [buttons, self._said, self._hint, self._solution]
        self.view.children = (self._head, *([html(paragraph(task))] if task else []), *controls, *below)

    def show(self, *, is_done: bool, may_see_solution: bool) -> None:
        """Show whether it is done, in words; and let the solution be seen, if it may."""
        mark, word = ("✓ ", "done") if is_done else ("", "to_do")
        state = f'<span class="{"ck-done" if is_done else "ck-muted"}">{mark}{escape(text(f"study.{word}"))}</span>'
        self._head.value = f'<h3 class="ck-step" tabindex="-1">{escape(self._title)} · {state}</h3>'
        self.solution_button.disabled = not (may_see_solution or self.is_hinted)

    def say(self, verdict: Verdict) -> None:
        """Say whether an answer is right, and why."""
        opening = text("study.right") if verdict.passed else text("study.not_yet")
        said = "".join(f"<li>{escape(sentence)}</li>" for sentence in verdict.said)
        self._said.value = f'<div role="status"><p><strong>{escape(opening)}</strong></p><ul>{said}</ul></div>'

    def show_hint(self) -> None:
        """Show the hint."""
        self.is_hinted = True
        self.solution_button.disabled = False
        said = f"<strong>{escape(text('study.hint_title'))}</strong> {escape(self.exercise.hint)}"
        self._hint.value = f'<p role="status">{said}</p>'

    def show_solution(self) -> None:
        """Show a solution."""
        self.is_solution_shown = True
        opening = f"<p><strong>{escape(text('study.solution_title'))}</strong></p>"
        self._solution.value = f'<div role="status">{opening}{solution_of(self.exercise)}</div>'
