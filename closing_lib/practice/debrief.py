"""The debrief of a try: where on the line each choice fell, what the kit would have done, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.recommendation import Advice, recommend, ruled_out
from closing_lib.advice.response import Guide, respond
from closing_lib.advice.words import has_told, must_be_short
from closing_lib.arguments import Validated, validate_call, whole
from closing_lib.content import Scenario, replies, text
from closing_lib.models import Asked, Band, Move, Reason, Round, Side, Tactic, Verdict
from closing_lib.practice.line import assessment_of, place_of
from closing_lib.practice.tries import STEPS, TOO_MUCH, Try, ask_words

_TOO_MUCH_SOURCE = {"pay": "S5", "rivals": "S22", "private_number": "S22"}
_FINE_IN_A_SCREENING = ("pay",)
_SETTLED = ("decision_date", "summary")  # nothing to ask for, and no case to make, once it is settled
_WEIGHT = {"concern": 3}  # a doubt left open weighs as much as three other steps left out
MOST_REASONS = 3  # for each choice: who reads nine of them remembers none


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
        Why it falls there, then why the kit would have done so: those that weigh most, at most `MOST_REASONS`.
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
    """Debrief a try: where each choice fell, what the kit would have done, and why. A pure function of the choices.

    The places rest on what there was to see and on the candidate's own state, never on the answer that was drawn.

    Examples
    --------
    >>> from closing_lib.practice.tries import draw_answer, replies_to
    >>> from closing_lib.content import scenario
    >>> nurse = scenario("ward_nurse")
    >>> reply = replies_to(draw_answer(nurse, "bold", seed=1))[0].id
    >>> debrief(Try(nurse, "well", "bold", reply, seed=1)).places[Move.ASK]
    2
    """
    advice = recommend(assessment_of(tried.scenario))
    guide = respond(tried.answer.response)
    placed = (_place_ask(tried, advice), _place_close(tried, advice), _place_reply(tried, guide))
    return Debrief(tried, _verdict(tried.judged, advice.reading.band), placed, advice, guide)


def side_of(place: int) -> Side:
    """Side of the line on which a place lies."""
    return Side.FITS if place == 0 else Side.PUSHY if place > 0 else Side.TIMID


def _verdict(judged: Band, read: Band) -> Verdict:
    return Verdict.RIGHT if judged is read else Verdict.HOPEFUL if judged.rank > read.rank else Verdict.HARSH


# --- The question


def _place_ask(tried: Try, advice: Advice) -> Placed:
    place = 0 if _is_doubt_first(tried) else place_of(tried.scenario, tried.asked)
    first = (step.text for step in advice.steps if step.id == "concern")
    reasons = dict.fromkeys((*_why_ask(tried, advice), *advice.reasons))
    yours = ask_words(tried.asked, tried.scenario)
    return Placed(Move.ASK, place, (yours,), (*first, f"“{advice.words}”"), tuple(reasons)[:MOST_REASONS])


def _is_doubt_first(tried: Try) -> bool:
    """Whether the open doubt was gone back to, and nothing else asked: a close in itself."""
    return tried.asked is Asked.NOTHING and tried.scenario.open_concern and "concern" in tried.steps


def _why_ask(tried: Try, advice: Advice) -> Iterator[Reason]:
    seen, asked, key = assessment_of(tried.scenario), tried.asked, f"practise.ask.{advice.tactic}.{tried.asked}"
    if _is_doubt_first(tried):
        yield Reason(text("practise.ask.doubt_first"), "S16")
    elif asked is Asked.CONFIRM and advice.tactic is not Tactic.CONFIRM:
        yield Reason(text(f"practise.ask.{'only_checked' if has_told(seen) else 'never_promised'}"), "S1")
    elif asked is Asked.BOLD and place_of(tried.scenario, asked) > 0 and advice.tactic is not Tactic.CONFIRM:
        yield from _why_not_bold(tried.scenario, advice)
    else:
        yield Reason(text(key), "S1")


def _why_not_bold(scenario: Scenario, advice: Advice) -> Iterator[Reason]:
    if advice.reading.band is not Band.WELL:
        yield Reason(text(f"practise.ask.bold_{advice.reading.band}"), "S12")
    else:
        yield Reason(text("practise.ask.bold_well"), "S11")
    yield from ruled_out(assessment_of(scenario))


# --- What goes with it


def _place_close(tried: Try, advice: Advice) -> Placed:
    wanted = [step for step in advice.steps if step.id in STEPS and not _is_spare(step.id, tried.scenario)]
    left_out = [step for step in wanted if step.id not in tried.steps]
    too_much = [name for name in TOO_MUCH if name in tried.steps and not _is_fine(name, tried.scenario)]
    too_timid = min(2, (sum(_WEIGHT.get(step.id, 1) for step in left_out) + 1) // 2)
    too_pushy = min(2, sum(TOO_MUCH[name] for name in too_much))
    place = too_pushy if too_pushy >= too_timid else -too_timid
    yours = tuple(text(f"practise.step.{name}") for name in (*STEPS, *TOO_MUCH) if name in tried.steps)
    left_out.sort(key=lambda step: -_WEIGHT.get(step.id, 1))
    missed = [("summary_short" if _is_one_sentence(step, tried) else step.id, step.source) for step in left_out]
    reasons = (*_why_close(missed, too_much, place), *_why_spare(tried, {step.id for step in wanted}))
    return Placed(Move.CLOSE, place, yours, tuple(step.text for step in wanted), reasons[:MOST_REASONS])


def _is_spare(step: str, scenario: Scenario) -> bool:
    """Whether a step is nothing to ask for any more: who has settled it has decided."""
    return scenario.already is not None and step in _SETTLED


def _is_fine(name: str, scenario: Scenario) -> bool:
    return name in _FINE_IN_A_SCREENING and scenario.round is Round.SCREEN


def _is_one_sentence(step: Step, tried: Try) -> bool:
    return step.id == "summary" and must_be_short(assessment_of(tried.scenario))


def _why_close(left_out: list[tuple[str, str]], too_much: list[str], place: int) -> list[Reason]:
    """Say what was left out and what was too much: first what decided the place."""
    timid = [Reason(text(f"practise.close.left_out.{name}"), source) for name, source in left_out]
    pushy = [Reason(text(f"practise.close.too_much.{name}"), _TOO_MUCH_SOURCE[name]) for name in too_much]
    whole = [] if timid or pushy else [Reason(text("practise.close.whole"), "S2")]
    return [*pushy, *timid, *whole] if place > 0 else [*timid, *pushy, *whole]


def _why_spare(tried: Try, wanted: set[str]) -> Iterator[Reason]:
    """Say what was done that counts neither way."""
    for name in TOO_MUCH:
        if name in tried.steps and _is_fine(name, tried.scenario):
            yield Reason(text(f"practise.close.fine_in_a_screening.{name}"), _TOO_MUCH_SOURCE[name])
    spare = [name for name in STEPS if name in tried.steps - wanted - {"concern", "farewell"}]
    if "concern" in tried.steps - wanted:
        yield Reason(text("practise.close.spare.concern"), "S16")
    settled = [name for name in spare if tried.scenario.already and name in _SETTLED]
    for why, names in (("settled", settled), ("short", [name for name in spare if name not in settled])):
        if names:
            listed = "; ".join(text(f"practise.close.named.{name}") for name in names)
            yield Reason(text(f"practise.close.spare.{why}", steps=listed), "S2")


# --- The reply


def _place_reply(tried: Try, guide: Guide) -> Placed:
    chosen = next(reply for reply in replies() if reply.id == tried.reply)
    why = Reason(chosen.why, chosen.source)
    return Placed(Move.REPLY, chosen.place, (chosen.text,), guide.say, (why, *guide.reasons)[:MOST_REASONS])
