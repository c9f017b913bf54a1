"""From the reading of an interview and the person to the closing tactic: words, reasons, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from closing_lib.advice.closing_steps import Step, closing_steps
from closing_lib.arguments import Validated, validate_call
from closing_lib.assessment import LITTLE_EVIDENCE, Assessment, Reading, assess, read_band
from closing_lib.content import signs, text
from closing_lib.models import Band, Reason, Settled, Tactic

# What else a sign's answer could have been, the nearest first: "can't tell" lies between no and yes.
_OTHER_SEEN: dict[bool | None, list[Any]] = {True: [None, False], None: [True, False], False: [None, True]}

REALLY = 4  # a confidence, or a willingness to take a risk, from which it counts as real (S11)


class Change(NamedTuple):
    """The smallest change of one answer that would change the tactic.

    Attributes
    ----------
    field : str
        The answer: a field of `Assessment`, a sign's as ``"signs.<id>"``.
    to : int, bool, Settled or None
        What it would have to be.
    tactic : Tactic
        What would then be advised.
    """

    field: str
    to: Any
    tactic: Tactic


@dataclass(frozen=True)
class Advice(Validated):
    """What to ask at the close, and why.

    Attributes
    ----------
    tactic : Tactic
        What is advised; boldness runs STANDING < MILD < BOLD, and CONFIRM stands apart.
    words : str
        The exact words to say.
    reasons, cautions : tuple of Reason
        Each with its S-number and the answers that led to it. The first two cautions are the two sides of the fine
        line: too pushy, too timid (S1).
    steps : tuple of Step
        The closing sequence in its order, adapted to the format.
    changes : tuple of Change
        Every smallest change of a single answer that would change the tactic; what the person can change comes first.
    reading : Reading
        How the interview went, which the advice rests on.
    """

    tactic: Tactic
    words: str
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    reading: Reading


@validate_call
def recommend(assessment: Assessment) -> Advice:
    """Recommend a closing tactic for an interview.

    Parameters
    ----------
    assessment : Assessment
        What the person answered.

    Returns
    -------
    Advice
        A pure function of the answers.

    Notes
    -----
    Rests on S1, S3 to S15, S18, S21 and S22. The source article leaves the default open: it is MILD here.

    Examples
    --------
    >>> advice = recommend(Assessment(confidence=5, risk=5))
    >>> advice.tactic
    <Tactic.MILD: 'mild'>
    >>> advice.words
    'Is there anything else I can answer for you to make a hiring decision?'
    """
    reading = assess(assessment)
    tactic = choose(reading.band, assessment)
    words = text(f"tactics.confirm.words.{assessment.already}" if assessment.already else f"tactics.{tactic}.words")
    return Advice(
        tactic=tactic,
        words=words,
        reasons=tuple(_reasons(tactic, reading.band, assessment)),
        cautions=tuple(_cautions(tactic, reading)),
        steps=closing_steps(words, tactic, assessment.format, assessment.already),
        changes=tuple(_changes(tactic, assessment)),
        reading=reading,
    )


def choose(band: Band, person: Assessment) -> Tactic:
    """Choose the tactic from the band and from what the person answered about themselves; the signs are in the band."""
    if person.already is not None:
        return Tactic.CONFIRM
    if band is Band.WELL:
        really = person.confidence >= REALLY and person.risk >= REALLY
        return Tactic.BOLD if really else Tactic.MILD
    return Tactic.STANDING if person.wants_answer else Tactic.MILD


# --- Reasons


def _reasons(tactic: Tactic, band: Band, person: Assessment) -> Iterator[Reason]:
    match tactic:
        case Tactic.CONFIRM:
            source = "S6" if person.already is Settled.OFFER else "S7"
            yield Reason(text(f"advice.because.settled_{person.already}"), source, ("already",))
        case Tactic.BOLD:
            yield _went_well(person)
            yield _because("confident", "S11", "confidence", person)
            yield _because("will_risk", "S11", "risk", person)
        case Tactic.STANDING:
            yield from _why_standing(band, person)
        case Tactic.MILD:
            yield from _why_mild(band, person)
    if tactic is not Tactic.CONFIRM:
        yield Reason(text("advice.because.last_chance"), "S3")


def _why_standing(band: Band, person: Assessment) -> Iterator[Reason]:
    key = "wants_answer_poor" if band is Band.POOR else "wants_answer_unsure"
    yield Reason(text(f"advice.because.{key}"), "S14", ("wants_answer",))
    yield _not_well(band, person)


def _why_mild(band: Band, person: Assessment) -> Iterator[Reason]:
    if band is Band.WELL:
        yield _went_well(person)
        if person.confidence < REALLY:
            yield _because("not_confident", "S11", "confidence", person)
        if person.risk < REALLY:
            yield _because("no_risk", "S11", "risk", person)
    else:
        yield _not_well(band, person)
    wait = "wants_answer_well" if person.wants_answer else "can_wait"
    yield Reason(text(f"advice.because.{wait}"), "S14", ("wants_answer",))
    yield Reason(text(f"advice.because.{'door_open' if band is Band.POOR else 'milder'}"), "S13")


def _went_well(person: Assessment) -> Reason:
    seen = [sign for sign in signs() if sign.good and not sign.weak and person.signs.get(sign.id)]
    evidence = "; ".join(sign.again for sign in seen)
    return Reason(
        text("advice.because.went_well", evidence=evidence), "S11", tuple(f"signs.{sign.id}" for sign in seen)
    )


def _not_well(band: Band, person: Assessment) -> Reason:
    key, source = ("went_poorly", "S12") if band is Band.POOR else ("went_either_way", "S11")
    own = () if person.felt is None else ("felt",)
    return Reason(text(f"advice.because.{key}"), source, (*(f"signs.{name}" for name in person.signs), *own))


def _because(key: str, source: str, field: str, person: Assessment) -> Reason:
    return Reason(text(f"advice.because.{key}", value=getattr(person, field)), source, (field,))


# --- Cautions


def _cautions(tactic: Tactic, reading: Reading) -> Iterator[Reason]:
    for side in ("too_pushy", "too_timid"):
        yield Reason(text(f"advice.beware.{tactic}.{side}"), "S1")
    if tactic is Tactic.BOLD:
        yield Reason(text("advice.beware.bold.disputed"), "S1")
        if reading.certainty < LITTLE_EVIDENCE:
            yield Reason(text("advice.beware.bold.little_evidence"), "S11")
    if tactic is not Tactic.CONFIRM:
        yield Reason(text("advice.beware.always.listen"), "S15")
        yield Reason(text("advice.beware.always.concern"), "S16")
        yield Reason(text("advice.beware.always.no_commitment"), "S18")
    yield Reason(text("advice.beware.always.stay_positive"), "S22")


# --- What would change it


def _changes(tactic: Tactic, assessment: Assessment) -> Iterator[Change]:
    for name, nearest_first in _alternatives(assessment):
        reached = {tactic}
        for to in nearest_first:
            changed = _with(assessment, name, to)
            other = choose(read_band(changed), changed)
            if other not in reached:
                reached.add(other)
                yield Change(name, to, other)


def _alternatives(assessment: Assessment) -> Iterator[tuple[str, list[Any]]]:
    """Give each answer with the values that it could have had instead, the nearest first."""
    for name in ("confidence", "risk"):
        yield name, _other_ratings(getattr(assessment, name))
    yield "wants_answer", [not assessment.wants_answer]
    yield "felt", _other_ratings(assessment.felt)
    for sign in signs():
        yield f"signs.{sign.id}", _OTHER_SEEN[assessment.signs.get(sign.id)]
    yield "already", [settled for settled in (None, *Settled) if settled != assessment.already]


def _other_ratings(value: int | None) -> list[int]:
    middle = 3 if value is None else value
    return sorted({1, 2, 3, 4, 5} - {value}, key=lambda other: abs(other - middle))


def _with(assessment: Assessment, name: str, to: Any) -> Assessment:
    if name.startswith("signs."):
        return replace(assessment, signs={**assessment.signs, name.removeprefix("signs."): to})
    return replace(assessment, **{name: to})
