"""The running record of the practice: how often each choice fell on which side of the line, and the latest tries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from closing_lib.arguments import Count, Validated, validate_call
from closing_lib.models import Asked, Band, Choice, Move, Response, Side, Verdict
from closing_lib.practice.debrief import Debrief, side_of

C = TypeVar("C", bound=Choice)

ENOUGH = 5  # tries from which the record says which way a person leans; before that it only counts
LATEST = 5


@dataclass(frozen=True)
class KeptTry(Validated):
    """A try as it is kept in the log.

    Attributes
    ----------
    scenario : str
        The id of the interview.
    seed : str
        What its answer was drawn with.
    judged : Band
        How the candidate judged it.
    verdict : Verdict
        How that compares with the kit's reading.
    asked : Asked
        What was asked.
    response : Response
        What was answered.
    reply : str
        The id of the reply.
    steps : str
        What was done besides, parted by spaces.
    places : mapping of Move to int
        The place of each choice on the line.
    """

    scenario: str
    seed: str
    judged: Band
    verdict: Verdict
    asked: Asked
    response: Response
    reply: str
    steps: str
    places: Mapping[Move, int]

    @classmethod
    def of(cls, told: Debrief) -> KeptTry:
        """Take from a debrief what is kept of the try."""
        tried = told.tried
        return cls(
            scenario=tried.scenario.id,
            seed=str(tried.seed),
            judged=tried.judged,
            verdict=told.verdict,
            asked=tried.asked,
            response=tried.answer.response,
            reply=tried.reply,
            steps=" ".join(sorted(tried.steps)),
            places=told.places,
        )

    @property
    def fitted(self) -> bool:
        """Whether the question fitted, which is what a try is counted by."""
        return self.places[Move.ASK] == 0

    def to_detail(self) -> dict[str, str | int | bool | None]:
        """Turn it into plain values, by name."""
        names = ("scenario", "seed", "judged", "verdict", "asked", "response", "reply", "steps")
        places: dict[str, str | int | bool | None] = {f"{move}_place": self.places[move] for move in Move}
        return places | {name: str(getattr(self, name)) for name in names}

    @classmethod
    def from_detail(cls, detail: Mapping[str, object]) -> KeptTry | None:
        """Read the try that `to_detail` made plain; None if it is something else.

        Its places stay those of the line as it was when the try was kept.
        """
        try:
            return cls(
                **{name: str(detail[name]) for name in ("scenario", "seed", "reply", "steps")},
                judged=Band(str(detail["judged"])),
                verdict=Verdict(str(detail["verdict"])),
                asked=Asked(str(detail["asked"])),
                response=Response(str(detail["response"])),
                places={move: int(str(detail[f"{move}_place"])) for move in Move},
            )
        except (KeyError, ValueError):
            return None


@dataclass(frozen=True)
class PracticeRecord(Validated):
    """What the tries so far add up to.

    Attributes
    ----------
    tried : int
        How many there were.
    sides : mapping of Move to mapping of Side to int
        How often each choice fell on each side.
    verdicts : mapping of Verdict to int
        How often the reading was right, too hopeful, too harsh.
    latest : tuple of KeptTry
        The latest ones, the newest first.
    """

    tried: Count
    sides: Mapping[Move, Mapping[Side, int]]
    verdicts: Mapping[Verdict, int]
    latest: tuple[KeptTry, ...]

    @validate_call
    def leaning(self, move: Move) -> Side | None:
        """Side on which more than half of the tries fell; None where there is none, or too few tries."""
        if self.tried < ENOUGH:
            return None
        return next((side for side, times in self.sides[move].items() if times * 2 > self.tried), None)


@validate_call
def practice_record(tries: Iterable[KeptTry]) -> PracticeRecord:
    """Add up tries, given from the oldest to the newest.

    Examples
    --------
    >>> practice_record([]).tried
    0
    """
    kept = tuple(tries)
    sides = {move: _count(Side, (side_of(one.places[move]) for one in kept)) for move in Move}
    return PracticeRecord(len(kept), sides, _count(Verdict, (one.verdict for one in kept)), kept[-LATEST:][::-1])


def _count(words: type[C], found: Iterable[C]) -> dict[C, int]:
    listed = list(found)
    return {word: listed.count(word) for word in words}
