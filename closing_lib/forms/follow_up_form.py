"""The form for the days after: the letter to each interviewer, the dates to follow up, the business card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import ipywidgets

from closing_lib.advice.calendar_file import calendar_file
from closing_lib.advice.contact_card import Contact, contact_card
from closing_lib.advice.document import document
from closing_lib.advice.letter import Letter
from closing_lib.advice.mail_draft import mail_draft
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.forms.days_off import DRAFT
from closing_lib.forms.fields import Option, load, offer
from closing_lib.forms.follow_up_case import RECORDED, Case
from closing_lib.forms.follow_up_fields import follow_up_fields, interview_options, person_options
from closing_lib.forms.form import Form
from closing_lib.forms.letter_card import contact_note, dates_card, hint, letter_card, noted
from closing_lib.forms.letter_notes import CARD, LETTER, LetterNotes
from closing_lib.forms.log_fields import unchosen
from closing_lib.forms.saved_files import FOLDER, save_file
from closing_lib.forms.sheet import box, button, heading, html, spoken
from closing_lib.forms.watch import watch, written
from closing_lib.records import OutcomeLog

_LETTER_FILES: Mapping[str, tuple[str, Callable[[Letter], bytes]]] = {
    "text": ("txt", lambda letter: letter.text.encode()),
    "docx": ("docx", lambda letter: document(letter, today())),
    "eml": ("eml", mail_draft),
}
_OWN = (*LETTER, *CARD)  # what is asked about one person
_LABELS = {**{name: f"letter.{name}" for name in _LETTER_FILES}, "dates": "dates.save", "card": "card.save"}


class FollowUpForm(Form):
    """Write the letters after an interview of the log, plan what follows, and save all of it as files.

    Nothing is sent: files are saved beside the log, and what was sent is noted in it on demand.

    Parameters
    ----------
    log : OutcomeLog or None
        Where the interview is, and where drafts are kept; the person's own log where none is given.

    Attributes
    ----------
    save_buttons : dict of str to ipywidgets.Button
        ``"text"``, ``"docx"`` and ``"eml"`` for the letter, ``"dates"`` and ``"card"``.
    sent_button : ipywidgets.Button
        Notes in the log that the letter was sent.
    said : dict of str to str
        What the form said last about the letter, the dates and the card.
    """

    name = DRAFT

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.said = dict.fromkeys(("letter", "dates", "card"), "")
        self._shown = {name: html() for name in ("letter", "dates")}
        self._statuses = {name: html("", "ck-status") for name in self.said}
        self.save_buttons = {name: button(text(f"follow_up.{key}")) for name, key in _LABELS.items()}
        for name, made in self.save_buttons.items():
            made.on_click(lambda _button, name=name: self.save(name))
        self.sent_button = button(text("follow_up.letter.sent_thank_you"), "ck-primary")
        self.sent_button.on_click(lambda _button: self.note_as_sent())
        self._notes = LetterNotes()
        super().__init__(follow_up_fields(), log)
        watch(self)

    # --- What it shows

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the questions and the letter side by side, and the dates and the card below."""
        self.controls["people"].continuous_update = False  # half a name is nobody's
        first = box([self.controls[name] for name in ("interview", "me", "people", "person")], "ck-pair")
        own = [self.controls[name] for name in ("kind", *LETTER)]
        files = box([self.save_buttons[name] for name in _LETTER_FILES], "ck-buttons")
        sent = box([self.sent_button], "ck-buttons")
        written_down = box([_title("letter"), first, *own], "ck-sheet")
        read = box([self._shown["letter"], files, sent, self._statuses["letter"]], "ck-sheet", "ck-answer")
        dates = [_title("dates"), self.controls["country"], self._shown["dates"], *self._saving("dates")]
        card = [_title("card"), *(self.controls[name] for name in CARD), *self._saving("card")]
        below = box([box(dates, "ck-sheet"), box(card, "ck-sheet")], "ck-sheets")
        below.layout.margin = "22px 0 0"
        return [box([written_down, read], "ck-sheets"), below]

    def offer_choices(self) -> None:
        """Offer the interviews of the log, the newest first, and the people of the one that is picked."""
        with self._quietly():
            nothing: tuple[Option, ...] = ()
            offer(self.controls["interview"], [unchosen(), *self.read(interview_options, nothing)])

    def refresh(self) -> None:
        """Show the letter as it is now, and what lies ahead."""
        self.offer_choices()
        case = self.case
        letter = self._letter(case)
        is_known = case is not None or len(self.controls["interview"].options) > 1
        self._shown["letter"].value = letter_card(letter, is_any=is_known)
        self._shown["dates"].value = dates_card(case)
        for name in _LETTER_FILES:
            self.save_buttons[name].disabled = letter is None or not letter.is_whole
        self.save_buttons["dates"].disabled = case is None or not case.planned
        self.save_buttons["card"].disabled = letter is None
        self._offer_to_note(case, letter)
        hints = {"letter": hint(case, letter), "dates": text("follow_up.dates.national"), "card": ""}
        for name, status in self._statuses.items():
            status.value = spoken(self.said[name] or hints[name])

    def __repr__(self) -> str:
        return f"FollowUpForm({len(self.controls['interview'].options) - 1} interviews)"

    # --- What follows from the answers

    @property
    def case(self) -> Case | None:
        """The interview that is picked, with what the log holds around it."""
        number = self.answers["interview"]
        return self.read(lambda log: Case.read(log, number, today()), None) if number else None

    @property
    def letter(self) -> Letter | None:
        """The letter as it reads now; None where there is nobody to write to."""
        return self._letter(self.case)

    def _letter(self, case: Case | None) -> Letter | None:
        given = self.answers
        if case is None:
            return None
        return case.letter(given["kind"], given["me"] or "", self._notes.persons, given["person"])

    def _offer_to_note(self, case: Case | None, letter: Letter | None) -> None:
        can_note = letter is not None and letter.kind in RECORDED
        self.sent_button.layout.display = None if letter is None or can_note else "none"
        if case and letter and can_note:
            self.sent_button.description = text(f"follow_up.letter.sent_{letter.kind}")
        self.sent_button.disabled = not (case and letter and can_note and case.noted(letter) is None)

    # --- What its buttons do

    def save(self, name: str) -> None:
        """Save the letter, the dates or the card as a file, and say where."""
        self._say(name, self.read(lambda log: self._saved(log, name), ""))
        self.refresh()

    def note_as_sent(self) -> None:
        """Write into the log that the letter was sent today, once."""
        case, letter = self.case, self.letter
        if case is None or letter is None or letter.kind not in RECORDED or case.noted(letter):
            return
        kind, name = RECORDED[letter.kind], letter.to.name
        if self.write_to_log(lambda log: log.add_event(case.application.application, kind, today(), name)):
            self.said["letter"] = noted("noted", kind, name, today())
            written()
        self.refresh()

    def _say(self, name: str, said: str) -> None:
        self.said["letter" if name in _LETTER_FILES else name] = said

    def _saved(self, log: OutcomeLog, name: str) -> str:
        try:
            path = self._write(log, name)
        except OSError as error:
            return text("follow_up.letter.not_saved", error=error.strerror or type(error).__name__)
        return text("follow_up.letter.saved", name=path.name, folder=FOLDER) if path else ""

    def _write(self, log: OutcomeLog, name: str) -> Path | None:
        case, letter = self.case, self.letter
        if case is None:
            return None
        about = [case.key, case.application.company]
        if name == "dates":
            key = f"{case.key}-{case.interview.held_on}"
            content = calendar_file(case.planned, case.occasion(""), key, dt.datetime.now(dt.UTC))
            return save_file(log, [text("follow_up.file.dates"), *about], "ics", content)
        if letter is None:
            return None
        if name == "card":
            content = contact_card(self._contact(case, letter))
            return save_file(log, [text("follow_up.file.card"), *about, letter.to.name], "vcf", content)
        ending, made = _LETTER_FILES[name]
        return save_file(log, [text(f"follow_up.file.{letter.kind}"), *about, letter.to.name], ending, made(letter))

    def _contact(self, case: Case, letter: Letter) -> Contact:
        given = self.answers
        details = {"title": given["job"] or "", "phone": given["phone"] or "", "email": letter.to.email}
        return Contact(letter.to.name, case.application.company, note=contact_note(case), **details)

    # --- Drafts: one for the form, and one for the notes of each interview

    def _answered(self, change: Any) -> None:
        if self._is_quiet:
            return
        name = next(name for name, control in self.controls.items() if control is change["owner"])
        self.said = dict.fromkeys(self.said, "")
        self._follow(name)
        super()._answered(change)
        if name == "country":
            written()

    def _follow(self, name: str) -> None:
        """Fill in what belongs to another interview or person, or keep what was typed about this one."""
        if name == "interview":
            self._fill_in_interview()
        elif name == "person":
            self._fill_in_person()
        elif name == "people":
            self._notes = self._notes.with_people(self.controls["people"].value)
            self._offer_people()
            self._keep()
        elif name in _OWN and self.answers["person"]:
            typed = {own: self.controls[own].value for own in _OWN}
            self._notes = self._notes.about(self.answers["person"], typed)
            self._keep()

    def _keep(self) -> None:
        if number := self.answers["interview"]:
            self.write_to_log(lambda log: log.save_draft(f"{DRAFT}:{number}", self._notes.dumped()))

    def _restore(self) -> None:
        kept: Mapping[str, object] = self.read(lambda log: log.draft(DRAFT) or {}, {})
        for name in ("me", "kind", "country", "interview"):
            if name in kept:
                load(self.controls[name], kept[name])
        if not kept:
            self._pick_newest()
        self._fill_in_interview()
        if "person" in kept:
            load(self.controls["person"], kept["person"])
            self._fill_in_person()

    def _pick_newest(self) -> None:
        _, *newest = self.controls["interview"].options
        if newest:
            self.controls["interview"].value = newest[0][1]

    def _fill_in_interview(self) -> None:
        case = self.case
        self._notes = LetterNotes()
        if case is not None:
            number = case.interview.interview
            kept = self.read(lambda log: log.draft(f"{DRAFT}:{number}"), None)
            self._notes = LetterNotes.loaded(kept, case.interview.interviewers)
        with self._quietly():
            self.controls["people"].value = self._notes.people
        self._offer_people()

    def _offer_people(self) -> None:
        names = self._notes.names
        with self._quietly():
            offer(self.controls["person"], person_options(names) or [unchosen()])
        self._fill_in_person()

    def _fill_in_person(self) -> None:
        typed = self._notes.answers.get(self.answers["person"] or "", {})
        with self._quietly():
            for name in _OWN:
                self.controls[name].value = typed.get(name, "")

    def _saving(self, name: str) -> list[ipywidgets.Widget]:
        return [box([self.save_buttons[name]], "ck-buttons"), self._statuses[name]]


def _title(name: str) -> ipywidgets.HTML:
    return heading(text(f"follow_up.{name}.title"), text(f"follow_up.{name}.intro"))
