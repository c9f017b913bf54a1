"""The order of the close, from the last question to the thanks, adapted to how the two sides meet."""

from __future__ import annotations

from dataclasses import dataclass

from closing_lib.arguments import Validated
from closing_lib.content import first_text
from closing_lib.models import Format, Settled, Tactic

# The sequence of the source article; the ask comes when all questions are answered and the summary is given.
_SEQUENCE = (
    ("questions", "S4, S5"),
    ("decision_date", "S6"),
    ("next_step", "S7"),
    ("contact", "S8"),
    ("summary", "S10"),
    ("ask", ""),  # its source is the tactic's
    ("listen", "S15, S16"),
    ("farewell", "S9"),
    ("thanks", "S21"),
)


_ASK_SOURCE = {Tactic.BOLD: "S11", Tactic.MILD: "S13", Tactic.STANDING: "S14", Tactic.CONFIRM: "S21"}


@dataclass(frozen=True)
class Step(Validated):
    """One step of the close.

    Attributes
    ----------
    id : str
        Which step it is: ``"questions"``, ``"decision_date"``, ``"next_step"``, ``"contact"``, ``"summary"``,
        ``"ask"``, ``"listen"``, ``"farewell"`` or ``"thanks"``.
    text : str
        What to do or say.
    source : str
        The requirements behind it, such as ``"S6"``.
    """

    id: str
    text: str
    source: str

    def __str__(self) -> str:
        return self.text


def closing_steps(ask: str, tactic: Tactic, format: Format, already: Settled | None = None) -> tuple[Step, ...]:
    """Give the steps of the close in their order.

    Parameters
    ----------
    ask : str
        The exact words of the closing question.
    tactic : Tactic
        Which question it is.
    format : Format
        How the two sides meet: on the phone there is no hand to shake.
    already : Settled or None
        What the employer has settled unasked.

    Examples
    --------
    >>> [step.id for step in closing_steps("May I?", Tactic.MILD, Format.PHONE)][-2:]
    ['farewell', 'thanks']
    """
    sequence = ((id, source or _ASK_SOURCE[tactic]) for id, source in _SEQUENCE)
    return tuple(Step(id, _wording(id, format, already).format(ask=ask), source) for id, source in sequence)


def _wording(id: str, format: Format, already: Settled | None) -> str:
    return first_text(*(f"advice.steps.{id}.{variant}" for variant in (already, format, "usual")))
