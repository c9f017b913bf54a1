"""The simulated interviewer: an invented model of how an employer may answer the close.

The model is stated whole in ``content/interviewer.toml`` and rests on no measurement. They decide first: that depends
on what they think of the candidate, or have settled, and on whether the decision is theirs, and never on what they are
asked. What they are asked decides how plainly they say so, and whether it fits decides how they take it. All of it is
drawn with a seed: a good question can get a bad answer, and the other way round, as in life. So a try is never judged
by the answer that it got.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from closing_lib.arguments import Validated, validate_call
from closing_lib.content import Scenario, first_lines, lines
from closing_lib.content.interviewer import ASKABLE, SETTLED, interviewer
from closing_lib.models import Asked, Response, Round
from closing_lib.practice.line import place_of

_OF = 10_000  # whole numbers, so that every machine draws alike
_MANNERS = {1: "pushy", 2: "much_too_pushy"}


@dataclass(frozen=True)
class Answer(Validated):
    """What the interviewer answered.

    Attributes
    ----------
    response : Response
        Which of the five answers it was.
    words : str
        How they put it.
    decided : Response
        What they had decided before they were asked, named by the answer that says it plainly.
    manner : str
        How they took the question, in a sentence; empty if it fitted.
    """

    response: Response
    words: str
    decided: Response
    manner: str = ""


@validate_call
def decision_chances(scenario: Scenario) -> dict[Response, float]:
    """Chance of each decision, as the invented model has it: the same whatever is asked.

    Examples
    --------
    >>> from closing_lib.content import scenario
    >>> decision_chances(scenario("head_chef"))[Response.DECLINED]
    0.5
    """
    return {decided: count / 100 for decided, count in _decisions(scenario).items()}


@validate_call
def answer_chances(scenario: Scenario, asked: Asked | str) -> dict[Response, float]:
    """Chance of each answer, as the invented model has it.

    Raises
    ------
    ValueError
        If the question is none that the model knows.

    Examples
    --------
    >>> from closing_lib.content import scenario
    >>> answer_chances(scenario("head_chef"), "bold")[Response.DECLINED]
    0.4
    """
    plainly, heard = _plainly(scenario, _askable(asked)), dict.fromkeys(Response, 0)
    for decided, count in _decisions(scenario).items():
        heard[decided] += count * plainly
        heard[interviewer().instead[decided]] += count * (_OF - plainly)
    return {response: count / (100 * _OF) for response, count in heard.items()}


@validate_call
def draw_answer(scenario: Scenario, asked: Asked | str, seed: int | str) -> Answer:
    """Draw the interviewer's answer. The same seed gives the same answer, on every machine.

    Parameters
    ----------
    scenario : Scenario
        The interview.
    asked : Asked or str
        What the candidate asked at the close.
    seed : int or str
        Any number or word. With the same seed they decide the same, whatever is asked; a group that shares it hears the
        same answers to the same questions.

    Raises
    ------
    ValueError
        If the question is none that the model knows.

    Examples
    --------
    >>> from closing_lib.content import scenario
    >>> nurse = scenario("ward_nurse")
    >>> draw_answer(nurse, "mild", seed=7) == draw_answer(nurse, "mild", seed="7")
    True
    >>> draw_answer(nurse, "mild", seed=7).decided == draw_answer(nurse, "bold", seed=7).decided
    True
    """
    question = _askable(asked)
    # Only random() and the seeding by text are promised to stay the same in every Python.
    generator = random.Random(f"{scenario.id} {seed}")  # noqa: S311  # a game, no secret
    decided = _at(int(generator.random() * 100), _decisions(scenario))  # first of all, before the question counts
    is_plain = int(generator.random() * _OF) < _plainly(scenario, question)
    response = decided if is_plain else interviewer().instead[decided]
    words = _one_of(_wordings(scenario, question, response), generator).format(concern=scenario.concern)
    manner = _manner(scenario, question)
    return Answer(response, words, decided, _one_of(lines(f"answers.manner.{manner}"), generator) if manner else "")


def _askable(asked: Asked | str) -> Asked:
    question = Asked(asked)
    if question not in ASKABLE:
        raise ValueError(f"{question!r} cannot be answered, as its words are not known; choose {', '.join(ASKABLE)}.")
    return question


def _decisions(scenario: Scenario) -> Mapping[Response, int]:
    """Of 100, how many decide what, in the order of the answers. What is asked is not among the arguments."""
    counts = dict(interviewer().decided[scenario.already or scenario.leaning])
    if not scenario.already and not _can_offer(scenario):
        counts[Response.ENCOURAGED] += counts[Response.OFFERED]
        counts[Response.OFFERED] = 0
    return counts


def _can_offer(scenario: Scenario) -> bool:
    return scenario.decides is True and scenario.round is not Round.SCREEN


def _plainly(scenario: Scenario, asked: Asked) -> int:
    """Of 10,000 who have decided, how many say so plainly."""
    model = interviewer()
    return model.plainly[SETTLED if scenario.already else asked] * model.speaking[scenario.directness]


def _manner(scenario: Scenario, asked: Asked) -> str | None:
    if asked is Asked.NOTHING and not scenario.open_concern:  # to go back to an open doubt is no silence
        return "nothing"
    return _MANNERS.get(place_of(scenario, asked))


def _at(place: int, counts: Mapping[Response, int]) -> Response:
    ends = accumulate(counts.values())
    return next(response for response, end in zip(counts, ends, strict=True) if place < end)


def _one_of(wordings: tuple[str, ...], generator: random.Random) -> str:
    return wordings[int(generator.random() * len(wordings))]


def _wordings(scenario: Scenario, asked: Asked, response: Response) -> tuple[str, ...]:
    """Look up how they put an answer: the same one more coolly where the question was too pushy."""
    usual = tuple(_keys(scenario, response))
    is_cool = place_of(scenario, asked) > 0
    return first_lines(*(f"answers.cool.{key}" for key in usual if is_cool), *(f"answers.{key}" for key in usual))


def _keys(scenario: Scenario, response: Response) -> Iterator[str]:
    if scenario.already:
        yield f"{scenario.already}.{response}"
        return
    if scenario.round is Round.SCREEN:
        yield f"screen.{response}.{scenario.directness}"
    yield f"{'decides' if _can_offer(scenario) else 'carries'}.{response}.{scenario.directness}"
    yield f"{response}.{scenario.directness}"
