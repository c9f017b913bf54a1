"""The questions of the practice: which interview, how it went, what else to do, what to ask, and what to reply."""

from __future__ import annotations

from collections.abc import Iterable

from closing_lib.content import Scenario, replies, scenarios, text
from closing_lib.content.interviewer import ASKABLE
from closing_lib.forms.base.fields import Field, Option
from closing_lib.models import Band, Choice, Format, Level
from closing_lib.practice.tries import STEPS, TOO_MUCH, ask_words

# What is too much stands among the kit's own steps, so that it does not give itself away.
OFFERED_STEPS = (*STEPS[:3], *[*TOO_MUCH][:2], *STEPS[3:4], *[*TOO_MUCH][2:], *STEPS[4:])


def practise_fields() -> list[Field]:
    """All questions, in the order in which they are answered."""
    offered, first = scenario_options(scenarios()), scenarios()[0]
    bands = tuple(Option(one, text(f"reading.band.{one}"), one) for one in reversed(Band))
    replied = tuple(Option(one.id, one.text, one.id) for one in replies())
    return [
        _filter("format", Format, "forms.assessment.format_options"),
        _filter("level", Level, "practise.levels"),
        Field("scenario", text("practise.scenario"), "pick", offered, default=first.id),
        Field("seed", text("practise.seed"), "text"),
        Field("judged", text("practise.judged"), "column", bands),
        *(_step(name) for name in OFFERED_STEPS),
        Field("asked", text("practise.asked"), "column", asked_options(first)),
        Field("reply", text("practise.reply"), "column", replied),
    ]


def scenario_options(offered: Iterable[Scenario]) -> tuple[Option, ...]:
    """Offer interviews to pick from."""
    return tuple(Option(one.id, text("practise.option", title=one.title, role=one.role), one.id) for one in offered)


def asked_options(scenario: Scenario) -> tuple[Option, ...]:
    """Offer what can be asked at the close, in words that fit whoever sits opposite in this interview."""
    return tuple(Option(one, ask_words(one, scenario), one) for one in ASKABLE)


def _filter(name: str, words: type[Choice], labels: str) -> Field:
    every = Option("any", text("practise.any"), None)
    among = tuple(Option(one, text(f"{labels}.{one}"), one) for one in words)
    return Field(name, text(f"practise.{name}"), "choice", (every, *among), default="any")


def _step(name: str) -> Field:
    answers = tuple(Option(key, text(f"practise.{key}"), key == "yes") for key in ("yes", "no"))
    return Field(f"step_{name}", text(f"practise.step.{name}"), "choice", answers, default="no")
