"""The letters after an interview: each kind as a row of a table, and one builder for all of them."""

from __future__ import annotations

import datetime as dt
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from closing_lib.advice.follow_up import believable
from closing_lib.advice.wording import one_line, phrase, with_capital
from closing_lib.arguments import validate_call
from closing_lib.content import lines, text, wordings
from closing_lib.content.figures import day_and_month
from closing_lib.documents.letter import Letter, LetterKind, Occasion, Person
from closing_lib.documents.names import greeting, name_of, once
from closing_lib.documents.plain_text import sentences, short, words
from closing_lib.documents.whole_sentence import is_note
from closing_lib.models import Format, Settled


@dataclass(frozen=True)
class Shape:
    """How the letters of one kind are put together.

    Attributes
    ----------
    source : str
        The requirement behind it.
    paragraphs : tuple of str
        Their places in ``content/<language>/letters.toml``; ``{next}``, ``{opening}`` and ``{time}`` depend on what has
        happened, and ``{thanks}`` on who says it first. One with the name of a field that may be empty goes with it.
    needs, may : tuple of str
        The fields of a `Person` that it needs, and those that may be empty.
    subject : str
        The place of its subject; empty: ``<kind>.subject``.
    """

    source: str
    paragraphs: tuple[str, ...]
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    subject: str = ""


SHAPES: Mapping[LetterKind, Shape] = {
    LetterKind.THANK_YOU: Shape(
        "S23",
        (
            "thank_you.{thanks}",
            "thank_you.strength",
            "thank_you.omission",
            "thank_you.repair",
            "thank_you.doubt",
            "thank_you.interest",
            "next.{next}",
        ),
        needs=("topic", "strength", "interest"),
        may=("omission", "repair", "doubt"),
    ),
    LetterKind.PANEL_THANKS: Shape(
        "S23",
        ("panel_thanks.{thanks}", "panel_thanks.pass_on", "panel_thanks.interest", "next.{next}"),
        needs=("topic", "interest"),
    ),
    LetterKind.NUDGE: Shape(
        "S24", ("nudge.{opening}", "nudge.news", "nudge.{time}"), may=("news",), subject="nudge.subject_{time}"
    ),
    LetterKind.SOMEONE_ELSE: Shape(
        "S24", ("someone_else.opening", "someone_else.ask", "someone_else.thanks"), needs=("written_to",)
    ),
    LetterKind.MISSED_CALL: Shape(
        "S24", ("missed_call.opening", "missed_call.ask", "missed_call.interest"), needs=("call_on",), may=("times",)
    ),
    LetterKind.RIVAL_OFFER: Shape(
        "S24",
        ("rival_offer.opening", "rival_offer.first_choice", "rival_offer.ask"),
        needs=("deadline",),
        may=("interest",),
    ),
    LetterKind.ASK_FOR_TIME: Shape(
        "S22",
        ("ask_for_time.thanks", "ask_for_time.ask", "ask_for_time.sooner"),
        needs=("answer_by",),
        may=("why_time",),
    ),
    LetterKind.ACCEPT: Shape(
        "S21",
        ("accept.thanks", "accept.terms", "accept.starts_on", "accept.close"),
        may=("terms", "starts_on"),
    ),
    LetterKind.DECLINE_OFFER: Shape(
        "S22", ("decline_offer.thanks", "decline_offer.decline", "decline_offer.close"), may=("why_decline",)
    ),
    LetterKind.WITHDRAW: Shape(
        "S22", ("withdraw.thanks", "withdraw.withdraw", "withdraw.close"), may=("why_withdraw",)
    ),
    LetterKind.REPLY_TO_NO: Shape("S22", ("reply_to_no.thanks", "reply_to_no.feedback", "reply_to_no.door")),
    LetterKind.KEEP_IN_TOUCH: Shape(
        "S17", ("keep_in_touch.opening", "keep_in_touch.update", "keep_in_touch.door"), needs=("update",)
    ),
    LetterKind.CONNECT: Shape("S24", ("connect.note",)),
}
DAYS = ("call_on", "deadline", "answer_by", "starts_on")  # of what is asked, these are days, and this is a name:
_NAMES = ("written_to",)
_PAST, _TO_COME = ("call_on",), ("deadline", "answer_by", "starts_on")  # on which side of today a day can lie
_STOP = re.compile(r"(?<=[.!?…])\s")
_EVERY = ("name", "me")  # what every letter needs


@validate_call
def letter(
    kind: LetterKind,
    occasion: Occasion,
    person: Person,
    others: Sequence[Person] = (),
    asked: Iterable[dt.date | None] = (),
) -> Letter:
    """Write a letter of any kind; what is missing stands in its sentence as a gap, and is asked for by name.

    Parameters
    ----------
    kind : LetterKind
        What it is for.
    occasion : Occasion
        The interview.
    person : Person
        Whom it goes to, and what only this letter says.
    others : sequence of Person
        For a thank-you letter, those who get one before; for one through the coordinator, the panel.
    asked : iterable of datetime.date or None
        When one has written to them before to ask for news.

    Examples
    --------
    >>> occasion = Occasion("Acme", "Analyst", dt.date(2026, 11, 20), me="A. Tan")
    >>> made = letter("rival_offer", occasion, Person("Ms Lid", deadline=dt.date(2026, 11, 27)))
    >>> made.paragraphs[1]
    'I’m writing because I’ve received another offer, and I need to answer it by 27 November.'
    """
    return _Writer(kind, occasion, person, [*others], [*asked]).letter()


@validate_call
def thank_you_letters(occasion: Occasion, people: Sequence[Person]) -> tuple[Letter, ...]:
    """Write the thank-you letter to each interviewer, to be sent within 24 hours (S23).

    Each has wordings of its own. A topic that stands in the letter to somebody before, but for the name, counts as
    missing: no two people get the same letter.

    Examples
    --------
    >>> lid, spout = Person("Mr Lid", topic="I liked the depot."), Person("Ms Spout", topic="i liked the depot")
    >>> first, second = thank_you_letters(Occasion("Acme", "Analyst", dt.date(2026, 11, 20), me="A. Tan"), [lid, spout])
    >>> first.missing
    ('what you’d bring to the job', 'why you want the job')
    >>> second.missing[0]
    'something you didn’t also write to Mr Lid (they may compare)'
    """
    return tuple(letter(LetterKind.THANK_YOU, occasion, person, people[:at]) for at, person in enumerate(people))


@validate_call
def nudge(occasion: Occasion, person: Person, asked: Iterable[dt.date | None] = ()) -> Letter:
    """Write the letter that asks for news (S24), the first time or the second.

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
    >>> nudge(occasion, Person("Mr Lid"), asked=[dt.date(2026, 11, 30)]).paragraphs[1][:67]
    'I wrote to you on 30 November about the Analyst role at Acme. I’m s'
    """
    return letter(LetterKind.NUDGE, occasion, person, asked=asked)


@validate_call
def reply_to_no(occasion: Occasion, person: Person) -> Letter:
    """Write the reply to a no: gracious, and with the request for feedback (S17, S22)."""
    return letter(LetterKind.REPLY_TO_NO, occasion, person)


class _Writer:
    """One letter in the making: it fills in sentences, and notes each gap that it leaves."""

    def __init__(
        self,
        kind: LetterKind,
        occasion: Occasion,
        person: Person,
        others: list[Person],
        asked: list[dt.date | None],
    ) -> None:
        self.kind, self.occasion, self.person, self.others = kind, occasion, person, others
        self.shape = SHAPES[kind]
        self.asked = (*self.shape.needs, *self.shape.may)
        self.promised_on = believable(occasion.promised_on, occasion.held_on)
        self.turn = len(others) if kind is LetterKind.THANK_YOU else 0
        self.values = {**self._facts(asked), **self._own()}
        self.notes = {name: typed for name in self.asked if is_note(typed := _sentence_of(person, name))}
        self.misplaced = dict(self._misplaced())
        self.places = self._places(asked)
        self.missing: dict[str, str] = {}  # what to ask for, by field
        self.gaps: dict[str, None] = {}

    def letter(self) -> Letter:
        for name in _EVERY:
            self._filled_in(name)
        self._ask_for_another_topic()
        subject = self._said(self.shape.subject or f"{self.kind}.subject")
        body = [self._said(place) for place in self.shape.paragraphs if not self._is_left_out(place)]
        return Letter(
            kind=self.kind,
            to=self.person,
            me=name_of(self.occasion.me),
            subject=with_capital(short(subject)),
            paragraphs=(self._greeting(), *body, text("letters.sign_off"), self._filled_in("me")),
            missing=tuple(dict.fromkeys(self.missing.values())),
            source=self.shape.source,
            gaps=tuple(self.gaps),
        )

    # --- What it says

    def _said(self, place: str) -> str:
        said = wordings(f"letters.{place.format_map(self.places)}")
        template = said[self.turn % len(said)]
        values = {name: self._filled_in(name) for _, name, _, _ in string.Formatter().parse(template) if name}
        for name, value in values.items():
            if value.endswith("."):  # "Acme Ltd." at the end of a sentence brings its full stop
                template = template.replace(f"{{{name}}}.", f"{{{name}}}")
        return template.format_map(values).rstrip()

    def _greeting(self) -> str:
        return greeting(self._filled_in("name"), self.person.greeting)

    def _is_left_out(self, place: str) -> bool:
        name = place.rpartition(".")[2]
        return name in self.shape.may and not self.values[name] and name not in self.notes

    def _filled_in(self, name: str) -> str:
        """Give what stands for a name in a sentence: what is known, or the gap, or nothing where that may be."""
        if name in self.notes:
            return self._gap(name, "note", self.notes[name])
        if name in self.misplaced:
            return self._gap(name, name)
        if self.values[name] or name in self.shape.may:
            return self.values[name]
        return self._gap(name, name)

    def _gap(self, name: str, key: str, typed: str = "") -> str:
        gap = text(f"letters.gap.{key}", words=typed)
        asked = text(f"letters.ask.{key}", words=typed)
        if name in self.misplaced:
            asked = text(f"letters.ask.{self.misplaced[name]}", what=asked, day=self.values[name])
        self.missing.setdefault(name, asked)
        self.gaps[gap] = None
        return gap

    def _ask_for_another_topic(self) -> None:
        """Mark the topic where somebody else reads of the same."""
        same = next((one for one in self.others if _topics(one) & _topics(self.person)), None)
        topic = self.values.get("topic")
        if self.kind is LetterKind.THANK_YOU and same is not None and topic:
            other = name_of(same.name) or text("letters.gap.name")
            self.missing["topic"] = text("letters.ask.topic_again", other=other)
            self.gaps[topic] = None

    # --- What it fills in

    def _facts(self, asked: Sequence[dt.date | None]) -> dict[str, str]:
        of = self.occasion
        return {
            "name": name_of(self.person.name),
            "me": name_of(of.me),
            "role": _role(of.role),
            "company": one_line(of.company),
            "held_on": _written(of.held_on),
            "promised_on": _written(self.promised_on),
            "asked_on": _written(asked[-1] if asked else None),
            "met": text(f"letters.met.{of.format or Format.IN_PERSON}"),
            "others": _listed(one.name for one in self.others if words(one.name) != words(self.person.name)),
        }

    def _own(self) -> dict[str, str]:
        return {name: _of_a_person(name, getattr(self.person, name)) for name in self.asked}

    def _misplaced(self) -> Iterator[tuple[str, str]]:
        """Find the days on the wrong side of the day of writing: a call that they missed has been."""
        today = self.occasion.written_on
        for name in self.asked if today else ():
            day = getattr(self.person, name)
            if day and today and name in _PAST and day > today:
                yield name, "to_come"
            elif day and today and name in _TO_COME and day < today:
                yield name, "past"

    def _places(self, asked: Sequence[dt.date | None]) -> dict[str, str]:
        """Give which of several paragraphs fits what has happened."""
        promised = "_promised" if self.promised_on else ""
        after = {None: promised.strip("_") or "open", Settled.NEXT_STEP: f"next_step{promised}", Settled.OFFER: "offer"}
        told = after[self.occasion.settled]
        again = ("asked_on" if asked[-1] else "asked") if asked else told
        first_sentence = _STOP.split(one_line(self.person.topic), maxsplit=1)[0]
        has_thanked = {*words(first_sentence)} & {*lines("letters.file.thanks")}
        thanks = "met" if has_thanked else "thanks"  # nobody says it twice in a row
        return {"next": told, "opening": again, "time": "again" if asked else "first", "thanks": thanks}


def _of_a_person(name: str, given: str | dt.date | None) -> str:
    """Write what a person gave: a day, a name, or else their own sentences."""
    if given is None or isinstance(given, dt.date):
        return _written(given)
    return name_of(given) if name in _NAMES else sentences(given)


def _sentence_of(person: Person, name: str) -> str:
    return "" if name in (*DAYS, *_NAMES) else short(getattr(person, name))


def _role(typed: str | None) -> str:
    """Give a role without the words that stand around it in every sentence: "the ... role"."""
    said = short(typed).split(" ")
    before = sorted((one.split(" ") for one in lines("letters.file.before_a_role")), key=len, reverse=True)
    while around := next((one for one in before if len(one) < len(said) and _begins_with(said, one)), None):
        del said[: len(around)]
    while len(said) > 1 and said[-1].lower() in lines("letters.file.after_a_role"):
        del said[-1]
    return " ".join(said)


def _begins_with(said: list[str], words_before: list[str]) -> bool:
    return [word.lower() for word in said[: len(words_before)]] == words_before


def _listed(names: Iterable[str]) -> str:
    *rest, last = once(filter(None, map(name_of, names))) or [""]
    return text("letters.file.listed", first=", ".join(rest), last=last) if rest else last


def _topics(person: Person) -> frozenset[tuple[str, ...]]:
    """Give the words of the topic, with and without the person's own name; a topic of signs alone as it is."""
    own, said = words(person.name), words(person.topic)
    as_it_is = (phrase(person.topic),)
    return frozenset((said or as_it_is, tuple(word for word in said if word not in own) or as_it_is))


def _written(day: dt.date | None) -> str:
    return day_and_month(day) if day else ""
