"""The words of a closing question, the article's own or the kit's for whoever sits opposite; and the short close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from closing_lib.arguments import Validated
from closing_lib.assessment import Assessment
from closing_lib.content import first_lines, first_text, text
from closing_lib.models import Format, Round, Tactic


@dataclass(frozen=True)
class Words(Validated):
    """A closing question as it is said.

    Attributes
    ----------
    said : str
        The exact words.
    quoted : bool
        Whether they are the source article's own; the others are the kit's.
    others : mapping of str to str
        Other ways to say it, each with what speaks for and against it.
    """

    said: str
    quoted: bool
    others: Mapping[str, str]


def words_of(tactic: Tactic, assessment: Assessment) -> Words:
    """Word a closing question for the person opposite."""
    usual = () if tactic is Tactic.CONFIRM else (f"tactics.{tactic}",)
    keys = [*(f"tactics.{tactic}.{who}" for who in _opposite(tactic, assessment)), *usual]
    said = first_text(*(f"{key}.words" for key in keys))
    others, notes = (first_lines(*(f"{key}.{name}" for key in keys)) for name in ("others", "others_note"))
    is_quoted = bool(usual) and said == text(f"tactics.{tactic}.words")
    return Words(said, is_quoted, MappingProxyType(dict(zip(others, notes, strict=True))))


def short_close(said: str, assessment: Assessment) -> tuple[str, ...]:
    """Word the close of under a minute, sentence by sentence: why you, the ask, when they decide, thanks."""
    return tuple(text(f"advice.short.{name}", ask=said) for name in _short_parts(assessment))


def carries_it_on(assessment: Assessment) -> bool:
    """Whether the person opposite passes it to someone who decides, as a recruiter at a screening usually does."""
    return assessment.decides is False or (assessment.round is Round.SCREEN and assessment.decides is None)


def has_told(assessment: Assessment) -> bool:
    """Whether they have said what comes next and when, so that it is never asked for again."""
    return assessment.signs.get("next_steps_named") is True


def must_be_short(assessment: Assessment) -> bool:
    """Whether only the close of under a minute fits: time is short, they cut the person off, or they ended early."""
    hurried = (assessment.signs.get(name) for name in ("cut_off", "ended_early"))
    return assessment.short_of_time or any(hurried)


def _opposite(tactic: Tactic, assessment: Assessment) -> Iterator[str]:
    """Name who sits opposite, as far as it can change the words, the most telling first."""
    if tactic is Tactic.CONFIRM and assessment.already:
        if has_told(assessment):
            yield f"{assessment.already}_told"
        yield assessment.already
        return
    if assessment.round is Round.FINAL:
        yield "final"
    if carries_it_on(assessment):
        if has_told(assessment):
            yield "carries_told"
        yield "carries"
    if assessment.format is Format.PANEL or assessment.round is Round.PANEL:
        yield "board"


def _short_parts(assessment: Assessment) -> Iterator[str]:
    if assessment.already:
        yield from ("ask", "thanks_again")
        return
    if assessment.open_concern:
        yield "concern"
    yield from ("why", "ask")
    if not has_told(assessment):
        yield "date_carries" if carries_it_on(assessment) and assessment.round is not Round.FINAL else "date"
    yield "thanks"
