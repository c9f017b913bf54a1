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
ASKABLE = (Asked.NOTHING, Asked.MILD, Asked.STANDING, Asked.BOLD, Asked.CONFIRM)  # other words cannot be foreseen
MINDS: tuple[Leaning | Settled, ...] = (*Leaning, *Settled)
SETTLED = "settled"  # how plainly they repeat what they have told already
_PERCENT = range(101)


@dataclass(frozen=True)
class Interviewer:
    """The three tables of the model.

    Attributes
    ----------
    decided : mapping of Leaning or Settled to mapping of Response to int
        Of 100 who think alike, how many decide what: named by the answer that says it plainly.
    plainly : mapping of str to int
        What is asked, or `SETTLED` -> of 100 who have decided, how many say so plainly.
    speaking : mapping of Directness to int
        Of 100 who would say it plainly, how many still do if they speak in this way.
    instead : mapping of Response to Response
        What is heard from those who do not say it plainly.
    """

    decided: Mapping[Leaning | Settled, Mapping[Response, int]]
    plainly: Mapping[str, int]
    speaking: Mapping[Directness, int]
    instead: Mapping[Response, Response]


@cache
def interviewer() -> Interviewer:
    """Read the model.

    Examples
    --------
    >>> sum(interviewer().decided[Leaning.KEEN].values())
    100
    """
    tables = read_neutral(FILE)
    decided, plainly, speaking, instead = (
        _table(tables, name) for name in ("decided", "plainly", "speaking", "instead")
    )
    return Interviewer(
        decided=MappingProxyType({mind: _row(decided, mind) for mind in MINDS}),
        plainly=MappingProxyType({name: _percent(plainly, name, "plainly") for name in (*ASKABLE, SETTLED)}),
        speaking=MappingProxyType({way: _percent(speaking, way, "speaking") for way in Directness}),
        instead=MappingProxyType({one: choice(instead, one, Response, f"{FILE}, [instead]") for one in Response}),
    )


def _table(tables: Block, name: str) -> Block:
    table = tables.get(name)
    if not isinstance(table, Mapping):
        raise ContentError(f"{FILE} has no table [{name}]; add it.")
    return table


def _percent(table: Block, name: str, where: str) -> int:
    return whole(table, name, _PERCENT, f"{FILE}, [{where}]")


def _row(table: Block, mind: Leaning | Settled) -> Mapping[Response, int]:
    row = table.get(mind)
    numbers = row if isinstance(row, list) and all(isinstance(one, int) and one >= 0 for one in row) else []
    if len(numbers) != len(Response) or sum(numbers) != 100:
        kinds = ", ".join(Response)
        raise ContentError(f"{FILE}, [decided]: {mind} is {row!r}; write whole numbers for {kinds} that add up to 100.")
    return MappingProxyType(dict(zip(Response, numbers, strict=True)))
