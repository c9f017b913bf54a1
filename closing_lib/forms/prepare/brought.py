"""The questions that a person brings: what they chose at each place, or what is suggested there; without widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from closing_lib.advice.preparation import MOST_QUESTIONS
from closing_lib.advice.questions import complete
from closing_lib.content import Question, questions

OWN = "own"  # chosen in place of a question of the bank


@dataclass(frozen=True)
class Brought:
    """The questions to bring.

    Attributes
    ----------
    suggested : tuple of Question
        Those that fit, in the order in which they are suggested.
    chosen : tuple of str
        At each place the id of the question that was kept, `OWN` for the person's own words; anything else: what is
        suggested there.
    own : tuple of str
        At each place the person's own words.
    research : mapping of str to str
        What was found out, by which the gaps are filled.
    """

    suggested: tuple[Question, ...]
    chosen: tuple[str, ...]
    own: tuple[str, ...]
    research: Mapping[str, str | None]

    @cached_property
    def of_bank(self) -> tuple[Question | None, ...]:
        """At each place the question of the bank; None where the person's own words are."""
        known = {one.id: one for one in questions()}
        kept = [known.get(one) for one in self.chosen]
        spare = (one for one in self.suggested[MOST_QUESTIONS:] if one not in kept)

        def at(place: int) -> Question | None:
            usual = self.suggested[place]
            return kept[place] or (usual if usual not in kept else next(spare, None))

        return tuple(None if self.is_own(place) else at(place) for place in range(MOST_QUESTIONS))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """At each place the question as it will be asked; empty where it is left out."""
        words = (own if one is None else one.text for one, own in zip(self.of_bank, self.own, strict=True))
        return tuple(complete(one, self.research).strip() for one in words)

    @property
    def on_card(self) -> tuple[str, ...]:
        """What goes onto the card: not what is only suggested and still has a gap."""
        return tuple(said for place, said in enumerate(self.said) if said and not self._waits(place))

    def is_own(self, place: int) -> bool:
        """Whether the person's own words are at a place."""
        return self.chosen[place] == OWN

    def is_kept(self, place: int) -> bool:
        """Whether the question at a place stays, whatever would be suggested there."""
        now = self.of_bank[place]
        return now is not None and now.id == self.chosen[place]

    def _waits(self, place: int) -> bool:
        now = self.of_bank[place]
        found = {name for name, said in self.research.items() if said}
        return now is not None and not self.is_kept(place) and not {*now.slots} <= found

    def after(self, place: int) -> tuple[Question, bool]:
        """Give the question that comes after the one at a place, and whether all have been seen with it."""
        others = [one for at, one in enumerate(self.of_bank) if at != place]
        ring = [one for one in self.suggested if one not in others]
        now = self.of_bank[place]
        following = ring.index(now) + 1 if now in ring else 0
        return ring[following % len(ring)], following == len(ring)
