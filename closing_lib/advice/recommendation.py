"""From the reading of an interview and the person to the closing tactic: words, reasons, and what would change it.

The rule, first match wins. CONFIRM what the employer has settled. BOLD if it went well, the person is really confident
and willing to take the risk, and nothing in `ruled_out` speaks against it. STANDING if it is not clear that it went
well and there is no wish to wait. MILD otherwise. A doubt that is still open comes before any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from closing_lib.advice.closing_steps import Step, closing_steps
from closing_lib.advice.words import carries_it_on, has_told, must_be_short, short_close, words_of
from closing_lib.arguments import Validated, validate_call
from closing_lib.assessment import Assessment, Reading, assess, read_band, seen, share_judged
from closing_lib.content import signs, text
from closing_lib.models import Band, Pair, Reason, Round, Settled, Tactic

# What else a sign's answer could have been, the nearest first: "can't tell" lies between no and yes.
_OTHER_SEEN: dict[bool | None, list[Any]] = {True: [None, False], None: [True, False], False: [None, True]}

REALLY = 4  # a confidence, or a willingness to take a risk, from which it counts as real (S11)
DIRECT = {Pair.MILD_STANDING: Tactic.STANDING, Pair.MILD_BOLD: Tactic.BOLD}  # the more direct one of each
_ENOUGH_JUDGED = 0.5  # share of the strong signs that must have been judged before the bold question fits


class Change(NamedTuple):
    """The smallest change of one answer that would change the tactic.

    Attributes
    ----------
    field : str
        The answer: a field of `Assessment`, a sign's as ``"signs.<id>"``.
    to : int, bool, str or None
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
        What is advised; directness runs MILD < STANDING < BOLD, and CONFIRM stands apart.
    words : str
        The exact words to say.
    quoted : bool
        Whether the words are the source article's own. The others are the kit's, for whoever sits opposite.
    others : mapping of str to str
        Other ways to say it, each with what speaks for and against it.
    short : str
        The close of under a minute: one sentence of why, the ask, when they decide, thanks.
    reasons, cautions : tuple of Reason
        Each with its S-number and the answers that led to it. The first two cautions are the two sides of the fine
        line: too pushy, too timid (S1).
    steps : tuple of Step
        The closing sequence in its order, adapted to the format and to who sits opposite; the short one where there is
        no time for more. A doubt that is still open comes first, and nothing that they have told is asked for again.
    changes : tuple of Change
        Every smallest change of a single answer that would change the tactic; what the person can change comes first.
    reading : Reading
        How the interview went, which the advice rests on.
    defensible : tuple of Tactic
        The questions that the rule can defend here, the advised one among them, from the least to the most direct: in
        place of a more direct one that it advises also the mild one, whose conditions always hold.
    assessment : Assessment
        What it was made of.

    Notes
    -----
    A notebook shows it by its bare name in the last line of a cell: as its card.
    """

    tactic: Tactic
    words: str
    quoted: bool
    others: Mapping[str, str] = field(hash=False)
    short: str
    reasons: tuple[Reason, ...]
    cautions: tuple[Reason, ...]
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    reading: Reading
    defensible: tuple[Tactic, ...]
    assessment: Assessment

    def __repr__(self) -> str:
        return f"{self.tactic}: {self.words}"

    def _repr_html_(self) -> str:
        return f'<div class="ck">{_cards[-1](self)}</div>'


_cards: list[Callable[[Advice], str]] = []


def shown_by(write: Callable[[Advice], str]) -> Callable[[Advice], str]:
    """Register what writes the card of an advice: it imports this file, which cannot import it."""
    _cards.append(write)
    return write


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
    Rests on S1, S3 to S16, S18, S21 and S22. The source article leaves open what to ask otherwise: it is MILD here.

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
    words = words_of(tactic, assessment)
    return Advice(
        tactic=tactic,
        words=words.said,
        quoted=words.quoted,
        others=words.others,
        short=" ".join(short_close(words.said, assessment)),
        reasons=tuple(_reasons(tactic, reading.band, assessment)),
        cautions=tuple(_cautions(tactic, assessment)),
        steps=closing_steps(words.said, tactic, assessment),
        changes=tuple(_changes(tactic, assessment)),
        reading=reading,
        defensible=_defensible(tactic, assessment),
        assessment=assessment,
    )


def choose(band: Band, assessment: Assessment) -> Tactic:
    """Choose the tactic from how it went, the person opposite, and what the person answered about themselves."""
    if assessment.already is not None:
        return Tactic.CONFIRM
    really = assessment.confidence >= REALLY and assessment.risk >= REALLY
    if band is Band.WELL and really and not any(ruled_out(assessment)):
        return Tactic.BOLD
    return Tactic.STANDING if band is not Band.WELL and assessment.wants_answer else Tactic.MILD


def can_be_drawn(assessment: Assessment) -> tuple[Pair, ...]:
    """Give the pairs of questions of which both can become defensible, however the interview goes.

    Parameters
    ----------
    assessment : Assessment
        What is known before the interview: who will sit opposite, which round it is, and how confident the person is,
        how willing to take the risk, and whether they want an answer.

    Examples
    --------
    >>> can_be_drawn(Assessment(confidence=5, risk=5))
    (<Pair.MILD_BOLD: 'mild_bold'>,)
    >>> can_be_drawn(Assessment(confidence=5, risk=5, round="screen", wants_answer=True))
    (<Pair.MILD_STANDING: 'mild_standing'>,)
    """
    judged = replace(assessment, signs={sign.id: sign.good for sign in signs()})
    reached = {choose(band, judged) for band in Band}
    return tuple(pair for pair, direct in DIRECT.items() if direct in reached)


def _defensible(tactic: Tactic, assessment: Assessment) -> tuple[Tactic, ...]:
    """Give what the rule can defend: one alone where something comes first, or where it is the mild one already."""
    comes_first = assessment.already is not None or assessment.open_concern or must_be_short(assessment)
    return (tactic,) if comes_first or tactic is Tactic.MILD else (Tactic.MILD, tactic)


def ruled_out(assessment: Assessment) -> Iterator[Reason]:
    """Say what rules the bold question out, however well it went and whoever would dare it (S11, S12)."""
    if assessment.open_concern:
        yield _because("bold.concern", "S16", "open_concern")
    if assessment.decides is False:
        yield _because("bold.carries", "S11", "decides")
    if assessment.round is Round.SCREEN:
        yield _because("bold.screening", "S11", "round")
    for sign in signs():
        if sign.rules_out_bold and assessment.signs.get(sign.id):
            yield _because("bold.warned", "S12", f"signs.{sign.id}", sign=sign.again)
    if share_judged(assessment) < _ENOUGH_JUDGED:
        yield _because("bold.little_judged", "S11")


# --- Reasons


def _reasons(tactic: Tactic, band: Band, person: Assessment) -> Iterator[Reason]:
    if tactic is Tactic.CONFIRM:
        yield _because(f"settled_{person.already}", "S6" if person.already is Settled.OFFER else "S7", "already")
    else:
        if person.open_concern:
            yield _because("concern_open", "S16", "open_concern")
        yield from _WHY[tactic](band, person)
    yield from _why_so(tactic, person)
    if tactic is not Tactic.CONFIRM:
        yield _because("last_chance", "S3")


def _why_bold(_band: Band, person: Assessment) -> Iterator[Reason]:
    yield _went_well(person)
    yield _because("confident", "S11", "confidence", value=person.confidence)
    yield _because("will_risk", "S11", "risk", value=person.risk)


def _why_standing(band: Band, person: Assessment) -> Iterator[Reason]:
    yield _because("wants_answer_poor" if band is Band.POOR else "wants_answer_unsure", "S14", "wants_answer")
    yield _not_well(band, person)


def _why_mild(band: Band, person: Assessment) -> Iterator[Reason]:
    if band is Band.WELL:
        yield _went_well(person)
        if person.confidence < REALLY:
            yield _because("not_confident", "S11", "confidence", value=person.confidence)
        if person.risk < REALLY:
            yield _because("no_risk", "S11", "risk", value=person.risk)
        yield from ruled_out(person)
    else:
        yield _not_well(band, person)
    yield _because("wants_answer_well" if person.wants_answer else "can_wait", "S14", "wants_answer")
    yield _because("door_open" if band is Band.POOR else "milder", "S13")


_WHY = {Tactic.BOLD: _why_bold, Tactic.STANDING: _why_standing, Tactic.MILD: _why_mild}


def _why_so(tactic: Tactic, person: Assessment) -> Iterator[Reason]:
    """Say why these words, and why this order."""
    if person.round is Round.FINAL and tactic is Tactic.STANDING:
        yield _because("words.final", "S14", "round")
    elif carries_it_on(person) and tactic is not Tactic.CONFIRM:
        yield _because("words.carries", "S13", "round" if person.decides is None else "decides")
    if has_told(person) and not person.already and not must_be_short(person):
        yield _because("told", "S7", "signs.next_steps_named")
    if must_be_short(person):
        hurried = [f"signs.{name}" for name in ("cut_off", "ended_early") if person.signs.get(name)]
        if person.short_of_time:
            yield _because("short", "S22", "short_of_time")
        else:
            yield _because("hurried", "S22", *hurried)


def _went_well(person: Assessment) -> Reason:
    good = seen(person, good=True)
    evidence = "; ".join(sign.again for sign in good)
    return _because("went_well", "S11", *(f"signs.{sign.id}" for sign in good), evidence=evidence)


def _not_well(band: Band, person: Assessment) -> Reason:
    key, source = ("went_poorly", "S12") if band is Band.POOR else ("went_either_way", "S11")
    own = () if person.felt is None else ("felt",)
    return _because(key, source, *(f"signs.{name}" for name in person.signs), *own)


def _because(key: str, source: str, *fields: str, **values: object) -> Reason:
    return Reason(text(f"advice.because.{key}", **values), source, fields)


# --- Cautions


def _cautions(tactic: Tactic, assessment: Assessment) -> Iterator[Reason]:
    for side in ("too_pushy", "too_timid"):
        yield _beware(f"{tactic}.{side}", "S1")
    if tactic is Tactic.BOLD:
        yield _beware("bold.disputed", "S1")
    if tactic is not Tactic.CONFIRM:
        if assessment.decides is False:
            yield _beware("always.not_theirs", "S18", "decides")
        yield _beware("always.listen", "S15")
        yield _beware("always.concern", "S16")
        yield _beware("always.no_commitment_yet" if assessment.decides else "always.no_commitment", "S18")
    elif assessment.already is Settled.NEXT_STEP and assessment.open_concern:
        yield _beware("confirm.open_concern", "S16", "open_concern")
    yield _beware("always.stay_positive", "S22")


def _beware(key: str, source: str, *fields: str) -> Reason:
    return Reason(text(f"advice.beware.{key}"), source, fields)


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
    yield "decides", [one for one in (None, True, False) if one is not assessment.decides]
    yield "open_concern", [not assessment.open_concern]
    yield "scripted", [not assessment.scripted]
    yield "round", [one for one in (None, *Round) if one is not assessment.round]


def _other_ratings(value: int | None) -> list[int]:
    middle = 3 if value is None else value
    return sorted({1, 2, 3, 4, 5} - {value}, key=lambda other: abs(other - middle))


def _with(assessment: Assessment, name: str, to: Any) -> Assessment:
    if name.startswith("signs."):
        return replace(assessment, signs={**assessment.signs, name.removeprefix("signs."): to})
    return replace(assessment, **{name: to})
