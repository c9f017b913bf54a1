"""A room of people who do not exist, each with a tally to share: what a careers service would have on its desk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd

from closing_lib.arguments import count, validate_call, whole
from closing_lib.content.loading import read_neutral
from closing_lib.models import Asked
from closing_lib.outcomes.cases import KEYS, OPEN, WORDS, Followed, Nudged, Thanks
from closing_lib.outcomes.sharing import save_tally
from closing_lib.outcomes.tally import tally

Number = Annotated[int, count]
People = Annotated[int, partial(whole, most=100_000, remedy="give a whole number of people, up to 100,000")]
FILE = "room.toml"
_TWO_WEEKS = 2
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # each is removed when Python ends

Draw = np.random.Generator
Model = Mapping[str, Any]


@validate_call
def sample_room(folder: str | os.PathLike[str] | None = None, people: People = 200, seed: Number = 1) -> Path:
    """Write the tallies of a room of invented people, as each of them would share it: one CSV file a person.

    The people are drawn from the model in ``content/room.toml``, which holds all its numbers. Bold questions follow
    good interviews there, and do nothing beyond that.

    Parameters
    ----------
    folder : path-like or None
        Where to write them; made if it is not there. None: a folder that is removed when Python ends.
    people : int
        How many.
    seed : int
        The same seed gives the same room.

    Returns
    -------
    pathlib.Path
        The folder, with ``person_001.csv`` and so on.

    Raises
    ------
    ValueError
        If there is nobody.

    Examples
    --------
    >>> room = sample_room(people=3)
    >>> [path.name for path in sorted(room.iterdir())]
    ['person_001.csv', 'person_002.csv', 'person_003.csv']
    """
    if people < 1:
        raise ValueError(f"There are no rooms of {people} people; ask for one at least.")
    into = Path(_folder() if folder is None else folder).expanduser()
    into.mkdir(parents=True, exist_ok=True)
    for person in range(people):
        t = tally(person_cases(np.random.default_rng([seed, person])))
        save_tally(t, into / f"person_{person + 1:03}.csv")
    return into


def person_cases(draw: Draw) -> pd.DataFrame:
    """Draw the cases of one person, one line an application."""
    model: Model = read_neutral(FILE)
    low, high = model["applications"]
    n = int(draw.integers(low, high + 1))
    band = _drawn(draw, model["band"], n)
    used = _used(draw, model, band)
    found = pd.DataFrame({"band": band, "used": used})
    found["outcome"], found["weeks"] = _outcomes(draw, model, band, used)
    found["response"] = [draw.choice(WORDS["response"], p=model["response"][one]) for one in band]
    found["score"] = [int(draw.choice(model["score"][one])) for one in band]
    reached = _drawn(draw, model["reached"], n)
    found["reached"] = np.where(found["outcome"] == "offer", "offer", reached)
    found["followed"] = _drawn(draw, model["followed"], n, list(Followed))
    found["thanks"] = _drawn(draw, model["thanks"], n, list(Thanks))
    often = np.where(found["weeks"] < _TWO_WEEKS, model["nudged"]["early"], model["nudged"]["later"])
    found["nudged"] = np.where(draw.random(n) < often, str(Nudged.YES), str(Nudged.NO))
    return found[KEYS]


def _used(draw: Draw, model: Model, band: np.ndarray) -> np.ndarray:
    often = _chances([model["bold"][one] for one in band], draw.normal(0, model["taste"]))
    others = _drawn(draw, model["used"], len(band))
    return np.where(draw.random(len(band)) < often, str(Asked.BOLD), others)


def _outcomes(draw: Draw, model: Model, band: np.ndarray, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw what becomes of each, and after how many weeks; open where it was not followed for that long."""
    n = len(band)
    shift = draw.normal(0, model["level"]) + np.log([model["odds"][one] for one in used])
    is_good = draw.random(n) < _chances([model["leads_on"][one] for one in band], shift)
    ends = np.where(is_good, _drawn(draw, model["good"], n), _drawn(draw, model["bad"], n))
    answer = draw.exponential(model["weeks"]["answer"], size=n)
    watched = draw.uniform(0, model["weeks"]["watched"], size=n)
    return np.where(answer < watched, ends, OPEN), np.minimum(answer, watched).astype(int)


def _chances(usual: Sequence[float], shift: Any) -> np.ndarray:
    """Shift chances on the scale of log odds."""
    odds = np.array(usual) / (1 - np.array(usual)) * np.exp(shift)
    return np.asarray(odds / (1 + odds))


def _drawn(draw: Draw, shares: Mapping[str, float], n: int, words: Sequence[str] | None = None) -> np.ndarray:
    names = [str(word) for word in words or shares]
    return draw.choice(names, size=n, p=[shares[name] for name in names])


def _folder() -> str:
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="sample_room_", ignore_cleanup_errors=True))
    return _FOLDERS[-1].name
