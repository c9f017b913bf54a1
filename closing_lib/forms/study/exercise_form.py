"""The exercises of a page, one under the other: each is checked, hinted at and solved where it stands."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets

from closing_lib.casework.study_log import NOTHING_TRIED, add, tried
from closing_lib.clock import today
from closing_lib.content import exercises, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.form import Form, in_one_state
from closing_lib.forms.base.sheet import box, heading, html
from closing_lib.forms.base.watch import watch, written
from closing_lib.forms.study.exercise_fields import answer_to, fields_of, named
from closing_lib.forms.study.exercise_part import ExercisePart
from closing_lib.models import AttemptKind
from closing_lib.records import OutcomeLog
from closing_lib.records.file_names import shown
from closing_lib.study.checks import Verdict, check_exercise, slots
from closing_lib.study.tried import Tried, passed_exercises


class ExerciseForm(Form):
    """Try what a page teaches, and read what is wrong and why.

    Parameters
    ----------
    page : str
        The name of the page, such as ``"02_close"``.
    log : OutcomeLog or None
        Where attempts and half-filled answers are kept; the person's own log where none is given.

    Attributes
    ----------
    parts : dict of str to ExercisePart
        Each exercise by its id, with its buttons.

    Raises
    ------
    ValueError
        If the page has no exercises.

    Examples
    --------
    >>> form = ExerciseForm("00_start_here")                                # doctest: +SKIP
    >>> form.parts["start_what_decides"].check_button.click()               # doctest: +SKIP
    """

    def __init__(self, page: str, log: OutcomeLog | None = None) -> None:
        self.page = page
        self.name = f"exercises_{page}"
        self.exercises = exercises(page)
        if not self.exercises:
            raise ValueError(text("study.no_exercises", page=shown(page), pages=", ".join(_pages())))
        self._summary = html()
        self._tried_here: list[Tried] = []  # in a log that cannot be used it would not be found again
        numbered = enumerate(self.exercises, start=1)
        self.parts = {one.id: ExercisePart(one, number, len(self.exercises)) for number, one in numbered}
        for name, part in self.parts.items():
            part.check_button.on_click(self._checking(name))
        super().__init__([field for one in self.exercises for field in fields_of(one)], log)
        for part in self.parts.values():
            part.check_button.waits_for = [control.model_id for control in self._controls(part)]
        watch(self)

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay the exercises out, one under the other."""
        head = [heading(text("study.title"), text("study.intro")), self._summary]
        return [box([*head, *(part.view(self._controls(part)) for part in self.parts.values())], "ck-sheet")]

    @in_one_state
    def refresh(self) -> None:
        """Show what is done."""
        made = (*self.read(tried, NOTHING_TRIED), *self._tried_here)
        done = passed_exercises(made)
        failed = {one.item for one in made if one.kind is AttemptKind.EXERCISE and not one.passed}
        for name, part in self.parts.items():
            part.show(is_done=name in done, may_see_solution=name in failed)
        count = sum(name in done for name in self.parts)
        self._summary.value = paragraph(text("study.few_left", done=count, of=len(self.parts)))

    def check(self, name: str) -> Verdict:
        """Check the answer to an exercise, say what is wrong with it, and keep that it was tried.

        What is not whole yet is told, and counts as no attempt.
        """
        part = self.parts[name]
        verdict = check_exercise(part.exercise, answer_to(part.exercise, self.answers))
        part.say(verdict)
        if self._is_whole(part):
            shown = {"hinted": part.is_hinted, "solution_shown": part.is_solution_shown}
            self._tried_here.append(Tried(AttemptKind.EXERCISE, name, verdict.passed, today()))
            self.write_to_log(lambda log: add(log, AttemptKind.EXERCISE, name, verdict.passed, **shown))
            written()
        self.refresh()
        return verdict

    def __repr__(self) -> str:
        return f"ExerciseForm({self.page!r}, {len(self.parts)} exercises)"

    def _checking(self, name: str) -> Callable[[object], Verdict]:
        return lambda _button: self.check(name)

    def _controls(self, part: ExercisePart) -> list[ipywidgets.Widget]:
        return [self.controls[named(part.exercise, slot)] for slot in slots(part.exercise)]

    def _is_whole(self, part: ExercisePart) -> bool:
        names = [named(part.exercise, slot) for slot in slots(part.exercise)]
        return all(self.fields[name].is_answered(self.controls[name]) for name in names)


def _pages() -> list[str]:
    return list(dict.fromkeys(exercise.page for exercise in exercises()))
