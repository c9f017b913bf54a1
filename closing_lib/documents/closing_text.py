"""The closing card as plain text: line by line, as one text, and the little of it that a QR code takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from closing_lib.advice.closing_steps import Step
from closing_lib.advice.preparation import ClosingCard
from closing_lib.arguments import Validated, validate_call
from closing_lib.content import text
from closing_lib.documents.closing_page import meeting, occasion

MOST_BYTES = 1200  # of a QR code that a camera still reads from a screen (version 25); the largest takes 2,953


@dataclass(frozen=True)
class Line:
    """One paragraph of the card.

    Attributes
    ----------
    said : str
        Its text.
    kind : str
        What it is: ``"title"``, ``"name"`` of the company and the role, ``"head"`` of a section, ``"when"`` and the
        ``"words"`` to say then, ``"foot"``, or ``"text"``.
    label : str
        What stands left of it: a bullet, a number, or the name of a part of the pitch.
    """

    said: str
    kind: str = "text"
    label: str = ""


def card_lines(card: ClosingCard) -> Iterator[Line]:
    """Write what stands on the card, line by line."""
    yield Line(_card("title"), "title")
    if named := occasion(card):
        yield Line(named, "name")
    yield Line(meeting(card))
    yield Line(_card("questions"), "head")
    for said in card.questions or (_card("no_questions"),):
        yield Line(said, label="•" if card.questions else "")
    yield Line(_card("then"), "head")
    yield from _steps(card.then)
    yield Line(_card("pitch"), "head")
    for element, said in card.pitch:
        yield Line(said or _card("to_write"), label=text(f"preparation.pitch.element.{element}").capitalize())
    yield Line(_card("asks"), "head")
    if card.drawn:
        yield Line(card.drawn)
    for ask in card.asks:
        yield Line(f"{ask.when}:", "when")
        yield Line(f"“{ask.words}”", "words")
    yield Line(_card("moves_title"), "head")
    yield Line(" ".join(f"{number}. {said}" for number, said in enumerate(card.moves, start=1)))
    yield Line(_card("short"), "head")
    yield Line(f"“{' '.join(card.short)}”")
    yield Line(_card("leave"), "head")
    yield from _steps(card.leave)
    yield Line(_card("footer"), "foot")


@validate_call
def closing_text(card: ClosingCard) -> str:
    """Write the card as a text to paste anywhere.

    Examples
    --------
    >>> from closing_lib.advice.preparation import closing_card
    >>> closing_text(closing_card(["Who trains new people?"])).splitlines()[3:5]
    ['Ask', '• Who trains new people?']
    """
    return "\n".join(map(_plain, card_lines(card))) + "\n"


@dataclass(frozen=True)
class PhoneText(Validated):
    """What of the card a QR code holds.

    Attributes
    ----------
    text : str
        The text.
    left_out : tuple of int
        Which questions it has no room for, counted from 1.
    """

    text: str
    left_out: tuple[int, ...]


@validate_call
def phone_text(card: ClosingCard, most: int = MOST_BYTES) -> PhoneText:
    """Write the essentials of the card: where it is, the questions, and when to say which words.

    The words to say are always in it; of the rest, what there is room for.

    Parameters
    ----------
    card : ClosingCard
        The card.
    most : int
        How many bytes it may take in UTF-8.

    Examples
    --------
    >>> from closing_lib.advice.preparation import closing_card
    >>> phone_text(closing_card(["Who trains new people?", "Why " * 69 + "?"]), 1000).left_out
    (2,)
    """
    rule = [f"{ask.brief}: {ask.words}" for ask in card.asks]
    taken: list[str] = []
    left_out: list[int] = []
    for number, said in enumerate((occasion(card), *card.questions)):
        if len("\n".join([*taken, said, "", *rule]).encode(errors="replace")) <= most:
            taken.append(said)
        elif number:
            left_out.append(number)
    return PhoneText("\n".join([*filter(None, taken), "", *rule]).lstrip(), tuple(left_out))


def _plain(line: Line) -> str:
    above = "\n" if line.kind in ("head", "foot") else ""
    return f"{above}{line.label} {line.said}" if line.label else f"{above}{line.said}"


def _steps(steps: Iterable[Step]) -> Iterator[Line]:
    return (Line(step.text, label=f"{number}.") for number, step in enumerate(steps, start=1))


def _card(name: str) -> str:
    return text(f"preparation.card.{name}")
