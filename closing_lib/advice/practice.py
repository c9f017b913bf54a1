"""A try with the simulated interviewer, and its debrief: where each choice fell, what the kit would have done, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.interviewer import Answer, draw_answer
from closing_lib.advice.recommendation import Advice, recommend
from closing_lib.advice.response import Guide, respond
from closing_lib.assessment import Assessment
from closing_lib.content import Reply, Scenario, replies, text
from closing_lib.models import Asked, Band, Move, Reason, Settled, Side, Tactic, Verdict

# What a candidate can do besides asking: the kit's own steps, and three things that are too much, by how much.
STEPS = ("decision_date", "next_step", "contact", "summary", "farewell", "thanks")
TOO_MUCH = {"pay": 1, "rivals": 1, "private_number": 2}
_TOO_MUCH_SOURCE = {"pay": "S5", "rivals": "S22", "private_number": "S22"}
_NOT_NEEDED: dict[Settled | None, tuple[str, ...]] = {Settled.OFFER: ("decision_date", "summary")}

# Where a question falls, by what the kit advises: boldness runs nothing < standing < mild < bold (S1, S11 to S14).
_ASK_PLACES = {
    Tactic.STANDING: {"nothing": -2, "standing": 0, "mild": 1, "bold": 2, "confirm": 1},
    Tactic.MILD: {"nothing": -2, "standing": -1, "mild": 0, "bold": 1, "confirm": 1},
    Tactic.BOLD: {"nothing": -2, "standing": -2, "mild": -1, "bold": 0, "confirm": 1},
    Tactic.CONFIRM: {"nothing": -1, "standing": -1, "mild": 1, "bold": 2, "confirm": 0},
}
_RULED_OUT = 2  # the bold question after an interview that did not clearly go well (S12)


@dataclass(frozen=True)
class Try:
    """One round with the simulated interviewer.

    Parameters
    ----------
    scenario : Scenario
        The interview.
    judged : Band or str
        How the candidate judged that it went.
    asked : Asked or str
        What was asked at the close.
    reply : str
        The id of the reply to the answer.
    steps : set of str
        What was done besides: any of `STEPS` and `TOO_MUCH`.
    seed : int or str
        What the answer was drawn with.

    Attributes
    ----------
    answer : Answer
        What the interviewer answered.

    Raises
    ------
    ValueError
        If a choice is none of those that there were; the message names them.
    """

    scenario: Scenario
    judged: Band
    asked: Asked
    reply: str
    steps: frozenset[str] = frozenset()
    seed: int | str = 0
    answer: Answer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "judged", Band(self.judged))
        object.__setattr__(self, "asked", Asked(self.asked))
        object.__setattr__(self, "steps", frozenset(self.steps))
        object.__setattr__(self, "answer", draw_answer(self.scenario, self.asked, self.seed))
        if unknown := self.steps - {*STEPS, *TOO_MUCH}:
            raise ValueError(f"Step {min(unknown)!r} is not known; choose among {', '.join((*STEPS, *TOO_MUCH))}.")
        offered = [one.id for one in replies_to(self.answer)]
        if self.reply not in offered:
            raise ValueError(f"{self.reply!r} is no reply to “{self.answer.response}”; choose one of {', '.join(offered)}.")


@dataclass(frozen=True)
class Placed:
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
    place: int
    yours: tuple[str, ...]
    kit: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def side(self) -> Side:
        """On which side it falls."""
        return side_of(self.place)


@dataclass(frozen=True)
class Debrief:
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


def debrief(tried: Try) -> Debrief:
    """Say of a try where each choice fell, what the kit would have done, and why: a pure function of the choices.

    The places rest on what was to be seen and on the candidate's own state, never on the answer that was drawn.

    Examples
    --------
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


def assessment_of(scenario: Scenario) -> Assessment:
    """Give what a candidate who saw all that there was to see would have answered."""
    return Assessment(
        signs=scenario.signs,
        felt=scenario.felt,
        confidence=scenario.confidence,
        risk=scenario.risk,
        wants_answer=scenario.wants_answer,
        already=scenario.already,
        format=scenario.format,
    )


def replies_to(answer: Answer) -> tuple[Reply, ...]:
    """Give what can be replied to an answer, in the order in which it is offered."""
    return tuple(reply for reply in replies() if reply.to is answer.response)


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


def ask_words(asked: Asked) -> str:
    """Give a question of the practice in the words in which it is offered."""
    if asked in (Asked.NOTHING, Asked.CONFIRM):
        return text(f"practise.asked_options.{asked}")
    return f"“{text(f'tactics.{asked}.words')}”"


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
        yield Reason(text("practise.close.left_out", step=step.text), step.source)
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
