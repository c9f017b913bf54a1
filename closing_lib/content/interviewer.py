"""The numbers of the invented interviewer, from ``interviewer.toml``: read once, checked, of no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from closing_lib.content.checking import Block, choice, whole
from closing_lib.content.loading import ContentError, read_neutral
from closing_lib.models import Asked, Directness, Leaning, Response, Settled

FILE = "interviewer.toml"
ASKABLE = (Asked.NOTHING, Asked.STANDING, Asked.MILD, Asked.BOLD, Asked.CONFIRM)  # other words cannot be foreseen
MINDS: tuple[Leaning | Settled, ...] = (*Leaning, *Settled)
Row = tuple[int, ...]


@dataclass(frozen=True)
class Put:
    """A way of speaking: how many of 100 answers of one kind are put as another kind."""

    directness: Directness
    given: Response
    put_as: Response
    of_100: int


def answers_of_100() -> Mapping[tuple[Leaning | Settled, Asked], Row]:
    """Give the table: what they think, or have settled, and what they are asked -> of 100, how many give each answer.

    A row's numbers stand in the order of `Response`.

    Examples
    --------
    >>> sum(answers_of_100()[Leaning.KEEN, Asked.MILD])
    100
    """
    return _numbers()[0]


def ways_of_speaking() -> tuple[Put, ...]:
    """Give how directness changes the way in which an answer is put."""
    return _numbers()[1]


@cache
def _numbers() -> tuple[Mapping[tuple[Leaning | Settled, Asked], Row], tuple[Put, ...]]:
    tables = read_neutral(FILE)
    rows = {(mind, asked): _row(tables, mind, asked) for mind in MINDS for asked in ASKABLE}
    blocks = tables.get("put")
    put = blocks if isinstance(blocks, list) else []
    return MappingProxyType(rows), tuple(_put(block, f"{FILE}, put {n}") for n, block in enumerate(put, start=1))


def _row(tables: Block, mind: Leaning | Settled, asked: Asked) -> Row:
    table = tables.get(mind)
    row = table.get(asked) if isinstance(table, Mapping) else None
    numbers = row if isinstance(row, list) and all(isinstance(one, int) and one >= 0 for one in row) else []
    if len(numbers) != len(Response) or sum(numbers) != 100:
        kinds = ", ".join(Response)
        raise ContentError(f"{FILE}, [{mind}]: {asked} is {row!r}; write whole numbers for {kinds} that add up to 100.")
    return tuple(numbers)


def _put(block: Block, where: str) -> Put:
    return Put(
        choice(block, "directness", Directness, where),
        choice(block, "from", Response, where),
        choice(block, "to", Response, where),
        whole(block, "of_100", range(101), where),
    )
