"""The letters after an interview: thanks to each interviewer, asking how things stand, and the reply to a no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from closing_lib.advice.follow_up import believable
from closing_lib.arguments import validate_call
from closing_lib.content import lines, text
from closing_lib.content.figures import day_and_month
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.plain_text import one_line, phrase, short, words
from closing_lib.models import Format

NEEDED = ("topic", "strength", "interest")  # of each person, for a thank-you letter


@validate_call
def thank_you_letters(occasion: Occasion, people: Sequence[Person]) -> tuple[Letter, ...]:
    """Write the thank-you letter to each interviewer, to be sent within 24 hours (S23).

    Each has wordings of its own. A topic that stands in the letter to somebody before, but for the name, counts as
    missing: no two people get the same letter.

    Examples
    --------
    >>> lid, spout = Person("Mr Lid", topic="the new depot"), Person("Ms Spout", topic="The new depot.")
    >>> first, second = thank_you_letters(Occasion("Acme", "Analyst", dt.date(2026, 11, 20), me="A. Tan"), [lid, spout])
    >>> first.missing
    ('the strength you would bring', 'what draws you to the work')
    >>> second.missing[0]
    'another thing from your talk than in the letter to Mr Lid: the two may compare them'
    """
    return tuple(_thank_you(occasion, person, people[:place]) for place, person in enumerate(people))


@validate_call
def nudge(occasion: Occasion, person: Person, asked: Iterable[dt.date | None] = ()) -> Letter:
    """Write the letter that asks how things stand (S24), the first time or the second.

    Parameters
    ----------
    occasion : Occasion
        The interview.
    person : Person
        Whom it goes to.
    asked : iterable of datetime.date or None
        When one has asked before.

    Examples
    --------
    >>> occasion = Occasion("Acme", "Analyst", dt.date(2026, 11, 20), dt.date(2026, 11, 26), me="A. Tan")
    >>> nudge(occasion, Person("Mr Lid"), asked=[dt.date(2026, 11, 30)]).paragraphs[1]
    'I wrote to you on 30 November about the role of Analyst at Acme, for which we met on 20 November.'
    """
    before = list(asked)
    promised_on = believable(occasion.promised_on, occasion.held_on)
    values = _values(occasion, person) | {"promised_on": _written(promised_on)}
    if not before:
        opening = "promised" if promised_on else "open"
        body = [text(f"letters.nudge.{opening}", **values), text("letters.nudge.interest")]
        subject = text("letters.nudge.subject", **values)
        return _letter(LetterKind.NUDGE, occasion, person, subject=subject, body=body, source="S24")
    opening = "asked_on" if before[-1] else "asked"
    again = text(f"letters.nudge.{opening}", **values, asked_on=_written(before[-1]))
    body = [again, text("letters.nudge.time"), text("letters.nudge.either_way")]
    subject = text("letters.nudge.subject_second", **values)
    return _letter(LetterKind.NUDGE, occasion, person, subject=subject, body=body, source="S24")


@validate_call
def reply_to_no(occasion: Occasion, person: Person) -> Letter:
    """Write the reply to a no: gracious, and with the request for feedback (S17, S22)."""
    values = _values(occasion, person)
    body = [text(f"letters.reply_to_no.{part}", **values) for part in ("thanks", "respect", "feedback", "door")]
    subject = text("letters.reply_to_no.subject", **values)
    return _letter(LetterKind.REPLY_TO_NO, occasion, person, subject=subject, body=body, source="S22")


def _thank_you(occasion: Occasion, person: Person, before: Sequence[Person]) -> Letter:
    values = _values(occasion, person)

    def worded(part: str) -> str:
        wordings = lines(f"letters.thank_you.{part}")
        return wordings[len(before) % len(wordings)].format_map(values)

    talk = f"{worded('topic')} {worded('strength')}"
    repaired = [worded("omission")] if values["omission"] else []
    body = [worded("thanks"), talk, *repaired, f"{worded('interest')} {worded('close')}"]
    same = next((other for other in before if _topics(other) & _topics(person)), None)
    missing = [one for one in NEEDED if not phrase(getattr(person, one))]
    asks = {name: text(f"letters.ask.{name}") for name in missing}
    if same is not None and "topic" not in missing:
        asks = {"topic": text("letters.ask.topic_again", other=_name(same.name) or text("letters.gap.name")), **asks}
    subject = worded("subject")
    return _letter(LetterKind.THANK_YOU, occasion, person, subject=subject, body=body, source="S23", asks=asks)


def _topics(person: Person) -> frozenset[tuple[str, ...]]:
    """Give the words of the topic, with and without the person's own name; a topic of signs alone as it is."""
    own, said = words(person.name), words(person.topic)
    as_it_is = (phrase(person.topic),)
    return frozenset((said or as_it_is, tuple(word for word in said if word not in own) or as_it_is))


def _letter(
    kind: LetterKind,
    occasion: Occasion,
    person: Person,
    *,
    subject: str,
    body: Sequence[str],
    source: str,
    asks: Mapping[str, str] | None = None,
) -> Letter:
    values = _values(occasion, person)
    greeting = text("letters.greeting", name=values["name"])
    missing = dict.fromkeys([*_missing(occasion, person), *(asks or {}).values()])
    return Letter(
        kind=kind,
        to=person,
        me=_name(occasion.me),
        subject=short(subject),
        paragraphs=(greeting, *body, text("letters.sign_off"), values["me"]),
        missing=tuple(missing),
        source=source,
    )


def _missing(occasion: Occasion, person: Person) -> Iterator[str]:
    """Ask for what every letter needs."""
    for name, given in (
        ("name", _name(person.name)),
        ("me", _name(occasion.me)),
        ("role", short(occasion.role)),
        ("held_on", occasion.held_on),
    ):
        if not given:
            yield text(f"letters.ask.{name}")


def _values(occasion: Occasion, person: Person) -> dict[str, str]:
    """Give what fills the placeholders; a gap where it is missing."""
    given = {
        "name": _name(person.name),
        "me": _name(occasion.me),
        "role": short(occasion.role),
        "held_on": _written(occasion.held_on),
        **{name: phrase(getattr(person, name)) for name in ("topic", "strength", "interest")},
    }
    filled = {name: value or text(f"letters.gap.{name}") for name, value in given.items()}
    met = text(f"letters.met.{occasion.format or Format.IN_PERSON}")
    return {**filled, "met": met, "company": one_line(occasion.company), "omission": phrase(person.omission)}


def _name(typed: str) -> str:
    return short(typed) if words(typed) else ""


def _written(day: dt.date | None) -> str:
    return day_and_month(day) if day else ""
