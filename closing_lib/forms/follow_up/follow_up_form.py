"""The form for the days after: the letter to each interviewer, the dates to follow up, the business card."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import ipywidgets

from closing_lib.casework.case import RECORDED, Case
from closing_lib.casework.due import next_step
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.letter import Letter, LetterKind
from closing_lib.documents.letters import SHAPES
from closing_lib.documents.mail_draft import UnsafeDraftError
from closing_lib.documents.markup import paragraph
from closing_lib.documents.names import once
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.saved_files import FOLDER, MadeFile, save_file
from closing_lib.forms.base.sheet import box, heading, html, spoken
from closing_lib.forms.base.watch import watch, written
from closing_lib.forms.follow_up.fields import follow_up_fields
from closing_lib.forms.follow_up.files import card_file, dates_file, letter_file
from closing_lib.forms.follow_up.letter_card import dates_card, hint, letter_card, noted, origin
from closing_lib.forms.follow_up.letter_notes import ALWAYS, CARD, LETTER, OWN, WHO
from closing_lib.forms.follow_up.notes_form import NotesForm
from closing_lib.models import EventKind
from closing_lib.records import OutcomeLog

_LETTERS = {
    "text": "txt",
    "docx": "docx",
    "eml": "eml",
}  # the buttons that save the letter, and the endings of the files
_FOR_ALL = (
    "me",
    "people",
    "country",
    "thanks",
    "news",
    "greeting",
)  # what is due, and how it reads, follows them on the whole page
_LABELS = {**{name: f"letter.{name}" for name in _LETTERS}, "dates": "dates.save", "card": "card.save"}


class FollowUpForm(NotesForm):
    """Write the letters after an interview of the log, plan what follows, and save all of it as files.

    Nothing is sent: files are saved beside the log, and what was sent is noted in it on demand.

    Parameters
    ----------
    log : OutcomeLog or None
        Where the interview is, and where drafts are kept; the person's own log where none is given.

    Attributes
    ----------
    save_buttons : dict of str to SaveButton
        ``"text"``, ``"docx"`` and ``"eml"`` for the letter, ``"dates"`` and ``"card"``.
    sent_button : SaveButton
        Notes in the log that the letter was sent.
    said : dict of str to str
        What the form said last about the letter, the dates and the card.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.said = dict.fromkeys(("letter", "dates", "card"), "")
        self._knows_of_gaps = False  # whether it was said that there are gaps in the letter that is to be logged
        self._shown = {name: html() for name in ("letter", "purpose", "origin", "dates")}
        self._statuses = {name: html("", "ck-status") for name in self.said}
        self.save_buttons = {
            name: SaveButton(description=text(f"follow_up.{key}"), quiet=True) for name, key in _LABELS.items()
        }
        for name, made in self.save_buttons.items():
            made.on_click(partial(self._pressed, name))
        self.sent_button = SaveButton(description=text("follow_up.letter.sent"))
        self.sent_button.on_click(lambda _button: self.note_as_sent())
        super().__init__(follow_up_fields(), log)
        for made in (*self.save_buttons.values(), self.sent_button):
            made.waits_for = [control.model_id for control in self.controls.values()]
        watch(self)

    @property
    def letter(self) -> Letter | None:
        """The letter as it reads now; None where there is nobody to write to."""
        return self._letter(self.case)

    # --- What it shows

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the questions and the letter side by side, and the dates and the card below."""
        self.controls["people"].continuous_update = False  # half a name is nobody's
        whom = box([self.controls[name] for name in ("people", "person")], "ck-pair")
        first = [self.controls["interview"], whom, self.controls["me"], self.controls["kind"], self._shown["purpose"]]
        own = [self.controls[name] for name in LETTER]
        files = box([self.save_buttons[name] for name in _LETTERS], "ck-buttons")
        sent = box([self.sent_button], "ck-buttons")
        asked = box([_title("letter"), *first, self._shown["origin"], *own], "ck-sheet")
        read = box([self._shown["letter"], files, sent, self._statuses["letter"]], "ck-sheet", "ck-answer")
        chosen = [self.controls["country"], self.controls["thanks"]]
        dates = [_title("dates"), *chosen, self._shown["dates"], *self._saving("dates")]
        card = [_title("card"), *(self.controls[name] for name in CARD), *self._saving("card")]
        below = box([box(dates, "ck-sheet"), box(card, "ck-sheet")], "ck-sheets")
        below.layout.margin = "22px 0 0"
        return [box([asked, read], "ck-sheets"), below]

    def refresh(self) -> None:
        """Show the letter as it is now, and what lies ahead."""
        self.offer_choices()
        case = self.case
        letter = self._letter(case)
        self._ask_what_the_kind_needs()
        self._shown["letter"].value = letter_card(letter, is_any=case is not None or self.is_unread)
        self._shown["origin"].value = origin(self.notes, letter)
        self._shown["dates"].value = dates_card(case)
        self._enable(case, letter)
        hints = {"letter": hint(case, letter), "dates": text("follow_up.dates.national"), "card": ""}
        for name, status in self._statuses.items():
            status.value = spoken(self.said[name] or hints[name])

    def __repr__(self) -> str:
        known = [number for _, number in self.controls["interview"].options if number]
        return f"FollowUpForm({len(known)} interviews)"

    def _enable(self, case: Case | None, letter: Letter | None) -> None:
        """Let a person fill in and press what leads to something."""
        self.controls["people"].disabled = case is None
        for name in OWN:
            self.controls[name].disabled = letter is None
        for name in _LETTERS:
            self.save_buttons[name].disabled = letter is None or not letter.is_whole
        self.save_buttons["dates"].disabled = case is None or not case.planned
        self.save_buttons["card"].disabled = letter is None
        can_note = letter is None or letter.kind in RECORDED
        self.sent_button.layout.display = None if can_note else "none"
        self.sent_button.disabled = not (case and letter and case.to_record(letter))

    def _ask_what_the_kind_needs(self) -> None:
        kind = LetterKind(self.controls["kind"].value)
        self._shown["purpose"].value = paragraph(text(f"follow_up.letter.purpose.{kind}"), "ck-muted")
        to_coordinator = kind is LetterKind.PANEL_THANKS
        asked = {*SHAPES[kind].needs, *SHAPES[kind].may, *ALWAYS, *([WHO] if to_coordinator else [])}
        self.controls["person"].layout.display = "none" if to_coordinator else None
        for name in LETTER:
            self.controls[name].layout.display = None if name in asked else "none"

    def _saving(self, name: str) -> list[ipywidgets.Widget]:
        return [box([self.save_buttons[name]], "ck-buttons"), self._statuses[name]]

    # --- What its buttons do

    def _pressed(self, name: str, _button: SaveButton) -> None:
        self.save(name)

    def save(self, name: str) -> None:
        """Save the letter, the dates or the card as a file, and say where."""
        if self.log is None:
            return
        try:
            made = self._made(name)
            if made is None:
                return
            said = text("follow_up.letter.saved", name=save_file(made, self.log.path).name, folder=FOLDER)
        except OSError as error:
            said = text("follow_up.letter.not_saved", error=error.strerror or type(error).__name__)
        except UnsafeDraftError as error:
            said = str(error)
        self.said["letter" if name in _LETTERS else name] = said
        self.refresh()

    def note_as_sent(self) -> None:
        """Write into the log that the letter was sent today, once; where it has gaps, say so first."""
        case, letter = self.case, self.letter
        kinds = case.to_record(letter) if case and letter else ()
        if case is None or letter is None or not kinds:
            return
        if letter.missing and not self._knows_of_gaps:
            self._knows_of_gaps = True
            self.said["letter"] = text("follow_up.letter.log_anyway", fields="; ".join(letter.missing))
        else:
            self._log_as_sent(case, letter, kinds)
        self.refresh()

    def _log_as_sent(self, case: Case, letter: Letter, kinds: Iterable[EventKind]) -> None:
        number, name, last = case.application.application, letter.to.name, RECORDED[letter.kind][-1]
        thanked = self.notes.names if letter.kind is LetterKind.PANEL_THANKS else ()
        note = ", ".join(once(filter(None, (name, *thanked))))
        if self.write_to_log(lambda log: [log.add_event(number, kind, today(), note) for kind in kinds]):
            step = self.read(lambda log: next_step(log, number, today()), None)
            said = [noted("noted", last, name, today()), *([step.sentence] if step else [])]
            self.said["letter"] = " ".join(said)
            written()

    def _made(self, name: str) -> MadeFile | None:
        case, letter, given = self.case, self.letter, self.answers
        if case is not None and name == "dates":
            return dates_file(case)
        if case is None or letter is None:
            return None
        if name == "card":
            return card_file(case, letter, given["phone"] or "", given["job"] or "")
        return letter_file(case, letter, _LETTERS[name])

    def _letter(self, case: Case | None) -> Letter | None:
        if case is None:
            return None
        given, people = self.answers, self.notes.persons
        if self.writes_to_coordinator:
            return case.letter_to_coordinator(given["me"] or "", self.notes.coordinator, people)
        return case.letter(LetterKind(given["kind"]), given["me"] or "", people, given["person"])

    def _answered(self, change: Any) -> None:
        if self._is_quiet:
            return
        self.said, self._knows_of_gaps = dict.fromkeys(self.said, ""), False
        super()._answered(change)
        if any(change["owner"] is self.controls[name] for name in _FOR_ALL):
            written()


def _title(name: str) -> ipywidgets.HTML:
    return heading(text(f"follow_up.{name}.title"), text(f"follow_up.{name}.intro"))
