"""The part of the preparation in which a person agrees to the trial, and has the kit draw for an interview to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets

from closing_lib.advice.recommendation import REALLY, can_be_drawn
from closing_lib.assessment import Assessment
from closing_lib.casework.applications import Standing, application_named, matching
from closing_lib.clock import day_of
from closing_lib.content import lines, text
from closing_lib.content.figures import day
from closing_lib.content.trial import trial_plan
from closing_lib.documents.markup import paragraph
from closing_lib.documents.protocol_page import protocol_page, protocol_sections
from closing_lib.files import passing_folder
from closing_lib.forms.base.action_row import Action, ActionRow
from closing_lib.forms.base.choice import Choice
from closing_lib.forms.base.saved_files import MadeFile
from closing_lib.forms.base.sheet import box, button, heading, html, spoken
from closing_lib.models import Interviewer, Pair, Round
from closing_lib.records import ApplicationRow, DrawRow, OutcomeLog

if TYPE_CHECKING:
    from closing_lib.forms.base.form import Form

_NEEDED = ("company", "role", "round")  # an interview is drawn for once these are known
FOLDER = "shared"


class TrialPart:
    """One quiet line until the person wants to know more; once they have agreed, the draw for the interview.

    Parameters
    ----------
    form : Form
        The preparation, whose log it uses.
    after : callable
        What is done when something was drawn, or the person stopped.

    Attributes
    ----------
    how_button, agree_button, later_button : ipywidgets.Button
        To read what it is, to agree, and to put it aside.
    draw_button, stop_button : ipywidgets.Button
        For who has agreed.
    row : ActionRow
        By which they share what was drawn.
    dares, wants_answer : Choice
        What they would ask, before they know how it goes.
    drawn : DrawRow or None
        What was drawn for the interview that is being prepared.
    said : str
        What was done last.
    """

    def __init__(self, form: Form, after: Callable[[], object]) -> None:
        self.said = ""
        self.drawn: DrawRow | None = None
        self._form, self._after, self._is_open = form, after, False
        self.how_button, self.agree_button = _pressed("how", self._open), _pressed("agree", self.agree, "ck-primary")
        self.later_button, self.stop_button = _pressed("not_now", self._open), _pressed("stop", self.stop)
        self.draw_button = _pressed("draw", self.draw, "ck-primary")
        self.dares, self.wants_answer = _yes_or_no("dares", self.refresh), _yes_or_no("wants_answer", self.refresh)
        self._status, self._drawn = html("", "ck-status"), html()
        folded = (
            f"<details><summary>{escape(text('trial.form.protocol'))}</summary>{protocol_sections(level=4)}</details>"
        )
        about = "".join(f"<li>{escape(one)}</li>" for one in lines("trial.form.about"))
        self._invitation = box([self.how_button], "ck-buttons")
        choice = box([self.agree_button, self.later_button], "ck-buttons")
        invite = paragraph(text("trial.form.invite"))
        self._about = box([_title(), html(f"{invite}<ul>{about}</ul>{folded}"), choice], "ck-column")
        self._asked = box([self.dares, self.wants_answer, box([self.draw_button], "ck-buttons")], "ck-column")
        share = [Action("share", "download", self._files)]
        self.row = ActionRow(form, text("trial.form.share"), share, FOLDER, quiet=True)
        stop = box([self.stop_button], "ck-buttons")
        self._taking_part = box([_title(), self._asked, self._drawn, html(folded), self.row, stop], "ck-column")
        self.view = box([self._invitation, self._about, self._taking_part, self._status], "ck-column")

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What can be drawn for the interview that is being prepared, by the rule and by what the person would ask."""
        given = self._form.answers
        rating = REALLY if self.dares.value == "yes" else REALLY - 1
        carries = given["interviewer"] == Interviewer.RECRUITER
        return can_be_drawn(
            Assessment(
                confidence=rating,
                risk=rating,
                wants_answer=self.wants_answer.value == "yes",
                round=given["round"],
                decides=False if carries else None,
            )
        )

    def refresh(self) -> None:
        """Show what there is to do: one line for those who have not agreed."""
        has_agreed = self._form.read(lambda log: log.consented_to, None) == trial_plan().version
        application = self._application() if has_agreed else None
        self.drawn = self._waiting(application) if application else None
        _show(self._invitation, is_shown=not has_agreed and not self._is_open)
        _show(self._about, is_shown=not has_agreed and self._is_open)
        _show(self._taking_part, is_shown=has_agreed)
        _show(self._asked, is_shown=self.drawn is None)
        obstacle = self._obstacle() if has_agreed and not self.drawn else ""
        self.draw_button.disabled = bool(obstacle)
        self._drawn.value = self._told(application)
        hint = obstacle or (text("trial.form.ready") if has_agreed and not self.drawn else "")
        self._status.value = spoken(self.said or hint) if self.said or hint else ""

    def agree(self) -> None:
        """Take part from now on."""
        self._do(lambda log: log.give_consent(trial_plan().version), "")

    def stop(self) -> None:
        """Take part no longer; what was drawn stays in the log."""
        self._is_open = False
        self._do(lambda log: log.stop_consent(), text("trial.form.stopped"))

    def draw(self) -> None:
        """Draw for the interview that is being prepared; its application is added where the log has none yet."""
        given, pairs = self._form.answers, self.pairs
        settles = {"standing": Pair.MILD_STANDING in pairs, "bold": Pair.MILD_BOLD in pairs}

        def write(log: OutcomeLog) -> None:
            with log.transaction():
                known = self._application()
                number = known.application if known else log.add_application(given["company"], given["role"])
                log.draw(number, given["round"], **settles)

        if not self._obstacle():
            self._do(write, "")

    def _files(self) -> list[MadeFile]:
        """Make the file of what was drawn and what came of it, and the protocol that goes with it."""
        from closing_lib.outcomes import save_trial  # noqa: PLC0415  # loads pandas, which nothing else here needs

        if self._form.log is None:
            return []
        named, protocol = text("trial.form.file"), text("trial.form.protocol_file")
        with passing_folder() as folder:
            path = folder / f"{named}.csv"
            told = save_trial(self._form.log, path)
            drawn = MadeFile((named,), "csv", path.read_bytes(), told)
        return [drawn, MadeFile((protocol,), "html", protocol_page().encode())]

    def _do(self, what: Callable[[OutcomeLog], object], said: str) -> None:
        if self._form.write_to_log(what):
            self.said = said
        self._after()

    def _open(self) -> None:
        self._is_open = not self._is_open
        self.refresh()

    def _obstacle(self) -> str:
        """Say why nothing can be drawn yet; empty where it can."""
        given, labels = self._form.answers, self._form.fields
        if missing := [labels[name].label.partition(" (")[0] for name in _NEEDED if not given[name]]:  # not "optional"
            return text("trial.form.needs", fields="; ".join(missing))
        return "" if self.pairs else text("trial.form.nothing")

    def _application(self) -> ApplicationRow | None:
        given: Mapping[str, Any] = self._form.answers
        none: tuple[Standing, ...] = ()
        same = self._form.read(lambda log: matching(log, given["company"], given["role"]), none)
        return same[0].row if same and same[0].is_open else None

    def _waiting(self, application: ApplicationRow) -> DrawRow | None:
        which: Round | None = self._form.answers["round"]
        if which is None:
            return None
        wanted = {"application": application.application, "round": which, "interview": None}
        rows: tuple[DrawRow, ...] = self._form.read(lambda log: log.rows(DrawRow, **wanted), ())
        return rows[-1] if rows else None

    def _told(self, application: ApplicationRow | None) -> str:
        if self.drawn is None or application is None:
            return ""
        arm = text(f"preparation.card.drawn.{'direct' if self.drawn.direct else 'mild'}")
        made = day(day_of(self.drawn.made_at))
        return paragraph(text("trial.form.drawn", day=made, application=application_named(application), drawn=arm))


def _pressed(name: str, do: Callable[[], object], *classes: str) -> ipywidgets.Button:
    made = button(text(f"trial.form.{name}"), *classes)
    made.on_click(lambda _button: do())
    return made


def _yes_or_no(name: str, answered: Callable[[], object]) -> Choice:
    options = [[key, text(f"forms.assessment.{key}")] for key in ("yes", "no")]
    made = Choice(label=text(f"trial.form.{name}"), options=options, value="no")
    made.add_class("ck-row")
    made.observe(lambda _change: answered(), names="value")
    return made


def _title() -> ipywidgets.HTML:
    return heading(text("trial.form.title"), level=3)


def _show(part: ipywidgets.Box, *, is_shown: bool) -> None:
    part.layout.display = None if is_shown else "none"
