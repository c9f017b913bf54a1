"""A room of people who do not exist, each with a tally to share: what a careers service would have on its desk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd

from closing_lib.arguments import count, validate_call, whole
from closing_lib.content import text
from closing_lib.content.loading import read_neutral
from closing_lib.files import from_home, make_folder, read_whole
from closing_lib.models import Asked
from closing_lib.outcomes.sharing import as_csv
from closing_lib.outcomes.tally import tally
from closing_lib.outcomes.vocabulary import KEYS, OPEN, WORDS, Followed, Nudged, Thanks
from closing_lib.records.file_names import shown
from closing_lib.records.log import default_path
from closing_lib.records.saving import save

Number = Annotated[int, count]
People = Annotated[int, partial(whole, most=100_000, remedy="give a whole number of people, up to 100,000")]
FILE = "room.toml"
_TWO_WEEKS = 2

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
        Where to write them; made if it is not there. None: the folder ``sample_room`` beside the person's own log,
        where they stay for the next time.
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
        If there is nobody, or a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in sorted(sample_room(folder, people=3).iterdir())]
    ['person_001.csv', 'person_002.csv', 'person_003.csv']
    """
    if people < 1:
        raise ValueError(f"There are no rooms of {people} people; ask for one at least.")
    kept = default_path().parent / "sample_room" / f"{people}-{seed}"
    into = kept if folder is None else from_home(folder)
    try:
        make_folder(into)
    except (OSError, ValueError) as error:  # the second for a character that no name can have
        why = getattr(error, "strerror", None) or error
        raise ValueError(text("files.not_written", name=shown(into.name), error=why)) from error
    for number, t in enumerate(room_tallies(people, seed), start=1):
        path, content = into / f"person_{number:03}.csv", as_csv(t)
        if not _holds(path, content):
            save(path, content)
    return into


def room_tallies(people: int, seed: int = 1) -> Iterator[pd.DataFrame]:
    """Give the tally of each of the people of a room."""
    return (tally(person_cases(np.random.default_rng([seed, person]))) for person in range(people))


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
    is_good = draw.random(n) < _chances([model["progresses"][one] for one in band], shift)
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


def _holds(path: Path, content: bytes) -> bool:
    try:
        return read_whole(path, len(content)) == content
    except OSError:
        return False
