"""What a candidate could say to the employer's answer: some of it too timid, some too pushy, one of it fitting."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Annotated

from closing_lib.arguments import Validated
from closing_lib.arguments import whole as is_whole
from closing_lib.content.checking import Block, check_lines, choice, whole, words
from closing_lib.content.loading import ContentError, language, read_blocks
from closing_lib.models import Response

PLACES = range(-2, 3)  # on the line, from much too timid to much too pushy


@dataclass(frozen=True)
class Reply(Validated):
    """One thing to say to an answer.

    Attributes
    ----------
    id : str
        Its name; never changes, since kept tries name it.
    to : Response
        The answer that it replies to.
    text : str
        What is said or done.
    place : int
        Where it falls on the line from much too timid (-2) to much too pushy (2); 0 fits.
    why : str
        Why it falls there.
    source : str
        The requirement behind it, such as ``"S16"``.
    """

    id: str
    to: Response
    text: str
    place: Annotated[int, partial(is_whole, least=-2, most=2, remedy="it must be -2 to 2")]
    why: str
    source: str


def replies() -> tuple[Reply, ...]:
    """Give all replies, in the order in which the form offers them.

    Examples
    --------
    >>> {reply.to for reply in replies()} == set(Response)
    True
    """
    return replies_of(language())


@cache
def replies_of(of: str) -> tuple[Reply, ...]:
    """Give the replies of a language, whichever is spoken now."""
    found = tuple(_reply(block, where) for where, block in read_blocks(of, "replies", "reply"))
    for response in Response:
        if [one.place for one in found if one.to is response].count(0) != 1:
            raise ContentError(f"{of}/replies.toml: just one reply to “{response}” has to have place = 0.")
    return found


def _reply(block: Block, where: str) -> Reply:
    where = f"{where} ({block.get('id', 'without an id')})"
    check_lines(block, Reply, where)
    return Reply(
        **{name: words(block, name, where) for name in ("id", "text", "why", "source")},
        to=choice(block, "to", Response, where),
        place=whole(block, "place", PLACES, where),
    )
