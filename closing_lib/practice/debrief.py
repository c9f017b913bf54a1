"""The debrief of a try: where on the line each choice fell, what the kit would have done, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.recommendation import Advice, recommend
from closing_lib.advice.response import Guide, respond
from closing_lib.arguments import Validated, validate_call, whole
from closing_lib.content import replies, text
from closing_lib.models import Asked, Band, Move, Reason, Settled, Side, Tactic, Verdict
from closing_lib.practice.tries import STEPS, TOO_MUCH, Try, ask_words, assessment_of

# Where a question falls, by what the kit advises: boldness runs nothing < standing < mild < bold (S1, S11 to S14).
_ASK_PLACES = {
    Tactic.STANDING: {"nothing": -2, "standing": 0, "mild": 1, "bold": 2, "confirm": 1},
    Tactic.MILD: {"nothing": -2, "standing": -1, "mild": 0, "bold": 1, "confirm": 1},
    Tactic.BOLD: {"nothing": -2, "standing": -2, "mild": -1, "bold": 0, "confirm": 1},
    Tactic.CONFIRM: {"nothing": -1, "standing": -1, "mild": 1, "bold": 2, "confirm": 0},
}
_RULED_OUT = 2  # the bold question after an interview that did not clearly go well (S12)
_TOO_MUCH_SOURCE = {"pay": "S5", "rivals": "S22", "private_number": "S22"}
# What nobody has to do any more, once it is settled.
_NOT_NEEDED: dict[Settled | None, tuple[str, ...]] = {Settled.OFFER: ("decision_date", "summary")}


@dataclass(frozen=True)
class Placed(Validated):
    """One choice, with its place on the line.

    Attributes
    ----------
    move : Move
        Which choice.
    place : int
        -2 (much too timid) to 2 (much too pushy); 0 fits.
    yours, kit : tuple of str
        What the candidate chose, and what the kit would have done.
    reasons : tuple of Reason
        Why it falls there, then why the kit would have done so.
    """

    move: Move
    place: Annotated[int, partial(whole, least=-2, most=2, remedy="it must be -2 to 2")]
    yours: tuple[str, ...]
    kit: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def side(self) -> Side:
        """On which side it falls."""
        return side_of(self.place)


@dataclass(frozen=True)
class Debrief(Validated):
    """What there is to say about a try.

    Attributes
    ----------
    tried : Try
        The try.
    verdict : Verdict
        How its reading of the interview compares with the kit's.
    placed : tuple of Placed
        The question, what went with it, and the reply, each with its place.
    advice : Advice
        What the kit would have advised, with its reading of the interview.
    guide : Guide
        How the kit would have taken the answer.
    """

    tried: Try
    verdict: Verdict
    placed: tuple[Placed, ...]
    advice: Advice
    guide: Guide

    @property
    def places(self) -> dict[Move, int]:
        """The place of each choice."""
        return {one.move: one.place for one in self.placed}


@validate_call
def debrief(tried: Try) -> Debrief:
    """Say of a try where each choice fell, what the kit would have done, and why: a pure function of the choices.

    The places rest on what was to be seen and on the candidate's own state, never on the answer that was drawn.

    Examples
    --------
    >>> from closing_lib.practice.tries import draw_answer, replies_to
    >>> from closing_lib.content import scenario
    >>> nurse = scenario("ward_nurse")
    >>> reply = replies_to(draw_answer(nurse, "bold", seed=1))[0].id
    >>> debrief(Try(nurse, "well", "bold", reply, seed=1)).places[Move.ASK]
    1
    """
    advice = recommend(assessment_of(tried.scenario))
    guide = respond(tried.answer.response)
    placed = (_place_ask(tried, advice), _place_close(tried, advice), _place_reply(tried, guide))
    return Debrief(tried, _verdict(tried.judged, advice.reading.band), placed, advice, guide)


def side_of(place: int) -> Side:
    """Give the side of the line on which a place lies."""
    return Side.FITS if place == 0 else Side.PUSHY if place > 0 else Side.TIMID


def _verdict(judged: Band, read: Band) -> Verdict:
    return Verdict.RIGHT if judged is read else Verdict.HOPEFUL if judged.rank > read.rank else Verdict.HARSH


# --- The question


def _place_ask(tried: Try, advice: Advice) -> Placed:
    place, why = _ASK_PLACES[advice.tactic][tried.asked], str(tried.asked)
    if tried.asked == Asked.BOLD and advice.tactic is Tactic.MILD and advice.reading.band is not Band.WELL:
        place, why = _RULED_OUT, "bold_ruled_out"
    source = "S12" if why == "bold_ruled_out" else "S1"
    said = Reason(text(f"practise.ask.{advice.tactic}.{why}"), source)
    return Placed(Move.ASK, place, (ask_words(tried.asked),), (f"“{advice.words}”",), (said, *advice.reasons))


# --- What goes with it


def _place_close(tried: Try, advice: Advice) -> Placed:
    wanted = [step for step in advice.steps if step.id in STEPS]
    spare = _NOT_NEEDED.get(tried.scenario.already, ())
    left_out = [step for step in wanted if step.id not in tried.steps and step.id not in spare]
    too_timid = min(2, (len(left_out) + 1) // 2)
    too_pushy = min(2, sum(by for name, by in TOO_MUCH.items() if name in tried.steps))
    place = too_pushy if too_pushy >= too_timid else -too_timid
    yours = tuple(text(f"practise.step.{name}") for name in (*STEPS, *TOO_MUCH) if name in tried.steps)
    reasons = tuple(_why_close(tried, left_out, [step for step in wanted if step.id in spare]))
    return Placed(Move.CLOSE, place, yours, tuple(step.text for step in wanted), reasons)


def _why_close(tried: Try, left_out: list[Step], spare: list[Step]) -> Iterator[Reason]:
    for step in left_out:
        yield Reason(text(f"practise.close.left_out.{step.id}"), step.source)
    for name in TOO_MUCH:
        if name in tried.steps:
            yield Reason(text(f"practise.close.too_much.{name}"), _TOO_MUCH_SOURCE[name])
    for step in spare:
        if step.id in tried.steps:
            yield Reason(text("practise.close.not_needed", step=text(f"practise.step.{step.id}")), "S6")
    if not left_out and not tried.steps & TOO_MUCH.keys():
        yield Reason(text("practise.close.whole"), "S2")


# --- The reply


def _place_reply(tried: Try, guide: Guide) -> Placed:
    chosen = next(reply for reply in replies() if reply.id == tried.reply)
    why = Reason(chosen.why, chosen.source)
    return Placed(Move.REPLY, chosen.place, (chosen.text,), guide.say, (why, *guide.reasons))
