"""The simulated interviewer: an invented model of how an employer may answer the close.

The model is stated whole in ``content/interviewer.toml`` and rests on no measurement. What they think of the candidate,
or have settled, and what they are asked give how many of 100 answer in which way; how plainly they speak then decides
how many of them put it differently. One answer is drawn from that with a seed: a good question can get a bad answer,
and the other way round, as in life. So a try is never judged by the answer that it got.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from closing_lib.arguments import Validated, validate_call
from closing_lib.content import Scenario, lines
from closing_lib.content.interviewer import ASKABLE, answers_of_100, ways_of_speaking
from closing_lib.models import Asked, Response

_OF = 10_000  # whole numbers, so that every machine draws alike


@dataclass(frozen=True)
class Answer(Validated):
    """What the interviewer answered.

    Attributes
    ----------
    response : Response
        Which of the five answers it was.
    words : str
        How they put it.
    """

    response: Response
    words: str


@validate_call
def answer_chances(scenario: Scenario, asked: Asked | str) -> dict[Response, float]:
    """Give the chance of each answer, as the invented model has it.

    Raises
    ------
    ValueError
        If the question is none that the model knows.

    Examples
    --------
    >>> from closing_lib.content import scenario
    >>> answer_chances(scenario("head_chef"), "bold")[Response.DECLINED]
    0.5
    """
    return {response: count / _OF for response, count in _counts(scenario, asked).items()}


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
        Any number or word. A group that shares it hears the same answers to the same questions.

    Raises
    ------
    ValueError
        If the question is none that the model knows.

    Examples
    --------
    >>> from closing_lib.content import scenario
    >>> draw_answer(scenario("ward_nurse"), "mild", seed=7) == draw_answer(scenario("ward_nurse"), "mild", seed="7")
    True
    """
    # Only random() and the seeding by text are promised to stay the same in every Python.
    generator = random.Random(f"{scenario.id} {seed}")  # noqa: S311  # a game, no secret
    response = _at(int(generator.random() * _OF), _counts(scenario, asked))
    wordings = lines(_key(scenario, response))
    return Answer(response, wordings[int(generator.random() * len(wordings))].format(concern=scenario.concern))


def _counts(scenario: Scenario, asked: Asked | str) -> dict[Response, int]:
    """Give of how many of 10,000 each answer comes, in the order of the answers."""
    question = Asked(asked)
    if question not in ASKABLE:
        raise ValueError(f"{question!r} cannot be answered, as its words are not known; choose {', '.join(ASKABLE)}.")
    row = answers_of_100()[scenario.already or scenario.leaning, question]
    given = {response: 100 * number for response, number in zip(Response, row, strict=True)}
    put = dict(given)
    for way in ways_of_speaking():
        if way.directness is scenario.directness:
            moved = given[way.given] * way.of_100 // 100
            put[way.given] -= moved
            put[way.put_as] += moved
    return put


def _at(place: int, counts: Mapping[Response, int]) -> Response:
    ends = accumulate(counts.values())
    return next(response for response, end in zip(counts, ends, strict=True) if place < end)


def _key(scenario: Scenario, response: Response) -> str:
    if scenario.already:
        return f"answers.{scenario.already}.{response}"
    return f"answers.{response}.{scenario.directness}"
