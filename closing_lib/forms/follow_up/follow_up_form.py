"""The form for the days after: the letter to each interviewer, the dates to follow up, the business card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

import ipywidgets

from closing_lib.casework.case import RECORDED, Case, still_to_thank
from closing_lib.casework.due import next_step
from closing_lib.clock import today
from closing_lib.content import text
from closing_lib.documents.letter import Letter, LetterKind
from closing_lib.documents.letter_page import letter_page
from closing_lib.documents.letters import SHAPES
from closing_lib.documents.mail_link import mail_link
from closing_lib.documents.markup import paragraph
from closing_lib.documents.names import once
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.answer_line import AnswerLine
from closing_lib.forms.base.fields import load
from closing_lib.forms.base.form import in_one_state
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, heading, html, spoken, with_answer
from closing_lib.forms.base.watch import watch, written
from closing_lib.forms.follow_up.fields import follow_up_fields
from closing_lib.forms.follow_up.files import FOLDER, card_file, dates_file, dates_text, letter_file
from closing_lib.forms.follow_up.letter_card import dates_card, hint, letter_card, noted, origin
from closing_lib.forms.follow_up.letter_notes import ALWAYS, CARD, LETTER, OWN, WHO
from closing_lib.forms.follow_up.notes_form import NotesForm
from closing_lib.models import EventKind
from closing_lib.records import OutcomeLog

T = TypeVar("T")
_FOR_ALL = (
    "me",
    "people",
    "country",
    "thanks",
    "news",
    "greeting",
)  # what is due, and how it reads, follows them on the whole page


class FollowUpForm(NotesForm):
    """Write the letters after an interview of the log, plan what follows, and take all of it along.

    Nothing is sent from here; what was sent is noted in the log on demand.

    Parameters
    ----------
    log : OutcomeLog or None
        Where the interview is, and where drafts are kept; the person's own log where none is given.

    Attributes
    ----------
    rows : dict of str to ActionRow
        By which the ``"letter"``, the ``"dates"`` and the ``"card"`` leave the kit.
    sent_button : SaveButton
        Notes in the log that the letter was sent, and goes on to the next person who has not been thanked.
    undo_button : SaveButton
        Takes that back; shown while it is what the form says.
    said : str
        What was noted last.
    """

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.said = ""
        self._knows_of_gaps = False  # whether it was said that there are gaps in the letter that is to be logged
        self._shown = {name: html() for name in ("letter", "purpose", "origin", "dates")}
        self._status = html("", "ck-status")
        self.line = AnswerLine(label=text("follow_up.letter.reads"), is_spoken=False)  # the status is
        self.sent_button = SaveButton(description=text("follow_up.letter.sent"))
        self.sent_button.on_click(lambda _button: self.note_as_sent())
        self.undo_button = SaveButton(description=text("forms.common.undo"), quiet=True)
        self.undo_button.on_click(lambda _button: self.undo())
        self._noted: tuple[int, str] | None = None  # what was noted last, by its number, and to whom it was sent
        super().__init__(follow_up_fields(), log)
        for one in (self.sent_button, self.undo_button):
            one.waits_for = [control.model_id for control in self.controls.values()]
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
        self.rows = {
            name: ActionRow(self, text(f"follow_up.{name}.take"), actions, FOLDER, quiet=True)
            for name, actions in self._actions().items()
        }
        sent = box([self.sent_button], "ck-buttons")
        asked = [_title("letter"), *first, self._shown["origin"], *own]
        read = [self._shown["letter"], self.rows["letter"], sent, self._status, box([self.undo_button], "ck-buttons")]
        chosen = [self.controls["country"], self.controls["thanks"]]
        national = html(paragraph(text("follow_up.dates.national"), "ck-muted"))
        dates = [_title("dates"), *chosen, self._shown["dates"], self.rows["dates"], national]
        card = [_title("card"), *(self.controls[name] for name in CARD), self.rows["card"]]
        below = box([box(dates, "ck-sheet"), box(card, "ck-sheet")], "ck-sheets")
        below.layout.margin = "22px 0 0"
        return [with_answer(asked, read, self.line), below]

    @in_one_state
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
        said = self.said or hint(case, letter)
        self._status.value = spoken(said)
        self.line.said = said or text("follow_up.letter.reads")
        self.undo_button.layout.display = None if self.said and self._noted else "none"

    def take_up(self, link: str) -> None:
        """Choose the interview that a link names, and the letter after it, to whoever has not got it yet."""
        kind, _, number = link.partition(":")
        if not number or kind not in (LetterKind.THANK_YOU, LetterKind.NUDGE):
            return
        load(self.controls["interview"], int(number))
        load(self.controls["kind"], kind)
        case = self.case
        left = still_to_thank(case.since, case.met) if case and kind == LetterKind.THANK_YOU else ()
        if left:
            load(self.controls["person"], left[0])

    def __repr__(self) -> str:
        known = [number for _, number in self.controls["interview"].options if number]
        return f"FollowUpForm({len(known)} interviews)"

    def _enable(self, case: Case | None, letter: Letter | None) -> None:
        """Let a person fill in and press what leads to something."""
        self.controls["people"].disabled = case is None
        for name in OWN:
            self.controls[name].disabled = letter is None
        self.rows["letter"].allow(allowed=letter is not None and letter.is_whole)
        self.rows["dates"].allow(allowed=case is not None and bool(case.planned))
        self.rows["card"].allow(allowed=letter is not None)
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

    # --- What its buttons do

    def _actions(self) -> dict[str, list[Action]]:
        """Name the ways out of the kit: of the letter, of the dates and of the business card."""
        of_case, of_letter, as_file = self._of_case, self._of_letter, "actions.download.as"
        page = of_letter(lambda _case, letter: letter_page(letter))
        letter = [
            Action("copy", "copy", of_letter(lambda _case, letter: letter.text)),
            Action("mail", "mail", of_letter(lambda _case, letter: mail_link(letter))),
            *(
                Action(one, "download", of_letter(partial(letter_file, ending=one)), text(as_file, kind=f".{one}"))
                for one in ("eml", "docx")
            ),
            Action("open", "open", page),
            Action("print", "print", page),
        ]
        dates = [
            Action("ics", "download", of_case(dates_file), text(as_file, kind=".ics")),
            Action("copy", "copy", of_case(dates_text)),
        ]
        card = [Action("vcf", "download", of_letter(self._card_file), text(as_file, kind=".vcf"))]
        return {"letter": letter, "dates": dates, "card": card}

    def _of_case(self, make: Callable[[Case], T]) -> Callable[[], T | None]:
        """Make something of the interview when a button is pressed; nothing where it was deleted since."""
        return lambda: None if (case := self.case) is None else make(case)

    def _of_letter(self, make: Callable[[Case, Letter], T]) -> Callable[[], T | None]:
        """Make something of the letter as it reads when a button is pressed."""
        return self._of_case(lambda case: make(case, letter) if (letter := self._letter(case)) else None)

    def _card_file(self, case: Case, letter: Letter) -> MadeFile:
        given = self.answers
        return card_file(case, letter, given["phone"] or "", given["job"] or "")

    def note_as_sent(self) -> None:
        """Write into the log that the letter was sent today, once; where it has gaps, say so first."""
        case, letter = self.case, self.letter
        kinds = case.to_record(letter) if case and letter else ()
        if case is None or letter is None or not kinds:
            return
        if letter.missing and not self._knows_of_gaps:
            self._knows_of_gaps = True
            self.said = text("follow_up.letter.log_anyway", fields="; ".join(letter.missing))
        else:
            self._log_as_sent(case, letter, kinds)
        self.refresh()

    def undo(self) -> None:
        """Take back what was noted last, if nothing else has been done since, and go back to whom it was about."""
        if self._noted is None:
            return
        (number, name), said = self._noted, ""

        def undo(log: OutcomeLog) -> None:
            nonlocal said
            said = log.undo(number)

        if self.write_to_log(undo):
            self._noted = None
            load(self.controls["person"], name)
            self.said = said
            written()
        self.refresh()

    def _log_as_sent(self, case: Case, letter: Letter, kinds: Iterable[EventKind]) -> None:
        number, name, last = case.application.application, letter.to.name, RECORDED[letter.kind][-1]
        is_to_all = letter.kind is LetterKind.PANEL_THANKS
        note = ", ".join(once(filter(None, (name, *(self.notes.names if is_to_all else ())))))

        def write(log: OutcomeLog) -> None:
            with log.transaction():
                for kind in kinds:
                    log.add_event(number, kind, today(), note)
            self._noted = (log.last_own_change or 0, name)

        if self.write_to_log(write):
            said = [noted("noted", last, name, today()), self._go_on_from(name) or self._comes_next(number)]
            self.said = " ".join(filter(None, said))
            written()

    def _go_on_from(self, name: str) -> str:
        """Go on to the next person who has not been thanked, and say so; nothing where there is none."""
        case, names = self.case, self.notes.names
        if case is None or name not in names or self.answers["kind"] != LetterKind.THANK_YOU:
            return ""
        at = names.index(name)
        left = still_to_thank(case.since, names)
        following = next((one for one in names[at + 1 :] + names[:at] if one in left), None)
        if following is None:
            return ""
        self.controls["person"].value = following
        return text("follow_up.letter.now_to", person=following)

    def _comes_next(self, application: int) -> str:
        step = self.read(lambda log: next_step(log, application, today()), None)
        return step.sentence if step else ""

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
        self.said, self._knows_of_gaps = "", False
        for row in self.rows.values():
            row.forget()
        super()._answered(change)
        if any(change["owner"] is self.controls[name] for name in _FOR_ALL):
            written()


def _title(name: str) -> ipywidgets.HTML:
    return heading(text(f"follow_up.{name}.title"), text(f"follow_up.{name}.intro"))
