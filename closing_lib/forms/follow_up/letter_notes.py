"""What a person has noted for the letters of one interview: for each interviewer apart, and kept as a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from closing_lib.documents.letter import Person
from closing_lib.documents.letters import DAYS
from closing_lib.documents.names import people_named

COORDINATOR = ","  # stands for the coordinator among the names of those met: no name has a comma
_NEWS, _REASONS = ("news", "update"), ("why_time", "why_decline", "why_withdraw")  # each for a letter of its own
SENTENCES = ("topic", "strength", "interest", "omission", "repair", "doubt", *_NEWS, "times", *_REASONS, "terms")
LINES = ("written_to", "greeting", "email")
WHO = "coordinator"  # whose name is asked for with a letter to them
ALWAYS = ("greeting", "email")  # whatever the letter is for
LETTER = (WHO, *DAYS, *SENTENCES, *LINES)
CARD = ("phone", "job")
OWN = (*LETTER, *CARD)  # what is asked about one person


@dataclass(frozen=True)
class LetterNotes:
    """The notes of one interview.

    Attributes
    ----------
    people : str
        Who was there, as it was typed.
    answers : mapping of str to (mapping of str to str)
        What was typed about each of them, by name.
    offered : mapping of str to str
        What is offered for each letter until it is worded anew; it is not kept.
    """

    people: str = ""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    offered: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The people's names."""
        return people_named(self.people)

    @property
    def persons(self) -> tuple[Person, ...]:
        """The people with what their letters need."""
        return tuple(_person(name, self.said_of(name)) for name in self.names)

    @property
    def coordinator(self) -> Person:
        """Whoever arranged the interview, with what the letter to them needs."""
        said = self.said_of(COORDINATOR)
        return _person(said[WHO], said)

    def said_of(self, name: str | None) -> Mapping[str, str]:
        """Give what stands in the questions about a person: what was typed, else what is offered."""
        offered = {one: words for one, words in self.offered.items() if name and words != name}
        typed = self.answers.get(name or "", {})
        return {one: typed.get(one, offered.get(one, "")) for one in OWN}

    def about(self, name: str, said: Mapping[str, str]) -> LetterNotes:
        """Give the notes with other answers about one person; what stands there as it was offered is not typed."""
        typed = {one: words for one, words in said.items() if words != self.offered.get(one, "")}
        return replace(self, answers={**self.answers, name: typed})

    def with_people(self, people: str) -> LetterNotes:
        """Give the notes with other people; what was typed about a name goes on with it, and with a name mended."""
        now = people_named(people)
        answers = dict(self.answers)
        if len(now) == len(self.names):
            for old, new in zip(self.names, now, strict=True):
                if old not in now and new not in self.names and old in answers:
                    answers[new] = answers.pop(old)
        return replace(self, people=people, answers=answers)

    def dumped(self) -> dict[str, Any]:
        """Give the notes as plain values."""
        return {"people": self.people, "answers": {name: dict(typed) for name, typed in self.answers.items()}}

    @classmethod
    def loaded(cls, kept: Mapping[str, Any] | None, people: str | None, offered: Mapping[str, str]) -> LetterNotes:
        """Give the notes that were kept, as far as they are any; else those of an interview with these people."""
        if not kept:
            return cls(people or "", offered=offered)
        answers = _mapping(kept.get("answers"))
        typed = {
            name: {one: as_typed(words) for one, words in _mapping(said).items()} for name, said in answers.items()
        }
        return cls(as_typed(kept.get("people")), typed, offered)


def _person(name: str, said: Mapping[str, str]) -> Person:
    days = {one: _day(said[one]) for one in DAYS}
    return Person(name, **{one: said[one] for one in (*SENTENCES, *LINES)}, **days)  # type: ignore[arg-type]


def _day(kept: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(kept)
    except ValueError:  # none yet, or another program left it
        return None


def as_typed(kept: object) -> str:
    """Give a text that was kept; nothing where another program left something else in its place."""
    return kept if isinstance(kept, str) else ""


def _mapping(kept: object) -> Mapping[str, object]:
    return kept if isinstance(kept, Mapping) else {}
