"""Draws: whether the mild or the more direct question is to close an interview, drawn by the kit before it is held.

The arms come in permuted blocks of two or four, at random, one sequence a round. Each is drawn from a fresh random
number and from what its block holds already; whether the block goes on is settled by that number too. So nothing in the
log tells what comes next, and whoever has the log can work out again what was drawn.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from closing_lib.arguments import validate_call
from closing_lib.clock import day_of
from closing_lib.content import text
from closing_lib.models import Pair, Round, Tactic
from closing_lib.records.connection import Connection
from closing_lib.records.errors import LogError
from closing_lib.records.registrations import Registrations
from closing_lib.records.rows import DERIVED, Row, check, insert, require, select

if TYPE_CHECKING:
    import pandas as pd

_PART = 2**24  # a random number holds two numbers below it
_WHOLE = 4  # arms of the longer block; the shorter one has half of them
_ENDS = 0.6  # the chance that a block which holds one of each is a block of two
_OTHER = 5 / 6  # the chance that the second arm of a block differs from the first
MILD, DIRECT = "m", "d"  # the arms, as a block names them


@dataclass(frozen=True)
class DrawRow(Row):
    """One draw.

    Attributes
    ----------
    draw : int
        Its number; they grow in the order in which they were made, whatever the clock said.
    application, interview : int or None
        What it was made for; the interview is None until it has been held and logged, and each where it was deleted.
    round : Round
        The round of the interview.
    standing, bold : bool
        Whether the more direct question can be the one about standing, and the bold one.
    direct : bool
        What was drawn: the more direct question, or the mild one.
    block : str or None
        What its block held before it: ``"m"`` for each mild one, ``"d"`` for each more direct one.
    number : int
        The random number from which it was drawn.
    protocol : str
        The version of the protocol.
    made_at : datetime.datetime
        When (UTC).
    """

    TABLE: ClassVar[str] = "draw"
    SOURCE: ClassVar[str] = "draw"

    draw: int
    application: int | None
    interview: int | None
    round: Round
    standing: bool
    bold: bool
    direct: bool
    block: str | None
    number: int
    protocol: str
    made_at: dt.datetime = field(metadata=DERIVED)

    @property
    def drawn(self) -> dict[Pair, Tactic]:
        """What was drawn from each pair that it settles."""
        settled = {Pair.MILD_STANDING: Tactic.STANDING} if self.standing else {}
        settled |= {Pair.MILD_BOLD: Tactic.BOLD} if self.bold else {}
        return settled if self.direct else dict.fromkeys(settled, Tactic.MILD)


class Drawn(NamedTuple):
    """An arm with what its block held before it."""

    block: str
    arm: str


def next_arm(held: str, number: int) -> Drawn:
    """Draw the next arm.

    Parameters
    ----------
    held : str
        What the block holds that was drawn from last.
    number : int
        A random number from 0 to 2**48 - 1: its upper half settles whether that block has ended, its lower half the
        arm.

    Examples
    --------
    >>> next_arm("d", 2**23), next_arm("dmm", 0)
    (Drawn(block='d', arm='m'), Drawn(block='dmm', arm='d'))
    """
    ends, chance = (part / _PART for part in divmod(number, _PART))
    is_even = len(held) == _WHOLE // 2 and held.count(DIRECT) == 1
    block = "" if len(held) == _WHOLE or (is_even and ends < _ENDS) else held
    return Drawn(block, DIRECT if chance < _share(block) else MILD)


def _share(block: str) -> float:
    """Give the chance of the more direct question: that of all blocks of two and four that begin as this one."""
    direct = block.count(DIRECT)
    if len(block) == 1:
        return 1 - _OTHER if direct else _OTHER
    return (_WHOLE // 2 - direct) / (_WHOLE - len(block))


class Draws(Registrations):
    """The part of the log that holds draws."""

    @validate_call
    def draw(self, application: int, round: Round | str, *, standing: bool = True, bold: bool = True) -> DrawRow:  # noqa: A002  # the contract's word
        """Draw which question is to close an interview that has not been held; asked again, give the same draw.

        Parameters
        ----------
        application : int
            The number of its application.
        round : Round or str
            Which round it will be.
        standing, bold : bool
            Which question the more direct one can be, by the rule and by what the person would dare: the one about
            standing where it does not clearly go well, the bold one where it does.

        Raises
        ------
        LogError
            If there is no such application, or the person has not agreed to the trial.
        ValueError
            If the more direct question could be neither.

        Examples
        --------
        >>> from closing_lib.records import sample_log
        >>> log = sample_log()
        >>> log.give_consent("1")
        >>> log.draw(1, "final") == log.draw(1, "final")
        True
        """
        which = Round(round)
        with self._file.writing() as db:
            number = require(db, "application", application)
            if waiting := select(db, DrawRow, {"application": number, "round": which, "interview": None}):
                return waiting[0]
            agreed = self.consented_to
            if agreed is None:
                raise LogError(text("log_trouble.no_consent"))
            if not (standing or bold):
                raise ValueError("There is nothing to draw from; the more direct question must be one of the two.")
            fresh = secrets.randbelow(_PART * _PART)
            drawn = next_arm(_held(db, which), fresh)
            given = {"application": number, "round": which, "standing": standing, "bold": bold, "protocol": agreed}
            given |= {"direct": drawn.arm == DIRECT, "block": drawn.block, "number": fresh}
            return self.row(DrawRow, insert(db, "draw", check(DrawRow, given) | {"made_at": self._now()}))

    def draws(self) -> pd.DataFrame:
        """Give all draws, in the order in which they were made.

        Returns
        -------
        pandas.DataFrame
            The fields of `DrawRow`: ``draw`` (int64), ``application``, ``interview`` (Int64), ``round`` (ordered
            category), ``standing``, ``bold``, ``direct`` (bool), ``block`` (str), ``number`` (int64), ``protocol``
            (str), ``made_at`` (datetime64, UTC).
        """
        return self._frame(DrawRow)


def follows(draws: Iterable[DrawRow]) -> bool:
    """Tell whether every arm follows from its random number and from what its block held."""
    return all(next_arm(row.block or "", row.number) == (row.block or "", _arm(row)) for row in draws)


def take_up(db: Connection, interview: int) -> None:
    """Give an interview the draw that was made for it, if one was, on or before its day."""
    found = db.run("SELECT application, round, held_on FROM interview WHERE interview = ?", [interview])[0]
    application, which, held_on = found
    for row in select(db, DrawRow, {"application": application, "round": which, "interview": None}):
        has_one = db.run("SELECT 1 FROM draw WHERE interview = ?", [interview])
        if held_on and not has_one and day_of(row.made_at).isoformat() <= held_on:
            db.run("UPDATE draw SET interview = ? WHERE draw = ?", [interview, row.draw])


def _held(db: Connection, which: Round) -> str:
    """Give what the block of a round holds that was drawn from last."""
    before = select(db, DrawRow, {"round": which})
    return (before[-1].block or "") + _arm(before[-1]) if before else ""


def _arm(row: DrawRow) -> str:
    return DIRECT if row.direct else MILD
