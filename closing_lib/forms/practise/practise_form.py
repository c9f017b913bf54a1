"""The form of the practice: an invented interview, its close, the answer and the debrief, one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ipywidgets

from closing_lib.content import Scenario, scenarios, text
from closing_lib.documents.markup import paragraph
from closing_lib.forms.base.fields import offer
from closing_lib.forms.base.focus import Focus
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.save_button import SaveButton
from closing_lib.forms.base.sheet import box, button, folded, html, spoken, step_heading
from closing_lib.forms.base.watch import written
from closing_lib.forms.practise.card import (
    answer_card,
    debrief_card,
    debrief_summary,
    made_up,
    record_card,
    story,
    story_again,
)
from closing_lib.forms.practise.fields import OFFERED_STEPS, asked_options, practise_fields, scenario_options
from closing_lib.forms.practise.round import PractiseRound, Stage, next_scenario
from closing_lib.models import AttemptKind
from closing_lib.practice.record import KeptTry, PracticeRecord, practice_record
from closing_lib.records import AttemptRow, OutcomeLog

_CHOSEN = ("judged", *(f"step_{name}" for name in OFFERED_STEPS), "asked", "reply")  # a group keeps its seed
_ASKED = {
    Stage.JUDGE: ("judged",),
    Stage.LEAVE: tuple(f"step_{name}" for name in OFFERED_STEPS),
    Stage.ASK: ("asked",),
    Stage.REPLY: ("reply",),
}


class PractiseForm(Form):
    """Practise the close with a simulated interviewer.

    Parameters
    ----------
    log : OutcomeLog or None
        Where a half-finished try and the running record are kept; the person's own log where none is given.

    Attributes
    ----------
    round : PractiseRound
        The interview, and how far it has come.
    next_button : SaveButton
        Goes on: starts the interview, asks, says the reply, and after the debrief takes the next interview.
    back_button, again_button : ipywidgets.Button
        Go back one step, or to the choice of an interview; try the same interview once more.

    Examples
    --------
    >>> from closing_lib.records import sample_log
    >>> form = PractiseForm(sample_log())
    >>> for name, choice in {"scenario": "head_chef", "judged": "poor", "asked": "standing", "seed": "1"}.items():
    ...     form.controls[name].value = choice
    >>> for _ in ("start", "read", "judge", "leave", "ask"):
    ...     form.next_button.click()
    >>> form.round.answer.response
    <Response.DECLINED: 'declined'>
    """

    name = "practise"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self.round = PractiseRound(scenarios()[0])
        self._kept: list[KeptTry] = []
        self._title, self._told, self._again, self._status = html(), html(), html(), html("", "ck-status")
        self._announced, self._fitting, self._record = html(spoken(""), "ck-unseen"), html("", "ck-muted"), html()
        self._focus = Focus()
        self.next_button = SaveButton(description=text("practise.onward.start"))
        self.back_button, self.again_button = button(text("practise.back")), button(text("practise.again"))
        self.next_button.on_click(lambda _button: self.go_on())
        self.back_button.on_click(lambda _button: self.go_back())
        self.again_button.on_click(lambda _button: self.begin(self.round.scenario))
        super().__init__(practise_fields(), log)
        self.next_button.waits_for = [control.model_id for control in self.controls.values()]

    def sheets(self) -> list[ipywidgets.Widget]:
        """Lay out the place of the one thing that is on the screen, the buttons below it, and the record."""
        for name in OFFERED_STEPS:
            self.controls[f"step_{name}"].add_class("ck-wordy")
        among = [self.controls[name] for name in ("format", "level", "scenario")]
        note = html(paragraph(text("practise.seed_note"), "ck-muted"))
        fold = folded(text("practise.choose"), [*among, self._fitting, self.controls["seed"], note])
        self._body, self._choosing = box([], "ck-column"), box(fold, "ck-column")
        buttons = box([self.next_button, self.back_button, self.again_button], "ck-buttons")
        below = [self._body, buttons, self._status, self._again, self._choosing, self._announced, self._focus]
        return [box([self._title, self._told, *below], "ck-sheet", "ck-answer", "ck-one"), self._record]

    def refresh(self) -> None:
        """Show where the round stands, and what it asks now."""
        self._look_up()
        self.round = now = self._followed(self.round.holding(self.answers))
        self._offer(now)
        self._title.value = step_heading(self._titled(now), now.stage.rank, Stage.DEBRIEF.rank)
        self._told.value = self._telling(now)
        self._status.value = ""
        self._arrange(now.stage)
        is_resting = now.stage in (Stage.START, Stage.DEBRIEF)
        self._record.value = record_card(self.record) if is_resting and self.record.tried else ""

    def static(self) -> str:
        """Write the interview as HTML for a page that is read and not run."""
        told = step_heading(self.round.scenario.title, 0, 1) + story(self.round.scenario)
        return super().static() + f'<div class="ck-sheet">{told}</div>'

    def __repr__(self) -> str:
        return f"PractiseForm({self.round.scenario.id}; tried so far: {self.record.tried})"

    # --- What it has come to

    @property
    def record(self) -> PracticeRecord:
        """What the tries so far add up to."""
        return practice_record(self._kept)

    @property
    def fitting(self) -> list[Scenario]:
        """The interviews of the format and the level that were chosen."""
        given = self.answers
        return [
            one for one in scenarios() if given["format"] in (None, one.format) and given["level"] in (None, one.level)
        ]

    @property
    def tried(self) -> set[str]:
        """The interviews that were tried before, by their ids."""
        return {one.scenario for one in self._kept}

    # --- What can be done

    def go_on(self) -> None:
        """Go one step on, if what this one asks is answered; after the debrief, to the next interview."""
        stage = self.round.stage
        if stage is Stage.DEBRIEF:
            self.begin(self._next())
        elif self.round.is_answered:
            onward = self.round.onward(self.answers["seed"])
            if stage is Stage.REPLY:
                self._keep(onward)
            self._move(onward)
        else:
            self._status.value = spoken(text("practise.choose_one"))
            self._focus.move_to(".ck-one input")

    def go_back(self) -> None:
        """Go one step back, before the answer is heard; from the debrief, to the choice of the next interview."""
        if self.round.stage is Stage.DEBRIEF:
            self.begin(self._next(), Stage.START)
        elif self.round.can_go_back:
            self._move(self.round.back())

    def begin(self, scenario: Scenario, stage: Stage = Stage.READ) -> None:
        """Begin an interview afresh: with a new draw, unless a number or word is given for it."""
        self._empty({"scenario": scenario.id})
        self._move(PractiseRound(scenario, stage))

    def clear(self) -> None:
        """Empty the form, and forget its draft; all interviews are offered again first, to hold the first one."""
        self._empty({})
        self.round = PractiseRound(scenarios()[0])
        super().clear()

    def _next(self) -> Scenario:
        return next_scenario(self.round.scenario, self.fitting, self.tried)

    def _move(self, to: PractiseRound) -> None:
        """Go to another stage, with the focus, and say what cannot be read from its title."""
        self.round = to
        self._answered(None)
        self._announced.value = spoken(self._spoken(self.round))
        self._focus.move_to(".ck-one .ck-step")

    def _keep(self, now: PractiseRound) -> None:
        """Keep the try in the record before it is shown; the very same try is kept once."""
        told = now.debrief
        if told is None or (kept := KeptTry.of(told)) in self._kept:
            return
        self.write_to_log(
            lambda log: log.add_attempt(AttemptKind.PRACTICE, kept.scenario, kept.fitted, kept.to_detail())
        )
        written()

    def _followed(self, now: PractiseRound) -> PractiseRound:
        """Begin with another interview where one was picked, or the one that was suggested does not fit."""
        wanted, fitting = now.scenario, self.fitting
        if now.stage is Stage.START and fitting and wanted not in fitting:
            wanted = next_scenario(wanted, fitting, self.tried)
        if wanted == self.round.scenario:
            return now
        self._empty({"scenario": wanted.id})
        return PractiseRound(wanted)

    def _empty(self, values: Mapping[str, object]) -> None:
        """Take back what was chosen, and set something else; any interview can be picked then."""
        with self._quietly():
            picked = self.controls["scenario"].value
            self.controls["scenario"].options = [(one.label, one.key) for one in scenario_options(scenarios())]
            blank = {name: self.fields[name].blank() for name in _CHOSEN}
            for name, value in {"scenario": picked, **blank, **values}.items():
                self.controls[name].value = value

    # --- What it keeps

    def _dumped(self) -> dict[str, Any]:
        return {**super()._dumped(), "stage": str(self.round.stage), "drawn": self.round.drawn}

    def _restore(self) -> None:
        super()._restore()
        drawn = str(self._draft.get("drawn") or "")
        stages = {str(one): one for one in Stage}
        stage = stages.get(str(self._draft.get("stage")), Stage.REPLY if drawn else Stage.START)
        self.round = replace(self.round, stage=stage, drawn=drawn).holding(self.answers)

    def _look_up(self) -> None:
        """Read from the log what was tried before."""
        none: tuple[AttemptRow, ...] = ()
        rows = self.read(lambda log: log.rows(AttemptRow, kind=AttemptKind.PRACTICE), none)
        self._kept = [kept for row in rows if (kept := KeptTry.from_detail(row.detail))]

    # --- What it shows

    def _arrange(self, stage: Stage) -> None:
        """Put on the screen what this stage asks, and the buttons that lead on from it."""
        asked = tuple(self.controls[name] for name in _ASKED.get(stage, ()))
        if self._body.children != asked:
            self._body.children = asked
        self._again.value = story_again(self.round.scenario) if asked else ""
        self.next_button.description = text(f"practise.onward.{stage}")
        is_over = stage is Stage.DEBRIEF
        self.back_button.description = text("practise.choose_another" if is_over else "practise.back")
        for widget, is_shown in (
            (self.back_button, is_over or self.round.can_go_back),
            (self.again_button, is_over),
            (self._choosing, stage is Stage.START),
        ):
            widget.layout.display = None if is_shown else "none"

    def _titled(self, now: PractiseRound) -> str:
        of_the_interview = now.stage in (Stage.START, Stage.READ)
        return now.scenario.title if of_the_interview else text(f"practise.stage.{now.stage}")

    def _telling(self, now: PractiseRound) -> str:
        """Write what is to be read at a stage, above what it asks."""
        if now.stage.rank > Stage.READ.rank:
            return debrief_card(now.debrief) if now.debrief else answer_card(now.answer) if now.answer else ""
        before = paragraph(text("practise.tried_before"), "ck-note") if now.scenario.id in self.tried else ""
        return made_up(now.scenario) + before + (story(now.scenario) if now.stage is Stage.READ else "")

    def _spoken(self, now: PractiseRound) -> str:
        if now.debrief:
            return debrief_summary(now.debrief)
        return f"{now.answer.manner} {now.answer.words}" if now.answer else ""

    def _offer(self, now: PractiseRound) -> None:
        """Offer the interviews that fit, and what can be asked and replied in this one."""
        fitting, here = self.fitting, now.scenario
        with self._quietly():
            offer(self.controls["scenario"], scenario_options(o for o in scenarios() if o in fitting or o == here))
            self.controls["asked"].options = [[one.key, one.label] for one in asked_options(here)]
            if now.replies:
                offered = [[one.id, one.text] for one in now.replies]
                if self.controls["reply"].value not in dict(offered):
                    self.controls["reply"].value = ""  # it was one to another answer
                self.controls["reply"].options = offered
        tried = len(self.tried & {one.id for one in fitting})
        said = text("practise.fitting", fitting=len(fitting), all=len(scenarios()), tried=tried)
        self._fitting.value = spoken(said)
