"""Where a closing question falls on the line from too timid to too pushy, in one interview (S1, S11 to S14)."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from closing_lib.advice.recommendation import choose, ruled_out
from closing_lib.advice.words import has_told
from closing_lib.assessment import Assessment, read_band
from closing_lib.content import Scenario
from closing_lib.models import Asked, Band, Tactic

# By what the kit advises. Directness runs nothing < mild < standing < bold; a confirmation stands apart.
_PLACES = {
    Tactic.MILD: {Asked.NOTHING: -2, Asked.MILD: 0, Asked.STANDING: 1, Asked.BOLD: 1},
    Tactic.STANDING: {Asked.NOTHING: -2, Asked.MILD: -1, Asked.STANDING: 0, Asked.BOLD: 2},
    Tactic.BOLD: {Asked.NOTHING: -2, Asked.MILD: -1, Asked.STANDING: -1, Asked.BOLD: 0},
    Tactic.CONFIRM: {Asked.NOTHING: -1, Asked.MILD: 1, Asked.STANDING: 1, Asked.BOLD: 2, Asked.CONFIRM: 0},
}
_ONLY_CHECKED = -1  # what they have named was made sure of, which is right, but nothing was asked
_NEVER_PROMISED = 1  # a confirmation of what nobody has said
_RULED_OUT = 2


def assessment_of(scenario: Scenario) -> Assessment:
    """Answer as a candidate would who saw all that there was to see."""
    return Assessment(**{answer.name: getattr(scenario, answer.name) for answer in fields(Assessment)})


@cache
def place_of(scenario: Scenario, asked: Asked) -> int:
    """Place a question on the line: -2 (much too timid) to 2 (much too pushy); 0 fits.

    Rests on what there was to see and on the candidate's own state, never on the answer that is drawn.
    """
    seen = assessment_of(scenario)
    band = read_band(seen)
    advised = choose(band, seen)
    if advised is Tactic.CONFIRM:
        return _PLACES[advised][asked]
    if asked is Asked.CONFIRM:
        return _ONLY_CHECKED if has_told(seen) else _NEVER_PROMISED
    if asked is Asked.BOLD and (band is not Band.WELL or any(ruled_out(seen))):
        return _RULED_OUT
    return _PLACES[advised][asked]
