"""The plan of the trial: the version of its protocol, when it looks, and what can be seen with how many people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from closing_lib.content.loading import read_neutral


class TrialPlan(NamedTuple):
    """What was fixed before anything was drawn.

    Attributes
    ----------
    version : str
        Of the protocol.
    looks : tuple of int
        The numbers of drawn interviews that are settled, a "no reply" among them, at which it looks.
    seen : mapping of str to int
        Of a hundred, how many see odds of two: ``alone``, ``room``, ``three_in_four``.
    """

    version: str
    looks: tuple[int, ...]
    seen: Mapping[str, int]

    @property
    def level(self) -> float:
        """The confidence level of each look: all of them together are wrong at most 5% of the time."""
        return 1 - 0.05 / len(self.looks)


@cache
def trial_plan() -> TrialPlan:
    """Give the plan of the trial.

    Examples
    --------
    >>> trial_plan().looks, trial_plan().level
    ((400, 800), 0.975)
    """
    found = read_neutral("trial.toml")
    looks, seen = cast("list[int]", found["looks"]), cast("Mapping[str, int]", found["seen"])
    return TrialPlan(str(found["version"]), tuple(looks), dict(seen))
