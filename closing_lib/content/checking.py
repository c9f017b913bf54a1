"""Check a block that somebody wrote by hand: each mistake is one sentence with the place, the line and the remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from typing import TypeVar

from closing_lib.arguments import not_known
from closing_lib.content.loading import ContentError
from closing_lib.models import Choice

C = TypeVar("C", bound=Choice)
Block = Mapping[str, object]


def check_lines(block: object, kind: type, where: str) -> Block:
    """Give a block back if it has every line that a dataclass needs, and no other.

    Raises
    ------
    ContentError
        With the line to add, or the one to take out.

    Examples
    --------
    >>> from closing_lib.content.scenarios import Moment
    >>> check_lines({"text": "They smiled."}, Moment, "here")
    {'text': 'They smiled.'}
    """
    if not isinstance(block, Mapping):
        raise ContentError(f"{where} is no block; begin it with its name in [[ ]] and write its lines below.")
    known = {one.name: one.default is MISSING for one in fields(kind)}
    for name in block:
        if name not in known:
            raise ContentError(not_known(f"{where} has a line {name!r}, which nothing reads", name, known))
    for name, is_needed in known.items():
        if is_needed and name not in block:
            raise ContentError(f"{where} has no {name!r}; add a line “{name} = …”, as the other blocks have it.")
    return block


def words(block: Block, name: str, where: str) -> str:
    """Give a line that has to be words."""
    said = block.get(name)
    if not isinstance(said, str) or not said.strip():
        raise ContentError(f"{where}: {name} is {said!r}; write words in quotes.")
    return said


def choice(block: Block, name: str, among: type[C], where: str) -> C:
    """Give a line that has to be one word out of a few."""
    try:
        return among(str(block.get(name)))
    except ValueError as error:
        raise ContentError(f"{where}: {name}: {error}") from None


def whole(block: Block, name: str, among: Collection[int], where: str) -> int:
    """Give a line that has to be a whole number within bounds."""
    number = block.get(name)
    if isinstance(number, bool) or not isinstance(number, int) or number not in among:
        raise ContentError(f"{where}: {name} is {number!r}; write a whole number from {min(among)} to {max(among)}.")
    return number


def yes_or_no(block: Block, name: str, where: str) -> bool:
    """Give a line that has to be true or false."""
    said = block.get(name)
    if not isinstance(said, bool):
        raise ContentError(f"{where}: {name} is {said!r}; write true or false, without quotes.")
    return said
