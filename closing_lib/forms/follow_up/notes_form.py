"""A form about one interview of the log, with answers of their own for each person who was met there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from closing_lib.casework.case import Case
from closing_lib.casework.days_off import DRAFT
from closing_lib.casework.prepared import Prepared
from closing_lib.clock import today
from closing_lib.documents.letter import LetterKind
from closing_lib.forms.base.fields import Field, dump, load, offer
from closing_lib.forms.base.form import Form, in_one_state
from closing_lib.forms.follow_up.fields import interview_options, person_options
from closing_lib.forms.follow_up.letter_notes import COORDINATOR, OWN, LetterNotes
from closing_lib.forms.outcomes.log_fields import unchosen
from closing_lib.records import OutcomeLog

_KEPT = ("me", "kind", "country", "thanks")  # of the form itself, whatever the interview


class NotesForm(Form):
    """A form that keeps two kinds of drafts: one of its own, and one of the notes for each interview.

    What is picked fills in what belongs to it: an interview its people, a person what was noted about them. Strength
    and interest are offered from the preparation.

    Attributes
    ----------
    notes : LetterNotes
        What is noted about the people of the interview that is picked.
    """

    name = DRAFT
    drafted = (*_KEPT, "interview", "person")

    def __init__(self, fields: Iterable[Field], log: OutcomeLog | None) -> None:
        self.notes = LetterNotes()
        self._picked: int | None = None  # the interview that the notes are about
        self._last_read: Case | None = None
        self._notes_before: Mapping[str, Any] = {}  # what was kept of them when they were last read or kept
        super().__init__(fields, log)

    @property
    def case(self) -> Case | None:
        """The interview that is picked, with what the log holds around it, or held when it could last be read."""
        number = self.answers["interview"]
        if not number:
            return None
        found = self.read(lambda log: (Case.read(log, number, today()),), None)
        if found is not None:
            (self._last_read,) = found
        return self._last_read

    @property
    def writes_to_coordinator(self) -> bool:
        """Whether the letter goes to whoever arranged the interview, and to none of those met."""
        return bool(self.answers["kind"] == LetterKind.PANEL_THANKS)

    @property
    def about(self) -> str | None:
        """Whose notes the form shows."""
        return COORDINATOR if self.writes_to_coordinator and self.notes.names else self.answers["person"]

    @in_one_state
    def offer_choices(self) -> None:
        """Offer the interviews of the log, the newest first."""
        found = self.read(interview_options, None)
        if found is None:  # a log that cannot be read for a moment does not take away what was picked
            return
        with self._quietly():
            offer(self.controls["interview"], found or [unchosen()])
        if self.answers["interview"] != self._picked:
            self._fill_in_interview()

    def clear(self) -> None:
        """Empty the form, and forget its draft and the notes about the interview that is picked."""
        self._forget_draft(DRAFT, self._draft)
        self._forget_draft(_notes_draft(self._picked), self._notes_before)
        with self._quietly():
            for name in _KEPT:
                self.controls[name].value = self.fields[name].blank()
            self.controls["interview"].value = self.controls["interview"].options[0][1]
        self._fill_in_interview()
        self._draft, self._elsewhere = self._dumped(), {}
        self.refresh()

    def _answered(self, change: Any) -> None:
        if self._is_quiet:
            return
        self._follow(next(name for name, control in self.controls.items() if control is change["owner"]))
        super()._answered(change)

    def _follow(self, name: str) -> None:
        """Fill in what belongs to another interview or person, or keep what was typed about this one."""
        person = self.about
        if name == "interview":
            self._fill_in_interview()
        elif name in ("person", "kind"):
            self._fill_in_person()
        elif name == "people":
            self.notes = self.notes.with_people(self.controls["people"].value)
            self._offer_people()
            self._keep_notes()
        elif name in OWN and person:
            self.notes = self.notes.about(person, {one: dump(self.controls[one]) or "" for one in OWN})
            self._keep_notes()

    def _keep_notes(self) -> None:
        if self._picked:
            now = self.notes.dumped()
            self._notes_before = self._keep_draft(_notes_draft(self._picked), self._notes_before, now)

    @in_one_state
    def _restore(self) -> None:
        kept: Mapping[str, object] = self.read(lambda log: log.draft(DRAFT) or {}, {})
        self._draft = kept
        for name in (*_KEPT, "interview"):
            if kept.get(name):
                load(self.controls[name], kept[name])
        self._fill_in_interview()
        if kept.get("person"):
            load(self.controls["person"], kept["person"])
            self._fill_in_person()

    def _fill_in_interview(self) -> None:
        number = self.answers["interview"]
        found = self.read(lambda log: noted(log, number), None) if number else LetterNotes()
        if found is None:  # it cannot be read now, so what was picked before stays
            with self._quietly():
                load(self.controls["interview"], self._picked)
            return
        self._picked, self.notes = number, found
        self._notes_before = found.dumped()
        with self._quietly():
            self.controls["people"].value = self.notes.people
        self._offer_people()

    def _offer_people(self) -> None:
        with self._quietly():
            offer(self.controls["person"], person_options(self.notes.names) or [unchosen()])
        self._fill_in_person()

    def _fill_in_person(self) -> None:
        with self._quietly():
            for name, said in self.notes.said_of(self.about).items():
                self.controls[name].value = self.fields[name].blank()
                if said:
                    load(self.controls[name], said)


def noted(log: OutcomeLog, interview: int) -> LetterNotes:
    """Give what a log holds of the notes about an interview, with what is offered for its letters."""
    case = Case.read(log, interview, today())
    if case is None:
        return LetterNotes()
    prepared = Prepared.read(log)
    fits = prepared.is_for(case.application.company)
    offered = {"strength": prepared.skills, "interest": prepared.desire} if fits else {}
    notes = LetterNotes.loaded(log.draft(_notes_draft(interview)), case.interview.interviewers, offered)
    asked = [event.note for event in case.asked if event.note in notes.names]
    return replace(notes, offered={**offered, "written_to": asked[-1]}) if asked else notes


def _notes_draft(interview: int | None) -> str:
    return f"{DRAFT}:{interview}"
