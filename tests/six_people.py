"""Every letter that comes of six invented people in each language, whose words are as people type them.

.venv/bin/python tests/six_people.py           print all letters, to be read one by one as the manager who gets them
.venv/bin/python tests/six_people.py es nudge  those in a language, and of a kind
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from closing_lib.content import LANGUAGES, use_language
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.letters import SHAPES, letter
from closing_lib.models import Settled

HELD_ON = dt.date(2026, 11, 20)
DAYS = {
    "call_on": dt.date(2026, 11, 24),
    "deadline": dt.date(2026, 12, 1),
    "answer_by": dt.date(2026, 12, 4),
    "starts_on": dt.date(2027, 1, 11),
}


@dataclass(frozen=True)
class Applicant:
    """Someone who writes letters: the interview, whom they met, and when they asked for news before."""

    how: str
    occasion: Occasion
    met: tuple[Person, ...]
    asked: tuple[dt.date | None, ...]


@cache
def applicants(language: str) -> tuple[Applicant, ...]:
    """Read the six people of a language."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(map(_applicant, read[language]))


def written(by: Applicant) -> Iterator[Letter]:
    """Write their letters of all kinds: with all that they say, with the least, and whatever has been settled."""
    first, *others = by.met
    bare = replace(first, **dict.fromkeys(DAYS), **dict.fromkeys(SHAPES[LetterKind.THANK_YOU].may, ""))  # type: ignore[arg-type]
    bare = replace(
        bare,
        interest="",
        news="",
        update="",
        why_time="",
        why_decline="",
        why_withdraw="",
        times="",
        terms="",
        written_to="",
    )
    yield from (letter(LetterKind.THANK_YOU, by.occasion, person, by.met[:at]) for at, person in enumerate(by.met))
    yield letter(LetterKind.NUDGE, by.occasion, first, asked=by.asked)
    for kind in LetterKind:
        for settled in (None, *Settled) if kind in (LetterKind.THANK_YOU, LetterKind.NUDGE) else (None,):
            yield letter(kind, replace(by.occasion, settled=settled), first, others if "panel" in kind else ())
        yield letter(kind, by.occasion, bare)


def _applicant(read: dict[str, Any]) -> Applicant:
    met = tuple(Person(**DAYS, **_for_every_letter(person)) for person in read["met"])
    about = {one: read[one] for one in ("company", "role", "me", "format", "settled", "promised_on") if one in read}
    asked = tuple(dt.date.fromisoformat(one) if one else None for one in read.get("asked", ()))
    return Applicant(read["how"], Occasion(held_on=HELD_ON, **about), met, asked)


def _for_every_letter(person: dict[str, str]) -> dict[str, str]:
    """Give their news and their reason for each of the letters that ask for one."""
    spread = {"news": ("news", "update"), "reason": ("why_time", "why_decline", "why_withdraw")}
    return {one: typed for name, typed in person.items() for one in spread.get(name, (name,))}


if __name__ == "__main__":
    for language in [one for one in sys.argv[1:] if one in LANGUAGES] or LANGUAGES:
        use_language(language)
        kinds = [one for one in sys.argv[1:] if one not in LANGUAGES] or LetterKind
        for applicant in applicants(language):
            for one in (one for one in written(applicant) if one.kind in kinds):
                print(f"{'=' * 20} {language}, {applicant.how}: {one.kind}\n{one.subject}\n\n{one.text}")
                print(*(f"  - {asked}" for asked in one.missing), sep="\n")
