"""The employer's answer to the close: what to say and do next, and what to avoid."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.arguments import Validated, validate_call
from closing_lib.content import lines, text
from closing_lib.models import Reason, Response


@dataclass(frozen=True)
class Guide(Validated):
    """How to take one answer of the employer's.

    Attributes
    ----------
    response : Response
        The answer it is for.
    name : str
        The answer, in the candidate's words.
    say, do, avoid : tuple of str
        What to say, in its order; what to do; what to avoid.
    reasons : tuple of Reason
        Why, each with its S-number.
    """

    response: Response
    name: str
    say: tuple[str, ...]
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    reasons: tuple[Reason, ...]


@validate_call
def respond(response: Response | str) -> Guide:
    """Tell what to say and do after the employer's answer to the close (S15 to S22).

    Raises
    ------
    ValueError
        If it is none of the five answers.

    Examples
    --------
    >>> respond("hesitated").reasons[0].source
    'S18'
    """
    answer = Response(response)
    key = f"responses.{answer}"
    return Guide(
        response=answer,
        name=text(f"{key}.name"),
        say=lines(f"{key}.say"),
        do=lines(f"{key}.do"),
        avoid=lines(f"{key}.avoid"),
        reasons=tuple(_reason(line) for line in lines(f"{key}.because")),
    )


def _reason(line: str) -> Reason:
    source, sentence = line.split(" | ", maxsplit=1)
    return Reason(sentence, source, ("response",))
