"""How the interview went: what a person answered, and the reading that can be drawn from it.

Both wings stand on it: *advice* decides what to say, *outcomes* compares what came of it.

The weights are a judgement, not a measurement: a strong sign seen counts as much as the own rating at its most
extreme, a warning half as much again, and what did not happen less than what did. Each two points double the odds of
"well". Whether a person's readings mean anything is for their own outcomes to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, partial
from types import MappingProxyType
from typing import Annotated, Any

from closing_lib.arguments import (
    Count,
    Share,
    Validated,
    is_missing,
    not_known,
    refused,
    shown,
    truth,
    validate_call,
    whole,
)
from closing_lib.content import Sign, language, signs, text
from closing_lib.models import Band, Format, Reason, Round, Settled

_ASKED_SINCE = ("round", "decides", "open_concern", "scripted", "short_of_time")  # with the second edition
EDITION = 2  # of the reading and the rule, saved beside each assessment: the first edition read some answers otherwise
# Points of an answer, by (good, weak) of the sign: seen, not seen.
_POINTS = {
    (True, False): (2.0, -1.0),
    (False, False): (-3.0, 1.0),
    (True, True): (0.5, -0.5),
    (False, True): (-0.5, 0.5),
}
_FELT_MIDDLE = 3
_CLEAR = 4.0  # points either way from which the reading is no longer unsure: odds of 4 to 1
_SEEN_FOR_WELL = 2  # strong good signs that must have been seen: never the slider alone
LITTLE_EVIDENCE = 0.3  # certainty below which the reading rests on little
_WEIGHT_STRONG, _WEIGHT_WEAK, _WEIGHT_FELT = 1.0, 0.25, 1.0


def _signs(name: str, given: object) -> Mapping[str, bool]:
    """Give the signs that were answered, read-only and in their order."""
    if not isinstance(given, Mapping):
        raise refused(name, given, "it must be a mapping of a sign's id to True, False or None")
    known = _ids(language())
    if not given.keys() <= known.keys():
        unknown = next(sign for sign in given if sign not in known)
        raise ValueError(not_known(f"Sign {shown(unknown)} is not known", unknown, known))
    seen = {sign: given[sign] for sign in known if sign in given}
    for sign, answer in seen.items():
        if type(answer) is not bool:
            seen[sign] = _seen(sign, answer)
    return MappingProxyType({sign: answer for sign, answer in seen.items() if answer is not None})


@cache
def _ids(_of: str) -> Mapping[str, None]:
    return dict.fromkeys(sign.id for sign in signs())


def _seen(sign: str, answer: object) -> bool | None:
    if answer is None or isinstance(answer, bool):
        return answer
    try:
        return None if is_missing(answer) else truth(sign, answer)
    except ValueError:
        raise ValueError(f"Sign {sign!r} is {shown(answer)}; it must be True, False or None (can't tell).") from None


def _felt(name: str, value: object) -> int | None:
    return (
        None
        if value is None or is_missing(value)
        else whole(name, value, 1, 5, "it must be 1 to 5, or None (can't tell)")
    )


Rating = Annotated[int, partial(whole, least=1, most=5, remedy="it must be 1 to 5")]


@dataclass(frozen=True)
class Assessment(Validated):
    """What a person answered about one interview.

    Parameters
    ----------
    signs : mapping of str to bool or None
        Sign id -> seen or not. Absent or None: can't tell. Stored read-only, without the "can't tell".
    felt : int or None
        Own rating of how it went, 1 (badly) to 5 (very well); None: can't tell.
    confidence, risk : int
        How confident they feel and how much risk they will take, 1 to 5. 4 or 5 is "really" so.
    wants_answer : bool
        Whether they have no wish to wait for a call that may never come.
    already : Settled, str or None
        What the employer has settled unasked: ``"offer"``, ``"next_step"`` (you are through to it) or nothing.
    format : Format or str
        How the two sides met.
    round : Round, str or None
        Which round it was; None: not said.
    decides : bool or None
        Whether the person opposite decides (True) or carries it to someone who does (False); None: can't tell.
    open_concern : bool
        Whether they raised a doubt that is still open.
    scripted : bool
        Whether every candidate gets the same questions and the same time.
    short_of_time : bool
        Whether there is hardly time for a close.

    Raises
    ------
    ValueError
        If an answer or a sign's id is not one of the choices; the message names them.

    Examples
    --------
    >>> Assessment(signs={"cut_off": False}, felt=4).signs["cut_off"]
    False
    """

    signs: Annotated[Mapping[str, bool | None], _signs] = field(default_factory=dict)
    felt: Annotated[int | None, _felt] = None
    confidence: Rating = 3
    risk: Rating = 3
    wants_answer: bool = False
    already: Settled | None = None
    format: Format = Format.IN_PERSON
    round: Round | None = None
    decides: bool | None = None
    open_concern: bool = False
    scripted: bool = False
    short_of_time: bool = False

    def __hash__(self) -> int:
        rest = tuple(getattr(self, one.name) for one in fields(self) if one.name != "signs")
        return hash((frozenset(self.signs.items()), rest))

    def __reduce__(self) -> tuple[object, ...]:
        return Assessment.from_dict, (self.to_dict(),)

    def to_dict(self) -> dict[str, Any]:
        """Turn the answers into plain values, fit for JSON.

        What only the second edition asks is there where it was answered: then what an earlier kit saved and what this
        one saves of the same answers are the same, letter for letter.
        """
        plain = {one.name: getattr(self, one.name) for one in fields(self)} | {"signs": dict(self.signs)}
        unasked = {name for name in _ASKED_SINCE if plain[name] is None or (plain[name] is False and name != "decides")}
        return {name: value for name, value in plain.items() if name not in unasked}

    @classmethod
    def from_dict(cls, answers: Mapping[str, Any]) -> Assessment:
        """Give the assessment that `to_dict` made plain.

        Raises
        ------
        ValueError
            If an answer is not one of the choices.
        """
        if not isinstance(answers, Mapping):
            raise refused("answers", answers, "give what to_dict gave")
        known = [one.name for one in fields(cls)]
        if unknown := [name for name in answers if name not in known]:
            raise ValueError(not_known(f"An assessment has no {shown(unknown[0])}", unknown[0], known))
        return cls(**answers)


@dataclass(frozen=True)
class Reading(Validated):
    """How the interview went, as far as the answers show it.

    Attributes
    ----------
    band : Band
        POOR, UNSURE or WELL. WELL needs at least two strong good signs that were seen, POOR a warning.
    score : float
        0 (badly) to 1 (well); 0.5 where nothing speaks either way.
    certainty : float
        0 to 1: the share of what can be observed that was answered. "Can't tell" never raises it.
    reasons : tuple of Reason
        What speaks for it, what against, and what limits it.
    pointing_well, pointing_poorly : int
        How many of the answered signs point each way.
    """

    band: Band
    score: Share
    certainty: Share
    reasons: tuple[Reason, ...]
    pointing_well: Count
    pointing_poorly: Count


@validate_call
def assess(assessment: Assessment) -> Reading:
    """Read how the interview went from the answers.

    Parameters
    ----------
    assessment : Assessment
        What the person answered.

    Returns
    -------
    Reading
        A pure function of the answers: the same answers always give the same reading.

    Notes
    -----
    S11 and S12 ask whether it went well; observable signs carry the reading, since own ratings are weak evidence.

    Examples
    --------
    >>> assess(Assessment(felt=5)).band
    <Band.UNSURE: 'unsure'>
    >>> assess(Assessment(signs={"overran": True, "asked_availability": True})).band
    <Band.WELL: 'well'>
    """
    points = _points(assessment)
    band = _band(points, assessment)
    towards = [sign for sign in signs() if assessment.signs.get(sign.id) is sign.good]
    against = [sign for sign in signs() if assessment.signs.get(sign.id) is (not sign.good)]
    if assessment.scripted:
        against = [sign for sign in against if not sign.good]  # that one was missing tells nothing
    return Reading(
        band=band,
        score=round(1 / (1 + 2 ** (-points / 2)), 4),
        certainty=_certainty(assessment),
        reasons=_reasons(assessment, band, points),
        pointing_well=len(towards),
        pointing_poorly=len(against),
    )


def read_band(assessment: Assessment) -> Band:
    """Read only the band of `assess`, without sentences: for trying out many answers quickly."""
    return _band(_points(assessment), assessment)


def seen(assessment: Assessment, *, good: bool) -> list[Sign]:
    """List the strong signs of one kind that were seen; a routine of every screening is no strong sign there."""
    return [s for s in signs() if s.good is good and not _is_weak(s, assessment) and assessment.signs.get(s.id)]


def share_judged(assessment: Assessment) -> float:
    """Share of the strong signs that could be judged at all, 0 to 1."""
    strong = [sign.id for sign in signs() if not sign.weak]
    return sum(name in assessment.signs for name in strong) / len(strong)


def _band(points: float, assessment: Assessment) -> Band:
    if points <= -_CLEAR and seen(assessment, good=False):
        return Band.POOR
    if points >= _CLEAR and len(seen(assessment, good=True)) >= _SEEN_FOR_WELL:
        return Band.WELL
    return Band.UNSURE


def _points(assessment: Assessment) -> float:
    own, answered = 0 if assessment.felt is None else assessment.felt - _FELT_MIDDLE, assessment.signs
    return own + sum(
        _POINTS[sign.good, _is_weak(sign, assessment)][0 if answered[sign.id] else 1]
        for sign in signs()
        # where all get the same questions and time, that a good sign was missing tells nothing
        if sign.id in answered and (answered[sign.id] or not (sign.good and assessment.scripted))
    )


def _is_weak(sign: Sign, assessment: Assessment) -> bool:
    return sign.weak or (sign.routine and assessment.round is Round.SCREEN)


def _certainty(assessment: Assessment) -> float:
    weights = {sign.id: _WEIGHT_WEAK if sign.weak else _WEIGHT_STRONG for sign in signs()}
    answered = sum(weights[name] for name in assessment.signs) + (assessment.felt is not None) * _WEIGHT_FELT
    return round(answered / (sum(weights.values()) + _WEIGHT_FELT), 4)


def _reasons(assessment: Assessment, band: Band, points: float) -> tuple[Reason, ...]:
    source = {Band.WELL: "S11", Band.UNSURE: "S14", Band.POOR: "S12"}[band]
    found = [
        _named("reading.for_it", source, [s for s in signs() if s.good and assessment.signs.get(s.id)]),
        _named("reading.against_it", source, [s for s in signs() if not s.good and assessment.signs.get(s.id)]),
        _named("reading.missing", source, [] if assessment.scripted else _missing(assessment)),
        _named("reading.spared", source, [s for s in signs() if not s.good and assessment.signs.get(s.id) is False]),
    ]
    if assessment.felt is not None:
        found.append(Reason(text("reading.felt", value=assessment.felt), source, ("felt",)))
    found += _limits(assessment, band, points)
    for sign in signs():
        other = next((s for s in signs() if s.id == sign.opposite and sign.good), None)
        if other and assessment.signs.get(sign.id) and assessment.signs.get(other.id):
            both = (f"signs.{sign.id}", f"signs.{other.id}")
            found.append(Reason(text("reading.both", one=sign.again, other=other.again), source, both))
    return tuple(reason for reason in found if reason) or (Reason(text("reading.nothing"), source),)


def _missing(assessment: Assessment) -> list[Sign]:
    return [sign for sign in signs() if sign.good and assessment.signs.get(sign.id) is False]


def _limits(assessment: Assessment, band: Band, points: float) -> Iterator[Reason]:
    """Say what keeps the reading from going further."""
    if points >= _CLEAR and band is Band.UNSURE:
        yield Reason(text("reading.too_little_seen", needed=_SEEN_FOR_WELL), "S11")
    if points <= -_CLEAR and band is Band.UNSURE:
        yield Reason(text("reading.no_warning"), "S12")
    if assessment.scripted:
        yield Reason(text("reading.scripted"), "S14", ("scripted",))
    routine = [sign for sign in signs() if sign.routine and assessment.signs.get(sign.id)]
    if assessment.round is Round.SCREEN and (one := _named("reading.routine", "S11", routine)):
        yield replace(one, fields=("round", *one.fields))


def _named(key: str, source: str, named: list[Sign]) -> Reason | None:
    if not named:
        return None
    listed = "; ".join(sign.again for sign in named)
    return Reason(text(key, signs=listed), source, tuple(f"signs.{sign.id}" for sign in named))
