"""The scenarios to practise with: interviews that never took place, read once, checked, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated

from closing_lib.arguments import Validated, not_known, shown, validate_call
from closing_lib.arguments import whole as is_whole
from closing_lib.content.checking import Block, check_lines, choice, whole, words, yes_or_no
from closing_lib.content.loading import ContentError, Sign, language, read_blocks, signs
from closing_lib.models import Directness, Format, Leaning, Level, Round, Settled

_RATINGS = range(1, 6)
Rating = Annotated[int, partial(is_whole, least=1, most=5, remedy="it must be 1 to 5")]


@dataclass(frozen=True)
class Moment(Validated):
    """One thing that happened, in a sentence or two that show it and leave the verdict to the reader.

    Attributes
    ----------
    text : str
        What happened.
    sign : str or None
        The id of the sign that it shows; None where it only sets the scene.
    seen : bool or None
        Whether it shows the sign to be there (True) or not to be there (False).
    """

    text: str
    sign: str | None = None
    seen: bool | None = None


@dataclass(frozen=True)
class Scenario(Validated):
    """An invented interview, from its opening to the moment of the close.

    Attributes
    ----------
    id : str
        Its name; never changes, since kept tries name it.
    title, role, employer : str
        How it is called, for which job, and at whose place.
    format : Format
        How the two sides meet.
    level : Level
        How far up the job stands.
    directness : Directness
        How plainly the people in the room speak.
    opening : str
        How it began.
    happened : tuple of Moment
        What was to be seen, in its order.
    state : str
        How the candidate feels, in words that tell the three ratings below.
    confidence, risk : int
        1 to 5, as in an assessment.
    wants_answer : bool
        Whether the candidate has no wish to wait for a call.
    leaning : Leaning
        What the interviewer thinks; hidden until the debrief. It decides what comes of it.
    concern : str
        What the interviewer worries about, in their own words; said only if the answer is a concern.
    behind : str
        What went on behind the door, for the debrief.
    felt : int or None
        The candidate's own rating of how it went, where they have one.
    already : Settled or None
        What the employer has settled unasked.
    round : Round or None
        Which round it is.
    decides : bool or None
        Whether the person opposite decides (True) or carries it to someone who does (False); None: nobody can tell.
    open_concern, scripted, short_of_time : bool
        Whether a doubt is still open, every candidate gets the same questions and time, there is hardly time for a
        close: as in an assessment.
    """

    id: str
    title: str
    role: str
    employer: str
    format: Format
    level: Level
    directness: Directness
    opening: str
    happened: tuple[Moment, ...]
    state: str
    confidence: Rating
    risk: Rating
    wants_answer: bool
    leaning: Leaning
    concern: str
    behind: str
    felt: Rating | None = None
    already: Settled | None = None
    round: Round | None = None
    decides: bool | None = None
    open_concern: bool = False
    scripted: bool = False
    short_of_time: bool = False

    @property
    def signs(self) -> dict[str, bool]:
        """What was seen and what was not, by sign."""
        return {one.sign: bool(one.seen) for one in self.happened if one.sign}


def scenarios() -> tuple[Scenario, ...]:
    """Give all scenarios, in the order in which the form offers them.

    Examples
    --------
    >>> len(scenarios()) >= 24
    True
    """
    return scenarios_of(language())


@validate_call
def scenario(id: str) -> Scenario:
    """Give a scenario by its id.

    Raises
    ------
    ValueError
        If there is none; the message names them all.

    Examples
    --------
    >>> scenario("ward_nurse").format
    <Format.IN_PERSON: 'in_person'>
    """
    known = {one.id: one for one in scenarios()}
    if id not in known:
        raise ValueError(not_known(f"Scenario {shown(id)} is not known", id, known))
    return known[id]


@cache
def scenarios_of(of: str) -> tuple[Scenario, ...]:
    """Give the scenarios of a language, whichever is spoken now."""
    return tuple(_scenario(block, where) for where, block in read_blocks(of, "scenarios", "scenario"))


def _scenario(block: Block, where: str) -> Scenario:
    where = f"{where} ({block.get('id', 'without an id')})"
    check_lines(block, Scenario, where)
    texts = ("id", "title", "role", "employer", "opening", "state", "concern", "behind")
    how = choice(block, "format", Format, where)
    return Scenario(
        **{name: words(block, name, where) for name in texts},
        format=how,
        level=choice(block, "level", Level, where),
        directness=choice(block, "directness", Directness, where),
        happened=_moments(block.get("happened"), how, where),
        confidence=whole(block, "confidence", _RATINGS, where),
        risk=whole(block, "risk", _RATINGS, where),
        wants_answer=yes_or_no(block, "wants_answer", where),
        leaning=choice(block, "leaning", Leaning, where),
        felt=whole(block, "felt", _RATINGS, where) if "felt" in block else None,
        already=choice(block, "already", Settled, where) if "already" in block else None,
        round=choice(block, "round", Round, where) if "round" in block else None,
        decides=yes_or_no(block, "decides", where) if "decides" in block else None,
        open_concern=_is_so(block, "open_concern", where),
        scripted=_is_so(block, "scripted", where),
        short_of_time=_is_so(block, "short_of_time", where),
    )


def _is_so(block: Block, name: str, where: str) -> bool:
    return name in block and yes_or_no(block, name, where)


def _moments(blocks: object, how: Format, where: str) -> tuple[Moment, ...]:
    if not isinstance(blocks, list):
        raise ContentError(f"{where}: nothing happened; add a block [[scenario.happened]] below it.")
    found = tuple(_moment(block, how, f"{where}, happened {n}") for n, block in enumerate(blocks, start=1))
    named = [one.sign for one in found if one.sign]
    if twice := {name for name in named if named.count(name) > 1}:
        raise ContentError(f"{where}: {twice.pop()!r} happened twice; join the two into one.")
    there = [one.sign for one in found if one.seen]
    for sign in signs():
        if sign.id in there and sign.opposite in there:
            raise ContentError(f"{where}: {sign.id} and {sign.opposite} cannot both be seen; take one of them out.")
    return found


def _moment(block: object, how: Format, where: str) -> Moment:
    given = check_lines(block, Moment, where)
    if "sign" not in given:
        if "seen" in given:
            raise ContentError(f"{where}: “seen” needs the sign that it speaks of; add a line “sign = …”.")
        return Moment(words(given, "text", where))
    sign = _sign(words(given, "sign", where), where)
    if how not in sign.formats:
        among = ", ".join(sign.formats)
        raise ContentError(f"{where}: {sign.id} cannot be seen in the format {how}, only in {among}; take it out.")
    return Moment(words(given, "text", where), sign.id, yes_or_no(given, "seen", where))


def _sign(id: str, where: str) -> Sign:
    known = {sign.id: sign for sign in signs()}
    if id not in known:
        raise ContentError(not_known(f"{where}: sign {id!r} is not known", id, known))
    return known[id]
