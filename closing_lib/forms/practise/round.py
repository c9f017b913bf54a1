"""One round of the practice: what has been chosen so far, what can be done next, and what was kept of those before."""

from __future__ import annotations

import secrets

from closing_lib.content import Scenario, scenarios
from closing_lib.forms.base.fields import offer
from closing_lib.forms.base.form import Form
from closing_lib.forms.base.watch import written
from closing_lib.forms.practise.fields import OFFERED_STEPS, practise_fields, scenario_options
from closing_lib.models import AttemptKind
from closing_lib.practice.debrief import Debrief, debrief
from closing_lib.practice.interviewer import Answer, draw_answer
from closing_lib.practice.record import KeptTry, PracticeRecord, practice_record
from closing_lib.practice.tries import Try, replies_to
from closing_lib.records import AttemptRow, OutcomeLog

CLOSING = ("judged", "asked", *(f"step_{name}" for name in OFFERED_STEPS), "seed")
_TRYING = (*(name for name in CLOSING if name != "seed"), "drawn", "reply")  # a group keeps its seed


class PractiseRound(Form):
    """A form in which a try is chosen, step by step.

    Its whole state is in its controls and in the log, so that a try goes on where it was after a kernel restart.
    """

    name = "practise"

    def __init__(self, log: OutcomeLog | None = None) -> None:
        self._debriefed: KeptTry | None = None  # what was told last, should the log not hold it
        self._kept: list[KeptTry] = []
        super().__init__(practise_fields(), log)

    @property
    def scenario(self) -> Scenario:
        """The interview that is tried; the first one where a kept one is there no more."""
        known = {one.id: one for one in scenarios()}
        return known.get(self.answers["scenario"], scenarios()[0])

    @property
    def answer(self) -> Answer | None:
        """What the interviewer answered; None until it was asked for."""
        given = self.answers
        if not given["drawn"] or self.missing():
            return None
        return draw_answer(self.scenario, given["asked"], given["drawn"])

    @property
    def debrief(self) -> Debrief | None:
        """The debrief; None until it was asked for."""
        told = self._told()
        if told is None:
            return None
        kept = KeptTry.of(told)
        return told if kept in (self._debriefed, *self._kept) else None

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

    def clear(self) -> None:
        """Empty the form, and forget its draft; all interviews are offered again first, to hold the first one."""
        with self._quietly():
            offer(self.controls["scenario"], scenario_options(scenarios()))
        super().clear()

    def hear(self) -> None:
        """Ask, and hear the answer: drawn with the number or word that was given, else with a new number."""
        if self.missing() or self.answer:
            return
        drawn = self.answers["seed"] or str(secrets.randbelow(9000) + 1000)
        self._set({"drawn": drawn, "reply": ""})

    def tell(self) -> None:
        """Say the reply, see the debrief, and keep the try in the record; the very same try is kept once."""
        told = self._told()
        if told is None or self.debrief:
            return
        kept = KeptTry.of(told)
        self._debriefed = kept
        self.write_to_log(
            lambda log: log.add_attempt(AttemptKind.PRACTICE, kept.scenario, kept.fitted, kept.to_detail())
        )
        self.refresh()
        written()

    def try_again(self) -> None:
        """Begin the same interview afresh: with a new draw, unless a number or word is given for it."""
        self._debriefed = None
        self._set({name: self.fields[name].blank() for name in _TRYING})

    def take_another(self) -> None:
        """Take the next interview that fits and was not tried; the next one at all, where all were."""
        here = self.scenario.id
        ids = [one.id for one in scenarios()]
        start = ids.index(here) + 1
        fitting = {one.id for one in self.fitting} - {here}
        in_turn = [id for id in (*ids[start:], *ids[:start]) if id in fitting]
        tried = self.tried
        following = next((id for id in in_turn if id not in tried), in_turn[0] if in_turn else None)
        if following:
            self.controls["scenario"].value = following

    def _told(self) -> Debrief | None:
        given, answer = self.answers, self.answer
        if answer is None or given["reply"] not in [one.id for one in replies_to(answer)]:
            return None
        steps = frozenset(name for name in OFFERED_STEPS if given[f"step_{name}"])
        return debrief(Try(self.scenario, given["judged"], given["asked"], given["reply"], steps, given["drawn"]))

    def _look_up(self) -> None:
        """Read from the log what was tried before."""
        none: tuple[AttemptRow, ...] = ()
        rows = self.read(lambda log: log.rows(AttemptRow, kind=AttemptKind.PRACTICE), none)
        self._kept = [kept for row in rows if (kept := KeptTry.from_detail(row.detail))]

    def _set(self, values: dict[str, object]) -> None:
        """Set several answers as one."""
        with self._quietly():
            for name, value in values.items():
                self.controls[name].value = value
        self._answered(None)
