"""The closing pitch: the four things to sum up, what weakens them, and how long they take to say."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.advice.wording import count_words, find_words
from closing_lib.arguments import Count, Validated, validate_call
from closing_lib.content import lines, text
from closing_lib.models import Element

WORDS_A_MINUTE = 130  # a rule of thumb for an unhurried speaker, not a measurement
LONG = 90  # seconds from which a pitch is too long for a close


@dataclass(frozen=True)
class Pitch(Validated):
    """Why the person fits, in four parts that they wrote themselves: nothing is guessed from a text (S10).

    Attributes
    ----------
    skills, experience, ambition, desire : str
        Each part; empty where it is still to write.
    """

    skills: str = ""
    experience: str = ""
    ambition: str = ""
    desire: str = ""

    def __getitem__(self, element: Element) -> str:
        written: str = getattr(self, element)
        return written.strip()


@dataclass(frozen=True)
class Weakness(Validated):
    """A word that weakens the pitch, with its place.

    Attributes
    ----------
    kind : str
        ``"hedge"`` or ``"apology"``.
    element : Element
        The part in which it stands.
    found : str
        What stands there, as it was typed.
    start, end : int
        Where in that part, in characters from its beginning.
    """

    kind: str
    element: Element
    found: str
    start: int
    end: int

    def __str__(self) -> str:
        named = text(f"preparation.pitch.element.{self.element}")
        return text(f"preparation.pitch.{self.kind}", found=self.found, element=named)


@dataclass(frozen=True)
class Review(Validated):
    """What there is to say about a pitch.

    Attributes
    ----------
    missing : tuple of Element
        The parts still to write.
    weaknesses : tuple of Weakness
        Hedges and apologies, in the order of the text.
    words : int
        How many words it has.
    seconds : int
        How long it takes to say, at `WORDS_A_MINUTE`.
    remarks : tuple of str
        All of it in sentences.
    """

    missing: tuple[Element, ...]
    weaknesses: tuple[Weakness, ...]
    words: Count
    seconds: Count

    @property
    def remarks(self) -> tuple[str, ...]:
        """All of it in sentences: what is missing, what weakens it, how long it takes."""
        return (self._completeness(), *map(str, self.weaknesses), *self.time)

    @property
    def time(self) -> tuple[str, ...]:
        """How long it takes in sentences; nothing where nothing is written."""
        if not self.words:
            return ()
        said = text("preparation.pitch.time", seconds=self.seconds, words=self.words, rate=WORDS_A_MINUTE)
        return (said, text("preparation.pitch.long")) if self.seconds > LONG else (said,)

    def _completeness(self) -> str:
        named = ", ".join(text(f"preparation.pitch.element.{one}") for one in self.missing)
        return text("preparation.pitch.missing", elements=named) if named else text("preparation.pitch.complete")


@validate_call
def check_pitch(pitch: Pitch) -> Review:
    """Review a pitch: the missing ones of the four (S10), hedges and apologies with their place, the speaking time.

    Examples
    --------
    >>> review = check_pitch(Pitch(skills="I think I plan well.", experience="Six years of it."))
    >>> review.missing
    (<Element.AMBITION: 'ambition'>, <Element.DESIRE: 'desire'>)
    >>> review.weaknesses[0].found, review.weaknesses[0].start
    ('I think', 0)
    """
    words = sum(count_words(pitch[element]) for element in Element)
    return Review(
        missing=tuple(element for element in Element if not pitch[element]),
        weaknesses=tuple(found for element in Element for found in _weaknesses(element, pitch[element])),
        words=words,
        seconds=round(words * 60 / WORDS_A_MINUTE),
    )


def _weaknesses(element: Element, written: str) -> list[Weakness]:
    kinds = {"hedge": lines("preparation.pitch.hedges"), "apology": lines("preparation.pitch.apologies")}
    found = [
        Weakness(kind, element, spot.found, spot.start, spot.end)
        for kind, words in kinds.items()
        for spot in find_words(written, words)
    ]
    return sorted(found, key=lambda one: one.start)
