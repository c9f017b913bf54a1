"""The questions to bring: which ones fit, how they are completed, and what still needs work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from closing_lib.advice.wording import find_words, one_line
from closing_lib.arguments import Validated, validate_call
from closing_lib.content import Question, early_topics, lines, questions, text
from closing_lib.content.questions import SLOTS
from closing_lib.models import Category, Format, Interviewer, Round

# What a template leaves to be completed: [brackets], {braces}, <angles>, a line of underscores, an ellipsis.
_GAP = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>|_{2,}|\.{3,}|…")

_PLAIN = 2  # how far from being asked a question is that anyone could ask


@dataclass(frozen=True)
class Remark(Validated):
    """Something to fix before a question is asked.

    Attributes
    ----------
    kind : str
        ``"slot"`` (something is left to complete), ``"placeholder"`` (a word that only holds a place), ``"plain"``
        (no word of its own) or ``"early"`` (a topic to leave for later).
    text : str
        What to fix, in a sentence.
    """

    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


@validate_call
def questions_for(
    interviewer: Interviewer | str,
    format: Format | str,
    round: Round | str | None = None,  # noqa: A002  # the contract's word
) -> tuple[Question, ...]:
    """List the questions of the bank that fit the interviewer, the format and the round (S4).

    Parameters
    ----------
    interviewer : Interviewer or str
        Who sits opposite.
    format : Format or str
        How the two sides meet.
    round : Round, str or None
        Which round it is; None: not said, and then only what fits any round.

    Raises
    ------
    ValueError
        If the interviewer, the format or the round is not known.

    Examples
    --------
    >>> "team_manager_seen_by_peer" in [question.id for question in questions_for("peer", "video")]
    True
    >>> "vacancy_pay_range" in [question.id for question in questions_for("recruiter", "phone", "screen")]
    True
    """
    asked, how = Interviewer(interviewer), Format(format)
    rounds = set(Round) if round is None else {Round(round)}
    return tuple(
        one for one in questions() if asked in one.interviewers and how in one.formats and rounds <= {*one.rounds}
    )


@validate_call
def suggested_questions(
    interviewer: Interviewer | str,
    format: Format | str,
    round: Round | str | None = None,  # noqa: A002  # the contract's word
    research: Mapping[str, str | None] | None = None,
) -> tuple[Question, ...]:
    """List the questions that fit, in the order in which to suggest them; the first few differ in what they are about.

    What can be asked as it is comes before what has a gap, and that before what anyone could ask. Among these, each
    next one is of a category, and rests on something found out, that was suggested least so far; then one with
    something found out in it, and one that the fewest others can be asked (S4, S5).

    Parameters
    ----------
    interviewer, format, round
        Who sits opposite, how the two sides meet, and which round it is, as for `questions_for`.
    research : mapping of str to str, or None
        What was found out: ``"fact"``, ``"project"``, ``"task"``.

    Raises
    ------
    ValueError
        If the interviewer, the format or the round is not known.

    Examples
    --------
    >>> found = {"project": "your tenant app", "task": "planning the shifts"}
    >>> [(one.category.value, one.slots) for one in suggested_questions("peer", "video", "first", found)[:3]]
    [('team', ('project',)), ('role', ('task',)), ('success', ('task',))]
    """
    found = frozenset(name for name, said in (research or {}).items() if said and said.strip())
    return _suggested(questions_for(interviewer, format, round), found)


@validate_call
def complete(question: str, research: Mapping[str, str | None]) -> str:
    """Complete a question with what was found out (S5); a gap that nothing fills stays visible.

    Parameters
    ----------
    question : str
        A question of the bank, with its ``{slots}`` or with their visible gaps, or one in the person's own words.
    research : mapping of str to str
        What was found out: ``"fact"``, ``"project"``, ``"task"``.

    Examples
    --------
    >>> complete("Who works on {project}?", {"project": "your tenant app"})
    'Who works on your tenant app?'
    >>> complete("Who works on {project}?", {})
    'Who works on [a project of theirs]?'
    """
    gaps = {name: text(f"preparation.blank.{name}") for name in SLOTS}
    found = {gap: one_line(research.get(name) or "") or gap for name, gap in gaps.items()}
    found |= {f"{{{name}}}": found[gap] for name, gap in gaps.items()}
    # In one pass, so that what the person typed is never itself taken for a gap to complete.
    return re.sub("|".join(map(re.escape, found)), lambda gap: found[gap[0]], question)


@validate_call
def check_question(
    said: str,
    interviewer: Interviewer | str | None = None,
    round: Round | str | None = None,  # noqa: A002  # the contract's word
) -> tuple[Remark, ...]:
    """Find what to fix in a question before it is asked: S5, and the topics to leave for later.

    Parameters
    ----------
    said : str
        The question.
    interviewer : Interviewer, str or None
        Who it is for; None: not said.
    round : Round, str or None
        Which round it is for; None: not said. A recruiter can be asked about pay, hours and place at a screening, and
        nobody else.

    Raises
    ------
    ValueError
        If the interviewer or the round is not known.

    Examples
    --------
    >>> [remark.kind for remark in check_question("Who works on [a project of theirs], and what is the salary?")]
    ['slot', 'early']
    >>> check_question("What's the pay range for this job?", "recruiter", "screen")
    ()
    """
    asked = None if interviewer is None else Interviewer(interviewer)
    when = None if round is None else Round(round)
    is_screening = asked is Interviewer.RECRUITER and when is Round.SCREEN
    return (*_template(said), *_early(said, is_screening=is_screening))


@cache  # a form asks for it at every letter that is typed
def _suggested(fitting: tuple[Question, ...], found: frozenset[str]) -> tuple[Question, ...]:
    left = [(one, one.slots, _unready(one, found)) for one in fitting]
    suggested: list[Question] = []
    seen: Counter[Category | tuple[str, ...]] = Counter()

    def place(of: tuple[Question, tuple[str, ...], int]) -> tuple[int, ...]:
        one, slots, unready = of
        open_to = len(one.interviewers) * len(one.formats) * len(one.rounds)
        return unready, seen[one.category], seen[slots], not slots, open_to

    while left:
        best = min(left, key=place)  # of several, the first of the bank
        left.remove(best)
        suggested.append(best[0])
        seen.update([best[0].category, best[1]])
    return tuple(suggested)


def _unready(one: Question, found: Iterable[str]) -> int:
    """Tell how far a question is from being asked: 0 as it is, 1 with a gap in it, 2 if anyone could ask it."""
    if one.slots:
        return int(not {*one.slots} <= {*found})
    return _PLAIN if set(Round) == {*one.rounds} else 0


def _template(said: str) -> list[Remark]:
    if gaps := [gap[0] for gap in _GAP.finditer(said)]:
        return [Remark("slot", text("preparation.question.slot", found=", ".join(gaps)))]
    if held := find_words(said, lines("preparation.question.placeholders")):
        return [Remark("placeholder", text("preparation.question.placeholder", found=held[0].found))]
    plain = {_same(one.text) for one in questions() if _unready(one, SLOTS) == _PLAIN}
    return [Remark("plain", text("preparation.question.plain"))] if _same(said) in plain else []


def _early(said: str, *, is_screening: bool) -> list[Remark]:
    return [
        Remark("early", text("preparation.question.early", name=topic.name, why=topic.why))
        for topic in early_topics()
        if not (is_screening and topic.screening) and find_words(said, topic.words)
    ]


def _same(said: str) -> str:
    return re.sub(r"\W+", " ", said).strip().casefold()
